//! What goes between the shell and the window, read and written.
//!
//! The views derive serde's traits for the shell and the command line. Here a table of their fields
//! stands in for them: what serde compiles for so many types would be a tenth of all that the window
//! loads. A field or a variant that is missing in a table does not compile, and a test reads every
//! view back from what serde writes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use ecosante_domain::alert::AlertState;
use ecosante_domain::contract::{AdviceView, ErrorBody, PlaceFound};
use ecosante_domain::credits::Credit;
use ecosante_domain::decision::{AlertId, Lead};
use ecosante_domain::digest::Digest;
use ecosante_domain::evidence::Evidence;
use ecosante_domain::knowledge::State;
use ecosante_domain::limits::{LimitChoice, LimitView, PersonLimits};
use ecosante_domain::metric::Metric;
use ecosante_domain::mute::MuteFor;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::reading::Basis;
use ecosante_domain::scale::Scale;
use ecosante_domain::text::Language;
use ecosante_domain::window::{
    AlertCard, AlertDetail, Answer, Band, BandEpisode, BandHour, BandLevel, Block, ChartKind,
    Closing, Day, DayAhead, DayAlert, DayPast, DayWhen, DesktopView, FileForm, HistoryChart,
    HistoryView, IndexDetail, IndexName, LevelView, LimitLine, Moment, Other, Overview, Permission,
    PlaceAdded, PlaceToday, ReadingLine, RefreshProgress, SettingsView, SourceLine, Theme, Tile,
    Verdict, Zoom,
};

/// A JSON value, with the whole numbers that the views are made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    /// The value of a text; none where it is no JSON, or has a number that is not whole.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value()?;
        parser.space();
        (parser.at == text.len()).then_some(value)
    }

    /// The value of a field; null where there is none, or this is no object.
    fn field(&self, name: &str) -> &Self {
        let found = self.entries().iter().find(|(key, _)| key == name);
        found.map_or(&Self::Null, |(_, value)| value)
    }

    /// What an object has, in the order in which it is written.
    pub(crate) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Whether this letter comes next; then it is passed.
    fn next_is(&mut self, letter: u8) -> bool {
        self.space();
        let is = self.peek() == Some(letter);
        self.at += usize::from(is);
        is
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        self.rest().starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self) -> Option<Json> {
        self.space();
        match self.peek()? {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => self.list(),
            b'{' => self.object(),
            _ => self.number(),
        }
    }

    fn list(&mut self) -> Option<Json> {
        self.at += 1;
        let mut values = Vec::new();
        if !self.next_is(b']') {
            loop {
                values.push(self.value()?);
                if self.next_is(b']') {
                    break;
                }
                self.next_is(b',').then_some(())?;
            }
        }
        Some(Json::List(values))
    }

    fn object(&mut self) -> Option<Json> {
        self.at += 1;
        let mut entries = Vec::new();
        if !self.next_is(b'}') {
            loop {
                self.space();
                let key = self.string()?;
                self.next_is(b':').then_some(())?;
                entries.push((key, self.value()?));
                if self.next_is(b'}') {
                    break;
                }
                self.next_is(b',').then_some(())?;
            }
        }
        Some(Json::Object(entries))
    }

    fn number(&mut self) -> Option<Json> {
        let rest = self.rest();
        let ends = rest.find(|letter| !matches!(letter, '-' | '0'..='9')).unwrap_or(rest.len());
        let number = rest[..ends].parse().ok()?;
        self.at += ends;
        // A number that goes on is not whole.
        (!matches!(self.peek(), Some(b'.' | b'e' | b'E'))).then_some(Json::Number(number))
    }

    fn string(&mut self) -> Option<String> {
        (self.peek()? == b'"').then_some(())?;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let ends = rest.find(['"', '\\'])?;
            text.push_str(&rest[..ends]);
            self.at += ends;
            let ended = self.peek()? == b'"';
            self.at += 1;
            if ended {
                return Some(text);
            }
            let letter = self.peek()?;
            self.at += 1;
            text.push(match letter {
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.escaped()?,
                b'"' | b'\\' | b'/' => char::from(letter),
                _ => return None,
            });
        }
    }

    /// A letter by its number; half of one alone has none.
    fn escaped(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xD800..0xDC00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        let second = self.rest().starts_with("\\u").then(|| {
            self.at += 2;
            self.unit()
        });
        let pair = second.flatten().filter(|second| (0xDC00..0xE000).contains(second));
        if pair.is_none() {
            self.at = before;
        }
        let letter = pair.map(|second| 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        Some(letter.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn unit(&mut self) -> Option<u32> {
        let unit = u32::from_str_radix(self.rest().get(..4)?, 16).ok()?;
        self.at += 4;
        Some(unit)
    }
}

/// Whether something was not as it had to be: the value that stands in for it is then thrown away
/// with all the rest. Reading goes on to its end, since giving up at each field, with what was read
/// before it, would be more code than the reading.
#[derive(Debug, Default)]
pub(crate) struct Trouble(Cell<bool>);

impl Trouble {
    /// Takes note, and gives what stands in.
    fn instead<T>(&self, value: T) -> T {
        self.0.set(true);
        value
    }
}

/// What can be read.
pub(crate) trait Read: Sized {
    fn read(json: &Json, trouble: &Trouble) -> Self;
}

/// The value; none where anything of it is not as it has to be.
pub(crate) fn read<T: Read>(json: &Json) -> Option<T> {
    let trouble = Trouble::default();
    let value = T::read(json, &trouble);
    (!trouble.0.get()).then_some(value)
}

/// The value of a field.
pub(crate) fn field<T: Read>(json: &Json, name: &str, trouble: &Trouble) -> T {
    T::read(json.field(name), trouble)
}

impl Read for bool {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        match json {
            Json::Bool(value) => *value,
            _ => trouble.instead(false),
        }
    }
}

impl Read for i64 {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        match json {
            Json::Number(value) => *value,
            _ => trouble.instead(0),
        }
    }
}

