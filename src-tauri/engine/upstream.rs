//! The addresses of the producers: the only place in the project where they are written.

use std::fmt;

use chrono::{DateTime, Days, NaiveDate, Utc};
use ecosante_domain::place::Coordinates;
use ecosante_domain::publication::FOLDER;

use crate::http::BaseUrl;
use crate::purpose::{Carried, Part, Purpose};

/// A server that this app may ask; there are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// The open layers of Atmo France.
    AtmoFrance,
    /// The air quality models, as served by Open-Meteo.
    OpenMeteoAirQuality,
    /// Open-Meteo's search for places of the world.
    OpenMeteoGeocoding,
    /// The French State's list of communes.
    GeoApi,
    /// The weather forecasts, as served by Open-Meteo.
    OpenMeteoForecast,
    /// The keyless mirror of the weather vigilance.
    VigilanceMirror,
    /// The archive of the weather vigilance.
    VigilanceArchive,
    /// The interfaces of Météo-France, which want a key.
    MeteoFrance,
    /// Hub'Eau: the sanitary control of drinking water.
    HubEau,
    /// Géorisques: radon.
    Georisques,
    /// The geocoding of the Géoplateforme.
    Geoplateforme,
    /// The relay that a person has chosen, wherever it is.
    Relay,
}

impl Host {
    /// Every host.
    pub const ALL: [Self; 12] = [
        Self::AtmoFrance,
        Self::OpenMeteoAirQuality,
        Self::OpenMeteoGeocoding,
        Self::GeoApi,
        Self::OpenMeteoForecast,
        Self::VigilanceMirror,
        Self::VigilanceArchive,
        Self::MeteoFrance,
        Self::HubEau,
        Self::Georisques,
        Self::Geoplateforme,
        Self::Relay,
    ];

    /// The name of the server, as in its address but for the relay; also its key in stored budgets and
    /// breakers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AtmoFrance => "data.atmo-france.org",
            Self::OpenMeteoAirQuality => "air-quality-api.open-meteo.com",
            Self::OpenMeteoGeocoding => "geocoding-api.open-meteo.com",
            Self::GeoApi => "geo.api.gouv.fr",
            Self::OpenMeteoForecast => "api.open-meteo.com",
            Self::VigilanceMirror => "public.opendatasoft.com",
            Self::VigilanceArchive => "files.data.gouv.fr",
            Self::MeteoFrance => "public-api.meteofrance.fr",
            Self::HubEau => "hubeau.eaufrance.fr",
            Self::Georisques => "www.georisques.gouv.fr",
            Self::Geoplateforme => "data.geopf.fr",
            Self::Relay => "relay",
        }
    }
}

impl Host {
    /// How much this app asks of a host in a day at most, in the calls that the host counts.
    ///
    /// Open-Meteo gives 10,000 calls a day to an address, behind which there may be many people; an
    /// ordinary day of ten places costs some thirty. The others name no limit: an ordinary day costs
    /// them under ten; one of storms some fifty, and Atmo France up to two hundred where ten places lie
    /// in areas of an agency's own that are in alert. A relay costs one call and one for each place
    /// whenever something is due: of ten places, some fifty times on a day of storms.
    #[must_use]
    pub fn daily_budget(self) -> f64 {
        match self {
            Self::OpenMeteoAirQuality | Self::OpenMeteoForecast => 200.0,
            Self::OpenMeteoGeocoding | Self::GeoApi | Self::Geoplateforme => 300.0,
            Self::AtmoFrance => 250.0,
            Self::VigilanceMirror => 150.0,
            Self::VigilanceArchive | Self::MeteoFrance => 80.0,
            Self::HubEau | Self::Georisques => 60.0,
            Self::Relay => 600.0,
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One question to a producer.
///
/// Its `Debug` form names the host only: the rest says where a person lives.
///
/// ```
/// use ecosante_domain::place::Coordinates;
/// use ecosante_engine::http::BaseUrl;
/// use ecosante_engine::upstream::{AtmoZones, Host, Upstream};
///
/// let since = "2026-09-07".parse()?;
/// let question = Upstream::atmo_index(AtmoZones::Coded(&["69123", "200046977"]), since);
/// assert_eq!(question.host(), Host::AtmoFrance);
/// assert!(question.url().starts_with("https://data.atmo-france.org/geoserver/ind/ows?service=WFS"));
///
/// // Behind a gateway the host becomes the first part of the path.
/// let gateway: BaseUrl = "https://cache.example/ecosante/".parse()?;
/// let behind = question.url_behind(gateway.as_str());
/// assert!(behind.starts_with("https://cache.example/ecosante/data.atmo-france.org/geoserver/"));
///
/// // Open-Meteo is told cells of 0.1°, never where exactly somebody lives.
/// let home = Coordinates::new(45.7640, 4.8357).expect("degrees");
/// let question = Upstream::air_quality(&[home]);
/// assert!(question.url().contains("latitude=45.8&longitude=4.8"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Upstream {
    host: Host,
    /// The base address, without a slash at its end; `None`: the host under https.
    base: Option<String>,
    path_and_query: String,
    /// Sent with the question to this host alone, never along a redirect.
    header: Option<(&'static str, String)>,
    /// Whether one redirect may be followed, to one of [`REDIRECT_DOMAINS`].
    may_redirect: bool,
    /// A larger limit than that of all others, in bytes after decompression.
    most_bytes: Option<usize>,
    partial_is_success: bool,
    purpose: Purpose,
    /// What is in it about places or the person, as it is sent.
    carried: Vec<(Part, Vec<String>)>,
}

/// Where the archive of the weather vigilance may send on to: the object store of OVH, on which
/// the files of data.gouv.fr lie, and data.gouv.fr itself. Unverified: that the tree is answered
/// with a redirect to OVH is documented, the name of the host is not; other data of Météo-France
/// lie at `….s3.rbx.io.cloud.ovh.net`.
const REDIRECT_DOMAINS: [&str; 2] = [".cloud.ovh.net", ".data.gouv.fr"];

/// The largest tree of the archive that is read, in bytes: it lists every card since 2022.
const MOST_TREE: usize = 32 * 1024 * 1024;

/// Rows that the mirror of the vigilance gives at once: its own highest limit.
pub const MIRROR_ROWS: usize = 100;

/// Which rows of the ATMO layer are wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AtmoZones<'a> {
    /// Those with these codes: INSEE communes and SIREN of EPCI.
    Coded(&'a [&'a str]),
    /// Those whose centre lies around a point, which is sent rounded to its cell of 0.1°.
    Around(Coordinates),
}

/// How far [`AtmoZones::Around`] looks to each side, in degrees: 17 km, and 10 to 15 km east and
/// west in France.
pub const AROUND_DEGREES: f64 = 0.15;

/// Rows that one question to the ATMO layer may be answered with. The busiest square of
/// [`AROUND_DEGREES`], around Paris, holds some 600 communes with four days each.
pub const MOST_ATMO_ROWS: usize = 4000;

/// Rows of a page of a whole layer: some 6 MB.
pub const PAGE_ROWS: usize = 10_000;

/// The largest answer for the whole country that is read, in bytes after decompression.
const MOST_NATIONAL: usize = 32 * 1024 * 1024;

/// Which rows of the layer of pollution episodes are wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EpisodeZones {
    /// Those of all of France: some 270 a day.
    All,
    /// Those of the zones that meet the cell of 0.1° in which a point lies.
    Around(Coordinates),
}

