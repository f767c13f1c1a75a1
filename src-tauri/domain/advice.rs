//! What to do: one recommendation each, with criteria and an official source.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::AdviceView;
use crate::evidence::{self, Evidence};
use crate::metric::{Combination, Hazard, Metric, Phenomenon, Pollutant};
use crate::notification;
use crate::person::{
    Activity, Age, Condition, Heating, Home, Profile, Situation as Circumstance, Skin, Transport,
    Treatment,
};
use crate::rule::Because;
use crate::scale::scale_where;
use crate::text::{Arg, Texts};

/// Whom a piece of advice is for, besides ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Whoever is not sensitive to the hazard.
    EveryoneElse,
    /// Whoever is vulnerable or sensitive to the hazard.
    Sensitive,
    /// Whom heat or cold endangers by age, illness, pregnancy or isolation, not by what they do.
    Fragile,
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
    /// People with another lasting illness.
    Other,
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

    fn word(self) -> &'static str {
        match self {
            Self::Winter => "winter",
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Autumn => "autumn",
        }
    }
}

/// What a piece of advice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Outdoor air.
    Air,
    /// An official episode of pollution.
    Episode,
    /// Ultraviolet radiation.
    Uv,
    /// Pollen.
    Pollen,
    /// The weather vigilance; the level is its colour.
    Weather,
    /// Two hazards together; the level is that of the first.
    Combined,
    /// Radon; the level is the class of the commune.
    Radon,
    /// Drinking water, which has no levels.
    Water,
    /// What holds whatever any level says.
    Standing,
}

impl From<Hazard> for Topic {
    fn from(hazard: Hazard) -> Self {
        match hazard {
            Hazard::Air => Self::Air,
            Hazard::Episode => Self::Episode,
            Hazard::Uv => Self::Uv,
            Hazard::Pollen => Self::Pollen,
            Hazard::Weather => Self::Weather,
            Hazard::Combined => Self::Combined,
            Hazard::Radon => Self::Radon,
            Hazard::Water => Self::Water,
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
    /// The fact that it rests on, by the name it has in the evidence that was gathered; pieces of
    /// one fact say the same to different people or at different times.
    pub fact: String,
    /// What it is about.
    pub topic: Topic,
    /// About which of the metrics of its topic: one pollen, one phenomenon, …
    #[serde(default)]
    pub metrics: Vec<Metric>,
    /// The lowest and highest level at which it is given; for UV, the WHO class. None where the
    /// topic has no levels.
    #[serde(default)]
    pub levels: Option<[u8; 2]>,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Vec<Audience>,
    /// Of what age.
    #[serde(default)]
    pub age: Vec<Age>,
    /// In which circumstances of life.
    #[serde(default)]
    pub situations: Vec<Circumstance>,
    /// Doing what.
    #[serde(default)]
    pub activities: Vec<Activity>,
    /// Travelling how.
    #[serde(default)]
    pub transport: Vec<Transport>,
    /// Heating how.
    #[serde(default)]
    pub heating: Vec<Heating>,
    /// Living with what outside.
    #[serde(default)]
    pub homes: Vec<Home>,
    /// Under which treatment.
    #[serde(default)]
    pub treatments: Vec<Treatment>,
    /// Whether only for people who smoke.
    #[serde(default)]
    pub smoking: bool,
    /// In which seasons.
    #[serde(default)]
    pub seasons: Vec<Season>,
    /// What it says to do in a few words, where Today may begin with it: the message
    /// `lead-<lead>`, shared by the pieces that come down to the same.
    #[serde(default)]
    pub lead: Option<String>,
    /// The key of the publication it rests on.
    pub source: String,
}

/// Whose case a piece of advice is held against.
#[derive(Debug, Clone, Copy)]
struct Case<'a> {
    /// What is high and how high; none for standing advice.
    measured: Option<(Metric, u8)>,
    profile: &'a Profile,
    season: Season,
}

impl Case<'_> {
    fn topic(&self) -> Topic {
        self.measured.map_or(Topic::Standing, |(metric, _)| metric.hazard().into())
    }

    /// What makes the person sensitive to what is measured.
    fn sensitivities(&self) -> Vec<Because> {
        let profile = self.profile;
        let allergies = || profile.allergies.keys().copied().map(Because::Allergy).collect();
        let Some((metric, _)) = self.measured else { return Vec::new() };
        match metric {
            Metric::Air | Metric::AirOf(_) | Metric::Concentration(_) | Metric::Episode(_) => {
                profile.air_sensitivities()
            }
            Metric::Uv => profile.uv_sensitivities(),
            Metric::Pollen | Metric::PollenOf(_) | Metric::Combined(Combination::PollenAir) => {
                allergies()
            }
            Metric::Vigilance(Phenomenon::Heat)
            | Metric::ApparentTemperature
            | Metric::Combined(Combination::HeatOzone) => profile.heat_sensitivities(),
            Metric::Vigilance(Phenomenon::Cold) => profile.cold_sensitivities(),
            Metric::Combined(Combination::StormGrass) => profile.storm_sensitivities(),
            Metric::Vigilance(_) | Metric::Water | Metric::Radon => Vec::new(),
        }
    }

