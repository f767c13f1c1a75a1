//! The stored readings that can count at a place.

use chrono::NaiveDate;
use ecosante_domain::knowledge::{Candidate, SourceReport, can_count, sources};
use ecosante_domain::metric::Metric;
use ecosante_domain::place::Place;
use ecosante_domain::reading::Reading;

use crate::schedule;
use crate::store::{Reader, ReadingKey, Result};

/// Stored readings of one metric at one place, with their keys.
#[derive(Debug)]
pub(crate) struct Candidates {
    pub(crate) list: Vec<Candidate>,
    keys: Vec<ReadingKey>,
}

impl Candidates {
    /// Those for the days `from` to `to`, both included.
    pub(crate) fn load(
        reader: &Reader<'_>,
        place: &Place,
        metric: Metric,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Self> {
        let (mut list, mut keys) = (Vec::new(), Vec::new());
        for (source, zone, nearness) in reader.zones(place.id)? {
            if !can_count(metric, source, place) {
                continue;
            }
            for stored in reader.readings(source, &zone, metric, from, to)? {
                list.push(Candidate { reading: stored.reading, nearness });
                keys.push(stored.key);
            }
        }
        Ok(Self { list, keys })
    }

    /// The key of a reading that came from this list.
    pub(crate) fn key(&self, reading: &Reading) -> Option<ReadingKey> {
        let position = self.list.iter().position(|candidate| candidate.reading == *reading)?;
        self.keys.get(position).copied()
    }
}

/// How the sources of a metric have fared for a place.
pub(crate) fn reports(
    reader: &Reader<'_>,
    place: &Place,
    metric: Metric,
) -> Result<Vec<SourceReport>> {
    sources(metric, place)
        .iter()
        .map(|source| {
            let asked = reader.asked(place.id, *source)?;
            Ok(SourceReport {
                source: *source,
                last_attempt: asked.as_ref().map(|asked| asked.at),
                covers: asked.as_ref().and_then(|asked| asked.covers),
                next_due: schedule::next_due(*source, &reader.health(source.name())?),
                error: asked.and_then(|asked| asked.error),
            })
        })
        .collect()
}
