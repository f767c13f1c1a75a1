//! What Écosanté knows about the world: metrics, scales, readings, people, rules, decisions, advice
//! and every sentence a person reads.
//!
//! Pure: the same arguments give the same answer, on a server, a phone or in a browser.
//!
//! Deliberately not here: input or output of any kind, the clock (`now` is passed in), async code,
//! anything of the operating system. The crate compiles for `wasm32-unknown-unknown`, so that the
//! window uses the same scales, labels and rules as the engine and nothing is said twice. Who asks
//! the producers and keeps what they say is the crate `ecosante-engine`.
//!
//! # Words
//!
//! A [`Reading`](reading::Reading) is one level or value of a [`Metric`](metric::Metric), on a
//! [`Scale`](scale::Scale), for a zone and a [`Target`](reading::Target), published at some time by
//! some source. A [`Place`](place::Place) is what a person saves. A [`Rule`](rule::Rule) says from
//! which level a metric matters to a person, and why. An [`Episode`](decision::Episode) is
//! consecutive targets at or above that level; an alert is an episode that was told. Levels begin at
//! 1, the best; concentrations are in µg/m³, pollen in grains/m³, temperatures in °C, moments in UTC.
//!
//! # A map
//!
//! | from | to | in |
//! |---|---|---|
//! | a concentration, an index | a level, its colour, where the bands come from | [`scale`] |
//! | hours of a model | the index of a day, as an estimate | [`estimate`] |
//! | what several sources published | what counts, or why there is nothing | [`knowledge`] |
//! | a profile | the rules with their reasons and publications | [`person`], [`rule`], [`evidence`] |
//! | readings, a rule, what was told | what is to be told now | [`decision`], [`combined`], [`quiet_hours`], [`mute`] |
//! | what is high, for whom | what to do about it | [`advice`] |
//! | any of these | words in French or English | [`text`], [`words`], [`notification`], [`digest`] |
//! | a past | calendars, lines, tables, periods | [`history`], [`plot`], [`periods`], [`rehearsal`] |
//!
//! The views of Écosanté's own window and command line are here too, as data and words:
//! [`today`], [`glance`], [`past`], [`limits`], [`diary`], [`impact`], [`sheet`], [`credits`],
//! [`window`], [`contract`]; and [`publication`], the files that are published for other tools. They
//! change with the app.
//!
//! # From a concentration to words
//!
//! ```
//! use ecosante_domain::scale::Scale;
//! use ecosante_domain::text::{Language, Texts};
//!
//! // The highest hour of the day, in µg/m³.
//! let ozone = 141.0;
//! let scale = Scale::Atmo2021;
//! let level = scale.level_of("o3", ozone).expect("a figure for which the scale has bands");
//! assert_eq!(level, 4);
//! assert_eq!(scale.colour(level), Some("#ff5050"));
//! assert_eq!(Texts::new(Language::Fr).label(scale, level), "Mauvais");
//! assert_eq!(Texts::new(Language::En).label(scale, level), "Poor");
//! ```
//!
//! # From which level something matters to a person, and why
//!
//! ```
//! use ecosante_domain::limits::limits;
//! use ecosante_domain::metric::Metric;
//! use ecosante_domain::person::Profile;
//! use ecosante_domain::text::{Language, Texts};
//!
//! let mut profile = Profile::default();
//! profile.set("conditions", "asthma").expect("a condition");
//!
//! let air = profile.rules().into_iter().find(|rule| rule.metric == Metric::Air).expect("a rule");
//! assert_eq!((air.name().as_str(), air.threshold()), ("air:asthma", 3));
//!
//! // The same as it is shown: every limit that can be set, with words and reasons.
//! let shown = limits(&Texts::new(Language::Fr), &profile, true, "2026-09-08".parse()?);
//! assert_eq!(shown[0].metric, Metric::Air);
//! # Ok::<(), chrono::ParseError>(())
//! ```
//!
//! # From what was published to an alert with its advice
//!
//! ```
//! use chrono::{DateTime, Utc};
//! use chrono_tz::Tz;
//! use ecosante_domain::advice::{self, Situation};
//! use ecosante_domain::decision::{Decision, Restraint, decide};
//! use ecosante_domain::knowledge::{Candidate, Nearness, series};
//! use ecosante_domain::metric::{Metric, Taxon};
//! use ecosante_domain::person::Profile;
//! use ecosante_domain::place::{CommuneRef, Place, PlaceId};
//! use ecosante_domain::reading::{Basis, Reading, Source, Target, Zone};
//! use ecosante_domain::scale::Scale;
//! use ecosante_domain::text::{Language, Texts};
//!
//! let now: DateTime<Utc> = "2026-05-20T14:00:00Z".parse()?;
//! let metric = Metric::PollenOf(Taxon::Grass);
//! let place = Place {
//!     id: PlaceId(1),
//!     name: "School".to_owned(),
//!     commune: Some(CommuneRef {
//!         code: "69123".to_owned(),
//!         name: "Lyon".to_owned(),
//!         epci: Some("200046977".to_owned()),
//!         departement: "69".to_owned(),
//!     }),
//!     coordinates: None,
//!     time_zone: Tz::Europe__Paris,
//! };
//! // Grass, tomorrow, level 4 of 6.
//! let published = Candidate {
//!     reading: Reading {
//!         source: Source::AtmoPollen,
//!         zone: Zone { code: "69123".to_owned(), name: "Lyon".to_owned() },
//!         metric,
//!         scale: Some(Scale::AtmoPollen2025),
//!         target: Target::Day("2026-05-21".parse()?),
//!         basis: Basis::Official,
//!         level: Some(4),
//!         value: Some(62.5),
//!         published_at: Some("2026-05-20T10:07:03Z".parse()?),
//!         fetched_at: now,
//!         hours: 1,
//!         note: None,
//!     },
//!     nearness: Nearness::Commune,
//! };
//!
//! let mut child = Profile::default();
//! child.set("age", "child").expect("an age band");
//! child.set("allergies", "grass").expect("a pollen");
//! let rule = child.rules().into_iter().find(|rule| rule.metric == metric).expect("a rule");
//!
//! let readings = series(metric, &place, &[published]);
//! let decisions = decide(&rule, &readings, &[], now, &place, Restraint::default());
//! let [Decision::Raised { outlook, .. }] = decisions[..] else { panic!("nothing is raised") };
//!
//! let situation = Situation {
//!     metric,
//!     level: outlook.level,
//!     profile: &child,
//!     date: outlook.peak.day(place.time_zone),
//!     episode: None,
//! };
//! let texts = Texts::new(Language::En);
//! let today = now.with_timezone(&place.time_zone).date_naive();
//! assert_eq!(
//!     format!(
//!         "{}: {} {} in {}",
//!         texts.metric(metric),
//!         texts.label(Scale::AtmoPollen2025, outlook.level),
//!         texts.day(situation.date, today),
//!         place.name,
//!     ),
//!     "grass pollen: High tomorrow in School",
//! );
//! let advice = advice::select(&situation, &advice::History::default(), now);
//! assert!(!advice[0].text(&texts).is_empty());
//! # Ok::<(), chrono::ParseError>(())
//! ```
//!
//! # Features
//!
//! `schema`: JSON Schemas (`schemars`) of the types in [`publication`] and of what they are made of.

pub mod advice;
pub mod alert;
pub mod combined;
pub mod contract;
pub mod credits;
pub mod decision;
pub mod diary;
pub mod digest;
pub mod estimate;
pub mod evidence;
pub mod glance;
pub mod history;
pub mod impact;
pub mod knowledge;
pub mod limits;
pub mod metric;
pub mod mute;
pub mod notification;
pub mod past;
pub mod periods;
pub mod person;
pub mod place;
pub mod plot;
pub mod publication;
pub mod quiet_hours;
pub mod reading;
pub mod rehearsal;
pub mod rule;
pub mod scale;
pub mod sheet;
pub mod sun;
pub mod text;
pub mod today;
pub mod window;
pub mod words;

// The examples there are tested too.
#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;
