//! What is asked about a person; every question says what its answer changes.

use ecosante_domain::metric::Taxon;
use ecosante_domain::person::{
    Activity, Age, Condition, Heating, Home, Situation, Skin, Transport, Treatment,
};
use ecosante_domain::place::PlaceId;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::components::save_or_cancel;
use crate::content::sentence;
use crate::focus::focus;
use crate::local::use_local;
use crate::member::{Answers, Member};
use crate::words::{Words, use_words};

/// Who the form is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Who {
    /// The unnamed one.
    You,
    /// Somebody who was added.
    Known(String),
    /// Somebody who is being added.
    New,
}

#[derive(Properties, PartialEq)]
pub(crate) struct ProfileFormProps {
    pub(crate) who: Who,
    pub(crate) profile: Answers,
    /// Names that somebody has already.
    #[prop_or_default]
    pub(crate) taken: Vec<String>,
    /// The saved places; where there are several, the form asks which concern the person.
    #[prop_or_default]
    pub(crate) places: Vec<(PlaceId, String)>,
    pub(crate) saved: Callback<Member>,
    pub(crate) cancel: Callback<()>,
}

/// What is entered so far.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    name: String,
    profile: Answers,
}

/// The form.
#[component]
pub(crate) fn ProfileForm(props: &ProfileFormProps) -> Html {
    let words = use_words();
    let draft = use_local(|| Draft { name: String::new(), profile: props.profile.clone() });
    let error = use_local(|| None::<String>);
    let name_error = use_local(|| None::<&'static str>);
    let busy = use_local(|| false);

    let change = {
        let draft = draft.clone();
        Callback::from(move |change: Change| {
            let mut changed = draft.get();
            change.make(&mut changed.profile);
            draft.set(changed);
        })
    };
    let onsubmit = {
        let (draft, error, busy, words) =
            (draft.clone(), error.clone(), busy.clone(), words.clone());
        let name_error = name_error.clone();
        let (who, taken, saved) = (props.who.clone(), props.taken.clone(), props.saved.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy.get() {
                return;
            }
            let person = match &who {
                Who::You => None,
                Who::Known(name) => Some(name.clone()),
                Who::New => {
                    let name = draft.get().name.trim().to_owned();
                    let problem = name_problem(&name, &taken);
                    name_error.set(problem);
                    if problem.is_some() {
                        focus(&["#person-name"]);
                        return;
                    }
                    Some(name)
                }
            };
            busy.set(true);
            error.set(None);
            let entries = draft.get().profile.entries();
            let (error, busy, words) = (error.clone(), busy.clone(), words.clone());
            let saved = saved.clone();
            spawn_local(async move {
                let answer = bridge::set_profile(person.as_deref(), &entries).await;
                busy.set(false);
                match answer {
                    Ok(person) => saved.emit(person),
                    Err(refused) => error.set(Some(sentence(&words, &refused))),
                }
            });
        })
    };
    let onname = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| {
            let name = event.target_unchecked_into::<HtmlInputElement>().value();
            draft.set(Draft { name, ..draft.get() });
        })
    };
    // The button that opened the form is gone.
    use_effect_with((), |()| focus(&[".form-title"]));
    let entered = draft.get();
    let name_error = name_error.get();
    let for_you = props.who == Who::You;
    let heading = match &props.who {
        Who::You => words.get("form-you"),
        Who::Known(name) => words.format("form-known", [("name", name.as_str().into())]),
        Who::New => words.get("form-new"),
    };
    html! {
        <form class="profile" {onsubmit} novalidate=true>
            <h3 class="form-title" tabindex="-1">{ heading }</h3>
            if props.who == Who::New {
                <div class="question">
                    <label class="question-title" for="person-name">{ words.get("name-label") }</label>
                    <p class="meta" id="name-hint">{ words.get("name-hint") }</p>
                    <p class="error" id="name-error" role="alert">
                        { name_error.map(|key| words.get(key)) }
                    </p>
                    <input
                        id="person-name" class="field" type="text" autocomplete="off" maxlength="60"
                        required=true aria-describedby="name-error name-hint"
                        aria-invalid={name_error.is_some().to_string()}
                        value={entered.name} oninput={onname}
                    />
                </div>
            }
            { questions(&words, &entered.profile, for_you, &change) }
            if props.places.len() > 1 {
                { which_places(&words, &entered.profile, &props.places, &change) }
            }
            <details class="more" open={has_more(&props.profile)}>
                <summary>{ words.get("form-more") }</summary>
                { more(&words, &entered.profile, &change) }
            </details>
            { save_or_cancel(&words, error.get(), busy.get(), &props.cancel) }
        </form>
    }
}

