//! Files of communes on good days and bad ones, made of the domain's own types.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use ecosante_domain::evidence::Evidence;
use ecosante_domain::knowledge::{Nearness, State};
use ecosante_domain::metric::{Metric, Phenomenon, Pollutant};
use ecosante_domain::publication::{
    AdviceFor, Brief, CommuneFile, CommuneHead, DayBrief, Legend, LevelWords, Missing, Publication,
    SCHEMA, Value, Words,
};
use ecosante_domain::reading::{Basis, Source, Target, Zone, midnight};
use ecosante_domain::scale::{EVENT, Scale};
use ecosante_domain::text::{Language, Texts};

const HEAT: Metric = Metric::Vigilance(Phenomenon::Heat);
const PM10: Metric = Metric::Episode(Pollutant::Pm10);

/// The day of the samples, and a moment of it.
pub(crate) fn day() -> NaiveDate {
    "2026-09-08".parse().unwrap()
}

/// What is known of each kind today and tomorrow.
type Levels = [Result<u8, State>; 2];

/// A commune with these levels of the air, pollen, the episode of PM10 and the vigilance for heat.
pub(crate) fn commune(
    (code, name): (&str, &str),
    day: NaiveDate,
    [air, pollen, episode, heat]: [Levels; 4],
) -> CommuneFile {
    let zone = Tz::Europe__Paris;
    let days = [day, day + Days::new(1)];
    let brief = |metric, scale, levels: Levels, at: usize| Brief {
        metric,
        scale,
        level: levels[at].ok(),
        state: levels[at].err().unwrap_or(State::Current),
    };
    let kinds = [
        (Metric::Air, Scale::Atmo2021, air, Source::AtmoFrance),
        (Metric::Pollen, Scale::AtmoPollen2025, pollen, Source::AtmoPollen),
        (PM10, Scale::Episode, episode, Source::AtmoEpisodes),
        (HEAT, Scale::Vigilance, heat, Source::MeteoFrance),
    ];
    let noon = midnight(day, zone) + TimeDelta::hours(12);
    let publications = kinds.iter().filter_map(|(metric, scale, levels, source)| {
        let values: Vec<_> = days
            .iter()
            .zip(levels)
            .filter_map(|(day, level)| Some((*day, level.ok()?)))
            .flat_map(|(day, level)| values(*metric, day, level, zone))
            .collect();
        let of_departement = *metric == PM10 || *metric == HEAT;
        (!values.is_empty()).then(|| Publication {
            source: *source,
            zone: match of_departement {
                true => Zone { code: "69".into(), name: "Rhône".into() },
                false => Zone { code: code.into(), name: name.into() },
            },
            nearness: if of_departement { Nearness::Departement } else { Nearness::Commune },
            scale: Some(*scale),
            basis: Basis::Official,
            state: State::Current,
            published_at: Some(noon + TimeDelta::minutes(10)),
            values,
        })
    });
    let missing = kinds.iter().filter_map(|(metric, _, levels, source)| {
        let state = levels[0].err()?;
        let source = (state != State::NotCovered).then_some(*source);
        Some(Missing { metric: *metric, source, state })
    });
    CommuneFile {
        schema: SCHEMA,
        commune: CommuneHead {
            code: code.into(),
            name: name.into(),
            departement: "69".into(),
            epci: Some("200046977".into()),
            latitude: Some(45.758),
            longitude: Some(4.8351),
            time_zone: zone.name().into(),
        },
        day,
        days: (0..2)
            .map(|at| DayBrief {
                date: days[at],
                air: brief(Metric::Air, Scale::Atmo2021, air, at),
                pollen: brief(Metric::Pollen, Scale::AtmoPollen2025, pollen, at),
                episode: brief(PM10, Scale::Episode, episode, at),
                vigilance: brief(HEAT, Scale::Vigilance, heat, at),
            })
            .collect(),
        carried: kinds.iter().map(|(.., source)| *source).collect(),
        publications: publications.collect(),
        missing: missing.collect(),
        legend: legend(),
        advice: Vec::new(),
        notice: "Contient des données d’Atmo France et des AASQA (ODbL 1.0) et de Météo-France \
                 (Licence Ouverte 2.0)."
            .into(),
    }
}

