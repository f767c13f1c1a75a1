//! A member of the household and what a level means to them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::metric::{Metric, Taxon};
use crate::place::PlaceId;
use crate::rule::MET;

/// The identity of a person on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub i64);

/// A person whose sensitivities decide which levels matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their identity on this device.
    pub id: PersonId,
    /// A name or nickname; `None` for the one unnamed person of a new file.
    pub name: Option<String>,
    /// What is known of them.
    pub profile: Profile,
}

/// Whether two names mean the same person, however they are written.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Words that a profile knows, with their name in `profile set` and in the store.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every value, in the order in which it is shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in profiles and in the advice catalogue.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}

words! {
    /// An age band: under 1 and under 6 are the bands of the sun and air messages, 65 that of the
    /// French definition of vulnerable people.
    Age { Under1 = "under1", Under6 = "under6", Child = "child", Adult = "adult", Over65 = "over65" }
}
words! {
    /// A lasting illness that makes a person sensitive.
    Condition {
        Asthma = "asthma", Copd = "copd", Heart = "heart", Diabetes = "diabetes", Immune = "immune",
        Other = "other",
    }
}
words! {
    /// A circumstance of life.
    Situation { Isolated = "isolated" }
}
words! {
    /// How the skin bears the sun.
    Skin { Sensitive = "sensitive", Normal = "normal" }
}
words! {
    /// What a person does regularly.
    Activity {
        Sport = "sport", Gardening = "gardening", Diy = "diy", Cleaning = "cleaning",
        OutdoorWork = "outdoor-work",
    }
}
words! {
    /// How a person travels.
    Transport { Bike = "bike", Transit = "transit", Car = "car" }
}
words! {
    /// How the home is heated, where it matters.
    Heating { Wood = "wood" }
}
words! {
    /// What belongs to the home outside.
    Home { Garden = "garden", Balcony = "balcony" }
}
words! {
    /// A treatment that changes how a person bears heat or sun.
    Treatment { Regular = "regular", Photosensitising = "photosensitising" }
}
words! {
    /// An animal of the household.
    Pet { Cat = "cat", Dog = "dog" }
}

/// What a person is allergic to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Allergy {
    /// The pollen of one taxon.
    To(Taxon),
    /// Pollen, without knowing which: the overall index stands for it.
    Unknown,
}

impl Allergy {
    /// The word used in profiles.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::To(taxon) => taxon.name(),
            Self::Unknown => "unknown",
        }
    }

    /// The metric that tells about it.
    #[must_use]
    pub fn metric(self) -> Metric {
        match self {
            Self::To(taxon) => Metric::PollenOf(taxon),
            Self::Unknown => Metric::Pollen,
        }
    }

    fn words() -> Vec<&'static str> {
        Taxon::ALL.iter().map(|taxon| taxon.name()).chain(["unknown"]).collect()
    }
}

impl From<Allergy> for String {
    fn from(allergy: Allergy) -> Self {
        allergy.word().to_owned()
    }
}

impl TryFrom<String> for Allergy {
    type Error = String;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        if word == "unknown" {
            return Ok(Self::Unknown);
        }
        word.parse().map(Self::To).map_err(|_| format!("unknown allergy {word:?}"))
    }
}

/// A limit that the person has set in place of the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Never told.
    Off,
    /// Told from this level on; for UV, from this index on.
    From(u8),
}

