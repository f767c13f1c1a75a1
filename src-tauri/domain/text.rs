//! Every sentence a person reads, from the Fluent catalogues in `locales/`.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::metric::Metric;
use crate::scale::Scale;

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// Where the system speaks none of ours, and before anybody has said which: that of the public whom
/// the sources serve.
impl Default for Language {
    fn default() -> Self {
        Self::Fr
    }
}

impl Language {
    /// What is spoken to a system whose language is none of ours.
    pub const ABROAD: Self = Self::En;

    /// The language of a locale such as `fr_FR.UTF-8` or `en-GB`; `None` for one not spoken here.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '-', '.', '@']).next()?;
        code.to_ascii_lowercase().parse().ok()
    }

    /// One of its catalogues, by the name of the file.
    #[must_use]
    pub fn catalogue(self, file: &str) -> Option<&'static str> {
        self.catalogues().iter().find(|(name, _)| *name == file).map(|(_, source)| *source)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or_else(|| format!("unknown language {code:?}"))
    }
}

/// What fills a variable of a sentence.
pub type Arg<'a> = (&'a str, FluentValue<'a>);

/// The sentences of one language.
///
/// ```
/// use ecosante_domain::metric::{Metric, Taxon};
/// use ecosante_domain::scale::Scale;
/// use ecosante_domain::text::{Language, Texts};
///
/// let (en, fr) = (Texts::new(Language::En), Texts::new(Language::Fr));
/// assert_eq!(en.label(Scale::Atmo2021, 3), "Moderate");
/// assert_eq!(fr.label(Scale::Atmo2021, 3), "Dégradé");
/// assert_eq!(fr.metric(Metric::PollenOf(Taxon::Grass)), "pollens de graminées");
/// assert_eq!(fr.number(3.7, 1), "3,7");
/// assert_eq!(fr.date("2026-09-08".parse()?), "mardi 8 septembre");
/// assert_eq!(Language::of_locale("fr_FR.UTF-8"), Some(Language::Fr));
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Texts({})", self.language)
    }
}

impl Texts {
    /// The catalogues of a language.
    ///
    /// # Panics
    /// If a catalogue, which is part of the program, does not parse; a test reads them all.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let id = language.code().parse().expect("the code of a language is a language id");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The marks around variables are for texts that mix writing directions; terminals show them.
        bundle.set_use_isolating(false);
        for (name, source) in language.catalogues() {
            let resource = FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{language}/{name}: {errors:?}"));
            bundle
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("{language}/{name}: {errors:?}"));
        }
        Self { language, bundle }
    }

    /// The language spoken.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a sentence for this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The sentence for a key that takes no variables.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.format(key, [])
    }

    /// The sentence for a key, its variables filled in.
    ///
    /// A key without a sentence gives the key itself, so that a mistake is seen and not hidden.
    #[must_use]
    pub fn format<'a>(&self, key: &str, args: impl IntoIterator<Item = Arg<'a>>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        debug_assert!(pattern.is_some(), "no sentence for {key} in {}", self.language);
        let Some(pattern) = pattern else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> = args.into_iter().collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        debug_assert!(errors.is_empty(), "{key} in {}: {errors:?}", self.language);
        text.into_owned()
    }

    /// The word for a level of a scale: "Dégradé".
    #[must_use]
    pub fn label(&self, scale: Scale, level: u8) -> String {
        match scale.rank(level) {
            Some(rank) => self.get(&format!("scale-{scale}-{rank}")),
            None if scale.colour(level).is_some() => self.get(&format!("scale-{scale}-event")),
            None => level.to_string(),
        }
    }

    /// The name of a scale: "indice ATMO".
    #[must_use]
    pub fn scale(&self, scale: Scale) -> String {
        self.get(&format!("scale-{scale}"))
    }

    /// What a scale says, in some sentences.
    #[must_use]
    pub fn definition(&self, scale: Scale) -> String {
        self.get(&format!("scale-{scale}-definition"))
    }

    /// The name of a metric: "pollens de graminées".
    #[must_use]
    pub fn metric(&self, metric: Metric) -> String {
        self.get(&format!("metric-{}", metric.to_string().replace('.', "-")))
    }

    /// A number with so many decimals, by the sign of the language: "3,7".
    #[must_use]
    pub fn number(&self, value: f64, decimals: usize) -> String {
        format!("{value:.decimals$}").replace('.', &self.get("decimal-sign"))
    }

    /// A date in words: "mardi 8 septembre".
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        let weekday = self.get(&format!("weekday-{}", date.weekday().number_from_monday()));
        let month = self.get(&format!("month-{}", date.month()));
        let args: [Arg<'_>; 3] =
            [("weekday", weekday.into()), ("day", date.day().into()), ("month", month.into())];
        self.format("date", args)
    }

    /// A date as it stands under a chart: "8 sept.".
    #[must_use]
    pub fn date_short(&self, date: NaiveDate) -> String {
        let month = self.get(&format!("month-short-{}", date.month()));
        self.format("date-short", [("day", date.day().into()), ("month", month.into())])
    }

    /// A date as it is said on the day `today`: "aujourd’hui", "demain", else [`Self::date`].
    #[must_use]
    pub fn day(&self, date: NaiveDate, today: NaiveDate) -> String {
        match (date - today).num_days() {
            -1 => self.get("yesterday"),
            0 => self.get("today"),
            1 => self.get("tomorrow"),
            _ => self.date(date),
        }
    }

    /// A moment as it is said at `now`, by a clock in `zone`: "aujourd’hui à 14:22".
    ///
    /// ```
    /// use chrono_tz::Tz;
    /// use ecosante_domain::text::{Language, Texts};
    ///
    /// let texts = Texts::new(Language::Fr);
    /// let (moment, now) = ("2026-09-08T12:22:00Z".parse()?, "2026-09-08T14:00:00Z".parse()?);
    /// assert_eq!(texts.moment(moment, now, &Tz::Europe__Paris), "aujourd’hui à 14:22");
    /// assert_eq!(texts.moment(moment, now, &Tz::America__Cayenne), "aujourd’hui à 09:22");
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn moment<Z: TimeZone>(
        &self,
        moment: DateTime<Utc>,
        now: DateTime<Utc>,
        zone: &Z,
    ) -> String {
        let local = moment.with_timezone(zone).naive_local();
        let today = now.with_timezone(zone).date_naive();
        let args: [Arg<'_>; 2] = [
            ("day", self.day(local.date(), today).into()),
            ("time", local.format("%H:%M").to_string().into()),
        ];
        self.format("moment", args)
    }

    /// Several items as one list: "Lyon, Paris et Nantes".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                let args: [Arg<'_>; 2] =
                    [("first", first.join(", ").into()), ("last", last.as_str().into())];
                self.format("list", args)
            }
        }
    }

    /// The sentence with its first letter in upper case.
    #[must_use]
    pub fn sentence_case(&self, text: &str) -> String {
        sentence_case(text)
    }
}

