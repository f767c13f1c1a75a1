//! What a relay has in the place of producers: the files that `ecosante publish` writes, wherever the
//! person says that they lie.
//!
//! A relay is believed as a whole or not at all. What it has is kept as an answer of the producer
//! whose publication it is; whatever it does not have is asked of that producer directly.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use ecosante_domain::place::Place;
use ecosante_domain::publication::{CommuneFile, MetaFile, Publication, SCHEMA};
use ecosante_domain::reading::{Reading, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::communes;
use crate::engine::alarm;
use crate::http::{self, BaseUrl, FetchError, HttpClient};
use crate::schedule::{self, Alarm};
use crate::sources::{Harvest, Nearness, PlaceZone};
use crate::upstream::Upstream;

/// After how long without a look at its sources a relay counts as abandoned.
const ABANDONED_AFTER: TimeDelta = TimeDelta::hours(3);

/// How far the clock of a relay may be ahead of the one here.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::hours(1);

/// Asks a relay for what each source is wanted for: how fresh it is, and each commune once. Gives for
/// each source its harvest, which has [`Harvest::zones`] for the places that the relay answered for
/// alone.
///
/// A commune of which the relay has no file (404) is no failure: some publish a few départements only.
///
/// # Errors
/// Those of the requests and of JSON, [`FetchError::Outdated`] where nobody has published there for
/// three hours, and [`FetchError::Schema`] where the files are of another version, of another commune,
/// older than they are said to be, or have levels that no scale has.
pub async fn ask(
    client: &HttpClient,
    relay: &BaseUrl,
    wanted: &[(Source, Vec<Place>)],
    now: DateTime<Utc>,
) -> Result<BTreeMap<Source, Harvest>, FetchError> {
    let meta: MetaFile = file(&client.get(&Upstream::relay_meta(relay)).await?.body)?;
    judge_meta(&meta, now)?;
    let mut files: BTreeMap<&str, Option<CommuneFile>> = BTreeMap::new();
    let mut harvests: BTreeMap<Source, Vec<Harvest>> = BTreeMap::new();
    for (source, places) in wanted {
        // Nothing is asked of a relay for what is known to be too old.
        if !is_fresh(&meta, *source, Alarm::Calm, now) {
            continue;
        }
        for place in places {
            let Some(code) = commune_of(place) else { continue };
            if !files.contains_key(code) {
                files.insert(code, commune_file(client, relay, code, &meta, place).await?);
            }
            let Some(Some(file)) = files.get(code) else { continue };
            let harvest = harvest(file, *source, place, now);
            let fresh = |it: &Harvest| is_fresh(&meta, *source, alarm(it, now), now);
            harvests.entry(*source).or_default().extend(harvest.filter(fresh));
        }
    }
    let joined = |(source, parts): (Source, Vec<Harvest>)| (source, Harvest::joined(parts));
    Ok(harvests.into_iter().map(joined).collect())
}

/// The code under which the commune of a place is published: that of a city for an arrondissement,
/// that of today for a former commune.
fn commune_of(place: &Place) -> Option<&'static str> {
    Some(communes::by_code(&place.commune.as_ref()?.code)?.code)
}

/// The file of a commune; `None` where the relay has none.
async fn commune_file(
    client: &HttpClient,
    relay: &BaseUrl,
    code: &str,
    meta: &MetaFile,
    place: &Place,
) -> Result<Option<CommuneFile>, FetchError> {
    let answer = match client.get(&Upstream::relayed_commune(relay, code)).await {
        Err(FetchError::Status { status: 404, .. }) => return Ok(None),
        answer => answer?,
    };
    let file = file(&answer.body)?;
    judge_commune(&file, code, meta, place)?;
    Ok(Some(file))
}

/// Reads a file of the version that is understood here.
fn file<T: DeserializeOwned>(body: &[u8]) -> Result<T, FetchError> {
    #[derive(Deserialize)]
    struct Version {
        schema: u32,
    }
    // By itself first: another version may look different in everything else.
    let Version { schema } = http::json(body)?;
    if schema != SCHEMA {
        return Err(FetchError::schema("a relay of another version"));
    }
    http::json(body)
}

fn judge_meta(meta: &MetaFile, now: DateTime<Utc>) -> Result<(), FetchError> {
    if meta.checked_at > now + CLOCKS_DIFFER {
        return Err(FetchError::schema("a relay that is ahead of time"));
    }
    if now - meta.checked_at > ABANDONED_AFTER {
        return Err(FetchError::Outdated);
    }
    Ok(())
}