fn name_problem(name: &str, taken: &[String]) -> Option<&'static str> {
    if name.is_empty() {
        return Some("name-missing");
    }
    // In capitals: the tables for them are there already, for the beginnings of sentences.
    let folded = |name: &str| name.trim().chars().flat_map(char::to_uppercase).collect::<String>();
    taken.iter().any(|other| folded(other) == folded(name)).then_some("name-taken")
}

/// An allergy to pollen without knowing which.
const UNKNOWN: &str = "unknown";

/// A question to which several answers may be given.
#[derive(Clone, Copy, Debug)]
enum Several {
    Conditions,
    Situation,
    Activities,
    Transport,
    Heating,
    Home,
    Treatment,
}

impl Several {
    fn of(self, answers: &Answers) -> &Vec<String> {
        match self {
            Self::Conditions => &answers.conditions,
            Self::Situation => &answers.situation,
            Self::Activities => &answers.activities,
            Self::Transport => &answers.transport,
            Self::Heating => &answers.heating,
            Self::Home => &answers.home,
            Self::Treatment => &answers.treatment,
        }
    }

    fn of_mut(self, answers: &mut Answers) -> &mut Vec<String> {
        match self {
            Self::Conditions => &mut answers.conditions,
            Self::Situation => &mut answers.situation,
            Self::Activities => &mut answers.activities,
            Self::Transport => &mut answers.transport,
            Self::Heating => &mut answers.heating,
            Self::Home => &mut answers.home,
            Self::Treatment => &mut answers.treatment,
        }
    }

    /// How the labels of its answers begin.
    fn label(self) -> &'static str {
        match self {
            Self::Conditions => "condition",
            Self::Situation => "situation",
            Self::Activities => "activity",
            Self::Transport => "transport",
            Self::Heating => "heating",
            Self::Home => "home",
            Self::Treatment => "treatment",
        }
    }
}