/// A level of a day; of the vigilance, in slots: from noon on, and the day after until it ends.
fn values(metric: Metric, day: NaiveDate, level: u8, zone: Tz) -> Vec<Value> {
    let value = |target, hours, level| Value {
        metric,
        target,
        hours,
        level: Some(level),
        value: None,
        note: None,
    };
    let Metric::Vigilance(_) = metric else { return vec![value(Target::Day(day), None, level)] };
    let start: DateTime<Utc> = midnight(day, zone);
    let before = if day == self::day() { 1 } else { level };
    vec![
        value(Target::Hour(start), Some(12), before),
        value(Target::Hour(start + TimeDelta::hours(12)), Some(12), level),
    ]
}

/// Every level of the scales that occur.
fn legend() -> Legend {
    let texts = Language::ALL.map(Texts::new);
    let words = |scale: Scale, level: u8| LevelWords {
        label: texts
            .iter()
            .map(|texts| (texts.language().code().to_owned(), texts.label(scale, level)))
            .collect(),
        colour: scale.colour(level).map(str::to_owned),
    };
    [Scale::Atmo2021, Scale::AtmoPollen2025, Scale::Episode, Scale::Vigilance]
        .into_iter()
        .map(|scale| {
            let event = scale.colour(EVENT).map(|_| EVENT);
            let levels = (1..=scale.levels()).chain(event);
            (scale, levels.map(|level| (level, words(scale, level))).collect())
        })
        .collect()
}

fn advice(metric: Metric, level: u8, id: &str, fr: &str, en: &str) -> AdviceFor {
    AdviceFor {
        metric,
        level,
        id: id.into(),
        text: Words::from([("fr".into(), fr.into()), ("en".into(), en.into())]),
        source: Some(Evidence {
            publisher: "Santé publique France".into(),
            title: "Canicule & fortes chaleurs <2025>".into(),
            url: "https://www.santepubliquefrance.fr/".into(),
            year: Some(2025),
            note: None,
        }),
    }
}

/// Nothing that matters.
pub(crate) fn calm(day: NaiveDate) -> CommuneFile {
    commune(("69123", "Lyon"), day, [[Ok(2), Ok(2)], [Ok(1), Ok(2)], [Ok(1); 2], [Ok(1); 2]])
}

/// Everything at once.
pub(crate) fn bad(day: NaiveDate) -> CommuneFile {
    let levels = [[Ok(5), Ok(4)], [Ok(4), Ok(3)], [Ok(3), Ok(2)], [Ok(4), Ok(3)]];
    let mut file = commune(("69123", "Lyon"), day, levels);
    file.advice = vec![
        advice(
            HEAT,
            4,
            "heat-red",
            "Restez au frais, buvez souvent, et prenez des nouvelles de vos proches.",
            "Stay cool, drink often, and look after those close to you.",
        ),
        advice(
            Metric::Air,
            5,
            "air-very-poor",
            "Évitez les efforts intenses dehors.",
            "Avoid strenuous activity outdoors.",
        ),
    ];
    file
}

/// Nothing is known, each for another reason.
pub(crate) fn unknown(day: NaiveDate) -> CommuneFile {
    let (late, failed, nobody) =
        (Err(State::NotPublishedYet), Err(State::SourceFailed), Err(State::NotCovered));
    let mut file = commune(
        ("97502", "Saint-Pierre"),
        day,
        [[late, late], [nobody, nobody], [failed, late], [nobody, nobody]],
    );
    file.commune.time_zone = "America/Miquelon".into();
    file
}

/// An “évènement”.
pub(crate) fn event(day: NaiveDate) -> CommuneFile {
    let levels = [[Ok(EVENT), Ok(3)], [Err(State::NotCovered); 2], [Ok(2), Ok(1)], [Ok(2), Ok(1)]];
    commune(("38185", "Grenoble"), day, levels)
}

/// An estimate in the place of the official index.
pub(crate) fn estimated(day: NaiveDate) -> CommuneFile {
    let levels = [[Ok(4), Ok(4)], [Ok(2), Ok(2)], [Ok(1), Ok(1)], [Ok(1), Ok(1)]];
    let mut file = commune(("2A004", "Ajaccio"), day, levels);
    let air = &mut file.publications[0];
    air.source = Source::OpenMeteo;
    air.basis = Basis::Estimated;
    air.nearness = Nearness::Cell;
    air.zone = Zone { code: "41.9,8.7".into(), name: String::new() };
    air.published_at = None;
    file
}

/// Names and texts with everything that markup has to escape.
pub(crate) fn awkward(day: NaiveDate) -> CommuneFile {
    let mut file = bad(day);
    file.commune.code = "01001".into();
    file.commune.name = "L’Abergement <b>&amp; \"Clémenciat\"</b>\u{b}".into();
    file.notice = "A & B < C ]]> “D”".into();
    file
}
