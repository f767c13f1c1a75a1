//! The way to the shell: its commands, one function each, and its events.

use ecosante_domain::contract::{ErrorBody, PlaceFound};
use ecosante_domain::decision::AlertId;
use ecosante_domain::limits::PersonLimits;
use ecosante_domain::metric::Metric;
use ecosante_domain::mute::MuteFor;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::text::Language;
use ecosante_domain::window::{
    AlertCard, AlertDetail, ChartKind, FileForm, HistoryView, IndexDetail, Look, Moment, Overview,
    Permission, PlaceAdded, SettingsView, command,
};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast as _, JsError};
use wasm_bindgen_futures::JsFuture;

use crate::member::Member;
use crate::wire::{self, Arg, Json, Read};

/// The code of an error that arose on the way, not in the shell.
const BROKEN: &str = "bridge";

/// What a command answers.
pub(crate) type Reply<T> = Result<T, ErrorBody>;

pub(crate) async fn overview() -> Reply<Overview> {
    ask(command::OVERVIEW, &[]).await
}

pub(crate) async fn alerts(days: u32) -> Reply<Vec<AlertCard>> {
    ask(command::ALERTS, &[("days", days.into())]).await
}

pub(crate) async fn explain(id: AlertId) -> Reply<AlertDetail> {
    ask(command::EXPLAIN, &[("id", id.into())]).await
}

pub(crate) async fn mark_advice(person: PersonId, advice: &str, mark: &str) -> Reply<()> {
    tell(
        command::MARK_ADVICE,
        &[("person", person.into()), ("advice", advice.into()), ("mark", mark.into())],
    )
    .await
}

pub(crate) async fn refresh() -> Reply<()> {
    tell(command::REFRESH, &[]).await
}

pub(crate) async fn suggest_places(query: &str) -> Reply<Vec<PlaceFound>> {
    ask(command::SUGGEST_PLACES, &[("query", query.into())]).await
}

pub(crate) async fn search_places(query: &str) -> Reply<Vec<PlaceFound>> {
    ask(command::SEARCH_PLACES, &[("query", query.into())]).await
}

pub(crate) async fn add_place(query: &str, name: Option<&str>) -> Reply<PlaceAdded> {
    ask(command::ADD_PLACE, &[("query", query.into()), ("name", name.into())]).await
}

pub(crate) async fn remove_place(id: PlaceId) -> Reply<()> {
    tell(command::REMOVE_PLACE, &[("id", id.into())]).await
}

pub(crate) async fn people() -> Reply<Vec<Member>> {
    ask(command::PEOPLE, &[]).await
}

pub(crate) async fn set_profile(
    person: Option<&str>,
    entries: &[(String, String)],
) -> Reply<Member> {
    ask(command::SET_PROFILE, &[("person", person.into()), ("entries", entries.into())]).await
}

pub(crate) async fn remove_person(id: PersonId) -> Reply<()> {
    tell(command::REMOVE_PERSON, &[("id", id.into())]).await
}

pub(crate) async fn limits() -> Reply<Vec<PersonLimits>> {
    ask(command::LIMITS, &[]).await
}

pub(crate) async fn mute(person: PersonId, metric: Metric, how: Option<MuteFor>) -> Reply<()> {
    tell(
        command::MUTE,
        &[("person", person.into()), ("metric", metric.into()), ("how", how.into())],
    )
    .await
}

pub(crate) async fn rate_alert(id: AlertId, useful: bool) -> Reply<()> {
    tell(command::RATE_ALERT, &[("id", id.into()), ("useful", useful.into())]).await
}

pub(crate) async fn rehearse(person: PersonId, metric: Metric) -> Reply<Vec<String>> {
    ask(command::REHEARSE, &[("person", person.into()), ("metric", metric.into())]).await
}

pub(crate) async fn why(person: PersonId, place: PlaceId, date: Option<&str>) -> Reply<String> {
    ask(command::WHY, &[("person", person.into()), ("place", place.into()), ("date", date.into())])
        .await
}

