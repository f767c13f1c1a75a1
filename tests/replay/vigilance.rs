//! The weather vigilance of Météo-France: its mirror, its archive behind a redirect, and its own
//! interface, which wants a key.
//!
//! A card is published at 04:00 and 14:00 UTC and reaches to the end of tomorrow in Paris.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::fault::Fault;
use crate::host;
use crate::http::{self, Answer, Request};
use crate::json::Json;
use crate::world::World;

/// Hours, UTC, at which a card is due.
const CARDS: [u32; 2] = [4, 14];

/// How long after its hour a card is out: `update_time`, and the folder of the archive.
const MADE_IN: TimeDelta = TimeDelta::seconds(7);

/// Days that the tree of the archive lists; the real one goes back to 2022.
const ARCHIVED_DAYS: u64 = 40;

const COUNTRY: &str = "FRA";

/// `dd10` is the coast of the département `dd`.
const COAST: &str = "10";

const COASTAL: [&str; 25] = [
    "06", "11", "13", "14", "17", "22", "29", "2A", "2B", "30", "33", "34", "35", "40", "44", "50",
    "56", "59", "62", "64", "66", "76", "80", "83", "85",
];

const MOUNTAINOUS: [&str; 15] =
    ["04", "05", "06", "09", "2A", "2B", "31", "38", "39", "64", "65", "66", "73", "74", "88"];

const FLOODS: u8 = 4;
const WAVES: u8 = 9;

/// Numbers of the phenomena with the words of the mirror, shorter than the producer's own.
const WORDS: [&str; 9] = [
    "vent",
    "pluie",
    "orages",
    "crues",
    "neige / verglas",
    "canicule",
    "grand froid",
    "avalanches",
    "vagues submersion",
];

const COLOURS: [&str; 4] = ["vert", "jaune", "orange", "rouge"];
const COLOUR_NAMES: [&str; 4] = ["Vert", "Jaune", "Orange", "Rouge"];

/// What is said of one phenomenon in one domain for some hours, in every card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// `69`, `2A`, or `3310` for a coast.
    pub domain: String,
    /// Number of the phenomenon, 1 to 9.
    pub phenomenon: u8,
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// The moment at which it is over.
    pub to: DateTime<Utc>,
    /// 1 green, 2 yellow, 3 orange, 4 red.
    pub colour: u8,
}

/// The vigilance as it is published, of which the mirror and the cards show the same.
#[derive(Clone, Debug)]
pub struct Vigilance {
    /// The domains that are published, coasts included.
    pub domains: BTreeSet<String>,
    /// What is not green; of two about the same hours the later in the list counts.
    pub warnings: Vec<Warning>,
    /// How far the archive lags behind the publication.
    pub archive_late_by: TimeDelta,
    /// The one key that the interface takes; `None`: any.
    pub key: Option<String>,
}