/// How far [`EpisodeZones::Around`] looks from the centre of the cell to each side, in degrees: to
/// its edge.
pub const EPISODES_AROUND_DEGREES: f64 = 0.05;

/// Days that are asked of the layer of pollution episodes, the first included: from the day before
/// today to the second after it, and one more since today is not the same day everywhere.
pub const EPISODE_DAYS: u64 = 5;

/// The hourly variables that are asked of Open-Meteo's air quality models.
pub const HOURLY_VARIABLES: [&str; 12] = [
    "pm2_5",
    "pm10",
    "nitrogen_dioxide",
    "ozone",
    "sulphur_dioxide",
    "european_aqi",
    "alder_pollen",
    "birch_pollen",
    "olive_pollen",
    "grass_pollen",
    "mugwort_pollen",
    "ragweed_pollen",
];

/// The hourly variables that are asked of Open-Meteo's weather forecast.
pub const FORECAST_VARIABLES: [&str; 2] = ["apparent_temperature", "uv_index"];

/// Days before today, UTC, that are asked of Open-Meteo: today begins up to 14 hours earlier at a
/// place than in UTC.
pub const PAST_DAYS: u8 = 1;

/// Days before today, UTC, that are asked of Open-Meteo once for a new place: its own highest.
pub const LONGEST_PAST_DAYS: u8 = 92;

/// Days from today on, UTC, that are asked of Open-Meteo: what the European model reaches.
pub const FORECAST_DAYS: u8 = 4;

