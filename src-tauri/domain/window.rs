//! What goes between the shell and the window: commands, events, and the views they carry.
//!
//! Moments arrive as words in the language of the person: by the clock of the place where they are
//! about a place, by that of the device where they are about the device. The window needs no time
//! zones, and no more of a reading than it draws.

use serde::{Deserialize, Serialize};

use crate::alert::AlertState;
use crate::contract::{AdviceView, ReadingStatus};
use crate::decision::{AlertId, Lead};
use crate::digest::Digest;
use crate::evidence::Evidence;
use crate::knowledge::State;
use crate::metric::Metric;
use crate::person::PersonId;
use crate::place::PlaceId;
use crate::reading::Basis;
use crate::scale::Scale;
use crate::text::Language;

/// Every command that the window may send, by its name on the wire. Each answers with what it
/// names, or with an [`crate::contract::ErrorBody`].
pub const COMMANDS: [&str; 50] = [
    command::OVERVIEW,
    command::ALERTS,
    command::EXPLAIN,
    command::MARK_ADVICE,
    command::REFRESH,
    command::SUGGEST_PLACES,
    command::SEARCH_PLACES,
    command::ADD_PLACE,
    command::REMOVE_PLACE,
    command::PEOPLE,
    command::SET_PROFILE,
    command::REMOVE_PERSON,
    command::LIMITS,
    command::INDEX,
    command::HISTORY,
    command::HISTORY_MOMENT,
    command::HISTORY_TABLE,
    command::HISTORY_PICTURE,
    command::HISTORY_FILE,
    command::DIARY,
    command::DIARY_PAST,
    command::SET_DIARY,
    command::DIARY_REPORT,
    command::IMPACT,
    command::SETTINGS,
    command::SET_LANGUAGE,
    command::SET_THEME,
    command::SET_QUIET_HOURS,
    command::SET_RETENTION,
    command::SET_RELAY,
    command::SET_LEAD,
    command::SET_DIGEST,
    command::MUTE,
    command::RATE_ALERT,
    command::REHEARSE,
    command::WHY,
    command::SET_METEO_FRANCE_KEY,
    command::CREDITS,
    command::SENT,
    command::EXPORT,
    command::SHOW_EXPORT,
    command::IMPORT,
    command::ERASE,
    command::TEST_NOTIFICATION,
    command::SET_DESKTOP,
    command::ALLOW_NOTIFICATIONS,
    command::CLOSE,
    command::TAKE_OPENED_ALERT,
    command::TAKE_OPENED_PLACE,
    command::RETRY,
];

