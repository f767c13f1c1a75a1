//! What to do: one recommendation each, with criteria and an official source.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::AdviceView;
use crate::evidence::{self, Evidence};
use crate::metric::{Hazard, Metric, Taxon};
use crate::person::{Activity, Age, Condition, Heating, Pet, Profile, Skin, Transport};
use crate::scale::EVENT;
use crate::text::Texts;

/// Whom a piece of advice is for, besides ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Whoever is not sensitive to the hazard.
    EveryoneElse,
    /// Whoever is vulnerable or sensitive to the hazard.
    Sensitive,
    /// People with asthma.
    Asthma,
    /// People with chronic obstructive pulmonary disease.
    Copd,
    /// People with a heart disease.
    Heart,
    /// People with diabetes.
    Diabetes,
    /// People with a weakened immune system.
    Immune,
    /// Pregnant women.
    Pregnant,
    /// People who work outdoors.
    OutdoorWork,
    /// People whose skin bears the sun badly.
    SkinSensitive,
    /// People with a pollen allergy.
    Allergic,
}

/// A meteorological season of the northern hemisphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Season {
    /// December to February.
    Winter,
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
}

impl Season {
    /// The season of a date.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        match date.month() {
            12 | 1 | 2 => Self::Winter,
            3..=5 => Self::Spring,
            6..=8 => Self::Summer,
            _ => Self::Autumn,
        }
    }
}

/// One recommendation.
///
/// Values of one kind are alternatives, kinds must all hold; an empty list asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Its identity; the sentence is the message `advice-<id>`.
    pub id: String,
    /// The hazard it is about.
    pub metric: HazardName,
    /// The lowest and highest level at which it is given; for UV, the WHO class.
    pub levels: [u8; 2],
    /// Whether it is about an ATMO "évènement".
    #[serde(default)]
    pub event: bool,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Vec<Audience>,
    /// Of what age.
    #[serde(default)]
    pub age: Vec<Age>,
    /// Doing what.
    #[serde(default)]
    pub activities: Vec<Activity>,
    /// Travelling how.
    #[serde(default)]
    pub transport: Vec<Transport>,
    /// Heating how.
    #[serde(default)]
    pub heating: Vec<Heating>,
    /// Living with which animals.
    #[serde(default)]
    pub pets: Vec<Pet>,
    /// About which pollen.
    #[serde(default)]
    pub taxa: Vec<TaxonName>,
    /// In which seasons.
    #[serde(default)]
    pub seasons: Vec<Season>,
    /// The key of the publication it rests on.
    pub source: String,
}

/// A hazard as it is written in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HazardName {
    /// Outdoor air.
    Air,
    /// Pollen.
    Pollen,
    /// Ultraviolet radiation.
    Uv,
}

impl From<HazardName> for Hazard {
    fn from(name: HazardName) -> Self {
        match name {
            HazardName::Air => Self::Air,
            HazardName::Pollen => Self::Pollen,
            HazardName::Uv => Self::Uv,
        }
    }
}

/// A taxon as it is written in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TaxonName(Taxon);

impl From<TaxonName> for String {
    fn from(name: TaxonName) -> Self {
        name.0.name().to_owned()
    }
}

impl TryFrom<String> for TaxonName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        name.parse().map(Self).map_err(|_| format!("unknown taxon {name:?}"))
    }
}

impl Advice {
    /// The sentence, in the language of `texts`.
    #[must_use]
    pub fn text(&self, texts: &Texts) -> String {
        texts.get(&format!("advice-{}", self.id))
    }

