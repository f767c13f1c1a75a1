use super::*;
use crate::decision::AlertId;
use crate::metric::Pollutant;
use crate::place::{CommuneRef, Coordinates};
use crate::reading::{Basis, Zone};
use crate::text::Language;

fn place(id: i64, name: &str) -> Place {
    Place {
        id: PlaceId(id),
        name: name.to_owned(),
        commune: Some(CommuneRef {
            code: "69123".to_owned(),
            name: name.to_owned(),
            epci: None,
            departement: "69".to_owned(),
        }),
        coordinates: Coordinates::new(45.76, 4.84),
        time_zone: chrono_tz::Tz::Europe__Paris,
    }
}

fn now() -> DateTime<Utc> {
    "2026-09-08T14:00:00Z".parse().expect("a moment")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn day(text: &str, level: u8) -> Reading {
    Reading {
        source: Source::AtmoFrance,
        zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
        metric: Metric::Air,
        scale: Some(Scale::Atmo2021),
        target: Target::Day(date(text)),
        basis: Basis::Official,
        level: Some(level),
        value: None,
        published_at: Some(now()),
        fetched_at: now(),
        hours: 1,
        note: None,
    }
}

fn look(zoom: Zoom) -> Look {
    Look {
        place: PlaceId(1),
        metric: Metric::Air,
        zoom,
        at: None,
        hour: None,
        with: None,
        person: None,
        width: 1072,
    }
}

/// Looks back on what is stored of Lyon, and of a second place or year.
fn looking<T>(
    look: &Look,
    readings: &[&[Reading]],
    said: impl FnOnce(&Texts, &HistoryFacts<'_>) -> T,
) -> T {
    let places = [place(1, "Lyon"), place(2, "Nantes")];
    let mut entry = Entry::of(date("2026-09-03"));
    entry.set("nose", "2").expect("a right entry");
    let starts = "2026-09-01T22:00:00Z".parse().expect("a moment");
    let episode =
        PastEpisode { alert: AlertId(4), person: None, starts, ends: starts + TimeDelta::days(2) };
    let (diary, episodes) = ([entry], [episode]);
    let years = match look.beside() {
        Some(Beside::Years(years)) => years,
        _ => 0,
    };
    let pasts: Vec<Past<'_>> = readings
        .iter()
        .enumerate()
        .map(|(n, readings)| Past {
            place: if years == 0 { &places[n] } else { &places[0] },
            years_before: if n == 1 { years } else { 0 },
            readings,
            episodes: if n == 0 { &episodes } else { &[] },
            diary: if n == 0 { &diary } else { &[] },
            since: readings.iter().map(|it| it.target.day(places[0].time_zone)).min(),
            silent: Some("source failing"),
        })
        .collect();
    let facts = HistoryFacts {
        look,
        pasts: &pasts,
        stored: &[Metric::Air],
        places: &places,
        people: &[],
        person: PersonId(1),
        now: now(),
    };
    said(&Texts::new(Language::En), &facts)
}

#[test]
fn a_period_is_one_of_the_calendar_and_ends_with_it() {
    let day = date("2024-02-14");
    let spans = Zoom::ALL.map(|zoom| {
        let (first, last) = zoom.span(day);
        format!("{first} {last}")
    });
    assert_eq!(
        spans,
        [
            "2024-02-14 2024-02-14",
            "2024-02-12 2024-02-18",
            "2024-02-01 2024-02-29",
            "2024-01-01 2024-12-31",
            "2020-01-01 2024-12-31",
        ]
    );
}

#[test]
fn years_are_walked_back_as_far_as_something_is_stored_and_forward_to_the_present() {
    let readings = [day("2023-05-01", 2), day("2026-09-07", 3)];
    let at = |at: Option<&str>| {
        let look = Look { at: at.map(str::to_owned), ..look(Zoom::Year) };
        looking(&look, &[&readings], |texts, facts| facts.view(texts))
    };
    let present = at(None);
    assert_eq!(present.period, "2026, until today");
    assert_eq!((present.earlier.as_deref(), present.later), (Some("2025-12-31"), None));
    let first = at(Some("2023-06-01"));
    assert_eq!(first.period, "2023");
    assert_eq!((first.earlier, first.later.as_deref()), (None, Some("2024-01-01")));
    // What nobody can have asked for yet is the present.
    assert_eq!(at(Some("2031-01-01")).period, "2026, until today");
}

#[test]
fn what_looks_alike_is_one_path_however_many_days_there_are() {
    let first = date("2022-01-01");
    let readings: Vec<Reading> = first
        .iter_days()
        .take(1711)
        .zip((1..=6).cycle())
        .map(|(date, level)| day(&date.to_string(), level))
        .collect();
    let view = looking(&look(Zoom::Years), &[&readings], |texts, facts| facts.view(texts));
    for chart in &view.charts {
        let elements = chart.drawing.matches('<').count();
        assert!(elements < 500, "{:?}: {elements} elements", chart.kind);
        assert_eq!((chart.items, chart.from.as_str()), (1826, "2022-01-01"));
        let chars = chart.drawing.len();
        assert!(chars < 150_000, "{:?}: {chars} letters", chart.kind);
    }
    // Each colour of the scale is there.
    for level in 1..=6 {
        let colour = Scale::Atmo2021.colour(level).expect("a colour");
        assert!(view.charts.iter().all(|chart| chart.drawing.contains(colour)), "{level}");
    }
}

#[test]
fn a_level_is_told_by_its_height_too_and_what_is_not_known_is_dashed() {
    let draw = |level: u8, basis: Basis| {
        let reading = Reading { basis, ..day("2026-09-07", level) };
        let look = Look { zoom: Zoom::Week, ..look(Zoom::Week) };
        looking(&look, &[&[reading]], |texts, facts| {
            facts.chart(texts, ChartKind::Strips, OF_PAPER).body
        })
    };
    let (low, high) = (draw(1, Basis::Official), draw(6, Basis::Official));
    let height = |body: &str, colour: &str| -> f64 {
        let path = body.split("<path").find(|it| it.contains(colour)).expect("it is drawn");
        let data = path.split('v').nth(1).expect("a height");
        data.split('h').next().and_then(|it| it.parse().ok()).expect("a number")
    };
    let colour = |level| Scale::Atmo2021.colour(level).expect("a colour");
    assert!((height(&high, colour(6)) / height(&low, colour(1)) - 6.0).abs() < 0.1);
    // Today is not known; the days ahead need not be.
    let dashed = low.split("<path").find(|it| it.contains("dasharray")).expect("a gap");
    assert_eq!(dashed.matches('M').count(), 1, "{dashed}");
    let estimate = draw(3, Basis::Estimated);
    assert!(!estimate.contains(&format!("fill=\"{}\"", colour(3))), "{estimate}");
    assert!(estimate.contains(&format!("stroke=\"{}\"", colour(3))), "{estimate}");
}

#[test]
fn a_day_says_its_level_its_alert_and_what_was_noted_or_since_when_nothing_is_known() {
    let readings = [day("2026-08-30", 2), day("2026-09-03", 4), day("2026-09-05", 2)];
    let at = |at: &str| {
        let look = Look { at: Some(at.to_owned()), ..look(Zoom::Month) };
        looking(&look, &[&readings], |texts, facts| facts.moments(texts)).remove(0)
    };
    let known = at("2026-09-03");
    assert_eq!(known.day.name, "Thursday 3 September");
    assert_eq!(known.day.line.and_then(|line| line.reading.label).as_deref(), Some("Poor"));
    assert_eq!(known.day.alerts.len(), 1);
    assert_eq!(known.noted.as_deref(), Some("Diary: nose 2"));
    assert_eq!(known.missing, None);
    let missing = |day: &str| at(day).missing.expect("nothing is known");
    assert_eq!(missing("2026-08-31"), "No data from Monday 31 August to Wednesday 2 September.");
    assert_eq!(missing("2026-09-04"), "No data for this day.");
    assert_eq!(missing("2026-09-07"), "No data since Sunday 6 September: source failing.");
    assert_eq!(missing("2026-08-01"), "Nothing is stored before Sunday 30 August.");
}

#[test]
fn two_years_stand_day_by_day_and_a_leap_day_has_no_other() {
    let readings = [day("2023-03-01", 2), day("2024-02-29", 3), day("2024-03-01", 4)];
    let look = Look {
        at: Some("2024-02-29".to_owned()),
        with: Some("year:1".to_owned()),
        ..look(Zoom::Year)
    };
    let (chart, moments, table) = looking(&look, &[&readings, &readings], |texts, facts| {
        let chart = facts.chart(texts, ChartKind::Lines, OF_PAPER);
        (chart.view, facts.moments(texts), facts.table(texts, ChartKind::Lines))
    });
    assert_eq!((chart.panels.len(), chart.items), (2, 366));
    assert_eq!(moments[0].day.line.as_ref().and_then(|it| it.reading.level), Some(3));
    assert_eq!(moments[1].missing.as_deref(), Some("That year has no such day."));
    let table = table.sections[0].table.clone().expect("a table");
    assert_eq!(table.columns, ["Day", "2024", "2023", "Alerts and diary"]);
    let row = table.rows.iter().find(|row| row[0].starts_with("Friday 1 March")).expect("a row");
    assert_eq!(row[1..3], ["Poor (4 of 6)".to_owned(), "Fair (2 of 6)".to_owned()]);
}

#[test]
fn two_places_share_their_dates_and_each_says_where_it_is() {
    let (lyon, nantes) = ([day("2026-09-07", 2)], [day("2026-09-07", 5)]);
    let look = Look {
        at: Some("2026-09-07".to_owned()),
        with: Some("place:2".to_owned()),
        ..look(Zoom::Month)
    };
    let (view, moments) =
        looking(&look, &[&lyon, &nantes], |texts, facts| (facts.view(texts), facts.moments(texts)));
    assert_eq!(view.title, "Air – Lyon and Nantes");
    assert!(view.charts.iter().all(|chart| chart.panels.len() == 2));
    let names: Vec<_> = moments.iter().map(|it| it.day.name.as_str()).collect();
    assert_eq!(names, ["Lyon · yesterday", "Nantes · yesterday"]);
    assert!(view.others.iter().any(|it| it.value == "place:2" && it.name == "Nantes"));
}

#[test]
fn a_day_on_which_the_clock_goes_back_has_an_hour_more() {
    let metric = Metric::Concentration(Pollutant::O3);
    let look = Look { metric, at: Some("2025-10-26".to_owned()), ..look(Zoom::Day) };
    let reading = Reading {
        metric,
        scale: None,
        level: None,
        value: Some(38.0),
        target: Target::Hour("2025-10-25T22:00:00Z".parse().expect("a moment")),
        ..day("2025-10-26", 1)
    };
    let chart = looking(&look, &[&[reading]], |texts, facts| {
        facts.chart(texts, ChartKind::Strips, OF_WINDOW).view
    });
    assert!(chart.hourly);
    assert_eq!((chart.items, chart.days.as_slice()), (25, [0].as_slice()));
}

#[test]
fn a_picture_of_its_own_says_what_it_is_whose_and_of_when_and_needs_nothing_else() {
    let readings = [day("2026-09-07", 2)];
    for kind in [ChartKind::Calendar, ChartKind::Strips, ChartKind::Lines] {
        let svg =
            looking(&look(Zoom::Month), &[&readings], |texts, facts| facts.picture(texts, kind));
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{svg}");
        for said in ["Air – Lyon", "Atmo France", "ODbL", "2026", "Écosanté", "Moderate"] {
            assert!(svg.contains(said), "{said} is not in {svg}");
        }
        for foreign in ["var(", "href", "class=", "style="] {
            assert!(!svg.contains(foreign), "{foreign} is in {svg}");
        }
    }
}

#[test]
fn the_table_has_a_row_for_each_day_up_to_today_and_what_is_known_ahead() {
    let readings = [day("2026-09-07", 2), day("2026-09-10", 3)];
    let sheet = looking(&look(Zoom::Month), &[&readings], |texts, facts| {
        facts.table(texts, ChartKind::Strips)
    });
    let table = sheet.sections[0].table.clone().expect("a table");
    assert_eq!(table.columns, ["Day", "Level", "Published", "Alerts and diary"]);
    let names: Vec<_> = table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!((names.len(), names[0], names[1]), (9, "Thursday 10 September", "Today"));
    assert_eq!(table.rows[1][1], "no data");
    assert_eq!(table.rows[2][1], "Fair (2 of 6)");
    assert_eq!(table.rows[6][3], "alert, diary entry");
}
