//! All places at a glance: what the icon in the tray of a desktop shows, and what its tooltip and
//! menu say.

use crate::digest::{importance, line};
use crate::place::PlaceId;
use crate::scale::Scale;
use crate::text::{Arg, Texts};
use crate::window::{Answer, BandLevel, Overview, Verdict};

/// All places at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// What is drawn.
    pub picture: Picture,
    /// What matters most, in one sentence: "Léa: Today, the air in Lyon is moderate."
    pub sentence: String,
    /// The answer of each place in a line, in the order in which they were saved.
    pub places: Vec<(PlaceId, String)>,
    /// When the sources were asked, or what is wrong; the empty string where there is nothing to
    /// say.
    pub checked: String,
}

/// What is drawn of all places: a level, whether it matters, and how much is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Picture {
    /// The level of the present hour that matters most, of whoever it concerns most; null where
    /// none counts or none is known.
    pub level: Option<(Scale, u8)>,
    /// When a limit is reached.
    pub reached: Reached,
    /// How much of what counts is known.
    pub known: Extent,
}

/// When a limit is reached, of anybody anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    /// Neither now nor, as far as is known, until the end of tomorrow.
    Never,
    /// Not now, but before the end of tomorrow.
    Later,
    /// In the present hour.
    Now,
}

/// How much is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// Nothing: there is nothing to be calm about.
    Nothing,
    /// A part.
    Part,
    /// All that counts.
    Everything,
}

impl Picture {
    /// Of what nothing is known.
    pub const UNKNOWN: Self = Self { level: None, reached: Reached::Never, known: Extent::Nothing };

    fn of(answers: &[&Answer]) -> Self {
        let known = extent(answers);
        if known == Extent::Nothing {
            return Self::UNKNOWN;
        }
        let present = |answer: &'_ &Answer| -> Option<BandLevel> {
            let mut hours = answer.band.days.iter().flatten();
            hours.find(|hour| hour.now)?.worst.clone()
        };
        let worst = answers.iter().filter_map(present).max_by_key(|it| (it.matters, share(it)));
        let ahead = |answer: &&Answer| matches!(answer.verdict, Verdict::Above | Verdict::Ahead);
        let reached = if worst.as_ref().is_some_and(|it| it.matters) {
            Reached::Now
        } else if answers.iter().any(ahead) {
            Reached::Later
        } else {
            Reached::Never
        };
        Self { level: worst.map(|it| (it.scale, it.level)), reached, known }
    }
}

/// How high a level is on its scale, in thousandths; what has no rank is above all that have one.
fn share(level: &BandLevel) -> u16 {
    let rank = level.scale.rank(level.level);
    rank.map_or(1001, |rank| u16::from(rank) * 1000 / u16::from(level.scale.levels().max(1)))
}

fn extent(answers: &[&Answer]) -> Extent {
    let unknown = |answer: &&Answer| answer.verdict == Verdict::Unknown;
    let partly = |answer: &&Answer| {
        matches!(answer.verdict, Verdict::Unknown | Verdict::Partly) || !answer.missing.is_empty()
    };
    if answers.iter().all(unknown) {
        Extent::Nothing
    } else if answers.iter().any(partly) {
        Extent::Part
    } else {
        Extent::Everything
    }
}

