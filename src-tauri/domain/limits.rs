//! The limits of a person as they are shown and set: where each stands, where it would stand by
//! itself, and why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::evidence::{self, Evidence};
use crate::metric::Metric;
use crate::notification;
use crate::person::{PersonId, Profile, highest_limit, lowest_limit};
use crate::rule::{Because, Rule, Trigger};
use crate::scale::scale_where;
use crate::scale::{self, Scale};
use crate::text::{Arg, Texts};

/// The limits of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLimits {
    /// The person.
    pub person: PersonId,
    /// One for each metric on which a rule can stand.
    pub limits: Vec<LimitView>,
}

/// From where on a person is told of a metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitView {
    /// The metric.
    pub metric: Metric,
    /// Its name: "grass pollen".
    pub name: String,
    /// The scale of the levels.
    pub scale: Scale,
    /// Where the limit can stand, the earliest first; "never" is the last.
    pub choices: Vec<LimitChoice>,
    /// Which of them it is.
    pub chosen: usize,
    /// Which of them it would be by itself.
    pub usual: usize,
    /// Whether the person has set it.
    pub own: bool,
    /// Why it stands there, a sentence.
    pub why: String,
    /// The publication behind the usual limit; null where there is none by itself.
    pub evidence: Option<Evidence>,
    /// Whether the figure of the usual limit is this app's choice, which the publication only
    /// supports.
    pub own_choice: bool,
    /// Until when it is muted, a sentence; null where it is not.
    pub muted: Option<String>,
}

/// A place where a limit can stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitChoice {
    /// The value of `level.METRIC`: a level, for UV an index, or `off`; the usual one is set by the
    /// empty value.
    pub value: String,
    /// The level of the scale from which it is met; null for never.
    pub level: Option<u8>,
    /// In words: "from “Moderate” up", "never".
    pub label: String,
}

/// The limits of a profile, in the order in which they are shown, on the scales of France or of the
/// world outside.
#[must_use]
pub fn limits(
    texts: &Texts,
    profile: &Profile,
    in_france: bool,
    today: NaiveDate,
) -> Vec<LimitView> {
    let scales = Metric::with_rules()
        .into_iter()
        .filter_map(|metric| Some((metric, scale_where(metric, in_france)?)));
    scales
        .map(|(metric, scale)| limit(texts, profile, metric, scale, today))
        // Hazards together that do not concern a person cannot be chosen.
        .filter(|limit| {
            !matches!(limit.metric, Metric::Combined(_))
                || limit.choices[limit.usual].level.is_some()
        })
        .collect()
}

/// "Muted until tomorrow."
#[must_use]
pub fn muted_until(texts: &Texts, until: NaiveDate, today: NaiveDate) -> String {
    texts.format("limit-muted", [("until", texts.day(until, today).into())])
}

fn limit(
    texts: &Texts,
    profile: &Profile,
    metric: Metric,
    scale: Scale,
    today: NaiveDate,
) -> LimitView {
    let (lowest, highest) = (lowest_limit(metric), highest_limit(metric));
    let mut choices: Vec<_> = (lowest..=highest)
        .map(|limit| LimitChoice {
            value: limit.to_string(),
            level: Some(if metric == Metric::Uv { scale::uv_who_level(limit) } else { limit }),
            label: from(texts, metric, limit, scale),
        })
        .collect();
    choices.push(LimitChoice {
        value: "off".to_owned(),
        level: None,
        // Exceptional events go with the air.
        label: texts.get(if metric == Metric::Air { "limit-never-air" } else { "limit-never" }),
    });
    let position = |rule: Option<&Rule>| {
        let limit = rule.map_or(highest + 1, Rule::threshold);
        usize::from(limit.clamp(lowest, highest + 1) - lowest)
    };

    let mut usual_profile = profile.clone();
    // Every metric that is asked about has rules, so this cannot be refused.
    let _ = usual_profile.set(&format!("level.{metric}"), "");
    let usual_rules = usual_profile.rules();
    let usual = ordinary(&usual_rules, metric);
    let rules = profile.rules();
    let chosen = ordinary(&rules, metric);
    let own = *profile != usual_profile;
    let why = if own {
        texts.format("limit-own", [("usual", in_words(texts, metric, usual, scale).into())])
    } else {
        why_usual(texts, metric, usual)
    };
    let provenance = usual.and_then(|rule| rule.provenance);
    LimitView {
        metric,
        name: texts.metric(metric),
        scale,
        chosen: position(chosen),
        usual: position(usual),
        own,
        choices,
        why,
        evidence: provenance.and_then(|it| evidence::by_key(it.evidence)).cloned(),
        own_choice: provenance.is_some_and(|it| it.own_choice),
        muted: profile
            .mutes
            .get(&metric)
            .filter(|until| **until > today)
            .map(|until| muted_until(texts, *until, today)),
    }
}