    fn is_among(&self, audience: Audience) -> bool {
        let profile = self.profile;
        let has = |condition| profile.conditions.contains(&condition);
        match audience {
            Audience::EveryoneElse => self.sensitivities().is_empty(),
            Audience::Sensitive => !self.sensitivities().is_empty(),
            Audience::Fragile => {
                !profile.air_sensitivities().is_empty()
                    || profile.situation.contains(&Circumstance::Isolated)
            }
            Audience::Asthma => has(Condition::Asthma),
            Audience::Copd => has(Condition::Copd),
            Audience::Heart => has(Condition::Heart),
            Audience::Diabetes => has(Condition::Diabetes),
            Audience::Immune => has(Condition::Immune),
            Audience::Other => has(Condition::Other),
            Audience::Pregnant => profile.pregnant,
            Audience::OutdoorWork => profile.activities.contains(&Activity::OutdoorWork),
            Audience::SkinSensitive => profile.skin == Some(Skin::Sensitive),
            // Who watches a pollen wants advice on it, whether or not they call it an allergy.
            Audience::Allergic => self.topic() == Topic::Pollen || !profile.allergies.is_empty(),
        }
    }

    /// An audience in words: for the wide ones, what of the person belongs to it.
    fn audience_in_words(&self, texts: &Texts, audience: Audience) -> String {
        let of = |because: &[Because]| notification::reasons(texts, because);
        let key = match audience {
            Audience::Sensitive => return of(&self.sensitivities()),
            Audience::Fragile => {
                let mut because = self.profile.air_sensitivities();
                let isolated = self.profile.situation.contains(&Circumstance::Isolated);
                because.extend(isolated.then_some(Because::Isolated));
                return of(&because);
            }
            Audience::EveryoneElse => "everyone-else",
            Audience::Asthma => "asthma",
            Audience::Copd => "copd",
            Audience::Heart => "heart",
            Audience::Diabetes => "diabetes",
            Audience::Immune => "immune",
            Audience::Other => "other",
            Audience::Pregnant => "pregnant",
            Audience::OutdoorWork => "outdoor-work",
            Audience::SkinSensitive => "sensitive-skin",
            Audience::Allergic => "allergy",
        };
        texts.get(&format!("reason-{key}"))
    }
}

impl Advice {
    /// The sentence, in the language of `texts`.
    #[must_use]
    pub fn text(&self, texts: &Texts) -> String {
        texts.get(&format!("advice-{}", self.id))
    }

