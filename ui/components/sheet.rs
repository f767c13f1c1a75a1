//! A page of words and tables, whatever it is about.

use yew::prelude::*;

/// The sections of a page, as `ecosante_domain::sheet::Sheet::to_markup` makes them; its title is
/// the heading of the screen.
///
/// It comes as markup since a page taken apart and put together again here would be as much to load
/// as three screens. That nothing in it is markup but what the domain wrote is tested there.
pub(crate) fn sheet(markup: &str) -> Html {
    Html::from_html_unchecked(markup.to_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{advice, markup};
    use ecosante_domain::sheet::{Section, Sheet, Table};
    use ecosante_domain::text::{Language, Texts};

    async fn drawn() -> String {
        let page = Sheet {
            title: "Diary".to_owned(),
            sections: vec![
                Section::of_lines(None, vec!["No <diagnosis>.".to_owned()]),
                Section {
                    heading: Some("The days".to_owned()),
                    table: Some(Table {
                        caption: "Signs by day".to_owned(),
                        columns: ["Day", "Nose"].map(str::to_owned).to_vec(),
                        rows: vec![["Monday", "2"].map(str::to_owned).to_vec()],
                    }),
                    sources: advice().source.into_iter().collect(),
                    ..Section::default()
                },
            ],
        };
        let page = page.to_markup(&Texts::new(Language::En));
        markup(move |_| sheet(&page)).await
    }

    #[tokio::test]
    async fn a_table_has_a_caption_named_rows_and_columns_and_is_scrolled_by_the_keyboard() {
        let markup = drawn().await;
        assert!(markup.contains("<caption>Signs by day</caption>"), "{markup}");
        assert!(markup.contains("<th scope=\"col\">Nose</th>"), "{markup}");
        assert!(markup.contains("<th scope=\"row\">Monday</th><td>2</td>"), "{markup}");
        assert!(markup.contains("tabindex=\"0\" aria-label=\"Signs by day\""), "{markup}");
    }

    #[tokio::test]
    async fn sections_have_headings_sources_are_links_and_what_is_said_is_text() {
        let markup = drawn().await;
        assert!(markup.contains("<h2 class=\"section-title\">The days</h2>"), "{markup}");
        assert!(markup.contains("No &lt;diagnosis&gt;."), "{markup}");
        assert!(markup.contains("href=\"https://airindex.eea.europa.eu/\" target=\"_blank\""));
        assert!(markup.contains("opens in the browser"), "{markup}");
    }
}
