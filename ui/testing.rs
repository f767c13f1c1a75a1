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
    Answer, Band, BandEpisode, BandHour, BandLevel, Block, ChartKind, Day, DayAhead, DayAlert,
    DayPast, DayWhen, HistoryChart, HistoryView, IndexDetail, IndexName, LevelView, LimitLine,
    Moment, Other, Overview, PlaceToday, ReadingLine, SourceLine, Tile, Verdict, Zoom,
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

/// A Monday with an alert and a note in the diary.
pub(crate) fn moment() -> Moment {
    Moment {
        place: PlaceId(1),
        date: "2026-09-07".to_owned(),
        hour: None,
        day: DayPast {
            name: "Monday 7 September".to_owned(),
            when: DayWhen::Past,
            line: Some(air(Some(3))),
            alerts: vec![DayAlert { id: AlertId(7), who: "Léa".to_owned() }],
        },
        missing: None,
        noted: Some("Diary: nose 2".to_owned()),
        person: PersonId(2),
    }
}

/// Three weeks of a calendar from Tuesday on, and a day of 25 hours and one of 24.
pub(crate) fn past() -> HistoryView {
    let calendar = HistoryChart {
        kind: ChartKind::Calendar,
        title: "The year at a glance".to_owned(),
        width: 100,
        height: 200,
        drawing: "<svg></svg>".to_owned(),
        from: "2026-09-01".to_owned(),
        items: 21,
        dx: 20_000,
        dy: 20_000,
        wide: 17_000,
        high: 17_000,
        per: 7,
        down: true,
        panels: vec![vec![Block { first: 0, skip: 1, x: 10_000, y: 30_000 }]],
        ..HistoryChart::default()
    };
    let strips = HistoryChart {
        kind: ChartKind::Strips,
        title: "Hour by hour".to_owned(),
        from: "2026-10-25".to_owned(),
        hourly: true,
        items: 49,
        dx: 3000,
        dy: 30_000,
        wide: 2000,
        high: 20_000,
        per: 25,
        down: false,
        days: vec![0, 25],
        panels: vec![vec![
            Block { first: 0, skip: 0, x: 10_000, y: 0 },
            Block { first: 25, skip: 0, x: 10_000, y: 30_000 },
        ]],
        ..calendar.clone()
    };
    HistoryView {
        title: "Air – Lyon".to_owned(),
        indices: vec![IndexName { metric: Metric::Air, name: "air".to_owned(), part: false }],
        zoom: Zoom::Month,
        zooms: vec![Zoom::Week, Zoom::Month, Zoom::Year],
        period: "September 2026, until today".to_owned(),
        at: "2026-09-08".to_owned(),
        earlier: Some("2026-08-31".to_owned()),
        later: None,
        others: vec![Other { value: "year:1".to_owned(), name: "2025".to_owned() }],
        charts: vec![calendar, strips],
        legend: "<svg></svg>".to_owned(),
        notes: vec!["The first day stored here is Monday 3 August.".to_owned()],
        publishers: String::new(),
    }
}

/// The air of Lyon, and the limits of three people.
pub(crate) fn index_detail() -> IndexDetail {
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
        since: Some("Stored on this device since Monday 7 September.".to_owned()),
        limits: vec![
            limit("you", None, "never"),
            limit("Léa", Some(3), "from “Moderate” up"),
            limit("Zoé", Some(3), "from “Moderate” up"),
        ],
        publishers: String::new(),
    }
}
