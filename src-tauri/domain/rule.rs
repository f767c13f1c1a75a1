//! From which level a metric matters to a person, and why.
//!
//! The defaults and their limits are argued in the evidence that each rule names; where a default
//! is this app's own choice, the rule says so.

use serde::{Deserialize, Serialize};

use crate::metric::{Combination, Metric, Phenomenon, Pollutant, Taxon};
use crate::person::{
    Activity, Age, Allergy, Condition, Limit, Profile, Situation, Skin, highest_limit,
};
use crate::reading::Reading;
use crate::scale::{self, EVENT, Scale};

/// When a rule is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// From this level on; for UV, from this index on.
    From(u8),
    /// When the producer announces an "évènement", whatever the ordinary limit.
    Event,
}

/// Why a rule has the limit it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The limit for everyone.
    Everyone,
    /// An illness.
    Condition(Condition),
    /// Pregnancy.
    Pregnant,
    /// An age band.
    Age(Age),
    /// An allergy.
    Allergy(Allergy),
    /// Work outdoors.
    OutdoorWork,
    /// Regular sport.
    Sport,
    /// Living alone or isolated.
    Isolated,
    /// Skin that bears the sun badly.
    SensitiveSkin,
    /// The person set it.
    OwnLimit,
}

impl Because {
    /// The word of this reason in text keys and in the name of a rule.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Condition(condition) => condition.word(),
            Self::Pregnant => "pregnant",
            Self::Age(age) => age.word(),
            Self::Allergy(_) => "allergy",
            Self::OutdoorWork => "outdoor-work",
            Self::Sport => "sport",
            Self::Isolated => "isolated",
            Self::SensitiveSkin => "sensitive-skin",
            Self::OwnLimit => "own-limit",
        }
    }
}

/// Where a default limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance {
    /// Key of the publication, see [`crate::evidence`].
    pub evidence: &'static str,
    /// Whether the figure is this app's choice, which the publication only supports.
    pub own_choice: bool,
}

/// (person, metric, level from which it matters, why): the person is whose profile made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What it watches.
    pub metric: Metric,
    /// When it is met.
    pub trigger: Trigger,
    /// Every reason that led to this limit; never empty.
    pub because: Vec<Because>,
    /// Where the limit comes from; `None` where the person set it.
    pub provenance: Option<Provenance>,
}

/// How a reading stands to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing usable is known.
    Unknown,
    /// One level under the limit.
    Under,
    /// Two or more levels under the limit.
    FarUnder,
    /// At or above the limit, at this level.
    Meets(u8),
}

impl Rule {
    /// The rule's name on the wire: the metric and its first reason, `air:asthma`.
    #[must_use]
    pub fn name(&self) -> String {
        let reason = match (self.trigger, self.because.first()) {
            (Trigger::Event, _) => "event",
            (Trigger::From(_), Some(because)) => because.word(),
            (Trigger::From(_), None) => Because::Everyone.word(),
        };
        format!("{}:{reason}", self.metric)
    }

    /// The level from which the rule is met, in the levels of the metric's scale: for UV the class
    /// of the index.
    #[must_use]
    pub fn level(&self) -> u8 {
        match self.trigger {
            Trigger::Event => EVENT,
            Trigger::From(index) if self.metric == Metric::Uv => scale::uv_who_level(index),
            Trigger::From(level) => level,
        }
    }

    /// The limit as the person sets it: a level, for UV an index.
    #[must_use]
    pub fn threshold(&self) -> u8 {
        match self.trigger {
            Trigger::Event => EVENT,
            Trigger::From(limit) => limit,
        }
    }