/// What a click in the form changes.
#[derive(Clone, Copy, Debug)]
enum Change {
    Age(Option<&'static str>),
    Pregnant,
    Smoking,
    Allergy(&'static str),
    SensitiveSkin,
    One(Several, &'static str),
    Place(PlaceId, usize),
}

impl Change {
    fn make(self, answers: &mut Answers) {
        match self {
            Self::Age(age) => answers.age = age.map(str::to_owned),
            Self::Pregnant => answers.pregnant = !answers.pregnant,
            Self::Smoking => answers.smoking = !answers.smoking,
            Self::Allergy(allergy) => {
                // Its own level, where one was set, goes with it.
                let before = answers.allergies.len();
                answers.allergies.retain(|(word, _)| word != allergy);
                if answers.allergies.len() == before {
                    answers.allergies.push((allergy.to_owned(), None));
                }
            }
            Self::SensitiveSkin => {
                let sensitive = is_sensitive(answers);
                answers.skin = (!sensitive).then(|| Skin::Sensitive.word().to_owned());
            }
            Self::One(question, word) => {
                let words = question.of_mut(answers);
                let before = words.len();
                words.retain(|other| other != word);
                if words.len() == before {
                    words.push(word.to_owned());
                }
            }
            Self::Place(place, of) => {
                let mut places = answers.places.take().unwrap_or_default();
                let before = places.len();
                places.retain(|other| *other != place.0);
                if places.len() == before {
                    places.push(place.0);
                }
                // None of them and all of them both mean that the person is told of every place.
                answers.places = (!places.is_empty() && places.len() < of).then_some(places);
            }
        }
    }
}

fn is_sensitive(answers: &Answers) -> bool {
    answers.skin.as_deref() == Some(Skin::Sensitive.word())
}

fn questions(words: &Words, answers: &Answers, for_you: bool, change: &Callback<Change>) -> Html {
    let age = |age: Option<&'static str>| {
        let label = words.get(&format!("age-{}", age.unwrap_or("unsaid")));
        choice("radio", label, answers.age.as_deref() == age, Change::Age(age), change)
    };
    let allergy = |allergy: &'static str| {
        let label = words.get(&format!("allergy-{allergy}"));
        let chosen = answers.allergies.iter().any(|(word, _)| word == allergy);
        choice("checkbox", label, chosen, Change::Allergy(allergy), change)
    };
    let one = |question, word| one_of(words, answers, question, word, change);
    let label = |key: &str| words.get(key);
    html! {
        <>
            { question(words, if for_you { "ask-age-you" } else { "ask-age" }, "ask-age-hint", html! {
                { for Age::ALL.iter().map(|age| Some(age.word())).chain([None]).map(age) }
            }) }
            { question(words, "ask-conditions", "ask-conditions-hint", html! {
                <>
                    { for Condition::ALL.iter().map(|it| one(Several::Conditions, it.word())) }
                    { choice("checkbox", label("condition-pregnant"), answers.pregnant,
                        Change::Pregnant, change) }
                </>
            }) }
            { question(words, "ask-allergies", "ask-allergies-hint", html! {
                { for Taxon::ALL.iter().map(|taxon| taxon.name()).chain([UNKNOWN]).map(allergy) }
            }) }
            { question(words, "ask-sun", "ask-sun-hint", html! {
                <>
                    { choice("checkbox", label("skin-sensitive"), is_sensitive(answers),
                        Change::SensitiveSkin, change) }
                    { one(Several::Activities, Activity::OutdoorWork.word()) }
                </>
            }) }
        </>
    }
}

fn which_places(
    words: &Words,
    answers: &Answers,
    places: &[(PlaceId, String)],
    change: &Callback<Change>,
) -> Html {
    let place = |(id, name): &(PlaceId, String)| {
        let chosen = answers.places.as_ref().is_some_and(|chosen| chosen.contains(&id.0));
        choice("checkbox", name.clone(), chosen, Change::Place(*id, places.len()), change)
    };
    question(words, "ask-places", "ask-places-hint", places.iter().map(place).collect())
}

/// How the person lives. Some of it changes alerts, most of it the advice: each question says which.
fn more(words: &Words, answers: &Answers, change: &Callback<Change>) -> Html {
    let one = |question, word| one_of(words, answers, question, word, change);
    let several = |title: &str, hint: &str, of: Several, all: &[&'static str]| {
        question(words, title, hint, all.iter().map(|word| one(of, *word)).collect())
    };
    let smoking =
        choice("checkbox", words.get("smoking-yes"), answers.smoking, Change::Smoking, change);
    let advice = "ask-advice-hint";
    html! {
        <>
            { several("ask-situation", "ask-situation-hint", Several::Situation,
                &words_of(Situation::ALL, Situation::word)) }
            { several("ask-activities", "ask-activities-hint", Several::Activities, &leisure()) }
            { several("ask-treatment", "ask-treatment-hint", Several::Treatment,
                &words_of(Treatment::ALL, Treatment::word)) }
            { question(words, "ask-smoking", advice, smoking) }
            { several("ask-transport", advice, Several::Transport,
                &words_of(Transport::ALL, Transport::word)) }
            { several("ask-home", advice, Several::Home, &words_of(Home::ALL, Home::word)) }
            { several("ask-heating", advice, Several::Heating,
                &words_of(Heating::ALL, Heating::word)) }
        </>
    }
}

fn words_of<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|it| word(*it)).collect()
}

/// What a person does of their own; work outdoors is asked with the sun.
fn leisure() -> Vec<&'static str> {
    let mut words = words_of(Activity::ALL, Activity::word);
    words.retain(|word| *word != Activity::OutdoorWork.word());
    words
}

fn has_more(answers: &Answers) -> bool {
    let lists = [
        &answers.situation,
        &answers.transport,
        &answers.heating,
        &answers.home,
        &answers.treatment,
    ];
    answers.smoking
        || answers.activities.iter().any(|word| word != Activity::OutdoorWork.word())
        || lists.iter().any(|list| !list.is_empty())
}

/// A question, with what its answer changes.
fn question(words: &Words, title: &str, hint: &str, choices: Html) -> Html {
    let changes = format!("{title}-changes");
    html! {
        <fieldset class="question" aria-describedby={changes.clone()}>
            <legend class="question-title">{ words.get(title) }</legend>
            <p class="meta" id={changes}>{ words.get(hint) }</p>
            <div class="choices">{ choices }</div>
        </fieldset>
    }
}

