//! Plausible hours: what the model's grid would say at a point, derived from the world.
//!
//! Concentrations are made so that the day's ATMO sub-index, computed from them, is the code that
//! the layer publishes: highest hour of the local day for gases, its mean for particles.

use std::f64::consts::{PI, TAU};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::world::{AirDay, Commune, World};

/// The weather at one grid cell.
pub(crate) struct Weather<'a> {
    world: &'a World,
    lon: f64,
    lat: f64,
    now: DateTime<Utc>,
}

/// A value inside each ATMO band 1 to 6, µg/m³.
const TYPICAL: [(&str, [f64; 6]); 5] = [
    ("pm2_5", [6.0, 11.5, 22.5, 36.0, 60.0, 90.0]),
    ("pm10", [12.0, 28.0, 44.0, 70.0, 120.0, 180.0]),
    ("nitrogen_dioxide", [22.0, 58.0, 104.0, 160.0, 280.0, 400.0]),
    ("ozone", [44.0, 82.0, 116.0, 160.0, 280.0, 420.0]),
    ("sulphur_dioxide", [4.0, 130.0, 260.0, 400.0, 600.0, 800.0]),
];

/// Upper bounds of the five closed bands of the European index, revised 2024, µg/m³.
const EUROPEAN_BANDS: [(&str, [f64; 5]); 5] = [
    ("pm2_5", [5.0, 15.0, 50.0, 90.0, 140.0]),
    ("pm10", [15.0, 45.0, 120.0, 195.0, 270.0]),
    ("nitrogen_dioxide", [10.0, 25.0, 60.0, 100.0, 150.0]),
    ("ozone", [60.0, 100.0, 120.0, 160.0, 180.0]),
    ("sulphur_dioxide", [20.0, 40.0, 125.0, 190.0, 275.0]),
];

/// Pollen by taxon: first and last day of the year of its season, highest grains/m³.
const SEASONS: [(&str, u32, u32, f64); 6] = [
    ("alder_pollen", 10, 110, 60.0),
    ("birch_pollen", 75, 145, 110.0),
    ("grass_pollen", 95, 235, 42.0),
    ("mugwort_pollen", 185, 280, 9.0),
    ("olive_pollen", 105, 175, 25.0),
    ("ragweed_pollen", 215, 285, 14.0),
];

/// The European index of one pollutant: linear within a band, 20 per band, on past 100 with the
/// slope of the last closed band.
pub(crate) fn european_index(pollutant: &str, value: f64) -> Option<f64> {
    let (_, bounds) = EUROPEAN_BANDS.iter().find(|(name, _)| *name == pollutant)?;
    let band = bounds.iter().position(|bound| value < *bound).unwrap_or(bounds.len() - 1);
    let lower = if band == 0 { 0.0 } else { bounds[band - 1] };
    Some(20.0 * (band as f64 + (value - lower) / (bounds[band] - lower)))
}

impl<'a> Weather<'a> {
    pub(crate) fn new(world: &'a World, lon: f64, lat: f64, now: DateTime<Utc>) -> Self {
        Self { world, lon, lat, now }
    }

