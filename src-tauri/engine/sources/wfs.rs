//! What the layers of Atmo France's GeoServer share: the envelope of an answer, values of whatever
//! type, and rows of which each zone has one per day.
//!
//! It reports errors as XML with status 200, and a cache in front of it may ignore the filter; so
//! nothing in an answer counts before it is checked against what was asked.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use chrono::{DateTime, Days, DurationRound as _, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use ecosante_domain::place::{Coordinates, Place};
use ecosante_domain::reading::Zone;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Harvest;
use crate::http::{self, FetchError, HttpClient};
use crate::upstream::{PAGE_ROWS, Upstream};

/// The first day that is asked for: the day before today at the place, whose index stands until the
/// next one is out.
pub(super) fn yesterday(place: &Place, now: DateTime<Utc>) -> Option<NaiveDate> {
    now.with_timezone(&place.time_zone).date_naive().checked_sub_days(Days::new(1))
}

/// The first day that is asked for of several places.
pub(super) fn first_day(places: &[&Place], now: DateTime<Utc>) -> Option<NaiveDate> {
    places.iter().filter_map(|place| yesterday(place, now)).min()
}

/// What reads an answer for some places.
pub(super) type Parser = fn(&[u8], &[&Place], DateTime<Utc>) -> Result<Harvest, FetchError>;

/// Looks around the places that have no zone yet; places of one cell share the request. After a
/// failure the rest is left for another time.
pub(super) async fn look_around(
    http: &HttpClient,
    places: &[&Place],
    now: DateTime<Utc>,
    question: impl Fn(Coordinates, NaiveDate) -> Upstream,
    parse: Parser,
    harvest: &mut Harvest,
) {
    let mut cells: BTreeMap<String, Vec<&Place>> = BTreeMap::new();
    for place in places {
        let unmatched =
            harvest.zones.iter().any(|found| found.place == place.id && found.zone.is_none());
        if let Some(point) = place.coordinates.filter(|_| unmatched) {
            cells.entry(point.cell_code()).or_default().push(place);
        }
    }
    for neighbours in cells.values() {
        // What is not looked for is not answered for.
        harvest.zones.retain(|it| neighbours.iter().all(|place| place.id != it.place));
        if harvest.incomplete.is_some() {
            continue;
        }
        let point = neighbours.first().and_then(|place| place.coordinates);
        let (Some(since), Some(point)) = (first_day(neighbours, now), point) else { continue };
        let answer = http.get(&question(point, since)).await;
        match answer.and_then(|answer| parse(&answer.body, neighbours, now)) {
            Ok(part) => harvest.join(part),
            Err(error) => harvest.incomplete = Some(error),
        }
    }
}

/// The answer of a layer whose rows are `R`.
#[derive(serde::Deserialize)]
pub(super) struct Layer<'a, R> {
    pub(super) features: Vec<Feature<'a, R>>,
    #[serde(borrow, default, rename = "numberMatched")]
    matched: Field<'a>,
    /// A number, or the word `unknown`.
    #[serde(borrow, default, rename = "totalFeatures")]
    total: Field<'a>,
    #[serde(borrow)]
    crs: Option<Crs<'a>>,
}

#[derive(serde::Deserialize)]
struct Crs<'a> {
    #[serde(borrow, default)]
    properties: Option<CrsName<'a>>,
}

#[derive(serde::Deserialize)]
struct CrsName<'a> {
    #[serde(borrow, default)]
    name: Field<'a>,
}

#[derive(serde::Deserialize)]
pub(super) struct Feature<'a, R> {
    pub(super) properties: Option<R>,
    #[serde(borrow)]
    geometry: Option<Geometry<'a>>,
}

#[derive(serde::Deserialize)]
struct Geometry<'a> {
    #[serde(borrow, default)]
    coordinates: Field<'a>,
}

