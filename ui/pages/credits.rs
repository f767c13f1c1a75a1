//! Whose work is shown and carried.

use ecosante_domain::credits::Credits as Listed;
use ecosante_domain::evidence::Evidence;
use yew::prelude::*;

use crate::bridge;
use crate::components::{back, credit, link_out, page_heading};
use crate::content::use_content;
use crate::state::{View, again, use_window};
use crate::words::{Words, use_words};

/// The screen.
#[component]
pub(crate) fn Credits() -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    // Their words are in the language that is spoken.
    let credits = use_content(window.changes, bridge::credits);
    html! {
        <div class="credits">
            { back(View::Settings, words.get("nav-settings")) }
            { page_heading(&words.get("credits-title")) }
            { credits.show(&words, &again, Html::default, |credits| Some(lists(&words, credits))) }
        </div>
    }
}

fn lists(words: &Words, credits: &Listed) -> Html {
    let works = |title: &str, works: &[ecosante_domain::credits::Credit]| {
        html! {
            <section>
                <h2 class="section-title">{ words.get(title) }</h2>
                <ul>{ for works.iter().map(|work| credit(words, work)) }</ul>
            </section>
        }
    };
    html! {
        <>
            { works("credits-data", &credits.data) }
            { works("credits-parts", &credits.parts) }
            <section>
                <h2 class="section-title">{ words.get("credits-publications") }</h2>
                <p class="meta">{ words.get("credits-no-diagnosis") }</p>
                <ul>{ for credits.publications.iter().map(|it| publication(words, it)) }</ul>
            </section>
        </>
    }
}

fn publication(words: &Words, it: &Evidence) -> Html {
    let year = it.year.map(|year| format!(", {year}"));
    html! {
        <li class="credit">
            <span>{ link_out(words, &it.url, &it.title, "") }</span>
            <span class="meta">{ &it.publisher }{ year }</span>
            if let Some(note) = &it.note {
                <span class="meta" lang="en">{ note }</span>
            }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;
    use ecosante_domain::credits::credits;
    use ecosante_domain::text::{Language, Texts};

    #[tokio::test]
    async fn every_source_and_publication_is_a_link_with_its_licence_or_publisher() {
        let listed = credits(&Texts::new(Language::En));
        let count = listed.data.len() + listed.parts.len() + listed.publications.len();
        let markup = markup(move |words| lists(words, &listed)).await;
        assert_eq!(markup.matches("rel=\"noopener\"").count(), count);
        assert!(markup.contains("ODbL 1.0") && markup.contains("CC BY 4.0"), "{markup}");
    }
}