    /// The publication it rests on.
    #[must_use]
    pub fn evidence(&self) -> Option<&'static Evidence> {
        evidence::by_key(&self.source)
    }

    /// The piece as it goes over the wire, in the language of `texts`.
    #[must_use]
    pub fn view(&self, texts: &Texts) -> AdviceView {
        AdviceView { id: self.id.clone(), text: self.text(texts), source: self.evidence().cloned() }
    }

    /// How many kinds of criteria it has: the more, the closer it is to the person it fits.
    fn criteria(&self) -> usize {
        [
            !self.audience.is_empty(),
            !self.age.is_empty(),
            !self.activities.is_empty(),
            !self.transport.is_empty(),
            !self.heating.is_empty(),
            !self.pets.is_empty(),
            !self.taxa.is_empty(),
            !self.seasons.is_empty(),
        ]
        .into_iter()
        .filter(|asked| *asked)
        .count()
    }

    /// Whether it is meant for this situation.
    #[must_use]
    pub fn fits(&self, situation: &Situation<'_>) -> bool {
        let profile = situation.profile;
        let hazard = situation.metric.hazard();
        let [lowest, highest] = self.levels;
        let event = hazard == Hazard::Air && situation.level == EVENT;
        Hazard::from(self.metric) == hazard
            && self.event == event
            && (lowest..=highest).contains(&situation.level)
            && any_or_none(&self.audience, |one| is_among(profile, hazard, *one))
            && any_or_none(&self.age, |age| profile.age == Some(*age))
            && any_or_none(&self.activities, |one| profile.activities.contains(one))
            && any_or_none(&self.transport, |one| profile.transport.contains(one))
            && any_or_none(&self.heating, |one| profile.heating.contains(one))
            && any_or_none(&self.pets, |one| profile.pets.contains(one))
            && any_or_none(&self.taxa, |taxon| situation.metric == Metric::PollenOf(taxon.0))
            && any_or_none(&self.seasons, |one| *one == Season::of(situation.date))
    }
}

fn any_or_none<T>(list: &[T], holds: impl Fn(&T) -> bool) -> bool {
    list.is_empty() || list.iter().any(holds)
}

fn is_among(profile: &Profile, hazard: Hazard, audience: Audience) -> bool {
    let sensitive = match hazard {
        Hazard::Air => !profile.air_sensitivities().is_empty(),
        Hazard::Uv => !profile.uv_sensitivities().is_empty(),
        Hazard::Pollen => !profile.allergies.is_empty(),
        // No rule stands on these yet.
        Hazard::Episode | Hazard::Weather | Hazard::Water | Hazard::Radon | Hazard::Combined => {
            false
        }
    };
    let has = |condition| profile.conditions.contains(&condition);
    match audience {
        Audience::EveryoneElse => !sensitive,
        Audience::Sensitive => sensitive,
        Audience::Asthma => has(Condition::Asthma),
        Audience::Copd => has(Condition::Copd),
        Audience::Heart => has(Condition::Heart),
        Audience::Diabetes => has(Condition::Diabetes),
        Audience::Immune => has(Condition::Immune),
        Audience::Pregnant => profile.pregnant,
        Audience::OutdoorWork => profile.activities.contains(&Activity::OutdoorWork),
        Audience::SkinSensitive => profile.skin == Some(Skin::Sensitive),
        // Who watches a pollen wants advice on it, whether or not they call it an allergy.
        Audience::Allergic => hazard == Hazard::Pollen || !profile.allergies.is_empty(),
    }
}

/// What advice is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What is high.
    pub metric: Metric,
    /// How high: a level of the metric's scale.
    pub level: u8,
    /// For whom.
    pub profile: &'a Profile,
    /// On which day.
    pub date: NaiveDate,
}

/// The whole catalogue, in its own order.
pub fn catalogue() -> &'static [Advice] {
    static CATALOGUE: OnceLock<Vec<Advice>> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        serde_json::from_str(include_str!("advice/catalogue.json"))
            .expect("catalogue.json is part of the program and tested")
    })
}

/// Over how many days a piece that was shown gives way to others.
pub const ROTATION: TimeDelta = TimeDelta::days(30);