/// The names of the commands, with their arguments and answers.
pub mod command {
    /// No arguments → [`super::Overview`]: all that Today shows, from the store alone.
    pub const OVERVIEW: &str = "overview";
    /// `{ days: u32 }` → `Vec<`[`super::AlertCard`]`>`, the latest first.
    pub const ALERTS: &str = "alerts";
    /// `{ id: `[`super::AlertId`]` }` → [`super::AlertDetail`].
    pub const EXPLAIN: &str = "explain";
    /// `{ person: `[`super::PersonId`]`, advice: String, mark: `[`crate::advice::Mark`]` }` →
    /// nothing: keeps what the person says of a piece of advice. What is shown stays as it is until
    /// it is asked for again.
    pub const MARK_ADVICE: &str = "mark_advice";
    /// No arguments → nothing: every source is asked in the background, and
    /// [`super::event::PROGRESS`] and [`super::event::CHANGED`] follow. At most once a minute:
    /// sooner, the error has the code `too-soon` and says after how many seconds.
    pub const REFRESH: &str = "refresh";
    /// `{ query: String }` → `Vec<`[`crate::contract::PlaceFound`]`>`: French communes, without network.
    pub const SUGGEST_PLACES: &str = "suggest_places";
    /// `{ query: String }` → `Vec<`[`crate::contract::PlaceFound`]`>`: the world outside France, and after
    /// it French communes; sends what is looked for to the geocoder.
    pub const SEARCH_PLACES: &str = "search_places";
    /// `{ query: String, name: Option<String> }` → [`super::PlaceAdded`]; `query` is
    /// [`crate::contract::PlaceFound::add`], or what the person typed.
    pub const ADD_PLACE: &str = "add_place";
    /// `{ id: `[`super::PlaceId`]` }` → nothing.
    pub const REMOVE_PLACE: &str = "remove_place";
    /// No arguments → `Vec<`[`crate::person::Person`]`>`, in the order in which they were added; the first
    /// is the unnamed one, "you", until somebody names them.
    pub const PEOPLE: &str = "people";
    /// `{ person: Option<String>, entries: Vec<(String, String)> }` → [`crate::person::Person`]: sets
    /// entries as [`crate::person::Profile::set`] takes them, all or none; a new name makes a new
    /// person, no name means the unnamed one.
    pub const SET_PROFILE: &str = "set_profile";
    /// `{ id: `[`super::PersonId`]` }` → nothing: their alerts stay in the list. The unnamed one
    /// stays.
    pub const REMOVE_PERSON: &str = "remove_person";
    /// No arguments → `Vec<`[`crate::limits::PersonLimits`]`>`, as [`PEOPLE`] are ordered; what they set
    /// goes by [`SET_PROFILE`].
    pub const LIMITS: &str = "limits";
    /// `{ place: `[`super::PlaceId`]`, metric: `[`super::Metric`]` }` → [`super::IndexDetail`].
    pub const INDEX: &str = "index";
    /// [`super::Look`] → [`super::HistoryView`].
    pub const HISTORY: &str = "history";
    /// [`super::Look`] → `Vec<`[`super::Moment`]`>`: what is known of its day or hour; of two places
    /// or years, one each.
    pub const HISTORY_MOMENT: &str = "history_moment";
    /// [`super::Look`] and `{ chart: `[`super::ChartKind`]` }` → `String`: what a chart draws, as a
    /// table ([`crate::sheet::Sheet::to_markup`]).
    pub const HISTORY_TABLE: &str = "history_table";
    /// [`super::Look`] and `{ chart: `[`super::ChartKind`]` }` → `String`: a chart as an SVG document
    /// of its own.
    pub const HISTORY_PICTURE: &str = "history_picture";
    /// [`super::Look`] and `{ chart: `[`super::ChartKind`]`, form: `[`super::FileForm`]`,
    /// picture: Option<String> }` → a sentence that says where: keeps a chart or what is behind it
    /// among the downloads. `picture` is what [`HISTORY_PICTURE`] shows as PNG, in base 64.
    pub const HISTORY_FILE: &str = "history_file";
    /// `{ person: Option<`[`super::PersonId`]`>, day: Option<String> }` → `String`: what is asked of
    /// a day, as [`crate::diary::form`]; no person: the unnamed one, no day (`2026-09-08`): today.
    pub const DIARY: &str = "diary";
    /// `{ person: Option<`[`super::PersonId`]`> }` → `String`, as [`crate::sheet::Sheet::to_markup`]:
    /// the diary of the last days.
    pub const DIARY_PAST: &str = "diary_past";
    /// `{ person: `[`super::PersonId`]`, day: String, entries: Vec<(String, String)> }` → a sentence
    /// that says what is noted now: notes entries as [`crate::diary::Entry::set`] takes them, all or
    /// none.
    pub const SET_DIARY: &str = "set_diary";
    /// `{ person: Option<`[`super::PersonId`]`> }` → `String`, as
    /// [`crate::sheet::Sheet::to_titled_markup`]: the diary of a season for a doctor.
    pub const DIARY_REPORT: &str = "diary_report";
    /// No arguments → `String`, as [`crate::sheet::Sheet::to_markup`]: what the app has brought.
    pub const IMPACT: &str = "impact";
    /// No arguments → [`super::SettingsView`].
    pub const SETTINGS: &str = "settings";
    /// `{ language: Option<`[`super::Language`]`> }` → nothing; null for that of the system.
    pub const SET_LANGUAGE: &str = "set_language";
    /// `{ theme: `[`super::Theme`]` }` → nothing.
    pub const SET_THEME: &str = "set_theme";
    /// `{ hours: Option<String> }` → nothing; `22:00-07:00`, or null for none.
    pub const SET_QUIET_HOURS: &str = "set_quiet_hours";
    /// `{ years: Option<u32> }` → nothing: for so many years what was published is kept; null for
    /// always.
    pub const SET_RETENTION: &str = "set_retention";
    /// `{ address: Option<String> }` → nothing: the base address of a relay, which is asked before the
    /// sources for what it has of them; null for none.
    pub const SET_RELAY: &str = "set_relay";
    /// `{ lead: `[`super::Lead`]` }` → nothing: how long ahead an episode is told.
    pub const SET_LEAD: &str = "set_lead";
    /// `{ digest: Option<`[`super::Digest`]`> }` → nothing: when a summary of the day is told; null
    /// for never.
    pub const SET_DIGEST: &str = "set_digest";
    /// `{ person: `[`super::PersonId`]`, metric: `[`super::Metric`]`,
    /// how: Option<`[`crate::mute::MuteFor`]`> }` → nothing: mutes what is told of a metric for a while;
    /// null lets it speak again.
    pub const MUTE: &str = "mute";
    /// `{ id: `[`super::AlertId`]`, useful: bool }` → nothing.
    pub const RATE_ALERT: &str = "rate_alert";
    /// `{ person: `[`super::PersonId`]`, metric: `[`super::Metric`]` }` → `Vec<String>`: what each
    /// of [`crate::limits::LimitView::choices`] would have told in the last 30 days, in words.
    pub const REHEARSE: &str = "rehearse";
    /// `{ person: `[`super::PersonId`]`, place: `[`super::PlaceId`]`, date: Option<String> }` →
    /// `String`: why somebody was alerted on a day, or was not, as markup
    /// ([`crate::sheet::Sheet::to_markup`]); today without a date.
    pub const WHY: &str = "why";
    /// `{ key: Option<String> }` → nothing: keeps the person's own key to Météo-France in the
    /// keychain of the system; null removes it. No command ever answers with it.
    pub const SET_METEO_FRANCE_KEY: &str = "set_meteo_france_key";
    /// No arguments → `String`, as [`crate::credits::Credits::to_markup`].
    pub const CREDITS: &str = "credits";
    /// No arguments → `String`, as [`crate::sheet::Sheet::to_markup`]: what was sent to whom in the
    /// last 30 days.
    pub const SENT: &str = "sent";
    /// `{ form: "json" | "csv" }` → a sentence that says where: exports all data to the folder of
    /// downloads.
    pub const EXPORT: &str = "export";
    /// No arguments → nothing: shows in its folder what was exported last.
    pub const SHOW_EXPORT: &str = "show_export";
    /// `{ piece: String, first: bool, last: bool }` → `Option<String>`: takes over what was exported,
    /// which may be long, piece by piece. The last one answers with a sentence that says what is new.
    pub const IMPORT: &str = "import";
    /// No arguments → a sentence that says so: deletes everything, for good.
    pub const ERASE: &str = "erase";
    /// No arguments → nothing: shows a notification that says that they work.
    pub const TEST_NOTIFICATION: &str = "test_notification";
    /// A [`super::DesktopChange`] → nothing: what is null stays as it is.
    pub const SET_DESKTOP: &str = "set_desktop";
    /// No arguments → [`super::Permission`]: the system asks the person whether notifications may be
    /// shown, where nobody has said so yet.
    pub const ALLOW_NOTIFICATIONS: &str = "allow_notifications";
    /// `{ app: bool }` → nothing: closes the window, or ends the app.
    pub const CLOSE: &str = "close";
    /// No arguments → `Option<`[`super::PlaceId`]`>`: the place that was chosen in the tray since this
    /// was last asked.
    pub const TAKE_OPENED_PLACE: &str = "take_opened_place";
    /// No arguments → `Option<`[`super::AlertId`]`>`: the alert whose notification was clicked
    /// since this was last asked.
    pub const TAKE_OPENED_ALERT: &str = "take_opened_alert";
    /// No arguments → nothing: opens the data file again after it could not be opened.
    pub const RETRY: &str = "retry";
}