impl Read for String {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        match json {
            Json::Text(value) => value.clone(),
            _ => trouble.instead(Self::new()),
        }
    }
}

impl<T: Read> Read for Option<T> {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        (*json != Json::Null).then(|| T::read(json, trouble))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        match json {
            Json::List(values) => values.iter().map(|value| T::read(value, trouble)).collect(),
            _ => trouble.instead(Self::new()),
        }
    }
}

macro_rules! whole_numbers {
    ($($type:ty),+) => {$(
        impl Read for $type {
            fn read(json: &Json, trouble: &Trouble) -> Self {
                i64::read(json, trouble).try_into().unwrap_or_else(|_| trouble.instead(0))
            }
        }
    )+};
}

whole_numbers!(u8, u16, u32, u64, usize);

macro_rules! ids {
    ($($type:ident),+) => {$(
        impl Read for $type {
            fn read(json: &Json, trouble: &Trouble) -> Self {
                Self(i64::read(json, trouble))
            }
        }

        impl From<$type> for Arg<'_> {
            fn from(id: $type) -> Self {
                Self::Number(id.0)
            }
        }
    )+};
}

ids!(AlertId, PersonId, PlaceId);

thread_local! {
    /// The metrics by the names that were read so far.
    static METRICS: RefCell<Vec<(String, Metric)>> = const { RefCell::new(Vec::new()) };
}

impl Read for Metric {
    /// A day has hundreds of them, and a name is compared with that of every metric: once is enough.
    fn read(json: &Json, trouble: &Trouble) -> Self {
        let name = text(json);
        METRICS.with_borrow_mut(|known| {
            if let Some((_, metric)) = known.iter().find(|(it, _)| it == name) {
                return *metric;
            }
            let Ok(metric) = name.parse() else { return trouble.instead(Self::Air) };
            known.push((name.to_owned(), metric));
            metric
        })
    }
}