impl Vigilance {
    /// Everything green in these départements and their coasts; overseas ones are left out.
    pub(crate) fn green<'a>(departements: impl IntoIterator<Item = &'a str>) -> Self {
        let mainland = departements.into_iter().filter(|code| code.len() == 2);
        let domains = mainland
            .flat_map(|code| {
                let coast = COASTAL.contains(&code).then(|| format!("{code}{COAST}"));
                [Some(code.to_owned()), coast]
            })
            .flatten()
            .collect();
        let archive_late_by = TimeDelta::zero();
        Self { domains, warnings: Vec::new(), archive_late_by, key: None }
    }

    fn about<'a>(&'a self, domain: &'a str, phenomenon: u8) -> impl Iterator<Item = &'a Warning> {
        let fits = move |it: &&Warning| {
            it.phenomenon == phenomenon && (domain == COUNTRY || it.domain == domain)
        };
        self.warnings.iter().filter(fits)
    }

    fn colour(&self, domain: &str, phenomenon: u8, at: DateTime<Utc>) -> u8 {
        let holds = |it: &&Warning| it.from <= at && at < it.to;
        if domain == COUNTRY {
            let colours = self.domains.iter().map(|domain| self.colour(domain, phenomenon, at));
            return colours.max().unwrap_or(1);
        }
        self.about(domain, phenomenon).filter(holds).last().map_or(1, |it| it.colour)
    }

    /// The slots of one phenomenon within a period, each of another colour than the one before.
    fn slots(&self, domain: &str, phenomenon: u8, period: &Period) -> Vec<Slot> {
        let mut bounds: BTreeSet<DateTime<Utc>> = BTreeSet::from([period.begin, period.end]);
        bounds.extend(self.about(domain, phenomenon).flat_map(|it| [it.from, it.to]));
        bounds.retain(|bound| (period.begin..=period.end).contains(bound));
        let bounds: Vec<_> = bounds.into_iter().collect();
        let mut slots: Vec<Slot> = Vec::new();
        for pair in bounds.windows(2) {
            let colour = self.colour(domain, phenomenon, pair[0]);
            match slots.last_mut().filter(|last| last.colour == colour) {
                Some(last) => last.end = pair[1],
                None => slots.push(Slot { begin: pair[0], end: pair[1], colour }),
            }
        }
        slots
    }

    /// The phenomena that a domain is published for: those of the season, and those that something
    /// is said of.
    fn phenomena(&self, domain: &str, period: &Period) -> Vec<u8> {
        if domain.len() == 4 {
            return vec![WAVES];
        }
        let month = period.begin.month();
        let winter = !(4..=10).contains(&month);
        let mountains = domain == COUNTRY || MOUNTAINOUS.contains(&domain);
        (1..=WAVES)
            .filter(|phenomenon| match phenomenon {
                6 => (5..=9).contains(&month),
                7 => winter,
                8 => mountains && (winter || month < 6),
                &WAVES => domain == COUNTRY,
                _ => true,
            } || self.about(domain, *phenomenon).next().is_some())
            .collect()
    }
}

#[derive(Clone, Copy)]
struct Slot {
    begin: DateTime<Utc>,
    end: DateTime<Utc>,
    colour: u8,
}

/// `J` or `J1`.
struct Period {
    name: &'static str,
    begin: DateTime<Utc>,
    end: DateTime<Utc>,
}

/// One publication.
#[derive(Clone, Copy)]
struct Card {
    /// The hour for which it was due.
    due: DateTime<Utc>,
}

impl Card {
    fn updated(self) -> DateTime<Utc> {
        self.due + MADE_IN
    }

    /// The newest at a moment.
    fn at(moment: DateTime<Utc>) -> Self {
        let today = moment.date_naive();
        let newest = Self::of_days(today, 1).into_iter().rfind(|card| card.updated() <= moment);
        newest.unwrap_or(Self { due: moment })
    }

    /// Those of so many days before `last`, and of that day.
    fn of_days(last: NaiveDate, before: u64) -> Vec<Self> {
        let days = (0..=before).rev().map(|ago| last - Days::new(ago));
        days.flat_map(|day| {
            CARDS.map(|hour| Self {
                due: day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(i64::from(hour)),
            })
        })
        .collect()
    }

    fn periods(self) -> [Period; 2] {
        let today = self.due.with_timezone(&chrono_tz::Europe::Paris).date_naive();
        let midnight = |days: u64| {
            let local = (today + Days::new(days)).and_time(NaiveTime::MIN);
            let moment = chrono_tz::Europe::Paris.from_local_datetime(&local).earliest();
            moment.expect("in Paris no midnight is left out").to_utc()
        };
        let (tonight, tomorrow) = (midnight(1), midnight(2));
        [
            Period { name: "J", begin: self.due, end: tonight },
            Period { name: "J1", begin: tonight, end: tomorrow },
        ]
    }
}