fn one_of(
    words: &Words,
    answers: &Answers,
    question: Several,
    word: &'static str,
    change: &Callback<Change>,
) -> Html {
    let label = words.get(&format!("{}-{word}", question.label()));
    let chosen = question.of(answers).iter().any(|other| other == word);
    choice("checkbox", label, chosen, Change::One(question, word), change)
}

/// A large tile that is on or off.
fn choice(
    kind: &'static str,
    label: String,
    chosen: bool,
    means: Change,
    change: &Callback<Change>,
) -> Html {
    let onclick = change.reform(move |_: MouseEvent| means);
    html! {
        <label class="choice">
            <input type={kind} name={(kind == "radio").then_some("age")} checked={chosen} {onclick} />
            <span>{ label }</span>
        </label>
    }
}

/// What is known of a person, in a few words.
pub(crate) fn summary(words: &Words, answers: &Answers) -> String {
    let mut keys = Vec::new();
    keys.extend(answers.age.iter().map(|age| format!("age-{age}")));
    let several = |question: Several| {
        let words = question.of(answers).iter();
        words.map(move |word| format!("{}-{word}", question.label()))
    };
    keys.extend(several(Several::Conditions));
    keys.extend(answers.pregnant.then(|| "condition-pregnant".to_owned()));
    keys.extend(answers.allergies.iter().map(|(allergy, _)| format!("allergic-{allergy}")));
    keys.extend(is_sensitive(answers).then(|| "skin-sensitive".to_owned()));
    for question in [
        Several::Situation,
        Several::Activities,
        Several::Treatment,
        Several::Transport,
        Several::Home,
        Several::Heating,
    ] {
        keys.extend(several(question));
    }
    keys.extend(answers.smoking.then(|| "smoking-yes".to_owned()));
    if keys.is_empty() {
        return words.get("person-nothing");
    }
    keys.iter().map(|key| words.get(key)).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::member::tests::{answers, profile};
    use crate::testing::markup;
    use ecosante_domain::person::Profile;
    use ecosante_domain::text::Language;

    async fn form(who: Who) -> String {
        form_with(who, 0).await
    }

    async fn form_with(who: Who, places: i64) -> String {
        markup(move |_| {
            let profile = answers(&profile(&[("age", "child"), ("conditions", "asthma")]));
            html! {
                <ProfileForm
                    who={who.clone()} {profile}
                    places={(0..places).map(|id| (PlaceId(id), format!("Place {id}"))).collect::<Vec<_>>()}
                    saved={Callback::noop()} cancel={Callback::noop()}
                />
            }
        })
        .await
    }

    #[test]
    fn what_is_sent_makes_the_profile_that_was_entered() {
        let before = profile(&[
            ("conditions", "asthma,heart"),
            ("allergies", "grass:3,birch"),
            ("skin", "normal"),
            ("pets", "cat"),
        ]);
        let mut entered = answers(&before);
        for change in [
            Change::Age(Some("child")),
            Change::One(Several::Conditions, "heart"),
            Change::Allergy("birch"),
            Change::Pregnant,
        ] {
            change.make(&mut entered);
        }
        let mut sent = before;
        for (key, value) in entered.entries() {
            sent.set(&key, &value).expect("an entry that Profile::set takes");
        }
        let meant = profile(&[
            ("age", "child"),
            ("pregnant", "yes"),
            ("conditions", "asthma"),
            ("allergies", "grass:3"),
            ("skin", "normal"),
            ("pets", "cat"),
        ]);
        assert_eq!(sent, meant);
    }

    #[test]
    fn an_age_that_is_chosen_again_stays_and_is_taken_back_only_by_its_own_choice() {
        let mut answers = Answers::default();
        for _ in 0..2 {
            Change::Age(Some("over65")).make(&mut answers);
            assert_eq!(answers.age.as_deref(), Some("over65"));
        }
        Change::Age(None).make(&mut answers);
        assert_eq!(answers.age, None);
    }

    #[test]
    fn all_places_chosen_are_the_same_as_none_chosen() {
        let mut answers = Answers::default();
        Change::Place(PlaceId(1), 2).make(&mut answers);
        assert_eq!(answers.places, Some(vec![1]));
        Change::Place(PlaceId(2), 2).make(&mut answers);
        assert_eq!(answers.places, None);
    }

    #[test]
    fn a_new_person_needs_a_name_of_their_own() {
        let taken = ["Léa".to_owned()];
        assert_eq!(name_problem("", &taken), Some("name-missing"));
        for name in ["Léa", "léa", "LÉA", " Léa "] {
            assert_eq!(name_problem(name, &taken), Some("name-taken"), "{name}");
        }
        assert_eq!(name_problem("Noé", &taken), None);
    }

    #[tokio::test]
    async fn a_name_is_asked_of_somebody_new_only() {
        assert!(form(Who::New).await.contains("person-name"));
        assert!(!form(Who::You).await.contains("person-name"));
    }

    #[tokio::test]
    async fn of_several_places_it_is_asked_which_count_before_the_folded_part() {
        assert!(!form_with(Who::You, 1).await.contains("Which places?"));
        let markup = form_with(Who::You, 2).await;
        let (asked, folded) = (markup.find("Which places?"), markup.find("<details"));
        assert!(asked.is_some() && asked < folded, "{markup}");
    }

    #[tokio::test]
    async fn every_question_is_described_by_what_its_answer_changes() {
        let markup = form_with(Who::You, 2).await;
        let questions: Vec<_> = markup.split("<fieldset").skip(1).collect();
        assert_eq!(questions.len(), 12, "{markup}");
        for question in &questions {
            let (_, id) = question.split_once("aria-describedby=\"").expect("a description");
            let (id, _) = id.split_once('"').expect("an id");
            let said = format!(" id=\"{id}\"");
            assert!(question.contains(&said) && markup.matches(&said).count() == 1, "{question}");
        }
        let at = |text: &str| questions.iter().find(|it| it.contains(text)).expect("a question");
        assert!(at("Lives alone").contains("yellow"));
        assert!(at("Sport").contains("yellow"));
        assert!(at("Smokes").contains("changes no alert"));
    }

    #[test]
    fn what_is_said_to_change_no_alert_changes_none_and_the_rest_does() {
        let usual = Profile::default().rules();
        for entry in [
            ("activities", "gardening,diy,cleaning"),
            ("treatment", "regular,photosensitising"),
            ("smoking", "yes"),
            ("transport", "bike,transit,car"),
            ("home", "garden,balcony"),
            ("heating", "wood"),
        ] {
            assert_eq!(profile(&[entry]).rules(), usual, "{entry:?}");
        }
        for entry in [
            ("situation", "isolated"),
            ("activities", "sport"),
            ("activities", "outdoor-work"),
            ("skin", "sensitive"),
            ("conditions", "other"),
        ] {
            assert_ne!(profile(&[entry]).rules(), usual, "{entry:?}");
        }
    }

    #[test]
    fn how_somebody_lives_is_folded_until_something_of_it_was_said() {
        for (entry, open) in [
            (("activities", "outdoor-work"), false),
            (("activities", "sport"), true),
            (("smoking", "yes"), true),
            (("treatment", "photosensitising"), true),
        ] {
            assert_eq!(has_more(&answers(&profile(&[entry]))), open, "{entry:?}");
        }
    }

    #[tokio::test]
    async fn what_was_answered_before_is_chosen() {
        let markup = form(Who::Known("Léa".to_owned())).await;
        assert_eq!(markup.matches("checked").count(), 2, "{markup}");
    }

    #[test]
    fn a_person_is_summed_up_in_words_in_both_languages() {
        let everything = profile(&[
            ("age", "over65"),
            ("pregnant", "yes"),
            ("conditions", "asthma,copd,heart,diabetes,immune,other"),
            ("situation", "isolated"),
            ("allergies", "alder,birch,olive,grass,mugwort,ragweed,unknown"),
            ("skin", "sensitive"),
            ("activities", "sport,gardening,diy,cleaning,outdoor-work"),
            ("transport", "bike,transit,car"),
            ("heating", "wood"),
            ("smoking", "yes"),
            ("home", "garden,balcony"),
            ("treatment", "regular,photosensitising"),
        ]);
        for language in Language::ALL {
            let words = Words::of(language);
            assert_eq!(summary(&words, &answers(&everything)).split(" · ").count(), 31);
            assert!(!summary(&words, &answers(&Profile::default())).is_empty());
        }
    }
}
