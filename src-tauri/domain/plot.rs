//! The past as pictures: a calendar, strips of days, lines; in the window and as files of their own.
//!
//! A level is drawn as everywhere: in its official colour within an outline of ink, and as high as
//! it ranks, so that it is told without colour too. What is not known is dashed, an estimate is
//! never filled. There is one path for all cells that look alike, not a shape for each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::scale::Scale;
use crate::sheet::escaped;
use crate::window::{Block, ChartKind, HistoryChart};

/// The height of letters, and how wide one is at most on average, in pixels.
const TEXT: f64 = 14.0;
const LETTER: f64 = 7.6;

/// The distance between lines of text.
const LINE: f64 = 22.0;

/// The height of a level of a line, in pixels.
const STEP: f64 = 26.0;

/// As many levels as what has no scale is high.
const PLAIN: u8 = 5;

/// Above each line: the alerts.
const HEAD: f64 = 14.0;

/// Below each line: what was noted, and the dates.
const FOOT: f64 = 34.0;

/// In how many steps a figure without a level is drawn in a cell.
const STEPS: u16 = 10;

/// How many people are named at a line.
const NAMED: usize = 3;

/// The typeface of the window where it is installed; a picture carries no letters of its own.
const TYPEFACE: &str = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', sans-serif";

/// What everything but levels is drawn with.
#[derive(Debug, Clone, Copy)]
pub struct Inks {
    ink: &'static str,
    soft: &'static str,
    hairline: &'static str,
    edge: &'static str,
    paper: &'static str,
}

/// The variables of the window, which follow its theme.
pub const OF_WINDOW: Inks = Inks {
    ink: "var(--ink)",
    soft: "var(--ink-soft)",
    hairline: "var(--hairline)",
    edge: "var(--edge)",
    paper: "var(--paper)",
};

/// Ink on white paper, for a picture of its own.
pub const OF_PAPER: Inks = Inks {
    ink: "#1d1b18",
    soft: "#5a554d",
    hairline: "#dcd7cc",
    edge: "#8a8377",
    paper: "#ffffff",
};

/// What is known of an hour or a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The level; `None` of what has no scale.
    pub level: Option<u8>,
    /// The figure.
    pub value: Option<f64>,
    /// The scale of the level.
    pub scale: Option<Scale>,
    /// Whether this app computed it.
    pub estimated: bool,
}

/// What is drawn of an hour or a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Item {
    /// What is known of it.
    pub cell: Option<Cell>,
    /// Whether nothing is known of what should be known: neither of what lies ahead, nor of a 29
    /// February in a year without one.
    pub missing: bool,
    /// Whether it lies ahead.
    pub ahead: bool,
    /// Whether it is today, or the present hour.
    pub now: bool,
    /// Whether it was part of an alert.
    pub alert: bool,
    /// Whether something was noted of it.
    pub noted: bool,
    /// Whether it lies in the period that is looked at closer.
    pub within: bool,
}

/// Where an item lies: in the block with this corner, as its number so many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    x: f64,
    y: f64,
    number: usize,
}

/// One place in one year, or one of two to compare.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Panel {
    /// What it is called beside another; empty where it is alone.
    pub name: String,
    /// What is drawn, the earliest first.
    pub items: Vec<Item>,
    /// From which level on it is told to whom.
    pub limits: Vec<(u8, Vec<String>)>,
}

/// What all panels share.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot<'a> {
    /// The scale; `None` for what has figures only.
    pub scale: Option<Scale>,
    /// Its levels in words.
    pub labels: &'a [String],
    /// Without a scale the lowest and the highest figure, and how they are said.
    pub axis: Option<(f64, f64, [String; 2])>,
    /// What is drawn, one under the other.
    pub panels: &'a [Panel],
    /// How wide it may be, in pixels.
    pub width: f64,
}

/// What stands at the items of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarDay {
    /// The number of its year among those that are shown.
    pub year: usize,
    /// The week of its year, and the day of that week from Monday, each from 0.
    pub week: usize,
    /// See `week`.
    pub weekday: usize,
    /// The name of the month that begins with it.
    pub begins: Option<String>,
}

