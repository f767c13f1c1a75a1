//! From where on a person is told of each index: a slider on the words of its scale.

use ecosante_domain::limits::LimitView;
use ecosante_domain::metric::{Hazard, Metric};
use ecosante_domain::mute::MuteFor;
use ecosante_domain::person::PersonId;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bridge;
use crate::components::glyph::{Finish, glyph};
use crate::components::mute::mute;
use crate::components::{save_or_cancel, source_link};
use crate::content::{Content, sentence};
use crate::focus::focus;
use crate::local::{Shared, use_local};
use crate::member::Member;
use crate::state::{Action, use_window};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct LimitsFormProps {
    pub(crate) person: PersonId,
    /// Their name; none for the unnamed one.
    pub(crate) name: Option<String>,
    pub(crate) limits: Vec<LimitView>,
    pub(crate) saved: Callback<Member>,
    pub(crate) cancel: Callback<()>,
}

/// Where a limit stands while it is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
struct At {
    choice: usize,
    /// Whether it is the person's own; at the usual place it is not.
    own: bool,
}

impl At {
    fn of(limit: &LimitView) -> Self {
        Self { choice: limit.chosen, own: limit.own }
    }

    fn moved(usual: usize, choice: usize) -> Self {
        Self { choice, own: choice != usual }
    }
}

/// What a limit would have told lately, for each place where it can stand.
type Rehearsed = Content<Vec<String>>;

/// What one limit of the form shows besides itself.
struct Beside<'a> {
    rehearsed: Option<&'a Rehearsed>,
    muted: Option<&'a str>,
}

/// What can be done with one limit.
struct Ways {
    set: Callback<(usize, At)>,
    rehearse: Callback<usize>,
    mute: Callback<(usize, Option<MuteFor>)>,
}

/// The form.
#[component]
pub(crate) fn LimitsForm(props: &LimitsFormProps) -> Html {
    let words = use_words();
    let window = use_window();
    // As they were when the form opened: what is moved is moved from there, whatever changes since.
    let opened = use_local(|| Shared::new(props.limits.clone()));
    let limits = opened.get();
    let draft = use_local(|| props.limits.iter().map(At::of).collect::<Vec<_>>());
    let rehearsals = use_local(|| vec![None::<Rehearsed>; props.limits.len()]);
    let error = use_local(|| None::<String>);
    let news = use_local(|| None::<String>);
    let busy = use_local(|| false);
    let person = props.person;
    let set = {
        let draft = draft.clone();
        Callback::from(move |(number, to): (usize, At)| {
            let mut changed = draft.get();
            if let Some(at) = changed.get_mut(number) {
                *at = to;
            }
            draft.set(changed);
        })
    };
    let rehearse = {
        let (rehearsals, limits) = (rehearsals.clone(), limits.clone());
        Callback::from(move |number: usize| {
            let learn = {
                let rehearsals = rehearsals.clone();
                move |what: Rehearsed| {
                    let mut known = rehearsals.get();
                    known[number] = Some(what);
                    rehearsals.set(known);
                }
            };
            // Once: what is past does not change while somebody looks at it.
            if rehearsals.get()[number].is_some() {
                return;
            }
            learn(Content::Pending);
            let metric = limits[number].metric;
            spawn_local(async move {
                learn(match bridge::rehearse(person, metric).await {
                    Ok(told) => Content::Ready(told),
                    Err(refused) => Content::Failed(refused),
                });
            });
        })
    };
    let mute = {
        let (limits, news, words) = (limits.clone(), news.clone(), words.clone());
        let dispatch = window.dispatcher();
        Callback::from(move |(number, how): (usize, Option<MuteFor>)| {
            let (news, words, dispatch) = (news.clone(), words.clone(), dispatch.clone());
            let metric = limits[number].metric;
            // The button that was pressed goes.
            focus(&[&format!("#limit-{number}")]);
            spawn_local(async move {
                news.set(Some(match bridge::mute(person, metric, how).await {
                    Ok(()) => words.get(if how.is_some() { "mute-done" } else { "mute-undone" }),
                    Err(refused) => sentence(&words, &refused),
                }));
                dispatch.dispatch(Action::Changed);
            });
        })
    };
    let onsubmit = {
        let (draft, error, busy, words) =
            (draft.clone(), error.clone(), busy.clone(), words.clone());
        let (name, limits, saved) = (props.name.clone(), limits.clone(), props.saved.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy.get() {
                return;
            }
            busy.set(true);
            error.set(None);
            let entries = entries(&limits, &draft.get());
            let (error, busy, words) = (error.clone(), busy.clone(), words.clone());
            let (name, saved) = (name.clone(), saved.clone());
            spawn_local(async move {
                let answer = bridge::set_profile(name.as_deref(), &entries).await;
                busy.set(false);
                match answer {
                    Ok(person) => saved.emit(person),
                    Err(refused) => error.set(Some(sentence(&words, &refused))),
                }
            });
        })
    };
    // The button that opened the form is gone.
    use_effect_with((), |()| focus(&[".form-title"]));
    let (at, rehearsals) = (draft.get(), rehearsals.get());
    let ways = Ways { set, rehearse, mute };
    let row = |number: usize| {
        let limit = &limits[number];
        let beside = Beside {
            rehearsed: rehearsals[number].as_ref(),
            // What is muted is so at once, not with the rest of the form.
            muted: (props.limits.iter())
                .find(|it| it.metric == limit.metric)
                .and_then(|it| it.muted.as_deref()),
        };
        one(&words, number, limit, at[number], &beside, &ways)
    };
    let heading = match &props.name {
        Some(name) => words.format("limits-of", [("name", name.as_str().into())]),
        None => words.get("limits-yours"),
    };
    html! {
        <form class="profile limits" {onsubmit} novalidate=true>
            <h3 class="form-title" tabindex="-1">{ heading }</h3>
            <p class="meta">{ words.get("limits-hint") }</p>
            <p class="meta">{ words.get("mute-hint") }</p>
            { for Group::ALL.into_iter().map(|it| group(&words, it, &limits, &at, &props.limits, &row)) }
            <p class="note" role="status">{ news.get() }</p>
            { save_or_cancel(&words, error.get(), busy.get(), &props.cancel) }
        </form>
    }
}