pub(crate) async fn index(place: PlaceId, metric: Metric) -> Reply<IndexDetail> {
    ask(command::INDEX, &[("place", place.into()), ("metric", metric.into())]).await
}

/// What is looked at, as arguments.
fn looked_at(look: &Look) -> Vec<Named<'_>> {
    vec![
        ("place", look.place.into()),
        ("metric", look.metric.into()),
        ("zoom", look.zoom.into()),
        ("at", look.at.as_deref().into()),
        ("hour", look.hour.map(u32::from).into()),
        ("with", look.with.as_deref().into()),
        ("person", look.person.into()),
        ("width", u32::from(look.width).into()),
    ]
}

pub(crate) async fn history(look: &Look) -> Reply<HistoryView> {
    ask(command::HISTORY, &looked_at(look)).await
}

pub(crate) async fn history_moment(look: &Look) -> Reply<Vec<Moment>> {
    ask(command::HISTORY_MOMENT, &looked_at(look)).await
}

pub(crate) async fn history_table(look: &Look, chart: ChartKind) -> Reply<String> {
    let mut args = looked_at(look);
    args.push(("chart", chart.into()));
    ask(command::HISTORY_TABLE, &args).await
}

/// Keeps a chart, or what is behind it, as a file; answers where.
pub(crate) async fn history_file(look: &Look, chart: ChartKind, form: FileForm) -> Reply<String> {
    let mut args = looked_at(look);
    args.push(("chart", chart.into()));
    let mut drawn = None;
    if form == FileForm::Png {
        let picture: String = ask(command::HISTORY_PICTURE, &args).await?;
        drawn = called("ecosantePicture", &picture).await;
    }
    args.extend([("form", form.into()), ("picture", drawn.as_deref().into())]);
    ask(command::HISTORY_FILE, &args).await
}

/// What a command answers in one piece: a page as markup, or a sentence. To each it is said about
/// whom, which day and what was entered; who needs none of it does not listen.
pub(crate) async fn page(
    name: &'static str,
    person: Option<PersonId>,
    day: Option<&str>,
    entries: &[(String, String)],
) -> Reply<String> {
    ask(name, &[("person", person.into()), ("day", day.into()), ("entries", entries.into())]).await
}

pub(crate) async fn settings() -> Reply<SettingsView> {
    ask(command::SETTINGS, &[]).await
}

pub(crate) async fn set_quiet_hours(hours: Option<&str>) -> Reply<()> {
    tell(command::SET_QUIET_HOURS, &[("hours", hours.into())]).await
}

/// Exports all data, as `json` or `csv`; answers with where to.
pub(crate) async fn export(form: &str) -> Reply<String> {
    ask(command::EXPORT, &[("form", form.into())]).await
}

pub(crate) async fn show_export() -> Reply<()> {
    tell(command::SHOW_EXPORT, &[]).await
}

/// Hands over a piece of what is to be taken over; the last one answers with what came of it.
pub(crate) async fn import(piece: &str, first: bool, last: bool) -> Reply<Option<String>> {
    ask(command::IMPORT, &[("piece", piece.into()), ("first", first.into()), ("last", last.into())])
        .await
}

pub(crate) async fn erase() -> Reply<String> {
    ask(command::ERASE, &[]).await
}

pub(crate) async fn test_notification() -> Reply<()> {
    tell(command::TEST_NOTIFICATION, &[]).await
}

pub(crate) async fn allow_notifications() -> Reply<Permission> {
    ask(command::ALLOW_NOTIFICATIONS, &[]).await
}

pub(crate) async fn close(app: bool) -> Reply<()> {
    tell(command::CLOSE, &[("app", app.into())]).await
}

pub(crate) async fn take_opened_place() -> Reply<Option<PlaceId>> {
    ask(command::TAKE_OPENED_PLACE, &[]).await
}

pub(crate) async fn take_opened_alert() -> Reply<Option<AlertId>> {
    ask(command::TAKE_OPENED_ALERT, &[]).await
}

pub(crate) async fn retry() -> Reply<()> {
    tell(command::RETRY, &[]).await
}

/// The sentences of a language, as they were when the window was built.
pub(crate) async fn sentences(language: Language) -> Option<String> {
    called("ecosanteSentences", language.code()).await
}