/// Events that the shell sends to the window.
pub mod event {
    /// What is stored or judged has changed: ask again. No payload.
    pub const CHANGED: &str = "changed";
    /// A [`super::RefreshProgress`].
    pub const PROGRESS: &str = "progress";
    /// A notification was clicked: ask [`super::command::TAKE_OPENED_ALERT`]. No payload.
    pub const ALERT_OPENED: &str = "alert-opened";
    /// A place was chosen in the tray: ask [`super::command::TAKE_OPENED_PLACE`]. No payload.
    pub const PLACE_OPENED: &str = "place-opened";
}

/// The code of an [`crate::contract::ErrorBody`] while the data file is being opened;
/// [`event::CHANGED`] follows.
pub const STARTING: &str = "starting";

/// The property of the window's global object under which the shell says the language of the
/// device before anything is asked.
pub const DEVICE_LANGUAGE: &str = "ECOSANTE_LANGUAGE";

/// The property of the window's global object under which the shell says the chosen
/// [`Theme`] before anything is painted: `light` or `dark`, or the empty string.
pub const CHOSEN_THEME: &str = "ECOSANTE_THEME";

/// The property of the window's global object under which the shell says whether single letters
/// are shortcuts; it is not set on phones.
pub const SINGLE_KEYS: &str = "ECOSANTE_SINGLE_KEYS";