/// What is known of a person; everything is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Age band.
    pub age: Option<Age>,
    /// Whether the person is pregnant.
    pub pregnant: bool,
    /// Lasting illnesses.
    pub conditions: BTreeSet<Condition>,
    /// Allergies, each with its own level (1–6) where the person has set one.
    pub allergies: BTreeMap<Allergy, Option<u8>>,
    /// Circumstances of life.
    pub situation: BTreeSet<Situation>,
    /// How the skin bears the sun.
    pub skin: Option<Skin>,
    /// Regular activities.
    pub activities: BTreeSet<Activity>,
    /// Means of transport.
    pub transport: BTreeSet<Transport>,
    /// Heating of the home.
    pub heating: BTreeSet<Heating>,
    /// Animals of the household.
    pub pets: BTreeSet<Pet>,
    /// Whether the person smokes.
    pub smoking: bool,
    /// What belongs to the home outside.
    pub home: BTreeSet<Home>,
    /// Treatments that change how they bear heat or sun; never which.
    pub treatment: BTreeSet<Treatment>,
    /// The places that concern the person; `None`: all of them.
    pub places: Option<BTreeSet<PlaceId>>,
    /// Limits set by the person.
    pub levels: BTreeMap<Metric, Limit>,
    /// Rules that are muted, each with the first day on which it speaks again.
    pub mutes: BTreeMap<Metric, NaiveDate>,
}

/// The keys that [`Profile::set`] knows, besides `level.METRIC`.
pub const PROFILE_KEYS: [&str; 14] = [
    "age",
    "pregnant",
    "conditions",
    "allergies",
    "situation",
    "skin",
    "activities",
    "transport",
    "heating",
    "pets",
    "smoking",
    "home",
    "treatment",
    "places",
];

/// The highest UV index a limit can be set to; the overseas territories reach 16
/// (evidence `RECO-UV`).
pub const HIGHEST_UV_LIMIT: u8 = 16;

/// Why a `KEY=VALUE` of a profile was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileError {
    /// No such key.
    UnknownKey {
        /// The key as given.
        key: String,
    },
    /// The key is known, the value is not.
    UnknownValue {
        /// The key.
        key: String,
        /// The value as given.
        value: String,
        /// The values that would be right.
        allowed: Vec<String>,
    },
    /// A level that the metric's scale does not have.
    ImpossibleLevel {
        /// The metric's name.
        metric: String,
        /// The level as given.
        value: String,
        /// The lowest that would be right.
        lowest: u8,
        /// The highest that would be right.
        highest: u8,
    },
    /// A metric on which no rule stands.
    NoRule {
        /// The metric as given.
        metric: String,
        /// The metrics that have rules.
        allowed: Vec<String>,
    },
}