impl Read for Scale {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        text(json).parse().unwrap_or_else(|_| trouble.instead(Self::ALL[0]))
    }
}

impl Read for Language {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        text(json).parse().unwrap_or_else(|_| trouble.instead(Self::default()))
    }
}

impl From<Language> for Arg<'_> {
    fn from(language: Language) -> Self {
        language.code().into()
    }
}

fn text(json: &Json) -> &str {
    match json {
        Json::Text(text) => text,
        _ => "",
    }
}

/// Words that stand for a variant each, both ways.
macro_rules! words {
    ($($type:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        impl Read for $type {
            fn read(json: &Json, trouble: &Trouble) -> Self {
                const WORDS: &[(&str, $type)] = &[$(($word, $type::$variant)),+];
                let word = text(json);
                match WORDS.iter().find(|(known, _)| *known == word) {
                    Some((_, value)) => *value,
                    None => trouble.instead(WORDS[0].1),
                }
            }
        }

        impl From<$type> for Arg<'_> {
            fn from(value: $type) -> Self {
                Self::Text(match value { $($type::$variant => $word),+ }.into())
            }
        }
    )+};
}

words! {
    AlertState { Raised = "raised", Held = "held", Over = "over", Withdrawn = "withdrawn" }
    Closing { GoOn = "go-on", End = "end" }
    Basis {
        Official = "official", Forecast = "forecast", Observed = "observed",
        Estimated = "estimated",
    }
    ChartKind { Calendar = "calendar", Strips = "strips", Lines = "lines" }
    DayWhen { Past = "past", Today = "today", Ahead = "ahead" }
    Digest { Morning = "morning", Evening = "evening", Both = "both" }
    FileForm { Svg = "svg", Png = "png", Csv = "csv", Json = "json" }
    Lead { Known = "known", Evening = "evening", Day = "day" }
    MuteFor { Day = "day", Week = "week", Season = "season" }
    Permission { Granted = "granted", Unasked = "unasked", Denied = "denied" }
    State {
        Current = "current", Stale = "stale", NotPublishedYet = "not-published-yet",
        SourceFailed = "source-failed", NotCovered = "not-covered",
    }
    Theme { System = "system", Light = "light", Dark = "dark" }
    Verdict {
        Below = "below", Partly = "partly", Unknown = "unknown", Ahead = "ahead", Above = "above",
    }
    Zoom { Day = "day", Week = "week", Month = "month", Year = "year", Years = "years", Recent = "recent" }
}

/// The fields of views, each under its own name.
macro_rules! views {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {$(
        impl $crate::wire::Read for $type {
            fn read(json: &$crate::wire::Json, trouble: &$crate::wire::Trouble) -> Self {
                Self { $($field: $crate::wire::field(json, stringify!($field), trouble)),+ }
            }
        }
    )+};
}
pub(crate) use views;

