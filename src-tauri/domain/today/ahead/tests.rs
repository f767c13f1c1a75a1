use chrono::TimeDelta;

use super::*;
use crate::metric::{Phenomenon, Taxon};
use crate::reading::Target;
use crate::text::Language;
use crate::today::tests::{Scene, TODAY, TOMORROW, person};

const THURSDAY: &str = "2026-09-10";
const FRIDAY: &str = "2026-09-11";
const SATURDAY: &str = "2026-09-12";

fn said(scene: &Scene) -> Vec<(String, Verdict, String)> {
    let ahead = scene.answer().ahead;
    ahead.into_iter().map(|day| (day.name, day.verdict, day.text)).collect()
}

#[test]
fn each_of_three_days_says_what_is_reached_what_is_calm_and_what_is_not_known() {
    let mut scene = Scene::calm().with(Metric::Air, TOMORROW, 4).with(Metric::Uv, THURSDAY, 4);
    scene.readings.retain(|it| {
        it.metric != Metric::Air || it.target.to_string() != TOMORROW || it.level == Some(4)
    });
    scene = scene.with(Metric::Pollen, FRIDAY, 1).with(Metric::Pollen, SATURDAY, 1);
    assert_eq!(
        said(&scene),
        [
            ("tomorrow".to_owned(), Verdict::Above, "air quality is poor".to_owned()),
            (
                "Thursday 10 September".to_owned(),
                Verdict::Above,
                "UV is very high (index 8)".to_owned()
            ),
            ("Friday 11 September".to_owned(), Verdict::Unknown, "not known yet".to_owned()),
        ]
    );
    let answer = scene.answer();
    let dates: Vec<_> = answer.ahead.iter().map(|day| day.date.as_str()).collect();
    assert_eq!(dates, [TOMORROW, THURSDAY, FRIDAY]);
    let worst = answer.ahead[0].worst.as_ref().map(|it| (it.metric, it.level, it.matters));
    assert_eq!(worst, Some((Metric::Air, 4, true)));
    assert_eq!(answer.ahead[2].worst, None);
}

#[test]
fn a_calm_tomorrow_is_calm_only_as_far_as_it_is_known() {
    let mut scene = Scene::calm();
    let calm = "nothing reaches the limits";
    assert_eq!(said(&scene), [("tomorrow".to_owned(), Verdict::Below, calm.to_owned())]);
    let french = scene.today(Language::Fr).people.remove(0).ahead.remove(0);
    assert_eq!(
        (french.name.as_str(), french.text.as_str()),
        ("demain", "rien n’atteint les limites")
    );
    for reading in &mut scene.readings {
        if reading.metric == Metric::Air {
            reading.basis = Basis::Estimated;
        }
    }
    assert_eq!(said(&scene)[0].2, format!("by an estimate, {calm}"));
    scene.readings.retain(|it| it.metric != Metric::Uv || it.target.to_string() == TODAY);
    scene.readings.retain(|it| it.metric != Metric::Air);
    assert_eq!(said(&scene)[0].1, Verdict::Partly);
    assert_eq!(said(&scene)[0].2, format!("{calm} in what is known"));
    scene.readings.clear();
    assert_eq!(
        said(&scene),
        [("tomorrow".to_owned(), Verdict::Unknown, "not known yet".to_owned())]
    );
}

#[test]
fn a_day_is_judged_by_the_limits_of_the_person_and_what_comes_together_counts_once() {
    let grass = Metric::PollenOf(Taxon::Grass);
    let mut scene = Scene::calm().with(grass, TOMORROW, 4).with(grass, TODAY, 1);
    let storm = Metric::Vigilance(Phenomenon::Thunderstorm);
    assert_eq!(said(&scene)[0].1, Verdict::Below, "grass pollen is nothing to who is not allergic");
    scene.people = vec![person(1, None, &[("allergies", "grass")])];
    assert_eq!(said(&scene)[0].2, "grass pollen is high");
    let midnight = scene.now + TimeDelta::hours(8);
    for reading in &mut scene.readings {
        if reading.metric == storm && reading.target >= Target::Hour(midnight) {
            reading.level = Some(3);
        }
    }
    assert_eq!(said(&scene)[0].2, "storms come with grass pollen (orange warning)");
    let mut uv = scene.with(Metric::Uv, TOMORROW, 4);
    uv.readings.retain(|it| {
        it.metric != Metric::Uv || it.target.to_string() != TOMORROW || it.level == Some(4)
    });
    assert_eq!(
        said(&uv)[0].2,
        "storms come with grass pollen (orange warning), and 1 more limit is reached"
    );
}

#[test]
fn who_watches_nothing_is_told_nothing_of_the_days_ahead() {
    let mut scene = Scene::calm();
    let mut off: Vec<(String, &str)> = vec![];
    for metric in Metric::with_rules() {
        off.push((format!("level.{metric}"), "off"));
    }
    let off: Vec<(&str, &str)> = off.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    scene.people = vec![person(1, None, &off)];
    let answer = scene.answer();
    assert_eq!(answer.sentence, "No limit is watched for you in Lyon.");
    assert!(answer.ahead.is_empty());
}