    /// How a reading of the rule's metric stands to the rule.
    ///
    /// ```
    /// use ecosante_domain::metric::Metric;
    /// use ecosante_domain::person::Profile;
    /// use ecosante_domain::rule::Standing;
    /// # use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
    /// # use ecosante_domain::scale::Scale;
    /// # let air = |day: &str, level| Reading {
    /// #     source: Source::AtmoFrance,
    /// #     zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
    /// #     metric: Metric::Air,
    /// #     scale: Some(Scale::Atmo2021),
    /// #     target: Target::Day(day.parse().expect("a date")),
    /// #     basis: Basis::Official,
    /// #     level: Some(level),
    /// #     value: None,
    /// #     published_at: Some("2026-09-07T11:30:00Z".parse().expect("a moment")),
    /// #     fetched_at: "2026-09-07T13:05:00Z".parse().expect("a moment"),
    /// #     hours: 1,
    /// #     note: None,
    /// # };
    ///
    /// let rule = Profile::default().rules().into_iter().next().expect("air, for everyone from 4");
    /// assert_eq!(rule.standing(&air("2026-09-08", 5)), Standing::Meets(5));
    /// assert_eq!(rule.standing(&air("2026-09-08", 3)), Standing::Under);
    /// assert_eq!(rule.standing(&air("2026-09-08", 2)), Standing::FarUnder);
    /// // Something was published, without a level: that is not "under".
    /// let unknown = Reading { level: None, ..air("2026-09-08", 1) };
    /// assert_eq!(rule.standing(&unknown), Standing::Unknown);
    /// ```
    #[must_use]
    pub fn standing(&self, reading: &Reading) -> Standing {
        let Some(level) = reading.level else {
            return Standing::Unknown;
        };
        let event = reading.scale == Some(Scale::Atmo2021) && level == EVENT;
        match self.trigger {
            Trigger::Event if event => Standing::Meets(EVENT),
            Trigger::Event => Standing::FarUnder,
            // An event has no rank: whether an ordinary limit is passed is not known.
            Trigger::From(_) if event => Standing::Unknown,
            Trigger::From(limit) if self.metric == Metric::Uv => {
                match reading.value.and_then(scale::uv_index) {
                    None => Standing::Unknown,
                    Some(index) if index >= limit => Standing::Meets(scale::uv_who_level(index)),
                    Some(index) => under(scale::uv_who_level(index), scale::uv_who_level(limit)),
                }
            }
            Trigger::From(limit) if level >= limit => Standing::Meets(level),
            Trigger::From(limit) => under(level, limit),
        }
    }
}

impl Rule {
    /// Whether a level is of the highest class, which quiet hours do not hold back: red vigilance,
    /// and an episode at the alert level of the law.
    #[must_use]
    pub fn breaks_through(&self, level: u8) -> bool {
        matches!(self.metric, Metric::Vigilance(_) | Metric::Episode(_))
            && level >= highest_limit(self.metric)
    }
}

fn under(level: u8, limit: u8) -> Standing {
    if level + 2 <= limit { Standing::FarUnder } else { Standing::Under }
}

/// Levels of the air indices from which everyone, and the concerned, are told.
const AIR_EVERYONE: u8 = 4;
const AIR_CONCERNED: u8 = 3;
/// UV indices from which everyone, and the concerned, are told.
const UV_EVERYONE: u8 = 6;
const UV_CONCERNED: u8 = 3;
/// Pollen levels from which an allergic person is told.
const POLLEN_ALLERGIC: u8 = 3;
const RAGWEED_ALLERGIC: u8 = 2;
/// States of a pollution episode from which everyone (alert), and the concerned (information), are
/// told.
const EPISODE_EVERYONE: u8 = 3;
const EPISODE_CONCERNED: u8 = 2;
/// Colours of the vigilance from which everyone (orange), and the concerned (yellow), are told.
const VIGILANCE_EVERYONE: u8 = 3;
const VIGILANCE_CONCERNED: u8 = 2;
/// The limit of a combined hazard: on days on which it is met its level is at least this.
pub const MET: u8 = 2;

impl Profile {
    /// What makes this person vulnerable or sensitive to polluted air: the French lists of
    /// vulnerable and sensitive people (evidence `ARS-BRET-AIR`). Empty: the person is not.
    #[must_use]
    pub fn air_sensitivities(&self) -> Vec<Because> {
        let mut reasons: Vec<_> = self.conditions.iter().copied().map(Because::Condition).collect();
        if self.pregnant {
            reasons.push(Because::Pregnant);
        }
        if let Some(age @ (Age::Under1 | Age::Under6 | Age::Over65)) = self.age {
            reasons.push(Because::Age(age));
        }
        reasons
    }

