//! A page of words and tables, whatever it is about.

use ecosante_domain::sheet::{Section, Sheet, Table};
use yew::prelude::*;

use crate::components::source_link;
use crate::words::Words;

/// The sections of a page; its title is for whoever shows it, as the heading of the screen or of a
/// part of it.
pub(crate) fn sheet(words: &Words, sheet: &Sheet) -> Html {
    sheet.sections.iter().map(|it| section(words, it)).collect()
}

fn section(words: &Words, section: &Section) -> Html {
    html! {
        <section>
            if let Some(heading) = &section.heading {
                <h2 class="section-title">{ heading }</h2>
            }
            { for section.lines.iter().map(|line| html! { <p>{ line }</p> }) }
            { for section.table.as_ref().map(table) }
            { for section.sources.iter().map(|source| html! {
                <p class="meta">{ source_link(words, source) }</p>
            }) }
        </section>
    }
}

/// A table that can be wider than the screen: then it is scrolled, by the keyboard too.
fn table(table: &Table) -> Html {
    let cell = |(number, cell): (usize, &String)| match number {
        0 => html! { <th scope="row">{ cell }</th> },
        _ => html! { <td>{ cell }</td> },
    };
    html! {
        <div class="wide-table" role="region" tabindex="0" aria-label={table.caption.clone()}>
            <table>
                <caption>{ &table.caption }</caption>
                <thead>
                    <tr>
                        { for table.columns.iter().map(|name| html! {
                            <th scope="col">{ name }</th>
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for table.rows.iter().map(|row| html! {
                        <tr>{ for row.iter().enumerate().map(cell) }</tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{advice, markup};

    fn page() -> Sheet {
        Sheet {
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
        }
    }

    #[tokio::test]
    async fn a_table_has_a_caption_named_rows_and_columns_and_is_scrolled_by_the_keyboard() {
        let markup = markup(|words| sheet(words, &page())).await;
        assert!(markup.contains("<caption>Signs by day</caption>"), "{markup}");
        assert!(markup.contains("<th scope=\"col\">Nose</th>"), "{markup}");
        assert!(markup.contains("<th scope=\"row\">Monday</th><td>2</td>"), "{markup}");
        assert!(markup.contains("tabindex=\"0\" aria-label=\"Signs by day\""), "{markup}");
    }

    #[tokio::test]
    async fn sections_have_headings_sources_are_links_and_what_is_said_is_text() {
        let markup = markup(|words| sheet(words, &page())).await;
        assert_eq!(markup.matches("<h2").count(), 1, "{markup}");
        assert!(markup.contains("No &lt;diagnosis>.") || markup.contains("No &lt;diagnosis&gt;."));
        assert!(markup.contains("href=\"https://airindex.eea.europa.eu/\""), "{markup}");
    }
}