/// A text with its first letter in upper case.
#[must_use]
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Keys of a catalogue with the variables that each uses.
    fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines() {
            let begins = line.chars().next().is_some_and(|first| first.is_ascii_alphabetic());
            if begins && let Some((key, _)) = line.split_once('=') {
                current = key.trim().to_owned();
                keys.insert(current.clone(), BTreeSet::new());
            }
            if line.starts_with('#') {
                continue;
            }
            for variable in line.split('$').skip(1) {
                let name: String = variable
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
                    .collect();
                keys.entry(current.clone()).or_insert_with(BTreeSet::new).insert(name);
            }
        }
        keys
    }

    #[test]
    fn all_languages_say_the_same_things_with_the_same_variables() {
        for language in Language::ALL {
            assert_eq!(language.catalogues().len(), Language::default().catalogues().len());
            for (name, source) in Language::default().catalogues() {
                let said = language.catalogue(name).unwrap_or_else(|| panic!("{language}/{name}"));
                assert_eq!(keys(said), keys(source), "{language}/{name}");
            }
        }
    }

    #[test]
    fn every_level_of_every_scale_and_every_metric_has_a_word() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for scale in Scale::ALL {
                assert!(!texts.scale(scale).is_empty());
                for level in 1..=scale.levels() {
                    assert!(!texts.label(scale, level).is_empty());
                }
            }
            assert!(!texts.label(Scale::Atmo2021, crate::scale::EVENT).is_empty());
            for metric in Metric::all() {
                assert!(!texts.metric(metric).is_empty());
            }
        }
    }

    #[test]
    fn dates_are_said_as_people_say_them() {
        let date: NaiveDate = "2026-09-01".parse().expect("a date");
        let now = "2026-09-01T10:00:00Z".parse().expect("a moment");
        let fr = Texts::new(Language::Fr);
        assert_eq!(fr.date(date), "mardi 1er septembre");
        assert_eq!(fr.day(date.succ_opt().expect("a day"), date), "demain");
        assert_eq!(fr.moment(now, now, &chrono_tz::Tz::Europe__Paris), "aujourd’hui à 12:00");
        let en = Texts::new(Language::En);
        assert_eq!(en.date(date), "Tuesday 1 September");
        assert_eq!(
            en.list(&["Lyon".into(), "Paris".into(), "Nantes".into()]),
            "Lyon, Paris and Nantes"
        );
    }

    #[test]
    fn a_locale_gives_its_language_or_none() {
        assert_eq!(Language::of_locale("fr_CA.UTF-8"), Some(Language::Fr));
        assert_eq!(Language::of_locale("en-GB"), Some(Language::En));
        assert_eq!(Language::of_locale("de_DE"), None);
        assert_eq!(Language::of_locale("C"), None);
    }
}
