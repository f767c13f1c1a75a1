//! Hub'Eau: the samples of drinking water, one row for each parameter of a sample.

use chrono::{NaiveDate, TimeDelta};

use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::json::Json;
use crate::world::{Commune, WaterSample, World};

/// Rows that pages reach.
const DEEPEST: usize = 20_000;

/// Values that a list may have.
const LONGEST_LIST: usize = 20;

/// What is looked for in each sample: code, code of the ministry, CAS number, name, whether it is
/// told in words, result, unit with its code, limit, reference.
type Parameter = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    bool,
    &'static str,
    (&'static str, &'static str),
    Option<&'static str>,
    Option<&'static str>,
);

const PARAMETERS: [Parameter; 6] = [
    ("1026", "ASP", None, "Aspect (qualitatif)", true, "0", ("SANS OBJET", "X"), None, None),
    (
        "1302",
        "PH",
        None,
        "pH",
        false,
        "7,6",
        ("unité pH", "264"),
        None,
        Some(">=6,5 et <=9 unité pH"),
    ),
    (
        "1340",
        "NO3",
        Some("14797-55-8"),
        "Nitrates (en NO3)",
        false,
        "12",
        ("mg/L", "162"),
        Some("<=50 mg/L"),
        None,
    ),
    (
        "1301",
        "TEAU",
        None,
        "Température de l'eau",
        false,
        "21",
        ("°C", "27"),
        None,
        Some("<=25 °C"),
    ),
    (
        "1449",
        "ECOLI",
        None,
        "Escherichia coli /100ml - MF",
        false,
        "<1",
        ("n/(100mL)", "236"),
        Some("<=0 n/(100mL)"),
        None,
    ),
    (
        "1107",
        "ATRZ",
        Some("1912-24-9"),
        "Atrazine",
        false,
        "<0,005",
        ("µg/L", "133"),
        Some("<=0,1 µg/L"),
        None,
    ),
];

struct Question<'a> {
    communes: Vec<&'a str>,
    networks: Vec<&'a str>,
    first: NaiveDate,
    last: NaiveDate,
    page: usize,
    size: usize,
    newest_first: bool,
    fields: Vec<&'a str>,
}

impl<'a> Question<'a> {
    fn of(request: &'a Request) -> Result<Self, String> {
        let mut question = Self {
            communes: Vec::new(),
            networks: Vec::new(),
            first: NaiveDate::MIN,
            last: NaiveDate::MAX,
            page: 1,
            size: 5000,
            newest_first: true,
            fields: Vec::new(),
        };
        for (name, value) in &request.query {
            let bad = || format!("{name}: {value} is not valid");
            let list = || {
                let items: Vec<&str> = value.split(',').map(str::trim).collect();
                if items.len() > LONGEST_LIST { Err(bad()) } else { Ok(items) }
            };
            match name.as_str() {
                "code_commune" => question.communes = list()?,
                "code_reseau" => question.networks = list()?,
                "date_min_prelevement" => question.first = value.parse().map_err(|_| bad())?,
                "date_max_prelevement" => question.last = value.parse().map_err(|_| bad())?,
                "page" => question.page = value.parse().map_err(|_| bad())?,
                "size" => question.size = value.parse().map_err(|_| bad())?,
                "sort" if value == "asc" => question.newest_first = false,
                "sort" if value == "desc" => {}
                "fields" => question.fields = value.split(',').map(str::trim).collect(),
                _ => return Err(bad()),
            }
        }
        let deep = question.page.saturating_mul(question.size);
        if question.page == 0 || question.size == 0 || deep > DEEPEST {
            return Err(format!("page * size: {deep} is not within 1 and {DEEPEST}"));
        }
        let known = members_of(None, None, &PARAMETERS[0]);
        let is_known = |field: &&str| known.iter().any(|(name, _)| name == field);
        match question.fields.iter().find(|field| !is_known(field)) {
            Some(field) => Err(format!("fields: {field} is not valid")),
            None => Ok(question),
        }
    }

    fn wants(&self, sample: &WaterSample) -> bool {
        let of = |asked: &[&str], it: &str| asked.is_empty() || asked.contains(&it);
        let network = self.networks.is_empty()
            || sample.networks.iter().any(|(code, _)| of(&self.networks, code));
        let in_time = (self.first..=self.last).contains(&sample.date);
        of(&self.communes, &sample.commune) && network && in_time
    }
}

