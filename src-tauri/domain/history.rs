//! The past of an index: as much of it as is asked for, beside another place or year, drawn and in
//! words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};

use crate::credits;
use crate::diary::Entry;
use crate::knowledge::{self, State};
use crate::metric::Metric;
use crate::past::{self, PastEpisode};
use crate::person::{Person, PersonId};
use crate::place::{Place, PlaceId};
use crate::plot::{
    CalendarDay, Cell, Chart, Inks, Item, OF_PAPER, OF_WINDOW, Panel, Plot, StripItem, alone,
    in_window,
};
use crate::reading::{Reading, Source, Target, midnight, next_day};
use crate::scale::Scale;
use crate::sheet::{Section, Sheet, Table};
use crate::text::{Arg, Texts};
use crate::window::{
    ChartKind, DayAlert, DayPast, DayWhen, HistoryView, LimitLine, Look, Moment, Other,
    ReadingLine, Zoom,
};
use crate::words;

/// How many days before today are recent.
const RECENT: u64 = 29;

/// How many years are the longest period.
const YEARS: i32 = 5;

/// How many years back a year can be compared.
const COMPARED: i32 = 4;

/// From which width on there is room for a month under each of its weeks, in pixels.
const WIDE: u16 = 640;

/// What a past is laid beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Another place.
    Place(PlaceId),
    /// The same days so many years before.
    Years(i32),
}

impl Look {
    /// What it is compared with; `None` where nothing is asked for, and for years over years.
    #[must_use]
    pub fn beside(&self) -> Option<Beside> {
        let (kind, value) = self.with.as_deref()?.split_once(':')?;
        match kind {
            "place" => value.parse().ok().map(|id| Beside::Place(PlaceId(id))),
            "year" => {
                let years = value.parse().ok().filter(|years| (1..=COMPARED).contains(years))?;
                (self.zoom != Zoom::Years).then_some(Beside::Years(years))
            }
            _ => None,
        }
    }

    /// The day that is looked at, at a place where today is `today`.
    #[must_use]
    pub fn day(&self, today: NaiveDate) -> NaiveDate {
        let day = self.at.as_deref().and_then(|at| at.parse().ok()).unwrap_or(today);
        let last = today.checked_add_days(Days::new(past::AHEAD)).unwrap_or(today);
        day.min(last)
    }
}

impl Zoom {
    /// The periods of the calendar, the shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Year, Self::Years];

    /// The first and the last day of the period in which a day lies.
    #[must_use]
    pub fn span(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let year = |years: i32| {
            let first = NaiveDate::from_ymd_opt(day.year() - years, 1, 1).unwrap_or(day);
            (first, NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day))
        };
        match self {
            Self::Day => (day, day),
            Self::Week => {
                let week = day.week(chrono::Weekday::Mon);
                (week.first_day(), week.last_day())
            }
            Self::Month => {
                let first = day.with_day(1).unwrap_or(day);
                let last = u32::from(first.num_days_in_month());
                (first, day.with_day(last).unwrap_or(day))
            }
            Self::Year => year(0),
            Self::Years => year(YEARS - 1),
            Self::Recent => {
                let first = day.checked_sub_days(Days::new(RECENT)).unwrap_or(day);
                (first, day.checked_add_days(Days::new(past::AHEAD)).unwrap_or(day))
            }
        }
    }
}

/// The first and the last day of which something is drawn: of the period, and of its year or years.
#[must_use]
pub fn range(look: &Look, place: &Place, now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
    let day = look.day(now.with_timezone(&place.time_zone).date_naive());
    let (first, last) = look.zoom.span(day);
    if look.zoom == Zoom::Recent {
        return (first, last);
    }
    let (new_year, end) = look.zoom.max(Zoom::Year).span(day);
    // A week may reach into another year, and a day of what has none into its week.
    let (monday, sunday) = Zoom::Week.span(day);
    (first.min(new_year).min(monday), last.max(end).max(sunday))
}

/// What is stored of an index at one place, or of another year there.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// The place.
    pub place: &'a Place,
    /// How many years before those that are looked at.
    pub years_before: i32,
    /// The readings that count.
    pub readings: &'a [Reading],
    /// The alerts about it.
    pub episodes: &'a [PastEpisode],
    /// What the person noted.
    pub diary: &'a [Entry],
    /// The first day of which anything was ever stored.
    pub since: Option<NaiveDate>,
    /// Why nothing is known now, where nothing is.
    pub silent: Option<&'a str>,
}

/// What is known for looking back.
#[derive(Debug, Clone, Copy)]
pub struct HistoryFacts<'a> {
    /// What is looked at.
    pub look: &'a Look,
    /// The place, and what it is compared with.
    pub pasts: &'a [Past<'a>],
    /// The metrics of which something is stored at the place.
    pub stored: &'a [Metric],
    /// Every saved place.
    pub places: &'a [Place],
    /// Everybody.
    pub people: &'a [Person],
    /// Whose diary it is.
    pub person: PersonId,
    /// The present moment.
    pub now: DateTime<Utc>,
}

/// The same day so many years before; `None` for a 29 February where there is none.
fn years_before(date: NaiveDate, years: i32) -> Option<NaiveDate> {
    date.with_year(date.year() - years)
}