fn utc(moment: DateTime<Utc>) -> Json {
    Json::text(moment.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn with_offset(moment: DateTime<Utc>) -> Json {
    Json::text(moment.format("%Y-%m-%dT%H:%M:%S+00:00").to_string())
}

/// The words of a level, 1 to 4.
fn of_level(words: [&'static str; 4], colour: u8) -> &'static str {
    words[usize::from(colour.clamp(1, 4)) - 1]
}

fn aged(moment: DateTime<Utc>, fault: Option<&Fault>) -> DateTime<Utc> {
    if fault == Some(&Fault::WrongDate) { moment - TimeDelta::days(30) } else { moment }
}

fn coloured(colour: u8, fault: Option<&Fault>) -> Json {
    Json::Int(if fault == Some(&Fault::UnknownCode) { 7 } else { colour.into() })
}

/// The mirror on Opendatasoft: a row a slot, at most 100 at once, no floods.
pub(crate) fn mirror(world: &World, request: &Request, fault: Option<&Fault>) -> Answer {
    let refused = |code: &str, text: &str| {
        let body = Json::object([("error_code", Json::text(code)), ("message", Json::text(text))]);
        Answer::json(400, body)
    };
    let number = |name: &str, otherwise: usize| {
        request.parameter(name).map_or(Some(otherwise), |value| value.parse().ok())
    };
    let (Some(limit), Some(offset)) = (number("limit", 10), number("offset", 0)) else {
        return refused("InvalidRESTParameterError", "Invalid value for limit or offset");
    };
    if limit > 100 || offset + limit > 10_000 {
        return refused("InvalidRESTParameterError", "Invalid value for limit: 0 to 100");
    }
    let wanted = match request.parameter("where").map(domains_of) {
        Some(None) => return refused("ODSQLError", "ODSQL query is malformed"),
        wanted => wanted.flatten(),
    };
    let rows = mirrored(world, wanted.as_deref(), fault);
    let total = rows.len();
    let page: Vec<Json> = rows.into_iter().skip(offset).take(limit).collect();
    // The count of rows is small.
    let total = i64::try_from(total).unwrap_or(i64::MAX);
    Answer::json(
        200,
        Json::object([("total_count", Json::Int(total)), ("results", Json::List(page))]),
    )
}

/// The mirror's whole set at once, as it exports it: a list of the rows.
pub(crate) fn export(world: &World, fault: Option<&Fault>) -> Answer {
    Answer::json(200, Json::List(mirrored(world, None, fault)))
}

/// The rows of the mirror, of some domains or all.
fn mirrored(world: &World, wanted: Option<&[String]>, fault: Option<&Fault>) -> Vec<Json> {
    let vigilance = &world.vigilance;
    let card = Card::at(world.clock.now().to_utc());
    let product = aged(card.due, fault);
    let asked = |domain: &&String| wanted.is_none_or(|wanted| wanted.contains(domain));
    let mut rows = Vec::new();
    for domain in vigilance.domains.iter().filter(asked) {
        for period in card.periods() {
            for phenomenon in vigilance.phenomena(domain, &period) {
                if phenomenon == FLOODS {
                    continue;
                }
                for slot in vigilance.slots(domain, phenomenon, &period) {
                    let name = if fault == Some(&Fault::WrongZone) { "99" } else { domain };
                    rows.push(Json::object([
                        ("domain_id", Json::text(name)),
                        ("echeance", Json::text(period.name)),
                        ("phenomenon_id", Json::Int(phenomenon.into())),
                        ("phenomenon", Json::text(WORDS[usize::from(phenomenon) - 1])),
                        ("color_id", coloured(slot.colour, fault)),
                        ("color", Json::text(of_level(COLOURS, slot.colour))),
                        ("begin_time", with_offset(aged(slot.begin, fault))),
                        ("end_time", with_offset(aged(slot.end, fault))),
                        ("product_datetime", with_offset(product)),
                    ]));
                }
            }
        }
    }
    // In no order that anyone could rely on, and in the same one from page to page.
    let half = rows.len() / 2;
    let (first, second) = rows.split_at(half);
    let mut rows: Vec<Json> = second.iter().rev().chain(first).cloned().collect();
    match fault {
        Some(Fault::EmptyFeatures) => rows.clear(),
        Some(Fault::DuplicateRows) => rows = rows.iter().chain(&rows).cloned().collect(),
        _ => {}
    }
    rows
}

/// The codes in `domain_id in ("33","3310")` or `domain_id = "33"`; `None` for anything else.
fn domains_of(filter: &str) -> Option<Vec<String>> {
    let rest = filter.trim().strip_prefix("domain_id")?.trim_start();
    let list = match rest.strip_prefix('=') {
        Some(one) => one.trim(),
        None => {
            let list = rest.strip_prefix("in").or_else(|| rest.strip_prefix("IN"))?;
            list.trim().strip_prefix('(')?.strip_suffix(')')?
        }
    };
    let literal = |it: &str| {
        let code = it.trim().strip_prefix('"')?.strip_suffix('"')?;
        code.bytes().all(|it| it.is_ascii_alphanumeric()).then(|| code.to_owned())
    };
    list.split(',').map(literal).collect()
}

/// The interface of Météo-France: the card in force, for whoever has a key.
pub(crate) fn official(
    world: &World,
    request: &Request,
    fault: Option<&Fault>,
    call: u64,
) -> Answer {
    let key = request.header("apikey").filter(|key| !key.is_empty());
    let right = |key: &str| world.vigilance.key.as_ref().is_none_or(|only| only == key);
    if !key.is_some_and(right) {
        let body = Json::object([
            ("code", Json::text(if key.is_some() { "900901" } else { "900902" })),
            ("message", Json::text("Invalid Credentials")),
            ("description", Json::text("Make sure you have provided the correct credentials")),
        ]);
        return Answer::json(401, body);
    }
    Answer::json(200, shown(world, Card::at(world.clock.now().to_utc()), fault, call))
}

/// The archive: a tree that lies elsewhere, and cards in folders by their moment.
pub(crate) fn archive(
    world: &World,
    request: &Request,
    fault: Option<&Fault>,
    call: u64,
) -> Answer {
    const FOLDER: &str = "/meteofrance/data/vigilance/metropole/";
    const TREE: &str = "/meteofrance/data/vigilance/vigilance-hexagone-tree.json";
    let until = world.clock.now().to_utc() - world.vigilance.archive_late_by;
    let mut cards = Card::of_days(until.date_naive(), ARCHIVED_DAYS);
    cards.retain(|card| card.updated() <= until);
    if request.path == TREE && request.host == host::VIGILANCE_ARCHIVE {
        let mut elsewhere = Answer::new(302, http::HTML, "<html><body>Found</body></html>");
        let location = format!("https://{}{TREE}", host::VIGILANCE_STORE);
        elsewhere.headers.push(("location", location));
        return elsewhere;
    }
    if request.path == TREE {
        let empty = fault == Some(&Fault::EmptyFeatures);
        let tree = if empty { Json::object::<&str>([]) } else { tree(&cards, fault) };
        return Answer::json(200, tree);
    }
    let folder = request.path.strip_prefix(FOLDER).and_then(|it| it.strip_suffix(CARD_FILE));
    let card = folder.and_then(|folder| {
        cards.into_iter().find(|it| folder == it.updated().format("%Y/%m/%d/%H%M%S/").to_string())
    });
    match card {
        Some(card) => Answer::json(200, shown(world, card, fault, call)),
        None => Answer::nobody(request),
    }
}

const CARD_FILE: &str = "CDP_CARTE_EXTERNE.json";
const TEXT_FILE: &str = "CDP_TEXTES_VIGILANCE.json";

/// Year, month, day and time in each other; some folders hold texts alone.
fn tree(cards: &[Card], fault: Option<&Fault>) -> Json {
    let mut folders: Vec<(DateTime<Utc>, &str)> = Vec::new();
    for card in cards {
        folders.push((aged(card.updated(), fault), CARD_FILE));
        folders.push((aged(card.updated(), fault) + TimeDelta::seconds(61), TEXT_FILE));
    }
    grouped(&folders, &["%Y", "%m", "%d", "%H%M%S"])
}

fn grouped(folders: &[(DateTime<Utc>, &str)], levels: &[&str]) -> Json {
    let [format, deeper @ ..] = levels else {
        return Json::texts(folders.iter().map(|(_, file)| *file));
    };
    let level = |moment: &DateTime<Utc>| moment.format(format).to_string();
    let groups = folders.chunk_by(|(one, _), (other, _)| level(one) == level(other));
    let members = groups.map(|group| (level(&group[0].0), grouped(group, deeper)));
    Json::object(members.collect::<Vec<_>>())
}

/// A card with every domain.
fn shown(world: &World, card: Card, fault: Option<&Fault>, call: u64) -> Json {
    let vigilance = &world.vigilance;
    let mut most = 1;
    let periods: Vec<Json> = card
        .periods()
        .iter()
        .map(|period| {
            let mut domains = Vec::new();
            let mut colours = Vec::new();
            let all = [COUNTRY].into_iter().chain(vigilance.domains.iter().map(String::as_str));
            for domain in all {
                let (colour, json) = shown_domain(vigilance, domain, period, fault);
                most = most.max(colour);
                if domain != COUNTRY {
                    colours.push(colour);
                }
                domains.push(json);
            }
            match fault {
                Some(Fault::EmptyFeatures) => domains.clear(),
                Some(Fault::DuplicateRows) => {
                    domains = domains.iter().chain(&domains).cloned().collect();
                }
                _ => {}
            }
            let counts = (1..=4).rev().map(|level: u8| {
                let count = colours.iter().filter(|it| **it == level).count();
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                Json::object([
                    ("color_id", Json::Int(level.into())),
                    ("color_name", Json::text(of_level(COLOUR_NAMES, level))),
                    ("count", Json::Int(count)),
                    ("text_count", Json::text(count.to_string())),
                ])
            });
            Json::object([
                ("echeance", Json::text(period.name)),
                ("begin_validity_time", utc(aged(period.begin, fault))),
                ("end_validity_time", utc(aged(period.end, fault))),
                (
                    "text_items",
                    Json::object([("title", Json::text("")), ("text", Json::texts::<&str>([]))]),
                ),
                ("timelaps", Json::object([("domain_ids", Json::List(domains))])),
                ("max_count_items", Json::List(counts.collect())),
                ("per_phenomenon_items", Json::List(Vec::new())),
            ])
        })
        .collect();
    Json::object([
        (
            "product",
            Json::object([
                ("warning_type", Json::text("vigilance")),
                ("type_cdp", Json::text("cdp_carte_externe")),
                ("version_vigilance", Json::text("V6")),
                ("version_cdp", Json::text("1.0.0")),
                ("update_time", utc(aged(card.updated(), fault))),
                ("domain_id", Json::text(COUNTRY)),
                ("global_max_color_id", Json::text(most.to_string())),
                ("periods", Json::List(periods)),
            ]),
        ),
        (
            "meta",
            Json::object([
                ("snapshot_id", Json::text(format!("00000000-0000-4000-8000-{call:012x}"))),
                ("product_datetime", with_offset(aged(card.due, fault))),
                ("generation_timestamp", with_offset(aged(card.updated(), fault))),
            ]),
        ),
    ])
}

/// A domain with its highest colour. The worst phenomenon comes first; floods, last, have no slots.
fn shown_domain(
    vigilance: &Vigilance,
    domain: &str,
    period: &Period,
    fault: Option<&Fault>,
) -> (u8, Json) {
    let mut items: Vec<(u8, u8, Vec<Slot>)> = vigilance
        .phenomena(domain, period)
        .into_iter()
        .map(|phenomenon| {
            let slots = vigilance.slots(domain, phenomenon, period);
            let most = slots.iter().map(|slot| slot.colour).max().unwrap_or(1);
            (phenomenon, most, if phenomenon == FLOODS { Vec::new() } else { slots })
        })
        .collect();
    items.sort_by_key(|(phenomenon, most, _)| (*phenomenon == FLOODS, u8::MAX - most));
    let highest = items.iter().map(|(_, most, _)| *most).max().unwrap_or(1);
    let items = items.into_iter().map(|(phenomenon, most, slots)| {
        let slots = slots.iter().map(|slot| {
            Json::object([
                ("begin_time", utc(aged(slot.begin, fault))),
                ("end_time", utc(aged(slot.end, fault))),
                ("color_id", coloured(slot.colour, fault)),
            ])
        });
        Json::object([
            ("phenomenon_id", Json::text(phenomenon.to_string())),
            ("phenomenon_max_color_id", coloured(most, fault)),
            ("timelaps_items", Json::List(slots.collect())),
        ])
    });
    let items = items.collect();
    let name = if fault == Some(&Fault::WrongZone) && domain != COUNTRY { "99" } else { domain };
    let json = Json::object([
        ("domain_id", Json::text(name)),
        ("max_color_id", Json::Int(highest.into())),
        ("phenomenon_items", Json::List(items)),
    ]);
    (highest, json)
}
