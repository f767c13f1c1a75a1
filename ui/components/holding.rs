//! The data in the person's hands: a copy to keep, a copy taken over, what was sent, delete all.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlInputElement, TextDecodeOptions, TextDecoder, TextDecoderOptions};
use yew::prelude::*;

use crate::bridge::{self, Reply};
use crate::content::sentence;
use crate::focus::{find, focus, use_change};
use crate::local::use_local;
use crate::state::{Step, View};
use crate::words::{Words, use_words};

/// What is done with the data.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Deed {
    /// In a form: `json` or `csv`.
    Export(&'static str),
    ShowExport,
    Import,
    /// It is asked once more before everything goes; or no longer.
    Ask(bool),
    Erase,
}

impl Deed {
    /// Where on the screen it is: what comes of it is said there.
    fn part(self) -> usize {
        match self {
            Self::Export(_) | Self::ShowExport => 0,
            Self::Import => 1,
            Self::Ask(_) | Self::Erase => 2,
        }
    }
}

/// What came of a deed.
#[derive(Clone, Debug, PartialEq)]
struct News {
    deed: Deed,
    said: String,
    /// Whether it is done: neither under way nor refused.
    done: bool,
}

/// Where the copy is chosen.
const FILE: &str = "import-file";

/// Bytes that are read and handed over at once.
const PIECE: f64 = 4_194_304.0;

/// The part of the settings about the data.
#[component]
pub(crate) fn Holding() -> Html {
    let words = use_words();
    let news = use_local(|| None::<News>);
    // What was asked or done last is where the keyboard goes on.
    let asked = news.get().filter(|it| it.deed.part() == 2).map(|it| (it.deed, it.done));
    use_change(asked, |asked| {
        if asked.is_some() {
            focus(&["#erase-no", "#erase-done", "#erase"]);
        }
    });
    let does = {
        let (news, words) = (news.clone(), words.clone());
        Callback::from(move |deed: Deed| {
            let (news, words) = (news.clone(), words.clone());
            let waits = match deed {
                Deed::Ask(_) => String::new(),
                Deed::Import => words.get("holding-importing"),
                _ => words.get("pending"),
            };
            if deed != Deed::ShowExport {
                news.set(Some(News { deed, said: waits, done: false }));
            }
            spawn_local(async move {
                let answer = match deed {
                    Deed::Export(form) => bridge::export(form).await,
                    Deed::Import => import().await,
                    Deed::Erase => bridge::erase().await,
                    Deed::ShowExport => {
                        // Where nothing shows files, the path that is said is enough.
                        let _ = bridge::show_export().await;
                        return;
                    }
                    Deed::Ask(_) => return,
                };
                let done = answer.is_ok();
                let said = answer.unwrap_or_else(|refused| sentence(&words, &refused));
                news.set(Some(News { deed, said, done }));
            });
        })
    };
    shown(&words, news.get().as_ref(), &does)
}

fn shown(words: &Words, news: Option<&News>, does: &Callback<Deed>) -> Html {
    let button = |class: &'static str, id: Option<&'static str>, deed: Deed, label: &str| {
        html! {
            <button
                type="button" {class} {id}
                onclick={does.reform(move |_: MouseEvent| deed)}
            >
                { words.get(label) }
            </button>
        }
    };
    let done = |part: usize| news.is_some_and(|it| it.done && it.deed.part() == part);
    let said = |part: usize| {
        html! {
            <p class="note" role="status">
                { news.filter(|it| it.deed.part() == part).map(|it| it.said.clone()) }
            </p>
        }
    };
    let chosen = does.reform(|_: Event| Deed::Import);
    let sure = news.is_some_and(|it| it.deed == Deed::Ask(true));
    html! {
        <>
            <div class="question">
                <h3 class="question-title">{ words.get("holding-export") }</h3>
                <p class="meta">{ words.get("holding-export-hint") }</p>
                <p class="buttons">
                    { button("button", None, Deed::Export("json"), "holding-json") }
                    { button("button", None, Deed::Export("csv"), "holding-csv") }
                </p>
                { said(0) }
                if done(0) {
                    { button("button quiet", None, Deed::ShowExport, "holding-show") }
                }
            </div>
            <div class="question">
                <h3 class="question-title"><label for={FILE}>{ words.get("holding-import") }</label></h3>
                <p class="meta" id="import-hint">{ words.get("holding-import-hint") }</p>
                <input
                    class="field" id={FILE} type="file" accept=".json,application/json"
                    aria-describedby="import-hint" onchange={chosen}
                />
                { said(1) }
            </div>
            <div class="question">
                <h3 class="question-title">{ words.get("holding-erase") }</h3>
                <p class="meta">{ words.get("holding-erase-hint") }</p>
                if sure {
                    <div role="group" aria-labelledby="erase-sure">
                        <p class="note" id="erase-sure">{ words.get("holding-sure") }</p>
                        <p class="buttons">
                            { button("button", Some("erase-no"), Deed::Ask(false), "holding-sure-no") }
                            { button("button", None, Deed::Erase, "holding-sure-yes") }
                        </p>
                    </div>
                } else {
                    <p class="buttons">
                        { button("button", Some("erase"), Deed::Ask(true), "holding-erase-button") }
                    </p>
                }
                { said(2) }
                if done(2) {
                    <a class="button" id="erase-done" href={View::Welcome(Step::Where).address()}>
                        { words.get("holding-begin") }
                    </a>
                }
            </div>
        </>
    }
}

