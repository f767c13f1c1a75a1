//! The file of a commune.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use ecosante_domain::advice::{self, History, Situation};
use ecosante_domain::knowledge::{Nearness, State, gravity};
use ecosante_domain::metric::{Metric, Phenomenon, Pollutant};
use ecosante_domain::person::Profile;
use ecosante_domain::place::{CommuneRef, Place, PlaceId};
use ecosante_domain::publication::{
    AdviceFor, Brief, CommuneFile, CommuneHead, DayBrief, Legend, LevelWords, Missing, Publication,
    SCHEMA, Value, Words,
};
use ecosante_domain::reading::{Reading, Source, Target, next_day};
use ecosante_domain::scale::Scale;
use ecosante_domain::text::Texts;
use ecosante_engine::CountryHealth;
use ecosante_engine::communes::Commune;
use ecosante_engine::sources::Harvest;
use ecosante_engine::sources::national::Country;

use crate::keep::{Centres, Kept};

/// For how many days a value that is over is still published, as such, where there is none for
/// today.
const STALE_DAYS: Days = Days::new(7);

/// What the files of all communes are made from.
pub(crate) struct Editor<'a> {
    country: &'a Country,
    known: &'a [Kept],
    health: &'a [CountryHealth],
    centres: &'a Centres,
    words: &'a [Texts],
    now: DateTime<Utc>,
    notice: String,
    /// Levels in words, made once.
    levels: BTreeMap<(Scale, u8), LevelWords>,
    advice: Mutex<BTreeMap<Question, Option<AdviceFor>>>,
    tallies: Mutex<BTreeMap<Source, Tally>>,
}

/// What of a source is in the files.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    /// Its latest publication.
    pub(crate) latest: Option<DateTime<Utc>>,
    /// Communes for which it has a level for today.
    pub(crate) communes: u32,
}

/// What advice is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Question {
    metric: Metric,
    level: u8,
    date: NaiveDate,
    episode: Option<(Pollutant, u8)>,
}

/// A commune as a place.
pub(crate) fn place(commune: &Commune, centres: Option<&Centres>) -> Place {
    Place {
        id: PlaceId(0),
        name: commune.name.to_owned(),
        commune: Some(CommuneRef::from(commune)),
        coordinates: centres.and_then(|centres| centres.get(commune.code)).copied(),
        time_zone: commune.time_zone(),
    }
}

impl<'a> Editor<'a> {
    pub(crate) fn new(
        country: &'a Country,
        known: &'a [Kept],
        health: &'a [CountryHealth],
        centres: &'a Centres,
        words: &'a [Texts],
        now: DateTime<Utc>,
    ) -> Self {
        let mut levels = BTreeMap::new();
        for scale in [Scale::Atmo2021, Scale::AtmoPollen2025, Scale::Episode, Scale::Vigilance] {
            for level in (1..=u8::MAX).take_while(|level| scale.colour(*level).is_some()) {
                let of =
                    |texts: &Texts| (texts.language().code().to_owned(), texts.label(scale, level));
                let label: Words = words.iter().map(of).collect();
                let colour = scale.colour(level).map(str::to_owned);
                levels.insert((scale, level), LevelWords { label, colour });
            }
        }
        let notice = crate::meta::notice(known, words);
        Self {
            country,
            known,
            health,
            centres,
            words,
            now,
            notice,
            levels,
            advice: Mutex::default(),
            tallies: Mutex::default(),
        }
    }

    pub(crate) fn notice(&self) -> &str {
        &self.notice
    }