/// How far a refresh is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshProgress {
    /// Whether sources are being asked.
    pub running: bool,
    /// Who is being asked, in words; null between two.
    pub asking: Option<String>,
    /// What came of it, in a sentence; null while it runs, and where nobody was asked.
    pub outcome: Option<String>,
}

/// All that Today shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The language to speak.
    pub language: Language,
    /// The saved places, in the order in which they were saved; none: the first run begins.
    pub places: Vec<PlaceToday>,
    /// When the sources were last asked and will be next: "Checked today at 14:22. Next check today
    /// at 15:40."
    pub checked: String,
    /// One calm sentence while no source can be reached: why, and since when.
    pub offline: Option<String>,
    /// One sentence while what is new cannot be stored, or nobody shows notifications; what was
    /// stored stays shown.
    pub trouble: Option<String>,
    /// Whether sources are being asked right now.
    pub refreshing: bool,
    /// How each source fares.
    pub sources: Vec<SourceLine>,
}

/// How a source fares, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// Its name.
    pub name: String,
    /// Whether its last answer was good.
    pub ok: bool,
    /// "answers, last answer today at 14:22, next question today at 15:40".
    pub state: String,
}

/// A place today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceToday {
    /// The place.
    pub id: PlaceId,
    /// What the person calls it.
    pub name: String,
    /// Date and time at the place: "Tuesday 8 September, 16:00".
    pub moment: String,
    /// The answer for each person whom the place concerns, whoever has the worst first.
    pub people: Vec<Answer>,
    /// Today and the days after of which something is known; never empty.
    pub days: Vec<Day>,
    /// What changes rarely and is of no day: for each network of drinking water the conclusion of
    /// the last sample as [`ReadingLine::figure`], quoted as it is, and the radon potential.
    pub slow: Vec<ReadingLine>,
}

/// How a day stands for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing reaches the person's limits, as far as their rules can see.
    Below,
    /// Nothing reaches the limits in what is known, but something that counts is not known.
    Partly,
    /// Nothing that counts is known.
    Unknown,
    /// A limit is reached later, not yet today.
    Ahead,
    /// A limit is reached today.
    Above,
}