    /// What to do in a few words, as the middle of a sentence: "keep outings short and easy".
    #[must_use]
    pub fn lead(&self, texts: &Texts) -> Option<String> {
        self.lead.as_ref().map(|lead| texts.get(&format!("lead-{lead}")))
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
            !self.metrics.is_empty(),
            !self.audience.is_empty(),
            !self.age.is_empty(),
            !self.situations.is_empty(),
            !self.activities.is_empty(),
            !self.transport.is_empty(),
            !self.heating.is_empty(),
            !self.homes.is_empty(),
            !self.treatments.is_empty(),
            self.smoking,
            !self.seasons.is_empty(),
        ]
        .into_iter()
        .filter(|asked| *asked)
        .count()
    }

    /// Whether it asks for anything of the person: what does not is for all.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        let of_the_day =
            usize::from(!self.metrics.is_empty()) + usize::from(!self.seasons.is_empty());
        self.criteria() > of_the_day
    }

    /// Whether it is meant for this situation.
    #[must_use]
    pub fn fits(&self, situation: &Situation<'_>) -> bool {
        self.holds(&situation.case())
    }

    fn holds(&self, case: &Case<'_>) -> bool {
        let profile = case.profile;
        self.topic == case.topic()
            && case.measured.is_none_or(|(metric, level)| {
                any_or_none(&self.metrics, |one| *one == metric)
                    && self.levels.is_none_or(|[low, high]| (low..=high).contains(&level))
            })
            && any_or_none(&self.audience, |one| case.is_among(*one))
            && any_or_none(&self.age, |age| profile.age == Some(*age))
            && any_or_none(&self.situations, |one| profile.situation.contains(one))
            && any_or_none(&self.activities, |one| profile.activities.contains(one))
            && any_or_none(&self.transport, |one| profile.transport.contains(one))
            && any_or_none(&self.heating, |one| profile.heating.contains(one))
            && any_or_none(&self.homes, |one| profile.home.contains(one))
            && any_or_none(&self.treatments, |one| profile.treatment.contains(one))
            && (!self.smoking || profile.smoking)
            && any_or_none(&self.seasons, |one| *one == case.season)
    }

    /// Which of its criteria hold in a situation that it fits, in words, the level last: "asthma",
    /// "sport", "summer", "level “Poor”".
    #[must_use]
    pub fn why(&self, situation: &Situation<'_>, texts: &Texts) -> Vec<String> {
        self.reasons(&situation.case(), texts)
    }

    /// [`Advice::why`] of a piece that [`standing`] gives.
    #[must_use]
    pub fn why_standing(&self, profile: &Profile, date: NaiveDate, texts: &Texts) -> Vec<String> {
        self.reasons(&standing_case(profile, date), texts)
    }

    fn reasons(&self, case: &Case<'_>, texts: &Texts) -> Vec<String> {
        let profile = case.profile;
        let mut reasons: Vec<String> = self
            .audience
            .iter()
            .filter(|one| case.is_among(**one))
            .map(|one| case.audience_in_words(texts, *one))
            .collect();
        let mut words: Vec<&str> = Vec::new();
        words.extend(self.age.iter().filter(|it| profile.age == Some(**it)).map(|it| it.word()));
        words.extend(both(&self.situations, &profile.situation).map(Circumstance::word));
        words.extend(both(&self.activities, &profile.activities).map(Activity::word));
        words.extend(both(&self.transport, &profile.transport).map(Transport::word));
        words.extend(both(&self.heating, &profile.heating).map(Heating::word));
        words.extend(both(&self.homes, &profile.home).map(Home::word));
        words.extend(both(&self.treatments, &profile.treatment).map(Treatment::word));
        words.extend(self.smoking.then_some("smoking"));
        words.extend((!self.seasons.is_empty()).then_some(case.season.word()));
        reasons.extend(words.iter().map(|word| texts.get(&format!("reason-{word}"))));
        reasons.extend(
            case.measured
                .filter(|_| !self.metrics.is_empty())
                .map(|(metric, _)| texts.metric(metric)),
        );
        reasons.push(match (case.measured, self.levels) {
            (Some((metric, level)), Some(_)) => {
                let scale = scale_where(metric, true);
                let label = scale.map(|scale| texts.label(scale, level)).unwrap_or_default();
                let args: [Arg<'_>; 1] = [("label", label.into())];
                texts.format("reason-level", args)
            }
            _ => texts.get("reason-any-level"),
        });
        let mut said = BTreeSet::new();
        reasons.retain(|reason| said.insert(reason.clone()));
        reasons
    }
}

fn any_or_none<T>(list: &[T], holds: impl Fn(&T) -> bool) -> bool {
    list.is_empty() || list.iter().any(holds)
}

/// What is asked for and there.
fn both<'a, T: Copy + Ord>(asked: &'a [T], there: &'a BTreeSet<T>) -> impl Iterator<Item = T> + 'a {
    asked.iter().copied().filter(|one| there.contains(one))
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
    /// The official episode of pollution of that day at the place, with its level: its advice takes
    /// the place of the general one on the air.
    pub episode: Option<(Pollutant, u8)>,
}

impl<'a> Situation<'a> {
    fn case(&self) -> Case<'a> {
        let measured = match (self.metric.hazard(), self.episode) {
            (Hazard::Air, Some((pollutant, level))) if level >= FIRST_OF_AN_EPISODE => {
                (Metric::Episode(pollutant), level)
            }
            _ => (self.metric, self.level),
        };
        Case { measured: Some(measured), profile: self.profile, season: Season::of(self.date) }
    }
}

/// The level of an episode that says that there is one.
const FIRST_OF_AN_EPISODE: u8 = 2;

/// What a person says of a piece of advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// They did it.
    Done,
    /// It was of use to them.
    Useful,
    /// It was of no use to them.
    NotUseful,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 3] = [Self::Done, Self::Useful, Self::NotUseful];

    /// The word for it on the wire, in the store and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Useful => "useful",
            Self::NotUseful => "not-useful",
        }
    }

    /// The mark of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.word() == word)
    }
}

/// What became of the advice that a person was given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The last time that each piece was shown to the person.
    pub shown: BTreeMap<String, DateTime<Utc>>,
    /// What the person has marked as done today, by the device's calendar: not given again today.
    pub done: BTreeSet<String>,
    /// What the person has marked as not useful within [`NOT_USEFUL`], and not as useful since:
    /// given last.
    pub not_useful: BTreeSet<String>,
}