    /// What of each source is in the files that were made so far.
    pub(crate) fn tallies(&self) -> BTreeMap<Source, Tally> {
        self.tallies.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What each source says for a place.
    pub(crate) fn answers(&self, place: &Place) -> Vec<(Source, Harvest)> {
        self.country.at(place, self.now)
    }

    pub(crate) fn today(&self, place: &Place) -> NaiveDate {
        self.now.with_timezone(&place.time_zone).date_naive()
    }

    /// What a commune's readings say, grouped and in one order.
    pub(crate) fn publications(
        &self,
        place: &Place,
        answers: &[(Source, Harvest)],
    ) -> Vec<Publication> {
        let today = self.today(place);
        let begins = Target::Day(today).span(place.time_zone).0;
        let ends = |reading: &Reading| match reading.target {
            Target::Day(date) => Target::Day(next_day(date)).span(place.time_zone).0,
            Target::Hour(start) => start + TimeDelta::hours(i64::from(reading.hours)),
        };
        let is_past = |reading: &Reading| ends(reading) <= begins;
        let mut wanted = Vec::new();
        for (_, harvest) in answers {
            let nearness = |reading: &Reading| {
                let zone = harvest.zones.iter().find(|it| it.zone.as_ref() == Some(&reading.zone));
                zone.map_or(Nearness::Commune, |it| it.nearness)
            };
            let current: Vec<Metric> = harvest
                .readings
                .iter()
                .filter(|reading| !is_past(reading))
                .map(|reading| reading.metric)
                .collect();
            let oldest = today.checked_sub_days(STALE_DAYS).unwrap_or(today);
            let counts = |reading: &&Reading| {
                !is_past(reading)
                    || !current.contains(&reading.metric)
                        && reading.target.day(place.time_zone) >= oldest
            };
            let of_source = harvest.readings.iter().filter(counts);
            wanted.extend(of_source.map(|reading| (reading.clone(), nearness(reading))));
        }
        Publication::grouped(wanted, is_past)
    }

    /// The file of a commune.
    pub(crate) fn file(&self, commune: &Commune) -> CommuneFile {
        let place = place(commune, Some(self.centres));
        let answers = self.answers(&place);
        let publications = self.publications(&place, &answers);
        let today = self.today(&place);
        self.note(&place, today, &publications);
        let days: Vec<DayBrief> =
            [today, next_day(today)].map(|day| self.brief(&place, day, &publications)).into();
        let missing = self.missing(&place, today, &publications);
        let advice = self.advice(today, &days);
        CommuneFile {
            schema: SCHEMA,
            commune: CommuneHead {
                code: commune.code.to_owned(),
                name: commune.name.to_owned(),
                departement: commune.departement.code.to_owned(),
                epci: commune.epci.map(|epci| epci.siren.to_owned()),
                latitude: place.coordinates.map(|it| it.latitude),
                longitude: place.coordinates.map(|it| it.longitude),
                time_zone: place.time_zone.name().to_owned(),
            },
            day: today,
            legend: self.legend(&publications, &days),
            days,
            carried: self.carried(&place, &answers),
            publications,
            missing,
            advice,
            notice: self.notice.clone(),
        }
    }

    fn note(&self, place: &Place, today: NaiveDate, publications: &[Publication]) {
        let mut tallies = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        let mut with_today = BTreeSet::new();
        for publication in publications {
            let tally = tallies.entry(publication.source).or_default();
            tally.latest = tally.latest.max(publication.published_at);
            let of_today =
                |value: &Value| value.level.is_some() && value.holds_on(today, place.time_zone);
            if publication.values.iter().any(of_today) && with_today.insert(publication.source) {
                tally.communes += 1;
            }
        }
    }

    /// The sources whose answer for the place is whole: not the vigilance of a département by the
    /// sea where it is not known how far the sea is.
    fn carried(&self, place: &Place, answers: &[(Source, Harvest)]) -> Vec<Source> {
        let located = place.coordinates.is_some();
        let whole = |source: Source| match source {
            Source::VigilanceMirror | Source::MeteoFrance => located,
            Source::AtmoFrance => {
                located
                    || answers.iter().any(|(by, harvest)| {
                        *by == source && harvest.zones.iter().any(|it| it.zone.is_some())
                    })
            }
            _ => true,
        };
        answers.iter().map(|(source, _)| *source).filter(|source| whole(*source)).collect()
    }

    pub(crate) fn legend(&self, publications: &[Publication], days: &[DayBrief]) -> Legend {
        let mut legend = Legend::new();
        let mut add = |scale: Scale, level: Option<u8>| self.explain(&mut legend, scale, level);
        for publication in publications {
            if let Some(scale) = publication.scale {
                publication.values.iter().for_each(|value| add(scale, value.level));
            }
        }
        for brief in days.iter().flat_map(|day| [day.air, day.pollen, day.episode, day.vigilance]) {
            add(brief.scale, brief.level);
        }
        legend
    }

    /// Adds a level to a legend.
    pub(crate) fn explain(&self, legend: &mut Legend, scale: Scale, level: Option<u8>) {
        let Some(level) = level else { return };
        if let Some(words) = self.levels.get(&(scale, level)) {
            let of_scale: &mut BTreeMap<u8, LevelWords> = legend.entry(scale).or_default();
            of_scale.entry(level).or_insert_with(|| words.clone());
        }
    }

    /// A day at a glance.
    fn brief(&self, place: &Place, day: NaiveDate, publications: &[Publication]) -> DayBrief {
        let daily = |metric: Metric, scale: Scale, source: Source, serves: bool| {
            let values = publications.iter().filter(|it| it.source == source);
            let mut values = values.flat_map(|it| &it.values);
            let value = values.find(|it| it.metric == metric && it.target == Target::Day(day));
            match value {
                Some(value) => {
                    let state = match value.level {
                        Some(_) => State::Current,
                        // Something was said that is not understood.
                        None => State::SourceFailed,
                    };
                    Brief { metric, scale, level: value.level, state }
                }
                None => Brief { metric, scale, level: None, state: self.absent(source, serves) },
            }
        };
        let agency = place.has_air_agency();
        let mainland = place.is_in_mainland_france();
        let episodes = Pollutant::ALL.map(|pollutant| {
            let metric = Metric::Episode(pollutant);
            let of = publications.iter().filter(|it| it.source == Source::AtmoEpisodes);
            let values = of.flat_map(|it| &it.values);
            let values = values.filter(|it| it.metric == metric && it.target == Target::Day(day));
            // Of several zones the gravest; what is not understood weighs more than that there is
            // none.
            let gravest = values.max_by_key(|it| gravity(it.level));
            (metric, gravest.map(|it| it.level))
        });
        let announced = episodes.iter().filter_map(|(metric, level)| Some((*metric, (*level)?)));
        let episode = announced.max_by_key(|(_, level)| gravity(*level));
        let episode = match episode {
            Some((metric, level)) => Brief {
                metric,
                scale: Scale::Episode,
                level,
                state: if level.is_some() { State::Current } else { State::SourceFailed },
            },
            None => Brief {
                metric: Metric::Episode(Pollutant::Pm10),
                scale: Scale::Episode,
                level: None,
                state: self.absent(Source::AtmoEpisodes, agency),
            },
        };
        DayBrief {
            date: day,
            air: daily(Metric::Air, Scale::Atmo2021, Source::AtmoFrance, agency),
            pollen: daily(Metric::Pollen, Scale::AtmoPollen2025, Source::AtmoPollen, mainland),
            episode,
            vigilance: self.vigilance(place, day, publications),
        }
    }

    /// The gravest vigilance of a day: of each danger by the newest bulletin, whoever passed it on.
    fn vigilance(&self, place: &Place, day: NaiveDate, publications: &[Publication]) -> Brief {
        let of = |phenomenon: Phenomenon| {
            let metric = Metric::Vigilance(phenomenon);
            let mut best: Option<(DateTime<Utc>, u8)> = None;
            for publication in publications {
                let Some(published) = publication.published_at else { continue };
                let of_day = publication
                    .values
                    .iter()
                    .filter(|it| it.metric == metric && it.holds_on(day, place.time_zone));
                for level in of_day.filter_map(|it| it.level) {
                    // The newer bulletin, and of one the gravest hour.
                    best = best.max(Some((published, level)));
                }
            }
            best.map(|(_, level)| (metric, level))
        };
        let gravest =
            Phenomenon::ALL.into_iter().filter_map(of).rev().max_by_key(|(_, level)| *level);
        match gravest {
            Some((metric, level)) => {
                Brief { metric, scale: Scale::Vigilance, level: Some(level), state: State::Current }
            }
            None => Brief {
                metric: Metric::Vigilance(Phenomenon::Wind),
                scale: Scale::Vigilance,
                level: None,
                state: self.absent(Source::MeteoFrance, place.is_in_mainland_france()),
            },
        }
    }

    /// Why a source has nothing.
    fn absent(&self, source: Source, serves: bool) -> State {
        let failed = |source: Source| {
            let health = self.health.iter().find(|it| it.source == source);
            !self.known.iter().any(|it| it.source == source)
                || health.is_some_and(|it| it.error.is_some())
        };
        if !serves {
            State::NotCovered
        } else if failed(source) {
            State::SourceFailed
        } else {
            State::NotPublishedYet
        }
    }

    /// What has no value for today.
    fn missing(
        &self,
        place: &Place,
        today: NaiveDate,
        publications: &[Publication],
    ) -> Vec<Missing> {
        let has = |metric: Metric| {
            publications.iter().flat_map(|it| &it.values).any(|value| {
                value.metric == metric
                    && value.level.is_some()
                    && value.holds_on(today, place.time_zone)
            })
        };
        let (agency, mainland) = (place.has_air_agency(), place.is_in_mainland_france());
        let mut wanted = vec![
            (Metric::Air, Source::AtmoFrance, agency),
            (Metric::Pollen, Source::AtmoPollen, mainland),
        ];
        wanted.extend(
            [Pollutant::Pm10, Pollutant::O3, Pollutant::No2, Pollutant::So2]
                .map(|it| (Metric::Episode(it), Source::AtmoEpisodes, agency)),
        );
        // Dangers out of their season are not published; nobody misses them.
        wanted.push((Metric::Vigilance(Phenomenon::Wind), Source::VigilanceMirror, mainland));
        wanted.push((Metric::Vigilance(Phenomenon::Flood), Source::MeteoFrance, mainland));
        wanted
            .into_iter()
            .filter(|(metric, ..)| !has(*metric))
            .map(|(metric, source, serves)| Missing {
                metric,
                source: serves.then_some(source),
                state: self.absent(source, serves),
            })
            .collect()
    }

    /// What to do today, for whoever is not especially sensitive: the gravest of each hazard.
    fn advice(&self, today: NaiveDate, days: &[DayBrief]) -> Vec<AdviceFor> {
        let Some(day) = days.first() else { return Vec::new() };
        let episode = match (day.episode.metric, day.episode.level) {
            (Metric::Episode(pollutant), Some(level @ 2..)) => Some((pollutant, level)),
            _ => None,
        };
        // An announced episode displaces the general advice on the air.
        let air = if episode.is_some() { day.episode } else { day.air };
        let briefs = [air, day.pollen, day.vigilance];
        briefs
            .into_iter()
            .filter_map(|brief| {
                let (metric, level) = (brief.metric, brief.level?);
                self.piece(Question { metric, level, date: today, episode })
            })
            .collect()
    }

    fn piece(&self, question: Question) -> Option<AdviceFor> {
        let mut known = self.advice.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(question)
            .or_insert_with(|| {
                let Question { metric, level, date, episode } = question;
                let profile = Profile::default();
                let situation = Situation { metric, level, profile: &profile, date, episode };
                // No history: everybody is told the same.
                let pieces = advice::select(&situation, &History::default(), self.now);
                let for_all = pieces.iter().find(|piece| !piece.is_personal());
                let piece = for_all.or(pieces.first())?;
                let text = self
                    .words
                    .iter()
                    .map(|texts| (texts.language().code().to_owned(), piece.text(texts)))
                    .collect();
                let source = piece.evidence().cloned();
                Some(AdviceFor { metric, level, id: piece.id.clone(), text, source })
            })
            .clone()
    }
}