pub(crate) fn answer(world: &World, request: &Request, fault: Option<&Fault>) -> Answer {
    let question = match Question::of(request) {
        Ok(question) => question,
        Err(message) => return refused(&message),
    };
    let mut samples: Vec<WaterSample> =
        world.water.iter().filter(|sample| question.wants(sample)).cloned().collect();
    match fault {
        Some(Fault::EmptyFeatures) => samples.clear(),
        Some(Fault::WrongZone) => {
            let other = |it: &&WaterSample| !question.wants(it);
            samples = world.water.iter().filter(other).take(2).cloned().collect();
        }
        Some(Fault::WrongDate) => {
            // Years, for samples of some months ago are still what is known.
            samples.iter_mut().for_each(|it| it.date -= TimeDelta::days(3 * 365));
        }
        Some(Fault::UnknownCode) => samples.iter_mut().for_each(|it| it.letters = ['X'; 4]),
        Some(Fault::DuplicateRows) => {
            samples = samples.into_iter().flat_map(|it| [it.clone(), it]).collect();
        }
        _ => {}
    }
    // Stable: samples of one day stay in their order.
    samples.sort_by_key(|sample| sample.date);
    if question.newest_first {
        samples.reverse();
    }
    let rows: Vec<(&WaterSample, &Parameter)> =
        samples.iter().flat_map(|it| PARAMETERS.iter().map(move |row| (it, row))).collect();
    let pages = rows.len().div_ceil(question.size).max(1);
    let page = |number: usize| {
        let mut query: Vec<String> = request
            .query
            .iter()
            .filter(|(name, _)| name != "page" && name != "size")
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        query.push(format!("page={number}&size={}", question.size));
        Json::Text(format!("https://{}{}?{}", request.host, request.path, query.join("&")))
    };
    let from = (question.page - 1) * question.size;
    let data = rows
        .iter()
        .skip(from)
        .take(question.size)
        .map(|(sample, parameter)| {
            let commune = world.communes.iter().find(|it| it.code == sample.commune);
            let mut members = members_of(Some(sample), commune, parameter);
            members
                .retain(|(name, _)| question.fields.is_empty() || question.fields.contains(name));
            Json::object(members)
        })
        .collect();
    let more = pages > 1;
    Answer::json(
        // Success either way: 206 says that there are other pages.
        if more { 206 } else { 200 },
        Json::object([
            ("count", Json::Int(rows.len() as i64)),
            ("first", page(1)),
            ("last", Json::or_null(Some(pages).filter(|_| more), page)),
            ("prev", Json::or_null(question.page.checked_sub(1).filter(|it| *it > 0), page)),
            ("next", Json::or_null(Some(question.page + 1).filter(|it| *it <= pages), page)),
            ("api_version", Json::text("1.0.1")),
            ("data", Json::List(data)),
        ]),
    )
}

/// One row; without a sample only its names count.
fn members_of(
    sample: Option<&WaterSample>,
    commune: Option<&Commune>,
    parameter: &Parameter,
) -> Vec<(&'static str, Json)> {
    let (code, ministry, cas, name, in_words, result, (unit, unit_code), limit, reference) =
        *parameter;
    let departement = commune.map(|it| it.departement.clone()).unwrap_or_default();
    let town = commune.map(|it| it.name.to_uppercase()).unwrap_or_default();
    let date = sample.map(|it| it.date).unwrap_or_default();
    // Two samples of one day are of different networks.
    let network = sample.and_then(|it| it.networks.first()).map_or("00", |(code, _)| &code[7..]);
    let number = format!("{departement:0>3}{network}{}", date.format("%y%m%d"));
    let figure = result.trim_start_matches('<').replace(',', ".").parse::<f64>().ok();
    // What is below the limit of detection is zero as a figure.
    let figure = figure.map(|figure| if result.starts_with('<') { 0.0 } else { figure });
    let letter = |at: usize| Json::Text(sample.map_or('S', |it| it.letters[at]).to_string());
    let networks = sample.map(|it| &it.networks).filter(|it| !it.is_empty()).map(|networks| {
        let network = |(code, name): &(String, String)| {
            Json::object([
                ("code", Json::text(code)),
                ("nom", Json::text(name)),
                ("debit", Json::text("100 %")),
            ])
        };
        Json::List(networks.iter().map(network).collect())
    });
    let conclusion = sample.and_then(|it| it.conclusion.clone());
    vec![
        ("code_departement", Json::text(&departement)),
        ("nom_departement", Json::Text(format!("DEPARTEMENT {departement}"))),
        ("code_prelevement", Json::Text(number)),
        ("code_parametre", Json::text(code)),
        ("code_parametre_se", Json::text(ministry)),
        ("code_parametre_cas", Json::or_null(cas, Json::text)),
        ("libelle_parametre", Json::text(name)),
        ("libelle_parametre_maj", Json::Text(name.to_uppercase())),
        ("libelle_parametre_web", Json::Null),
        ("code_type_parametre", Json::text(if in_words { "O" } else { "N" })),
        ("code_lieu_analyse", Json::text(if ministry == "TEAU" { "T" } else { "L" })),
        ("resultat_alphanumerique", Json::text(result)),
        ("resultat_numerique", Json::or_null(figure, Json::Float)),
        ("libelle_unite", Json::text(unit)),
        ("code_unite", Json::text(unit_code)),
        ("limite_qualite_parametre", Json::or_null(limit, Json::text)),
        ("reference_qualite_parametre", Json::or_null(reference, Json::text)),
        ("code_commune", Json::text(sample.map_or("", |it| it.commune.as_str()))),
        ("nom_commune", Json::text(&town)),
        ("nom_uge", Json::Text(format!("UGE {town}"))),
        ("nom_distributeur", Json::Text(format!("REGIE DES EAUX DE {town}"))),
        ("nom_moa", Json::text(&town)),
        ("date_prelevement", Json::Text(date.format("%Y-%m-%dT08:30:00Z").to_string())),
        ("conclusion_conformite_prelevement", Json::or_null(conclusion, Json::Text)),
        ("conformite_limites_bact_prelevement", letter(0)),
        ("conformite_limites_pc_prelevement", letter(1)),
        ("conformite_references_bact_prelevement", letter(2)),
        ("conformite_references_pc_prelevement", letter(3)),
        ("reseaux", Json::or_null(networks, |it| it)),
    ]
}

fn refused(message: &str) -> Answer {
    Answer::json(
        400,
        Json::object([
            ("code", Json::text("InvalidRequest")),
            ("message", Json::text(message)),
            ("field_errors", Json::List(Vec::new())),
        ]),
    )
}
