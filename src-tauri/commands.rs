//! One thin function for each command of the contract (`ecosante_domain::window::command`).
//!
//! Each is marked `async`, so that none of them holds up the window.

#![expect(clippy::needless_pass_by_value, reason = "the shell hands arguments over by value")]

use std::sync::Arc;

use ecosante_domain::advice::Mark;
use ecosante_domain::contract::{ErrorBody, PlaceFound};
use ecosante_domain::credits;
use ecosante_domain::decision::{AlertId, Lead};
use ecosante_domain::digest::Digest;
use ecosante_domain::limits::PersonLimits;
use ecosante_domain::metric::Metric;
use ecosante_domain::mute::MuteFor;
use ecosante_domain::person::{Person, PersonId};
use ecosante_domain::place::PlaceId;
use ecosante_domain::sheet::Section;
use ecosante_domain::text::{Language, Texts};
use ecosante_domain::window::{
    AlertCard, AlertDetail, IndexDetail, Overview, Period, PlaceAdded, SettingsView, Theme, event,
};
use ecosante_engine::host::Notification;
use ecosante_engine::store::StoreError;
use ecosante_engine::{Engine, EngineError, REPORT_DAYS, SHOWN_DAYS};
use tauri::{AppHandle, State};

use crate::notifier;
use crate::shell::{self, Shell};
use crate::theme;

/// How many days back it is shown what a limit would have told.
const REHEARSED_DAYS: u32 = 30;

/// What a command answers.
type Answer<T> = Result<T, ErrorBody>;

/// Asks the engine, and words what goes wrong.
fn ask<T>(
    shell: &Shell,
    question: impl FnOnce(&Engine, &Texts) -> Result<T, EngineError>,
) -> Answer<T> {
    let engine = shell.engine()?;
    let texts = texts(&engine)?;
    question(&engine, &texts).map_err(|error| worded(&engine, &texts, error))
}

fn texts(engine: &Engine) -> Answer<Texts> {
    engine.texts().map_err(|error| worded(engine, &Texts::new(shell::system_language()), error))
}

/// What went wrong, in words. A damaged file ends the engine too, which then sets the file aside.
fn worded(engine: &Engine, texts: &Texts, error: EngineError) -> ErrorBody {
    let mut body = error.body(texts, engine.now().utc());
    if matches!(error, EngineError::Store(StoreError::Damaged { .. })) {
        body.message = texts.get("error-store-being-set-aside");
        engine.fail(error);
    }
    body
}

#[tauri::command(async)]
pub(crate) fn overview(shell: State<'_, Shell>) -> Answer<Overview> {
    ask(&shell, |engine, texts| engine.overview(texts))
}

#[tauri::command(async)]
pub(crate) fn alerts(shell: State<'_, Shell>, days: u32) -> Answer<Vec<AlertCard>> {
    ask(&shell, |engine, texts| engine.alert_cards(texts, days))
}

#[tauri::command(async)]
pub(crate) fn explain(shell: State<'_, Shell>, id: AlertId) -> Answer<AlertDetail> {
    ask(&shell, |engine, texts| {
        // Whoever reads why has opened it.
        engine.open_alert(id)?;
        engine.alert_detail(texts, id)
    })
}

#[tauri::command(async)]
pub(crate) fn rate_alert(shell: State<'_, Shell>, id: AlertId, useful: bool) -> Answer<()> {
    ask(&shell, |engine, _| engine.rate_alert(id, useful))
}