fn judge_commune(
    file: &CommuneFile,
    code: &str,
    meta: &MetaFile,
    place: &Place,
) -> Result<(), FetchError> {
    if file.commune.code != code {
        return Err(FetchError::schema("the file of another commune"));
    }
    // A cache between here and there may keep a file for longer than what says how fresh it is.
    if file.day < meta.checked_at.with_timezone(&place.time_zone).date_naive() {
        return Err(FetchError::schema("a file from an earlier day than is said"));
    }
    let fits = |publication: &Publication| {
        let mut levels = publication.values.iter().filter_map(|value| value.level);
        levels.all(|level| publication.scale.is_some_and(|scale| scale.colour(level).is_some()))
    };
    if !file.publications.iter().all(fits) {
        return Err(FetchError::schema("a level that is none of its scale"));
    }
    Ok(())
}

/// Whether what the relay has of a source is as good as asking its producer.
fn is_fresh(meta: &MetaFile, source: Source, alarm: Alarm, now: DateTime<Utc>) -> bool {
    let known = meta.sources.iter().find(|it| it.source == source);
    let answered_at = known.and_then(|it| it.answered_at);
    answered_at
        .is_some_and(|at| at <= now + CLOCKS_DIFFER && schedule::is_fresh(source, alarm, at, now))
}