/// What stands at the items of strips.
#[derive(Debug, Clone, PartialEq)]
pub struct StripItem {
    /// Its row and its number in it, from 0.
    pub row: usize,
    /// See `row`.
    pub column: usize,
}

/// A number as a picture says it.
fn n(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    rounded.to_string()
}

fn thousandths(value: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no picture is larger than a few thousand pixels"
    )]
    let thousandths = (value.max(0.0) * 1000.0).round() as u32;
    thousandths
}

fn pixels(value: f64) -> u16 {
    u16::try_from(thousandths(value.ceil()) / 1000).unwrap_or(u16::MAX)
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How many of a size lie within a width.
fn fitting(width: f64, size: f64) -> usize {
    usize::try_from(thousandths(width / size) / 1000).unwrap_or(1).max(1)
}

/// Where the items of a picture lie.
struct Grid {
    dx: f64,
    dy: f64,
    per: usize,
    down: bool,
    /// The size of a cell.
    size: (f64, f64),
}

impl Grid {
    fn corner(&self, spot: Spot) -> (f64, f64) {
        let (major, minor) = (spot.number / self.per, spot.number % self.per);
        let (column, row) = if self.down { (major, minor) } else { (minor, major) };
        (spot.x + float(column) * self.dx, spot.y + float(row) * self.dy)
    }
}

/// A picture while it is drawn.
struct Pen {
    out: String,
    inks: Inks,
}

impl Pen {
    fn new(inks: Inks) -> Self {
        Self { out: String::new(), inks }
    }

    fn path(&mut self, data: &str, attributes: &str) {
        if !data.is_empty() {
            let _ = write!(self.out, "<path d=\"{data}\" {attributes}/>");
        }
    }

    fn text(&mut self, (x, y): (f64, f64), ink: &str, more: &str, text: &str) {
        let (x, y) = (n(x), n(y));
        let _ = write!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\" fill=\"{ink}\"{more}>{}</text>",
            escaped(text)
        );
    }

    fn line(&mut self, (x, y): (f64, f64), to: f64, attributes: &str) {
        let data = format!("M{} {}H{}", n(x), n(y), n(to));
        self.path(&data, &format!("fill=\"none\" {attributes}"));
    }
}

fn rectangle(data: &mut String, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let (x, y, width, height) = (n(x), n(y), n(width), n(height));
    let _ = write!(data, "M{x} {y}h{width}v{height}h-{width}z");
}

