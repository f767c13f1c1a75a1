//! The file of a département: what holds for the whole of it, and its communes at a glance.

use std::collections::BTreeMap;

use ecosante_domain::metric::Metric;
use ecosante_domain::publication::{CommuneBrief, DepartementFile, FOLDER, Publication, SCHEMA};
use ecosante_domain::reading::Source;
use ecosante_engine::communes::{self, Departement};

use crate::commune::Editor;
use crate::country::Summary;
use crate::error::PublishError;
use crate::tree::Tree;

/// Writes the file of each département that has communes.
pub(crate) fn write(
    tree: &Tree,
    editor: &Editor<'_>,
    summaries: &[Summary],
) -> Result<(), PublishError> {
    let mut of: BTreeMap<&str, Vec<&Summary>> = BTreeMap::new();
    for summary in summaries {
        of.entry(&summary.commune.departement).or_default().push(summary);
    }
    let with_communes: Vec<(&Departement, Vec<&Summary>)> = communes::departements()
        .iter()
        .filter_map(|departement| Some((departement, of.remove(departement.code)?)))
        .collect();
    tree.each(&with_communes, |(departement, communes), writer| {
        let file = file(editor, departement, communes);
        writer.json(&format!("{FOLDER}/departement/{}.json", departement.code), &file)
    })?;
    Ok(())
}

fn file(editor: &Editor<'_>, departement: &Departement, communes: &[&Summary]) -> DepartementFile {
    let place = departement.place();
    let answers = editor.answers(&place);
    let whole = |it: &Publication| {
        matches!(it.source, Source::AtmoEpisodes | Source::VigilanceMirror | Source::MeteoFrance)
    };
    let mut publications = editor.publications(&place, &answers);
    publications.retain(whole);
    let mut counts: BTreeMap<Metric, BTreeMap<String, u32>> = BTreeMap::new();
    for commune in communes {
        for brief in [commune.air, commune.pollen] {
            let level = brief.level.map_or_else(|| "none".to_owned(), |level| level.to_string());
            *counts.entry(brief.metric).or_default().entry(level).or_default() += 1;
        }
    }
    let brief = |it: &&Summary| CommuneBrief {
        code: it.commune.code.clone(),
        name: it.commune.name.clone(),
        air: it.air.level,
        pollen: it.pollen.level,
    };
    let mut legend = editor.legend(&publications, &[]);
    for commune in communes {
        for brief in [commune.air, commune.pollen] {
            editor.explain(&mut legend, brief.scale, brief.level);
        }
    }
    DepartementFile {
        schema: SCHEMA,
        code: departement.code.to_owned(),
        name: departement.name.to_owned(),
        region: departement.region.name.to_owned(),
        day: editor.today(&place),
        publications,
        communes: communes.iter().map(brief).collect(),
        counts,
        legend,
        notice: editor.notice().to_owned(),
    }
}