    fn commune(&self) -> Option<&'a Commune> {
        self.world.site(self.lon, self.lat).0
    }

    /// Time zone of the point: of the commune or town it is in, else that of its meridian.
    pub(crate) fn timezone(&self) -> Tz {
        if let Some(commune) = self.commune() {
            return commune.timezone;
        }
        let near = |lon: f64, lat: f64| (lon - self.lon).hypot(lat - self.lat) < 1.0;
        let named = self
            .world
            .towns
            .iter()
            .filter(|town| near(town.lon, town.lat))
            .find_map(|town| town.timezone.as_deref()?.parse().ok());
        // The sign of these names is turned round: Etc/GMT-1 is one hour ahead.
        let hours = -(self.lon / 15.0).round() as i32;
        let meridian = || match hours {
            0 => chrono_tz::GMT,
            hours => format!("Etc/GMT{hours:+}").parse().unwrap_or(chrono_tz::GMT),
        };
        named.unwrap_or_else(meridian)
    }

    /// Metres above the sea: made up, the same at every call.
    pub(crate) fn elevation(&self) -> f64 {
        ((self.lat * 7.0 + self.lon * 3.0).abs() * 10.0).round() % 400.0
    }

    /// The value of `variable` for the hour that begins at `hour`; `None` where there is a gap.
    ///
    /// Unknown variables are a gap too: which ones exist is the business of the API.
    pub(crate) fn value(&self, variable: &str, hour: DateTime<Utc>) -> Option<f64> {
        let local = hour.with_timezone(&self.timezone()).naive_local();
        let (date, of_day) = (local.date(), f64::from(local.hour()));
        let said = self.commune().and_then(|commune| {
            self.world.days.get(&(commune.code.clone(), variable.to_owned(), date)).copied()
        });
        if said == Some(None) {
            return None;
        }
        let said = said.flatten();
        match variable {
            "uv_index" => Some(self.uv(date, hour, said)),
            "uv_index_clear_sky" => Some(self.uv(date, hour, said) / CLOUDS),
            "temperature_2m" => Some(self.temperature(date, of_day, said)),
            // As it is felt: damp warmth is warmer, cold is colder.
            "apparent_temperature" => {
                let air = self.temperature(date, of_day, said);
                Some(if said.is_some() { air } else { air + (air - 16.0) * 0.15 })
            }
            "is_day" => Some(f64::from(self.sun(hour) > 0.0)),
            "carbon_monoxide" => Some(160.0 + 60.0 * rush_hours(of_day)),
            "dust" => Some(2.0),
            "aerosol_optical_depth" => Some(0.12),
            "european_aqi" => EUROPEAN_BANDS
                .iter()
                .map(|(pollutant, _)| european_index(pollutant, self.value(pollutant, hour)?))
                .try_fold(0.0_f64, |worst, index| Some(worst.max(index?))),
            _ if variable.ends_with("_pollen") => self.pollen(variable, date, of_day, said),
            _ => match variable.strip_prefix("european_aqi_") {
                Some(name) => {
                    let pollutant = pollutant_named(name);
                    european_index(pollutant, self.value(pollutant, hour)?)
                }
                None => self.concentration(variable, date, of_day, said),
            },
        }
    }

    fn concentration(
        &self,
        pollutant: &str,
        date: NaiveDate,
        hour: f64,
        said: Option<f64>,
    ) -> Option<f64> {
        let (_, typical) = TYPICAL.iter().find(|(name, _)| *name == pollutant)?;
        let day = match self.world.site(self.lon, self.lat).1 {
            Some(zone) => self.world.air_day(zone, date, self.now),
            None => AirDay::at_level(self.world.usual_level, date),
        };
        let code = match pollutant {
            "pm2_5" => day.pm25,
            "pm10" => day.pm10,
            "nitrogen_dioxide" => day.no2,
            "ozone" => day.o3,
            _ => day.so2,
        };
        // A day without an index still has air.
        let level = usize::from(code.clamp(1, 6));
        let of_day = said.unwrap_or(typical[level - 1]);
        let shape = match pollutant {
            "pm2_5" | "pm10" => 1.0 + 0.25 * (TAU * (hour - 8.0) / 24.0).cos(),
            "nitrogen_dioxide" => rush_hours(hour),
            "ozone" => 0.78 + 0.22 * (TAU * (hour - 16.0) / 24.0).cos(),
            _ => 0.85 + 0.15 * (TAU * (hour - 12.0) / 24.0).cos(),
        };
        Some(of_day * shape)
    }

    fn uv(&self, date: NaiveDate, hour: DateTime<Utc>, said: Option<f64>) -> f64 {
        let timezone = self.timezone();
        let highest = (0..24)
            .filter_map(|of_day| {
                let local = timezone.from_local_datetime(&date.and_hms_opt(of_day, 0, 0)?);
                Some(self.natural_uv(local.earliest()?.to_utc()))
            })
            .fold(0.0, f64::max);
        if highest <= 0.0 {
            return 0.0;
        }
        let wanted = said.unwrap_or(highest.min(self.world.uv_at_most));
        wanted * self.natural_uv(hour) / highest
    }

    /// A usual fit of the clear-sky index by the height of the sun, under a few clouds.
    fn natural_uv(&self, hour: DateTime<Utc>) -> f64 {
        CLOUDS * 12.5 * self.sun(hour).max(0.0).powf(2.42)
    }

    /// Sine of the height of the sun.
    fn sun(&self, hour: DateTime<Utc>) -> f64 {
        let season = TAU * (f64::from(hour.ordinal()) - 81.0) / 365.0;
        let declination = (23.44_f64.to_radians().sin() * season.sin()).asin();
        let turn = PI * (f64::from(hour.hour()) + self.lon / 15.0 - 12.0) / 12.0;
        let lat = self.lat.to_radians();
        lat.sin() * declination.sin() + lat.cos() * declination.cos() * turn.cos()
    }

    /// °C, made up: by season and latitude, coldest at three and warmest at fifteen hours.
    fn temperature(&self, date: NaiveDate, hour: f64, said: Option<f64>) -> f64 {
        let season = (TAU * (f64::from(date.ordinal()) - 200.0) / 365.0).cos();
        let of_year = 28.0 - 0.35 * self.lat.abs();
        let swing = 0.2 * self.lat.abs() * self.lat.signum();
        let warmest = said.unwrap_or(of_year + swing * season + 4.0);
        warmest - 4.0 * (1.0 - (TAU * (hour - 15.0) / 24.0).cos())
    }

    fn pollen(&self, taxon: &str, date: NaiveDate, hour: f64, said: Option<f64>) -> Option<f64> {
        let seasonal = self.seasonal_pollen(taxon, date)?;
        let of_day = said.unwrap_or(seasonal);
        Some(of_day * (POLLEN_MEAN + 0.4 * (TAU * (hour - 13.0) / 24.0).cos()))
    }

    /// The highest hour of an ordinary day, grains/m³.
    fn seasonal_pollen(&self, taxon: &str, date: NaiveDate) -> Option<f64> {
        let (_, first, last, highest) = SEASONS.iter().find(|(name, ..)| *name == taxon)?;
        let (first, last) = (f64::from(*first), f64::from(*last));
        let through = (f64::from(date.ordinal()) - first) / (last - first);
        let of_season = if (0.0..=1.0).contains(&through) { (PI * through).sin() } else { 0.0 };
        Some(highest * of_season * self.world.pollen_share)
    }

    /// The mean of a local day, grains/m³; a gap in the model is none in the air.
    pub(crate) fn pollen_mean(&self, taxon: &str, date: NaiveDate) -> f64 {
        let said = self.commune().and_then(|commune| {
            self.world.days.get(&(commune.code.clone(), taxon.to_owned(), date)).copied()
        });
        let of_day = said.flatten().or_else(|| self.seasonal_pollen(taxon, date));
        POLLEN_MEAN * of_day.unwrap_or_default()
    }
}

