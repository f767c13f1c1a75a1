//! What the window shows, from the store alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, TimeDelta, Utc};
use ecosante_domain::advice::History;
use ecosante_domain::alert::AlertState;
use ecosante_domain::combined;
use ecosante_domain::contract::{AlertView, PlaceFound, ReadingStatus, SourceState, SourceStatus};
use ecosante_domain::decision::{AlertId, LOOK_BACK};
use ecosante_domain::glance::Glance;
use ecosante_domain::knowledge::{self, State};
use ecosante_domain::limits::{self, PersonLimits};
use ecosante_domain::metric::Metric;
use ecosante_domain::notification;
use ecosante_domain::past::{self, PastFacts};
use ecosante_domain::person::{Person, PersonId};
use ecosante_domain::place::{Place, PlaceId};
use ecosante_domain::reading::Source;
use ecosante_domain::text::{Arg, Texts};
use ecosante_domain::today::{Facts, StandingAlert, hour_by_hour, place_today};
use ecosante_domain::window::{
    AlertCard, AlertDetail, IndexDetail, LevelView, Overview, PlaceToday, SourceLine,
};
use ecosante_domain::words;

use crate::candidates::{Candidates, reports};
use crate::clock::Now;
use crate::communes;
use crate::engine::{Engine, Refreshed, Result};
use crate::error::EngineError;
use crate::places::commune_found;
use crate::sources;
use crate::store::{AlertRow, MOST_RETENTION_YEARS, Reader, Result as StoreResult, Retention};

/// How many communes are suggested while somebody types.
const SUGGESTED: usize = 8;

/// How long to wait between two times that the person asks for everything anew.
const BETWEEN_REQUESTS: TimeDelta = TimeDelta::minutes(1);

/// Codes of errors that mean that the network, not a source, does not answer.
const NETWORK: [&str; 5] = ["refused", "dns", "interrupted", "timeout", "tls"];