/// Limits that are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Air,
    Pollen,
    Sun,
    Weather,
    Together,
}

impl Group {
    const ALL: [Self; 5] = [Self::Air, Self::Pollen, Self::Sun, Self::Weather, Self::Together];

    fn of(metric: Metric) -> Self {
        match metric.hazard() {
            Hazard::Pollen => Self::Pollen,
            Hazard::Uv => Self::Sun,
            Hazard::Weather => Self::Weather,
            Hazard::Combined => Self::Together,
            Hazard::Air | Hazard::Episode | Hazard::Water | Hazard::Radon => Self::Air,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Air => "limits-air",
            Self::Pollen => "limits-pollen",
            Self::Sun => "limits-sun",
            Self::Weather => "limits-weather",
            Self::Together => "limits-together",
        }
    }

    /// What is folded away in it, by its number.
    fn folded(self) -> &'static str {
        match self {
            Self::Air | Self::Sun => "limits-episodes",
            Self::Pollen => "limits-never",
            Self::Weather => "limits-dangers",
            Self::Together => "limits-combined",
        }
    }
}

/// Whether a limit is seen without unfolding anything: one of many is not, nor what is never told
/// and would not be by itself.
fn in_front(limit: &LimitView) -> bool {
    match limit.metric {
        Metric::Air | Metric::Uv => true,
        Metric::Pollen | Metric::PollenOf(_) => !is_idle(limit),
        _ => false,
    }
}