/// What a person must know of a place: the answer, then the reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The person.
    pub person: PersonId,
    /// Their name; null for the unnamed one, who is "you".
    pub name: Option<String>,
    /// How the day stands.
    pub verdict: Verdict,
    /// What to do first, until when, and why: "Today, train away from traffic: air quality is poor
    /// in Lyon." Where several limits are met, a second sentence names the others: "Also: …".
    pub sentence: String,
    /// Why it concerns this person, a sentence for each limit that is met.
    pub why: Vec<String>,
    /// What counts for this person and is not known, with the reason of each.
    pub missing: Vec<String>,
    /// What to do: first the piece with which `sentence` begins, one to three in all, none where
    /// nothing is known, and after them at most one that holds for the person whatever the level.
    pub advice: Vec<AdviceView>,
    /// The level that the sentence begins with; null where no limit is met.
    pub worst: Option<BandLevel>,
    /// Alerts that stand, in the order of `sentence`.
    pub alerts: Vec<AlertId>,
    /// How the days after today stand, at most three, tomorrow first; empty where no limit is
    /// watched.
    pub ahead: Vec<DayAhead>,
    /// The day band.
    pub band: Band,
}

/// How a day after today stands for a person, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayAhead {
    /// The date, `2026-09-09`, one of those of [`PlaceToday::days`].
    pub date: String,
    /// "tomorrow", "Thursday 10 September".
    pub name: String,
    /// How it stands; [`Verdict::Above`] where a limit is reached on that day.
    pub verdict: Verdict,
    /// The worst level that reaches a limit; null where none does.
    pub worst: Option<BandLevel>,
    /// The same in a few words, as the middle of a sentence: "air quality is poor", "nothing
    /// reaches the limits in what is known", "not known yet".
    pub text: String,
}

/// The hours of the days ahead, each with the worst level that matters to a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// The hours of each day of [`PlaceToday::days`], from midnight on: 24, or 23 or 25 where the
    /// clock changes.
    pub days: Vec<Vec<BandHour>>,
    /// The episodes that reach a limit.
    pub episodes: Vec<BandEpisode>,
}

/// An hour of the band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BandHour {
    /// "14:00", by the clock of the place.
    pub time: String,
    /// Whether it is the present hour.
    pub now: bool,
    /// Whether it lies in the past.
    pub past: bool,
    /// Whether it is night, between 21:00 and 7:00.
    pub night: bool,
    /// What is worst in it; null where nothing is known, or where nothing counts: at night, for who
    /// watches the UV alone.
    pub worst: Option<BandLevel>,
    /// What counts for the person and is not known for this hour, by name.
    pub unknown: Vec<String>,
}

/// A level in an hour of the band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BandLevel {
    /// The metric.
    pub metric: Metric,
    /// Its name.
    pub name: String,
    /// The scale of the level.
    pub scale: Scale,
    /// The level.
    pub level: u8,
    /// The level in words.
    pub label: String,
    /// Whether it is the highest of the day, not that of the hour.
    pub highest: bool,
    /// Whether this app computed it.
    pub estimated: bool,
    /// Whether it meets one of the person's limits.
    pub matters: bool,
}

/// An episode above the band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandEpisode {
    /// "moderate air".
    pub headline: String,
    /// The first hour, counted from the first of the first day.
    pub first: usize,
    /// The last hour.
    pub last: usize,
    /// The alert in which it was told.
    pub alert: Option<AlertId>,
}

/// A day at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// The date, `2026-09-08`.
    pub date: String,
    /// "today", "tomorrow", "Thursday 10 September".
    pub name: String,
    /// The indices, in the order in which they are shown.
    pub tiles: Vec<Tile>,
    /// That no pollution episode is announced, and whose word that is; null where one is, where
    /// that is not known, and where nobody announces any.
    pub calm: Option<String>,
}

/// An index on a day: its level, state, source and time, and what it is made of. The vigilance has
/// one for all its phenomena, under the worst of them. Tiles of the same name are of the same
/// thing on different days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// What is known of it.
    pub line: ReadingLine,
    /// Its parts: sub-indices, taxa, phenomena; those of which something is known.
    pub parts: Vec<ReadingLine>,
}

/// As much of a reading as is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelView {
    /// The metric.
    pub metric: Metric,
    /// The scale of the level; null for a concentration.
    pub scale: Option<Scale>,
    /// The level; null in the states without a value.
    pub level: Option<u8>,
    /// The level in words.
    pub label: Option<String>,
    /// How it came about; null in the states without a value.
    pub basis: Option<Basis>,
    /// What it is worth.
    pub state: State,
}

