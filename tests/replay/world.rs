//! What the pretended upstreams know: plain data that a test derives its scenario from.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

use crate::vigilance::{Vigilance, Warning};

/// Degrees within which a point is weathered like a commune; beyond, it is open country.
const SAME_AIR_DEG: f64 = 0.35;

/// The time at which the pretended upstreams live.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clock {
    /// The clock of the machine.
    System,
    /// Time stands still.
    Fixed(DateTime<FixedOffset>),
    /// The clock of the machine, moved by this much: a past moment that runs on.
    Shifted(TimeDelta),
}

impl Clock {
    /// A clock that shows `moment` now and runs on from there.
    pub fn running_from(moment: DateTime<FixedOffset>) -> Self {
        Self::Shifted(moment.to_utc() - machine_time())
    }

    /// What the clock shows, in Paris time unless it stands at a moment of another offset.
    pub fn now(self) -> DateTime<FixedOffset> {
        match self {
            Self::System => paris(machine_time()),
            Self::Fixed(moment) => moment,
            Self::Shifted(by) => paris(machine_time() + by),
        }
    }
}

impl From<DateTime<FixedOffset>> for Clock {
    fn from(moment: DateTime<FixedOffset>) -> Self {
        Self::Fixed(moment)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the pretended upstreams have a clock of their own, which no code under test sees"
)]
fn machine_time() -> DateTime<Utc> {
    Utc::now()
}

fn paris(moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    moment.with_timezone(&chrono_tz::Europe::Paris).fixed_offset()
}

/// Everything that the pretended upstreams answer from.
///
/// Every field may be changed, before the server starts or through
/// [`Replay::world`](crate::Replay::world) while it runs; the methods say the usual changes in one
/// line each.
#[derive(Clone, Debug)]
pub struct World {
    /// What the upstreams take for now.
    pub clock: Clock,
    /// The zones that the ATMO layer holds rows of, in the order of its rows.
    pub zones: Vec<AirZone>,
    /// Publications besides the daily ones.
    pub publications: Vec<Publication>,
    /// From here on nothing more is published: the layer keeps what it held.
    pub outage_from: Option<DateTime<FixedOffset>>,
    /// The communes that geo.api.gouv.fr knows; they also give Open-Meteo its weather.
    pub communes: Vec<Commune>,
    /// What the geocoding knows besides the communes.
    pub towns: Vec<Town>,
    /// ATMO level of the air, far from every commune and on days that nothing is said of.
    pub usual_level: u8,
    /// Upper limit of the natural UV index, however high the sun.
    pub uv_at_most: f64,
    /// Share of an ordinary season's pollen that is in the air: 1 for all of it.
    pub pollen_share: f64,
    /// The samples of drinking water that Hub'Eau has results of, in any order.
    pub water: Vec<WaterSample>,
    /// Radon potential, 1 to 3, by commune code; Géorisques tells that of a city of arrondissements
    /// under their codes only.
    pub radon: BTreeMap<String, u8>,
    /// What [`World::set_day`] and [`World::set_gap`] said, by commune code, variable and local
    /// day; `None` is a gap.
    pub days: BTreeMap<(String, String, NaiveDate), Option<f64>>,
    /// The weather vigilance.
    pub vigilance: Vigilance,
    /// What [`World::set_pollen`] said, by commune code, taxon and day; what is not said follows
    /// Open-Meteo's pollen.
    pub pollen: BTreeMap<(String, String, NaiveDate), u8>,
    /// Codes of the communes that the pollen layer has no row of, besides those overseas.
    pub without_pollen: BTreeSet<String>,
    /// The zones that the episode layer holds rows of, in the order of its rows.
    pub episode_zones: Vec<EpisodeZone>,
}

/// One zone of the layer of pollution episodes.
#[derive(Clone, Debug)]
pub struct EpisodeZone {
    /// `code_zone`: of a région, a département (some have the code of a région), or the agency's
    /// own.
    pub code: String,
    /// `lib_zone`, as the agency spells it.
    pub name: String,
    /// West, south, east, north in degrees.
    pub extent: [f64; 4],
    /// The pollutants that its agency writes rows of.
    pub pollutants: Vec<EpisodePollutant>,
    /// What [`World::set_episode`] said, by pollutant and day; else nothing is announced.
    pub states: BTreeMap<(String, NaiveDate), String>,
}

