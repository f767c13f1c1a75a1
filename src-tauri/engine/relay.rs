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