impl Glance {
    /// Of what Today shows.
    #[must_use]
    pub fn of(texts: &Texts, overview: &Overview) -> Self {
        let mut answers: Vec<_> = overview
            .places
            .iter()
            .flat_map(|place| place.people.iter().map(move |answer| (place, answer)))
            .collect();
        // Whoever is first comes first among equals.
        answers.sort_by_key(|(_, answer)| {
            let worst = answer.worst.as_ref().map(share);
            std::cmp::Reverse((importance(answer), worst))
        });
        let sentence = match answers.as_slice() {
            [] if overview.places.is_empty() => texts.get("glance-no-place"),
            [] => texts.get("glance-nobody"),
            [_, _, ..] if answers.iter().all(|(_, it)| it.verdict == Verdict::Below) => {
                let args: [Arg<'_>; 1] = [("count", overview.places.len().into())];
                texts.format("glance-calm", args)
            }
            [(_, answer), ..] => line(texts, answer),
        };
        let trouble = overview.trouble.as_ref().or(overview.offline.as_ref());
        let places = overview.places.iter().map(|place| {
            let said = place.people.first().map(|answer| line(texts, answer));
            (place.id, said.unwrap_or_else(|| place.name.clone()))
        });
        let checked = if overview.places.is_empty() { "" } else { &overview.checked };
        Self {
            picture: Picture::of(&answers.iter().map(|(_, answer)| *answer).collect::<Vec<_>>()),
            sentence,
            places: places.collect(),
            checked: trouble.map_or(checked, String::as_str).to_owned(),
        }
    }

    /// Of an app that cannot show its places, and why.
    #[must_use]
    pub fn stopped(why: String) -> Self {
        let checked = String::new();
        Self { picture: Picture::UNKNOWN, sentence: why, places: Vec::new(), checked }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Metric;
    use crate::person::PersonId;
    use crate::text::Language;
    use crate::window::{Band, BandHour, PlaceToday};

    /// An answer, with a level of the air in the present hour and whether it matters.
    fn answer(verdict: Verdict, sentence: &str, now: Option<(Scale, u8, bool)>) -> Answer {
        let worst = now.map(|(scale, level, matters)| BandLevel {
            metric: Metric::Air,
            name: "air".to_owned(),
            scale,
            level,
            label: String::new(),
            highest: false,
            estimated: false,
            matters,
        });
        let hour = |time: &str, now: bool, worst: Option<BandLevel>| BandHour {
            time: time.to_owned(),
            now,
            past: false,
            night: false,
            worst,
            unknown: Vec::new(),
        };
        // What is worse later is not what is now.
        let later = worst.clone().map(|it| BandLevel { level: 6, matters: true, ..it });
        Answer {
            person: PersonId(1),
            name: None,
            verdict,
            sentence: sentence.to_owned(),
            why: Vec::new(),
            missing: Vec::new(),
            advice: Vec::new(),
            ahead: Vec::new(),
            worst: now.filter(|_| verdict >= Verdict::Ahead).and(worst.clone()),
            alerts: Vec::new(),
            band: Band {
                days: vec![vec![hour("16:00", true, worst), hour("17:00", false, later)]],
                episodes: Vec::new(),
            },
        }
    }

    fn place(id: i64, name: &str, people: Vec<Answer>) -> PlaceToday {
        PlaceToday {
            id: PlaceId(id),
            name: name.to_owned(),
            moment: String::new(),
            people,
            days: Vec::new(),
            slow: Vec::new(),
        }
    }

    fn glance(places: Vec<PlaceToday>) -> Glance {
        let overview = Overview {
            language: Language::En,
            places,
            checked: "Checked today at 14:22.".to_owned(),
            offline: None,
            trouble: None,
            refreshing: false,
            sources: Vec::new(),
        };
        Glance::of(&Texts::new(Language::En), &overview)
    }

    const AIR: Scale = Scale::Atmo2021;

    #[test]
    fn what_reaches_a_limit_now_is_drawn_before_what_is_higher_on_its_scale() {
        let lyon =
            place(1, "Lyon", vec![answer(Verdict::Above, "Poor air.", Some((AIR, 4, true)))]);
        let uv = Some((Scale::UvWho, 4, false));
        let nice = place(2, "Nice", vec![answer(Verdict::Below, "Nothing.", uv)]);
        let glance = glance(vec![nice, lyon]);
        let expected =
            Picture { level: Some((AIR, 4)), reached: Reached::Now, known: Extent::Everything };
        assert_eq!(glance.picture, expected);
        assert_eq!(glance.sentence, "Poor air.");
        let lines: Vec<_> = glance.places.iter().map(|(id, line)| (id.0, line.as_str())).collect();
        assert_eq!(lines, [(2, "Nothing."), (1, "Poor air.")]);
        assert_eq!(glance.checked, "Checked today at 14:22.");
    }

    #[test]
    fn of_two_places_that_reach_a_limit_the_worse_is_said() {
        let above = |id, name: &str, level| {
            place(id, name, vec![answer(Verdict::Above, name, Some((AIR, level, true)))])
        };
        let glance = glance(vec![above(1, "Lyon", 3), above(2, "Paris", 5), above(3, "Nice", 4)]);
        assert_eq!(glance.sentence, "Paris");
        assert_eq!(glance.picture.level, Some((AIR, 5)));
    }

    #[test]
    fn what_reaches_a_limit_tomorrow_is_not_drawn_as_if_it_were_now() {
        let lyon =
            place(1, "Lyon", vec![answer(Verdict::Ahead, "Tomorrow.", Some((AIR, 2, false)))]);
        let picture = glance(vec![lyon]).picture;
        assert_eq!((picture.level, picture.reached), (Some((AIR, 2)), Reached::Later));
    }

    #[test]
    fn what_is_not_known_has_no_level_and_a_part_of_it_is_told() {
        let unknown = || answer(Verdict::Unknown, "Not known.", Some((AIR, 1, false)));
        let lyon = place(1, "Lyon", vec![unknown()]);
        assert_eq!(glance(vec![lyon.clone()]).picture, Picture::UNKNOWN);
        let calm = answer(Verdict::Below, "Nothing.", Some((AIR, 2, false)));
        let both = glance(vec![lyon, place(2, "Nice", vec![calm])]);
        assert_eq!(both.picture.known, Extent::Part);
        assert_eq!(both.sentence, "Not known.");
    }

    #[test]
    fn without_a_place_or_a_person_nothing_is_known_and_that_is_said() {
        assert_eq!(glance(Vec::new()).picture, Picture::UNKNOWN);
        assert_eq!(glance(Vec::new()).sentence, "No place yet.");
        assert_eq!(glance(Vec::new()).checked, "");
        let nobody = glance(vec![place(1, "Lyon", Vec::new())]);
        assert_eq!(nobody.picture, Picture::UNKNOWN);
        assert_eq!(nobody.places, [(PlaceId(1), "Lyon".to_owned())]);
    }

    #[test]
    fn where_nothing_reaches_a_limit_anywhere_it_is_said_once() {
        let calm = |id, name| {
            place(id, name, vec![answer(Verdict::Below, "Nothing.", Some((AIR, 1, false)))])
        };
        assert_eq!(glance(vec![calm(1, "Lyon")]).sentence, "Nothing.");
        let two = [calm(1, "Lyon").people, calm(1, "Lyon").people].concat();
        assert_eq!(
            glance(vec![place(1, "Lyon", two)]).sentence,
            "Nothing reaches a limit today at your place."
        );
        assert_eq!(
            glance(vec![calm(1, "Lyon"), calm(2, "Nice")]).sentence,
            "Nothing reaches a limit today at your 2 places."
        );
    }
}
