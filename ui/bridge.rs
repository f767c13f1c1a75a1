//! The way to the shell: its commands, one function each, and its events.

use ecosante_domain::contract::{ErrorBody, PlaceFound};
use ecosante_domain::credits::Credits;
use ecosante_domain::decision::AlertId;
use ecosante_domain::limits::PersonLimits;
use ecosante_domain::metric::Metric;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::text::Language;
use ecosante_domain::window::{
    AlertCard, AlertDetail, IndexDetail, Overview, Period, PlaceAdded, SettingsView, Theme, command,
};
use js_sys::{Function, Promise, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast as _, JsError};
use wasm_bindgen_futures::JsFuture;

use crate::member::Member;

/// The code of an error that arose on the way, not in the shell.
const BROKEN: &str = "bridge";

/// What a command answers.
pub(crate) type Reply<T> = Result<T, ErrorBody>;

pub(crate) async fn overview() -> Reply<Overview> {
    ask(command::OVERVIEW, arguments(&())).await
}

pub(crate) async fn alerts(days: u32) -> Reply<Vec<AlertCard>> {
    #[derive(Serialize)]
    struct Args {
        days: u32,
    }
    ask(command::ALERTS, arguments(&Args { days })).await
}

pub(crate) async fn explain(id: AlertId) -> Reply<AlertDetail> {
    #[derive(Serialize)]
    struct Args {
        id: AlertId,
    }
    ask(command::EXPLAIN, arguments(&Args { id })).await
}

pub(crate) async fn mark_advice(person: PersonId, advice: &str, mark: &str) -> Reply<()> {
    #[derive(Serialize)]
    struct Args<'a> {
        person: PersonId,
        advice: &'a str,
        mark: &'a str,
    }
    tell(command::MARK_ADVICE, arguments(&Args { person, advice, mark })).await
}

pub(crate) async fn refresh() -> Reply<()> {
    tell(command::REFRESH, arguments(&())).await
}

#[derive(Serialize)]
struct Query<'a> {
    query: &'a str,
}

pub(crate) async fn suggest_places(query: &str) -> Reply<Vec<PlaceFound>> {
    ask(command::SUGGEST_PLACES, arguments(&Query { query })).await
}

pub(crate) async fn search_places(query: &str) -> Reply<Vec<PlaceFound>> {
    ask(command::SEARCH_PLACES, arguments(&Query { query })).await
}

pub(crate) async fn add_place(query: &str, name: Option<&str>) -> Reply<PlaceAdded> {
    #[derive(Serialize)]
    struct Args<'a> {
        query: &'a str,
        name: Option<&'a str>,
    }
    ask(command::ADD_PLACE, arguments(&Args { query, name })).await
}

pub(crate) async fn remove_place(id: PlaceId) -> Reply<()> {
    #[derive(Serialize)]
    struct Args {
        id: PlaceId,
    }
    tell(command::REMOVE_PLACE, arguments(&Args { id })).await
}

pub(crate) async fn people() -> Reply<Vec<Member>> {
    ask(command::PEOPLE, arguments(&())).await
}

pub(crate) async fn set_profile(
    person: Option<&str>,
    entries: &[(String, String)],
) -> Reply<Member> {
    #[derive(Serialize)]
    struct Args<'a> {
        person: Option<&'a str>,
        entries: &'a [(String, String)],
    }
    ask(command::SET_PROFILE, arguments(&Args { person, entries })).await
}

pub(crate) async fn remove_person(id: PersonId) -> Reply<()> {
    #[derive(Serialize)]
    struct Args {
        id: PersonId,
    }
    tell(command::REMOVE_PERSON, arguments(&Args { id })).await
}

pub(crate) async fn limits() -> Reply<Vec<PersonLimits>> {
    ask(command::LIMITS, arguments(&())).await
}

pub(crate) async fn index(place: PlaceId, metric: Metric, period: Period) -> Reply<IndexDetail> {
    #[derive(Serialize)]
    struct Args {
        place: PlaceId,
        metric: Metric,
        period: Period,
    }
    ask(command::INDEX, arguments(&Args { place, metric, period })).await
}

pub(crate) async fn settings() -> Reply<SettingsView> {
    ask(command::SETTINGS, arguments(&())).await
}

pub(crate) async fn set_language(language: Option<Language>) -> Reply<()> {
    #[derive(Serialize)]
    struct Args {
        language: Option<Language>,
    }
    tell(command::SET_LANGUAGE, arguments(&Args { language })).await
}

pub(crate) async fn set_theme(theme: Theme) -> Reply<()> {
    #[derive(Serialize)]
    struct Args {
        theme: Theme,
    }
    tell(command::SET_THEME, arguments(&Args { theme })).await
}

pub(crate) async fn credits() -> Reply<Credits> {
    ask(command::CREDITS, arguments(&())).await
}

pub(crate) async fn set_quiet_hours(hours: Option<&str>) -> Reply<()> {
    #[derive(Serialize)]
    struct Args<'a> {
        hours: Option<&'a str>,
    }
    tell(command::SET_QUIET_HOURS, arguments(&Args { hours })).await
}

pub(crate) async fn set_retention(years: Option<u32>) -> Reply<()> {
    #[derive(Serialize)]
    struct Args {
        years: Option<u32>,
    }
    tell(command::SET_RETENTION, arguments(&Args { years })).await
}

pub(crate) async fn set_meteo_france_key(key: Option<&str>) -> Reply<()> {
    #[derive(Serialize)]
    struct Args<'a> {
        key: Option<&'a str>,
    }
    tell(command::SET_METEO_FRANCE_KEY, arguments(&Args { key })).await
}

pub(crate) async fn test_notification() -> Reply<()> {
    tell(command::TEST_NOTIFICATION, arguments(&())).await
}

pub(crate) async fn take_opened_alert() -> Reply<Option<AlertId>> {
    ask(command::TAKE_OPENED_ALERT, arguments(&())).await
}

pub(crate) async fn retry() -> Reply<()> {
    tell(command::RETRY, arguments(&())).await
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
pub(crate) fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}

async fn ask<T: DeserializeOwned>(name: &str, args: Reply<JsValue>) -> Reply<T> {
    let answer = invoke(name, args).await?;
    serde_wasm_bindgen::from_value(answer).map_err(|error| broken(&error.into()))
}

async fn tell(name: &str, args: Reply<JsValue>) -> Reply<()> {
    invoke(name, args).await.map(|_| ())
}

/// Arguments as they are sent, made before anything is waited for: what waits is compiled once, not
/// for each command.
fn arguments(args: &impl Serialize) -> Reply<JsValue> {
    let args =
        args.serialize(&Serializer::json_compatible()).map_err(|error| broken(&error.into()))?;
    Ok(if args.is_object() { args } else { js_sys::Object::new().into() })
}

async fn invoke(name: &str, args: Reply<JsValue>) -> Reply<JsValue> {
    let args = args?;
    let (core, invoke) = part("core", "invoke").map_err(|error| broken(&error))?;
    let promise: Promise =
        invoke.call2(&core, &name.into(), &args).map_err(|error| broken(&error))?.unchecked_into();
    let answer = JsFuture::from(promise).await;
    answer.map_err(|error| read(error.clone()).unwrap_or_else(|| broken(&error)))
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
