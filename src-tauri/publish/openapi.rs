//! The description of what is published: `OpenAPI` 3.1, its schemas made of the types that are
//! written, so that the two cannot part.

use ecosante_domain::publication::{CommuneFile, DepartementFile, FOLDER, MetaFile, StatsFile};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::error::PublishError;
use crate::tree::Tree;

/// An address that is described.
struct Path {
    path: &'static str,
    summary: &'static str,
    schema: Option<&'static str>,
    kind: &'static str,
    parameter: Option<Parameter>,
}

struct Parameter {
    name: &'static str,
    description: &'static str,
    pattern: &'static str,
    example: &'static str,
}

const JSON: &str = "application/json";

const PATHS: [Path; 6] = [
    Path {
        path: "/commune/{insee}.json",
        summary: "Everything that is published for a commune",
        schema: Some("CommuneFile"),
        kind: JSON,
        parameter: Some(Parameter {
            name: "insee",
            description: "INSEE code of the commune: of Paris, Lyon and Marseille the city, not the arrondissement.",
            pattern: "^[0-9][0-9AB][0-9]{3}$",
            example: "69123",
        }),
    },
    Path {
        path: "/departement/{code}.json",
        summary: "A département, with its communes at a glance",
        schema: Some("DepartementFile"),
        kind: JSON,
        parameter: Some(Parameter {
            name: "code",
            description: "Code of the département, two characters, or three overseas.",
            pattern: "^([0-9][0-9AB]|9[78][0-9])$",
            example: "69",
        }),
    },
    Path {
        path: "/meta.json",
        summary: "What is published, how fresh it is, under which licences",
        schema: Some("MetaFile"),
        kind: JSON,
        parameter: None,
    },
    Path {
        path: "/stats.json",
        summary: "What was published over time, and how well",
        schema: Some("StatsFile"),
        kind: JSON,
        parameter: None,
    },
    Path {
        path: "/france.geojson",
        summary: "Today in every commune, as points",
        schema: None,
        kind: "application/geo+json",
        parameter: None,
    },
    Path {
        path: "/france.csv",
        summary: "Today in every commune, as a table; an empty level is not known",
        schema: None,
        kind: "text/csv",
        parameter: None,
    },
];

/// What is answered where there is no such file.
#[derive(serde::Serialize, JsonSchema)]
struct Problem {
    /// What programs act on: `not-found`.
    code: String,
    /// The same in a sentence.
    message: String,
}

fn schemas(reference: &str) -> (Map<String, Value>, SchemaGenerator) {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = reference.to_owned().into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    generator.subschema_for::<CommuneFile>();
    generator.subschema_for::<DepartementFile>();
    generator.subschema_for::<MetaFile>();
    generator.subschema_for::<StatsFile>();
    generator.subschema_for::<Problem>();
    (generator.take_definitions(true), generator)
}

/// The description.
pub(crate) fn document() -> Value {
    let (schemas, _) = schemas("/components/schemas");
    let paths: Map<String, Value> =
        PATHS.iter().map(|it| (it.path.to_owned(), described(it))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Écosanté: public environmental indices of France by commune",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Static files, renewed as their producers publish; no key, no limit of ours.",
            "description": "Levels always stand with their scale, source, target and time of publication. A level that is null is not known, which never means that all is well. Ask again when `Cache-Control` says so, with the `ETag` you were given. Data of Atmo France and the AASQA are under the ODbL 1.0, those of Météo-France under the Licence Ouverte 2.0; each file names whom to credit.",
            "license": { "name": "ODbL-1.0", "identifier": "ODbL-1.0" },
        },
        "servers": [{ "url": "." , "description": "Beside this file" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn described(it: &Path) -> Value {
    let schema = match it.schema {
        Some(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        None if it.kind == "text/csv" => json!({ "type": "string" }),
        None => json!({
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": { "const": "FeatureCollection" },
                "features": { "type": "array", "items": { "type": "object" } },
            },
        }),
    };
    let mut responses = json!({
        "200": {
            "description": it.summary,
            "headers": {
                "ETag": { "schema": { "type": "string" } },
                "Cache-Control": { "schema": { "type": "string" } },
            },
            "content": { (it.kind): { "schema": schema } },
        },
        "304": { "description": "As it was when you were given its ETag" },
    });
    let mut get = json!({ "summary": it.summary });
    if let Some(parameter) = &it.parameter {
        responses["404"] = json!({
            "description": "Nothing is published under this code",
            "content": { (JSON): { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
        get["parameters"] = json!([{
            "name": parameter.name,
            "in": "path",
            "required": true,
            "description": parameter.description,
            "schema": { "type": "string", "pattern": parameter.pattern },
            "example": parameter.example,
        }]);
    }
    get["responses"] = responses;
    json!({ "get": get })
}

/// Writes the description, and each schema by itself for whoever wants no more.
pub(crate) fn write(tree: &Tree) -> Result<(), PublishError> {
    let writer = tree.writer();
    writer.json(&format!("{FOLDER}/openapi.json"), &document())?;
    for (name, schema) in [
        ("commune", alone::<CommuneFile>()),
        ("departement", alone::<DepartementFile>()),
        ("meta", alone::<MetaFile>()),
        ("stats", alone::<StatsFile>()),
    ] {
        writer.json(&format!("{FOLDER}/schema/{name}.json"), &schema)?;
    }
    Ok(())
}

fn alone<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().into()
}