/// Hands the chosen file over, piece by piece: however long it is, the window holds no more of it.
async fn import() -> Reply<String> {
    let input = find(&format!("#{FILE}")).and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    let file = input.as_ref().and_then(|input| input.files()?.get(0));
    let Some(file) = file else { return Ok(String::new()) };
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options("utf-8", &options).ok();
    let (size, mut at) = (file.size(), 0.0);
    let answer = loop {
        let end = (at + PIECE).min(size);
        // What is no text ends the file early, and is refused as one that is not whole.
        let piece = piece(&file, decoder.as_ref(), at, end, end < size).await;
        let last = piece.is_none() || end >= size;
        let answer = bridge::import(&piece.unwrap_or_default(), at == 0.0, last).await;
        if last || answer.is_err() {
            break answer.map(Option::unwrap_or_default);
        }
        at = end;
    };
    // The same file chosen again is a choice too.
    if let Some(input) = input {
        input.set_value("");
    }
    answer
}

async fn piece(
    file: &Blob,
    decoder: Option<&TextDecoder>,
    from: f64,
    to: f64,
    more: bool,
) -> Option<String> {
    let part = file.slice_with_f64_and_f64(from, to).ok()?;
    let bytes = Uint8Array::new(&JsFuture::from(part.array_buffer()).await.ok()?);
    let options = TextDecodeOptions::new();
    options.set_stream(more);
    decoder?.decode_with_buffer_source_and_options(&bytes, &options).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;

    async fn drawn(news: Option<News>) -> String {
        markup(move |words| shown(words, news.as_ref(), &Callback::noop())).await
    }

    fn news(deed: Deed, said: &str, done: bool) -> Option<News> {
        Some(News { deed, said: said.to_owned(), done })
    }

    #[tokio::test]
    async fn everything_goes_only_after_a_second_clear_yes() {
        let first = drawn(None).await;
        assert!(first.contains("Delete everything…") && !first.contains("Yes, delete"), "{first}");
        let asked = drawn(news(Deed::Ask(true), "", false)).await;
        assert!(asked.contains("This cannot be taken back."), "{asked}");
        let (no, yes) = (asked.find("Keep everything"), asked.find("Yes, delete everything"));
        assert!(no.is_some() && no < yes, "who presses Enter without reading keeps all: {asked}");
        let kept = drawn(news(Deed::Ask(false), "", false)).await;
        assert!(!kept.contains("Yes, delete") && kept.contains("id=\"erase\""), "{kept}");
    }

    #[tokio::test]
    async fn what_came_of_it_stands_where_it_was_asked_for() {
        let saved = drawn(news(Deed::Export("json"), "Saved as /x.json", true)).await;
        let parts: Vec<_> = saved.split("role=\"status\"").collect();
        assert!(parts[1].contains("/x.json") && parts[1].contains("Show in its folder"), "{saved}");
        let failed = drawn(news(Deed::Export("json"), "No room.", false)).await;
        assert!(failed.contains("No room.") && !failed.contains("Show in its"), "{failed}");
        let erased = drawn(news(Deed::Erase, "Everything is deleted.", true)).await;
        assert!(
            erased.contains("Begin anew") && erased.contains("href=\"#/welcome/1\""),
            "{erased}"
        );
    }

    #[tokio::test]
    async fn the_copy_is_chosen_in_a_field_with_a_name_and_a_hint() {
        let first = drawn(None).await;
        assert!(first.contains("<label for=\"import-file\">Take over a copy</label>"), "{first}");
        assert!(
            first.contains("type=\"file\"") && first.contains("aria-describedby=\"import-hint\"")
        );
    }
}