impl Profile {
    /// Sets one key to what follows the `=`: lists are replaced, an empty value clears.
    ///
    /// # Errors
    /// [`ProfileError`] says what would have been right; the profile is then unchanged.
    ///
    /// ```
    /// use ecosante_domain::metric::Metric;
    /// use ecosante_domain::person::{Limit, Profile, ProfileError};
    ///
    /// let mut profile = Profile::default();
    /// profile.set("age", "child").expect("an age band");
    /// profile.set("allergies", "grass:3, birch").expect("pollens");
    /// profile.set("level.uv", "off").expect("a limit");
    /// assert_eq!(profile.levels.get(&Metric::Uv), Some(&Limit::Off));
    ///
    /// // A refusal says what would have been right.
    /// let Err(ProfileError::ImpossibleLevel { highest, .. }) = profile.set("level.air", "9") else {
    ///     panic!("the ATMO index has six levels");
    /// };
    /// assert_eq!(highest, 6);
    /// ```
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), ProfileError> {
        let value = value.trim();
        if let Some(metric) = key.strip_prefix("level.") {
            return self.set_limit(metric, value);
        }
        if let Some(metric) = key.strip_prefix("mute.") {
            return self.set_mute(metric, value);
        }
        match key {
            "age" => self.age = one(key, value, Age::ALL, Age::word, Age::from_word)?,
            "pregnant" => self.pregnant = yes_or_no(key, value)?,
            "smoking" => self.smoking = yes_or_no(key, value)?,
            "conditions" => {
                self.conditions =
                    many(key, value, Condition::ALL, Condition::word, Condition::from_word)?;
            }
            "allergies" => self.allergies = allergies(value)?,
            "situation" => {
                self.situation =
                    many(key, value, Situation::ALL, Situation::word, Situation::from_word)?;
            }
            "skin" => self.skin = one(key, value, Skin::ALL, Skin::word, Skin::from_word)?,
            "activities" => {
                self.activities =
                    many(key, value, Activity::ALL, Activity::word, Activity::from_word)?;
            }
            "transport" => {
                self.transport =
                    many(key, value, Transport::ALL, Transport::word, Transport::from_word)?;
            }
            "heating" => {
                self.heating = many(key, value, Heating::ALL, Heating::word, Heating::from_word)?;
            }
            "pets" => self.pets = many(key, value, Pet::ALL, Pet::word, Pet::from_word)?,
            "home" => self.home = many(key, value, Home::ALL, Home::word, Home::from_word)?,
            "treatment" => {
                self.treatment =
                    many(key, value, Treatment::ALL, Treatment::word, Treatment::from_word)?;
            }
            "places" => self.places = places(key, value)?,
            _ => return Err(ProfileError::UnknownKey { key: key.to_owned() }),
        }
        Ok(())
    }

    fn set_mute(&mut self, metric: &str, value: &str) -> Result<(), ProfileError> {
        let metric = with_rule(metric)?;
        if value.is_empty() {
            self.mutes.remove(&metric);
            return Ok(());
        }
        let until = value
            .parse()
            .map_err(|_| unknown_value(&format!("mute.{metric}"), value, ["2026-12-01"]))?;
        self.mutes.insert(metric, until);
        Ok(())
    }

    /// Whether what a rule on this metric tells is muted on a day at the place.
    #[must_use]
    pub fn is_muted(&self, metric: Metric, date: NaiveDate) -> bool {
        self.mutes.get(&metric).is_some_and(|until| date < *until)
    }

    fn set_limit(&mut self, metric: &str, value: &str) -> Result<(), ProfileError> {
        let metric = with_rule(metric)?;
        match value {
            "" => {
                self.levels.remove(&metric);
                // The level beside an allergy is a limit on the same metric.
                let beside = self.allergies.iter_mut().find(|(it, _)| it.metric() == metric);
                if let Some((_, level)) = beside {
                    *level = None;
                }
            }
            "off" => {
                self.levels.insert(metric, Limit::Off);
            }
            _ => {
                let level = level_within(metric, value)?;
                self.levels.insert(metric, Limit::From(level));
            }
        }
        Ok(())
    }

    /// The keys and values that [`Profile::set`] would take to make this profile, those that say
    /// nothing left out.
    #[must_use]
    pub fn entries(&self) -> Vec<(String, String)> {
        let mut entries = Vec::new();
        let mut entry = |key: &str, value: String| {
            if !value.is_empty() {
                entries.push((key.to_owned(), value));
            }
        };
        let join = |words: Vec<String>| words.join(",");
        let list = |words: Vec<&'static str>| words.join(",");
        entry("age", self.age.map(Age::word).unwrap_or_default().to_owned());
        entry("pregnant", if self.pregnant { "yes".to_owned() } else { String::new() });
        entry("conditions", list(self.conditions.iter().map(|c| c.word()).collect()));
        let with_level = |(allergy, level): (&Allergy, &Option<u8>)| match level {
            Some(level) => format!("{}:{level}", allergy.word()),
            None => allergy.word().to_owned(),
        };
        entry("allergies", join(self.allergies.iter().map(with_level).collect()));
        entry("situation", list(self.situation.iter().map(|s| s.word()).collect()));
        entry("skin", self.skin.map(Skin::word).unwrap_or_default().to_owned());
        entry("activities", list(self.activities.iter().map(|a| a.word()).collect()));
        entry("transport", list(self.transport.iter().map(|t| t.word()).collect()));
        entry("heating", list(self.heating.iter().map(|h| h.word()).collect()));
        entry("pets", list(self.pets.iter().map(|p| p.word()).collect()));
        entry("smoking", if self.smoking { "yes".to_owned() } else { String::new() });
        entry("home", list(self.home.iter().map(|h| h.word()).collect()));
        entry("treatment", list(self.treatment.iter().map(|t| t.word()).collect()));
        if let Some(places) = &self.places {
            entry("places", join(places.iter().map(|place| place.0.to_string()).collect()));
        }
        for (metric, limit) in &self.levels {
            let value = match limit {
                Limit::Off => "off".to_owned(),
                Limit::From(level) => level.to_string(),
            };
            entry(&format!("level.{metric}"), value);
        }
        for (metric, until) in &self.mutes {
            entry(&format!("mute.{metric}"), until.to_string());
        }
        entries
    }

    /// Whether the place concerns this person.
    #[must_use]
    pub fn concerns(&self, place: PlaceId) -> bool {
        self.places.as_ref().is_none_or(|places| places.contains(&place))
    }
}