/// How an agency writes one pollutant.
#[derive(Clone, Debug)]
pub struct EpisodePollutant {
    /// `pm10`, `o3`, `no2`, `so2`.
    pub pollutant: String,
    /// `lib_pol`: `Ozone`, `O3`, `Particules PM10`.
    pub name: String,
    /// `code_pol`, a text, which differs from agency to agency.
    pub code: String,
}

/// One zone of the ATMO layer with its habits, traps included.
#[derive(Clone, Debug)]
pub struct AirZone {
    /// `code_zone`: INSEE code of a commune or SIREN of an EPCI; several zones may share one.
    pub code: String,
    /// `lib_zone`.
    pub name: String,
    /// `type_zone` as the producer spells it: `commune`, `Commune`, `COMMUNE`, `EPCI`.
    pub kind: String,
    /// `source`: the regional association that publishes.
    pub source: String,
    /// Centre, degrees east.
    pub lon: f64,
    /// Centre, degrees north.
    pub lat: f64,
    /// Where the zone's days begin and end.
    pub timezone: Tz,
    /// Local time from which the layer shows the publication of the day.
    pub publishes: NaiveTime,
    /// Days after the day of publication that a publication reaches: 1 or 2.
    pub days_ahead: u64,
    /// Level on days that nothing is said of.
    pub usual_level: u8,
    /// `lib_qual` in lower case.
    pub lower_label: bool,
    /// `coul_qual` in lower case.
    pub lower_colour: bool,
    /// All sub-codes are written 0 although the overall code is known (Air Breizh).
    pub sub_codes_withheld: bool,
    /// `x_wgs84` and `y_wgs84` are UTM metres, and the later day comes first (Guyane).
    pub utm: bool,
    /// `date_dif` is the local time of publication, mislabelled Z; else a fixed hour.
    pub issued_locally: bool,
    /// The days that something is said of.
    pub days: BTreeMap<NaiveDate, AirDay>,
}

/// The ATMO codes of one day: 0 unavailable, 1 to 6, 7 or 8 an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AirDay {
    /// `code_qual`.
    pub overall: u8,
    /// `code_no2`.
    pub no2: u8,
    /// `code_so2`.
    pub so2: u8,
    /// `code_o3`.
    pub o3: u8,
    /// `code_pm10`.
    pub pm10: u8,
    /// `code_pm25`.
    pub pm25: u8,
}

impl AirDay {
    /// A plausible day whose worst sub-code is `level`: of ozone from April to September, of fine
    /// particles otherwise. 0 is a day without any index, 7 and 8 an event over an ordinary day.
    ///
    /// # Panics
    /// When `level` is more than 8: the layer has no such code.
    pub fn at_level(level: u8, date: NaiveDate) -> Self {
        assert!(level <= 8, "the ATMO layer has no code {level}");
        let (overall, level) = if level > 6 { (level, 2) } else { (level, level) };
        if level == 0 {
            return Self { overall, no2: 0, so2: 0, o3: 0, pm10: 0, pm25: 0 };
        }
        let behind = level.saturating_sub(1).max(1);
        if (4..=9).contains(&date.month()) {
            Self { overall, no2: behind.min(2), so2: 1, o3: level, pm10: behind, pm25: behind }
        } else {
            let o3 = level.min(2);
            Self { overall, no2: behind.min(2), so2: 1, o3, pm10: behind, pm25: level }
        }
    }
}

/// A publication outside the daily rhythm, as when a forecast is corrected in the evening.
#[derive(Clone, Debug)]
pub struct Publication {
    /// `(code, name)` of the zones that it is about.
    pub zones: Vec<(String, String)>,
    /// `date_maj` of its rows, and the moment from which the layer shows them.
    pub at: DateTime<Utc>,
    /// What it changes; the other days are published again as they were.
    pub days: BTreeMap<NaiveDate, AirDay>,
}

impl Publication {
    /// The publication says `level` (see [`AirDay::at_level`]) for `date`.
    pub fn air(&mut self, date: NaiveDate, level: u8) -> &mut Self {
        self.days.insert(date, AirDay::at_level(level, date));
        self
    }
}