impl From<&ReadingStatus> for LevelView {
    fn from(reading: &ReadingStatus) -> Self {
        Self {
            metric: reading.metric,
            scale: reading.scale,
            level: reading.level,
            label: reading.label.clone(),
            basis: reading.basis,
            state: reading.state,
        }
    }
}

/// A reading with its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadingLine {
    /// The reading.
    pub reading: LevelView,
    /// The name of the metric: "air", "grass pollen".
    pub name: String,
    /// The name of the scale: "ATMO index"; empty for a concentration.
    pub scale_name: String,
    /// The figure behind the level with its unit, "38 grains/m³" or "7"; of a phenomenon its hours,
    /// of an episode and of drinking water what the producer says of it, quoted. Null where there
    /// is none.
    pub figure: Option<String>,
    /// What it is for: "today", "today at 14:00".
    pub target: String,
    /// "Atmo France, published today at 14:10, for Lyon"; empty where there is no value.
    pub provenance: String,
    /// That it is old or missing, and why; for an estimate, what it stands in for. Null where
    /// nothing is to be said beyond [`LevelView::basis`].
    pub caveat: Option<String>,
}

/// How much of the past is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zoom {
    /// A day; only of what is published by the hour.
    Day,
    /// A week from Monday on.
    Week,
    /// A month of the calendar.
    #[default]
    Month,
    /// A year of the calendar.
    Year,
    /// Five years of the calendar.
    Years,
    /// The last 30 days and those ahead of which something is known, as a line alone.
    Recent,
}

/// What is looked at in the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Where.
    pub place: PlaceId,
    /// Which index.
    pub metric: Metric,
    /// How much.
    pub zoom: Zoom,
    /// The day at the place, `2026-09-08`; today where it is none.
    pub at: Option<String>,
    /// The hour of that day from midnight on, from 0; null: the day as a whole.
    pub hour: Option<u8>,
    /// What it is compared with: a value of [`HistoryView::others`].
    pub with: Option<String>,
    /// Whose diary is marked: null for the first person.
    pub person: Option<PersonId>,
    /// How wide a chart may be, in pixels.
    pub width: u16,
}

/// A chart of the past.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChartKind {
    /// The year, or the five, at a glance: weeks by days.
    #[default]
    Calendar,
    /// A row for each day with its hours, or for each month with its days.
    Strips,
    /// A line before the bands of the scale.
    Lines,
}

/// A form in which a chart or what is behind it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileForm {
    /// The picture as SVG.
    Svg,
    /// The picture as PNG.
    Png,
    /// The data as CSV.
    Csv,
    /// The data as JSON.
    Json,
}

/// The past of an index at a place, or of two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryView {
    /// What it is: "Air – Lyon".
    pub title: String,
    /// The indices of the place of which something is stored, this one among them.
    pub indices: Vec<IndexName>,
    /// How much is shown.
    pub zoom: Zoom,
    /// How much can be.
    pub zooms: Vec<Zoom>,
    /// What is shown: "September 2026".
    pub period: String,
    /// The day that is chosen.
    pub at: String,
    /// A day of the period before; null before anything is stored.
    pub earlier: Option<String>,
    /// A day of the period after; null for the present one.
    pub later: Option<String>,
    /// What it can be compared with.
    pub others: Vec<Other>,
    /// The charts: calendar, strips, lines.
    pub charts: Vec<HistoryChart>,
    /// What the signs in them mean, drawn.
    pub legend: String,
    /// Since when something is stored, and what is said beside it.
    pub notes: Vec<String>,
    /// Who publishes what is shown, each as [`crate::credits::Credit::to_markup`].
    pub publishers: String,
}

/// Something that a past can be compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Its value: [`Look::with`].
    pub value: String,
    /// What it is called.
    pub name: String,
}