/// The whole catalogue, in its own order.
pub fn catalogue() -> &'static [Advice] {
    static CATALOGUE: OnceLock<Vec<Advice>> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        serde_json::from_str(include_str!("advice/catalogue.json"))
            .expect("catalogue.json is part of the program and tested")
    })
}

/// The piece with this identity.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Advice> {
    catalogue().iter().find(|advice| advice.id == id)
}

/// Over how many days a piece that was shown gives way to others.
pub const ROTATION: TimeDelta = TimeDelta::days(30);

/// For how many days a piece that was not useful gives way to others.
pub const NOT_USEFUL: TimeDelta = TimeDelta::days(90);

/// The pieces that fit, the first to be given first: what was not useful last, then the least
/// recently shown of the last 30 days, then the one with the most criteria. What was done today is
/// left out.
///
/// ```
/// use ecosante_domain::advice::{History, Situation, select};
/// use ecosante_domain::metric::Metric;
/// use ecosante_domain::person::Profile;
/// use ecosante_domain::text::{Language, Texts};
///
/// let mut child = Profile::default();
/// child.set("age", "child").expect("an age band");
/// child.set("conditions", "asthma").expect("a condition");
/// let situation = Situation {
///     metric: Metric::Air,
///     level: 4,
///     profile: &child,
///     date: "2026-09-08".parse()?,
///     episode: None,
/// };
/// let now = "2026-09-08T10:00:00Z".parse()?;
/// let mut history = History::default();
/// let first = select(&situation, &history, now)[0];
///
/// // Each piece is a sentence in every language, and names the publication that it rests on.
/// assert!(first.text(&Texts::new(Language::En)).ends_with('.'));
/// assert!(first.evidence().is_some_and(|it| it.url.starts_with("https://")));
///
/// // What was shown lately gives way to what was not.
/// history.shown.insert(first.id.clone(), now);
/// assert_ne!(select(&situation, &history, now)[0].id, first.id);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn select(
    situation: &Situation<'_>,
    history: &History,
    now: DateTime<Utc>,
) -> Vec<&'static Advice> {
    in_turn(&situation.case(), history, now, |advice| Reverse(advice.criteria()))
}

/// What holds for a person in the season of a day whatever any level says, in the order of
/// [`select`]; among what was shown as long ago, the gravest first, which is the catalogue's order.
#[must_use]
pub fn standing(
    profile: &Profile,
    date: NaiveDate,
    history: &History,
    now: DateTime<Utc>,
) -> Vec<&'static Advice> {
    in_turn(&standing_case(profile, date), history, now, |advice| Reverse(advice.is_personal()))
}

fn standing_case(profile: &Profile, date: NaiveDate) -> Case<'_> {
    Case { measured: None, profile, season: Season::of(date) }
}