/// A commune as geo.api.gouv.fr describes it.
#[derive(Clone, Debug)]
pub struct Commune {
    /// INSEE code.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Postcodes.
    pub postcodes: Vec<String>,
    /// SIREN of its EPCI; four island communes have none.
    pub epci: Option<String>,
    /// Département code.
    pub departement: String,
    /// Région code.
    pub region: String,
    /// Inhabitants.
    pub population: u32,
    /// Centre, degrees east.
    pub lon: f64,
    /// Centre, degrees north.
    pub lat: f64,
    /// Time zone of the territory.
    pub timezone: Tz,
}

/// An entry of Open-Meteo's geocoding; what is `None` is left out of the answer.
#[derive(Clone, Debug)]
pub struct Town {
    /// `GeoNames` number.
    pub id: u32,
    /// Name.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Metres above the sea.
    pub elevation: Option<f64>,
    /// ISO code and name of the country.
    pub country: Option<(String, String)>,
    /// First administrative level.
    pub admin1: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
    /// Inhabitants.
    pub population: Option<u32>,
    /// Postcodes; empty ones are left out.
    pub postcodes: Vec<String>,
}

/// A sample of drinking water with what was concluded on it.
#[derive(Clone, Debug)]
pub struct WaterSample {
    /// INSEE code of the commune in which it was taken.
    pub commune: String,
    /// Code and name of each network that it stands for; empty where none is named.
    pub networks: Vec<(String, String)>,
    /// The day on which it was taken.
    pub date: NaiveDate,
    /// The authority's words; `None` before there are any.
    pub conclusion: Option<String>,
    /// Conformity to the limits (bacteria, chemistry) and to the references (likewise): `C` yes,
    /// `D` by derogation, `N` no, `S` not looked at.
    pub letters: [char; 4],
}

impl WaterSample {
    /// A sample in which everything that was looked at conforms; `network` by name, no network
    /// where it is empty.
    pub fn good(commune: &str, network: &str, date: NaiveDate, conclusion: &str) -> Self {
        let networks = if network.is_empty() {
            Vec::new()
        } else {
            vec![(water_network(commune, network), network.to_owned())]
        };
        let (commune, conclusion) = (commune.to_owned(), Some(conclusion.to_owned()));
        Self { commune, networks, date, conclusion, letters: ['C', 'C', 'C', 'S'] }
    }
}

/// The code under which Hub'Eau knows a network of a commune in a pretended world: the département
/// with three digits, then six that follow from the names.
pub fn water_network(commune: &str, network: &str) -> String {
    let departement = &commune[..if commune.starts_with("97") { 3 } else { 2 }];
    let sum = commune.bytes().chain(network.bytes());
    let number = sum.fold(7_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 1_000_000);
    format!("{departement:0>3}{number:06}")
}

impl World {
    /// The zones that `code` means: those that carry it, else the one a commune of that code reads
    /// its air from (its namesake under a shared code, else its EPCI).
    fn zones_of(&self, code: &str) -> Vec<usize> {
        let carrying = |code: &str| -> Vec<usize> {
            (0..self.zones.len()).filter(|&at| self.zones[at].code == code).collect()
        };
        let own = carrying(code);
        if !own.is_empty() {
            return own;
        }
        let Some(commune) = self.communes.iter().find(|commune| commune.code == code) else {
            return Vec::new();
        };
        let around = commune.epci.as_deref().map(carrying).unwrap_or_default();
        let namesakes: Vec<usize> =
            around.iter().copied().filter(|&at| self.zones[at].name == commune.name).collect();
        if namesakes.is_empty() { around } else { namesakes }
    }

    fn known_zones_of(&self, code: &str) -> Vec<usize> {
        let zones = self.zones_of(code);
        assert!(!zones.is_empty(), "the ATMO layer of this world has no zone for {code}");
        zones
    }

    /// The air of `date` in the zones of `code` is at `level`, in every publication that reaches
    /// that day; Open-Meteo's concentrations follow.
    ///
    /// `code` is a zone's, or that of a commune whose EPCI publishes for it.
    ///
    /// # Panics
    /// When no zone publishes for `code`, or the layer has no such level.
    pub fn set_air(&mut self, code: &str, date: NaiveDate, level: u8) -> &mut Self {
        self.set_air_day(code, date, AirDay::at_level(level, date))
    }

    /// As [`World::set_air`], sub-code by sub-code.
    ///
    /// # Panics
    /// When no zone publishes for `code`.
    pub fn set_air_day(&mut self, code: &str, date: NaiveDate, day: AirDay) -> &mut Self {
        for at in self.known_zones_of(code) {
            self.zones[at].days.insert(date, day);
        }
        self
    }

