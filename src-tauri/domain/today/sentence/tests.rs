use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::*;
use crate::advice::{Topic, catalogue};
use crate::knowledge::is_hourly;
use crate::metric::{Phenomenon, Pollutant, Taxon};
use crate::person::{Person, profile};
use crate::reading::next_day;
use crate::rule::{Because, Trigger};
use crate::scale::{EVENT, scale_where};
use crate::text::Language;
use crate::today::Facts;
use crate::today::tests::{Scene, TODAY, TOMORROW, person};

/// How many words the first sentence has at most, in a place with a name of one: as many as are read
/// at a glance. "Today, from 18:00 to tomorrow at 05:00" takes some more.
const WORDS: usize = 20;
const WORDS_OF_HOURS_AHEAD: usize = 3;

/// Hands over a person in Lyon of whom nothing is known yet.
fn in_lyon(scene: &Scene, person: &Person, texts: &Texts, look: impl FnOnce(&PersonView<'_>)) {
    let people = [person.clone()];
    let facts = Facts {
        place: &scene.place,
        asked: true,
        known: &[],
        series: &BTreeMap::new(),
        alerts: &[],
        people: &people,
        advised: &BTreeMap::new(),
    };
    look(&PersonView::new(texts, &facts, person, &[], scene.now));
}

/// A limit that is met at a level from one target to another.
fn met(scene: &Scene, metric: Metric, level: u8, first: Target, last: Target) -> Met {
    let reading = scene.readings.first().cloned().expect("something is known");
    let peak = Reading {
        metric,
        scale: scale_where(metric, true),
        level: Some(level),
        value: (metric == Metric::Uv).then_some(f64::from(level) * 2.0 + 1.0),
        target: first,
        ..reading
    };
    let trigger = if level == EVENT { Trigger::Event } else { Trigger::From(1) };
    let rule = Rule { metric, trigger, because: vec![Because::OwnLimit], provenance: None };
    let outlook = Outlook { level, lowest: level, peak: first, first, last };
    let later = Reading { target: last, ..peak.clone() };
    let stretches = stretches(&rule, &[peak.clone(), later], &outlook, scene.place.time_zone);
    Met { rule, outlook, peak, stretches, alert: None }
}

/// Now, later today, to the end of it, until tomorrow, tomorrow; by the hour and by the day.
fn times(scene: &Scene) -> Vec<(Target, Target)> {
    let today = scene.now.with_timezone(&scene.place.time_zone).date_naive();
    let day = |days| Target::Day(if days == 0 { today } else { next_day(today) });
    let hour = |hours| Target::Hour(scene.now + TimeDelta::hours(hours));
    vec![
        (day(0), day(0)),
        (day(0), day(1)),
        (day(1), day(1)),
        (hour(0), hour(3)),
        (hour(1), hour(4)),
        (hour(0), hour(7)),
        (hour(0), hour(12)),
        (hour(2), hour(12)),
        (hour(16), hour(20)),
    ]
}

/// Where a piece can begin the sentence: the metrics of its topic, at its levels.
fn occasions(advice: &Advice) -> Vec<(Metric, u8)> {
    let mut all = Vec::new();
    for metric in Metric::with_rules() {
        if Topic::from(metric.hazard()) != advice.topic
            || !advice.metrics.is_empty() && !advice.metrics.contains(&metric)
        {
            continue;
        }
        let scale = scale_where(metric, true).expect("rules stand on scales");
        let event = advice.levels.is_some_and(|[low, _]| low == EVENT);
        let levels = (1..=scale.levels()).chain(event.then_some(EVENT));
        let within =
            |level: &u8| advice.levels.is_none_or(|[low, high]| (low..=high).contains(level));
        all.extend(levels.filter(within).map(|level| (metric, level)));
    }
    all
}

/// What no sentence has, in any language.
fn assert_well_formed(language: Language, said: &str) {
    assert!(said.ends_with('.'), "{said}");
    assert!(said.starts_with(char::is_uppercase), "{said}");
    for wrong in
        ["..", ",,", " ,", "  ", "::", ",:", ", :", ": :", " .", ") (", ";.", "à Le ", "à Les "]
    {
        assert!(!said.contains(wrong), "{wrong:?} in {said}");
    }
    assert!(!said.contains("lead-") && !said.contains("what-") && !said.contains('{'), "{said}");
    let letters: Vec<char> = said.chars().collect();
    for (n, letter) in letters.iter().enumerate() {
        let (before, after) = (letters[..n].last(), letters.get(n + 1));
        let clock = after.is_some_and(char::is_ascii_digit);
        match (language, letter) {
            (Language::Fr, ':' | ';') if !clock => {
                assert_eq!((before, after), (Some(&'\u{a0}'), Some(&' ')), "{said}");
            }
            (Language::En, ':' | ';') if !clock => {
                assert!(before.is_some_and(|it| !it.is_whitespace()), "{said}");
                assert_eq!(after, Some(&' '), "{said}");
            }
            (Language::Fr, '«') => assert_eq!(after, Some(&'\u{a0}'), "{said}"),
            (Language::Fr, '»') => assert_eq!(before, Some(&'\u{a0}'), "{said}"),
            _ => {}
        }
    }
}

#[test]
fn whatever_a_sentence_begins_with_it_is_short_and_well_formed() {
    let mut scene = Scene::calm();
    let person = person(1, None, &[]);
    for language in Language::ALL {
        let texts = Texts::new(language);
        in_lyon(&scene, &person, &texts, |view| {
            for advice in catalogue() {
                let Some(lead) = advice.lead(&texts) else { continue };
                for (metric, level) in occasions(advice) {
                    // Abroad, the air comes by the hour too.
                    let by_the_hour = is_hourly(metric, &scene.place) || metric == Metric::Air;
                    for (first, last) in times(&scene) {
                        if matches!(first, Target::Hour(_)) && !by_the_hour {
                            continue;
                        }
                        let mut met = [met(&scene, metric, level, first, last)];
                        let said = view.sentence_of(&met, Some(advice));
                        assert_well_formed(language, &said);
                        assert!(said.contains(&lead), "{said}");
                        assert!(said.contains("Lyon"), "{said}");
                        let words = said.split([' ', '\u{a0}']).filter(|it| it.len() > 1).count();
                        let ahead = matches!(first, Target::Hour(from) if from > scene.now);
                        let most = WORDS + if ahead { WORDS_OF_HOURS_AHEAD } else { 0 };
                        assert!(words <= most, "{words} words: {said}");
                        met[0].stretches[0].uneven = true;
                        met[0].stretches[0].estimated = true;
                        assert_well_formed(language, &view.sentence_of(&met, Some(advice)));
                        assert_well_formed(language, &view.sentence_of(&met, None));
                    }
                }
            }
        });
    }
    // A test that goes through nothing proves nothing.
    scene.readings.clear();
    let leads = catalogue().iter().filter(|it| it.lead.is_some());
    assert!(leads.flat_map(occasions).count() > 200);
}

#[test]
fn towns_and_places_with_names_of_ones_own_read_well() {
    let said = |language, name: &str, town: Option<&str>| {
        let mut scene = Scene::lyon();
        name.clone_into(&mut scene.place.name);
        match (town, &mut scene.place.commune) {
            (Some(town), Some(commune)) => town.clone_into(&mut commune.name),
            (_, commune) => *commune = None,
        }
        there(&Texts::new(language), &scene.place)
    };
    let town = |language, name| said(language, name, Some(name));
    assert_eq!(town(Language::Fr, "Lyon"), "à Lyon");
    assert_eq!(town(Language::Fr, "Le Havre"), "au Havre");
    assert_eq!(town(Language::Fr, "Les Lilas"), "aux Lilas");
    assert_eq!(town(Language::Fr, "La Rochelle"), "à La Rochelle");
    assert_eq!(town(Language::Fr, "L’Haÿ-les-Roses"), "à L’Haÿ-les-Roses");
    assert_eq!(town(Language::Fr, "Lens"), "à Lens");
    assert_eq!(town(Language::En, "Le Havre"), "in Le Havre");
    assert_eq!(town(Language::En, "Les Lilas"), "in Les Lilas");
    assert_eq!(said(Language::Fr, "Maison", Some("Le Havre")), "à «\u{a0}Maison\u{a0}»");
    assert_eq!(said(Language::Fr, "Le chalet", Some("Lyon")), "à «\u{a0}Le chalet\u{a0}»");
    assert_eq!(said(Language::En, "Home", Some("Lyon")), "at “Home”");
    assert_eq!(said(Language::Fr, "Le Caire", None), "au Caire");
    assert_eq!(said(Language::En, "Genève", None), "in Genève");
    for language in Language::ALL {
        let mut scene = Scene::calm();
        "École de Léa".clone_into(&mut scene.place.name);
        let calm = scene.today(language).people.remove(0).sentence;
        assert!(calm.contains("École de Léa"), "{calm}");
        assert_well_formed(language, &calm);
    }
}

#[test]
fn hours_that_have_begun_are_told_by_their_end_and_others_from_when_to_when() {
    let scene = Scene::calm();
    let person = person(1, None, &[]);
    let heat = Metric::Vigilance(Phenomenon::Heat);
    let drink = catalogue().iter().find(|it| it.id == "heat-drink-before-thirst");
    let said = |language| {
        let texts = Texts::new(language);
        let mut said = Vec::new();
        in_lyon(&scene, &person, &texts, |view| {
            said.extend(times(&scene).into_iter().skip(3).map(|(first, last)| {
                let sentence = view.sentence_of(&[met(&scene, heat, 3, first, last)], drink);
                sentence
                    .split_once(&drink.and_then(|it| it.lead(&texts)).expect("a lead"))
                    .expect("it is said")
                    .0
                    .to_owned()
            }));
        });
        said
    };
    assert_eq!(
        said(Language::En),
        [
            "Until 20:00, ",
            "Today, from 17:00 to 21:00, ",
            "Today, ",
            "Until tomorrow at 05:00, ",
            "Today, from 18:00 to tomorrow at 05:00, ",
            "Tomorrow, from 08:00 to 13:00, ",
        ]
    );
    assert_eq!(said(Language::Fr)[..2], ["Jusqu’à 20:00, ", "Aujourd’hui, de 17:00 à 21:00, "]);
}

/// The hours of a danger today, from 16:00 on.
fn announce(scene: &mut Scene, phenomenon: Phenomenon, levels: &[u8]) {
    for (n, level) in levels.iter().enumerate() {
        let target = Target::Hour(scene.now + TimeDelta::hours(i64::try_from(n).expect("few")));
        for reading in &mut scene.readings {
            if reading.metric == Metric::Vigilance(phenomenon) && reading.target == target {
                reading.level = Some(*level);
            }
        }
    }
}

#[test]
fn of_hours_of_several_levels_the_worst_is_said_to_be_the_worst() {
    let mut scene = Scene::calm();
    scene.people = vec![person(2, Some("Zoé"), &[("age", "over65")])];
    announce(&mut scene, Phenomenon::Heat, &[2, 3, 3, 2]);
    let answer = scene.answer();
    assert_eq!(
        answer.sentence,
        "Until 20:00, drink water often: at worst, orange warning for heat in Lyon."
    );
    assert_eq!(answer.worst.map(|it| it.level), Some(3));
}

#[test]
fn several_limits_are_all_said_the_worst_first_and_what_is_at_the_same_time_together() {
    let mut scene = Scene::calm().with(Metric::Uv, TODAY, 4).with(Metric::Air, TOMORROW, 5);
    scene.readings.retain(|it| {
        it.metric != Metric::Uv || it.level != Some(1) || it.target.to_string() != TODAY
    });
    scene.readings.retain(|it| {
        it.metric != Metric::Air || it.level == Some(5) || it.target.to_string() == TODAY
    });
    announce(&mut scene, Phenomenon::Thunderstorm, &[3, 3]);
    announce(&mut scene, Phenomenon::Wind, &[3, 3]);
    let answer = scene.answer();
    assert_eq!(
        answer.sentence,
        "Today, save the sun for morning or evening: UV is very high (index 8) in Lyon. \
         Also: until 18:00, orange warning for violent wind and orange warning for thunderstorms; \
         tomorrow, air quality is very poor."
    );
    let french = scene.today(Language::Fr).people.remove(0).sentence;
    assert_well_formed(Language::Fr, &french);
    assert!(
        french.contains("Aussi\u{a0}: jusqu’à 18:00, vigilance orange vent violent et"),
        "{french}"
    );
}

#[test]
fn what_rests_on_an_estimate_says_so() {
    let mut scene = Scene::calm().with(Metric::Air, TODAY, 4);
    scene.readings.retain(|it| {
        it.metric != Metric::Air || it.level == Some(4) || it.target.to_string() != TODAY
    });
    for reading in &mut scene.readings {
        if reading.metric == Metric::Air {
            reading.basis = Basis::Estimated;
        }
    }
    assert_eq!(
        scene.answer().sentence,
        "Today, if eyes or throat sting, slow down: by an estimate, air quality is poor in Lyon."
    );
    let french = scene.today(Language::Fr).people.remove(0).sentence;
    assert!(french.ends_with("selon une estimation, l’air est mauvais à Lyon."), "{french}");
}

#[test]
fn what_the_sentence_begins_with_is_the_first_piece_of_advice() {
    let texts = Texts::new(Language::En);
    let household = [
        vec![],
        vec![("age", "child"), ("conditions", "asthma"), ("activities", "sport")],
        vec![("age", "under1")],
        vec![("age", "over65"), ("conditions", "heart")],
        vec![("allergies", "grass,ragweed"), ("activities", "sport,gardening")],
        vec![("activities", "outdoor-work"), ("skin", "sensitive")],
        vec![("transport", "bike"), ("conditions", "copd"), ("heating", "wood")],
    ];
    let scene = Scene::calm();
    for entries in household {
        let profile = profile(&entries);
        let person = Person { profile: profile.clone(), ..person(1, None, &[]) };
        in_lyon(&scene, &person, &texts, |view| {
            for rule in profile.rules() {
                let highest = scale_where(rule.metric, true).map_or(1, Scale::levels);
                for level in rule.level()..=highest {
                    let (first, last) = times(&scene)[1];
                    let met = [Met {
                        rule: rule.clone(),
                        ..met(&scene, rule.metric, level, first, last)
                    }];
                    let leading = view.leading(&met).expect("a piece with a lead");
                    let lead = leading.lead(&texts).expect("a lead");
                    let said = view.sentence_of(&met, Some(leading));
                    assert!(said.contains(&lead), "{said}");
                    let advice = view.advice(crate::window::Verdict::Above, &met, Some(leading));
                    assert_eq!(advice[0].id, leading.id);
                    assert!(advice.iter().skip(1).all(|it| it.id != leading.id), "twice");
                }
            }
        });
    }
}

#[test]
fn what_was_done_is_no_longer_said_to_be_done_first_and_a_piece_without_a_lead_leaves_the_fact() {
    let scene = Scene::calm();
    let grass = Metric::PollenOf(Taxon::Grass);
    let allergic = person(1, None, &[("allergies", "grass")]);
    let texts = Texts::new(Language::En);
    let (first, last) = times(&scene)[0];
    in_lyon(&scene, &allergic, &texts, |view| {
        let met = [met(&scene, grass, 4, first, last)];
        let leading = view.leading(&met).expect("a piece with a lead");
        assert_eq!(
            view.sentence_of(&met, Some(leading)),
            "Today, air your home before sunrise or after sunset: grass pollen is high in Lyon."
        );
        assert_eq!(view.sentence_of(&met, None), "Today: grass pollen is high in Lyon.");
    });
    let episode = Metric::Episode(Pollutant::O3);
    let everyone = person(1, None, &[]);
    in_lyon(&scene, &everyone, &texts, |view| {
        // Nothing needs to change at the information level for who is well.
        let met = [met(&scene, episode, 2, first, last)];
        let leading = view.leading(&met);
        let said = view.sentence_of(&met, leading);
        assert!(said.ends_with("pollution episode (ozone, information) in Lyon."), "{said}");
    });
}
