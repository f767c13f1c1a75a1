//! The summary of the day that a device tells in the morning, in the evening, or both.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use crate::notification::Message;
use crate::text::{Arg, Texts};
use crate::window::{Answer, PlaceToday, Verdict};

/// When a summary is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digest {
    /// At seven.
    Morning,
    /// At seven in the evening.
    Evening,
    /// At both.
    Both,
}

impl Digest {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Evening, Self::Both];

    /// The word used in settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Evening => "evening",
            Self::Both => "both",
        }
    }

    /// The summary that is due by the clock of the device; `None` where its time has not come, or is
    /// so long past that it is of no use.
    #[must_use]
    pub fn due(self, local: NaiveDateTime) -> Option<DigestDue> {
        let due = |half: Half| {
            let at = local.date().and_hms_opt(half.hour(), 0, 0)?;
            let fits = at <= local && local < at + FRESH;
            fits.then_some(DigestDue { date: local.date(), half })
        };
        match self {
            Self::Morning => due(Half::Morning),
            Self::Evening => due(Half::Evening),
            Self::Both => due(Half::Morning).or_else(|| due(Half::Evening)),
        }
    }
}

impl FromStr for Digest {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|it| it.word() == word);
        known.ok_or_else(|| format!("{word:?} is no time of a summary"))
    }
}

/// How long after its time a summary is still worth telling.
const FRESH: TimeDelta = TimeDelta::hours(4);

/// A half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Before noon.
    Morning,
    /// After noon.
    Evening,
}

impl Half {
    /// The hour at which it is told, by the clock of the device.
    #[must_use]
    pub fn hour(self) -> u32 {
        match self {
            Self::Morning => 7,
            Self::Evening => 19,
        }
    }
}

/// One summary: of a morning or an evening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestDue {
    /// The day, by the clock of the device.
    pub date: NaiveDate,
    /// Its half.
    pub half: Half,
}

impl fmt::Display for DigestDue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, self.half.hour())
    }
}

impl FromStr for DigestDue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = || {
            let moment =
                NaiveDateTime::parse_from_str(&format!("{text}:00"), "%Y-%m-%d %H:%M").ok()?;
            let half = if moment.hour() < 12 { Half::Morning } else { Half::Evening };
            Some(Self { date: moment.date(), half })
        };
        parsed().ok_or_else(|| format!("{text:?} is no summary"))
    }
}

/// How many lines a summary has: as many as notifications show.
const LINES: usize = 4;

/// The summary of what is known of the places: the most important first, at most four lines.
#[must_use]
pub fn compose(texts: &Texts, places: &[PlaceToday], half: Half) -> Message {
    let mut answers: Vec<&Answer> = places.iter().flat_map(|place| &place.people).collect();
    answers.sort_by_key(|answer| std::cmp::Reverse(importance(answer)));
    let mut lines: Vec<String> = Vec::new();
    for answer in answers {
        let line = line(texts, answer);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.len() > LINES {
        let args: [Arg<'_>; 1] = [("count", (lines.len() + 1 - LINES).into())];
        lines.truncate(LINES - 1);
        lines.push(texts.format("digest-more", args));
    }
    let title = match half {
        Half::Morning => "digest-morning",
        Half::Evening => "digest-evening",
    };
    Message { title: texts.get(title), body: lines.join("\n") }
}

/// The answer for a person in a line, with their name: "Léa: Today, the air in Lyon is moderate."
pub(crate) fn line(texts: &Texts, answer: &Answer) -> String {
    let args: [Arg<'_>; 3] = [
        ("named", if answer.name.is_some() { "yes" } else { "no" }.into()),
        ("who", answer.name.clone().unwrap_or_default().into()),
        ("sentence", answer.sentence.as_str().into()),
    ];
    texts.format("digest-line", args)
}

/// What is above a limit before what is not known, and that before what is calm.
pub(crate) fn importance(answer: &Answer) -> u8 {
    match answer.verdict {
        Verdict::Above => 4,
        Verdict::Ahead => 3,
        Verdict::Unknown => 2,
        Verdict::Partly => 1,
        Verdict::Below => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::PersonId;
    use crate::place::PlaceId;
    use crate::text::Language;
    use crate::window::Band;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a moment")
    }

    #[test]
    fn a_summary_is_due_at_its_hour_and_for_four_hours() {
        let due = |digest: Digest, text: &str| digest.due(at(text)).map(|due| due.to_string());
        assert_eq!(due(Digest::Morning, "2026-09-08 06:59"), None);
        assert_eq!(due(Digest::Morning, "2026-09-08 07:00").as_deref(), Some("2026-09-08 7"));
        assert_eq!(due(Digest::Morning, "2026-09-08 11:00"), None);
        assert_eq!(due(Digest::Morning, "2026-09-08 19:30"), None);
        assert_eq!(due(Digest::Both, "2026-09-08 19:30").as_deref(), Some("2026-09-08 19"));
        for digest in Digest::ALL {
            assert_eq!(digest.word().parse(), Ok(digest));
        }
        let told = DigestDue { date: at("2026-09-08 07:00").date(), half: Half::Evening };
        assert_eq!(told.to_string().parse(), Ok(told));
    }

    fn place(answers: &[(Option<&str>, Verdict, &str)]) -> PlaceToday {
        let answer = |(name, verdict, sentence): &(Option<&str>, Verdict, &str)| Answer {
            person: PersonId(1),
            name: name.map(str::to_owned),
            verdict: *verdict,
            sentence: (*sentence).to_owned(),
            why: Vec::new(),
            missing: Vec::new(),
            advice: Vec::new(),
            ahead: Vec::new(),
            worst: None,
            alerts: Vec::new(),
            band: Band { days: Vec::new(), episodes: Vec::new() },
        };
        PlaceToday {
            id: PlaceId(1),
            name: "Lyon".to_owned(),
            moment: String::new(),
            people: answers.iter().map(answer).collect(),
            days: Vec::new(),
            slow: Vec::new(),
        }
    }

    #[test]
    fn what_matters_most_comes_first_in_four_lines_at_most() {
        let below = |place| (None, Verdict::Below, place);
        let places = [
            place(&[below("Calm in Paris."), (Some("Léa"), Verdict::Ahead, "Tomorrow in Paris.")]),
            place(&[(Some("Paul"), Verdict::Above, "Today in Lyon.")]),
            place(&[below("Calm in Nice."), (None, Verdict::Unknown, "Not known in Nice.")]),
        ];
        let message = compose(&Texts::new(Language::En), &places, Half::Morning);
        assert_eq!(message.title, "This morning");
        assert_eq!(
            message.body.lines().collect::<Vec<_>>(),
            [
                "Paul: Today in Lyon.",
                "Léa: Tomorrow in Paris.",
                "Not known in Nice.",
                "and 2 more in Écosanté",
            ]
        );
    }
}