    /// Adds a publication for the zones of `code`, which the layer shows once the clock reaches
    /// `at`: `world.publish_at("69123", evening).air(tomorrow, 4)`.
    ///
    /// # Panics
    /// When no zone publishes for `code`.
    pub fn publish_at(&mut self, code: &str, at: DateTime<FixedOffset>) -> &mut Publication {
        let key = |zone: usize| (self.zones[zone].code.clone(), self.zones[zone].name.clone());
        let zones = self.known_zones_of(code).into_iter().map(key).collect();
        self.publications.push(Publication { zones, at: at.to_utc(), days: BTreeMap::new() });
        let last = self.publications.len() - 1;
        &mut self.publications[last]
    }

    /// Takes every row for `code` out of the layer, as if the zone had never been published.
    pub fn unpublish(&mut self, code: &str) -> &mut Self {
        let gone = self.zones_of(code);
        let mut at = 0;
        self.zones.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        self
    }

    /// Open-Meteo's `variable` reaches `value` on the local day `date` around the commune `code`:
    /// as the day's mean for particles, as its highest hour for all else (the value that the
    /// variable's own scale is read with).
    ///
    /// Units are those of the variable: µg/m³, grains/m³, °C, or the UV index. The forecast has the
    /// UV index and the temperatures.
    ///
    /// # Panics
    /// When this world has no commune of that code.
    pub fn set_day(
        &mut self,
        code: &str,
        variable: &str,
        date: NaiveDate,
        value: f64,
    ) -> &mut Self {
        self.say(code, variable, date, Some(value))
    }

    /// Open-Meteo has nothing (`null`) for `variable` on the local day `date` around `code`.
    ///
    /// # Panics
    /// When this world has no commune of that code.
    pub fn set_gap(&mut self, code: &str, variable: &str, date: NaiveDate) -> &mut Self {
        self.say(code, variable, date, None)
    }

    /// A sample was taken on `date` in the network of that name of the commune `code`, and this is
    /// what was concluded on it. With an empty name, no network is named.
    ///
    /// # Panics
    /// When this world has no commune of that code.
    pub fn set_water(
        &mut self,
        code: &str,
        network: &str,
        date: NaiveDate,
        conclusion: &str,
    ) -> &mut Self {
        self.known_commune(code);
        self.water.retain(|it| {
            it.commune != code
                || it.date != date
                || it.networks.first().map_or("", |(_, name)| name) != network
        });
        self.water.push(WaterSample::good(code, network, date, conclusion));
        self
    }

    /// The radon potential of the commune `code`.
    ///
    /// # Panics
    /// When this world has no commune of that code, or radon no such class.
    pub fn set_radon(&mut self, code: &str, class: u8) -> &mut Self {
        assert!((1..=3).contains(&class), "radon has no class {class}");
        self.known_commune(code);
        self.radon.insert(code.to_owned(), class);
        self
    }

    fn known_commune(&self, code: &str) {
        let known = self.communes.iter().any(|commune| commune.code == code);
        assert!(known, "this world has no commune {code}");
    }

    fn say(
        &mut self,
        code: &str,
        variable: &str,
        date: NaiveDate,
        value: Option<f64>,
    ) -> &mut Self {
        assert!(
            self.communes.iter().any(|commune| commune.code == code),
            "this world has no commune {code}"
        );
        self.days.insert((code.to_owned(), variable.to_owned(), date), value);
        self
    }

    /// The vigilance for a phenomenon (1 to 9) in a domain (`69`, `2A`, `3310` for a coast) has a
    /// colour, 1 green to 4 red, between two moments: in every card and in the mirror, whenever
    /// they are published.
    ///
    /// # Panics
    /// When this world has no vigilance for the domain, or the phenomenon, the colour or the
    /// moments make no sense; also for waves on land and anything else at a coast.
    pub fn set_vigilance(
        &mut self,
        domain: &str,
        phenomenon: u8,
        from: DateTime<FixedOffset>,
        to: DateTime<FixedOffset>,
        colour: u8,
    ) -> &mut Self {
        let known = self.vigilance.domains.contains(domain);
        assert!(known, "this world has no vigilance for {domain}");
        assert!((1..=9).contains(&phenomenon), "there is no phenomenon {phenomenon}");
        assert_eq!(phenomenon == 9, domain.len() == 4, "waves, and nothing else, are of a coast");
        assert!((1..=4).contains(&colour), "there is no colour {colour}");
        let (from, to) = (from.to_utc(), to.to_utc());
        assert!(from < to, "it is over before it begins");
        let domain = domain.to_owned();
        self.vigilance.warnings.push(Warning { domain, phenomenon, from, to, colour });
        self
    }