/// A model of Open-Meteo's: who is asked, where, and for what.
type Model = (Purpose, Host, &'static str, &'static [&'static str]);

const AIR_QUALITY: Model =
    (Purpose::AirByTheHour, Host::OpenMeteoAirQuality, "v1/air-quality", &HOURLY_VARIABLES);
const FORECAST: Model =
    (Purpose::Weather, Host::OpenMeteoForecast, "v1/forecast", &FORECAST_VARIABLES);

/// Communes that one question to Hub'Eau may name.
pub const MOST_WATER_COMMUNES: usize = 20;

/// Rows that one question to Hub'Eau may be answered with: one for each parameter of a sample, from
/// a dozen to some hundreds.
pub const MOST_WATER_ROWS: usize = 5000;

/// Codes that one question about radon may name.
pub const MOST_RADON_CODES: usize = 10;

impl Upstream {
    /// The ATMO index, from the day `since` on, of some zones.
    ///
    /// Without geometry, unless the zones are looked for by position.
    #[must_use]
    pub fn atmo_index(zones: AtmoZones<'_>, since: NaiveDate) -> Self {
        const PROPERTIES: &str = "code_zone,lib_zone,type_zone,code_qual,code_pm25,code_pm10,\
                                  code_no2,code_o3,code_so2,date_ech,date_maj,source";
        let (properties, filter, carried) = match zones {
            AtmoZones::Coded(codes) => {
                (PROPERTIES.to_owned(), coded(codes), (Part::Zones, owned(codes)))
            }
            AtmoZones::Around(point) => {
                let square = square(point, AROUND_DEGREES);
                (format!("{PROPERTIES},the_geom"), around(&square), (Part::Area, vec![square]))
            }
        };
        let filter = format!("{filter} AND date_ech>='{since}'");
        let path = "geoserver/ind/ows";
        Self::layer(Purpose::AirIndex, path, "ind:ind_atmo_2021", &properties, &filter)
            .carrying(carried.0, carried.1)
    }

    /// The ATMO index of the whole country, from the day `since` on, with the centre of each zone: the
    /// rows from `start` on, [`PAGE_ROWS`] at most. For whoever publishes for others.
    #[must_use]
    pub fn national_air(since: NaiveDate, start: usize) -> Self {
        const PROPERTIES: &str = "code_zone,lib_zone,type_zone,code_qual,code_pm25,code_pm10,\
                                  code_no2,code_o3,code_so2,date_ech,date_maj,source,the_geom";
        let path = "geoserver/ind/ows";
        Self::page(Purpose::AirIndex, path, "ind:ind_atmo_2021", PROPERTIES, since, start)
    }

    /// The pollen index of the whole country, as [`Upstream::national_air`]; without geometry.
    #[must_use]
    pub fn national_pollen(since: NaiveDate, start: usize) -> Self {
        const PROPERTIES: &str = "code_zone,lib_zone,code_qual,code_aul,code_boul,code_oliv,\
                                  code_gram,code_arm,code_ambr,conc_aul,conc_boul,conc_oliv,\
                                  conc_gram,conc_arm,conc_ambr,pollen_resp,date_ech,date_maj";
        let path = "geoserver/ind_pol/ows";
        Self::page(Purpose::Pollen, path, "ind_pol:ind_national_pol", PROPERTIES, since, start)
    }

    /// A page of a whole layer. An order of its own keeps rows from slipping between two pages: the
    /// layers have no key by which `GeoServer` could order them.
    fn page(
        purpose: Purpose,
        path: &str,
        layer: &str,
        properties: &str,
        since: NaiveDate,
        start: usize,
    ) -> Self {
        let filter = format!("date_ech>='{since}'");
        let start = start.to_string();
        let paging = [("sortBy", "code_zone,lib_zone,date_ech"), ("startIndex", start.as_str())];
        let question = Self::rows(purpose, path, layer, properties, &filter, PAGE_ROWS, &paging);
        Self { most_bytes: Some(MOST_NATIONAL), ..question }
    }

    /// Code and centre of every commune.
    #[must_use]
    pub fn commune_centres() -> Self {
        let question = Self::new(
            Purpose::WhereCommune,
            Host::GeoApi,
            "communes",
            &[("fields", "code,centre"), ("format", "json")],
        );
        Self { most_bytes: Some(MOST_NATIONAL), ..question }
    }

    /// The weather vigilance of the whole country at its mirror, which gives a whole set at once to
    /// whoever exports it: a list of the rows that [`Upstream::vigilance_mirror`] gives in pages.
    #[must_use]
    pub fn national_vigilance() -> Self {
        Self::new(
            Purpose::Vigilance,
            Host::VigilanceMirror,
            "api/explore/v2.1/catalog/datasets/weatherref-france-vigilance-meteo-departement/exports/json",
            &[("limit", "-1"), ("timezone", "UTC")],
        )
    }

    /// The history of the ATMO index, from the day `since` on, of the zones with these codes: one
    /// row a zone and day, without geometry.
    ///
    /// Of all zones it would be 285 MB; so there is no way to ask without codes, and without any
    /// code nothing matches.
    #[must_use]
    pub fn atmo_history(codes: &[&str], since: NaiveDate) -> Self {
        const PROPERTIES: &str = "code_zone,lib_zone,type_zone,code_qual,code_pm25,code_pm10,\
                                  code_no2,code_o3,code_so2,date_ech,date_maj";
        let filter = format!("{} AND date_ech>='{since}'", coded(codes));
        let path = "geoserver/ind/ows";
        Self::layer(Purpose::AirHistory, path, "ind:ind_atmo", PROPERTIES, &filter)
            .carrying(Part::Zones, owned(codes))
    }

    /// The pollen index, from the day `since` on, of some communes, by their codes.
    ///
    /// Without geometry: that of a commune is a heavy polygon.
    #[must_use]
    pub fn pollen_index(codes: &[&str], since: NaiveDate) -> Self {
        const PROPERTIES: &str = "code_zone,lib_zone,code_qual,code_aul,code_boul,code_oliv,\
                                  code_gram,code_arm,code_ambr,conc_aul,conc_boul,conc_oliv,\
                                  conc_gram,conc_arm,conc_ambr,pollen_resp,date_ech,date_maj";
        let filter = format!("{} AND date_ech>='{since}'", coded(codes));
        let path = "geoserver/ind_pol/ows";
        Self::layer(Purpose::Pollen, path, "ind_pol:ind_national_pol", PROPERTIES, &filter)
            .carrying(Part::Zones, owned(codes))
    }

    /// The pollution episodes that are announced, for [`EPISODE_DAYS`] from the day `since` on.
    ///
    /// Without geometry, also where the zones are looked for by position: that of a région is
    /// heavier than all its rows.
    #[must_use]
    pub fn episodes(zones: EpisodeZones, since: NaiveDate) -> Self {
        const PROPERTIES: &str = "date_maj,etat,lib_zone,code_zone,lib_pol,code_pol,date_ech";
        let until = since.checked_add_days(Days::new(EPISODE_DAYS - 1)).unwrap_or(since);
        let days = format!("date_ech>='{since}' AND date_ech<='{until}'");
        let square = match zones {
            EpisodeZones::All => None,
            EpisodeZones::Around(point) => Some(square(point, EPISODES_AROUND_DEGREES)),
        };
        let filter = match &square {
            None => days,
            Some(square) => format!("{} AND {days}", around(square)),
        };
        let path = "geoserver/alrt/ows";
        let question = Self::layer(Purpose::Episodes, path, "alrt:alrt3j", PROPERTIES, &filter);
        match square {
            None => question,
            Some(square) => question.carrying(Part::Area, vec![square]),
        }
    }

    /// Rows of a layer of Atmo France's `GeoServer`.
    fn layer(purpose: Purpose, path: &str, layer: &str, properties: &str, filter: &str) -> Self {
        Self::rows(purpose, path, layer, properties, filter, MOST_ATMO_ROWS, &[])
    }

    fn rows(
        purpose: Purpose,
        path: &str,
        layer: &str,
        properties: &str,
        filter: &str,
        count: usize,
        paging: &[(&str, &str)],
    ) -> Self {
        let count = count.to_string();
        let mut parameters = vec![
            ("service", "WFS"),
            ("version", "2.0.0"),
            ("request", "GetFeature"),
            ("typeNames", layer),
            ("outputFormat", "application/json"),
            ("srsName", "EPSG:4326"),
            ("propertyName", properties),
            ("CQL_FILTER", filter),
            ("count", &count),
        ];
        parameters.extend(paging);
        Self::new(purpose, Host::AtmoFrance, path, &parameters)
    }

    /// Air and pollen, hour by hour, for each of these points, rounded to its cell of 0.1°.
    ///
    /// The answer is one object for one point and a list, in this order, for several.
    #[must_use]
    pub fn air_quality(points: &[Coordinates]) -> Self {
        Self::hours(AIR_QUALITY, points, (PAST_DAYS, FORECAST_DAYS))
    }

    /// As [`Upstream::air_quality`], of the last [`LONGEST_PAST_DAYS`] and today.
    #[must_use]
    pub fn past_air_quality(points: &[Coordinates]) -> Self {
        Self::hours(AIR_QUALITY, points, (LONGEST_PAST_DAYS, 1))
    }

    /// UV and apparent temperature, hour by hour, for each of these points, rounded to its cell of
    /// 0.1°. The answer has the form of that to [`Upstream::air_quality`].
    #[must_use]
    pub fn forecast(points: &[Coordinates]) -> Self {
        Self::hours(FORECAST, points, (PAST_DAYS, FORECAST_DAYS))
    }

    /// As [`Upstream::forecast`], of the last [`LONGEST_PAST_DAYS`] and today.
    #[must_use]
    pub fn past_forecast(points: &[Coordinates]) -> Self {
        Self::hours(FORECAST, points, (LONGEST_PAST_DAYS, 1))
    }

    fn hours(
        (purpose, host, path, variables): Model,
        points: &[Coordinates],
        (past_days, forecast_days): (u8, u8),
    ) -> Self {
        let (latitudes, longitudes) = cells(points);
        let carried = pairs(&latitudes, &longitudes);
        Self::new(
            purpose,
            host,
            path,
            &[
                ("latitude", &latitudes),
                ("longitude", &longitudes),
                ("hourly", &variables.join(",")),
                ("timeformat", "unixtime"),
                ("timezone", "GMT"),
                ("past_days", &past_days.to_string()),
                ("forecast_days", &forecast_days.to_string()),
            ],
        )
        .carrying(Part::Cells, carried)
    }

    /// The time zone at a point, rounded to its cell of 0.1°: a forecast of nothing.
    #[must_use]
    pub fn time_zone(point: Coordinates) -> Self {
        let (latitude, longitude) = cells(&[point]);
        let carried = pairs(&latitude, &longitude);
        Self::new(
            Purpose::TimeZone,
            Host::OpenMeteoAirQuality,
            "v1/air-quality",
            &[("latitude", &latitude), ("longitude", &longitude), ("timezone", "auto")],
        )
        .carrying(Part::Cells, carried)
    }

    /// Places of the world by name, named in `language` (`fr`, `en`) where they have a name in it.
    #[must_use]
    pub fn search(name: &str, language: &str) -> Self {
        Self::new(
            Purpose::PlaceSearch,
            Host::OpenMeteoGeocoding,
            "v1/search",
            &[("name", name), ("count", "20"), ("language", language), ("format", "json")],
        )
        .carrying(Part::Words, vec![name.to_owned()])
        .carrying(Part::Language, vec![language.to_owned()])
    }

    /// A commune with its centre, by INSEE code.
    #[must_use]
    pub fn commune(code: &str) -> Self {
        Self::new(
            Purpose::WhereCommune,
            Host::GeoApi,
            "communes",
            &[("code", code), ("fields", "code,nom,centre"), ("format", "json")],
        )
        .carrying(Part::Communes, vec![code.to_owned()])
    }

    /// The commune in which a point lies. The point is sent to 0.001°, some 100 m.
    #[must_use]
    pub fn commune_at(point: Coordinates) -> Self {
        let latitude = format!("{:.3}", point.latitude);
        let longitude = format!("{:.3}", point.longitude);
        Self::new(
            Purpose::CommuneOfPoint,
            Host::GeoApi,
            "communes",
            &[("lat", &latitude), ("lon", &longitude), ("fields", "code,nom"), ("format", "json")],
        )
        .carrying(Part::Point, vec![format!("{latitude},{longitude}")])
    }

    /// How many calls the host counts for it.
    ///
    /// Open-Meteo counts for each location one call for ten variables over two weeks, and at least
    /// one.
    #[must_use]
    pub fn weight(&self) -> f64 {
        let (_, query) = self.path_and_query.split_once('?').unwrap_or_default();
        let parameter = |wanted: &str| {
            let mut parts = query.split('&').filter_map(|part| part.split_once('='));
            parts.find(|(key, _)| *key == wanted).map(|(_, value)| value)
        };
        if !matches!(self.host, Host::OpenMeteoAirQuality | Host::OpenMeteoForecast) {
            return 1.0;
        }
        let listed = |name| parameter(name).map_or(0_u16, |it| count(it.split(',')));
        let days = |name| parameter(name).and_then(|it| it.parse::<u16>().ok()).unwrap_or_default();
        let variables = f64::from(listed("hourly") + listed("daily") + listed("current"));
        let days = f64::from(days("past_days") + days("forecast_days"));
        let each = (variables / 10.0).max(variables / 10.0 * days / 14.0).max(1.0);
        f64::from(listed("latitude").max(1)) * each
    }

    /// The weather vigilance of some domains (`69`, `2A`, `3310`) at its mirror, from the row
    /// `offset` on, [`MIRROR_ROWS`] at most.
    #[must_use]
    pub fn vigilance_mirror(domains: &[&str], offset: usize) -> Self {
        // A quote inside a literal is escaped; no code has one.
        let literals: Vec<String> =
            domains.iter().map(|code| format!("\"{}\"", code.replace('"', "\\\""))).collect();
        let filter = format!("domain_id in ({})", literals.join(","));
        let (limit, offset_text) = (MIRROR_ROWS.to_string(), offset.to_string());
        // An order of its own keeps rows from slipping between two pages.
        let order = "domain_id,phenomenon_id,begin_time";
        let mut parameters =
            vec![("where", filter.as_str()), ("order_by", order), ("limit", limit.as_str())];
        if offset > 0 {
            parameters.push(("offset", &offset_text));
        }
        Self::new(
            Purpose::Vigilance,
            Host::VigilanceMirror,
            "api/explore/v2.1/catalog/datasets/weatherref-france-vigilance-meteo-departement/records",
            &parameters,
        )
        .carrying(Part::Domains, owned(domains))
    }

    /// The list of all cards in the archive of the weather vigilance, which lies behind a redirect.
    #[must_use]
    pub fn vigilance_tree() -> Self {
        let path = "meteofrance/data/vigilance/vigilance-hexagone-tree.json";
        let question = Self::new(Purpose::Vigilance, Host::VigilanceArchive, path, &[]);
        Self { may_redirect: true, most_bytes: Some(MOST_TREE), ..question }
    }

    /// The card that the archive keeps under a moment, to the second. What the tree calls
    /// "hexagone" lies under "metropole".
    #[must_use]
    pub fn vigilance_archived(folder: DateTime<Utc>) -> Self {
        let folder = folder.format("%Y/%m/%d/%H%M%S");
        let path = format!("meteofrance/data/vigilance/metropole/{folder}/CDP_CARTE_EXTERNE.json");
        Self::new(Purpose::Vigilance, Host::VigilanceArchive, &path, &[])
    }

    /// The card in force, from Météo-France itself, for whoever has a key.
    #[must_use]
    pub fn vigilance_card(key: &str) -> Self {
        let path = "public/DPVigilance/v1/cartevigilance/encours";
        let question = Self::new(Purpose::Vigilance, Host::MeteoFrance, path, &[])
            .carrying(Part::OwnKey, Vec::new());
        Self { header: Some(("apikey", key.to_owned())), ..question }
    }

    /// The address nearest to a point, with the code of its commune or arrondissement. The point is
    /// sent to 0.001°.
    #[must_use]
    pub fn address_at(point: Coordinates) -> Self {
        let latitude = format!("{:.3}", point.latitude);
        let longitude = format!("{:.3}", point.longitude);
        Self::new(
            Purpose::CommuneOfPoint,
            Host::Geoplateforme,
            "geocodage/reverse",
            &[("lon", &longitude), ("lat", &latitude), ("limit", "1"), ("index", "address")],
        )
        .carrying(Part::Point, vec![format!("{latitude},{longitude}")])
    }

    /// French addresses like this one.
    #[must_use]
    pub fn address_search(query: &str) -> Self {
        let (host, parameters) = (Host::Geoplateforme, [("q", query), ("limit", "5")]);
        Self::new(Purpose::AddressSearch, host, "geocodage/search", &parameters)
            .carrying(Part::Words, vec![query.to_owned()])
    }

    /// The samples of drinking water taken in some communes from the day `since` on, the newest
    /// first; at most [`MOST_WATER_COMMUNES`] INSEE codes.
    ///
    /// A part of what matches, with status 206, is an answer here.
    #[must_use]
    pub fn drinking_water(communes: &[&str], since: NaiveDate) -> Self {
        const FIELDS: &str = "code_prelevement,code_commune,nom_commune,date_prelevement,\
                              conclusion_conformite_prelevement,\
                              conformite_limites_bact_prelevement,\
                              conformite_limites_pc_prelevement,\
                              conformite_references_bact_prelevement,\
                              conformite_references_pc_prelevement,reseaux";
        let question = Self::new(
            Purpose::Water,
            Host::HubEau,
            "api/v1/qualite_eau_potable/resultats_dis",
            &[
                ("code_commune", &communes.join(",")),
                ("date_min_prelevement", &since.to_string()),
                ("size", &MOST_WATER_ROWS.to_string()),
                ("sort", "desc"),
                ("fields", FIELDS),
            ],
        );
        let question = question.carrying(Part::Communes, owned(communes));
        Self { partial_is_success: true, ..question }
    }

    /// The radon potential of communes or arrondissements, at most [`MOST_RADON_CODES`].
    #[must_use]
    pub fn radon(codes: &[&str]) -> Self {
        Self::new(
            Purpose::Radon,
            Host::Georisques,
            "api/v1/radon",
            &[
                ("code_insee", &codes.join(",")),
                ("page", "1"),
                ("page_size", &MOST_RADON_CODES.to_string()),
            ],
        )
        .carrying(Part::Communes, owned(codes))
    }

    /// How fresh a relay is, and what it carries.
    #[must_use]
    pub fn relay_meta(relay: &BaseUrl) -> Self {
        Self::of_relay(relay, "meta.json")
    }

    /// What a relay has of a commune of today, by INSEE code.
    #[must_use]
    pub fn relayed_commune(relay: &BaseUrl, code: &str) -> Self {
        Self::of_relay(relay, &format!("commune/{code}.json"))
            .carrying(Part::Communes, vec![code.to_owned()])
    }

    fn of_relay(relay: &BaseUrl, file: &str) -> Self {
        let question = Self::new(Purpose::Relay, Host::Relay, &format!("{FOLDER}/{file}"), &[]);
        Self { base: Some(relay.as_str().to_owned()), ..question }
    }

    /// The server that is asked.
    #[must_use]
    pub fn host(&self) -> Host {
        self.host
    }

    /// What it is asked for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// What is in it about places or the person, as it is sent; of a key only that there is one.
    #[must_use]
    pub fn carried(&self) -> Carried {
        let parts = self.carried.iter();
        parts.map(|(part, values)| (part.name().to_owned(), values.clone())).collect()
    }

    /// The address at the producer itself, or at the relay.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.base {
            Some(base) => format!("{base}/{}", self.path_and_query),
            None => format!("https://{}/{}", self.host, self.path_and_query),
        }
    }

    /// Whether status 206, a part of what matches, is an answer as good as 200.
    pub(crate) fn partial_is_success(&self) -> bool {
        self.partial_is_success
    }

    /// The address behind a gateway whose base has no slash at its end, as
    /// [`BaseUrl::as_str`](crate::http::BaseUrl::as_str) gives it.
    #[must_use]
    pub fn url_behind(&self, gateway: &str) -> String {
        let url = self.url();
        let (_, host_and_path) = url.split_once("://").unwrap_or_default();
        format!("{gateway}/{host_and_path}")
    }

    /// Name and value of a header that goes with the question; the value is a secret.
    pub(crate) fn header(&self) -> Option<(&'static str, &str)> {
        self.header.as_ref().map(|(name, value)| (*name, value.as_str()))
    }

    /// A limit of size, in bytes, where the one of all answers is too low.
    pub(crate) fn most_bytes(&self) -> Option<usize> {
        self.most_bytes
    }

    /// The address to ask where the answer is a redirect to `location`; `None` where this question
    /// follows none, or not to there.
    pub(crate) fn redirected(&self, location: &str, gateway: Option<&str>) -> Option<String> {
        if !self.may_redirect {
            return None;
        }
        let target = reqwest::Url::parse(&self.url()).ok()?.join(location).ok()?;
        let host = target.host_str()?;
        let bare = target.username().is_empty() && target.password().is_none();
        let known = REDIRECT_DOMAINS.iter().any(|domain| host.ends_with(domain));
        if target.scheme() != "https" || target.port().is_some() || !bare || !known {
            return None;
        }
        let query = target.query().map(|query| format!("?{query}")).unwrap_or_default();
        let base = gateway.map_or_else(|| "https:/".to_owned(), str::to_owned);
        Some(format!("{base}/{host}{}{query}", target.path()))
    }

    fn new(purpose: Purpose, host: Host, path: &str, parameters: &[(&str, &str)]) -> Self {
        let mut path_and_query = path.to_owned();
        for (index, (key, value)) in parameters.iter().enumerate() {
            path_and_query.push(if index == 0 { '?' } else { '&' });
            path_and_query.push_str(key);
            path_and_query.push('=');
            percent_encode(value, &mut path_and_query);
        }
        Self {
            host,
            base: None,
            path_and_query,
            header: None,
            may_redirect: false,
            most_bytes: None,
            partial_is_success: false,
            purpose,
            carried: Vec::new(),
        }
    }

    fn carrying(mut self, part: Part, values: Vec<String>) -> Self {
        self.carried.push((part, values));
        self
    }
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upstream({})", self.host)
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u16 {
    u16::try_from(items.count()).unwrap_or(u16::MAX)
}

/// The filter of `GeoServer` for the rows of some zones.
fn coded(codes: &[&str]) -> String {
    // A quote inside a literal is doubled, as in SQL.
    let literals: Vec<String> =
        codes.iter().map(|code| format!("'{}'", code.replace('\'', "''"))).collect();
    format!("code_zone IN ({})", literals.join(","))
}

/// West, south, east and north of a square that lies so many degrees to each side of the centre of
/// the cell in which a point lies.
fn square(point: Coordinates, degrees: f64) -> String {
    let Coordinates { latitude, longitude } = point.cell();
    let (west, east) = (longitude - degrees, longitude + degrees);
    let (south, north) = (latitude - degrees, latitude + degrees);
    format!("{west:.2},{south:.2},{east:.2},{north:.2}")
}

/// The filter of `GeoServer` for what meets a square.
fn around(square: &str) -> String {
    format!("BBOX(the_geom,{square},'EPSG:4326')")
}

/// Latitude and longitude of each of several points, from the lists of both.
fn pairs(latitudes: &str, longitudes: &str) -> Vec<String> {
    let both = latitudes.split(',').zip(longitudes.split(','));
    both.map(|(latitude, longitude)| format!("{latitude},{longitude}")).collect()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Latitudes and longitudes of the cells of some points, as Open-Meteo takes them.
fn cells(points: &[Coordinates]) -> (String, String) {
    let list = |degrees: fn(Coordinates) -> f64| {
        let texts: Vec<String> =
            points.iter().map(|point| format!("{:.1}", degrees(point.cell()))).collect();
        texts.join(",")
    };
    (list(|cell| cell.latitude), list(|cell| cell.longitude))
}

/// Appends a query value, percent-encoded but for the unreserved characters of RFC 3986 and those
/// of lists (`,` `:` `/`), which every producer and cache reads as they are.
fn percent_encode(value: &str, into: &mut String) {
    use fmt::Write as _;
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => into.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b',' | b':' | b'/' => into.push(char::from(byte)),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(into, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: f64, longitude: f64) -> Coordinates {
        Coordinates::new(latitude, longitude).expect("coordinates")
    }

    fn since() -> NaiveDate {
        "2026-09-07".parse().expect("a date")
    }

    #[test]
    fn a_filter_is_encoded_whole() {
        let url = Upstream::atmo_index(AtmoZones::Coded(&["75056", "200054781"]), since()).url();
        assert!(url.starts_with("https://data.atmo-france.org/geoserver/ind/ows?service=WFS&"));
        assert!(url.contains(
            "&CQL_FILTER=code_zone%20IN%20%28%2775056%27,%27200054781%27%29\
             %20AND%20date_ech%3E%3D%272026-09-07%27&"
        ));
        assert!(!url.contains("the_geom"));
    }

    #[test]
    fn the_history_is_never_asked_for_without_its_zones() {
        let url = Upstream::atmo_history(&["75056", "69123"], since()).url();
        assert!(url.contains("typeNames=ind:ind_atmo&"), "{url}");
        let filter = "CQL_FILTER=code_zone%20IN%20%28%2775056%27,%2769123%27%29%20AND%20";
        assert!(url.contains(filter), "{url}");
        assert!(url.ends_with("&count=4000"), "{url}");
    }

    #[test]
    fn the_past_of_hours_is_asked_for_to_its_end_and_weighs_accordingly() {
        let lyon = [point(45.764, 4.836)];
        for (question, weight) in
            [(Upstream::past_air_quality(&lyon), 8.0), (Upstream::past_forecast(&lyon), 1.4)]
        {
            assert!(
                question.url().ends_with("&past_days=92&forecast_days=1"),
                "{}",
                question.url()
            );
            assert!((question.weight() - weight).abs() < 0.1, "{}", question.weight());
        }
    }

    #[test]
    fn a_code_cannot_leave_its_quotes() {
        let url = Upstream::atmo_index(AtmoZones::Coded(&["1' OR '1'='1"]), since()).url();
        assert!(url.contains("%271%27%27%20OR%20%27%271%27%27%3D%27%271%27%29"), "{url}");
    }

    #[test]
    fn pollen_is_asked_for_by_commune_and_without_its_polygons() {
        let url = Upstream::pollen_index(&["75056", "2A004"], since()).url();
        assert!(url.starts_with("https://data.atmo-france.org/geoserver/ind_pol/ows?service=WFS&"));
        assert!(url.contains("&typeNames=ind_pol:ind_national_pol&"), "{url}");
        assert!(url.contains(
            "&CQL_FILTER=code_zone%20IN%20%28%2775056%27,%272A004%27%29\
             %20AND%20date_ech%3E%3D%272026-09-07%27&"
        ));
        assert!(url.contains("&propertyName=code_zone,lib_zone,code_qual,code_aul,"), "{url}");
        assert!(!url.contains("the_geom"), "{url}");
    }

    #[test]
    fn one_question_asks_for_the_episodes_of_all_of_france() {
        let url = Upstream::episodes(EpisodeZones::All, since()).url();
        assert!(url.starts_with("https://data.atmo-france.org/geoserver/alrt/ows?service=WFS&"));
        assert!(url.contains("&typeNames=alrt:alrt3j&"), "{url}");
        assert!(url.contains(
            "&CQL_FILTER=date_ech%3E%3D%272026-09-07%27\
             %20AND%20date_ech%3C%3D%272026-09-11%27&"
        ));
        assert!(!url.contains("the_geom"), "{url}");
    }

    #[test]
    fn the_episodes_around_a_point_are_those_that_meet_its_cell_and_come_without_geometry() {
        let home = point(45.764_043, 4.835_659);
        let url = Upstream::episodes(EpisodeZones::Around(home), since()).url();
        let filter = "&CQL_FILTER=BBOX%28the_geom,4.75,45.75,4.85,45.85,%27EPSG:4326%27%29\
                      %20AND%20date_ech%3E%3D%272026-09-07%27%20AND%20date_ech%3C%3D";
        assert!(url.contains(filter), "{url}");
        let properties =
            "&propertyName=date_maj,etat,lib_zone,code_zone,lib_pol,code_pol,date_ech&";
        assert!(url.contains(properties), "{url}");
    }

    #[test]
    fn a_point_is_sent_no_finer_than_its_use_needs() {
        let home = point(48.856_614, 2.352_221);
        let url = Upstream::atmo_index(AtmoZones::Around(home), since()).url();
        assert!(url.contains("BBOX%28the_geom,2.25,48.75,2.55,49.05,%27EPSG:4326%27%29"), "{url}");
        let url = Upstream::air_quality(&[home, point(-21.115, 55.536)]).url();
        assert!(url.contains("?latitude=48.9,-21.1&longitude=2.4,55.5&hourly=pm2_5,"), "{url}");
        let url = Upstream::forecast(&[home]).url();
        assert!(
            url.ends_with(
                "?latitude=48.9&longitude=2.4&hourly=apparent_temperature,uv_index\
                 &timeformat=unixtime&timezone=GMT&past_days=1&forecast_days=4"
            ),
            "{url}"
        );
        let url = Upstream::address_at(home).url();
        assert!(url.ends_with("?lon=2.352&lat=48.857&limit=1&index=address"), "{url}");
        let url = Upstream::time_zone(home).url();
        assert!(url.ends_with("?latitude=48.9&longitude=2.4&timezone=auto"), "{url}");
        let url = Upstream::commune_at(home).url();
        assert!(url.contains("?lat=48.857&lon=2.352&"), "{url}");
    }

    #[test]
    fn a_name_cannot_add_a_parameter() {
        let url = Upstream::search("Saint-Étienne & Cie#1", "fr").url();
        assert!(url.contains("?name=Saint-%C3%89tienne%20%26%20Cie%231&count=20&"), "{url}");
        let url = Upstream::address_search("1 rue A & B&limit=50").url();
        assert!(url.ends_with("?q=1%20rue%20A%20%26%20B%26limit%3D50&limit=5"), "{url}");
    }

    #[test]
    fn communes_are_asked_for_together() {
        let url = Upstream::drinking_water(&["69123", "2A004"], since()).url();
        assert!(
            url.contains(
                "?code_commune=69123,2A004&date_min_prelevement=2026-09-07&size=5000&sort=desc\
                 &fields=code_prelevement,code_commune,nom_commune,date_prelevement,\
                 conclusion_conformite_prelevement,conformite_limites_bact_prelevement,"
            ),
            "{url}"
        );
        let url = Upstream::radon(&["75056", "75101"]).url();
        assert!(url.ends_with("?code_insee=75056,75101&page=1&page_size=10"), "{url}");
    }

    #[test]
    fn a_part_is_an_answer_to_the_question_about_water_alone() {
        assert!(Upstream::drinking_water(&["69123"], since()).partial_is_success());
        let home = point(48.856_614, 2.352_221);
        for question in [
            Upstream::radon(&["69123"]),
            Upstream::forecast(&[home]),
            Upstream::address_at(home),
            Upstream::address_search("1 rue de Lyon"),
            Upstream::commune("69123"),
        ] {
            assert!(!question.partial_is_success(), "{question:?}");
        }
    }

    #[test]
    fn a_question_is_logged_without_its_place() {
        let question = Upstream::air_quality(&[point(48.8566, 2.3522)]);
        assert_eq!(format!("{question:?}"), "Upstream(air-quality-api.open-meteo.com)");
    }

    #[test]
    fn a_question_weighs_what_its_host_counts() {
        assert_eq!(Upstream::commune("2A004").weight(), 1.0);
        assert_eq!(Upstream::time_zone(point(48.9, 2.4)).weight(), 1.0);
        let places = [point(48.9, 2.4), point(-21.1, 55.5), point(45.8, 4.8)];
        let variables = HOURLY_VARIABLES.len() as f64;
        let weight = Upstream::air_quality(&places).weight();
        assert!((weight - 3.0 * variables / 10.0).abs() < 1e-9, "{weight}");
    }

    #[test]
    fn the_mirror_is_asked_for_all_domains_at_once() {
        let url = Upstream::vigilance_mirror(&["33", "3310", "2A"], 0).url();
        assert!(url.starts_with("https://public.opendatasoft.com/api/explore/v2.1/"), "{url}");
        let filter = "/records?where=domain_id%20in%20%28%2233%22,%223310%22,%222A%22%29\
                      &order_by=domain_id,phenomenon_id,begin_time&limit=100";
        assert!(url.ends_with(filter), "{url}");
        let url = Upstream::vigilance_mirror(&["33\") or (\"1\"=\"1"], 200).url();
        assert!(url.contains("%2233%5C%22%29%20or"), "{url}");
        assert!(url.ends_with("&limit=100&offset=200"), "{url}");
    }

    #[test]
    fn a_card_is_under_the_moment_of_its_folder() {
        let folder = "2026-10-03T04:00:07Z".parse().expect("a moment");
        assert_eq!(
            Upstream::vigilance_archived(folder).url(),
            "https://files.data.gouv.fr/meteofrance/data/vigilance/metropole/2026/10/03/040007/\
             CDP_CARTE_EXTERNE.json"
        );
    }

    #[test]
    fn a_key_is_in_a_header_and_neither_in_the_address_nor_in_the_log() {
        let question = Upstream::vigilance_card("eyJ4");
        assert_eq!(question.header(), Some(("apikey", "eyJ4")));
        assert!(!question.url().contains("eyJ4"));
        assert_eq!(question.carried(), [("own-key".to_owned(), Vec::new())], "that there is one");
        assert_eq!(format!("{question:?}"), "Upstream(public-api.meteofrance.fr)");
    }

    #[test]
    fn only_the_tree_of_the_archive_is_followed_and_only_to_where_it_lies() {
        let tree = Upstream::vigilance_tree();
        let store = "https://bucket.s3.rbx.io.cloud.ovh.net/data/tree.json?v=1#top";
        let direct = "https://bucket.s3.rbx.io.cloud.ovh.net/data/tree.json?v=1";
        assert_eq!(tree.redirected(store, None).as_deref(), Some(direct));
        assert_eq!(
            tree.redirected(store, Some("http://127.0.0.1:8080/cache")).as_deref(),
            Some("http://127.0.0.1:8080/cache/bucket.s3.rbx.io.cloud.ovh.net/data/tree.json?v=1")
        );
        let own = "https://files.data.gouv.fr/tree.json";
        assert_eq!(tree.redirected("/tree.json", None).as_deref(), Some(own));
        for elsewhere in [
            "http://bucket.s3.rbx.io.cloud.ovh.net/tree.json",
            "https://bucket.cloud.ovh.net.example.org/tree.json",
            "https://notcloud.ovh.net/tree.json",
            "https://cloud.ovh.net/tree.json",
            "https://me:secret@bucket.cloud.ovh.net/tree.json",
            "https://bucket.cloud.ovh.net:8443/tree.json",
            "https://127.0.0.1/tree.json",
            "file:///etc/hosts",
            "",
            "//",
        ] {
            let followed = tree.redirected(elsewhere, None);
            // Relative to the tree itself, an empty location is the tree again.
            assert!(followed.is_none() || elsewhere.is_empty(), "{elsewhere}: {followed:?}");
        }
        for other in [Upstream::commune("75056"), Upstream::vigilance_card("key")] {
            assert_eq!(other.redirected(store, None), None);
        }
    }

    #[test]
    fn a_relay_learns_the_code_of_a_commune_and_behind_a_gateway_it_is_a_host_like_any_other() {
        let relay = "http://nas.local:8080/air/".parse().expect("a base address");
        let question = Upstream::relayed_commune(&relay, "2A004");
        assert_eq!(question.url(), "http://nas.local:8080/air/v1/commune/2A004.json");
        assert_eq!(
            question.url_behind("https://cache.example"),
            "https://cache.example/nas.local:8080/air/v1/commune/2A004.json"
        );
        assert_eq!(question.carried(), [("communes".to_owned(), vec!["2A004".to_owned()])]);
        assert_eq!(format!("{question:?}"), "Upstream(relay)");
        let meta = Upstream::relay_meta(&relay);
        assert_eq!(meta.url(), "http://nas.local:8080/air/v1/meta.json");
        assert_eq!(meta.carried(), []);
    }

    #[test]
    fn behind_a_gateway_the_host_becomes_the_first_part_of_the_path() {
        assert_eq!(
            Upstream::commune("2A004").url_behind("http://127.0.0.1:8080/cache"),
            "http://127.0.0.1:8080/cache/geo.api.gouv.fr/communes\
             ?code=2A004&fields=code,nom,centre&format=json"
        );
    }
}
