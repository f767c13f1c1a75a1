//! The addresses of the producers: the only place in the project where they are written.

use std::fmt;

use chrono::NaiveDate;
use ecosante_domain::place::Coordinates;

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
}

impl Host {
    /// Every host.
    pub const ALL: [Self; 11] = [
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
    ];

    /// The name of the server, as in its address; also its key in stored budgets and breakers.
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
#[derive(Clone, PartialEq, Eq)]
pub struct Upstream {
    host: Host,
    path_and_query: String,
    partial_is_success: bool,
}

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

/// Days from today on, UTC, that are asked of Open-Meteo: what the European model reaches.
pub const FORECAST_DAYS: u8 = 4;

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
        let (properties, filter) = match zones {
            AtmoZones::Coded(codes) => {
                // A quote inside a literal is doubled, as in SQL.
                let literals: Vec<String> =
                    codes.iter().map(|code| format!("'{}'", code.replace('\'', "''"))).collect();
                (PROPERTIES.to_owned(), format!("code_zone IN ({})", literals.join(",")))
            }
            AtmoZones::Around(point) => {
                let Coordinates { latitude, longitude } = point.cell();
                let (west, east) = (longitude - AROUND_DEGREES, longitude + AROUND_DEGREES);
                let (south, north) = (latitude - AROUND_DEGREES, latitude + AROUND_DEGREES);
                (
                    format!("{PROPERTIES},the_geom"),
                    format!("BBOX(the_geom,{west:.2},{south:.2},{east:.2},{north:.2},'EPSG:4326')"),
                )
            }
        };
        let filter = format!("{filter} AND date_ech>='{since}'");
        let count = MOST_ATMO_ROWS.to_string();
        Self::new(
            Host::AtmoFrance,
            "geoserver/ind/ows",
            &[
                ("service", "WFS"),
                ("version", "2.0.0"),
                ("request", "GetFeature"),
                ("typeNames", "ind:ind_atmo_2021"),
                ("outputFormat", "application/json"),
                ("srsName", "EPSG:4326"),
                ("propertyName", &properties),
                ("CQL_FILTER", &filter),
                ("count", &count),
            ],
        )
    }

    /// Air and pollen, hour by hour, for each of these points, rounded to its cell of 0.1°.
    ///
    /// The answer is one object for one point and a list, in this order, for several.
    #[must_use]
    pub fn air_quality(points: &[Coordinates]) -> Self {
        Self::hours(Host::OpenMeteoAirQuality, "v1/air-quality", points, &HOURLY_VARIABLES)
    }

    /// UV and apparent temperature, hour by hour, for each of these points, rounded to its cell of
    /// 0.1°. The answer has the form of that to [`Upstream::air_quality`].
    #[must_use]
    pub fn forecast(points: &[Coordinates]) -> Self {
        Self::hours(Host::OpenMeteoForecast, "v1/forecast", points, &FORECAST_VARIABLES)
    }

    fn hours(host: Host, path: &str, points: &[Coordinates], variables: &[&str]) -> Self {
        let (latitudes, longitudes) = cells(points);
        Self::new(
            host,
            path,
            &[
                ("latitude", &latitudes),
                ("longitude", &longitudes),
                ("hourly", &variables.join(",")),
                ("timeformat", "unixtime"),
                ("timezone", "GMT"),
                ("past_days", &PAST_DAYS.to_string()),
                ("forecast_days", &FORECAST_DAYS.to_string()),
            ],
        )
    }

    /// The time zone at a point, rounded to its cell of 0.1°: a forecast of nothing.
    #[must_use]
    pub fn time_zone(point: Coordinates) -> Self {
        let (latitude, longitude) = cells(&[point]);
        Self::new(
            Host::OpenMeteoAirQuality,
            "v1/air-quality",
            &[("latitude", &latitude), ("longitude", &longitude), ("timezone", "auto")],
        )
    }

    /// Places of the world by name, named in `language` (`fr`, `en`) where they have a name in it.
    #[must_use]
    pub fn search(name: &str, language: &str) -> Self {
        Self::new(
            Host::OpenMeteoGeocoding,
            "v1/search",
            &[("name", name), ("count", "20"), ("language", language), ("format", "json")],
        )
    }

    /// A commune with its centre, by INSEE code.
    #[must_use]
    pub fn commune(code: &str) -> Self {
        Self::new(
            Host::GeoApi,
            "communes",
            &[("code", code), ("fields", "code,nom,centre"), ("format", "json")],
        )
    }

    /// The commune in which a point lies. The point is sent to 0.001°, some 100 m.
    #[must_use]
    pub fn commune_at(point: Coordinates) -> Self {
        let latitude = format!("{:.3}", point.latitude);
        let longitude = format!("{:.3}", point.longitude);
        Self::new(
            Host::GeoApi,
            "communes",
            &[("lat", &latitude), ("lon", &longitude), ("fields", "code,nom"), ("format", "json")],
        )
    }

    /// The address nearest to a point, with the code of its commune or arrondissement. The point is
    /// sent to 0.001°.
    #[must_use]
    pub fn address_at(point: Coordinates) -> Self {
        let latitude = format!("{:.3}", point.latitude);
        let longitude = format!("{:.3}", point.longitude);
        Self::new(
            Host::Geoplateforme,
            "geocodage/reverse",
            &[("lon", &longitude), ("lat", &latitude), ("limit", "1"), ("index", "address")],
        )
    }

    /// French addresses like this one.
    #[must_use]
    pub fn address_search(query: &str) -> Self {
        Self::new(Host::Geoplateforme, "geocodage/search", &[("q", query), ("limit", "5")])
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
        Self { partial_is_success: true, ..question }
    }

    /// The radon potential of communes or arrondissements, at most [`MOST_RADON_CODES`].
    #[must_use]
    pub fn radon(codes: &[&str]) -> Self {
        Self::new(
            Host::Georisques,
            "api/v1/radon",
            &[
                ("code_insee", &codes.join(",")),
                ("page", "1"),
                ("page_size", &MOST_RADON_CODES.to_string()),
            ],
        )
    }

    /// The server that is asked.
    #[must_use]
    pub fn host(&self) -> Host {
        self.host
    }

    /// The address at the producer itself.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}/{}", self.host, self.path_and_query)
    }

    /// Whether status 206, a part of what matches, is an answer as good as 200.
    pub(crate) fn partial_is_success(&self) -> bool {
        self.partial_is_success
    }

    /// The address behind a gateway whose base has no slash at its end.
    pub(crate) fn url_behind(&self, gateway: &str) -> String {
        format!("{gateway}/{}/{}", self.host, self.path_and_query)
    }

    fn new(host: Host, path: &str, parameters: &[(&str, &str)]) -> Self {
        let mut path_and_query = path.to_owned();
        for (index, (key, value)) in parameters.iter().enumerate() {
            path_and_query.push(if index == 0 { '?' } else { '&' });
            path_and_query.push_str(key);
            path_and_query.push('=');
            percent_encode(value, &mut path_and_query);
        }
        Self { host, path_and_query, partial_is_success: false }
    }
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upstream({})", self.host)
    }
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
    fn a_code_cannot_leave_its_quotes() {
        let url = Upstream::atmo_index(AtmoZones::Coded(&["1' OR '1'='1"]), since()).url();
        assert!(url.contains("%271%27%27%20OR%20%27%271%27%27%3D%27%271%27%29"), "{url}");
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
    fn behind_a_gateway_the_host_becomes_the_first_part_of_the_path() {
        assert_eq!(
            Upstream::commune("2A004").url_behind("http://127.0.0.1:8080/cache"),
            "http://127.0.0.1:8080/cache/geo.api.gouv.fr/communes\
             ?code=2A004&fields=code,nom,centre&format=json"
        );
    }
}