impl<'a, R: Deserialize<'a>> Layer<'a, R> {
    /// Reads an answer; its rows are not yet judged.
    ///
    /// # Errors
    ///
    /// Those of JSON, and [`FetchError::Schema`] where it is no collection of features or says
    /// itself that more matched than it holds.
    pub(super) fn read(body: &'a [u8]) -> Result<Self, FetchError> {
        let layer = Self::read_page(body)?;
        let beyond = |count: &Field<'_>| {
            let Field::Int(count) = count else { return false };
            usize::try_from(*count).is_ok_and(|it| it > layer.features.len())
        };
        if beyond(&layer.matched) || beyond(&layer.total) {
            return Err(FetchError::schema("the answer is only a part of what matched"));
        }
        Ok(layer)
    }
}

impl<'a, R: Deserialize<'a>> Layer<'a, R> {
    /// Reads a page of an answer, which may be a part of what matched.
    ///
    /// # Errors
    ///
    /// Those of JSON.
    pub(super) fn read_page(body: &'a [u8]) -> Result<Self, FetchError> {
        http::json(body)
    }
}

impl<R> Layer<'_, R> {
    /// How many rows matched, of which this may be a page; `None` where it does not say.
    fn matched(&self) -> Option<usize> {
        let count = |field: &Field<'_>| match field {
            Field::Int(count) => usize::try_from(*count).ok(),
            _ => None,
        };
        count(&self.matched).or_else(|| count(&self.total))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &R> {
        self.features.iter().filter_map(|feature| feature.properties.as_ref())
    }

    /// Whether positions are in metres of Web Mercator (EPSG:3857) and not in degrees.
    pub(super) fn is_mercator(&self) -> bool {
        let name = self.crs.as_ref().and_then(|crs| crs.properties.as_ref()).map(|it| &it.name);
        matches!(name, Some(Field::Text(name)) if name.ends_with(":3857"))
    }
}

impl<R> Feature<'_, R> {
    /// The centre of the zone, from the geometry: `x_wgs84` and `y_wgs84` hold metres in Guyane.
    pub(super) fn centre(&self, mercator: bool) -> Option<Coordinates> {
        let Field::Point([x, y]) = self.geometry.as_ref()?.coordinates else { return None };
        if !mercator {
            return Coordinates::new(y, x);
        }
        // Radius of the sphere of EPSG:3857, in metres.
        const RADIUS: f64 = 6_378_137.0;
        let latitude = (y / RADIUS).sinh().atan().to_degrees();
        Coordinates::new(latitude, (x / RADIUS).to_degrees())
    }
}

/// Pages of a whole layer that are read at most: three times what the largest, pollen, has.
const MOST_PAGES: usize = 40;

/// Asks for all pages of a whole layer; they come packed, since together they are large.
///
/// # Errors
///
/// Those of the requests and of JSON, and [`FetchError::Schema`] where rows are missing, or where the
/// layer has changed from one page to the next.
pub(super) async fn pages(
    http: &HttpClient,
    question: impl Fn(usize) -> Upstream,
) -> Result<Vec<Vec<u8>>, FetchError> {
    let (mut pages, mut received, mut all) = (Vec::new(), 0, None);
    for _ in 0..MOST_PAGES {
        let answer = http.get(&question(received)).await?;
        let page: Layer<'_, IgnoredAny> = Layer::read_page(&answer.body)?;
        let (rows, matched) = (page.features.len(), page.matched());
        if all.is_some_and(|all| all != matched) {
            return Err(FetchError::schema("the layer changed between two pages"));
        }
        all = Some(matched);
        received += rows;
        pages.push(super::packed(&answer.body));
        let complete = match matched {
            Some(matched) => received >= matched,
            None => rows < PAGE_ROWS,
        };
        if complete {
            return Ok(pages);
        }
        if rows == 0 {
            return Err(FetchError::schema("the pages end before all rows are in"));
        }
    }
    Err(FetchError::schema(format!("more rows than {MOST_PAGES} pages hold")))
}