/// From where on a rule tells, "never" where there is none.
#[must_use]
pub fn in_words(texts: &Texts, metric: Metric, rule: Option<&Rule>, scale: Scale) -> String {
    let from = |rule: &Rule| from(texts, metric, rule.threshold(), scale);
    rule.map_or_else(|| texts.get("limit-never"), from)
}

/// "from “Moderate” up", for UV "from index 6 up (High)".
#[must_use]
pub fn from(texts: &Texts, metric: Metric, limit: u8, scale: Scale) -> String {
    if let Metric::Combined(_) = metric {
        return texts.get("limit-together");
    }
    let limit_in_words = notification::threshold(texts, limit, scale);
    if scale == Scale::UvWho {
        let label = texts.label(scale, scale::uv_who_level(limit));
        let args: [Arg<'_>; 2] = [("limit", limit_in_words.into()), ("label", label.into())];
        return texts.format("limit-from-index", args);
    }
    texts.format("limit-from", [("limit", limit_in_words.into())])
}

fn why_usual(texts: &Texts, metric: Metric, usual: Option<&Rule>) -> String {
    match usual.map(|rule| rule.because.as_slice()) {
        None if matches!(metric, Metric::Combined(_)) => texts.get("limit-usual-concerned"),
        None => texts.get("limit-usual-never"),
        Some([Because::Everyone]) => texts.get("limit-usual-everyone"),
        Some(because) => {
            let reasons = notification::reasons(texts, because);
            texts.format("limit-usual-for", [("reasons", reasons.into())])
        }
    }
}

/// The rule of a metric that has a level; an event has none.
#[must_use]
pub fn ordinary(rules: &[Rule], metric: Metric) -> Option<&Rule> {
    rules.iter().find(|rule| rule.metric == metric && matches!(rule.trigger, Trigger::From(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Taxon;
    use crate::person::profile;
    use crate::text::Language;

    fn of(entries: &[(&str, &str)], metric: Metric) -> LimitView {
        let texts = Texts::new(Language::En);
        let limits = limits(&texts, &profile(entries), true, "2026-09-08".parse().expect("a date"));
        limits.into_iter().find(|limit| limit.metric == metric).expect("a limit of every rule")
    }

    fn chosen(limit: &LimitView) -> &str {
        &limit.choices[limit.chosen].value
    }

    #[test]
    fn the_usual_limit_says_for_whom_it_is_and_who_says_so() {
        let everyone = of(&[], Metric::Air);
        assert_eq!((chosen(&everyone), everyone.chosen), ("4", everyone.usual));
        assert_eq!(everyone.why, "The usual limit for everyone.");
        assert!(everyone.evidence.is_some() && !everyone.own_choice && !everyone.own);
        let asthma = of(&[("conditions", "asthma")], Metric::Air);
        assert_eq!(asthma.choices[asthma.chosen].label, "from “Moderate” up");
        assert_eq!(asthma.why, "The usual limit (asthma).");
    }

    #[test]
    fn a_limit_of_ones_own_says_what_the_usual_one_is() {
        let own = of(&[("conditions", "asthma"), ("level.air", "5")], Metric::Air);
        assert!(own.own);
        assert_eq!(chosen(&own), "5");
        assert_eq!(own.why, "You chose this limit. The usual one: from “Moderate” up.");
        let off = of(&[("level.uv", "off")], Metric::Uv);
        assert_eq!((chosen(&off), off.choices[off.usual].value.as_str()), ("off", "6"));
        assert_eq!(off.choices[off.usual].label, "from index 6 up (High)");
    }

    #[test]
    fn what_nobody_is_allergic_to_is_never_told_and_can_be() {
        let olive = of(&[], Metric::PollenOf(Taxon::Olive));
        assert_eq!(chosen(&olive), "off");
        assert_eq!(olive.why, "Usually told only to who is allergic to it.");
        assert_eq!(olive.evidence, None);
        assert!(of(&[("allergies", "olive")], Metric::PollenOf(Taxon::Olive)).own_choice);
    }

    #[test]
    fn a_level_beside_an_allergy_is_a_limit_of_ones_own() {
        let grass = of(&[("allergies", "birch,grass:5")], Metric::PollenOf(Taxon::Grass));
        assert_eq!((chosen(&grass), grass.choices[grass.usual].value.as_str()), ("5", "3"));
        assert!(grass.why.starts_with("You chose"), "{}", grass.why);
    }

    #[test]
    fn every_choice_can_be_set_and_is_then_the_chosen_one() {
        let allergic = ("allergies", "grass");
        for metric in Metric::with_rules() {
            let choices = of(&[allergic], metric).choices;
            for (number, choice) in choices.iter().enumerate() {
                let entry = format!("level.{metric}");
                let set = of(&[allergic, (entry.as_str(), choice.value.as_str())], metric);
                assert_eq!(set.chosen, number, "{metric} {}", choice.value);
            }
        }
    }
}