/// The highest limit that makes sense on a metric: a level, for UV an index.
#[must_use]
pub fn highest_limit(metric: Metric) -> u8 {
    match metric {
        Metric::Uv => HIGHEST_UV_LIMIT,
        Metric::Episode(_) => 3,
        Metric::Vigilance(_) => 4,
        // It is met or it is not.
        Metric::Combined(_) => MET,
        _ => 6,
    }
}

/// The lowest limit that makes sense on a metric: where level 1 says that there is nothing, 2.
#[must_use]
pub fn lowest_limit(metric: Metric) -> u8 {
    match metric {
        Metric::Episode(_) | Metric::Vigilance(_) | Metric::Combined(_) => 2,
        _ => 1,
    }
}

/// The metric of this name, if a rule can stand on it.
fn with_rule(name: &str) -> Result<Metric, ProfileError> {
    let known = name.parse().ok().filter(|metric| Metric::with_rules().contains(metric));
    known.ok_or_else(|| ProfileError::NoRule {
        metric: name.to_owned(),
        allowed: Metric::with_rules().iter().map(ToString::to_string).collect(),
    })
}

fn yes_or_no(key: &str, value: &str) -> Result<bool, ProfileError> {
    match value {
        "yes" => Ok(true),
        "no" | "" => Ok(false),
        _ => Err(unknown_value(key, value, ["yes", "no"])),
    }
}

fn unknown_value<'a>(
    key: &str,
    value: &str,
    allowed: impl IntoIterator<Item = &'a str>,
) -> ProfileError {
    ProfileError::UnknownValue {
        key: key.to_owned(),
        value: value.to_owned(),
        allowed: allowed.into_iter().map(str::to_owned).collect(),
    }
}

fn one<T: Copy>(
    key: &str,
    value: &str,
    all: &[T],
    word: fn(T) -> &'static str,
    from_word: fn(&str) -> Option<T>,
) -> Result<Option<T>, ProfileError> {
    if value.is_empty() {
        return Ok(None);
    }
    from_word(value)
        .map(Some)
        .ok_or_else(|| unknown_value(key, value, all.iter().map(|value| word(*value))))
}

fn items(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|item| !item.is_empty())
}

fn many<T: Copy + Ord>(
    key: &str,
    value: &str,
    all: &[T],
    word: fn(T) -> &'static str,
    from_word: fn(&str) -> Option<T>,
) -> Result<BTreeSet<T>, ProfileError> {
    items(value)
        .map(|item| {
            from_word(item)
                .ok_or_else(|| unknown_value(key, item, all.iter().map(|value| word(*value))))
        })
        .collect()
}

fn level_within(metric: Metric, value: &str) -> Result<u8, ProfileError> {
    let (lowest, highest) = (lowest_limit(metric), highest_limit(metric));
    value.parse().ok().filter(|level| (lowest..=highest).contains(level)).ok_or_else(|| {
        ProfileError::ImpossibleLevel {
            metric: metric.to_string(),
            value: value.to_owned(),
            lowest,
            highest,
        }
    })
}

fn allergies(value: &str) -> Result<BTreeMap<Allergy, Option<u8>>, ProfileError> {
    items(value)
        .map(|item| {
            let (word, level) = match item.split_once(':') {
                Some((word, level)) => (word.trim(), Some(level.trim())),
                None => (item, None),
            };
            let allergy = Allergy::try_from(word.to_owned())
                .map_err(|_| unknown_value("allergies", word, Allergy::words()))?;
            let metric = allergy.metric();
            let level = level.map(|level| level_within(metric, level)).transpose()?;
            Ok((allergy, level))
        })
        .collect()
}