/// The pieces that fit, the first to be given first: the least recently shown of the last 30 days,
/// then the one with the most criteria.
///
/// `shown` has the last time that each piece was shown to the person.
#[must_use]
pub fn select(
    situation: &Situation<'_>,
    shown: &BTreeMap<String, DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Vec<&'static Advice> {
    let mut fitting: Vec<_> = catalogue().iter().filter(|advice| advice.fits(situation)).collect();
    fitting.sort_by_key(|advice| {
        let recently = shown.get(&advice.id).filter(|at| now - **at < ROTATION);
        (recently.copied(), std::cmp::Reverse(advice.criteria()))
    });
    fitting
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::person::{Allergy, profile};
    use crate::rule::Trigger;
    use crate::text::Language;

    /// One profile for each reason for which a default rule can fire, and a few together.
    fn audiences() -> Vec<Profile> {
        let mut all = vec![Profile::default()];
        for condition in Condition::ALL {
            all.push(profile(&[("conditions", condition.word())]));
        }
        for age in Age::ALL {
            all.push(profile(&[("age", age.word())]));
            all.push(profile(&[("age", age.word()), ("conditions", "asthma")]));
        }
        all.push(profile(&[("pregnant", "yes")]));
        all.push(profile(&[("activities", "outdoor-work")]));
        all.push(profile(&[("skin", "sensitive")]));
        for taxon in Taxon::ALL {
            all.push(profile(&[("allergies", taxon.name())]));
        }
        all.push(profile(&[("allergies", "unknown")]));
        all.push(profile(&[("allergies", "grass"), ("conditions", "asthma")]));
        all
    }

    #[test]
    fn no_default_rule_can_fire_without_advice_for_who_is_told() {
        let dates = ["2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15"];
        for profile in audiences() {
            for rule in profile.rules() {
                let highest = match (rule.metric.hazard(), rule.trigger) {
                    (_, Trigger::Event) => EVENT,
                    (Hazard::Uv, Trigger::From(_)) => 5,
                    (Hazard::Air | Hazard::Pollen, Trigger::From(_)) => 6,
                    (hazard, _) => panic!("no rule stands on {hazard:?} yet"),
                };
                for level in rule.level()..=highest {
                    for date in dates {
                        let date = date.parse().expect("a date");
                        let situation =
                            Situation { metric: rule.metric, level, profile: &profile, date };
                        let found = select(&situation, &BTreeMap::new(), DateTime::UNIX_EPOCH);
                        assert!(
                            !found.is_empty(),
                            "{} at {level} in {date} for {:?}",
                            rule.metric,
                            profile.entries()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_limit_of_ones_own_has_advice_at_every_level_it_can_be_set_to() {
        for metric in Metric::with_rules() {
            let mut own = Profile::default();
            own.set(&format!("level.{metric}"), "1").expect("a right entry");
            for level in 1..=if metric == Metric::Uv { 5 } else { 6 } {
                let date = "2026-05-15".parse().expect("a date");
                let situation = Situation { metric, level, profile: &own, date };
                let found = select(&situation, &BTreeMap::new(), DateTime::UNIX_EPOCH);
                assert!(!found.is_empty(), "{metric} at {level}");
            }
        }
    }

    #[test]
    fn every_piece_has_its_sentence_in_both_languages_its_source_and_a_right_level() {
        let mut ids = BTreeSet::new();
        for language in Language::ALL {
            let texts = Texts::new(language);
            for advice in catalogue() {
                let text = advice.text(&texts);
                assert!(texts.has(&format!("advice-{}", advice.id)), "{}", advice.id);
                assert!((10..=240).contains(&text.chars().count()), "{language} {}", advice.id);
                assert!(advice.evidence().is_some(), "{} rests on {}", advice.id, advice.source);
                let [lowest, highest] = advice.levels;
                assert!(1 <= lowest && lowest <= highest && highest <= EVENT, "{}", advice.id);
                assert_eq!(advice.event, highest == EVENT, "{}", advice.id);
            }
        }
        for advice in catalogue() {
            assert!(ids.insert(&advice.id), "{} stands twice", advice.id);
        }
    }

    #[test]
    fn advice_rotates_over_thirty_days_and_the_closest_comes_first() {
        let child = profile(&[("age", "child"), ("conditions", "asthma"), ("activities", "sport")]);
        let date = "2026-09-08".parse().expect("a date");
        let situation = Situation { metric: Metric::Air, level: 3, profile: &child, date };
        let now: DateTime<Utc> = "2026-09-08T14:00:00Z".parse().expect("a moment");
        let first = select(&situation, &BTreeMap::new(), now);
        assert!(first.len() >= 2, "there is something to rotate");
        assert!(first[0].criteria() >= first[first.len() - 1].criteria());
        let shown = BTreeMap::from([(first[0].id.clone(), now - TimeDelta::days(1))]);
        assert_ne!(select(&situation, &shown, now)[0].id, first[0].id);
        let long_ago = BTreeMap::from([(first[0].id.clone(), now - TimeDelta::days(31))]);
        assert_eq!(select(&situation, &long_ago, now)[0].id, first[0].id);
    }

    #[test]
    fn advice_for_one_pollen_is_not_given_for_another() {
        let allergic = profile(&[("allergies", "ragweed,birch")]);
        assert!(allergic.allergies.contains_key(&Allergy::To(Taxon::Birch)));
        let date = "2026-09-08".parse().expect("a date");
        let metric = Metric::PollenOf(Taxon::Birch);
        let situation = Situation { metric, level: 4, profile: &allergic, date };
        for advice in select(&situation, &BTreeMap::new(), DateTime::UNIX_EPOCH) {
            assert!(
                advice.taxa.is_empty() || advice.taxa.contains(&TaxonName(Taxon::Birch)),
                "{}",
                advice.id
            );
        }
    }
}