fn days_of((first, last): (NaiveDate, NaiveDate)) -> Vec<NaiveDate> {
    first.iter_days().take_while(|day| *day <= last).collect()
}

/// A reading as it is drawn; `None` for what is no level of its scale: it says nothing, least of all
/// that all is well.
fn cell(reading: &Reading) -> Option<Cell> {
    let said = match reading.scale {
        Some(scale) => reading.level.and_then(|level| scale.colour(level)).is_some(),
        None => reading.value.is_some(),
    };
    said.then_some(Cell {
        level: reading.level,
        value: reading.value,
        scale: reading.scale,
        estimated: reading.basis == crate::reading::Basis::Estimated,
    })
}

/// Whether one stands above another: by its level, an event above all, else by its figure.
fn is_worse(one: Cell, other: Cell) -> bool {
    let figure = |cell: Cell| cell.value.unwrap_or(f64::NEG_INFINITY);
    one.level > other.level || one.level == other.level && figure(one) > figure(other)
}

impl Past<'_> {
    fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.place.time_zone).date_naive()
    }

    /// What stands for each day: its only reading, or its worst hour.
    fn by_day(&self) -> BTreeMap<NaiveDate, Cell> {
        let mut days: BTreeMap<NaiveDate, Cell> = BTreeMap::new();
        let known = self.readings.iter().filter_map(|it| Some((it.target, cell(it)?)));
        for (target, cell) in known {
            let known = days.entry(target.day(self.place.time_zone)).or_insert(cell);
            if is_worse(cell, *known) {
                *known = cell;
            }
        }
        days
    }

    /// The days on which an alert was.
    fn alerted(&self) -> BTreeSet<NaiveDate> {
        let zone = self.place.time_zone;
        let day = |moment: DateTime<Utc>| moment.with_timezone(&zone).date_naive();
        let days = |episode: &PastEpisode| {
            days_of((day(episode.starts), day(episode.ends - TimeDelta::seconds(1))))
        };
        self.episodes.iter().flat_map(days).collect()
    }

    fn noted(&self) -> BTreeSet<NaiveDate> {
        self.diary.iter().filter(|entry| !entry.is_empty()).map(|entry| entry.day).collect()
    }

    /// These days as they are drawn; `within` is the period that is looked at closer.
    fn days(
        &self,
        dates: &[NaiveDate],
        within: (NaiveDate, NaiveDate),
        now: DateTime<Utc>,
    ) -> Vec<Item> {
        let (known, alerted, noted) = (self.by_day(), self.alerted(), self.noted());
        let today = self.today(now);
        let item = |date: &NaiveDate| {
            let Some(day) = years_before(*date, self.years_before) else { return Item::default() };
            let cell = known.get(&day).copied();
            Item {
                cell,
                missing: cell.is_none() && day <= today,
                ahead: day > today && cell.is_some(),
                now: day == today,
                alert: alerted.contains(&day),
                noted: noted.contains(&day),
                within: within.0 <= *date && *date <= within.1,
            }
        };
        dates.iter().map(item).collect()
    }

    /// When the hours of a day begin.
    fn hours_of(&self, date: NaiveDate) -> Vec<DateTime<Utc>> {
        let Some(day) = years_before(date, self.years_before) else { return Vec::new() };
        let zone = self.place.time_zone;
        let (first, end) = (midnight(day, zone), midnight(next_day(day), zone));
        let hours = (end - first).num_hours();
        (0..hours).map(|hour| first + TimeDelta::hours(hour)).collect()
    }

    /// The hours of these days as they are drawn, so many a day.
    fn hours(&self, days: &[(NaiveDate, usize)], now: DateTime<Utc>) -> Vec<Item> {
        let known: BTreeMap<DateTime<Utc>, Cell> = self
            .readings
            .iter()
            .filter_map(|it| Some((it.target.span(self.place.time_zone).0, cell(it)?)))
            .collect();
        let noted = self.noted();
        let mut items = Vec::new();
        for (date, count) in days {
            let hours = self.hours_of(*date);
            let is_noted =
                years_before(*date, self.years_before).is_some_and(|it| noted.contains(&it));
            for number in 0..*count {
                let Some(starts) = hours.get(number).copied() else {
                    items.push(Item::default());
                    continue;
                };
                let ends = starts + TimeDelta::hours(1);
                let cell = known.get(&starts).copied();
                let during = |it: &PastEpisode| it.starts < ends && starts < it.ends;
                items.push(Item {
                    cell,
                    missing: cell.is_none() && starts <= now,
                    ahead: starts > now,
                    now: starts <= now && now < ends,
                    alert: self.episodes.iter().any(during),
                    noted: is_noted && number == 0,
                    within: false,
                });
            }
        }
        items
    }

    /// The reading that stands for a day, with how many readings there are, or for an hour.
    fn at(&self, date: NaiveDate, hour: Option<usize>) -> (Option<&Reading>, usize) {
        let zone = self.place.time_zone;
        let starts = hour.map(|hour| self.hours_of(date).get(hour).copied());
        let Some(day) = years_before(date, self.years_before) else { return (None, 0) };
        let fits = |reading: &&Reading| match starts {
            Some(starts) => Some(reading.target.span(zone).0) == starts,
            None => reading.target.day(zone) == day,
        };
        let readings: Vec<_> =
            self.readings.iter().filter(fits).filter(|it| cell(it).is_some()).collect();
        (past::worst(&readings), readings.len())
    }

    /// That nothing is known of a day, since when, and why.
    fn gap(&self, texts: &Texts, date: NaiveDate, hour: bool, now: DateTime<Utc>) -> String {
        let Some(day) = years_before(date, self.years_before) else {
            return texts.get("history-no-such-day");
        };
        let today = self.today(now);
        let said = |day: NaiveDate| match texts.date(day) {
            date if day.year() == today.year() => date,
            date => with_year(texts, &date, day),
        };
        let Some(since) = self.since else { return texts.get("days-none") };
        if day < since {
            return texts.format("history-before", [("day", said(since).into())]);
        }
        if day > today {
            return texts.get("history-not-yet");
        }
        let known = self.by_day();
        if hour && known.contains_key(&day) {
            return texts.get("history-gap-hour");
        }
        let before = known.range(..day).next_back().map(|(day, _)| next_day(*day));
        let from = before.unwrap_or(since);
        match known.range(day..).next().map(|(day, _)| day.pred_opt().unwrap_or(*day)) {
            Some(to) if to <= from => texts.get("history-gap-day"),
            Some(to) => {
                let args: [Arg<'_>; 2] = [("from", said(from).into()), ("to", said(to).into())];
                texts.format("history-gap", args)
            }
            None => match self.silent {
                Some(why) => {
                    let args: [Arg<'_>; 2] = [("day", said(from).into()), ("why", why.into())];
                    texts.format("history-gap-why", args)
                }
                None => texts.format("history-gap-since", [("day", said(from).into())]),
            },
        }
    }
}

/// A day with its year where that is not the present one.
fn dated(texts: &Texts, day: NaiveDate, today: NaiveDate) -> String {
    let said = texts.day(day, today);
    if day.year() == today.year() { said } else { with_year(texts, &said, day) }
}

fn with_year(texts: &Texts, said: &str, day: NaiveDate) -> String {
    let args: [Arg<'_>; 2] = [("day", said.into()), ("year", day.year().to_string().into())];
    texts.format("history-dated", args)
}

/// "Mon 7".
fn short(texts: &Texts, day: NaiveDate) -> String {
    let weekday = texts.get(&format!("weekday-short-{}", day.weekday().number_from_monday()));
    format!("{weekday} {}", day.day())
}

fn month_short(texts: &Texts, day: NaiveDate) -> String {
    texts.get(&format!("month-short-{}", day.month()))
}

impl HistoryFacts<'_> {
    fn here(&self) -> &Past<'_> {
        &self.pasts[0]
    }

    fn today(&self) -> NaiveDate {
        self.here().today(self.now)
    }

    fn scale(&self) -> Option<Scale> {
        knowledge::rule_scale(self.look.metric, self.here().place)
    }

    fn is_hourly(&self) -> bool {
        knowledge::is_hourly(self.look.metric, self.here().place)
    }

    /// How much is shown: a day of what has no hours is in its week.
    #[must_use]
    pub fn zoom(&self) -> Zoom {
        match self.look.zoom {
            Zoom::Day if !self.is_hourly() => Zoom::Week,
            zoom => zoom,
        }
    }

    /// The days that a chart shows.
    fn span(&self, chart: ChartKind) -> (NaiveDate, NaiveDate) {
        let day = self.look.day(self.today());
        match (chart, self.zoom()) {
            (_, Zoom::Recent) => {
                let zone = self.here().place.time_zone;
                let known = self.here().readings.iter().map(|it| it.target.day(zone)).max();
                let (first, horizon) = Zoom::Recent.span(day);
                (first, known.unwrap_or(day).clamp(day, horizon))
            }
            (_, Zoom::Years) => Zoom::Years.span(day),
            (ChartKind::Strips, zoom) => {
                let (first, last) = zoom.span(day);
                (first, last.min(self.horizon()).max(first))
            }
            (ChartKind::Calendar, _) => Zoom::Year.span(day),
            (_, zoom) => zoom.span(day),
        }
    }

    /// The last day of which something is known, at least today; without end beside another year,
    /// which has all its days.
    fn horizon(&self) -> NaiveDate {
        let of = |past: &Past<'_>| {
            let zone = past.place.time_zone;
            let known = past.readings.iter().map(|it| it.target.day(zone)).max();
            let today = past.today(self.now);
            if past.years_before == 0 { known.unwrap_or(today).max(today) } else { NaiveDate::MAX }
        };
        self.pasts.iter().map(of).max().unwrap_or(NaiveDate::MAX)
    }

    /// The days of a chart with their hours, where it shows hours.
    fn hours(&self, chart: ChartKind) -> Option<Vec<(NaiveDate, usize)>> {
        let by_hour = self.is_hourly() && chart != ChartKind::Calendar && self.zoom() < Zoom::Year;
        let hours = |day: &NaiveDate| {
            let of = |past: &Past<'_>| past.hours_of(*day).len();
            (*day, self.pasts.iter().map(of).max().unwrap_or(0))
        };
        by_hour.then(|| days_of(self.span(chart)).iter().map(hours).collect())
    }

    /// What a place or year is called beside the other; nothing where it is alone.
    fn panel_name(&self, past: &Past<'_>) -> String {
        if self.pasts.len() < 2 {
            return String::new();
        }
        let year = self.look.day(self.today()).year() - past.years_before;
        match self.look.beside() {
            Some(Beside::Years(_)) => year.to_string(),
            _ => past.place.name.clone(),
        }
    }

    /// What the chart draws, for each place or year.
    fn panels(&self, texts: &Texts, chart: ChartKind) -> Vec<Panel> {
        let hours = self.hours(chart);
        let dates = days_of(self.span(chart));
        let nothing = (NaiveDate::MAX, NaiveDate::MIN);
        let within = match (chart, self.zoom()) {
            (ChartKind::Calendar, Zoom::Day | Zoom::Week | Zoom::Month) => {
                self.span(ChartKind::Lines)
            }
            _ => nothing,
        };
        let panel = |past: &Past<'_>| Panel {
            name: self.panel_name(past),
            items: match &hours {
                Some(hours) => past.hours(hours, self.now),
                None => past.days(&dates, within, self.now),
            },
            limits: by_level(past::limits_at(texts, past.place, self.look.metric, self.people)),
        };
        self.pasts.iter().map(panel).collect()
    }

    /// A chart with where its items lie.
    #[must_use]
    pub fn chart(&self, texts: &Texts, kind: ChartKind, inks: Inks) -> Chart {
        let (first, last) = self.span(kind);
        let dates = days_of((first, last));
        let hours = self.hours(kind);
        let panels = self.panels(texts, kind);
        let labels = self.labels(texts);
        let plot = Plot {
            scale: self.scale(),
            labels: &labels,
            axis: self.axis(texts, &panels),
            panels: &panels,
            width: f64::from(self.look.width.clamp(280, 1600)),
        };
        let title = match (kind, hours.is_some()) {
            (ChartKind::Calendar, _) if self.zoom() == Zoom::Years => "history-calendar-years",
            (ChartKind::Calendar, _) => "history-calendar",
            (ChartKind::Strips, true) => "history-hours",
            (ChartKind::Strips, false) => "history-days",
            (ChartKind::Lines, _) if self.zoom() == Zoom::Recent => "days-title",
            (ChartKind::Lines, _) => "history-lines",
        };
        let mut chart = match kind {
            ChartKind::Calendar => self.calendar(texts, &plot, inks, &dates),
            ChartKind::Strips => self.strips(texts, &plot, inks, &dates, hours.as_deref()),
            ChartKind::Lines => plot.lines(inks, &self.marks(texts, &dates, hours.as_deref())),
        };
        chart.view.title = texts.get(title);
        if let Some((_, _, [lowest, highest])) =
            plot.axis.as_ref().filter(|_| kind != ChartKind::Lines)
        {
            chart.view.title = format!("{} · {lowest} – {highest}", chart.view.title);
        }
        chart.view.from = first.to_string();
        chart.view.hourly = hours.is_some();
        chart.view.items = panels.iter().map(|panel| panel.items.len()).max().unwrap_or(0);
        let mut begins = 0;
        chart.view.days = hours
            .iter()
            .flatten()
            .map(|(_, count)| {
                begins += count;
                begins - count
            })
            .collect();
        chart
    }

    fn labels(&self, texts: &Texts) -> Vec<String> {
        self.scale().map_or_else(Vec::new, |scale| {
            (1..=scale.levels()).map(|level| texts.label(scale, level)).collect()
        })
    }

    /// Of what has no scale, the lowest and the highest figure of all that is drawn.
    fn axis(&self, texts: &Texts, panels: &[Panel]) -> Option<(f64, f64, [String; 2])> {
        if self.scale().is_some() {
            return None;
        }
        let cells = panels.iter().flat_map(|panel| &panel.items).filter_map(|item| item.cell);
        let values: Vec<f64> = cells.filter_map(|cell| cell.value).collect();
        let lowest = values.iter().copied().min_by(f64::total_cmp)?;
        let highest = values.iter().copied().max_by(f64::total_cmp)?;
        let metric = self.look.metric;
        let said = |value| words::value_of(texts, metric, value, metric.unit());
        Some((lowest, highest, [said(lowest), said(highest)]))
    }

    fn calendar(&self, texts: &Texts, plot: &Plot<'_>, inks: Inks, dates: &[NaiveDate]) -> Chart {
        let first = dates.first().map_or(0, Datelike::year);
        let last = dates.last().map_or(0, Datelike::year);
        let day = |date: &NaiveDate, years: i32| {
            let day = years_before(*date, years)?;
            let new_year = day.with_ordinal(1)?.weekday().num_days_from_monday();
            let number = usize::try_from(day.ordinal0() + new_year).ok()?;
            Some(CalendarDay {
                year: usize::try_from(date.year() - first).unwrap_or(0),
                week: number / 7,
                weekday: number % 7,
                begins: (day.day() == 1).then(|| month_short(texts, day)),
            })
        };
        let days: Vec<Vec<_>> = (self.pasts.iter())
            .map(|past| dates.iter().map(|date| day(date, past.years_before)).collect())
            .collect();
        let years: Vec<Vec<String>> = (self.pasts.iter())
            .map(|past| (first..=last).map(|it| (it - past.years_before).to_string()).collect())
            .collect();
        let weekdays =
            std::array::from_fn(|number| texts.get(&format!("weekday-short-{}", number + 1)));
        plot.calendar(inks, &days, &weekdays, &years)
    }

    fn strips(
        &self,
        texts: &Texts,
        plot: &Plot<'_>,
        inks: Inks,
        dates: &[NaiveDate],
        hours: Option<&[(NaiveDate, usize)]>,
    ) -> Chart {
        let row_names =
            |name: &dyn Fn(NaiveDate) -> String, of: &[NaiveDate]| -> Vec<Vec<String>> {
                let of_past = |past: &Past<'_>| {
                    let shown = |date: &NaiveDate| years_before(*date, past.years_before);
                    of.iter().map(|date| shown(date).map(name).unwrap_or_default()).collect()
                };
                self.pasts.iter().map(of_past).collect()
            };
        if let Some(hours) = hours {
            let item = |(row, (_, count)): (usize, &(NaiveDate, usize))| {
                (0..*count).map(move |column| StripItem { row, column })
            };
            let items: Vec<_> = hours.iter().enumerate().flat_map(item).collect();
            let rows = row_names(&|day| short(texts, day), dates);
            let columns = [0, 6, 12, 18].map(|hour| (hour, format!("{hour:02}:00")));
            return plot.strips(inks, &items, &rows, &columns);
        }
        if self.zoom() < Zoom::Month {
            let items: Vec<_> =
                (0..dates.len()).map(|column| StripItem { row: 0, column }).collect();
            let columns: Vec<_> =
                dates.iter().enumerate().map(|(at, day)| (at, short(texts, *day))).collect();
            let rows = vec![vec![String::new()]; self.pasts.len()];
            return plot.strips(inks, &items, &rows, &columns);
        }
        let months: Vec<_> = dates.iter().copied().filter(|date| date.day() == 1).collect();
        let mut row = 0;
        let items: Vec<_> = (dates.iter().enumerate())
            .map(|(at, date)| {
                row += usize::from(at > 0 && date.day() == 1);
                StripItem { row, column: usize::try_from(date.day0()).unwrap_or(0) }
            })
            .collect();
        let rows = row_names(
            &|day| {
                let month = month_short(texts, day);
                with_year(texts, &month, day)
            },
            &months,
        );
        let columns = [1, 5, 10, 15, 20, 25, 30].map(|day: usize| (day - 1, day.to_string()));
        plot.strips(inks, &items, &rows, &columns)
    }

    /// What stands under which item of a line.
    fn marks(
        &self,
        texts: &Texts,
        dates: &[NaiveDate],
        hours: Option<&[(NaiveDate, usize)]>,
    ) -> Vec<(usize, String)> {
        let wide = self.look.width > WIDE;
        if let (Zoom::Day, Some([(_, count), ..])) = (self.zoom(), hours) {
            let marked = (0..*count).step_by(6);
            return marked.map(|hour| (hour, format!("{hour:02}:00"))).collect();
        }
        let mut at = 0;
        let mut marks = Vec::new();
        for (number, date) in dates.iter().enumerate() {
            let mark = match self.zoom() {
                Zoom::Day | Zoom::Week => Some(short(texts, *date)),
                Zoom::Month | Zoom::Recent => (date.weekday() == chrono::Weekday::Mon
                    && (wide || date.day() % 14 < 7))
                    .then(|| texts.date_short(*date)),
                Zoom::Year => (date.day() == 1 && (wide || date.month() % 3 == 1))
                    .then(|| month_short(texts, *date)),
                Zoom::Years => (date.ordinal() == 1).then(|| date.year().to_string()),
            };
            marks.extend(mark.map(|mark| (at, mark)));
            at += hours.and_then(|hours| hours.get(number)).map_or(1, |(_, count)| *count);
        }
        marks
    }

    /// What is shown of the past, in words and pictures.
    #[must_use]
    pub fn view(&self, texts: &Texts) -> HistoryView {
        let look = self.look;
        let (today, here) = (self.today(), self.here());
        let (first, last) = self.span(ChartKind::Lines);
        let since = |past: &Past<'_>| {
            let since = past.since?;
            since.with_year(since.year() + past.years_before).or(Some(since))
        };
        let earliest = self.pasts.iter().filter_map(since).min();
        let later = match self.zoom() {
            Zoom::Years => last.with_year(last.year() + YEARS),
            _ => last.succ_opt(),
        };
        let width = look.width.clamp(280, 1600);
        let kinds: &[ChartKind] = match self.zoom() {
            Zoom::Recent => &[ChartKind::Lines],
            _ => &[ChartKind::Calendar, ChartKind::Strips, ChartKind::Lines],
        };
        let charts = kinds.iter().map(|kind| {
            let mut chart = self.chart(texts, *kind, OF_WINDOW);
            chart.view.drawing = in_window(&chart.body, chart.view.width, chart.view.height);
            chart.view
        });
        let (legend, high) = self.legend(texts, OF_WINDOW);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few lines are not higher than a screen"
        )]
        let legend = in_window(&legend, width, high as u16);
        HistoryView {
            title: self.title(texts),
            indices: past::indices(texts, here.place, look.metric, self.stored),
            zoom: self.zoom(),
            zooms: Zoom::ALL
                .into_iter()
                .filter(|zoom| self.is_hourly() || *zoom != Zoom::Day)
                .collect(),
            period: self.period(texts),
            at: look.day(today).to_string(),
            earlier: first
                .pred_opt()
                .filter(|it| earliest.is_some_and(|from| from <= *it))
                .map(|it| it.to_string()),
            later: later.filter(|_| last < today).map(|it| it.min(today).to_string()),
            others: self.others(),
            charts: charts.collect(),
            legend,
            notes: self.notes(texts),
            publishers: self.credits(texts).iter().map(|it| it.to_markup(texts)).collect(),
        }
    }

    fn title(&self, texts: &Texts) -> String {
        let name = texts.sentence_case(&past::name(texts, self.look.metric));
        let mut places = vec![self.here().place.name.clone()];
        if let (Some(Beside::Place(_)), Some(other)) = (self.look.beside(), self.pasts.get(1)) {
            places.push(other.place.name.clone());
        }
        let places = texts.list(&places);
        texts.format("index-at", [("index", name.into()), ("place", places.into())])
    }

    /// "September 2026".
    fn period(&self, texts: &Texts) -> String {
        let (first, last) = self.span(ChartKind::Lines);
        let today = self.today();
        let between = |from: String, to: String| {
            let args: [Arg<'_>; 2] = [("from", from.into()), ("to", to.into())];
            texts.format("history-between", args)
        };
        // Beside another year, both are said together.
        let beside = matches!(self.look.beside(), Some(Beside::Years(_))) && self.pasts.len() > 1;
        let of_year = |said: String, day: NaiveDate| {
            if beside { said } else { with_year(texts, &said, day) }
        };
        let said = match self.zoom() {
            Zoom::Day => of_year(texts.date(first), first),
            Zoom::Week => between(texts.date(first), of_year(texts.date(last), last)),
            Zoom::Month => of_year(texts.get(&format!("month-{}", first.month())), first),
            Zoom::Recent => texts.get("days-title"),
            Zoom::Year => first.year().to_string(),
            Zoom::Years => {
                let (from, to) = (first.year().to_string(), last.year().to_string());
                texts.format("history-span", [("from", from.into()), ("to", to.into())])
            }
        };
        let names: Vec<_> = self.pasts.iter().map(|past| self.panel_name(past)).collect();
        let said = match self.zoom() {
            _ if !beside => said,
            Zoom::Year => texts.list(&names),
            _ => {
                let args: [Arg<'_>; 2] =
                    [("period", said.into()), ("years", texts.list(&names).into())];
                texts.format("history-beside-years", args)
            }
        };
        let is_present = self.zoom() != Zoom::Recent && first <= today && today <= last;
        let key = if is_present { "history-present" } else { "history-past" };
        texts.sentence_case(&texts.format(key, [("period", said.into())]))
    }

    fn others(&self) -> Vec<Other> {
        let here = self.here();
        let metric = self.look.metric;
        let scale = self.scale();
        let comparable = |place: &&Place| {
            place.id != here.place.id
                && !knowledge::sources(metric, place).is_empty()
                && knowledge::rule_scale(metric, place) == scale
        };
        let mut others: Vec<Other> = (self.places.iter().filter(comparable))
            .map(|place| Other { value: format!("place:{}", place.id.0), name: place.name.clone() })
            .collect();
        if self.zoom() != Zoom::Years {
            let year = self.look.day(self.today()).year();
            let stored = |years: &i32| here.since.is_some_and(|it| it.year() <= year - years);
            others.extend((1..=COMPARED).filter(stored).map(|years| Other {
                value: format!("year:{years}"),
                name: (year - years).to_string(),
            }));
        }
        others
    }

    fn notes(&self, texts: &Texts) -> Vec<String> {
        let today = self.today();
        let since = |past: &Past<'_>| match past.since {
            Some(since) => past::stored_since(texts, since, today),
            None => texts.get("days-none"),
        };
        let since: Vec<String> = match self.pasts {
            [here, other] if other.years_before == 0 => [here, other]
                .map(|past| {
                    let args: [Arg<'_>; 2] =
                        [("place", past.place.name.as_str().into()), ("since", since(past).into())];
                    texts.format("history-of-place", args)
                })
                .to_vec(),
            _ => vec![since(self.here())],
        };
        since.into_iter().chain([texts.get("history-removed")]).collect()
    }

    /// Who published what is known of these days; where nothing is, who would have.
    fn credits(&self, texts: &Texts) -> Vec<credits::Credit> {
        let of_readings = self.pasts.iter().flat_map(|past| past.readings).map(|it| it.source);
        let mut sources: BTreeSet<Source> = of_readings.collect();
        if sources.is_empty() {
            sources =
                knowledge::sources(self.look.metric, self.here().place).iter().copied().collect();
        }
        sources.into_iter().filter_map(|it| credits::of_source(texts, it)).collect()
    }

    fn legend(&self, texts: &Texts, inks: Inks) -> (String, f64) {
        let labels = self.labels(texts);
        let width = f64::from(self.look.width.clamp(280, 1600));
        let plot = Plot { scale: self.scale(), labels: &labels, axis: None, panels: &[], width };
        let words = ["history-estimate", "history-no-data", "history-alert", "history-noted"];
        plot.legend(inks, &words.map(|key| texts.get(key)))
    }

    /// A chart as a picture of its own: with its title, what its signs mean, who published what it
    /// shows, the licences, and the days.
    #[must_use]
    pub fn picture(&self, texts: &Texts, kind: ChartKind) -> String {
        let chart = self.chart(texts, kind, OF_PAPER);
        let scale = self.scale().map(|scale| texts.sentence_case(&texts.scale(scale)));
        let (first, last) = self.span(kind);
        let [from, to] = [first, last].map(|day| with_year(texts, &texts.date(day), day));
        let days: [Arg<'_>; 2] = [("from", from.into()), ("to", to.into())];
        let period = self.period(texts);
        let mut above =
            vec![self.title(texts), texts.sentence_case(&texts.format("history-between", days))];
        above.push(match scale {
            Some(scale) => format!("{} · {scale}", chart.view.title),
            None => chart.view.title.clone(),
        });
        if self.pasts.len() > 1 {
            above.push(period);
        }
        let credit = |it: credits::Credit| {
            let args: [Arg<'_>; 3] =
                [("what", it.what.into()), ("by", it.by.into()), ("licence", it.licence.into())];
            texts.format("history-credit", args)
        };
        let mut below: Vec<String> = self.credits(texts).into_iter().map(credit).collect();
        let today = self.today();
        let made = with_year(texts, &texts.date(today), today);
        below.push(texts.format("history-made", [("day", made.into())]));
        let legend = self.legend(texts, OF_PAPER);
        alone(&chart.body, (chart.view.width, chart.view.height), &above, &legend, &below)
    }

    /// The day or hour that is chosen, for each place or year.
    #[must_use]
    pub fn moments(&self, texts: &Texts) -> Vec<Moment> {
        let date = self.look.day(self.today());
        let hour = self.look.hour.map(usize::from).filter(|_| self.is_hourly());
        self.pasts.iter().map(|past| self.moment(texts, past, date, hour)).collect()
    }

    fn moment(
        &self,
        texts: &Texts,
        past: &Past<'_>,
        date: NaiveDate,
        hour: Option<usize>,
    ) -> Moment {
        let (now, today, zone) = (self.now, past.today(self.now), past.place.time_zone);
        let day = years_before(date, past.years_before).unwrap_or(date);
        let (reading, count) = past.at(date, hour);
        let starts = hour.and_then(|hour| past.hours_of(date).get(hour).copied());
        let span = match starts {
            Some(starts) => (starts, starts + TimeDelta::hours(1)),
            None => Target::Day(day).span(zone),
        };
        let mut name = dated(texts, day, today);
        if let Some(starts) = starts {
            let time = starts.with_timezone(&zone);
            let time = format!("{:02}:{:02}", time.hour(), time.minute());
            let args: [Arg<'_>; 2] = [("day", name.into()), ("time", time.into())];
            name = texts.format("moment", args);
        }
        let beside = self.panel_name(past);
        if !beside.is_empty()
            && past.years_before == 0
            && self.pasts.iter().all(|it| it.years_before == 0)
        {
            name = format!("{beside} · {name}");
        }
        let during = |it: &&PastEpisode| it.starts < span.1 && span.0 < it.ends;
        let alerts: Vec<DayAlert> =
            past.episodes.iter().filter(during).map(|it| past::alert(texts, it)).collect();
        let few = hour.is_none() && self.is_hourly() && count < past::HOURS_OF_A_DAY;
        let noted = past.diary.iter().find(|entry| entry.day == day && !entry.is_empty());
        Moment {
            place: past.place.id,
            date: day.to_string(),
            hour: self.look.hour.filter(|_| hour.is_some()),
            missing: reading.is_none().then(|| past.gap(texts, date, hour.is_some(), now)),
            day: DayPast {
                name,
                when: match (span.1 <= now, span.0 <= now) {
                    (true, _) => DayWhen::Past,
                    (_, true) => DayWhen::Today,
                    (_, false) => DayWhen::Ahead,
                },
                line: reading.map(|reading| {
                    let line = line(texts, past, reading, now);
                    let few = few.then(|| texts.format("hours-known", [("count", count.into())]));
                    ReadingLine { caveat: few.or(line.caveat.clone()), ..line }
                }),
                alerts,
            },
            noted: noted.map(|entry| {
                texts.format("history-diary", [("what", entry.in_words(texts).into())])
            }),
            person: self.person,
        }
    }

    /// What a chart draws, as a table, the latest first.
    #[must_use]
    pub fn table(&self, texts: &Texts, kind: ChartKind) -> Sheet {
        let today = self.today();
        let hours = self.hours(kind);
        let items: Vec<(NaiveDate, Option<usize>)> = match &hours {
            Some(hours) => hours
                .iter()
                .flat_map(|(day, count)| (0..*count).map(|hour| (*day, Some(hour))))
                .collect(),
            None => days_of(self.span(kind)).into_iter().map(|day| (day, None)).collect(),
        };
        let panels = self.panels(texts, kind);
        let alone = panels.len() == 1;
        let mut columns = vec![texts.get(if hours.is_some() { "table-hour" } else { "table-day" })];
        if alone {
            columns.extend(["table-level", "table-published"].map(|it| texts.get(it)));
        } else {
            columns.extend(panels.iter().map(|panel| panel.name.clone()));
        }
        columns.push(texts.get("history-marks"));
        let readings: Vec<_> =
            self.pasts.iter().map(|past| past.stand_for(hours.is_some())).collect();
        let mut rows = Vec::new();
        for (number, (day, hour)) in items.iter().enumerate().rev() {
            let known = |at: usize| -> Option<&Reading> {
                let past = &self.pasts[at];
                let target = match hour {
                    Some(hour) => past.hours_of(*day).get(*hour).copied()?,
                    None => midnight(years_before(*day, past.years_before)?, past.place.time_zone),
                };
                readings[at].get(&target).copied()
            };
            let shown: Vec<_> = panels.iter().filter_map(|panel| panel.items.get(number)).collect();
            if shown.iter().all(|item| item.cell.is_none() && !item.missing) {
                continue;
            }
            let mut name = texts.sentence_case(&dated(texts, *day, today));
            if let Some(hour) = hour {
                name = format!("{name}, {hour:02}:00");
            }
            let mut row = vec![name];
            for (at, past) in self.pasts.iter().enumerate() {
                let line = known(at).map(|it| line(texts, past, it, self.now));
                row.push(match &line {
                    Some(line) => in_words(texts, line),
                    None if shown.get(at).is_some_and(|item| item.missing) => {
                        texts.get("history-no-data")
                    }
                    None => String::new(),
                });
                if alone {
                    let published = line.map(|line| line.provenance).unwrap_or_default();
                    row.push(texts.sentence_case(&published));
                }
            }
            let alert = shown.iter().any(|item| item.alert).then_some("history-alert");
            let noted = shown.iter().any(|item| item.noted).then_some("history-noted");
            let marks = [alert, noted].into_iter().flatten().map(|it| texts.get(it));
            row.push(marks.collect::<Vec<_>>().join(", "));
            rows.push(row);
        }
        let caption = format!("{}, {}", self.title(texts), self.period(texts));
        let table = Table { caption, columns, rows };
        let section = Section { table: Some(table), ..Section::default() };
        Sheet { title: self.title(texts), sections: vec![section] }
    }

    /// The days whose values a chart shows: what is kept of it as data.
    #[must_use]
    pub fn shown(&self, kind: ChartKind) -> (NaiveDate, NaiveDate) {
        self.span(kind)
    }
}

impl Past<'_> {
    /// The readings that stand for hours, or for days by their first moment.
    fn stand_for(&self, by_hour: bool) -> BTreeMap<DateTime<Utc>, &Reading> {
        let zone = self.place.time_zone;
        let mut known: BTreeMap<DateTime<Utc>, &Reading> = BTreeMap::new();
        for reading in self.readings {
            let Some(new) = cell(reading) else { continue };
            let at = match by_hour {
                true => reading.target.span(zone).0,
                false => midnight(reading.target.day(zone), zone),
            };
            let worst = known.entry(at).or_insert(reading);
            if cell(worst).is_some_and(|worst| is_worse(new, worst)) {
                *worst = reading;
            }
        }
        known
    }
}

/// A reading with its words: what it was worth for its day, not what it is worth now.
fn line(texts: &Texts, past: &Past<'_>, reading: &Reading, now: DateTime<Utc>) -> ReadingLine {
    let zone = past.place.time_zone;
    let status = words::reading_status(texts, State::Current, reading, zone);
    words::line(texts, &status, zone, now)
}

/// "Moderate (3 of 6), 38 µg/m³, estimate".
fn in_words(texts: &Texts, line: &ReadingLine) -> String {
    let reading = &line.reading;
    let rank = reading.scale.zip(reading.level).and_then(|(scale, level)| {
        let args: [Arg<'_>; 2] = [
            ("level", scale.rank(level)?.to_string().into()),
            ("levels", scale.levels().to_string().into()),
        ];
        Some(format!(" ({})", texts.format("level-of", args)))
    });
    let level = reading.label.as_ref().map(|it| format!("{it}{}", rank.unwrap_or_default()));
    let estimated = reading.basis == Some(crate::reading::Basis::Estimated);
    let estimate = estimated.then(|| texts.get("history-estimate"));
    let said = [level, line.figure.clone(), estimate];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// People of the same limit share a line; who is never told has none.
fn by_level(limits: Vec<LimitLine>) -> Vec<(u8, Vec<String>)> {
    let mut levels: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for limit in limits {
        if let Some(level) = limit.level {
            levels.entry(level).or_default().push(limit.who);
        }
    }
    levels.into_iter().collect()
}

#[cfg(test)]
mod tests;