#[tauri::command(async)]
pub(crate) fn mute(
    app: AppHandle,
    shell: State<'_, Shell>,
    person: PersonId,
    metric: Metric,
    how: Option<MuteFor>,
) -> Answer<()> {
    ask(&shell, |engine, _| engine.mute(person, metric, how))?;
    changed(&app, &shell.engine()?);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn rehearse(
    shell: State<'_, Shell>,
    person: PersonId,
    metric: Metric,
) -> Answer<Vec<String>> {
    ask(&shell, |engine, texts| {
        let limits = engine.rehearse_limits(texts, person, metric, REHEARSED_DAYS)?;
        Ok(limits.into_iter().map(|limit| limit.sentence).collect())
    })
}

#[tauri::command(async)]
pub(crate) fn why(
    shell: State<'_, Shell>,
    person: PersonId,
    place: PlaceId,
    date: Option<String>,
) -> Answer<String> {
    ask(&shell, |engine, texts| {
        let mut sheet = engine.why_of(texts, person, place, date.as_deref())?;
        // Of whom, where and which day: the heading of the screen says only what it is.
        let title = std::mem::take(&mut sheet.title);
        sheet.sections.insert(0, Section::of_lines(None, vec![title]));
        Ok(sheet.to_markup(texts))
    })
}

#[tauri::command(async)]
pub(crate) fn mark_advice(
    shell: State<'_, Shell>,
    person: PersonId,
    advice: String,
    mark: Mark,
) -> Answer<()> {
    ask(&shell, |engine, _| engine.mark_advice(person, &advice, mark))
}

#[tauri::command(async)]
pub(crate) fn refresh(shell: State<'_, Shell>) -> Answer<()> {
    ask(&shell, |engine, _| engine.ask_all())
}

#[tauri::command(async)]
pub(crate) fn suggest_places(shell: State<'_, Shell>, query: String) -> Answer<Vec<PlaceFound>> {
    ask(&shell, |engine, _| Ok(engine.suggest_places(&query)))
}

#[tauri::command]
pub(crate) async fn search_places(
    shell: State<'_, Shell>,
    query: String,
) -> Answer<Vec<PlaceFound>> {
    let engine = shell.engine()?;
    let texts = texts(&engine)?;
    let found = engine.search_places(&query, true, texts.language()).await;
    found.map_err(|error| worded(&engine, &texts, error))
}

#[tauri::command]
pub(crate) async fn add_place(
    app: AppHandle,
    shell: State<'_, Shell>,
    query: String,
    name: Option<String>,
) -> Answer<PlaceAdded> {
    let engine = shell.engine()?;
    let texts = texts(&engine)?;
    let added = engine
        .add_place(&query, name.as_deref(), texts.language())
        .await
        .map_err(|error| worded(&engine, &texts, error))?;
    changed(&app, &engine);
    Ok(PlaceAdded { id: added.place.id, name: added.place.name, already: added.already })
}

#[tauri::command(async)]
pub(crate) fn remove_place(app: AppHandle, shell: State<'_, Shell>, id: PlaceId) -> Answer<()> {
    ask(&shell, |engine, _| engine.remove_place(id))?;
    changed(&app, &shell.engine()?);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn people(shell: State<'_, Shell>) -> Answer<Vec<Person>> {
    ask(&shell, |engine, _| engine.people())
}

#[tauri::command(async)]
pub(crate) fn set_profile(
    app: AppHandle,
    shell: State<'_, Shell>,
    person: Option<String>,
    entries: Vec<(String, String)>,
) -> Answer<Person> {
    let person = ask(&shell, |engine, _| engine.set_profile(person.as_deref(), &entries))?;
    changed(&app, &shell.engine()?);
    Ok(person)
}

#[tauri::command(async)]
pub(crate) fn remove_person(app: AppHandle, shell: State<'_, Shell>, id: PersonId) -> Answer<()> {
    ask(&shell, |engine, _| engine.remove_person(id))?;
    changed(&app, &shell.engine()?);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn limits(shell: State<'_, Shell>) -> Answer<Vec<PersonLimits>> {
    ask(&shell, |engine, texts| engine.limits(texts))
}

#[tauri::command(async)]
pub(crate) fn index(
    shell: State<'_, Shell>,
    place: PlaceId,
    metric: Metric,
    period: Period,
) -> Answer<IndexDetail> {
    ask(&shell, |engine, texts| engine.index(texts, place, metric, period))
}

#[tauri::command(async)]
pub(crate) fn diary(
    shell: State<'_, Shell>,
    person: Option<PersonId>,
    day: Option<String>,
) -> Answer<String> {
    ask(&shell, |engine, texts| engine.diary_form(texts, person, day.as_deref()))
}

#[tauri::command(async)]
pub(crate) fn diary_past(shell: State<'_, Shell>, person: Option<PersonId>) -> Answer<String> {
    ask(&shell, |engine, texts| {
        let person = engine.diarist(person)?;
        Ok(engine.diary_sheet(texts, person, SHOWN_DAYS)?.to_markup(texts))
    })
}

#[tauri::command(async)]
pub(crate) fn set_diary(
    shell: State<'_, Shell>,
    person: PersonId,
    day: String,
    entries: Vec<(String, String)>,
) -> Answer<String> {
    ask(&shell, |engine, texts| {
        let day = engine.diary_day(Some(&day))?;
        let entry = engine.set_diary_entry(person, day, &entries)?;
        Ok(engine.diary_noted(texts, &entry))
    })
}

#[tauri::command(async)]
pub(crate) fn diary_report(shell: State<'_, Shell>, person: Option<PersonId>) -> Answer<String> {
    ask(&shell, |engine, texts| {
        let person = engine.diarist(person)?;
        Ok(engine.diary_report(texts, person, REPORT_DAYS)?.to_markup(texts))
    })
}

#[tauri::command(async)]
pub(crate) fn impact(shell: State<'_, Shell>) -> Answer<String> {
    ask(&shell, |engine, texts| Ok(engine.impact(texts)?.to_markup(texts)))
}

#[tauri::command(async)]
pub(crate) fn settings(app: AppHandle, shell: State<'_, Shell>) -> Answer<SettingsView> {
    let theme = theme::chosen(&app);
    ask(&shell, |engine, _| {
        let settings = engine.settings()?;
        Ok(SettingsView {
            language: settings.language,
            theme,
            quiet_hours: settings.quiet_hours.map(|hours| hours.to_string()),
            lead: settings.lead,
            digest: settings.digest,
            retention_years: engine.retention()?,
            has_meteo_france_key: settings.has_meteo_france_key,
            folder: engine.folder().display().to_string(),
            version: app.package_info().version.to_string(),
        })
    })
}

#[tauri::command(async)]
pub(crate) fn set_language(
    app: AppHandle,
    shell: State<'_, Shell>,
    language: Option<Language>,
) -> Answer<()> {
    ask(&shell, |engine, _| engine.set_language(language))?;
    shell::emit(&app, event::CHANGED, &());
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn set_theme(app: AppHandle, shell: State<'_, Shell>, theme: Theme) -> Answer<()> {
    theme::choose(&app, theme).map_err(|why| {
        tracing::warn!(why, "the theme is not kept");
        let texts = shell.engine().map_or_else(
            |_| Texts::new(shell::system_language()),
            |engine| shell::texts_of(&engine),
        );
        shell::body("not-kept", texts.get("error-theme-not-kept"))
    })
}

#[tauri::command(async)]
pub(crate) fn credits(shell: State<'_, Shell>) -> Answer<String> {
    ask(&shell, |_, texts| Ok(credits::credits(texts).to_markup(texts)))
}

#[tauri::command(async)]
pub(crate) fn set_quiet_hours(
    app: AppHandle,
    shell: State<'_, Shell>,
    hours: Option<String>,
) -> Answer<()> {
    ask(&shell, |engine, _| engine.set_quiet_hours(hours.as_deref()))?;
    changed(&app, &shell.engine()?);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn set_lead(app: AppHandle, shell: State<'_, Shell>, lead: Lead) -> Answer<()> {
    ask(&shell, |engine, _| engine.set_lead(lead.word()))?;
    changed(&app, &shell.engine()?);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn set_digest(
    app: AppHandle,
    shell: State<'_, Shell>,
    digest: Option<Digest>,
) -> Answer<()> {
    ask(&shell, |engine, _| engine.set_digest(digest.map(Digest::word)))?;
    changed(&app, &shell.engine()?);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn set_retention(
    app: AppHandle,
    shell: State<'_, Shell>,
    years: Option<u32>,
) -> Answer<()> {
    ask(&shell, |engine, _| engine.set_retention(years))?;
    changed(&app, &shell.engine()?);
    Ok(())
}

#[tauri::command]
pub(crate) async fn set_meteo_france_key(
    app: AppHandle,
    shell: State<'_, Shell>,
    key: Option<String>,
) -> Answer<()> {
    let engine = shell.engine()?;
    let texts = texts(&engine)?;
    let key = key.filter(|key| !key.trim().is_empty());
    let kept = engine.set_meteo_france_key(key).await;
    kept.map_err(|error| worded(&engine, &texts, error))?;
    changed(&app, &engine);
    Ok(())
}

#[tauri::command(async)]
pub(crate) fn test_notification(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> {
    let engine = shell.engine()?;
    let texts = texts(&engine)?;
    let notification = Notification {
        id: 0,
        number: 0,
        title: texts.get("test-notification-title"),
        body: texts.get("test-notification-body"),
        alerts: Vec::new(),
    };
    notifier::show(&app, &notification, &texts)
        .map_err(|why| worded(&engine, &texts, EngineError::NotShown { why }))
}

#[tauri::command(async)]
pub(crate) fn take_opened_alert(shell: State<'_, Shell>) -> Option<AlertId> {
    shell.take_opened_alert()
}

#[tauri::command(async)]
pub(crate) fn retry(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> {
    shell::open(&app);
    shell.engine().map(drop)
}

/// What is stored has changed: it is judged anew, new places are asked for, the window looks again.
fn changed(app: &AppHandle, engine: &Arc<Engine>) {
    engine.wake();
    shell::emit(app, event::CHANGED, &());
}