views! {
    AdviceView { id, text, source }
    AlertCard {
        id, level, place, standing, headline, who, when, raised, raised_day, state,
    }
    AlertDetail {
        card, why, evidence, own_choice, readings, decisions, advice, person, place, date, muted,
        useful,
    }
    Answer {
        person, name, verdict, sentence, why, missing, advice, worst, alerts, ahead, band,
    }
    Band { days, episodes }
    BandEpisode { headline, first, last, alert }
    BandHour { time, now, past, night, worst, unknown }
    BandLevel { metric, name, scale, level, label, highest, estimated, matters }
    Block { first, skip, x, y }
    Credit { what, by, licence, url }
    Day { date, name, tiles, calm }
    DayAhead { date, name, verdict, worst, text }
    DayAlert { id, who }
    DayPast { name, when, line, alerts }
    DesktopView { at_login, closing, in_tray, single_keys }
    ErrorBody { code, message, retry_after_s }
    Evidence { publisher, title, url, year, note }
    HistoryChart {
        kind, title, width, height, drawing, from, hourly, items, dx, dy, wide, high, per, down,
        days, panels,
    }
    HistoryView {
        title, indices, zoom, zooms, period, at, earlier, later, others, charts, legend, notes,
        publishers,
    }
    IndexDetail {
        place, metric, name, indices, today, scale, labels, definition, since, limits, publishers,
    }
    IndexName { metric, name, part }
    LevelView { metric, scale, level, label, basis, state }
    LimitChoice { value, level, label }
    LimitLine { who, level, label }
    LimitView {
        metric, name, scale, choices, chosen, usual, own, why, evidence, own_choice, muted,
    }
    Moment { place, date, hour, day, missing, noted, person }
    Other { value, name }
    Overview { language, places, checked, offline, trouble, refreshing, sources }
    PersonLimits { person, limits }
    PlaceAdded { id, name, already }
    PlaceFound { name, within, add, commune, postcodes, population }
    PlaceToday { id, name, moment, people, days, slow }
    ReadingLine { reading, name, scale_name, figure, target, provenance, caveat }
    RefreshProgress { running, asking, outcome }
    SettingsView {
        language, theme, desktop, permission, quiet_hours, lead, digest, retention_years, has_meteo_france_key, relay,
        folder, version, feedback,
    }
    SourceLine { name, ok, state }
    Tile { line, parts }
}

/// An argument of a command.
pub(crate) enum Arg<'a> {
    Null,
    Bool(bool),
    Number(i64),
    Text(Cow<'a, str>),
    /// A list of pairs of texts.
    Pairs(&'a [(String, String)]),
}

impl From<bool> for Arg<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u32> for Arg<'_> {
    fn from(value: u32) -> Self {
        Self::Number(value.into())
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<Metric> for Arg<'_> {
    fn from(metric: Metric) -> Self {
        Self::Text(metric.to_string().into())
    }
}

impl<'a> From<&'a [(String, String)]> for Arg<'a> {
    fn from(pairs: &'a [(String, String)]) -> Self {
        Self::Pairs(pairs)
    }
}

