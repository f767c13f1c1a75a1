//! A day in Lyon, and a way to look at markup on the host.

use ecosante_domain::contract::{AdviceView, ErrorBody};
use ecosante_domain::decision::AlertId;
use ecosante_domain::evidence::Evidence;
use ecosante_domain::knowledge::State;
use ecosante_domain::metric::Metric;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::reading::Basis;
use ecosante_domain::scale::Scale;
use ecosante_domain::text::Language;
use ecosante_domain::window::{
    Answer, Band, BandEpisode, BandHour, BandLevel, Day, DayAhead, DayAlert, DayPast, DayWhen,
    IndexDetail, IndexName, LevelView, LimitLine, Overview, Period, PlaceToday, ReadingLine,
    SourceLine, Tile, Verdict,
};
use yew::prelude::*;

use crate::state::{State as Memory, View, Window};
use crate::words::Words;

#[derive(Clone)]
struct Drawing(std::sync::Arc<dyn Fn(&Words) -> Html + Send + Sync>);

impl PartialEq for Drawing {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[derive(Properties, PartialEq)]
struct SceneProps {
    drawing: Drawing,
}

#[component]
fn Scene(props: &SceneProps) -> Html {
    let words = Words::of(Language::En);
    let window = use_reducer(|| Memory::new(View::Today));
    html! {
        <ContextProvider<Words> context={words.clone()}>
            <ContextProvider<Window> context={window}>
                { (props.drawing.0)(&words) }
            </ContextProvider<Window>>
        </ContextProvider<Words>>
    }
}

/// What is drawn, in English, as markup.
pub(crate) async fn markup(draw: impl Fn(&Words) -> Html + Send + Sync + 'static) -> String {
    let drawing = Drawing(std::sync::Arc::new(draw));
    yew::ServerRenderer::<Scene>::with_props(move || SceneProps { drawing })
        .hydratable(false)
        .render()
        .await
}

/// An error as the shell words it.
pub(crate) fn error(code: &str) -> ErrorBody {
    ErrorBody { code: code.to_owned(), message: format!("What {code} means."), retry_after_s: None }
}

/// The air of today, official.
pub(crate) fn air(level: Option<u8>) -> ReadingLine {
    let labels = ["Good", "Fair", "Moderate", "Poor", "Very poor", "Extremely poor", "Event"];
    ReadingLine {
        reading: LevelView {
            metric: Metric::Air,
            scale: Some(Scale::Atmo2021),
            level,
            label: level.map(|level| labels[usize::from(level) - 1].to_owned()),
            basis: level.map(|_| Basis::Official),
            state: if level.is_some() { State::Current } else { State::NotPublishedYet },
        },
        name: "air".to_owned(),
        scale_name: "ATMO index".to_owned(),
        figure: None,
        target: "today".to_owned(),
        provenance: "Atmo France, published today at 14:10, for Lyon".to_owned(),
        caveat: None,
    }
}

fn band_level(matters: bool) -> BandLevel {
    BandLevel {
        metric: Metric::Air,
        name: "air".to_owned(),
        scale: Scale::Atmo2021,
        level: if matters { 3 } else { 2 },
        label: if matters { "Moderate" } else { "Fair" }.to_owned(),
        highest: false,
        estimated: false,
        matters,
    }
}

/// A person for whom moderate air matters from this noon to tomorrow night.
pub(crate) fn answer(person: i64) -> Answer {
    let hour = |day: usize, hour: usize| BandHour {
        time: format!("{hour:02}:00"),
        now: day == 0 && hour == 16,
        past: day == 0 && hour < 16,
        night: !(7..21).contains(&hour),
        worst: Some(band_level(day == 1 || hour >= 12)),
        unknown: Vec::new(),
    };
    Answer {
        person: PersonId(person),
        name: (person > 1).then(|| format!("Person {person}")),
        verdict: Verdict::Above,
        sentence:
            "Today and tomorrow, slow down if a cough starts: air quality is moderate in Lyon."
                .to_owned(),
        why: vec!["Your limit for asthma is “Moderate”.".to_owned()],
        missing: Vec::new(),
        advice: vec![advice()],
        alerts: vec![AlertId(7)],
        worst: Some(band_level(true)),
        ahead: vec![DayAhead {
            date: "2026-09-09".to_owned(),
            name: "tomorrow".to_owned(),
            verdict: Verdict::Above,
            worst: Some(band_level(true)),
            text: "air quality is moderate".to_owned(),
        }],
        band: Band {
            days: (0..2).map(|day| (0..24).map(|number| hour(day, number)).collect()).collect(),
            episodes: vec![BandEpisode {
                headline: "moderate air".to_owned(),
                first: 12,
                last: 47,
                alert: Some(AlertId(7)),
            }],
        },
    }
}

/// A piece of advice with its source.
pub(crate) fn advice() -> AdviceView {
    AdviceView {
        id: "air-sensitive-slow-if-symptoms".to_owned(),
        text: "If coughing starts outside, slow down.".to_owned(),
        source: Some(Evidence {
            publisher: "EEA".to_owned(),
            title: "European Air Quality Index".to_owned(),
            url: "https://airindex.eea.europa.eu/".to_owned(),
            year: Some(2017),
            note: None,
        }),
    }
}

/// Lyon today, for two people.
pub(crate) fn overview() -> Overview {
    let day = |date: &str, name: &str| Day {
        date: date.to_owned(),
        name: name.to_owned(),
        tiles: vec![Tile { line: air(Some(3)), parts: Vec::new() }],
        calm: None,
    };
    Overview {
        language: Language::En,
        places: vec![PlaceToday {
            id: PlaceId(1),
            name: "Lyon".to_owned(),
            moment: "Tuesday 8 September, 16:00".to_owned(),
            people: vec![answer(2), answer(1)],
            days: vec![day("2026-09-08", "today"), day("2026-09-09", "tomorrow")],
            slow: Vec::new(),
        }],
        checked: "Checked today at 14:22.".to_owned(),
        offline: None,
        trouble: None,
        refreshing: false,
        sources: vec![SourceLine {
            name: "Atmo France".to_owned(),
            ok: true,
            state: "answers".to_owned(),
        }],
    }
}

/// The air of Lyon over five days, of which one is not known, and the limits of three people.
pub(crate) fn index_detail() -> IndexDetail {
    let day = |name: &str, when: DayWhen, level: Option<u8>| DayPast {
        name: name.to_owned(),
        mark: (name == "Monday 7 September").then(|| "7 Sept".to_owned()),
        when,
        line: level.map(|level| air(Some(level))),
        height: None,
        alerts: (level == Some(3))
            .then(|| DayAlert { id: AlertId(7), who: "Léa".to_owned() })
            .into_iter()
            .collect(),
    };
    let limit = |who: &str, level: Option<u8>, label: &str| LimitLine {
        who: who.to_owned(),
        level,
        label: label.to_owned(),
    };
    let index = |metric, name: &str| IndexName { metric, name: name.to_owned(), part: false };
    IndexDetail {
        place: "Lyon".to_owned(),
        metric: Metric::Air,
        name: "air".to_owned(),
        indices: vec![index(Metric::Air, "air"), index(Metric::Uv, "UV")],
        today: Some(air(Some(2))),
        scale: Some(Scale::Atmo2021),
        labels: ["Good", "Fair", "Moderate", "Poor", "Very poor", "Extremely poor"]
            .map(str::to_owned)
            .to_vec(),
        definition: "The official index.".to_owned(),
        period: Period::Month,
        periods: vec![Period::Week, Period::Month, Period::Year],
        axis: Vec::new(),
        days: vec![
            day("Sunday 6 September", DayWhen::Past, None),
            day("Monday 7 September", DayWhen::Past, Some(3)),
            day("today", DayWhen::Today, Some(2)),
            day("tomorrow", DayWhen::Ahead, Some(2)),
            day("Thursday 10 September", DayWhen::Ahead, None),
        ],
        since: Some("Stored on this device since Monday 7 September.".to_owned()),
        limits: vec![
            limit("you", None, "never"),
            limit("Léa", Some(3), "from “Moderate” up"),
            limit("Zoé", Some(3), "from “Moderate” up"),
        ],
        publishers: String::new(),
    }
}