/// A chart: drawn, and where its days or hours lie, so that one of them can be chosen. Lengths
/// beside width and height are in thousandths of a pixel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryChart {
    /// Which it is.
    pub kind: ChartKind,
    /// Its heading: "Day by day".
    pub title: String,
    /// Its width in pixels.
    pub width: u16,
    /// Its height in pixels.
    pub height: u16,
    /// An `svg` element.
    pub drawing: String,
    /// The day of the first item, `2026-09-01`.
    pub from: String,
    /// Whether its items are hours, with a block for each day; days otherwise.
    pub hourly: bool,
    /// How many items there are.
    pub items: usize,
    /// From one column to the next.
    pub dx: u32,
    /// From one row to the next.
    pub dy: u32,
    /// How wide an item is.
    pub wide: u32,
    /// How high it is.
    pub high: u32,
    /// How many items lie in a column, or in a row.
    pub per: usize,
    /// Whether they follow each other downwards, else to the right.
    pub down: bool,
    /// The number of the first item of each day, where items are hours.
    pub days: Vec<usize>,
    /// Where the items lie: for each of the places or years that are shown.
    pub panels: Vec<Vec<Block>>,
}

/// Items that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The number of its first item.
    pub first: usize,
    /// After how many free places that one lies.
    pub skip: usize,
    /// Where its first place lies.
    pub x: u32,
    /// See `x`.
    pub y: u32,
}

/// What is known of an hour or a day of the past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    /// Where.
    pub place: PlaceId,
    /// The day, `2026-09-08`.
    pub date: String,
    /// The hour, as [`Look::hour`]; null for the day.
    pub hour: Option<u8>,
    /// The day or the hour as an index shows it.
    pub day: DayPast,
    /// Since when nothing is known, and why; null where something is.
    pub missing: Option<String>,
    /// What was noted in the diary of the person; null where nothing is.
    pub noted: Option<String>,
    /// Whose diary it is, and whose alerts can be explained.
    pub person: PersonId,
}

/// An index at a place: what is known of it now, and how to read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexDetail {
    /// What the person calls the place.
    pub place: String,
    /// The metric.
    pub metric: Metric,
    /// Its name: "grass pollen".
    pub name: String,
    /// The indices of the place of which something is stored, this one among them.
    pub indices: Vec<IndexName>,
    /// What is known of it today; null before its sources were asked for the first time.
    pub today: Option<ReadingLine>,
    /// The scale; null for what has figures only.
    pub scale: Option<Scale>,
    /// Its levels in words, from level 1 on; empty without a scale.
    pub labels: Vec<String>,
    /// What the scale says, by whom and for when: a few sentences.
    pub definition: String,
    /// "Stored here since Monday 7 September."; null where nothing is stored.
    pub since: Option<String>,
    /// The limits of the people whom the place concerns; none on a metric without rules.
    pub limits: Vec<LimitLine>,
    /// Who publishes it, each as [`crate::credits::Credit::to_markup`].
    pub publishers: String,
}

/// An index that can be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexName {
    /// The metric.
    pub metric: Metric,
    /// Its name.
    pub name: String,
    /// Whether it is a part of another: a sub-index, a taxon.
    pub part: bool,
}

/// A day of an index, or an hour of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayPast {
    /// "yesterday", "Monday 7 September", "yesterday at 14:00".
    pub name: String,
    /// How it stands to today.
    pub when: DayWhen,
    /// What was published for it, of an hourly index its worst hour; null where nothing is stored.
    pub line: Option<ReadingLine>,
    /// The alerts whose episode it was part of.
    pub alerts: Vec<DayAlert>,
}

/// An alert of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayAlert {
    /// The alert.
    pub id: AlertId,
    /// For whom: a name, or "you".
    pub who: String,
}

/// How a day stands to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayWhen {
    /// Before today.
    Past,
    /// Today.
    Today,
    /// After today.
    Ahead,
}

/// From which level on an index is told to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitLine {
    /// Their name, or "you".
    pub who: String,
    /// The level; null for never.
    pub level: Option<u8>,
    /// "from “Moderate” up".
    pub label: String,
}

/// How the window looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system does.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

/// What closing the window does on a desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closing {
    /// The app goes on without a window, and tells.
    GoOn,
    /// The app ends with it.
    End,
}