impl Engine {
    /// All that Today shows.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn overview(&self, texts: &Texts) -> Result<Overview> {
        let now = self.now();
        let sources = self.sources_in_use(texts)?;
        let places = self.read(|reader| places_today(reader, texts, now))?;
        Ok(Overview {
            language: texts.language(),
            places,
            checked: self.goes_on(texts, checked(texts, &sources, now), now)?,
            offline: offline(texts, &sources, now),
            trouble: self.trouble(texts),
            refreshing: self.is_refreshing(),
            sources: sources
                .iter()
                .map(|source| SourceLine {
                    name: words::source(texts, source.source),
                    ok: source.error.is_none(),
                    state: texts.sentence_case(&words::source_state(
                        texts,
                        source,
                        now.utc(),
                        now.local().offset(),
                    )),
                })
                .collect(),
        })
    }

    /// All places at a glance.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn glance(&self, texts: &Texts) -> Result<Glance> {
        Ok(Glance::of(texts, &self.overview(texts)?))
    }

    /// The alerts of the last days, the latest first, in words.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn alert_cards(&self, texts: &Texts, days: u32) -> Result<Vec<AlertCard>> {
        let now = self.now();
        let alerts = self.alerts(texts, days)?;
        Ok(alerts.iter().map(|alert| alert_card(texts, alert, now)).collect())
    }

    /// An alert with all that is behind it, in words.
    ///
    /// # Errors
    /// [`EngineError::NoSuchAlert`], or a data file that cannot be read.
    pub fn alert_detail(&self, texts: &Texts, id: AlertId) -> Result<AlertDetail> {
        let now = self.now();
        let explanation = self.explain(texts, id)?;
        let alert = explanation.alert;
        let today = now.local().date_naive();
        let (person, muted, useful) = self.read(|reader| {
            let row = reader.alert(id)?;
            let (_, useful) = reader.opinion(id)?;
            let person = row.as_ref().and_then(|row| row.person);
            let people = reader.people()?;
            let profile = people.iter().find(|it| Some(it.id) == person).map(|it| &it.profile);
            let until = row.and_then(|row| profile?.mutes.get(&row.metric).copied());
            let muted = until.filter(|until| *until > today);
            Ok((person, muted.map(|until| limits::muted_until(texts, until, today)), useful))
        })?;
        let zone = words::zone_of(&alert);
        let because = &alert.because;
        let decisions = explanation.decisions.iter().map(|decision| {
            let when = texts.moment(decision.first_at, now.utc(), now.local().offset());
            let args: [Arg<'_>; 2] = [
                ("when", texts.sentence_case(&when).into()),
                (
                    "outcome",
                    words::outcome(texts, &decision.outcome, decision.reason.as_deref()).into(),
                ),
            ];
            texts.format("decided", args)
        });
        let mut decisions: Vec<String> = decisions.collect();
        if alert.state == AlertState::Raised && !explanation.delivered {
            decisions.push(texts.get("alert-not-delivered"));
        }
        Ok(AlertDetail {
            why: notification::why_in(
                texts,
                alert.person.as_deref(),
                alert.metric,
                because.rule.ends_with(":event"),
                &words::limit(texts, &alert),
                &because.reasons,
            ),
            evidence: because.evidence.clone(),
            own_choice: because.own_choice,
            decisions,
            readings: explanation
                .readings
                .iter()
                .map(|reading| {
                    // What it was worth when it counted: of an alert that is over, the day is past.
                    let reading = ReadingStatus { state: State::Current, ..reading.clone() };
                    words::line(texts, &reading, zone, now.utc())
                })
                .collect(),
            advice: alert.advice.clone(),
            place: alert.place.id,
            date: alert.raised_at.with_timezone(&zone).date_naive().to_string(),
            card: alert_card(texts, &alert, now),
            person,
            muted,
            useful,
        })
    }

    /// From where on each person is told of each metric.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn limits(&self, texts: &Texts) -> Result<Vec<PersonLimits>> {
        let today = self.now().local().date_naive();
        self.read(|reader| {
            let places = reader.places()?;
            // The air is said on one scale where it can be; both have the same words.
            let in_france = places.is_empty() || places.iter().any(|place| place.commune.is_some());
            let people = reader.people()?;
            let of = |person: &Person| PersonLimits {
                person: person.id,
                limits: limits::limits(texts, &person.profile, in_france, today),
            };
            Ok(people.iter().map(of).collect())
        })
    }

    /// An index at a place: now, and how to read it.
    ///
    /// # Errors
    /// [`EngineError::NoSuchPlace`], [`EngineError::NoLevels`] for a metric with neither levels nor
    /// figures, or a data file that cannot be read.
    pub fn index(&self, texts: &Texts, place: PlaceId, metric: Metric) -> Result<IndexDetail> {
        let now = self.now().utc();
        let no_such_place = || EngineError::NoSuchPlace { query: place.0.to_string() };
        let detail = self.read(|reader| {
            let places = reader.places()?;
            let place = places.iter().find(|it| it.id == place);
            place.map(|place| index(reader, texts, place, metric, now)).transpose()
        })?;
        let no_levels = || EngineError::NoLevels { metric: metric.to_string() };
        detail.ok_or_else(no_such_place)?.ok_or_else(no_levels)
    }

    /// For how many years what was published is kept; `None`: always.
    ///
    /// # Errors
    /// When the data file cannot be read.
    pub fn retention(&self) -> Result<Option<u32>> {
        Ok(match self.settings()?.retention {
            Retention::Years(years) => Some(years),
            Retention::Always => None,
        })
    }

    /// Sets for how many years what was published is kept; `None`: always.
    ///
    /// # Errors
    /// When the data file cannot be written.
    pub fn set_retention(&self, years: Option<u32>) -> Result<()> {
        // Less than a year would leave nothing to look back on.
        let retention = years.map_or(Retention::Always, |years| {
            Retention::Years(years.clamp(1, MOST_RETENTION_YEARS))
        });
        self.change_settings(|settings| settings.retention = retention)
    }

    /// The French communes that fit what was typed so far: without network.
    #[must_use]
    pub fn suggest_places(&self, query: &str) -> Vec<PlaceFound> {
        let found = communes::search(query, SUGGESTED);
        found.iter().map(|found| commune_found(found.commune)).collect()
    }

    /// Has a running engine ask every source now.
    ///
    /// # Errors
    /// [`EngineError::TooSoon`] within a minute of the last time that one was asked; a data file
    /// that cannot be read.
    pub fn ask_all(&self) -> Result<()> {
        let now = self.now().utc();
        let texts = self.texts()?;
        let sources = self.source_states(&texts)?;
        let by_the_engine = sources.iter().filter_map(|it| it.last_attempt).max();
        let asked = by_the_engine.max(self.asked_for_all());
        if let Some(asked) = asked.filter(|asked| *asked <= now && now - *asked < BETWEEN_REQUESTS)
        {
            let wait = BETWEEN_REQUESTS - (now - asked);
            return Err(EngineError::TooSoon { seconds: wait.num_seconds().unsigned_abs().max(1) });
        }
        self.wake_for_all();
        Ok(())
    }

    /// What came of a round, in a sentence or two; none where nobody was asked.
    #[must_use]
    pub fn outcome(&self, texts: &Texts, refreshed: &Refreshed) -> Option<String> {
        let failed: Vec<Source> = refreshed.failed.iter().map(|(source, _)| *source).collect();
        let mut answered = refreshed.answered.clone();
        answered.retain(|source| !failed.contains(source));
        let said = |key: &str, sources: &[Source]| {
            let names: Vec<_> = sources.iter().map(|it| words::source(texts, *it)).collect();
            let args: [Arg<'_>; 1] = [("sources", names.join(", ").into())];
            (!sources.is_empty()).then(|| texts.format(key, args))
        };
        let sentences = [said("sources-answered", &answered), said("sources-silent", &failed)];
        let sentences: Vec<String> = sentences.into_iter().flatten().collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    /// When the sources were asked; where the system ends the app at will, also how it goes on; and
    /// until when it is quiet.
    fn goes_on(&self, texts: &Texts, checked: String, now: Now) -> Result<String> {
        let ahead = self.planned_ahead();
        let goes_on = ahead.map(|count| texts.format("checked-phone", [("count", count.into())]));
        let quiet = self.quiet_until()?.map(|until| {
            let until = texts.moment(until, now.utc(), now.local().offset());
            texts.format("quiet-until", [("until", until.into())])
        });
        let said: Vec<_> = [Some(checked), goes_on, quiet].into_iter().flatten().collect();
        Ok(said.join(" "))
    }

    /// How each source fares that a saved place is served by.
    fn sources_in_use(&self, texts: &Texts) -> Result<Vec<SourceStatus>> {
        let places = self.read(|reader| reader.places())?;
        let serves = |source: Source| {
            let mut of_source = sources::all().iter().filter(|it| it.source() == source);
            of_source.any(|it| places.iter().any(|place| it.serves(place)))
        };
        let mut sources = self.source_states(texts)?;
        sources.retain(|status| serves(status.source));
        Ok(sources)
    }
}

pub(crate) fn places_today(
    reader: &Reader<'_>,
    texts: &Texts,
    now: Now,
) -> StoreResult<Vec<PlaceToday>> {
    let people = reader.people()?;
    let mut advised = BTreeMap::new();
    for person in &people {
        advised.insert(person.id, reader.advice_history(person.id, now.local().date_naive())?);
    }
    let now = now.utc();
    let standing = reader.standing_alerts()?;
    let places = reader.places()?;
    places
        .iter()
        .map(|place| place_now(reader, texts, place, &standing, &people, &advised, now))
        .collect()
}

fn place_now(
    reader: &Reader<'_>,
    texts: &Texts,
    place: &Place,
    standing: &[AlertRow],
    people: &[Person],
    advised: &BTreeMap<PersonId, History>,
    now: DateTime<Utc>,
) -> StoreResult<PlaceToday> {
    let today = now.with_timezone(&place.time_zone).date_naive();
    // The value of the past week stands in, marked as old, where today has none.
    let from = today.checked_sub_days(Days::new(8)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(4)).unwrap_or(today);
    let since = (now - LOOK_BACK).with_timezone(&place.time_zone).date_naive();
    let mut known = Vec::new();
    let mut series = BTreeMap::new();
    let mut asked = false;
    for metric in Metric::all() {
        let from = knowledge::known_from(metric, today).unwrap_or(from);
        let candidates = Candidates::load(reader, place, metric, from, to)?;
        let reports = reports(reader, place, metric)?;
        asked |= reports.iter().any(|report| report.last_attempt.is_some());
        known.extend(knowledge::known(metric, place, &candidates.list, &reports, now));
        if Metric::with_rules().contains(&metric)
            || combined::WITHOUT_RULES.contains(&metric)
            || hour_by_hour().contains(&metric)
        {
            let mut counted = knowledge::series(metric, place, &candidates.list);
            counted.retain(|reading| reading.target.day(place.time_zone) >= since);
            series.insert(metric, counted);
        }
    }
    let alerts = standing.iter().filter_map(|row| {
        let (person, at) = (row.person?, row.place?);
        (at == place.id).then_some(StandingAlert {
            id: row.id,
            person,
            metric: row.metric,
            event: row.event,
            advice: row.advice.clone(),
            starts: row.starts,
            ends: row.ends,
        })
    });
    let alerts: Vec<_> = alerts.collect();
    let facts =
        Facts { place, asked, known: &known, series: &series, alerts: &alerts, people, advised };
    Ok(place_today(texts, &facts, now))
}

fn index(
    reader: &Reader<'_>,
    texts: &Texts,
    place: &Place,
    metric: Metric,
    now: DateTime<Utc>,
) -> StoreResult<Option<IndexDetail>> {
    // The value of the past week stands in, marked as old, where today has none.
    let today = now.with_timezone(&place.time_zone).date_naive();
    let first = today.checked_sub_days(Days::new(8)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(past::AHEAD)).unwrap_or(today);
    let mut stored = Vec::new();
    for other in past::metrics(place) {
        if reader.first_day(place, other)?.is_some() {
            stored.push(other);
        }
    }
    let candidates = Candidates::load(reader, place, metric, first, to)?;
    let reports = reports(reader, place, metric)?;
    let people = reader.people()?;
    let facts = PastFacts {
        place,
        metric,
        stored: &stored,
        known: &knowledge::known(metric, place, &candidates.list, &reports, now),
        since: reader.first_day(place, metric)?,
        people: &people,
    };
    Ok(past::index(texts, &facts, now))
}

fn alert_card(texts: &Texts, alert: &AlertView, now: Now) -> AlertCard {
    let reading = alert.because.reading.as_ref();
    let scale = reading.and_then(|reading| reading.scale);
    let headline = match scale {
        Some(scale) => {
            let value = reading.and_then(|reading| reading.value);
            notification::headline_of(texts, alert.metric, scale, alert.level, value)
        }
        None => texts.metric(alert.metric),
    };
    let device = *now.local().offset();
    let day = |moment: DateTime<Utc>| moment.with_timezone(&device).date_naive();
    AlertCard {
        headline: texts.sentence_case(&headline),
        who: notification::who(texts, alert.person.as_deref()),
        when: words::episode(texts, alert, now.utc()),
        raised: texts.moment(alert.raised_at, now.utc(), &device),
        raised_day: texts.sentence_case(&texts.day(day(alert.raised_at), day(now.utc()))),
        state: words::alert_state(texts, alert, now.utc()),
        id: alert.id,
        level: LevelView {
            metric: alert.metric,
            scale,
            level: Some(alert.level),
            label: Some(alert.label.clone()),
            basis: reading.and_then(|reading| reading.basis),
            state: State::Current,
        },
        place: alert.place.name.clone(),
        standing: alert.state,
    }
}

/// When the sources were last asked, and will be next.
fn checked(texts: &Texts, sources: &[SourceStatus], now: Now) -> String {
    let device = now.local();
    let device = device.offset();
    let last = sources.iter().filter_map(|source| source.last_attempt).max();
    let next = sources.iter().filter_map(|source| source.next_due).min();
    let said = |moment| words::moment_or_never(texts, moment, now.utc(), device);
    let args: [Arg<'_>; 3] = [
        ("checked", if last.is_some() { "yes" } else { "no" }.into()),
        ("when", said(last).into()),
        ("next", said(next.map(|next| next.max(now.utc()))).into()),
    ];
    texts.format("checked", args)
}

/// One sentence while no source at all can be reached.
fn offline(texts: &Texts, sources: &[SourceStatus], now: Now) -> Option<String> {
    let asked: Vec<_> =
        sources.iter().filter(|source| source.state != SourceState::NeverAsked).collect();
    let unreachable = |source: &&SourceStatus| {
        source.error.as_ref().is_some_and(|error| NETWORK.contains(&error.code.as_str()))
    };
    if asked.is_empty() || !asked.iter().all(unreachable) {
        return None;
    }
    let latest = asked.iter().max_by_key(|source| source.last_attempt)?;
    let device = now.local();
    let args: [Arg<'_>; 2] = [
        ("when", texts.moment(latest.last_attempt?, now.utc(), device.offset()).into()),
        ("why", latest.error.as_ref()?.message.as_str().into()),
    ];
    Some(texts.format("offline", args))
}

#[cfg(test)]
mod tests {
    use ecosante_domain::window::{Look, Zoom};
    use std::cell::Cell;
    use std::time::Duration;

    use ecosante_domain::knowledge::Nearness;
    use ecosante_domain::place::{Coordinates, PlaceId};
    use ecosante_domain::reading::{Basis, Reading, Target, Zone};
    use ecosante_domain::scale::Scale;
    use ecosante_domain::text::Language;

    use super::*;
    use crate::clock::Clock;
    use crate::engine::Options;
    use crate::host::{Host, Notification, Notifier, Progress};
    use crate::http::HttpOptions;
    use crate::schedule::Health;
    use crate::store::place::NewPlace;
    use crate::store::{FILE_NAME, StoreError};

    /// Sooner than a running engine looks by itself, on a busy machine too.
    const SOON: Duration = Duration::from_secs(10);

    fn engine(folder: &tempfile::TempDir) -> Engine {
        let start = DateTime::parse_from_rfc3339("2026-09-08T16:00:00+02:00").expect("a moment");
        Engine::open(Options {
            folder: folder.path().to_owned(),
            clock: Clock::from(start),
            // Nobody listens there.
            gateway: Some("http://127.0.0.1:9".to_owned()),
            relay: None,
            language: Some(Language::En),
            system_language: Language::En,
            http: HttpOptions::default(),
        })
        .expect("a new file")
    }

    fn lyon(engine: &Engine) {
        let commune = communes::by_code("69123").expect("Lyon");
        let place = NewPlace {
            name: "Lyon".to_owned(),
            commune: Some(commune.into()),
            coordinates: Coordinates::new(45.76, 4.84),
            time_zone: commune.time_zone(),
        };
        engine.write(|writer| writer.add_place(&place, 0)).expect("a file that can be written");
    }

    fn asked(engine: &Engine, seconds_ago: i64, error: Option<&str>) {
        let at = engine.now().utc() - TimeDelta::seconds(seconds_ago);
        for source in Source::ALL {
            let health = Health {
                last_attempt: Some(at),
                error: error.map(str::to_owned),
                ..Health::default()
            };
            engine
                .write(|writer| writer.save_health(source.name(), &health))
                .expect("a file that can be written");
        }
    }

    #[test]
    fn sources_are_asked_by_hand_at_most_once_a_minute() {
        let after = |seconds: i64| {
            let folder = tempfile::tempdir().expect("a folder");
            let engine = engine(&folder);
            asked(&engine, seconds, None);
            engine
                .ask_all()
                .map_err(|error| error.body(&engine.texts().expect("texts"), engine.now().utc()))
        };
        let Err(body) = after(20) else { panic!("20 s are not a minute") };
        assert_eq!(body.code, "too-soon");
        assert!(matches!(body.retry_after_s, Some(38..=40)), "{body:?}");
        assert_eq!(after(61), Ok(()));
        // A clock that was set back must not lock the button.
        assert_eq!(after(-7200), Ok(()));
    }

    #[test]
    fn a_request_by_hand_counts_before_it_is_carried_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        assert!(engine.ask_all().is_ok());
        assert!(matches!(engine.ask_all(), Err(EngineError::TooSoon { .. })));
    }

    #[test]
    fn what_came_of_a_round_names_each_source_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        let texts = engine.texts().expect("texts");
        let said = |answered: &[Source], failed: &[Source]| {
            let failed = failed.iter().map(|source| (*source, "timeout".to_owned())).collect();
            let answered = answered.to_vec();
            engine.outcome(&texts, &Refreshed { answered, failed, ..Refreshed::default() })
        };
        let [atmo, meteo] = [Source::AtmoFrance, Source::OpenMeteo];
        assert_eq!(said(&[], &[]), None);
        assert_eq!(said(&[atmo], &[]).as_deref(), Some("Answered: Atmo France."));
        // Answered for some places only.
        let partly = said(&[atmo, meteo], &[meteo]).expect("two sentences");
        assert_eq!(partly.matches("Open-Meteo").count(), 1, "{partly}");
        assert!(partly.contains("No answer: Open-Meteo"), "{partly}");
    }

    #[test]
    fn what_was_published_is_kept_for_five_years_until_somebody_says_otherwise() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        let kept = || engine.retention().expect("a file that can be read");
        assert_eq!(kept(), Some(5));
        for (said, kept_for) in [(Some(10), Some(10)), (None, None), (Some(0), Some(1))] {
            engine.set_retention(said).expect("a file that can be written");
            assert_eq!(kept(), kept_for, "{said:?}");
        }
    }

    #[test]
    fn it_is_quiet_until_the_next_morning_and_says_so_until_somebody_ends_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        let texts = engine.texts().expect("texts");
        let quiet_at = |moment: &str| {
            let moment = DateTime::parse_from_rfc3339(moment).expect("a moment");
            engine.settings().expect("a file that can be read").is_quiet_at(moment)
        };
        engine.set_quiet_until_morning(true).expect("a file that can be written");
        assert!(quiet_at("2026-09-08T16:00:01+02:00") && quiet_at("2026-09-09T06:59:00+02:00"));
        assert!(!quiet_at("2026-09-09T07:00:00+02:00"));
        let checked = engine.overview(&texts).expect("a file that can be read").checked;
        assert!(checked.contains("Quiet until tomorrow at 07:00;"), "{checked}");
        engine.set_quiet_until_morning(false).expect("a file that can be written");
        assert!(!quiet_at("2026-09-08T16:00:01+02:00"));
        assert_eq!(engine.quiet_until().expect("a file that can be read"), None);
    }

    #[test]
    fn an_index_is_looked_at_over_any_period_and_water_over_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        lyon(&engine);
        let texts = engine.texts().expect("texts");
        let look = |metric, zoom| Look {
            place: PlaceId(1),
            metric,
            zoom,
            at: None,
            hour: None,
            with: None,
            person: None,
            width: 800,
        };
        let felt = Metric::ApparentTemperature;
        let items = |zoom| {
            let view = engine.history_view(&texts, &look(felt, zoom)).expect("it has figures");
            view.charts.last().map(|chart| chart.items)
        };
        let counts = [Zoom::Day, Zoom::Week, Zoom::Month, Zoom::Year, Zoom::Recent].map(items);
        assert_eq!(counts, [24, 168, 720, 365, 30].map(Some));
        assert!(engine.index(&texts, PlaceId(1), felt).is_ok());
        let water = engine.index(&texts, PlaceId(1), Metric::Water);
        assert!(matches!(water, Err(EngineError::NoLevels { .. })), "{water:?}");
        let water = engine.history_view(&texts, &look(Metric::Water, Zoom::Month));
        assert!(matches!(water, Err(EngineError::NoLevels { .. })), "{water:?}");
    }

    #[test]
    fn being_offline_is_said_once_and_only_when_no_source_is_reached() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        lyon(&engine);
        let texts = engine.texts().expect("texts");
        let offline = || engine.overview(&texts).expect("a file that can be read").offline;
        assert_eq!(offline(), None);
        asked(&engine, 60, Some("dns"));
        assert_eq!(
            offline().as_deref(),
            Some(
                "No source answered today at 15:59 (the address was not found). \
                 What is known stays shown."
            )
        );
        // A source that answers with nonsense was reached.
        asked(&engine, 60, Some("not-json"));
        assert_eq!(offline(), None);
    }

    struct Nobody;

    impl Notifier for Nobody {
        fn channel(&self) -> &'static str {
            "nobody"
        }
        fn notify(&self, _: &Notification) -> std::result::Result<(), String> {
            Ok(())
        }
    }

    impl Host for Nobody {
        fn progress(&self, _: Progress) {}
    }

    #[tokio::test]
    async fn a_running_engine_looks_at_once_when_it_is_woken() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        let rounds = Cell::new(0);
        let run = engine.run(&Nobody, |_| {
            rounds.set(rounds.get() + 1);
            if rounds.get() < 3 {
                engine.wake();
            }
        });
        let three = async {
            while rounds.get() < 3 {
                tokio::task::yield_now().await;
            }
        };
        // Without being woken, the third round would come after 40 s.
        let soon = tokio::time::timeout(SOON, async {
            tokio::select! {
                ended = run => panic!("it ended: {ended:?}"),
                () = three => {}
            }
        });
        assert!(soon.await.is_ok());
    }

    #[tokio::test]
    async fn a_running_engine_ends_with_the_damage_that_the_window_met() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        let damaged = || StoreError::Damaged { path: folder.path().join("file") };
        let run = engine.run(&Nobody, |_| engine.fail(damaged().into()));
        let ended = tokio::time::timeout(SOON, run).await.expect("it is woken");
        assert!(matches!(ended, EngineError::Store(StoreError::Damaged { .. })), "{ended:?}");
    }

    /// Shows nothing: nobody shows notifications here.
    struct Silent;

    impl Notifier for Silent {
        fn channel(&self) -> &'static str {
            "silent"
        }
        fn notify(&self, _: &Notification) -> std::result::Result<(), String> {
            Err("nobody shows notifications".to_owned())
        }
    }

    impl Host for Silent {
        fn progress(&self, _: Progress) {}
    }

    #[tokio::test]
    async fn a_notification_that_nobody_shows_is_told_in_the_window_and_on_its_alert() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        lyon(&engine);
        let reading = Reading {
            source: Source::AtmoFrance,
            zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
            metric: Metric::Air,
            scale: Some(Scale::Atmo2021),
            target: Target::Day("2026-09-08".parse().expect("a date")),
            basis: Basis::Official,
            level: Some(5),
            value: None,
            published_at: Some(engine.now().utc()),
            fetched_at: engine.now().utc(),
            hours: 1,
            note: None,
        };
        engine
            .write(|writer| {
                writer.save_zone(
                    PlaceId(1),
                    Source::AtmoFrance,
                    &reading.zone,
                    Nearness::Commune,
                )?;
                writer.save_readings(std::slice::from_ref(&reading))
            })
            .expect("a file that can be written");
        let texts = engine.texts().expect("texts");
        let (told, trouble) = (Cell::new(None), Cell::new(None));
        let run = engine.run(&Silent, |refreshed| {
            told.set(refreshed.map(|refreshed| refreshed.told));
            trouble.set(engine.overview(&texts).expect("a file that can be read").trouble);
            engine.fail(EngineError::TooSoon { seconds: 0 });
        });
        tokio::time::timeout(SOON, run).await.expect("it is woken");
        assert_eq!(told.get(), Some(0));
        let trouble = trouble.take().expect("what is wrong");
        assert!(trouble.contains("nobody shows notifications"), "{trouble}");
        let cards = engine.alert_cards(&texts, 1).expect("a file that can be read");
        let detail = engine.alert_detail(&texts, cards[0].id).expect("it was raised");
        let last = detail.decisions.last().map(String::as_str);
        assert_eq!(last, Some("No notification could be shown so far."));
    }

    #[tokio::test]
    async fn what_cannot_be_stored_is_said_until_a_round_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = engine(&folder);
        lyon(&engine);
        let texts = engine.texts().expect("texts");
        let path = folder.path().join(FILE_NAME);
        // Another program holds the file for longer than anybody waits.
        let other = rusqlite::Connection::open(&path).expect("the same file");
        other.execute_batch("BEGIN IMMEDIATE").expect("nobody writes yet");
        let rounds = Cell::new(0);
        let run = engine.run(&Nobody, |refreshed| {
            rounds.set(rounds.get() + 1);
            let trouble = engine.overview(&texts).expect("a file that can be read").trouble;
            if rounds.get() == 1 {
                assert_eq!(refreshed, None);
                assert!(trouble.is_some());
                other.execute_batch("ROLLBACK").expect("it was begun");
                engine.wake();
            } else {
                assert!(refreshed.is_some());
                assert_eq!(trouble, None);
            }
        });
        let twice = async {
            while rounds.get() < 2 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::select! {
            ended = run => panic!("it ended: {ended:?}"),
            () = twice => {}
        }
    }
}