fn in_turn<K: Ord>(
    case: &Case<'_>,
    history: &History,
    now: DateTime<Utc>,
    key: impl Fn(&Advice) -> K,
) -> Vec<&'static Advice> {
    let mut fitting: Vec<_> = catalogue()
        .iter()
        .filter(|advice| advice.holds(case) && !history.done.contains(&advice.id))
        .collect();
    fitting.sort_by_cached_key(|advice| {
        let recently = history.shown.get(&advice.id).filter(|at| now - **at < ROTATION);
        (history.not_useful.contains(&advice.id), recently.copied(), key(advice))
    });
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Taxon;
    use crate::person::{Allergy, profile};
    use crate::rule::Trigger;
    use crate::scale::EVENT;
    use crate::text::Language;

    const DATES: [&str; 4] = ["2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15"];

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// The entries of one profile for each reason for which a default rule can fire.
    fn audiences() -> Vec<Vec<(&'static str, &'static str)>> {
        let mut all = vec![Vec::new()];
        for condition in Condition::ALL {
            all.push(vec![("conditions", condition.word())]);
        }
        for age in Age::ALL {
            all.push(vec![("age", age.word())]);
            all.push(vec![("age", age.word()), ("conditions", "asthma")]);
            all.push(vec![("age", age.word()), ("allergies", "grass")]);
        }
        all.push(vec![("pregnant", "yes")]);
        all.push(vec![("situation", "isolated")]);
        all.push(vec![("skin", "sensitive")]);
        for taxon in Taxon::ALL {
            all.push(vec![("allergies", taxon.name())]);
        }
        all.push(vec![("allergies", "unknown")]);
        all.push(vec![("allergies", "grass"), ("conditions", "asthma")]);
        all
    }

    /// What of a life may come with each of them.
    fn lives() -> Vec<Vec<(&'static str, &'static str)>> {
        let mut all = vec![Vec::new()];
        all.extend(Activity::ALL.iter().map(|it| vec![("activities", it.word())]));
        all.extend(Transport::ALL.iter().map(|it| vec![("transport", it.word())]));
        all.extend(Heating::ALL.iter().map(|it| vec![("heating", it.word())]));
        all.extend(Home::ALL.iter().map(|it| vec![("home", it.word())]));
        all.extend(Treatment::ALL.iter().map(|it| vec![("treatment", it.word())]));
        all.push(vec![("smoking", "yes")]);
        all.push(vec![
            ("activities", "sport,outdoor-work"),
            ("home", "garden"),
            ("smoking", "yes"),
        ]);
        all
    }

    fn people() -> Vec<Profile> {
        let of = |audience: &Vec<_>, life: &Vec<_>| {
            profile(&audience.iter().chain(life).copied().collect::<Vec<_>>())
        };
        let audiences = audiences();
        lives().iter().flat_map(|life| audiences.iter().map(move |it| of(it, life))).collect()
    }

    /// The highest level that a metric can have.
    fn highest(metric: Metric) -> u8 {
        match metric {
            Metric::Episode(_) | Metric::Radon => 3,
            Metric::Vigilance(_)
            | Metric::Combined(Combination::HeatOzone | Combination::StormGrass) => 4,
            Metric::Uv => 5,
            _ => 6,
        }
    }

    /// The levels of a metric at which there is something to say, the event of the air among them.
    fn levels(metric: Metric) -> Vec<u8> {
        let lowest = crate::person::lowest_limit(metric);
        let event = (metric == Metric::Air).then_some(EVENT);
        (lowest..=highest(metric)).chain(event).collect()
    }

    /// The seasons in which a metric can be high.
    fn seasons(metric: Metric) -> &'static [Season] {
        use Season::{Autumn, Spring, Summer, Winter};
        match metric {
            Metric::PollenOf(Taxon::Alder) => &[Winter, Spring],
            Metric::PollenOf(Taxon::Birch) => &[Spring],
            Metric::PollenOf(Taxon::Grass | Taxon::Olive)
            | Metric::Combined(Combination::StormGrass) => &[Spring, Summer],
            Metric::PollenOf(Taxon::Mugwort | Taxon::Ragweed) => &[Summer, Autumn],
            Metric::Vigilance(Phenomenon::Heat) | Metric::Combined(Combination::HeatOzone) => {
                &[Spring, Summer, Autumn]
            }
            Metric::Vigilance(Phenomenon::Cold | Phenomenon::SnowIce | Phenomenon::Avalanche) => {
                &[Autumn, Winter, Spring]
            }
            _ => &[Winter, Spring, Summer, Autumn],
        }
    }

    /// Everything that can be measured, and nothing, in every season of it.
    fn measured() -> Vec<(Option<(Metric, u8)>, Season)> {
        let mut metrics = Metric::with_rules();
        metrics.push(Metric::Radon);
        let mut all = Vec::new();
        for metric in metrics {
            for level in levels(metric) {
                all.extend(seasons(metric).iter().map(|it| (Some((metric, level)), *it)));
            }
        }
        for season in seasons(Metric::Air) {
            all.push((Some((Metric::Water, 1)), *season));
            all.push((None, *season));
        }
        all
    }

    fn given(
        metric: Metric,
        level: u8,
        profile: &Profile,
        date: NaiveDate,
    ) -> Vec<&'static Advice> {
        let situation = Situation { metric, level, profile, date, episode: None };
        select(&situation, &History::default(), DateTime::UNIX_EPOCH)
    }

    /// Has every list of pieces judged to which a rule that nobody chose can lead, for every audience
    /// and season.
    fn whenever_a_default_rule_fires(judge: impl Fn(&[&'static Advice]) -> bool) {
        for profile in people() {
            for rule in profile.rules() {
                let highest = match rule.trigger {
                    Trigger::Event => EVENT,
                    Trigger::From(_) => highest(rule.metric),
                };
                for level in rule.level()..=highest {
                    for day in DATES {
                        let given = given(rule.metric, level, &profile, date(day));
                        assert!(
                            judge(&given),
                            "{} at {level} in {day} for {:?}",
                            rule.metric,
                            profile.entries()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn no_default_rule_can_fire_without_advice_for_who_is_told() {
        whenever_a_default_rule_fires(|given| !given.is_empty());
    }

    #[test]
    fn a_limit_of_ones_own_has_advice_at_every_level_it_can_be_set_to() {
        for metric in Metric::with_rules() {
            let own = Profile::default();
            for level in levels(metric) {
                let found = given(metric, level, &own, date("2026-05-15"));
                assert!(!found.is_empty(), "{metric} at {level}");
            }
        }
    }

    #[test]
    fn each_danger_of_the_weather_has_advice_of_its_own_at_orange_and_red() {
        for phenomenon in Phenomenon::ALL {
            let metric = Metric::Vigilance(phenomenon);
            for level in [3, 4] {
                let found = given(metric, level, &Profile::default(), date("2026-01-15"));
                assert!(found[0].metrics.contains(&metric), "{metric} at {level}");
            }
        }
    }

    #[test]
    fn whoever_is_told_earlier_than_others_gets_advice_meant_for_them() {
        let early = [
            (Metric::Air, 3, vec![("conditions", "other")]),
            (Metric::Air, 3, vec![("pregnant", "yes")]),
            (Metric::Episode(Pollutant::Pm25), 2, vec![("conditions", "diabetes")]),
            (Metric::Uv, 2, vec![("age", "child")]),
            (Metric::Vigilance(Phenomenon::Heat), 2, vec![("age", "over65")]),
            (Metric::Vigilance(Phenomenon::Heat), 2, vec![("activities", "sport")]),
            (Metric::Vigilance(Phenomenon::Heat), 2, vec![("pregnant", "yes")]),
            (Metric::Vigilance(Phenomenon::Cold), 2, vec![("conditions", "copd")]),
            (Metric::Vigilance(Phenomenon::Cold), 2, vec![("situation", "isolated")]),
            (Metric::Vigilance(Phenomenon::Cold), 2, vec![("activities", "outdoor-work")]),
            (Metric::Combined(Combination::StormGrass), 2, vec![("conditions", "asthma")]),
        ];
        for (metric, level, entries) in early {
            let found = given(metric, level, &profile(&entries), date("2026-05-15"));
            assert!(found[0].is_personal(), "{metric} at {level} for {entries:?}: {:?}", found[0]);
        }
    }

    #[test]
    fn every_piece_has_its_sentence_in_both_languages_its_fact_its_source_and_right_levels() {
        let mut ids = BTreeSet::new();
        for advice in catalogue() {
            let id = &advice.id;
            assert!(ids.insert(id), "{id} stands twice");
            assert!(advice.evidence().is_some(), "{id} rests on {}", advice.source);
            let is_name = advice.fact.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
            assert!(is_name && advice.fact.len() > 3, "{id} rests on the fact {:?}", advice.fact);
            let without = matches!(advice.topic, Topic::Water | Topic::Standing);
            match advice.levels {
                Some([lowest, highest]) => {
                    assert!(!without && 1 <= lowest && lowest <= highest, "{id}");
                    // An event has no rank: what is said of it is said of nothing else.
                    assert_eq!(lowest == EVENT, highest >= EVENT, "{id}");
                }
                None => assert!(without, "{id} has no levels"),
            }
        }
    }

    #[test]
    fn sentences_are_neither_empty_nor_long_and_none_is_said_twice() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut said = BTreeMap::new();
            for advice in catalogue() {
                assert!(texts.has(&format!("advice-{}", advice.id)), "{language} {}", advice.id);
                let text = advice.text(&texts);
                assert!((10..=240).contains(&text.chars().count()), "{language} {}", advice.id);
                let twin = said.insert(text, &advice.id);
                assert_eq!(twin, None, "{language} {}", advice.id);
            }
        }
    }

    #[test]
    fn leads_are_a_few_words_in_the_middle_of_a_sentence() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for advice in catalogue() {
                let Some(lead) = advice.lead(&texts) else { continue };
                let words = lead.split_whitespace().count();
                assert!((2..=9).contains(&words), "{language}: {lead}");
                assert!(lead.starts_with(char::is_lowercase), "{language}: {lead}");
                assert!(!lead.contains([':', ';', '.', '(']), "{language}: {lead}");
            }
        }
    }

    /// At every level at which a rule that nobody chose can fire, for every audience, the sentence
    /// of Today can begin with what to do.
    #[test]
    fn no_default_rule_can_fire_without_a_piece_that_says_first_what_to_do() {
        whenever_a_default_rule_fires(|given| given.iter().any(|it| it.lead.is_some()));
    }

    #[test]
    fn no_sentence_is_without_its_piece() {
        for language in Language::ALL {
            let source = language.catalogue("advice.ftl").expect("every language has one");
            let keys = source.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
            for key in keys.filter(|key| !key.starts_with('#')) {
                let leads = |lead| catalogue().iter().any(|it| it.lead.as_deref() == Some(lead));
                let is_used = match key.strip_prefix("lead-") {
                    Some(lead) => leads(lead),
                    None => key.strip_prefix("advice-").is_some_and(|id| by_id(id).is_some()),
                };
                assert!(is_used, "{key}");
            }
        }
    }

    #[test]
    fn every_publication_is_behind_a_piece_of_advice_a_limit_or_what_is_counted() {
        let mut used: BTreeSet<&str> = catalogue().iter().map(|it| it.source.as_str()).collect();
        used.extend(crate::diary::OWN_THRESHOLD);
        used.insert(crate::impact::GUIDELINE);
        for profile in people() {
            let rules = profile.rules();
            used.extend(rules.iter().filter_map(|rule| Some(rule.provenance?.evidence)));
        }
        for key in evidence::all().keys() {
            assert!(used.contains(key.as_str()), "nothing rests on {key}");
        }
    }

    /// The piece with each of its criteria narrowed to one of its values in turn.
    fn narrowed(advice: &Advice) -> Vec<Advice> {
        macro_rules! each_of {
            ($all:ident: $($kind:ident),+) => {$(
                for value in &advice.$kind {
                    $all.push(Advice { $kind: vec![*value], ..advice.clone() });
                }
            )+};
        }
        let mut all = vec![advice.clone()];
        each_of!(all: metrics, audience, age, situations, activities, transport, heating, homes,
            treatments, seasons);
        if let Some([lowest, highest]) = advice.levels {
            // Hazards together are said on two scales, of which one ends earlier.
            let highest = if advice.topic == Topic::Combined { 4 } else { highest };
            all.extend(
                (lowest..=highest).map(|it| Advice { levels: Some([it, it]), ..advice.clone() }),
            );
        }
        all
    }

    #[test]
    fn no_piece_has_a_criterion_that_can_never_hold() {
        let people = people();
        let mut by_topic: BTreeMap<Topic, Vec<_>> = BTreeMap::new();
        for (measured, season) in measured() {
            let topic = Case { measured, profile: &people[0], season }.topic();
            by_topic.entry(topic).or_default().push((measured, season));
        }
        for advice in catalogue() {
            for narrow in narrowed(advice) {
                let possible = by_topic[&narrow.topic].iter().any(|(measured, season)| {
                    people.iter().any(|profile| {
                        narrow.holds(&Case { measured: *measured, profile, season: *season })
                    })
                });
                assert!(possible, "never given: {narrow:?}");
            }
        }
    }

    #[test]
    fn advice_rotates_over_thirty_days_and_the_closest_comes_first() {
        let child = profile(&[("age", "child"), ("conditions", "asthma"), ("activities", "sport")]);
        let now: DateTime<Utc> = "2026-09-08T14:00:00Z".parse().expect("a moment");
        let situation = Situation {
            metric: Metric::Air,
            level: 3,
            profile: &child,
            date: date("2026-09-08"),
            episode: None,
        };
        let after = |history: &History| select(&situation, history, now);
        let first = after(&History::default());
        assert!(first.len() >= 2, "there is something to rotate");
        assert!(first[0].criteria() >= first[first.len() - 1].criteria());
        let shown = |days| History {
            shown: BTreeMap::from([(first[0].id.clone(), now - TimeDelta::days(days))]),
            ..History::default()
        };
        assert_ne!(after(&shown(1))[0].id, first[0].id);
        assert_eq!(after(&shown(31))[0].id, first[0].id);
    }

    #[test]
    fn what_was_done_is_left_out_and_what_was_not_useful_comes_last() {
        let profile = profile(&[("allergies", "grass")]);
        let metric = Metric::PollenOf(Taxon::Grass);
        let situation = Situation {
            metric,
            level: 4,
            profile: &profile,
            date: date("2026-05-15"),
            episode: None,
        };
        let now = DateTime::UNIX_EPOCH;
        let first = select(&situation, &History::default(), now);
        let id = first[0].id.clone();
        let done = History { done: BTreeSet::from([id.clone()]), ..History::default() };
        let left = select(&situation, &done, now);
        assert_eq!(left.len(), first.len() - 1);
        assert!(left.iter().all(|it| it.id != id));
        // Last even after what was shown a moment ago.
        let shown = first[1..].iter().map(|it| (it.id.clone(), now)).collect();
        let not_useful =
            History { shown, not_useful: BTreeSet::from([id.clone()]), ..History::default() };
        assert_eq!(select(&situation, &not_useful, now).last().map(|it| &it.id), Some(&id));
    }

    #[test]
    fn an_official_episode_takes_the_place_of_general_advice_on_the_air() {
        for profile in people() {
            for pollutant in Pollutant::ALL {
                for level in [2, 3] {
                    let situation = Situation {
                        metric: Metric::Air,
                        level: 4,
                        profile: &profile,
                        date: date("2026-07-15"),
                        episode: Some((pollutant, level)),
                    };
                    let found = select(&situation, &History::default(), DateTime::UNIX_EPOCH);
                    let own = given(Metric::Episode(pollutant), level, &profile, situation.date);
                    assert_eq!(found, own);
                    assert!(found.iter().all(|it| it.topic == Topic::Episode));
                }
            }
        }
        let profile = Profile::default();
        let mut situation = Situation {
            metric: Metric::Uv,
            level: 4,
            profile: &profile,
            date: date("2026-07-15"),
            episode: Some((Pollutant::O3, 3)),
        };
        let found = select(&situation, &History::default(), DateTime::UNIX_EPOCH);
        assert!(found.iter().all(|it| it.topic == Topic::Uv), "the sun has no part in it");
        (situation.metric, situation.episode) = (Metric::Air, Some((Pollutant::O3, 1)));
        let found = select(&situation, &History::default(), DateTime::UNIX_EPOCH);
        assert!(found.iter().all(|it| it.topic == Topic::Air), "level 1 says that there is none");
    }

    #[test]
    fn babies_are_kept_out_of_the_sun_whatever_the_index_and_the_season() {
        let now = DateTime::UNIX_EPOCH;
        let first = |entries: &[(&str, &str)], day| {
            let found = standing(&profile(entries), date(day), &History::default(), now);
            found.first().map(|it| it.id.clone()).unwrap_or_default()
        };
        for day in DATES {
            assert_eq!(first(&[("age", "under1")], day), "standing-baby-never-in-the-sun");
        }
        assert_eq!(first(&[("age", "child")], DATES[2]), "standing-child-never-alone-in-a-car");
        assert_ne!(first(&[("age", "child")], DATES[0]), "standing-child-never-alone-in-a-car");
        assert_eq!(first(&[("heating", "wood")], DATES[0]), "standing-carbon-monoxide-signs");
        let everyone = standing(&Profile::default(), date(DATES[0]), &History::default(), now);
        assert!(everyone.iter().any(|it| it.id == "standing-carbon-monoxide-act"));
    }

    #[test]
    fn a_piece_says_which_of_its_criteria_brought_it() {
        let runner = profile(&[("conditions", "asthma"), ("activities", "sport")]);
        let situation = Situation {
            metric: Metric::Air,
            level: 4,
            profile: &runner,
            date: date("2026-07-15"),
            episode: None,
        };
        let why = |id: &str, situation: &Situation<'_>, language| {
            by_id(id).expect("a piece").why(situation, &Texts::new(language))
        };
        let moderate = "air-sport-sensitive-moderate";
        assert_eq!(why(moderate, &situation, Language::En), ["asthma", "sport", "level “Poor”"]);
        assert_eq!(
            why("air-summer-go-out-early", &situation, Language::Fr),
            ["été", "niveau «\u{a0}Mauvais\u{a0}»"]
        );
        let episode = Situation { episode: Some((Pollutant::O3, 3)), ..situation };
        let said = why("episode-ozone-gentle-indoors", &episode, Language::En);
        assert!(said.iter().any(|it| it.contains("ozone")), "{said:?}");
        let baby = profile(&[("age", "under1")]);
        let piece = by_id("standing-baby-never-in-the-sun").expect("a piece");
        assert_eq!(
            piece.why_standing(&baby, situation.date, &Texts::new(Language::En)),
            ["under one year old", "whatever the level"]
        );
    }

    #[test]
    fn every_reason_of_every_piece_is_in_words() {
        let people = people();
        for language in Language::ALL {
            let texts = Texts::new(language);
            for (measured, season) in measured() {
                for profile in people.iter().step_by(7) {
                    let case = Case { measured, profile, season };
                    for advice in catalogue().iter().filter(|it| it.holds(&case)) {
                        let reasons = advice.reasons(&case, &texts);
                        let words = |it: &String| !it.is_empty() && !it.contains("reason-");
                        assert!(reasons.iter().all(words), "{reasons:?} of {}", advice.id);
                    }
                }
            }
        }
    }

    #[test]
    fn advice_for_one_pollen_is_not_given_for_another() {
        let allergic = profile(&[("allergies", "ragweed,birch")]);
        assert!(allergic.allergies.contains_key(&Allergy::To(Taxon::Birch)));
        let metric = Metric::PollenOf(Taxon::Birch);
        for advice in given(metric, 4, &allergic, date("2026-04-08")) {
            assert!(advice.metrics.is_empty() || advice.metrics.contains(&metric), "{}", advice.id);
        }
    }

    #[test]
    fn seasons_are_whole_months() {
        let season = |day| Season::of(date(day));
        assert_eq!(season("2026-02-28"), Season::Winter);
        assert_eq!(season("2026-03-01"), Season::Spring);
        assert_eq!(season("2026-08-31"), Season::Summer);
        assert_eq!(season("2026-09-01"), Season::Autumn);
        assert_eq!(season("2026-12-01"), Season::Winter);
    }
}