/// Days after the first that is asked for of which a layer can know anything: they reach two days
/// ahead. What is of a day beyond would count when that day comes.
const MOST_DAYS: u64 = 10;

/// Whether a day is one of those that are asked for.
fn is_from(since: NaiveDate, date: NaiveDate) -> bool {
    days_from(since).contains(&date)
}

/// The days of which a layer can know anything that is asked for those from `since` on.
fn days_from(since: NaiveDate) -> RangeInclusive<NaiveDate> {
    since..=since.checked_add_days(Days::new(MOST_DAYS)).unwrap_or(since)
}

/// The attributes that rows of every layer have.
pub(super) struct Head<'r> {
    pub(super) code_zone: &'r Field<'r>,
    pub(super) lib_zone: &'r Field<'r>,
    pub(super) date_ech: &'r Field<'r>,
    pub(super) date_maj: &'r Field<'r>,
}

/// A row: what one zone was told for one day.
pub(super) trait ZoneRow {
    /// How many digits the codes of zones have at least: one that became a number has lost its
    /// leading zeros.
    const CODE_DIGITS: usize;
    /// Of what a zone has one publication that counts.
    type Slot: Ord;
    /// What is published. Of two for one slot the greater one counts.
    type Publication: PartialOrd;

    fn head(&self) -> Head<'_>;

    fn slot(&self, date: NaiveDate) -> Self::Slot;

    fn publication(&self, published_at: DateTime<Utc>) -> Result<Self::Publication, FetchError>;

    fn code(&self) -> Option<Cow<'_, str>> {
        match self.head().code_zone {
            Field::Text(code) => Some(Cow::Borrowed(code.as_ref())),
            Field::Int(code) => {
                Some(Cow::Owned(format!("{code:0width$}", width = Self::CODE_DIGITS)))
            }
            _ => None,
        }
    }

    fn name(&self) -> Option<&str> {
        self.head().lib_zone.text()
    }

    /// Whether the row is of one of the days from `since` on, or does not say its day.
    fn may_be_from(&self, since: Option<NaiveDate>) -> bool {
        since.is_none_or(|since| self.date().map_or(true, |date| is_from(since, date)))
    }

    fn date(&self) -> Result<NaiveDate, FetchError> {
        // A time of day may follow.
        let date = self.head().date_ech.text().and_then(|text| text.get(..10)?.parse().ok());
        date.ok_or_else(|| FetchError::schema("a row whose date_ech is no date"))
    }

    fn published_at(&self) -> Result<DateTime<Utc>, FetchError> {
        let published_at = self.head().date_maj.text().and_then(moment);
        published_at.ok_or_else(|| FetchError::schema("a row whose date_maj is no moment"))
    }
}

/// What is published for one zone: one publication per slot.
#[derive(Debug)]
pub(super) struct Published<S, P> {
    pub(super) zone: Zone,
    pub(super) slots: BTreeMap<S, P>,
}

impl<S: Ord, P: PartialOrd> Published<S, P> {
    /// Reads the rows of one zone; `None` where there are none from `since` on.
    ///
    /// Producers change the spelling of a name from one row to the next: the zone takes the one by
    /// which the commune is known, else the latest.
    ///
    /// # Errors
    ///
    /// [`FetchError::Schema`] where a row has no date, no moment of publication or no name, or where
    /// what it publishes makes no sense.
    pub(super) fn read<R: ZoneRow<Slot = S, Publication = P>>(
        rows: &[&R],
        since: NaiveDate,
        commune: Option<&str>,
    ) -> Result<Option<Self>, FetchError> {
        Self::read_days(rows, &days_from(since), commune)
    }