    /// Moves a clock that stands still to `moment`, and stops one that runs.
    pub fn at(&mut self, moment: DateTime<FixedOffset>) -> &mut Self {
        self.clock = Clock::Fixed(moment);
        self
    }

    /// The rows that the layer holds now for one zone: target day, codes, `date_maj` and the
    /// local time of publication.
    pub(crate) fn published(&self, zone: &AirZone, now: DateTime<Utc>) -> Vec<PublishedDay> {
        let until = self.outage_from.map_or(now, |outage| now.min(outage.to_utc()));
        let daily = zone.last_daily_publication(until);
        let corrections: Vec<&Publication> = self.corrections(zone, until);
        let correction = corrections.last().filter(|it| it.at >= daily.shown_from);
        let (updated, first) = match correction {
            Some(it) => (it.at, it.at.with_timezone(&zone.timezone).date_naive()),
            None => (daily.updated, daily.date),
        };
        (0..=zone.days_ahead)
            .map(|ahead| {
                let target = first + Days::new(ahead);
                PublishedDay { target, codes: zone.day(target, &corrections), updated }
            })
            .collect()
    }

    /// What has been said of one zone's day by now, whether the layer shows that day or not.
    pub(crate) fn air_day(&self, zone: &AirZone, date: NaiveDate, now: DateTime<Utc>) -> AirDay {
        zone.day(date, &self.corrections(zone, now))
    }

    /// The publications about `zone` until `until`, the latest last.
    fn corrections(&self, zone: &AirZone, until: DateTime<Utc>) -> Vec<&Publication> {
        let about = |it: &&Publication| {
            it.at <= until
                && it.zones.iter().any(|(code, name)| *code == zone.code && *name == zone.name)
        };
        let mut corrections: Vec<&Publication> = self.publications.iter().filter(about).collect();
        // Stable: of two at the same moment, the one added last wins.
        corrections.sort_by_key(|it| it.at);
        corrections
    }

    /// The commune whose weather a point shares, and the zone that publishes for it.
    pub(crate) fn site(&self, lon: f64, lat: f64) -> (Option<&Commune>, Option<&AirZone>) {
        let apart = |commune: &Commune| (commune.lon - lon).hypot(commune.lat - lat);
        let nearest = self
            .communes
            .iter()
            .min_by(|a, b| apart(a).total_cmp(&apart(b)))
            .filter(|commune| apart(commune) <= SAME_AIR_DEG);
        let zone = nearest.and_then(|commune| self.zones_of(&commune.code).first().copied());
        (nearest, zone.map(|at| &self.zones[at]))
    }
}

/// One row of the layer, without what it always repeats of its zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PublishedDay {
    pub(crate) target: NaiveDate,
    pub(crate) codes: AirDay,
    pub(crate) updated: DateTime<Utc>,
}

struct DailyPublication {
    date: NaiveDate,
    shown_from: DateTime<Utc>,
    updated: DateTime<Utc>,
}

impl AirZone {
    fn last_daily_publication(&self, until: DateTime<Utc>) -> DailyPublication {
        let local = until.with_timezone(&self.timezone).naive_local();
        let early = local.time() < self.publishes;
        let date = local.date() - Days::new(u64::from(early));
        let shown_from = self
            .timezone
            .from_local_datetime(&date.and_time(self.publishes))
            .earliest()
            .map_or(until, |moment| moment.to_utc());
        // The database is written some seconds before the layer shows it.
        DailyPublication { date, shown_from, updated: shown_from - TimeDelta::milliseconds(15_478) }
    }

    fn day(&self, date: NaiveDate, corrections: &[&Publication]) -> AirDay {
        corrections
            .iter()
            .rev()
            .find_map(|it| it.days.get(&date))
            .or_else(|| self.days.get(&date))
            .copied()
            .unwrap_or_else(|| AirDay::at_level(self.usual_level, date))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset, NaiveDate};