impl<'a, T: Into<Arg<'a>>> From<Option<T>> for Arg<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::fmt::Debug;

    use serde::Serialize;

    use super::*;
    use crate::testing;

    /// What the window reads of what the shell sends.
    pub(crate) fn sent<T: Read>(value: &impl Serialize) -> Option<T> {
        read(&Json::parse(&serde_json::to_string(value).ok()?)?)
    }

    fn comes_back<T: Read + Serialize + PartialEq + Debug>(value: &T) {
        assert_eq!(sent::<T>(value).as_ref(), Some(value));
    }

    #[test]
    fn every_view_is_read_as_the_shell_sends_it() {
        comes_back(&testing::overview());
        comes_back(&testing::index_detail());
        comes_back(&testing::past());
        comes_back(&vec![testing::moment()]);
        comes_back(&crate::pages::alert::tests::found());
        comes_back(&crate::pages::settings::tests::settings());
        comes_back(&testing::error("store-busy"));
        comes_back(&ErrorBody { retry_after_s: Some(42), ..testing::error("too-soon") });
        comes_back(&RefreshProgress {
            running: true,
            asking: Some("Atmo France".to_owned()),
            outcome: None,
        });
        comes_back(&PlaceAdded { id: PlaceId(3), name: "Lyon".to_owned(), already: true });
        comes_back(&Credit {
            what: "a".to_owned(),
            by: "b".to_owned(),
            licence: "c".to_owned(),
            url: "d".to_owned(),
        });
        let texts = ecosante_domain::text::Texts::new(Language::En);
        let profile =
            crate::member::tests::profile(&[("level.uv", "off"), ("conditions", "asthma")]);
        let today = "2026-09-08".parse().expect("a date");
        let limits = ecosante_domain::limits::limits(&texts, &profile, true, today);
        comes_back(&vec![PersonLimits { person: PersonId(1), limits }]);
    }

    #[test]
    fn every_word_is_the_one_that_serde_writes_and_reads() {
        fn both_ways<T>(values: &[T])
        where
            T: Read + Serialize + PartialEq + Debug + Copy + Into<Arg<'static>>,
        {
            for value in values {
                comes_back(value);
                let Arg::Text(word) = (*value).into() else { panic!("{value:?} is no word") };
                assert_eq!(serde_json::to_value(value).expect("json"), *word);
            }
        }
        both_ways(&AlertState::ALL);
        both_ways(&Basis::ALL);
        both_ways(&[Closing::GoOn, Closing::End]);
        both_ways(&[Permission::Granted, Permission::Unasked, Permission::Denied]);
        both_ways(&[DayWhen::Past, DayWhen::Today, DayWhen::Ahead]);
        both_ways(&Digest::ALL);
        both_ways(&Language::ALL);
        both_ways(&Lead::ALL);
        both_ways(&MuteFor::ALL);
        both_ways(&Metric::all());
        both_ways(&Zoom::ALL);
        both_ways(&[
            ChartKind::Calendar,
            ChartKind::Strips,
            ChartKind::Lines,
            ChartKind::default(),
        ]);
        both_ways(&[FileForm::Svg, FileForm::Png, FileForm::Csv, FileForm::Json]);
        both_ways(&[
            State::Current,
            State::Stale,
            State::NotPublishedYet,
            State::SourceFailed,
            State::NotCovered,
        ]);
        both_ways(&[Theme::System, Theme::Light, Theme::Dark]);
        both_ways(&[
            Verdict::Below,
            Verdict::Partly,
            Verdict::Unknown,
            Verdict::Ahead,
            Verdict::Above,
        ]);
        for scale in Scale::ALL {
            comes_back(&scale);
        }
    }

    #[test]
    fn what_is_not_as_it_has_to_be_is_not_read_in_part() {
        let read = |text: &str| Json::parse(text).and_then(|json| read::<PlaceAdded>(&json));
        assert!(read(r#"{"id": 1, "name": "Lyon", "already": false, "more": []}"#).is_some());
        for wrong in [
            r#"{"id": 1, "name": "Lyon"}"#,
            r#"{"id": "1", "name": "Lyon", "already": false}"#,
            r#"{"id": 1.5, "name": "Lyon", "already": false}"#,
            r#"{"id": 1, "name": null, "already": false}"#,
            r#"{"id": 1, "name": "Lyon", "already": false"#,
            "[]",
            "null",
            "",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(sent::<Verdict>(&"elsewhere"), None);
        assert_eq!(sent::<u8>(&256), None);
    }

    #[test]
    fn json_is_read_as_serde_reads_it() {
        for text in [
            r#" { "a" : [ 1 , -2, [] , {} ] , "b" : "\"\\\/\b\f\n\r\t" } "#,
            r#""é \u00e9 \ud83d\ude00 😀 «»""#,
            "[true,false,null,9007199254740991]",
        ] {
            let ours = Json::parse(text).expect("json");
            let theirs: serde_json::Value = serde_json::from_str(text).expect("json");
            assert_eq!(as_serde(&ours), theirs, "{text}");
        }
        for wrong in
            ["{", "[1,]", "[1 2]", "{\"a\" 1}", "{a:1}", "nul", "\"a", "1 2", "\"\\x\"", "-"]
        {
            assert_eq!(Json::parse(wrong), None, "{wrong}");
        }
        // Half a letter, which a web view may write.
        assert_eq!(Json::parse(r#""\ud83d!""#), Some(Json::Text("\u{fffd}!".to_owned())));
    }

    fn as_serde(json: &Json) -> serde_json::Value {
        match json {
            Json::Null => serde_json::Value::Null,
            Json::Bool(value) => (*value).into(),
            Json::Number(value) => (*value).into(),
            Json::Text(value) => value.as_str().into(),
            Json::List(values) => values.iter().map(as_serde).collect(),
            Json::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| (key.clone(), as_serde(value)));
                serde_json::Value::Object(entries.collect())
            }
        }
    }
}
