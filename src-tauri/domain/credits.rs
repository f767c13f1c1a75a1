//! Whose work Écosanté shows and carries, and under which licence.

use serde::{Deserialize, Serialize};

use crate::evidence::{self, Evidence};
use crate::reading::Source;
use crate::sheet::{escaped, link_out};
use crate::text::Texts;

/// Everybody whose work is shown or carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credits {
    /// The data.
    pub data: Vec<Credit>,
    /// What the app is made of and made with.
    pub parts: Vec<Credit>,
    /// The publications on which limits and advice rest, by their publisher.
    pub publications: Vec<Evidence>,
}

/// One work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// What it is: "ATMO air index".
    pub what: String,
    /// Who made it.
    pub by: String,
    /// Its licence.
    pub licence: String,
    /// Where it is from.
    pub url: String,
}

/// Key of the texts and address of each set of data.
const DATA: [(&str, &str); 14] = [
    ("atmo-france", "https://www.atmo-france.org/"),
    ("atmo-pollen", "https://www.atmo-france.org/article/indice-pollen"),
    ("atmo-episodes", "https://www.atmo-france.org/"),
    ("open-meteo", "https://open-meteo.com/"),
    ("open-meteo-forecast", "https://open-meteo.com/en/docs"),
    ("vigilance-mirror", "https://public.opendatasoft.com/"),
    ("meteo-france", "https://vigilance.meteofrance.fr/"),
    ("hubeau", "https://hubeau.eaufrance.fr/"),
    ("georisques", "https://www.georisques.gouv.fr/"),
    ("communes", "https://www.npmjs.com/package/@etalab/decoupage-administratif"),
    ("geoapi", "https://geo.api.gouv.fr/"),
    ("coast", "https://www.naturalearthdata.com/"),
    ("geopf", "https://geoservices.ign.fr/"),
    ("geocoding", "https://open-meteo.com/en/docs/geocoding-api"),
];

/// Key of the texts and address of each part.
const PARTS: [(&str, &str); 3] = [
    ("typeface", "https://www.brailleinstitute.org/freefont/"),
    ("icons", "https://lucide.dev/license"),
    ("app", "https://opensource.org/license/apache-2-0"),
];

/// Everybody whose work is shown or carried.
#[must_use]
pub fn credits(texts: &Texts) -> Credits {
    let listed = |works: &[(&str, &str)]| {
        works.iter().map(|(key, url)| credit(texts, key, url)).collect::<Vec<_>>()
    };
    let mut publications: Vec<_> = evidence::all().values().cloned().collect();
    publications.sort_by_key(|it| (it.publisher.to_lowercase(), it.title.to_lowercase()));
    Credits { data: listed(&DATA), parts: listed(&PARTS), publications }
}

impl Credit {
    /// As an entry of a list, in markup.
    #[must_use]
    pub fn to_markup(&self, texts: &Texts) -> String {
        format!(
            "<li class=\"credit\"><strong>{}</strong><span>{}</span>\
             <span class=\"meta\">{}</span></li>\n",
            escaped(&self.what),
            link_out(texts, &self.url, &self.by),
            escaped(&self.licence)
        )
    }
}

impl Credits {
    /// As markup for a window that shows the title itself: every work and publication is a link,
    /// with its licence or publisher.
    #[must_use]
    pub fn to_markup(&self, texts: &Texts) -> String {
        let section = |title: &str, hint: &str, entries: Vec<String>| {
            format!(
                "<section>\n<h2 class=\"section-title\">{}</h2>\n{hint}<ul>\n{}</ul>\n</section>\n",
                escaped(&texts.get(title)),
                entries.concat()
            )
        };
        let works = |works: &[Credit]| -> Vec<String> {
            works.iter().map(|it| it.to_markup(texts)).collect()
        };
        let publication = |it: &Evidence| {
            let year = it.year.map(|year| format!(", {year}")).unwrap_or_default();
            let note = |note: &String| {
                format!("<span class=\"meta\" lang=\"en\">{}</span>", escaped(note))
            };
            format!(
                "<li class=\"credit\"><span>{}</span><span class=\"meta\">{}{year}</span>{}</li>\n",
                link_out(texts, &it.url, &it.title),
                escaped(&it.publisher),
                it.note.as_ref().map(note).unwrap_or_default(),
            )
        };
        let no_diagnosis = escaped(&texts.get("credits-no-diagnosis"));
        let no_diagnosis = format!("<p class=\"meta\">{no_diagnosis}</p>\n");
        let publications = self.publications.iter().map(publication).collect();
        section("credits-data", "", works(&self.data))
            + &section("credits-parts", "", works(&self.parts))
            + &section("credits-publications", &no_diagnosis, publications)
    }
}

/// Who publishes through a source, and under which licence.
#[must_use]
pub fn of_source(texts: &Texts, source: Source) -> Option<Credit> {
    let (key, url) = DATA.into_iter().find(|(key, _)| *key == source.name())?;
    Some(credit(texts, key, url))
}

fn credit(texts: &Texts, key: &str, url: &str) -> Credit {
    let text = |part: &str| texts.get(&format!("credit-{key}-{part}"));
    Credit { what: text("what"), by: text("by"), licence: text("licence"), url: url.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_source_names_its_publisher_and_licence_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for source in Source::ALL {
                let credit = of_source(&texts, source).expect("a credit");
                assert!(!credit.by.is_empty() && !credit.licence.is_empty(), "{credit:?}");
            }
        }
    }

    #[test]
    fn every_source_and_publication_is_a_link_with_its_licence_or_publisher() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let listed = credits(&texts);
            let count = listed.data.len() + listed.parts.len() + listed.publications.len();
            let markup = listed.to_markup(&texts);
            assert_eq!(markup.matches("rel=\"noopener\"").count(), count);
            assert!(markup.contains("ODbL 1.0") && markup.contains("CC BY 4.0"), "{markup}");
        }
    }

    #[test]
    fn every_work_and_publication_has_an_address_that_the_browser_opens_safely() {
        let credits = credits(&Texts::new(Language::En));
        let works = credits.data.iter().chain(&credits.parts).map(|credit| &credit.url);
        for url in works.chain(credits.publications.iter().map(|it| &it.url)) {
            assert!(url.starts_with("https://"), "{url}");
        }
        assert!(credits.publications.is_sorted_by_key(|it| it.publisher.to_lowercase()));
    }
}