fn group(
    words: &Words,
    group: Group,
    limits: &[LimitView],
    at: &[At],
    now: &[LimitView],
    row: &impl Fn(usize) -> Html,
) -> Html {
    let of_group = || (0..limits.len()).filter(|number| Group::of(limits[*number].metric) == group);
    let (front, folded): (Vec<_>, Vec<_>) = of_group().partition(|it| in_front(&limits[*it]));
    if front.is_empty() && folded.is_empty() {
        return Html::default();
    }
    let own = folded.iter().filter(|number| at[**number].own).count();
    let is_muted =
        |metric: Metric| now.iter().any(|limit| limit.metric == metric && limit.muted.is_some());
    let muted = folded.iter().filter(|number| is_muted(limits[**number].metric)).count();
    let count = |key: &str, count: usize| words.format(key, [("count", count.into())]);
    let mut told = vec![count(group.folded(), folded.len())];
    told.extend((own > 0).then(|| count("limits-own", own)));
    told.extend((muted > 0).then(|| count("limits-muted", muted)));
    html! {
        <section class="limit-group">
            <h4 class="section-name">{ words.get(group.title()) }</h4>
            { for front.into_iter().map(row) }
            if !folded.is_empty() {
                <details class="more">
                    <summary>{ told.join(" · ") }</summary>
                    { for folded.into_iter().map(row) }
                </details>
            }
        </section>
    }
}

/// Whether a limit is never met and was not set so.
fn is_idle(limit: &LimitView) -> bool {
    let never = limit.choices.len().saturating_sub(1);
    limit.chosen == never && limit.usual == never
}

/// The entries of the profile that move what was moved; a limit that is not the person's own is set
/// by the empty value.
fn entries(limits: &[LimitView], at: &[At]) -> Vec<(String, String)> {
    let moved = limits.iter().zip(at).filter(|(limit, at)| At::of(limit) != **at);
    moved
        .filter_map(|(limit, at)| {
            let value = if at.own { &limit.choices.get(at.choice)?.value } else { "" };
            Some((format!("level.{}", limit.metric), value.to_owned()))
        })
        .collect()
}

fn one(
    words: &Words,
    number: usize,
    limit: &LimitView,
    at: At,
    beside: &Beside<'_>,
    ways: &Ways,
) -> Html {
    let id = format!("limit-{number}");
    let why = format!("limit-{number}-why");
    let choice = limit.choices.get(at.choice);
    let label = choice.map(|choice| choice.label.as_str()).unwrap_or_default();
    let usual = limit.choices.get(limit.usual).map(|it| it.label.as_str()).unwrap_or_default();
    let to = {
        let (set, usual) = (ways.set.clone(), limit.usual);
        move |choice: usize| set.emit((number, At::moved(usual, choice)))
    };
    let oninput = {
        let (to, rehearse) = (to.clone(), ways.rehearse.clone());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            to(input.value().parse().unwrap_or(at.choice));
            // A pointer may move it without the focus.
            rehearse.emit(number);
        })
    };
    let back = {
        let (id, usual) = (id.clone(), limit.usual);
        Callback::from(move |_: MouseEvent| {
            to(usual);
            // The button goes once the limit is the usual one.
            focus(&[&format!("#{id}")]);
        })
    };
    html! {
        <div class="question limit-row">
            <label class="question-title" for={id.clone()}>{ words.sentence_case(&limit.name) }</label>
            <p class="limit-at" aria-hidden="true">
                { glyph(limit.scale, choice.and_then(|choice| choice.level), Finish::Solid) }
                <strong>{ words.sentence_case(label) }</strong>
            </p>
            <input
                {id} class="slider" type="range" min="0"
                max={limit.choices.len().saturating_sub(1).to_string()} step="1"
                value={at.choice.to_string()} aria-valuetext={label.to_owned()}
                aria-describedby={why.clone()} {oninput}
                onfocus={ways.rehearse.reform(move |_: FocusEvent| number)}
            />
            <p class="limit-told" aria-live="polite">{ told(words, at, beside.rehearsed) }</p>
            <p class="meta" id={why}>
                if at == At::of(limit) {
                    { &limit.why }
                } else {
                    { words.format("limit-usual", [("usual", usual.into())]) }
                }
                if let Some(evidence) = &limit.evidence {
                    { " " }
                    { words.get(if limit.own_choice { "limit-source-own" } else { "limit-source" }) }
                    { " " }
                    { source_link(words, evidence) }
                }
            </p>
            if at.own {
                <button type="button" class="button quiet" onclick={back}>
                    { words.get("limit-back") }
                    <span class="visually-hidden">{ format!(" – {}", limit.name) }</span>
                </button>
            }
            { quiet_for_a_while(words, number, limit, beside.muted, ways) }
        </div>
    }
}