fn places(key: &str, value: &str) -> Result<Option<BTreeSet<PlaceId>>, ProfileError> {
    if value.is_empty() {
        return Ok(None);
    }
    items(value)
        .map(|item| item.parse().map(PlaceId).map_err(|_| unknown_value(key, item, ["1", "2"])))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// The profile that these entries make, for the tests of this crate.
#[cfg(test)]
pub(crate) fn profile(entries: &[(&str, &str)]) -> Profile {
    let mut profile = Profile::default();
    for (key, value) in entries {
        profile.set(key, value).expect("a right entry");
    }
    profile
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_what_is_shown() {
        let entries = [
            ("age", "child"),
            ("pregnant", "yes"),
            ("conditions", "asthma,heart"),
            ("allergies", "birch,grass:3,unknown:4"),
            ("skin", "sensitive"),
            ("activities", "sport,outdoor-work"),
            ("transport", "bike,car"),
            ("heating", "wood"),
            ("pets", "cat,dog"),
            ("smoking", "yes"),
            ("home", "garden,balcony"),
            ("treatment", "regular"),
            ("places", "1,3"),
            ("level.air", "2"),
            ("level.uv", "off"),
            ("mute.pollen.grass", "2026-08-01"),
        ];
        let shown = profile(&entries).entries();
        let shown: Vec<_> = shown.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(shown, entries);
    }

    #[test]
    fn a_list_is_replaced_and_an_empty_value_clears() {
        let mut profile = profile(&[("conditions", "asthma,copd"), ("level.air", "2")]);
        profile.set("conditions", "heart").expect("a right entry");
        assert_eq!(profile.conditions, BTreeSet::from([Condition::Heart]));
        profile.set("conditions", "").expect("a right entry");
        profile.set("level.air", "").expect("a right entry");
        assert_eq!(profile, Profile::default());
    }

    #[test]
    fn clearing_a_limit_clears_the_one_beside_the_allergy_too() {
        let mut profile = profile(&[("allergies", "birch:4,grass:5"), ("level.pollen.grass", "6")]);
        profile.set("level.pollen.grass", "").expect("a right entry");
        assert_eq!(profile.allergies[&Allergy::To(Taxon::Grass)], None);
        assert_eq!(profile.allergies[&Allergy::To(Taxon::Birch)], Some(4));
        assert!(profile.levels.is_empty());
    }

    #[test]
    fn a_refused_value_says_what_would_be_right_and_changes_nothing() {
        let mut profile = profile(&[("conditions", "asthma")]);
        let before = profile.clone();
        for (key, value) in [
            ("conditions", "asthma,flue"),
            ("colour", "blue"),
            ("level.air", "7"),
            ("level.air", "0"),
            ("level.air.o3", "3"),
            ("level.uv", "17"),
            ("level.vigilance.heat", "1"),
            ("level.episode.o3", "4"),
            ("level.combined.heat-ozone", "3"),
            ("level.noise", "3"),
            ("mute.noise", "2026-08-01"),
            ("mute.air", "soon"),
            ("allergies", "grass:9"),
            ("allergies", "cat"),
            ("pregnant", "maybe"),
            ("places", "home"),
        ] {
            assert!(profile.set(key, value).is_err(), "{key}={value}");
            assert_eq!(profile, before);
        }
        assert_eq!(
            profile.set("level.air", "7"),
            Err(ProfileError::ImpossibleLevel {
                metric: "air".to_owned(),
                value: "7".to_owned(),
                lowest: 1,
                highest: 6
            })
        );
    }

    #[test]
    fn a_stored_profile_is_read_back_and_an_older_one_still_reads() {
        let full = profile(&[("allergies", "grass:3,unknown"), ("level.pollen", "2")]);
        let stored = serde_json::to_string(&full).expect("json");
        assert_eq!(serde_json::from_str::<Profile>(&stored).expect("a profile"), full);
        assert_eq!(serde_json::from_str::<Profile>("{}").expect("a profile"), Profile::default());
    }
}