impl Plot<'_> {
    fn levels(&self) -> u8 {
        self.scale.map_or(PLAIN, Scale::levels)
    }

    /// How high a cell is filled, in thousandths: to its level, or to its figure between the lowest
    /// and the highest; an event, which has no rank, to the top.
    fn height(&self, cell: Cell) -> u16 {
        if let Some((scale, level)) = cell.scale.zip(cell.level) {
            let rank = scale.rank(level).unwrap_or(scale.levels());
            return u16::from(rank) * 1000 / u16::from(scale.levels());
        }
        let share = self.share(cell);
        // The lowest is known too.
        (share * (STEPS - 1) / 1000 + 1) * (1000 / STEPS)
    }

    /// How high a figure is between the lowest and the highest, in thousandths.
    fn share(&self, cell: Cell) -> u16 {
        let known = self.axis.as_ref().zip(cell.value);
        let share =
            known.map(|((lowest, highest, _), value)| (value - lowest) / (highest - lowest));
        let share = share.filter(|share| share.is_finite()).unwrap_or(0.5).clamp(0.0, 1.0);
        u16::try_from(thousandths(share)).unwrap_or_default()
    }

    /// The cells of a panel.
    fn cells(&self, pen: &mut Pen, panel: &Panel, grid: &Grid, spots: &[Option<Spot>]) {
        // What looks alike: the colour, the height, whether it is estimated or ahead, whether it has
        // a rank.
        type Look = (&'static str, u16, bool, bool, bool);
        let (width, height) = grid.size;
        let mut alike: BTreeMap<Look, Vec<(f64, f64)>> = BTreeMap::new();
        let [mut frames, mut gaps, mut within, mut now] = [const { String::new() }; 4];
        let [mut alerts, mut notes, mut events] = [const { String::new() }; 3];
        for (item, spot) in panel.items.iter().zip(spots) {
            let Some(spot) = spot else { continue };
            let corner = grid.corner(*spot);
            let (x, y) = corner;
            match item.cell {
                Some(cell) => {
                    rectangle(&mut frames, corner, grid.size);
                    let level = cell.scale.zip(cell.level);
                    let colour = level.and_then(|(scale, level)| scale.colour(level));
                    let event = level.is_some_and(|(scale, level)| scale.rank(level).is_none());
                    let look = (
                        colour.unwrap_or(pen.inks.soft),
                        self.height(cell),
                        cell.estimated,
                        item.ahead,
                        event,
                    );
                    alike.entry(look).or_default().push(corner);
                    if event {
                        let (x, y) = (x + width / 2.0, y + height / 2.0);
                        let _ = write!(events, "M{} {}l4 4l-4 4l-4 -4z", n(x), n(y - 4.0));
                    }
                }
                None if item.missing => rectangle(&mut gaps, corner, grid.size),
                None => {}
            }
            if item.within && (item.cell.is_some() || item.missing) {
                let _ = write!(within, "M{} {}h{}", n(x), n(y + height + 1.5), n(width));
            }
            if item.now {
                rectangle(&mut now, (x - 1.5, y - 1.5), (width + 3.0, height + 3.0));
            }
            let mark = (width / 2.0).min(7.0);
            if item.alert {
                let (x, m) = (n(x + width - mark), n(mark));
                let _ = write!(alerts, "M{x} {}h{m}v{m}z", n(y));
            }
            if item.noted {
                let r = n(mark / 2.0);
                let _ = write!(notes, "M{} {}a{r} {r} 0 1 0 0.01 0z", n(x + mark / 2.0), n(y));
            }
        }
        let Inks { ink, soft, hairline, edge, paper } = pen.inks;
        pen.path(&frames, &format!("fill=\"none\" stroke=\"{hairline}\""));
        pen.path(&gaps, &format!("fill=\"none\" stroke=\"{edge}\" stroke-dasharray=\"2 2\""));
        for ((colour, share, estimated, ahead, event), corners) in alike {
            let filled = height * f64::from(share) / 1000.0;
            let mut data = String::new();
            for (x, y) in &corners {
                rectangle(&mut data, (*x, y + height - filled), (width, filled));
            }
            let dashed = if ahead { " stroke-dasharray=\"2 2\"" } else { "" };
            if estimated {
                let mut inner = String::new();
                for (x, y) in corners {
                    let inset = (width.min(filled) / 2.0 - 0.5).clamp(0.5, 2.0);
                    let size = (width - 2.0 * inset, filled - 2.0 * inset);
                    rectangle(&mut inner, (x + inset, y + height - filled + inset), size);
                }
                pen.path(&inner, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"3\""));
            }
            let fill = if estimated { "none" } else { colour };
            let opacity = if event { " fill-opacity=\"0.45\"" } else { "" };
            pen.path(&data, &format!("fill=\"{fill}\"{opacity} stroke=\"{ink}\"{dashed}"));
        }
        pen.path(&events, &format!("fill=\"{ink}\""));
        pen.path(&within, &format!("fill=\"none\" stroke=\"{soft}\" stroke-width=\"1.5\""));
        pen.path(&now, &format!("fill=\"none\" stroke=\"{ink}\" stroke-width=\"2\""));
        pen.path(&alerts, &format!("fill=\"{ink}\" stroke=\"{paper}\" stroke-width=\"0.75\""));
        pen.path(&notes, &format!("fill=\"{paper}\" stroke=\"{ink}\" stroke-width=\"1.5\""));
    }

    /// A calendar: weeks side by side, their days from Monday down, a row of weeks for each year, or
    /// several where the screen is narrow. `days` has a list for each panel; a day that its year
    /// does not have is none.
    #[must_use]
    pub fn calendar(
        &self,
        inks: Inks,
        days: &[Vec<Option<CalendarDay>>],
        weekdays: &[String; 7],
        years: &[Vec<String>],
    ) -> Chart {
        let left = 44.0;
        let room = self.width - left;
        let rows = [1, 2, 4].into_iter().find(|rows| room * float(*rows) / 54.0 >= 12.0);
        let rows = rows.unwrap_or(6);
        let weeks = 54_usize.div_ceil(rows);
        let pitch = (room / float(weeks)).floor().min(24.0);
        let grid =
            Grid { dx: pitch, dy: pitch, per: 7, down: true, size: (pitch - 3.0, pitch - 3.0) };
        let mut pen = Pen::new(inks);
        let mut top = 0.0;
        let mut panels = Vec::new();
        for ((panel, days), years) in self.panels.iter().zip(days).zip(years) {
            top = named(&mut pen, panel, top);
            let row_height = 7.0 * pitch + LINE + 6.0;
            // Of the present year, what is still ahead takes no room.
            let begun = days.iter().zip(&panel.items).filter(|(_, item)| **item != Item::default());
            let weeks_begun = begun.filter_map(|(day, _)| Some(day.as_ref()?.week)).max();
            let shown = match years.len() {
                1 => weeks_begun.map_or(rows, |week| week / weeks + 1),
                _ => rows,
            };
            let year_height = row_height * float(shown) + if years.len() > 1 { LINE } else { 0.0 };
            for (number, year) in years.iter().enumerate() {
                let y = top + float(number) * year_height;
                if years.len() > 1 {
                    pen.text((0.0, y + TEXT), inks.ink, " font-weight=\"600\"", year);
                }
            }
            let mut labelled: Vec<(usize, usize)> = Vec::new();
            let mut spots = Vec::new();
            for day in days {
                let spot = day.as_ref().filter(|day| day.week / weeks < shown).map(|day| {
                    let row = day.week / weeks;
                    let above = if years.len() > 1 { LINE } else { 0.0 };
                    let y = top + float(day.year) * year_height + above + float(row) * row_height;
                    let spot =
                        Spot { x: left, y: y + LINE, number: (day.week % weeks) * 7 + day.weekday };
                    if !labelled.contains(&(day.year, row)) {
                        labelled.push((day.year, row));
                        for (number, name) in weekdays.iter().enumerate().step_by(2) {
                            let y = spot.y + float(number) * pitch + pitch * 0.75;
                            pen.text((0.0, y), inks.soft, "", name);
                        }
                    }
                    if let Some(month) = &day.begins {
                        let (x, _) = grid.corner(spot);
                        pen.text((x, spot.y - 6.0), inks.soft, "", month);
                    }
                    spot
                });
                spots.push(spot);
            }
            self.cells(&mut pen, panel, &grid, &spots);
            panels.push(blocks(&spots));
            top += year_height * float(years.len()) + 4.0;
        }
        Chart::new(ChartKind::Calendar, pen.out, self.width, top, &grid, panels)
    }

    /// Strips: a row for each day or month, with its hours or days. `rows` has the names of the rows
    /// of each panel, `columns` what stands above some columns.
    #[must_use]
    pub fn strips(
        &self,
        inks: Inks,
        items: &[StripItem],
        rows: &[Vec<String>],
        columns: &[(usize, String)],
    ) -> Chart {
        // As wide as the last mark, also of a month that has just begun.
        let marked = columns.iter().map(|(column, _)| column + 1);
        let count = items.iter().map(|item| item.column + 1).chain(marked).max().unwrap_or(1);
        let longest = rows.iter().flatten().map(|name| name.chars().count()).max().unwrap_or(0);
        let left = if longest == 0 { 2.0 } else { float(longest) * LETTER + 8.0 };
        let pitch = ((self.width - left) / float(count)).min(64.0);
        let row_count = items.iter().map(|item| item.row + 1).max().unwrap_or(1);
        let row_height = if row_count > 12 { 24.0 } else { 32.0 };
        let grid = Grid {
            dx: pitch,
            dy: row_height,
            per: count.max(1),
            down: false,
            size: ((pitch - 2.0).max(1.0), row_height - 6.0),
        };
        let mut pen = Pen::new(inks);
        let mut top = 0.0;
        let mut panels = Vec::new();
        for (panel, rows) in self.panels.iter().zip(rows) {
            top = named(&mut pen, panel, top);
            for (column, name) in columns {
                pen.text((left + float(*column) * pitch, top + TEXT), inks.soft, "", name);
            }
            top += LINE;
            for (number, name) in rows.iter().enumerate() {
                let y = top + float(number) * row_height + row_height / 2.0 + 2.0;
                pen.text((0.0, y), inks.soft, "", name);
            }
            let spot = |item: &StripItem| {
                Some(Spot { x: left, y: top + float(item.row) * row_height, number: item.column })
            };
            let mut spots: Vec<_> = items.iter().map(spot).collect();
            for (spot, item) in spots.iter_mut().zip(&panel.items) {
                if item.cell.is_none() && !item.missing && !item.ahead {
                    *spot = None;
                }
            }
            self.cells(&mut pen, panel, &grid, &spots);
            panels.push(blocks(&spots));
            top += float(row_count) * row_height + 6.0;
        }
        Chart::new(ChartKind::Strips, pen.out, self.width, top, &grid, panels)
    }

    /// Lines before the bands of the scale. `marks` says what stands under which item.
    #[must_use]
    pub fn lines(&self, inks: Inks, marks: &[(usize, String)]) -> Chart {
        let levels = f64::from(self.levels());
        let count = self.panels.iter().map(|panel| panel.items.len()).max().unwrap_or(1).max(1);
        let longest = self.labels.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let words = float(longest) * LETTER + 24.0;
        // On a phone the words stand in the legend alone.
        let left = match self.scale {
            Some(_) if self.width > 640.0 => words,
            Some(_) => 18.0,
            None => 0.0,
        };
        let right = self.width - 1.0;
        let dx = (right - left) / float(count);
        let bottom = HEAD + levels * STEP;
        let grid = Grid { dx, dy: 0.0, per: count, down: false, size: (dx, levels * STEP) };
        let mut pen = Pen::new(inks);
        let mut top = 0.0;
        let mut panels = Vec::new();
        for panel in self.panels {
            top = named(&mut pen, panel, top);
            let ground = top + bottom;
            self.bands(&mut pen, ground, left, right, words);
            self.line(&mut pen, panel, ground, left, dx);
            self.limits(&mut pen, panel, ground, (left, right));
            for (at, mark) in marks {
                let x = left + float(*at) * dx;
                let tick = format!("M{} {}v6", n(x), n(ground));
                pen.path(&tick, &format!("fill=\"none\" stroke=\"{}\"", inks.ink));
                let fits = x + float(mark.chars().count()) * LETTER < right;
                let (x, more) = if fits { (x + 3.0, "") } else { (right, " text-anchor=\"end\"") };
                pen.text((x, ground + 24.0), inks.soft, more, mark);
            }
            let spot = |number| Some(Spot { x: left, y: top + HEAD, number });
            let spots: Vec<_> = (0..panel.items.len()).map(spot).collect();
            panels.push(blocks(&spots));
            top = ground + FOOT;
        }
        Chart::new(ChartKind::Lines, pen.out, self.width, top, &grid, panels)
    }

    /// The bands of the scale with their words, or the lowest and the highest figure.
    fn bands(&self, pen: &mut Pen, ground: f64, left: f64, right: f64, words: f64) {
        let Inks { ink, soft, hairline, .. } = pen.inks;
        let stroke = format!("stroke=\"{hairline}\"");
        let Some(scale) = self.scale else {
            pen.line((left, ground), right, &stroke);
            let Some((_, _, [lowest, highest])) = &self.axis else { return };
            let top = ground - f64::from(PLAIN - 1) * STEP;
            pen.line((left, ground - STEP), right, &stroke);
            pen.line((left, top), right, &stroke);
            pen.text((0.0, ground - STEP + 16.0), soft, "", lowest);
            pen.text((0.0, top - 6.0), soft, "", highest);
            return;
        };
        for (level, label) in (1..=scale.levels()).zip(self.labels) {
            let y = ground - f64::from(level) * STEP;
            let mut band = String::new();
            rectangle(&mut band, (left, y), (right - left, STEP));
            let colour = scale.colour(level).unwrap_or("none");
            pen.path(&band, &format!("fill=\"{colour}\" fill-opacity=\"0.3\" {stroke}"));
            let number = level.to_string();
            let said = if left >= words { format!("{number} {label}") } else { number };
            pen.text((0.0, y + STEP / 2.0 + 5.0), ink, "", &said);
        }
    }

    /// The line of a panel, from item to item; where something is not known, it is not there.
    fn line(&self, pen: &mut Pen, panel: &Panel, ground: f64, left: f64, dx: f64) {
        let levels = self.levels();
        let [mut solid, mut other, mut gaps, mut alerts, mut notes, mut events] =
            [const { String::new() }; 6];
        // Where the line is, and whether it is solid there.
        let mut at: Option<(f64, bool)> = None;
        let mut gap: Option<f64> = None;
        let close = |gaps: &mut String, gap: &mut Option<f64>, to: f64| {
            if let Some(from) = gap.take() {
                rectangle(gaps, (from, ground - STEP), (to - from, STEP));
            }
        };
        for (number, item) in panel.items.iter().enumerate() {
            let (from, to) = (left + float(number) * dx, left + float(number + 1) * dx);
            let rank = |cell: Cell| match cell.scale.zip(cell.level) {
                Some((scale, level)) => scale.rank(level).map(|rank| f64::from(rank) - 0.5),
                None => Some(1.0 + f64::from(self.share(cell)) / 1000.0 * f64::from(PLAIN - 2)),
            };
            let high = item.cell.and_then(rank);
            if item.cell.is_some() && high.is_none() {
                // An event has no rank: it takes the whole height.
                let y = ground - f64::from(levels) * STEP;
                rectangle(&mut events, (from, y), (dx, f64::from(levels) * STEP));
            }
            match high {
                Some(high) => {
                    let y = ground - high * STEP;
                    let is_solid = !item.ahead && item.cell.is_some_and(|cell| !cell.estimated);
                    let data = if is_solid { &mut solid } else { &mut other };
                    match at {
                        Some((before, was)) if was == is_solid => {
                            if (before - y).abs() > 0.01 {
                                let _ = write!(data, "V{}", n(y));
                            }
                        }
                        Some((before, _)) => {
                            let _ = write!(data, "M{} {}V{}", n(from), n(before), n(y));
                        }
                        None => {
                            let _ = write!(data, "M{} {}", n(from), n(y));
                        }
                    }
                    // What goes on at the same height is one stroke.
                    let next = panel.items.get(number + 1);
                    let goes_on = next.is_some_and(|next| {
                        next.cell.and_then(rank) == Some(high)
                            && next.ahead == item.ahead
                            && next.cell.map(|it| it.estimated) == item.cell.map(|it| it.estimated)
                    });
                    if !goes_on {
                        let _ = write!(data, "H{}", n(to));
                    }
                    at = Some((y, is_solid));
                }
                None => at = None,
            }
            if item.missing {
                gap.get_or_insert(from);
            } else {
                close(&mut gaps, &mut gap, from);
            }
            if item.alert {
                rectangle(&mut alerts, (from, ground - f64::from(levels) * STEP - 8.0), (dx, 5.0));
            }
            if item.noted {
                let x = n(f64::midpoint(from, to));
                let _ = write!(notes, "M{x} {}a3 3 0 1 0 0.01 0z", n(ground + 2.0));
            }
            if item.now {
                let _ = write!(
                    events,
                    "M{x} {}V{}h1V{}z",
                    n(ground - f64::from(levels) * STEP),
                    n(ground),
                    n(ground - f64::from(levels) * STEP),
                    x = n(from)
                );
            }
        }
        close(&mut gaps, &mut gap, left + float(panel.items.len()) * dx);
        let Inks { ink, edge, paper, .. } = pen.inks;
        pen.path(&gaps, &format!("fill=\"none\" stroke=\"{edge}\" stroke-dasharray=\"3 3\""));
        pen.path(&events, &format!("fill=\"{ink}\" fill-opacity=\"0.45\""));
        let stroke = format!("fill=\"none\" stroke=\"{ink}\" stroke-width=\"2.5\"");
        pen.path(&solid, &format!("{stroke} stroke-linejoin=\"round\""));
        pen.path(&other, &format!("{stroke} stroke-dasharray=\"4 3\""));
        pen.path(&alerts, &format!("fill=\"{ink}\""));
        pen.path(&notes, &format!("fill=\"{paper}\" stroke=\"{ink}\" stroke-width=\"1.5\""));
    }

    /// A limit lies under the first level that is told.
    fn limits(&self, pen: &mut Pen, panel: &Panel, ground: f64, (left, right): (f64, f64)) {
        let Inks { ink, paper, .. } = pen.inks;
        for (level, people) in &panel.limits {
            let y = ground - f64::from(level.saturating_sub(1)) * STEP;
            let stroke = format!("stroke=\"{ink}\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"");
            pen.line((left, y), right, &stroke);
            let mut names = people.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            if people.len() > NAMED {
                names.push('…');
            }
            let halo = format!(
                " text-anchor=\"end\" paint-order=\"stroke\" stroke=\"{paper}\" stroke-width=\"4\" \
                 stroke-linejoin=\"round\""
            );
            pen.text((right - 4.0, y - 5.0), ink, &halo, &names);
        }
    }

    /// What the signs mean, as wide as the rest: the levels, then the other words in this order:
    /// estimate, not known, alert, noted. The picture and its height.
    #[must_use]
    pub fn legend(&self, inks: Inks, words: &[String; 4]) -> (String, f64) {
        const SIGN: f64 = 14.0;
        let mut pen = Pen::new(inks);
        let (mut x, mut y) = (1.0, 1.0);
        let grid = Grid { dx: SIGN, dy: SIGN, per: 1, down: true, size: (SIGN, SIGN) };
        let cell = |level: u8, estimated| Cell {
            level: Some(level),
            value: None,
            scale: self.scale,
            estimated,
        };
        let known = |level| Item { cell: Some(cell(level, false)), ..Item::default() };
        let of_levels =
            self.labels.iter().zip(1..).map(|(word, level)| (known(level), word.clone()));
        let [estimate, missing, alert, noted] = words;
        let estimated = Item {
            cell: Some(Cell { level: self.scale.map(|_| 1), ..cell(1, true) }),
            ..Item::default()
        };
        let others = [
            (estimated, estimate),
            (Item { missing: true, ..Item::default() }, missing),
            (Item { alert: true, ..Item::default() }, alert),
            (Item { noted: true, ..Item::default() }, noted),
        ];
        // What has figures only is never estimated here.
        let others = others.into_iter().skip(usize::from(self.scale.is_none()));
        let all = of_levels.chain(others.map(|(item, word)| (item, word.clone())));
        for (item, word) in all {
            let width = SIGN + 8.0 + float(word.chars().count()) * LETTER + 14.0;
            if x > 1.0 && x + width > self.width {
                (x, y) = (1.0, y + LINE);
            }
            let panel = Panel { items: vec![item], ..Panel::default() };
            let spot = Spot { x, y, number: 0 };
            self.cells(&mut pen, &panel, &grid, &[Some(spot)]);
            pen.text((x + SIGN + 8.0, y + 12.0), inks.ink, "", &word);
            x += width;
        }
        (pen.out, y + LINE)
    }
}