/// What a function of `start.js` answers.
async fn called(name: &str, given: &str) -> Option<String> {
    let ask = Reflect::get(&js_sys::global(), &name.into()).ok()?;
    let asked = ask.dyn_into::<Function>().ok()?.call1(&JsValue::NULL, &given.into());
    let answer = JsFuture::from(asked.ok()?.unchecked_into::<Promise>()).await;
    answer.inspect_err(web_sys::console::error_1).ok()?.as_string()
}

/// Has `heard` called with the payload of every event of this name, as long as the window lives.
pub(crate) fn listen(event: &'static str, heard: impl Fn(JsValue) + 'static) {
    let heard = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        heard(Reflect::get(&event, &"payload".into()).unwrap_or(JsValue::UNDEFINED));
    });
    let listening = part("event", "listen").and_then(|(event_api, listen)| {
        listen.call2(&event_api, &event.into(), heard.as_ref().unchecked_ref())
    });
    if listening.is_ok() {
        heard.forget();
    }
}

/// A payload or an answer as the value it stands for.
pub(crate) fn read<T: Read>(value: &JsValue) -> Option<T> {
    wire::read(&json(value)?)
}

fn json(value: &JsValue) -> Option<Json> {
    Json::parse(&JSON::stringify(value).ok()?.as_string()?)
}

/// An argument with its name.
type Named<'a> = (&'static str, Arg<'a>);

async fn ask<T: Read>(name: &str, args: &[Named<'_>]) -> Reply<T> {
    let answer = invoke(name, args).await?;
    read(&answer).ok_or_else(|| broken(&answer))
}

/// Sets one thing for the device, by the command of [`command`] and its argument: in one function, of
/// which the screen that sets them all waits once.
pub(crate) async fn set(name: &'static str, argument: &'static str, value: Arg<'_>) -> Reply<()> {
    tell(name, &[(argument, value)]).await
}

async fn tell(name: &str, args: &[Named<'_>]) -> Reply<()> {
    invoke(name, args).await.map(|_| ())
}

fn object(args: &[Named<'_>]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in args {
        let value = match value {
            Arg::Null => JsValue::NULL,
            Arg::Bool(value) => (*value).into(),
            // An identity is counted up from 1, and a year is smaller still.
            #[expect(clippy::cast_precision_loss, reason = "far below the 53 bits that are exact")]
            Arg::Number(value) => (*value as f64).into(),
            Arg::Text(text) => text.as_ref().into(),
            Arg::Pairs(pairs) => {
                let pair = |(key, value): &(String, String)| Array::of2(&key.into(), &value.into());
                pairs.iter().map(pair).collect::<Array>().into()
            }
        };
        Reflect::set(&object, &(*name).into(), &value)?;
    }
    Ok(object.into())
}

async fn invoke(name: &str, args: &[Named<'_>]) -> Reply<JsValue> {
    let args = object(args).map_err(|error| broken(&error))?;
    let (core, invoke) = part("core", "invoke").map_err(|error| broken(&error))?;
    let promise: Promise =
        invoke.call2(&core, &name.into(), &args).map_err(|error| broken(&error))?.unchecked_into();
    let answer = JsFuture::from(promise).await;
    answer.map_err(|error| read(&error).unwrap_or_else(|| broken(&error)))
}

/// A function of the shell's own script: `window.__TAURI__.core.invoke`.
fn part(module: &str, function: &str) -> Result<(JsValue, Function), JsValue> {
    let api = Reflect::get(&js_sys::global(), &"__TAURI__".into())?;
    let module = Reflect::get(&api, &module.into())?;
    let function = Reflect::get(&module, &function.into())?
        .dyn_into::<Function>()
        .map_err(|_| JsValue::from(JsError::new("no such function")))?;
    Ok((module, function))
}

/// What went wrong is for the console: nobody can act on it at the window.
fn broken(error: &JsValue) -> ErrorBody {
    web_sys::console::error_1(error);
    ErrorBody { code: BROKEN.to_owned(), message: String::new(), retry_after_s: None }
}