/// How the app is wanted on a desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesktopView {
    /// Whether the system starts it at login, as the system says.
    pub at_login: bool,
    /// What closing the window does.
    pub closing: Closing,
    /// Whether an icon in the tray stands for the app while no window does.
    pub in_tray: bool,
    /// Whether single letters are shortcuts.
    pub single_keys: bool,
}

/// What is to be otherwise on a desktop; null stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesktopChange {
    /// Whether the system starts the app at login.
    pub at_login: Option<bool>,
    /// What closing the window does.
    pub closing: Option<Closing>,
    /// Whether single letters are shortcuts.
    pub single_keys: Option<bool>,
}

/// Whether the system lets the app show notifications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// It does, or nobody has to be asked.
    #[default]
    Granted,
    /// The person has not been asked.
    Unasked,
    /// The person does not want them; only the settings of the system change that.
    Denied,
}

/// What can be set for the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// The language; null: that of the system.
    pub language: Option<Language>,
    /// How the window looks.
    pub theme: Theme,
    /// How the app is wanted on a desktop; null on phones.
    pub desktop: Option<DesktopView>,
    /// Whether the system lets the app show notifications.
    pub permission: Permission,
    /// When notifications wait, `22:00-07:00`; null: never.
    pub quiet_hours: Option<String>,
    /// How long ahead an episode is told.
    pub lead: Lead,
    /// When a summary of the day is told; null: never.
    pub digest: Option<Digest>,
    /// For how many years what was published is kept; null: always.
    pub retention_years: Option<u32>,
    /// Whether the keychain of the system has a key of the person's own to Météo-France.
    pub has_meteo_france_key: bool,
    /// The base address of the relay that is asked before the sources; null: none.
    pub relay: Option<String>,
    /// The folder in which everything is stored.
    pub folder: String,
    /// The version of the app.
    pub version: String,
    /// Where people say what they think, an address that begins with `https:` or `mailto:`.
    pub feedback: String,
}

/// An alert in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlertCard {
    /// The alert.
    pub id: AlertId,
    /// The level that was told: [`crate::contract::AlertView::level`].
    pub level: LevelView,
    /// What the person calls the place.
    pub place: String,
    /// Where it stands.
    pub standing: AlertState,
    /// "moderate air".
    pub headline: String,
    /// For whom, in words: a name, or "you".
    pub who: String,
    /// When its episode is: "today and tomorrow".
    pub when: String,
    /// When it was raised: "today at 16:02".
    pub raised: String,
    /// The day on which it was raised: "today", "Monday 7 September".
    pub raised_day: String,
    /// Where it stands, in words.
    pub state: String,
}

impl AlertCard {
    /// Whether the alert still stands.
    #[must_use]
    pub fn stands(&self) -> bool {
        matches!(self.standing, AlertState::Raised | AlertState::Held)
    }
}

/// An alert with all that is behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlertDetail {
    /// The alert.
    pub card: AlertCard,
    /// "For Léa: alert from “Moderate” up (asthma)."
    pub why: String,
    /// The publication behind the limit; null where the person set it.
    pub evidence: Option<Evidence>,
    /// Whether the figure is this app's choice, which the publication only supports.
    pub own_choice: bool,
    /// The readings that met the limit, in the order of their targets.
    pub readings: Vec<ReadingLine>,
    /// What was decided, in the order of time: "today at 16:02: told (new episode)".
    pub decisions: Vec<String>,
    /// What to do.
    pub advice: Option<AdviceView>,
    /// For whom; null once the person was removed.
    pub person: Option<PersonId>,
    /// Where; null once the place was removed.
    pub place: Option<PlaceId>,
    /// The day at the place on which it was raised, `2026-09-08`.
    pub date: String,
    /// Until when what is told of it is muted, in words; null where it is not.
    pub muted: Option<String>,
    /// Whether somebody found it useful; null where nobody has said.
    pub useful: Option<bool>,
}

/// A place that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceAdded {
    /// The place.
    pub id: PlaceId,
    /// What the person calls it.
    pub name: String,
    /// It was saved before.
    pub already: bool,
}
