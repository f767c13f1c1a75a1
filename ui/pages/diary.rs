//! How a day went: a few taps, noted at once, and the days before.

use ecosante_domain::person::PersonId;
use ecosante_domain::window::{DiaryQuestion, DiaryView};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;
use crate::components::sheet::sheet;
use crate::components::{back, page_heading};
use crate::content::{sentence, use_content};
use crate::local::use_local;
use crate::state::{Action, View, again, use_window};
use crate::words::{Words, use_words};

/// What is noted: the keys of what was asked with what was answered.
type Answers = Vec<(String, String)>;

/// The screen.
#[component]
pub(crate) fn Diary() -> Html {
    let words = use_words();
    let window = use_window();
    let again = again(&window);
    // The day that was chosen; none: today, also as time goes on.
    let day = use_local(|| None::<String>);
    // What was noted last, or why it was not.
    let news = use_local(String::new);
    let (person, chosen) = (window.person, day.get());
    let diary = use_content((window.changes, person, chosen.clone()), move || {
        bridge::diary(person, chosen)
    });
    let note = {
        let (words, dispatch) = (words.clone(), window.dispatcher());
        let (day, news, shown) = (day.clone(), news.clone(), diary.clone());
        Callback::from(move |answers: Answers| {
            let Some(view) = shown.ready() else { return };
            match answers.as_slice() {
                [(key, value)] if key == "person" => {
                    let id = value.parse().ok().map(PersonId);
                    id.into_iter().for_each(|id| dispatch.dispatch(Action::Person(id)));
                }
                [(key, value)] if key == "day" => day.set(Some(value.clone())),
                _ => {
                    let (words, dispatch, news) = (words.clone(), dispatch.clone(), news.clone());
                    let (person, day) = (view.person, view.day.clone());
                    spawn_local(async move {
                        let answer = bridge::set_diary(person, &day, &answers).await;
                        news.set(answer.unwrap_or_else(|error| sentence(&words, &error)));
                        dispatch.dispatch(Action::Changed);
                    });
                    return;
                }
            }
            news.set(String::new());
        })
    };
    html! {
        <div class="people">
            { back(View::People, words.get("people-title")) }
            { page_heading(&words.get("diary-title")) }
            { diary.show(&words, &again, Html::default, |view| {
                Some(shown(&words, view, &news.get(), &note))
            }) }
        </div>
    }
}

fn shown(words: &Words, view: &DiaryView, news: &str, note: &Callback<Answers>) -> Html {
    let taken_back = view.noted().map(|key| (key.to_owned(), String::new()));
    let taken_back: Answers = taken_back.collect();
    html! {
        <>
            { for view.questions.iter().map(|it| question(it, note)) }
            <p class="note" role="status">{ news }</p>
            <p class="buttons">
                if !taken_back.is_empty() {
                    <button
                        type="button" class="button"
                        onclick={note.reform(move |_: MouseEvent| taken_back.clone())}
                    >
                        { words.get("diary-clear") }
                    </button>
                }
                <a class="button" href={View::DiaryReport.address()}>{ words.get("diary-report") }</a>
            </p>
            { sheet(&view.past) }
        </>
    }
}

/// A question with its answers, of which one is chosen or none.
fn question(it: &DiaryQuestion, note: &Callback<Answers>) -> Html {
    html! {
        <fieldset class="question">
            <legend class="question-title">{ &it.title }</legend>
            <div class="choices">
                { for it.choices.iter().map(|(value, label)| {
                    let answer = (it.key.clone(), value.clone());
                    html! {
                        <label class="choice">
                            <input
                                type="radio" name={it.key.clone()}
                                checked={it.chosen.as_ref() == Some(value)}
                                onchange={note.reform(move |_: Event| vec![answer.clone()])}
                            />
                            <span>{ label }</span>
                        </label>
                    }
                }) }
            </div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;
    use ecosante_domain::diary::{self, Entry};
    use ecosante_domain::person::{Person, Profile};
    use ecosante_domain::sheet::Sheet;
    use ecosante_domain::text::{Language, Texts};

    /// What is asked of two people on a day on which the noses of one ran.
    fn view(score: &str) -> DiaryView {
        let person = |id: i64, name: Option<&str>| Person {
            id: PersonId(id),
            name: name.map(str::to_owned),
            profile: Profile::default(),
        };
        let today = "2026-09-08".parse().expect("a date");
        let mut entry = Entry::of(today);
        entry.set("nose", score).expect("a right entry");
        let people = [person(1, None), person(2, Some("Léa"))];
        let texts = Texts::new(Language::En);
        diary::view(&texts, &people, PersonId(2), &entry, today, &Sheet::default())
    }

    #[tokio::test]
    async fn each_sign_is_a_group_of_four_named_answers_of_which_only_what_is_noted_is_chosen() {
        let markup = markup(|words| shown(words, &view("2"), "", &Callback::noop())).await;
        let groups: Vec<_> = markup.split("<fieldset").skip(1).collect();
        assert_eq!(groups.len(), 8, "whose, which day, five signs, treatment: {markup}");
        let nose = groups.iter().find(|it| it.contains(">Nose</legend>")).expect("the nose");
        assert_eq!(nose.matches("type=\"radio\" name=\"nose\"").count(), 4, "{nose}");
        for word in ["0 – none", "1 – mild", "2 – moderate", "3 – severe"] {
            assert!(nose.contains(word), "{nose}");
        }
        let checked = |it: &&&str| it.contains("checked");
        let chosen: Vec<_> = nose.split("<label").collect();
        let chosen: Vec<_> = chosen.iter().filter(checked).collect();
        assert!(matches!(chosen.as_slice(), [one] if one.contains("2 – moderate")), "{nose}");
        // Whose diary and which day are always chosen; of the other signs nothing is.
        assert_eq!(groups.iter().filter(checked).count(), 3, "{markup}");
    }

    #[tokio::test]
    async fn what_was_noted_is_said_aloud_and_can_be_taken_back() {
        let noted =
            markup(|words| shown(words, &view("0"), "Noted for today: nose 0.", &Callback::noop()))
                .await;
        let status = noted.split("role=\"status\"").nth(1).expect("a status");
        let said = status.split('<').next().expect("its text");
        assert!(said.ends_with(">Noted for today: nose 0."), "{noted}");
        assert!(noted.contains("Clear this day") && noted.contains("#/diary/report"), "{noted}");
        let empty = markup(|words| shown(words, &view(""), "", &Callback::noop())).await;
        assert!(!empty.contains("Clear this day"), "{empty}");
    }
}