    use super::{AirDay, Clock, World};

    fn moment(text: &str) -> DateTime<FixedOffset> {
        text.parse().expect("a moment")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn held(world: &World, code: &str) -> Vec<(String, u8, String)> {
        let now = world.clock.now().to_utc();
        let zone = world.zones.iter().find(|zone| zone.code == code).expect("a zone");
        world
            .published(zone, now)
            .into_iter()
            .map(|day| (day.target.to_string(), day.codes.overall, day.updated.to_string()))
            .collect()
    }

    #[test]
    fn before_the_publication_of_the_day_the_layer_holds_that_of_yesterday() {
        let mut world = World::quiet(moment("2026-09-08T13:29:59+02:00"));
        let targets = |world: &World| -> Vec<String> {
            held(world, "75056").into_iter().map(|(target, ..)| target).collect()
        };
        assert_eq!(targets(&world), ["2026-09-07", "2026-09-08"]);
        world.at(moment("2026-09-08T13:30:00+02:00"));
        assert_eq!(targets(&world), ["2026-09-08", "2026-09-09"]);
        assert_eq!(held(&world, "75056")[0].2, "2026-09-08 11:29:44.522 UTC");
        assert_eq!(held(&world, "69123").len(), 3, "Lyon reaches two days ahead");
    }

    #[test]
    fn lyon_gets_worse_tomorrow_in_a_publication_at_18_10() {
        let mut world = World::quiet(moment("2026-09-08T18:09:00+02:00"));
        let evening = moment("2026-09-08T18:10:00+02:00");
        let tomorrow = date("2026-09-09");
        world.publish_at("69123", evening).air(tomorrow, 4);
        assert_eq!(held(&world, "69123")[1].1, 2);
        world.at(evening);
        let rows = held(&world, "69123");
        assert_eq!((rows[1].1, rows[1].2.as_str()), (4, "2026-09-08 16:10:00 UTC"));
        assert_eq!(held(&world, "75056")[1].1, 2, "Paris is another zone");
        world.at(moment("2026-09-09T14:00:00+02:00"));
        let rows = held(&world, "69123");
        assert_eq!((rows[0].1, rows[0].2.as_str()), (4, "2026-09-09 11:29:44.522 UTC"));
    }

    #[test]
    fn in_an_outage_the_layer_keeps_what_it_held() {
        let mut world = World::quiet(moment("2026-12-27T16:00:00+01:00"));
        world.outage_from = Some(moment("2026-12-26T08:00:00+01:00"));
        assert_eq!(held(&world, "75056")[0].0, "2026-12-25");
    }

    #[test]
    fn a_commune_without_a_row_is_set_through_its_epci() {
        let mut world = World::quiet(moment("2026-09-08T16:00:00+02:00"));
        world.set_air("35238", date("2026-09-08"), 4);
        assert_eq!(held(&world, "243500139")[0].1, 4);
        world.set_air("97302", date("2026-09-08"), 3);
        let changed: Vec<&str> = world
            .zones
            .iter()
            .filter(|zone| zone.code == "249730045" && !zone.days.is_empty())
            .map(|zone| zone.name.as_str())
            .collect();
        assert_eq!(changed, ["Cayenne"], "five neighbours share the code and stay as they were");
    }

    #[test]
    #[should_panic(expected = "no zone for 99999")]
    fn an_unknown_zone_is_refused() {
        World::quiet(moment("2026-09-08T16:00:00+02:00")).set_air("99999", date("2026-09-08"), 3);
    }

    #[test]
    fn the_worst_sub_code_is_the_level() {
        for day in ["2026-01-15", "2026-07-15"] {
            for level in 0..=6 {
                let it = AirDay::at_level(level, date(day));
                let worst = [it.no2, it.so2, it.o3, it.pm10, it.pm25].into_iter().max();
                assert_eq!((it.overall, worst), (level, Some(level)), "{day}");
            }
        }
        assert_eq!(AirDay::at_level(7, date("2026-07-15")).overall, 7);
    }

    #[test]
    fn a_running_clock_starts_where_it_is_told() {
        let start = moment("2026-09-08T16:00:00+02:00");
        let shown = Clock::running_from(start).now();
        assert!(shown >= start && shown < start + chrono::TimeDelta::minutes(10), "{shown}");
    }
}