/// The name of a panel above it; how far down it begins.
fn named(pen: &mut Pen, panel: &Panel, top: f64) -> f64 {
    if panel.name.is_empty() {
        return top;
    }
    let ink = pen.inks.ink;
    pen.text((0.0, top + TEXT), ink, " font-weight=\"600\"", &panel.name);
    top + LINE + 2.0
}

/// Items that follow each other in the same block.
fn blocks(spots: &[Option<Spot>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut before: Option<Spot> = None;
    for (first, spot) in spots.iter().enumerate() {
        let follows = |spot: Spot| {
            before.is_some_and(|before| Spot { number: before.number + 1, ..before } == spot)
        };
        if let Some(spot) = spot.filter(|spot| !follows(*spot)) {
            let (x, y) = (thousandths(spot.x), thousandths(spot.y));
            blocks.push(Block { first, skip: spot.number, x, y });
        }
        before = *spot;
    }
    blocks
}

/// A picture, and where its items lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows, without the element around it.
    pub body: String,
    /// As the window takes it, still without the picture itself and its words.
    pub view: HistoryChart,
}

impl Chart {
    fn new(
        kind: ChartKind,
        body: String,
        width: f64,
        height: f64,
        grid: &Grid,
        panels: Vec<Vec<Block>>,
    ) -> Self {
        let (wide, high) = grid.size;
        let view = HistoryChart {
            kind,
            width: pixels(width),
            height: pixels(height),
            dx: thousandths(grid.dx),
            dy: thousandths(grid.dy),
            wide: thousandths(wide),
            high: thousandths(high),
            per: grid.per,
            down: grid.down,
            panels,
            ..HistoryChart::default()
        };
        Self { body, view }
    }
}