/// The mean of a day's pollen, as a share of its highest hour.
const POLLEN_MEAN: f64 = 0.6;

/// Share of the clear-sky UV that ordinary clouds let through.
const CLOUDS: f64 = 0.75;

/// 1 at eight in the morning, nearly that at seven in the evening, a third at night.
fn rush_hours(hour: f64) -> f64 {
    let peak = |at: f64, width: f64| (-((hour - at) / width).powi(2)).exp();
    0.35 + 0.65 * peak(8.0, 2.0).max(0.9 * peak(19.0, 2.5))
}

/// The European sub-indices have short aliases for the gases.
fn pollutant_named(name: &str) -> &str {
    match name {
        "no2" => "nitrogen_dioxide",
        "o3" => "ozone",
        "so2" => "sulphur_dioxide",
        other => other,
    }
}

/// The first moment of the hour that contains `moment`.
pub(crate) fn hour_of(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment
        - TimeDelta::minutes(i64::from(moment.minute()))
        - TimeDelta::seconds(i64::from(moment.second()))
        - TimeDelta::nanoseconds(i64::from(moment.nanosecond()))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, TimeZone};

    use super::{Weather, european_index};
    use crate::world::World;

    fn world_at(text: &str) -> World {
        let now: DateTime<FixedOffset> = text.parse().expect("a moment");
        World::quiet(now)
    }

    /// The 24 values of a Paris day in Lyon.
    fn day(world: &World, variable: &str, date: NaiveDate) -> Vec<f64> {
        let weather = Weather::new(world, 4.8, 45.8, world.clock.now().to_utc());
        let midnight = chrono_tz::Europe::Paris
            .from_local_datetime(&date.and_hms_opt(0, 0, 0).expect("midnight"))
            .unwrap();
        (0..24)
            .filter_map(|h| weather.value(variable, midnight.to_utc() + TimeDelta::hours(h)))
            .collect()
    }

    fn highest(values: &[f64]) -> f64 {
        values.iter().copied().fold(0.0, f64::max)
    }

    #[test]
    fn concentrations_lead_to_the_published_sub_indices() {
        let bands = [
            ("pm2_5", [10.0, 20.0, 25.0, 50.0, 75.0]),
            ("pm10", [20.0, 40.0, 50.0, 100.0, 150.0]),
            ("nitrogen_dioxide", [40.0, 90.0, 120.0, 230.0, 340.0]),
            ("ozone", [50.0, 100.0, 130.0, 240.0, 380.0]),
            ("sulphur_dioxide", [100.0, 200.0, 350.0, 500.0, 750.0]),
        ];
        for season in ["2026-07-08", "2026-12-08"] {
            let date: NaiveDate = season.parse().expect("a date");
            for level in 1..=6 {
                let mut world = world_at(&format!("{season}T16:00:00+01:00"));
                world.set_air("69123", date, level);
                let worst = bands
                    .iter()
                    .map(|(pollutant, bounds)| {
                        let hours = day(&world, pollutant, date);
                        let value = match *pollutant {
                            "pm2_5" | "pm10" => hours.iter().sum::<f64>() / 24.0,
                            _ => highest(&hours),
                        };
                        1 + bounds.iter().filter(|bound| value > **bound).count()
                    })
                    .max();
                assert_eq!(worst, Some(usize::from(level)), "{season}");
            }
        }
    }

    #[test]
    fn the_european_index_follows_the_bands_of_2024_and_passes_100() {
        for (pollutant, value, index) in [
            ("pm2_5", 22.0, 44.0),
            ("ozone", 84.0, 32.0),
            ("nitrogen_dioxide", 0.0, 0.0),
            ("nitrogen_dioxide", 10.0, 20.0),
            ("ozone", 180.0, 100.0),
            ("ozone", 200.0, 120.0),
        ] {
            assert_eq!(european_index(pollutant, value), Some(index), "{pollutant} {value}");
        }
    }

    #[test]
    fn the_sun_burns_in_summer_at_noon_and_never_at_night() {
        let july: NaiveDate = "2026-07-08".parse().expect("a date");
        let mut world = world_at("2026-07-08T12:00:00+02:00");
        assert!((highest(&day(&world, "uv_index", july)) - 2.0).abs() < 1e-9, "quiet");
        world.uv_at_most = f64::INFINITY;
        let hours = day(&world, "uv_index", july);
        assert!((6.0..10.0).contains(&highest(&hours)) && hours[2] == 0.0, "{hours:?}");
        let winter = day(&world, "uv_index", "2026-12-21".parse().expect("a date"));
        assert!(highest(&winter) < 1.5, "{winter:?}");
    }

    #[test]
    fn it_is_warm_in_summer_cold_in_winter_and_the_other_way_round_in_the_south() {
        let world = world_at("2026-07-08T12:00:00+02:00");
        let [summer, winter] = ["2026-07-20", "2026-01-20"].map(|it| it.parse().expect("a date"));
        let warmest = |date| highest(&day(&world, "temperature_2m", date));
        assert!((24.0..30.0).contains(&warmest(summer)), "{}", warmest(summer));
        assert!((0.0..12.0).contains(&warmest(winter)), "{}", warmest(winter));
        let night = day(&world, "apparent_temperature", winter)[3];
        assert!(night < 0.0, "felt, it freezes: {night}");
        let south = Weather::new(&world, 55.5, -20.9, DateTime::UNIX_EPOCH);
        let noon = |date: NaiveDate| date.and_hms_opt(10, 0, 0).expect("a time").and_utc();
        let felt = |date| south.value("apparent_temperature", noon(date));
        assert!(felt(summer) < felt(winter));
    }

    #[test]
    fn a_day_that_is_said_reaches_what_is_said() {
        let date: NaiveDate = "2026-05-20".parse().expect("a date");
        let mut world = world_at("2026-05-20T12:00:00+02:00");
        world
            .set_day("69123", "grass_pollen", date, 60.0)
            .set_day("69123", "uv_index", date, 8.0)
            .set_day("69123", "apparent_temperature", date, 41.0)
            .set_day("69123", "ozone", date, 190.0)
            .set_gap("69123", "pm10", date);
        for (variable, wanted) in [
            ("grass_pollen", 60.0),
            ("uv_index", 8.0),
            ("apparent_temperature", 41.0),
            ("ozone", 190.0),
        ] {
            let hours = day(&world, variable, date);
            assert!((highest(&hours) - wanted).abs() < 0.05, "{variable}: {hours:?}");
        }
        assert!(day(&world, "pm10", date).is_empty());
        assert!(day(&world, "european_aqi", date).is_empty(), "an index needs all its parts");
    }

    #[test]
    fn a_quiet_day_is_at_most_fair() {
        for season in ["2026-01-08", "2026-05-08", "2026-08-25"] {
            let date: NaiveDate = season.parse().expect("a date");
            let world = world_at(&format!("{season}T12:00:00Z"));
            assert!(highest(&day(&world, "european_aqi", date)) < 40.0, "{season}");
            for (taxon, ..) in super::SEASONS {
                assert!(highest(&day(&world, taxon, date)) < 3.0, "{season} {taxon}");
            }
        }
    }

    #[test]
    fn a_point_far_from_every_town_keeps_the_time_of_its_meridian() {
        let world = world_at("2026-05-20T12:00:00Z");
        for (lon, lat, name) in [
            (2.35, 48.85, "Europe/Paris"),
            (-52.3, 4.9, "America/Cayenne"),
            (4.35, 50.85, "Europe/Brussels"),
            (139.7, 35.7, "Etc/GMT-9"),
            (-30.0, 40.0, "Etc/GMT+2"),
        ] {
            assert_eq!(
                Weather::new(&world, lon, lat, DateTime::UNIX_EPOCH).timezone().name(),
                name
            );
        }
    }
}