/// What the limit would have told where it stands; nothing before somebody turns to it.
fn told(words: &Words, at: At, rehearsed: Option<&Rehearsed>) -> Option<String> {
    match rehearsed? {
        Content::Pending => Some(words.get("pending")),
        Content::Ready(told) => told.get(at.choice).cloned(),
        Content::Failed(refused) => Some(sentence(words, refused)),
    }
}

/// The ways to mute a limit, folded while it is not.
fn quiet_for_a_while(
    words: &Words,
    number: usize,
    limit: &LimitView,
    muted: Option<&str>,
    ways: &Ways,
) -> Html {
    let set = ways.mute.reform(move |how| (number, how));
    let inner = mute(words, &limit.name, muted, &set);
    if muted.is_some() {
        return inner;
    }
    html! {
        <details class="mute-ways">
            <summary>
                { words.get("mute") }
                <span class="visually-hidden">{ format!(" – {}", limit.name) }</span>
            </summary>
            { inner }
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::markup;
    use ecosante_domain::limits::limits;
    use ecosante_domain::person::Profile;
    use ecosante_domain::text::{Language, Texts};

    const TODAY: &str = "2026-09-08";

    fn of(entries: &[(&str, &str)]) -> (Profile, Vec<LimitView>) {
        let mut profile = Profile::default();
        for (key, value) in entries {
            profile.set(key, value).expect("a right entry");
        }
        let limits =
            limits(&Texts::new(Language::En), &profile, true, TODAY.parse().expect("a date"));
        (profile, limits)
    }

    #[test]
    fn only_what_was_moved_is_sent_and_the_usual_place_clears_it() {
        let (_, limits) = of(&[("level.uv", "8")]);
        let mut at: Vec<_> = limits.iter().map(At::of).collect();
        assert_eq!(entries(&limits, &at), []);
        at[0] = At::moved(limits[0].usual, 2);
        let uv = limits.iter().position(|it| it.metric == Metric::Uv).expect("UV");
        at[uv] = At::moved(limits[uv].usual, limits[uv].usual);
        let sent = entries(&limits, &at);
        assert_eq!(sent, [("level.air".into(), "3".into()), ("level.uv".into(), String::new())]);
    }

    #[test]
    fn what_is_sent_makes_the_limits_that_were_chosen() {
        let (profile, before) = of(&[("allergies", "grass:5,birch"), ("level.air", "2")]);
        for (number, limit) in before.iter().enumerate() {
            for to in 0..limit.choices.len() {
                let mut at: Vec<_> = before.iter().map(At::of).collect();
                at[number] = At::moved(limit.usual, to);
                let mut profile = profile.clone();
                for (key, value) in entries(&before, &at) {
                    profile.set(&key, &value).expect("an entry that Profile::set takes");
                }
                let texts = Texts::new(Language::En);
                let after = limits(&texts, &profile, true, TODAY.parse().expect("a date"));
                let after: Vec<_> = after.iter().map(At::of).collect();
                assert_eq!(after, at, "{} to {to}", limit.metric);
            }
        }
    }

    #[test]
    fn a_limit_of_ones_own_can_be_given_up_where_it_equals_the_usual_one() {
        let (_, limits) = of(&[("level.air", "4")]);
        assert!(limits[0].own && limits[0].chosen == limits[0].usual);
        let mut at: Vec<_> = limits.iter().map(At::of).collect();
        at[0] = At::moved(limits[0].usual, limits[0].usual);
        assert_eq!(entries(&limits, &at), [("level.air".into(), String::new())]);
    }

    #[test]
    fn what_was_silenced_is_not_out_of_the_way() {
        let (_, limits) = of(&[("level.uv", "off"), ("allergies", "grass")]);
        let shown: Vec<_> = limits.iter().filter(|it| in_front(it)).map(|it| &it.name).collect();
        assert_eq!(shown, ["air", "UV", "grass pollen"]);
    }

    fn ways() -> Ways {
        Ways { set: Callback::noop(), rehearse: Callback::noop(), mute: Callback::noop() }
    }

    async fn row(at: usize, rehearsed: Option<Rehearsed>, muted: Option<&'static str>) -> String {
        markup(move |words| {
            let limit = of(&[]).1.swap_remove(0);
            let beside = Beside { rehearsed: rehearsed.as_ref(), muted };
            one(words, 0, &limit, At::moved(limit.usual, at), &beside, &ways())
        })
        .await
    }

    #[tokio::test]
    async fn a_limit_is_heard_in_words_and_has_a_way_back_once_it_is_moved() {
        let usual = row(3, None, None).await;
        assert!(usual.contains("aria-valuetext=\"from “Poor” up\""), "{usual}");
        assert!(!usual.contains("Back to the usual limit"), "{usual}");
        let moved = row(6, None, None).await;
        assert!(moved.contains("aria-valuetext=\"never, not even"), "{moved}");
        assert!(moved.contains("Back to the usual limit"), "{moved}");
    }

    #[tokio::test]
    async fn what_a_limit_would_have_told_is_said_for_where_it_stands() {
        let told = |number: usize| format!("In the last 30 days, {number} alerts.");
        let rehearsed = || Some(Content::Ready((0..7).map(told).collect()));
        for at in [0, 5] {
            let markup = row(at, rehearsed(), None).await;
            let line = format!("class=\"limit-told\">{}</p>", told(at));
            assert!(markup.contains(&line), "{markup}");
        }
        let before = row(3, None, None).await;
        assert!(before.contains("aria-live=\"polite\" class=\"limit-told\"></p>"), "{before}");
        let refused =
            row(3, Some(Content::Failed(crate::testing::error("store-busy"))), None).await;
        assert!(refused.contains("What store-busy means."), "{refused}");
    }

    #[tokio::test]
    async fn a_muted_limit_says_so_without_being_unfolded() {
        let speaking = row(3, None, None).await;
        assert!(speaking.contains("<details class=\"mute-ways\""), "{speaking}");
        let muted = row(3, None, Some("Muted until tomorrow.")).await;
        assert!(!muted.contains("<details") && muted.contains("Muted until tomorrow."), "{muted}");
    }

    async fn form(entries: &'static [(&'static str, &'static str)]) -> String {
        markup(move |_| {
            html! {
                <LimitsForm
                    person={PersonId(1)} name={None::<String>} limits={of(entries).1}
                    saved={Callback::noop()} cancel={Callback::noop()}
                />
            }
        })
        .await
    }

    #[tokio::test]
    async fn many_limits_of_a_kind_are_folded_and_say_how_many_are_ones_own_or_muted() {
        let usual = form(&[]).await;
        for folded in ["5 pollution episodes", "7 pollens that are never told", "9 dangers"] {
            assert!(usual.contains(&format!("<summary>{folded}</summary>")), "{folded}: {usual}");
        }
        assert_eq!(usual.matches("<details class=\"more\" open").count(), 0);
        let changed = form(&[
            ("level.vigilance.wind", "2"),
            ("level.vigilance.heat", "off"),
            ("mute.vigilance.snow-ice", "2026-12-01"),
            ("conditions", "asthma"),
        ])
        .await;
        assert!(changed.contains("9 dangers · 2 of your own choice · 1 muted"), "{changed}");
        assert!(changed.contains("2 combinations"), "{changed}");
    }

    #[tokio::test]
    async fn every_limit_is_in_one_group() {
        let limits = of(&[("allergies", "grass")]).1;
        let markup = form(&[("allergies", "grass")]).await;
        assert_eq!(markup.matches("type=\"range\"").count(), limits.len(), "{markup}");
        assert_eq!(markup.matches("<h4").count(), Group::ALL.len(), "{markup}");
    }
}