    /// [`Self::read`] for just these days.
    ///
    /// # Errors
    ///
    /// As [`Self::read`].
    pub(super) fn read_days<R: ZoneRow<Slot = S, Publication = P>>(
        rows: &[&R],
        days: &RangeInclusive<NaiveDate>,
        commune: Option<&str>,
    ) -> Result<Option<Self>, FetchError> {
        let mut slots: BTreeMap<S, P> = BTreeMap::new();
        let mut zone = None;
        for row in rows {
            let date = row.date()?;
            if !days.contains(&date) {
                continue;
            }
            let published_at = row.published_at()?;
            let publication = row.publication(published_at)?;
            let name = row.name().ok_or_else(|| FetchError::schema("a row without lib_zone"))?;
            let rank = (Some(name) == commune, published_at, Reverse(name));
            if zone.as_ref().is_none_or(|(highest, _)| *highest < rank) {
                zone = Some((rank, row.code()));
            }
            match slots.entry(row.slot(date)) {
                std::collections::btree_map::Entry::Vacant(slot) => {
                    slot.insert(publication);
                }
                std::collections::btree_map::Entry::Occupied(mut slot) => {
                    if *slot.get() < publication {
                        slot.insert(publication);
                    }
                }
            }
        }
        let Some(((_, _, Reverse(name)), Some(code))) = zone else { return Ok(None) };
        let zone = Zone { code: code.into_owned(), name: name.to_owned() };
        Ok(Some(Self { zone, slots }))
    }

    /// Adds what another page has of the same zone; the name stays.
    pub(super) fn add(&mut self, other: Self) {
        for (slot, publication) in other.slots {
            match self.slots.get_mut(&slot) {
                Some(known) if *known >= publication => {}
                Some(known) => *known = publication,
                None => {
                    self.slots.insert(slot, publication);
                }
            }
        }
    }
}

/// Of the rows of a page those that can be read, by what they belong to.
///
/// # Errors
///
/// [`FetchError::Schema`] where more than half of them cannot be read: then the others mean nothing
/// either.
pub(super) fn readable<'r, R, S, P, K>(
    rows: impl Iterator<Item = &'r R>,
    since: NaiveDate,
    key: impl Fn(&R) -> Option<K>,
) -> Result<BTreeMap<K, Vec<&'r R>>, FetchError>
where
    R: ZoneRow<Slot = S, Publication = P>,
    S: Ord,
    P: PartialOrd,
    K: Ord,
{
    let (mut all, mut bad) = (0_usize, 0_usize);
    let mut groups: BTreeMap<K, Vec<&R>> = BTreeMap::new();
    for row in rows.filter(|row| row.may_be_from(Some(since))) {
        all += 1;
        let whole = row.date().is_ok()
            && row.name().is_some()
            && row.published_at().and_then(|at| row.publication(at)).is_ok();
        match key(row).filter(|_| whole) {
            Some(key) => groups.entry(key).or_default().push(row),
            None => bad += 1,
        }
    }
    if bad * 2 > all {
        return Err(FetchError::schema("most rows cannot be read"));
    }
    Ok(groups)
}

/// A moment in any of the forms that the layers and their predecessors have used, to the
/// millisecond.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let with_offset = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y/%m/%d %H:%M:%S%.f%#z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z"))
        .map(|moment| moment.to_utc());
    let moment = with_offset.or_else(|_| {
        // The field is documented to be UTC.
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").map(|it| it.and_utc())
    });
    moment.ok()?.duration_trunc(TimeDelta::milliseconds(1)).ok()
}

/// A value of whatever type: a wrong one in a row that concerns nobody must not spoil the answer.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Field<'a> {
    /// There is no such key.
    #[default]
    Absent,
    Null,
    Int(i64),
    Float(f64),
    Text(Cow<'a, str>),
    /// A list that begins with two numbers.
    Point([f64; 2]),
    /// Of any other type.
    Other,
}