    /// What makes heat dangerous for this person from yellow vigilance on: the fragile and the
    /// overexposed of the order of 27 May 2025 (evidence `ARR-2025`, `SP-CHALEUR`). Empty: nothing
    /// special.
    #[must_use]
    pub fn heat_sensitivities(&self) -> Vec<Because> {
        let mut reasons = self.air_sensitivities();
        if self.situation.contains(&Situation::Isolated) {
            reasons.push(Because::Isolated);
        }
        if self.activities.contains(&Activity::OutdoorWork) {
            reasons.push(Because::OutdoorWork);
        }
        if self.activities.contains(&Activity::Sport) {
            reasons.push(Because::Sport);
        }
        reasons
    }

    /// What makes cold dangerous for this person from yellow vigilance on: heart and lung disease,
    /// work outdoors, isolation (evidence `MF-FROID`). Empty: nothing special.
    #[must_use]
    pub fn cold_sensitivities(&self) -> Vec<Because> {
        let fragile = [Condition::Asthma, Condition::Copd, Condition::Heart];
        let conditions = self.conditions.iter().copied().filter(|it| fragile.contains(it));
        let mut reasons: Vec<_> = conditions.map(Because::Condition).collect();
        if self.situation.contains(&Situation::Isolated) {
            reasons.push(Because::Isolated);
        }
        if self.activities.contains(&Activity::OutdoorWork) {
            reasons.push(Because::OutdoorWork);
        }
        reasons
    }

    /// What makes thunderstorms in grass pollen dangerous for this person: asthma, or an allergy to
    /// grass (evidence `LEE-2017`). Empty: nothing special.
    #[must_use]
    pub fn storm_sensitivities(&self) -> Vec<Because> {
        let asthma = Because::Condition(Condition::Asthma);
        let mut reasons = Vec::new();
        reasons.extend(self.conditions.contains(&Condition::Asthma).then_some(asthma));
        let grass = Allergy::To(Taxon::Grass);
        let allergic =
            [grass, Allergy::Unknown].into_iter().find(|it| self.allergies.contains_key(it));
        reasons.extend(allergic.map(Because::Allergy));
        reasons
    }

    /// The rule of a phenomenon of the weather vigilance.
    fn vigilance_rule(&self, phenomenon: Phenomenon) -> Option<Rule> {
        let (reasons, evidence, own_choice) = match phenomenon {
            Phenomenon::Heat => (self.heat_sensitivities(), "ARR-2025", false),
            // Yellow cold is announced for people without shelter; for the ill it is our caution.
            Phenomenon::Cold => (self.cold_sensitivities(), "MF-FROID", true),
            _ => (Vec::new(), "RECO-VIGI", false),
        };
        self.ordinary_rule(
            Metric::Vigilance(phenomenon),
            reasons,
            (VIGILANCE_CONCERNED, Provenance { evidence, own_choice }),
            Some((VIGILANCE_EVERYONE, Provenance { evidence: "RECO-VIGI", own_choice: false })),
        )
    }

    /// The rule of two hazards together, for those whom it concerns.
    fn combined_rule(&self, combination: Combination) -> Option<Rule> {
        let (because, evidence) = match combination {
            Combination::HeatOzone => (vec![Because::Everyone], "HCSP-EPI"),
            Combination::StormGrass => (self.storm_sensitivities(), "HARUN-2019"),
            Combination::PollenAir => {
                (self.allergies.keys().copied().map(Because::Allergy).collect(), "GOUV-POLLEN")
            }
        };
        let metric = Metric::Combined(combination);
        match self.levels.get(&metric) {
            Some(Limit::Off) => None,
            // What is allergic to nothing has no pollen to combine.
            _ if because.is_empty() => None,
            own => Some(Rule {
                metric,
                trigger: Trigger::From(MET),
                because,
                provenance: own.is_none().then_some(Provenance { evidence, own_choice: true }),
            }),
        }
    }

    /// What makes this person need protection from UV from index 3 on. Empty: nothing special.
    #[must_use]
    pub fn uv_sensitivities(&self) -> Vec<Because> {
        let mut reasons = Vec::new();
        if let Some(age @ (Age::Under1 | Age::Under6 | Age::Child)) = self.age {
            reasons.push(Because::Age(age));
        }
        if self.activities.contains(&Activity::OutdoorWork) {
            reasons.push(Because::OutdoorWork);
        }
        if self.skin == Some(Skin::Sensitive) {
            reasons.push(Because::SensitiveSkin);
        }
        reasons
    }