/// What a file has of a source, as that source would answer for the place; `None` where it does not
/// have the whole of it.
fn harvest(
    file: &CommuneFile,
    source: Source,
    place: &Place,
    now: DateTime<Utc>,
) -> Option<Harvest> {
    if !file.carried.contains(&source) {
        return None;
    }
    let mut readings: Vec<Reading> = Vec::new();
    let mut zones: Vec<PlaceZone> = Vec::new();
    for (reading, nearness) in file.readings(now) {
        if reading.source != source {
            continue;
        }
        if !zones.iter().any(|it| it.zone.as_ref() == Some(&reading.zone)) {
            let zone = Some(reading.zone.clone());
            zones.push(PlaceZone { place: place.id, zone, nearness });
        }
        readings.push(reading);
    }
    if zones.is_empty() {
        // It was asked, and has nothing for this commune now.
        let nearness = Nearness::Commune;
        zones.push(PlaceZone { place: place.id, zone: None, nearness });
    }
    Some(Harvest { readings, zones, incomplete: None })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use ecosante_domain::knowledge::State;
    use ecosante_domain::metric::{Metric, Phenomenon};
    use ecosante_domain::place::{CommuneRef, PlaceId};
    use ecosante_domain::publication::{CommuneHead, Legend, SourceMeta, Value, Words};
    use ecosante_domain::reading::{Basis, Target, Zone};
    use ecosante_domain::scale::Scale;

    use super::*;
    use crate::http::HttpOptions;
    use crate::sources::testing::{answer, server};

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    /// A Tuesday afternoon, after the publications of the day.
    fn now() -> DateTime<Utc> {
        moment("2026-09-08T14:00:00Z")
    }

    fn today() -> NaiveDate {
        "2026-09-08".parse().expect("a date")
    }

    /// A place in a commune or a part of one.
    fn place(id: i64, code: &str) -> Place {
        Place {
            id: PlaceId(id),
            name: code.to_owned(),
            commune: Some(CommuneRef {
                code: code.to_owned(),
                name: code.to_owned(),
                epci: None,
                departement: code[..2].to_owned(),
            }),
            coordinates: None,
            time_zone: chrono_tz::Tz::Europe__Paris,
        }
    }

    fn meta() -> MetaFile {
        let source = |source: Source| SourceMeta {
            source,
            what: Words::new(),
            credit: String::new(),
            licence: String::new(),
            licence_url: String::new(),
            url: String::new(),
            asked_at: None,
            answered_at: Some(now() - TimeDelta::minutes(20)),
            published_at: None,
            communes_today: 0,
            error: None,
        };
        MetaFile {
            schema: SCHEMA,
            made_by: String::new(),
            checked_at: now() - TimeDelta::minutes(20),
            changed_at: now(),
            communes: 2,
            sources: vec![source(Source::AtmoFrance), source(Source::VigilanceMirror)],
            left_out: Vec::new(),
            notice: String::new(),
        }
    }

    fn publication(source: Source, metric: Metric, scale: Scale, level: u8) -> Publication {
        Publication {
            source,
            zone: Zone { code: "200046977".to_owned(), name: "Lyon".to_owned() },
            nearness: Nearness::Epci,
            scale: Some(scale),
            basis: Basis::Official,
            state: State::Current,
            published_at: Some(now()),
            values: vec![Value {
                metric,
                target: Target::Day(today()),
                hours: None,
                level: Some(level),
                value: None,
                note: None,
            }],
        }
    }

    fn commune(code: &str) -> CommuneFile {
        CommuneFile {
            schema: SCHEMA,
            commune: CommuneHead {
                code: code.to_owned(),
                name: String::new(),
                departement: String::new(),
                epci: None,
                latitude: None,
                longitude: None,
                time_zone: "Europe/Paris".to_owned(),
            },
            day: today(),
            days: Vec::new(),
            carried: vec![Source::AtmoFrance, Source::VigilanceMirror],
            publications: vec![publication(Source::AtmoFrance, Metric::Air, Scale::Atmo2021, 3)],
            missing: Vec::new(),
            legend: Legend::new(),
            advice: Vec::new(),
            notice: String::new(),
        }
    }

    fn written(file: &impl serde::Serialize) -> Vec<u8> {
        answer(200, &serde_json::to_vec(file).expect("json"))
    }

    /// What comes of asking a relay that answers with these, in turn, and what was asked of it: over
    /// plain http, as it may stand in the local network.
    async fn asked(
        answers: Vec<Vec<u8>>,
        wanted: &[(Source, Vec<Place>)],
    ) -> (Result<BTreeMap<Source, Harvest>, FetchError>, Vec<String>) {
        let (relay, served) = server(answers).await;
        let options = HttpOptions { relay: Some(relay.clone()), ..HttpOptions::default() };
        let client = HttpClient::new(&options).expect("a client");
        let harvests = ask(&client, &relay, wanted, now()).await;
        let asked = if served.is_finished() || harvests.is_ok() {
            served.await.expect("the requests")
        } else {
            served.abort();
            Vec::new()
        };
        let path = |request: &String| request.split(' ').nth(1).unwrap_or_default().to_owned();
        (harvests, asked.iter().map(path).collect())
    }

    /// The air of Lyon is wanted.
    fn air_of_lyon() -> Vec<(Source, Vec<Place>)> {
        vec![(Source::AtmoFrance, vec![place(1, "69123")])]
    }

    #[tokio::test]
    async fn a_commune_is_asked_for_once_whatever_it_is_wanted_for_and_parts_of_a_city_are_the_city()
     {
        let places = vec![place(1, "69123"), place(2, "69381"), place(3, "75111")];
        let wanted =
            [(Source::AtmoFrance, places.clone()), (Source::VigilanceMirror, places.clone())];
        let answers =
            vec![written(&meta()), written(&commune("69123")), written(&commune("75056"))];
        let (harvests, asked) = asked(answers, &wanted).await;
        assert_eq!(asked, ["/v1/meta.json", "/v1/commune/69123.json", "/v1/commune/75056.json"]);
        let harvests = harvests.expect("harvests");
        let air = &harvests[&Source::AtmoFrance];
        let of_whom: Vec<_> = air.zones.iter().map(|it| (it.place.0, it.nearness)).collect();
        assert_eq!(of_whom, [1, 2, 3].map(|id| (id, Nearness::Epci)));
        assert_eq!(air.readings.len(), 1, "the same zone for all three");
        assert_eq!(
            (air.readings[0].source, air.readings[0].fetched_at),
            (Source::AtmoFrance, now())
        );
        // It was asked and has nothing: that is an answer too.
        let vigilance = &harvests[&Source::VigilanceMirror];
        assert!(vigilance.readings.is_empty() && vigilance.zones.len() == 3, "{vigilance:?}");
        assert!(vigilance.zones.iter().all(|it| it.zone.is_none()));
    }

    #[tokio::test]
    async fn nothing_is_asked_for_a_source_that_the_relay_does_not_have_or_has_of_too_long_ago() {
        let wanted = [(Source::AtmoPollen, vec![place(1, "69123")])];
        let (harvests, paths) = asked(vec![written(&meta())], &wanted).await;
        assert_eq!((harvests, paths), (Ok(BTreeMap::new()), vec!["/v1/meta.json".to_owned()]));
        let mut old = meta();
        // The index of the afternoon is out since.
        old.sources[0].answered_at = Some(moment("2026-09-08T13:00:00Z"));
        let (harvests, paths) = asked(vec![written(&old)], &air_of_lyon()).await;
        assert_eq!((harvests, paths.len()), (Ok(BTreeMap::new()), 1));
        let mut ahead = meta();
        ahead.sources[0].answered_at = Some(now() + TimeDelta::hours(2));
        assert_eq!(asked(vec![written(&ahead)], &air_of_lyon()).await.0, Ok(BTreeMap::new()));
    }

    #[tokio::test]
    async fn a_danger_is_not_taken_from_a_relay_that_looked_longer_ago_than_it_is_watched() {
        let wanted = [(Source::VigilanceMirror, vec![place(1, "69123")])];
        for (level, minutes, is_taken) in [(1, 180, true), (3, 80, true), (3, 100, false)] {
            let mut meta = meta();
            meta.sources[1].answered_at = Some(now() - TimeDelta::minutes(minutes));
            let mut file = commune("69123");
            let metric = Metric::Vigilance(Phenomenon::Thunderstorm);
            file.publications =
                vec![publication(Source::VigilanceMirror, metric, Scale::Vigilance, level)];
            let (harvests, _) = asked(vec![written(&meta), written(&file)], &wanted).await;
            let taken = harvests.map(|it| it[&Source::VigilanceMirror].zones.len());
            assert_eq!(taken, Ok(usize::from(is_taken)), "{level}, {minutes} minutes ago");
        }
    }

    #[tokio::test]
    async fn a_commune_without_a_file_is_left_to_the_producers_alone() {
        let wanted = [(Source::AtmoFrance, vec![place(1, "69123"), place(2, "75056")])];
        let answers = vec![written(&meta()), answer(404, b""), written(&commune("75056"))];
        let harvests = asked(answers, &wanted).await.0.expect("a harvest");
        let zones = &harvests[&Source::AtmoFrance].zones;
        assert_eq!(zones.iter().map(|it| it.place).collect::<Vec<_>>(), [PlaceId(2)]);
    }

    #[tokio::test]
    async fn a_relay_is_believed_as_a_whole_or_not_at_all() {
        let of = |change: &dyn Fn(&mut MetaFile)| {
            let mut file = meta();
            change(&mut file);
            vec![written(&file)]
        };
        let with = |change: &dyn Fn(&mut CommuneFile)| {
            let mut file = commune("69123");
            change(&mut file);
            vec![written(&meta()), written(&file)]
        };
        let cases = [
            ("newer", of(&|it| it.schema = SCHEMA + 1), "schema"),
            ("older", of(&|it| it.schema = 0), "schema"),
            ("abandoned", of(&|it| it.checked_at = now() - TimeDelta::minutes(181)), "outdated"),
            ("ahead", of(&|it| it.checked_at = now() + TimeDelta::minutes(61)), "schema"),
            ("a portal", vec![answer(200, b"<html></html>")], "not-json"),
            ("down", vec![answer(500, b"")], "http-status"),
            ("no relay there", vec![answer(404, b"")], "http-status"),
            ("cut off", vec![answer(200, br#"{"schema": 1, "made_by": "#)], "truncated"),
            ("a newer commune", with(&|it| it.schema = SCHEMA + 1), "schema"),
            ("another commune", with(&|it| it.commune.code = "69001".to_owned()), "schema"),
            ("of yesterday", with(&|it| it.day = today().pred_opt().expect("a day")), "schema"),
            ("no level", with(&|it| it.publications[0].values[0].level = Some(9)), "schema"),
            ("no scale", with(&|it| it.publications[0].scale = None), "schema"),
        ];
        for (what, answers, code) in cases {
            let (harvests, _) = asked(answers, &air_of_lyon()).await;
            let error = harvests.expect_err(what);
            assert!(error.code().starts_with(code), "{what}: {error:?}, {}", error.code());
        }
    }

    #[tokio::test]
    async fn nothing_is_asked_in_the_clear_unless_the_relay_is_set_so() {
        // Nobody listens there: what may not be asked does not even come to that.
        let nobody: BaseUrl = "http://127.0.0.1:9".parse().expect("a base address");
        let secure: BaseUrl = "https://relay.example".parse().expect("a base address");
        for (relay, may) in [(Some(nobody.clone()), true), (Some(secure), false), (None, false)] {
            let options = HttpOptions { relay, ..HttpOptions::default() };
            let client = HttpClient::new(&options).expect("a client");
            let answer = client.get(&Upstream::relay_meta(&nobody)).await;
            assert_eq!(answer == Err(FetchError::Refused), may, "{answer:?}");
        }
    }
}