impl Field<'_> {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "degrees and metres are far below 2^53")]
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_ref()),
            _ => None,
        }
    }

    /// The number in a `code_*` field; `None` where it is unavailable: 0, null or no such key.
    ///
    /// # Errors
    ///
    /// [`FetchError::Schema`] for anything but a whole number up to 255, or a text of one.
    pub(super) fn code(&self) -> Result<Option<u8>, FetchError> {
        let code = match self {
            Self::Absent | Self::Null => return Ok(None),
            Self::Int(code) => Some(*code),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Float(_) | Self::Point(_) | Self::Other => None,
        };
        match code.and_then(|code| u8::try_from(code).ok()) {
            Some(code) => Ok(Some(code).filter(|code| *code > 0)),
            None => Err(FetchError::schema("a row with a code that is none")),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Anything;

        impl<'de> Visitor<'de> for Anything {
            type Value = Field<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(Field::Null)
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Field::Int(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
                Ok(i64::try_from(value).map_or(Field::Other, Field::Int))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Field::Float(value))
            }

            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Field::Other)
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Field::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Field::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut start = [None; 2];
                for number in &mut start {
                    *number = seq.next_element::<Field<'_>>()?.and_then(|field| field.number());
                }
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(match start {
                    [Some(x), Some(y)] => Field::Point([x, y]),
                    _ => Field::Other,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Field::Other)
            }
        }

        deserializer.deserialize_any(Anything)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_update_is_read_in_every_form_it_has_had() {
        for (text, expected) in [
            ("2026-09-08T12:05:44.522Z", Some("2026-09-08T12:05:44.522Z")),
            ("2026-09-08T12:05:44.522987Z", Some("2026-09-08T12:05:44.522Z")),
            ("2025-08-15T14:36:20.962+02:00", Some("2025-08-15T12:36:20.962Z")),
            ("2024/01/31 13:30:55.965+01", Some("2024-01-31T12:30:55.965Z")),
            ("2024-01-31 13:30:55+01:00", Some("2024-01-31T12:30:55Z")),
            ("2026-09-08T12:05:44", Some("2026-09-08T12:05:44Z")),
            ("2026-09-08", None),
            ("", None),
        ] {
            let expected = expected.map(|it| it.parse::<DateTime<Utc>>().expect("a moment"));
            assert_eq!(moment(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_day_that_no_layer_reaches_is_none_that_was_asked_for() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let since = date("2026-09-07");
        for (day, asked) in [
            ("2026-09-06", false),
            ("2026-09-07", true),
            ("2026-09-10", true),
            ("2026-09-18", false),
            ("2027-09-08", false),
        ] {
            assert_eq!(is_from(since, date(day)), asked, "{day}");
        }
        assert!(is_from(NaiveDate::MAX, NaiveDate::MAX));
    }

    /// A row with nothing in it.
    #[derive(serde::Deserialize)]
    struct Nothing {}

    #[test]
    fn the_number_of_what_matched_may_be_said_in_words() {
        let counts = |matched: &str, total: &str| {
            let counts = format!("\"numberMatched\":{matched},\"totalFeatures\":{total}");
            let body = format!("{{\"features\":[{{\"properties\":null}}],{counts}}}");
            Layer::<Nothing>::read(body.as_bytes()).map(|layer| layer.rows().count())
        };
        for (matched, total, whole) in [
            ("1", "1", true),
            ("\"unknown\"", "\"unknown\"", true),
            ("null", "0", true),
            ("2", "\"unknown\"", false),
            ("\"unknown\"", "2", false),
        ] {
            assert_eq!(counts(matched, total).is_ok(), whole, "{matched} {total}");
        }
    }

    #[test]
    fn zero_and_nothing_are_no_code_and_neither_is_a_fraction() {
        for (text, expected) in [
            ("3", Some(Some(3))),
            ("\" 3 \"", Some(Some(3))),
            ("0", Some(None)),
            ("null", Some(None)),
            ("2.5", None),
            ("-1", None),
            ("256", None),
            ("\"\"", None),
            ("true", None),
            ("[3]", None),
        ] {
            let field: Field<'_> = serde_json::from_str(text).expect("json");
            assert_eq!(field.code().ok(), expected, "{text}");
        }
    }
}
