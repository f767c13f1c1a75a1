//! Saved places and the zones that serve them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ecosante_domain::knowledge::Nearness;
use ecosante_domain::place::{CommuneRef, Coordinates, Place, PlaceId};
use ecosante_domain::reading::{Source, Zone};
use rusqlite::{Row, params};

use super::{Reader, Result, StoreError, Writer, moment, word};

const COLUMNS: &str =
    "id, name, commune_code, commune_name, epci, departement, latitude, longitude, time_zone";

fn place(row: &Row<'_>) -> rusqlite::Result<Result<Place>> {
    let commune = match (row.get(2)?, row.get(3)?) {
        (Some(code), Some(name)) => Some(CommuneRef {
            code,
            name,
            epci: row.get(4)?,
            departement: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        }),
        _ => None,
    };
    let coordinates = match (row.get(6)?, row.get(7)?) {
        (Some(latitude), Some(longitude)) => Coordinates::new(latitude, longitude),
        _ => None,
    };
    let (id, name) = (PlaceId(row.get(0)?), row.get(1)?);
    let time_zone: String = row.get(8)?;
    Ok(word::<Tz>("time zone", &time_zone).map(|time_zone| Place {
        id,
        name,
        commune,
        coordinates,
        time_zone,
    }))
}

impl Reader<'_> {
    /// The saved places, in the order in which they were saved.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn places(&self) -> Result<Vec<Place>> {
        let mut statement =
            self.transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM place ORDER BY id"))?;
        let rows = statement.query_map([], place)?;
        rows.map(|row| row?).collect()
    }

    /// The French places that were saved without knowing where they are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unlocated(&self) -> Result<Vec<Unlocated>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT id, commune_code, added_at FROM place
             WHERE latitude IS NULL AND commune_code IS NOT NULL ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((PlaceId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        })?;
        rows.map(|row| {
            let (id, commune, added_at) = row?;
            Ok(Unlocated { id, commune, added_at: moment(added_at)? })
        })
        .collect()
    }

    /// The zones of a source that serve a place, best first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn zones(&self, place: PlaceId) -> Result<Vec<(Source, Zone, Nearness)>> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT source, code, name, nearness FROM place_zone WHERE place = ?1",
        )?;
        let rows = statement.query_map([place.0], |row| {
            let zone = Zone { code: row.get(1)?, name: row.get(2)? };
            Ok((row.get::<_, String>(0)?, zone, row.get::<_, String>(3)?))
        })?;
        let mut zones = Vec::new();
        for row in rows {
            let (source, zone, nearness) = row?;
            let nearness = Nearness::ALL
                .into_iter()
                .find(|known| known.name() == nearness)
                .ok_or(StoreError::Content { what: "nearness", why: nearness })?;
            zones.push((word("source", &source)?, zone, nearness));
        }
        zones.sort_by_key(|(source, _, nearness)| (*source, *nearness));
        Ok(zones)
    }
}

/// A French place of which it is not known where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlocated {
    /// The place.
    pub id: PlaceId,
    /// INSEE code of its commune.
    pub commune: String,
    /// When it was saved.
    pub added_at: DateTime<Utc>,
}

/// A place to be saved.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPlace {
    /// What the person calls it.
    pub name: String,
    /// The commune; `None` outside France.
    pub commune: Option<CommuneRef>,
    /// Where it is, if known.
    pub coordinates: Option<Coordinates>,
    /// Its time zone.
    pub time_zone: Tz,
}

impl Writer<'_> {
    /// Saves a place.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_place(&self, place: &NewPlace, added_at: i64) -> Result<PlaceId> {
        let commune = place.commune.as_ref();
        self.transaction
            .prepare_cached(
                "INSERT INTO place (name, commune_code, commune_name, epci, departement,
                                    latitude, longitude, time_zone, added_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                place.name,
                commune.map(|commune| &commune.code),
                commune.map(|commune| &commune.name),
                commune.and_then(|commune| commune.epci.as_ref()),
                commune.map(|commune| &commune.departement),
                place.coordinates.map(|at| at.latitude),
                place.coordinates.map(|at| at.longitude),
                place.time_zone.name(),
                added_at,
            ])?;
        Ok(PlaceId(self.transaction.last_insert_rowid()))
    }

    /// Removes a place, also from the profiles that name it; what was published for its zones and
    /// its alerts stay. Whether there was one.
    ///
    /// A profile that named no other place is then concerned by all of them: better one alert too
    /// many than silence that nobody asked for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_place(&self, place: PlaceId) -> Result<bool> {
        let removed = self
            .transaction
            .prepare_cached("DELETE FROM place WHERE id = ?1")?
            .execute([place.0])?;
        for mut person in self.reader().people()? {
            let Some(places) = &mut person.profile.places else { continue };
            if places.remove(&place) {
                if places.is_empty() {
                    person.profile.places = None;
                }
                self.save_profile(person.id, &person.profile)?;
            }
        }
        Ok(removed > 0)
    }

    /// Keeps where a place is.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_coordinates(&self, place: PlaceId, at: Coordinates) -> Result<()> {
        self.transaction
            .prepare_cached("UPDATE place SET latitude = ?2, longitude = ?3 WHERE id = ?1")?
            .execute(params![place.0, at.latitude, at.longitude])?;
        Ok(())
    }

    /// Keeps that a zone serves a place.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_zone(
        &self,
        place: PlaceId,
        source: Source,
        zone: &Zone,
        nearness: Nearness,
    ) -> Result<()> {
        self.transaction
            .prepare_cached(
                "INSERT INTO place_zone (place, source, code, name, nearness)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (place, source, code, name) DO UPDATE SET nearness = excluded.nearness",
            )?
            .execute(params![place.0, source.name(), zone.code, zone.name, nearness.name()])?;
        Ok(())
    }
}