/// A body as an element of the window, which says itself what it shows.
#[must_use]
pub fn in_window(body: &str, width: u16, height: u16) -> String {
    format!(
        "<svg class=\"plot\" viewBox=\"0 0 {width} {height}\" width=\"100%\" font-size=\"{TEXT}\" \
         aria-hidden=\"true\" focusable=\"false\">{body}</svg>"
    )
}

/// A body as a picture of its own, with what is said above and below it.
#[must_use]
pub fn alone(
    body: &str,
    (width, height): (u16, u16),
    above: &[String],
    legend: &(String, f64),
    below: &[String],
) -> String {
    let inks = OF_PAPER;
    let mut pen = Pen::new(inks);
    let room = f64::from(width);
    let mut y = 20.0;
    for (number, text) in above.iter().enumerate() {
        let more = if number == 0 { " font-weight=\"600\" font-size=\"18\"" } else { "" };
        for line in wrapped(text, if number == 0 { room * 0.75 } else { room }) {
            pen.text((0.0, y), inks.ink, more, &line);
            y += if number == 0 { 26.0 } else { LINE };
        }
    }
    y += 6.0;
    let _ = write!(pen.out, "<g transform=\"translate(0 {})\">{body}</g>", n(y));
    y += f64::from(height) + 12.0;
    let _ = write!(pen.out, "<g transform=\"translate(0 {})\">{}</g>", n(y), legend.0);
    y += legend.1 + 16.0;
    for line in below.iter().flat_map(|text| wrapped(text, room)) {
        pen.text((0.0, y), inks.soft, "", &line);
        y += LINE;
    }
    let (wide, high) = (pixels(room + 40.0), pixels(y + 30.0));
    let title = above.first().map(|it| escaped(it)).unwrap_or_default();
    let more = escaped(&above.iter().skip(1).chain(below).cloned().collect::<Vec<_>>().join(" "));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" \
         height=\"{high}\" font-family=\"{TYPEFACE}\" font-size=\"{TEXT}\" role=\"img\">\
         <title>{title}</title><desc>{more}</desc>\
         <path d=\"M0 0h{wide}v{high}H0z\" fill=\"{}\"/>\
         <g transform=\"translate(20 20)\">{}</g></svg>\n",
        inks.paper, pen.out
    )
}

/// A text in lines that fit.
fn wrapped(text: &str, width: f64) -> Vec<String> {
    let most = fitting(width, LETTER);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