    /// The rules that this profile makes, at most one for each metric and kind of trigger.
    ///
    /// ```
    /// use ecosante_domain::metric::{Metric, Taxon};
    /// use ecosante_domain::person::Profile;
    ///
    /// let limit = |profile: &Profile, metric| {
    ///     let rules = profile.rules();
    ///     let rule = rules.iter().find(|rule| rule.metric == metric)?;
    ///     Some((rule.name(), rule.threshold()))
    /// };
    /// let mut person = Profile::default();
    /// assert_eq!(limit(&person, Metric::Air), Some(("air:everyone".to_owned(), 4)));
    /// assert_eq!(limit(&person, Metric::PollenOf(Taxon::Grass)), None);
    ///
    /// person.set("conditions", "asthma").expect("a condition");
    /// person.set("allergies", "grass,birch:4").expect("pollens, one with a level of its own");
    /// assert_eq!(limit(&person, Metric::Air), Some(("air:asthma".to_owned(), 3)));
    /// assert_eq!(limit(&person, Metric::PollenOf(Taxon::Grass)).map(|it| it.1), Some(3));
    /// assert_eq!(limit(&person, Metric::PollenOf(Taxon::Birch)).map(|it| it.1), Some(4));
    ///
    /// // The person's own limit goes before every default.
    /// person.set("level.air", "5").expect("a level of the scale");
    /// assert_eq!(limit(&person, Metric::Air), Some(("air:own-limit".to_owned(), 5)));
    ///
    /// // Each default says on whose publication it rests, and whether the figure is this app's choice.
    /// let default = Profile::default().rules().into_iter().next().expect("a rule");
    /// assert_eq!(default.provenance.map(|it| it.evidence), Some("EEA-EAQI"));
    /// ```
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules = Vec::new();
        rules.extend(self.ordinary_rule(
            Metric::Air,
            self.air_sensitivities(),
            (AIR_CONCERNED, Provenance { evidence: "EEA-EAQI", own_choice: false }),
            Some((AIR_EVERYONE, Provenance { evidence: "EEA-EAQI", own_choice: false })),
        ));
        if self.levels.get(&Metric::Air) != Some(&Limit::Off) {
            rules.push(Rule {
                metric: Metric::Air,
                trigger: Trigger::Event,
                because: vec![Because::Everyone],
                provenance: Some(Provenance { evidence: "ATMO-INDICE", own_choice: true }),
            });
        }
        for pollutant in Pollutant::ALL {
            rules.extend(self.ordinary_rule(
                Metric::Episode(pollutant),
                self.air_sensitivities(),
                (EPISODE_CONCERNED, Provenance { evidence: "ATMO-NA", own_choice: false }),
                Some((EPISODE_EVERYONE, Provenance { evidence: "ATMO-NA", own_choice: false })),
            ));
        }
        rules.extend(self.ordinary_rule(
            Metric::Uv,
            self.uv_sensitivities(),
            (UV_CONCERNED, Provenance { evidence: "HCSP-UV-2020", own_choice: false }),
            Some((UV_EVERYONE, Provenance { evidence: "HCSP-UV-2019", own_choice: true })),
        ));
        let pollens = [Allergy::Unknown].into_iter().chain(Taxon::ALL.map(Allergy::To));
        for allergy in pollens {
            let own = self.allergies.get(&allergy);
            let default = match (allergy, own) {
                (_, Some(Some(level))) => *level,
                (Allergy::To(Taxon::Ragweed), _) => RAGWEED_ALLERGIC,
                _ => POLLEN_ALLERGIC,
            };
            let evidence = match allergy {
                Allergy::To(Taxon::Ragweed) => "RECO-AMBR",
                Allergy::To(_) | Allergy::Unknown => "AIRBREIZH-POLLEN",
            };
            let reasons = own.map(|_| Because::Allergy(allergy)).into_iter().collect();
            let provenance = Provenance { evidence, own_choice: true };
            let rule = self.ordinary_rule(allergy.metric(), reasons, (default, provenance), None);
            rules.extend(rule.map(|rule| match own {
                // The level beside the allergy is the person's own as well.
                Some(Some(_)) => Rule { provenance: None, ..rule },
                _ => rule,
            }));
        }
        rules.extend(Phenomenon::ALL.into_iter().filter_map(|it| self.vigilance_rule(it)));
        rules.extend(Combination::ALL.into_iter().filter_map(|it| self.combined_rule(it)));
        rules
    }

    /// From which level on the pollen of an allergy is told to this person; `None` where they are
    /// not allergic to it, or want to hear nothing of it.
    #[must_use]
    pub fn pollen_limit(&self, allergy: Allergy) -> Option<u8> {
        self.allergies.get(&allergy)?;
        let rules = self.rules();
        let rule = rules.iter().find(|rule| rule.metric == allergy.metric())?;
        Some(rule.threshold())
    }

    /// The rule of one metric: the person's own limit, else that of the concerned, else everyone's.
    fn ordinary_rule(
        &self,
        metric: Metric,
        reasons: Vec<Because>,
        concerned: (u8, Provenance),
        everyone: Option<(u8, Provenance)>,
    ) -> Option<Rule> {
        let (limit, because, provenance) = match self.levels.get(&metric) {
            Some(Limit::Off) => return None,
            Some(Limit::From(limit)) => {
                let because = [Because::OwnLimit].into_iter().chain(reasons).collect();
                (*limit, because, None)
            }
            None if !reasons.is_empty() => (concerned.0, reasons, Some(concerned.1)),
            None => {
                let (limit, provenance) = everyone?;
                (limit, vec![Because::Everyone], Some(provenance))
            }
        };
        Some(Rule { metric, trigger: Trigger::From(limit), because, provenance })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence;
    use crate::person::profile;

    fn limit(profile: &Profile, metric: Metric) -> Option<u8> {
        let rule = |rule: &Rule| match rule.trigger {
            Trigger::From(limit) if rule.metric == metric => Some(limit),
            Trigger::From(_) | Trigger::Event => None,
        };
        profile.rules().iter().find_map(rule)
    }

    #[test]
    fn the_concerned_are_told_of_the_air_from_3_and_everyone_from_4() {
        assert_eq!(limit(&Profile::default(), Metric::Air), Some(4));
        for entry in [
            ("conditions", "asthma"),
            ("conditions", "diabetes"),
            ("pregnant", "yes"),
            ("age", "under6"),
            ("age", "under1"),
            ("age", "over65"),
        ] {
            assert_eq!(limit(&profile(&[entry]), Metric::Air), Some(3), "{entry:?}");
        }
        assert_eq!(limit(&profile(&[("age", "child")]), Metric::Air), Some(4));
    }

    #[test]
    fn uv_is_told_from_3_to_children_outdoor_workers_and_sensitive_skin_else_from_6() {
        assert_eq!(limit(&Profile::default(), Metric::Uv), Some(6));
        for entry in [("age", "child"), ("activities", "outdoor-work"), ("skin", "sensitive")] {
            assert_eq!(limit(&profile(&[entry]), Metric::Uv), Some(3), "{entry:?}");
        }
    }

    #[test]
    fn pollen_is_told_only_to_who_is_allergic_and_ragweed_earlier() {
        assert_eq!(limit(&Profile::default(), Metric::Pollen), None);
        let allergic = profile(&[("allergies", "grass,ragweed,birch:4")]);
        assert_eq!(limit(&allergic, Metric::PollenOf(Taxon::Grass)), Some(3));
        assert_eq!(limit(&allergic, Metric::PollenOf(Taxon::Ragweed)), Some(2));
        assert_eq!(limit(&allergic, Metric::PollenOf(Taxon::Birch)), Some(4));
        assert_eq!(limit(&allergic, Metric::PollenOf(Taxon::Olive)), None);
        assert_eq!(limit(&profile(&[("allergies", "unknown")]), Metric::Pollen), Some(3));
    }

    #[test]
    fn a_limit_of_ones_own_wins_and_off_silences_the_event_too() {
        let own = profile(&[("conditions", "asthma"), ("level.air", "5")]);
        assert_eq!(limit(&own, Metric::Air), Some(5));
        assert!(own.rules().iter().any(|rule| rule.trigger == Trigger::Event));
        let off = profile(&[("level.air", "off")]);
        assert!(!off.rules().iter().any(|rule| rule.metric == Metric::Air));
        let pollen = profile(&[("level.pollen.olive", "4")]);
        assert_eq!(limit(&pollen, Metric::PollenOf(Taxon::Olive)), Some(4));
    }

    #[test]
    fn an_episode_is_told_to_everyone_at_the_alert_and_to_the_fragile_at_the_information() {
        for pollutant in Pollutant::ALL {
            let metric = Metric::Episode(pollutant);
            assert_eq!(limit(&Profile::default(), metric), Some(3));
            assert_eq!(limit(&profile(&[("conditions", "other")]), metric), Some(2));
            assert_eq!(limit(&profile(&[("age", "under1")]), metric), Some(2));
        }
    }

    #[test]
    fn vigilance_is_told_from_orange_and_heat_and_cold_from_yellow_to_whom_they_endanger() {
        let heat = Metric::Vigilance(Phenomenon::Heat);
        let cold = Metric::Vigilance(Phenomenon::Cold);
        for phenomenon in Phenomenon::ALL {
            assert_eq!(limit(&Profile::default(), Metric::Vigilance(phenomenon)), Some(3));
        }
        for (entry, of_heat, of_cold) in [
            (("age", "over65"), 2, 3),
            (("pregnant", "yes"), 2, 3),
            (("activities", "sport"), 2, 3),
            (("activities", "outdoor-work"), 2, 2),
            (("situation", "isolated"), 2, 2),
            (("conditions", "copd"), 2, 2),
            (("conditions", "diabetes"), 2, 3),
            (("skin", "sensitive"), 3, 3),
        ] {
            let profile = profile(&[entry]);
            assert_eq!(limit(&profile, heat), Some(of_heat), "{entry:?}");
            assert_eq!(limit(&profile, cold), Some(of_cold), "{entry:?}");
            assert_eq!(limit(&profile, Metric::Vigilance(Phenomenon::Wind)), Some(3));
        }
    }

    #[test]
    fn hazards_together_are_told_to_whom_they_concern() {
        let of = |entries: &[(&str, &str)]| -> Vec<Combination> {
            let rules = profile(entries).rules();
            let combined = |rule: &Rule| match rule.metric {
                Metric::Combined(combination) => Some(combination),
                _ => None,
            };
            rules.iter().filter_map(combined).collect()
        };
        use Combination::{HeatOzone, PollenAir, StormGrass};
        assert_eq!(of(&[]), [HeatOzone]);
        assert_eq!(of(&[("conditions", "asthma")]), [HeatOzone, StormGrass]);
        assert_eq!(of(&[("allergies", "grass")]), [HeatOzone, StormGrass, PollenAir]);
        assert_eq!(of(&[("allergies", "birch")]), [HeatOzone, PollenAir]);
        assert_eq!(of(&[("level.combined.heat-ozone", "off")]), []);
    }

    #[test]
    fn only_red_and_the_alert_of_the_law_break_through_quiet_hours() {
        let through = |metric: &str, level| {
            let rule = Rule {
                metric: metric.parse().expect("a metric"),
                trigger: Trigger::From(2),
                because: vec![Because::Everyone],
                provenance: None,
            };
            rule.breaks_through(level)
        };
        assert!(through("vigilance.heat", 4) && through("episode.o3", 3));
        assert!(!through("vigilance.heat", 3) && !through("episode.o3", 2));
        assert!(!through("air", 6) && !through("uv", 5) && !through("combined.heat-ozone", 4));
    }

    #[test]
    fn every_default_names_a_publication_that_can_be_shown() {
        let everyone = profile(&[("allergies", "alder,birch,olive,grass,mugwort,ragweed,unknown")]);
        let concerned =
            profile(&[("conditions", "asthma"), ("age", "child"), ("situation", "isolated")]);
        for rule in everyone.rules().iter().chain(&concerned.rules()) {
            let provenance = rule.provenance.expect("a default has a provenance");
            assert!(evidence::by_key(provenance.evidence).is_some(), "{}", provenance.evidence);
        }
    }
}
