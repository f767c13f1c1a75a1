//! Answers the commands of the window ([`ecosante_domain::window::command`]): whoever carries a
//! question here, the app's shell or a browser under test, is answered by the same code.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ecosante_domain::advice::Mark;
use ecosante_domain::contract::ErrorBody;
use ecosante_domain::credits;
use ecosante_domain::decision::{AlertId, Lead};
use ecosante_domain::digest::Digest;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::sheet::Section;
use ecosante_domain::text::{Language, Texts};
use ecosante_domain::window::{
    DesktopChange, DesktopView, Permission, PlaceAdded, SettingsView, Theme, command,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::engine::{Engine, Result as EngineResult};
use crate::error::EngineError;
use crate::host::Notification;
use crate::portable::ExportForm;
use crate::saving;
use crate::store::StoreError;
use crate::{REPORT_DAYS, SHOWN_DAYS};

/// How many days back it is shown what a limit would have told.
const REHEARSED_DAYS: u32 = 30;

/// Over how many days it is shown what was sent.
const SENT_DAYS: u32 = 30;

/// The code of an error about a command that does not exist: window and engine are not of one build.
const UNKNOWN: &str = "unknown-command";

/// The code of an error about arguments that are none of the command's.
const NOT_UNDERSTOOD: &str = "not-understood";

/// What a command answers.
pub type Answer<T> = Result<T, ErrorBody>;

/// What surrounds the window and the engine: what commands ask for that the engine cannot do.
pub trait Desk: Send + Sync {
    /// The engine.
    ///
    /// # Errors
    /// Why there is none, in words.
    fn engine(&self) -> Answer<Arc<Engine>>;

    /// Opens the data file and starts the engine, unless it runs.
    fn reopen(&self);

    /// The language of the system.
    fn language(&self) -> Language;

    /// The version of the app.
    fn version(&self) -> String;

    /// How the window looks.
    fn theme(&self) -> Theme;

    /// Has the window look so from now on.
    ///
    /// # Errors
    /// Why that is not kept, for whoever looks for the cause.
    fn set_theme(&self, theme: Theme) -> Result<(), String>;

    /// Forgets how the window and the app are wanted.
    ///
    /// # Errors
    /// Why that is not possible, for whoever looks for the cause.
    fn forget(&self) -> Result<(), String> {
        self.set_theme(Theme::System)
    }

    /// Shows a notification.
    ///
    /// # Errors
    /// What the system says when it refuses.
    fn notify(&self, notification: &Notification, texts: &Texts) -> Result<(), String>;

    /// The alert whose notification was clicked since this was last asked.
    fn take_opened_alert(&self) -> Option<AlertId>;

    /// The place that was chosen outside the window since this was last asked.
    fn take_opened_place(&self) -> Option<PlaceId> {
        None
    }

    /// How the app is wanted on this desktop; `None` on phones, where the system decides.
    fn desktop(&self) -> Option<DesktopView> {
        None
    }

    /// Has the app be so from now on.
    ///
    /// # Errors
    /// What stands in the way, for whoever looks for the cause.
    fn set_desktop(&self, change: DesktopChange) -> Result<(), String> {
        let _ = change;
        Ok(())
    }

    /// Whether the system lets the app show notifications.
    fn permission(&self) -> Permission {
        Permission::Granted
    }

    /// Has the system ask the person for it, where nobody has said so yet; what they said.
    fn ask_permission(&self) -> Permission {
        self.permission()
    }

    /// Closes the window, or ends the app.
    fn close(&self, app: bool) {
        let _ = app;
    }

    /// The folder into which the person's own programs save what they are asked to; `None` where
    /// the system has none.
    fn downloads(&self) -> Option<PathBuf>;

    /// Shows a file in its folder.
    ///
    /// # Errors
    /// Why it is not shown, for whoever looks for the cause; where nothing shows files, always.
    fn reveal(&self, _: &Path) -> Result<(), String> {
        Err("nothing shows files here".to_owned())
    }

    /// Another address than [`FEEDBACK`] at which people say what they think.
    fn feedback(&self) -> Option<String> {
        None
    }

    /// Has the window ask again: what is stored or judged has changed.
    fn changed(&self);
}

/// Where people say what they think, unless it was built for another place or the desk knows better.
pub const FEEDBACK: &str = match option_env!("ECOSANTE_FEEDBACK_URL") {
    Some(address) => address,
    None => "https://github.com/ecosante/ecosante/issues",
};

/// An address at which people may say what they think: a page that nobody reads on the way, or a
/// letter.
fn is_address(text: &str) -> bool {
    ["https://", "mailto:"]
        .iter()
        .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
}

/// Answers a command; `arguments` is an object, as [`command`] says for each.
///
/// # Errors
/// What went wrong, in the language of the person. A command that does not exist, or arguments that
/// are none of its, have no message, only a code.
pub async fn answer(desk: &dyn Desk, name: &str, arguments: &Value) -> Answer<Value> {
    let given = Given(arguments);
    match name {
        command::RETRY => {
            desk.reopen();
            return desk.engine().and_then(|_| json(()));
        }
        command::TAKE_OPENED_ALERT => return json(desk.take_opened_alert()),
        command::TAKE_OPENED_PLACE => return json(desk.take_opened_place()),
        command::CLOSE => {
            desk.close(given.get("app")?);
            return json(());
        }
        command::SET_THEME => return set_theme(desk, given.get("theme")?).and_then(json),
        _ => {}
    }
    let engine = desk.engine()?;
    let texts = match engine.texts() {
        Ok(texts) => texts,
        Err(error) => return Err(worded(&engine, &Texts::new(desk.language()), error)),
    };
    let asked = Asked { desk, engine: &engine, texts: &texts };
    asked.answer(name, &given).await
}

/// Keeps how the window looks, whatever becomes of the engine.
fn set_theme(desk: &dyn Desk, theme: Theme) -> Answer<()> {
    desk.set_theme(theme).map_err(|why| {
        tracing::warn!(why, "the theme is not kept");
        let spoken = desk.engine().ok().and_then(|engine| engine.texts().ok());
        let texts = spoken.unwrap_or_else(|| Texts::new(desk.language()));
        body("not-kept", texts.get("error-theme-not-kept"))
    })
}

/// What an open engine is asked.
struct Asked<'a> {
    desk: &'a dyn Desk,
    engine: &'a Arc<Engine>,
    texts: &'a Texts,
}

impl Asked<'_> {
    async fn answer(&self, name: &str, given: &Given<'_>) -> Answer<Value> {
        let (engine, texts) = (self.engine, self.texts);
        match name {
            command::OVERVIEW => self.reply(engine.overview(texts)),
            command::ALERTS => self.reply(engine.alert_cards(texts, given.get("days")?)),
            command::EXPLAIN => {
                let id = given.get("id")?;
                // Whoever reads why has opened it.
                self.reply(engine.open_alert(id).and_then(|()| engine.alert_detail(texts, id)))
            }
            command::RATE_ALERT => {
                self.reply(engine.rate_alert(given.get("id")?, given.get("useful")?))
            }
            command::MUTE => self.change(engine.mute(
                given.get("person")?,
                given.get("metric")?,
                given.get("how")?,
            )),
            command::REHEARSE => {
                let (person, metric) = (given.get("person")?, given.get("metric")?);
                let limits = engine.rehearse_limits(texts, person, metric, REHEARSED_DAYS);
                self.reply(limits.map(|limits| {
                    limits.into_iter().map(|limit| limit.sentence).collect::<Vec<_>>()
                }))
            }
            command::WHY => self.why(given),
            command::MARK_ADVICE => {
                let advice: String = given.get("advice")?;
                let mark: Mark = given.get("mark")?;
                self.reply(engine.mark_advice(given.get("person")?, &advice, mark))
            }
            command::REFRESH => self.reply(engine.ask_all()),
            command::SUGGEST_PLACES => json(engine.suggest_places(&given.get::<String>("query")?)),
            command::SEARCH_PLACES => {
                let query: String = given.get("query")?;
                self.reply(engine.search_places(&query, true, texts.language()).await)
            }
            command::ADD_PLACE => {
                let query: String = given.get("query")?;
                let name: Option<String> = given.get("name")?;
                let added = engine.add_place(&query, name.as_deref(), texts.language()).await;
                self.change(added.map(|added| PlaceAdded {
                    id: added.place.id,
                    name: added.place.name,
                    already: added.already,
                }))
            }
            command::REMOVE_PLACE => self.change(engine.remove_place(given.get("id")?)),
            command::PEOPLE => self.reply(engine.people()),
            command::SET_PROFILE => {
                let person: Option<String> = given.get("person")?;
                let entries: Vec<(String, String)> = given.get("entries")?;
                self.change(engine.set_profile(person.as_deref(), &entries))
            }
            command::REMOVE_PERSON => self.change(engine.remove_person(given.get("id")?)),
            command::LIMITS => self.reply(engine.limits(texts)),
            command::INDEX => {
                self.reply(engine.index(texts, given.get("place")?, given.get("metric")?))
            }
            command::HISTORY => self.reply(engine.history_view(texts, &given.all()?)),
            command::HISTORY_MOMENT => self.reply(engine.history_moments(texts, &given.all()?)),
            command::HISTORY_TABLE => {
                self.reply(engine.history_table(texts, &given.all()?, given.get("chart")?))
            }
            command::HISTORY_PICTURE => {
                self.reply(engine.history_picture(texts, &given.all()?, given.get("chart")?))
            }
            command::HISTORY_FILE => self.history_file(given),
            command::DIARY => {
                let day: Option<String> = given.get("day")?;
                self.reply(engine.diary_form(texts, given.get("person")?, day.as_deref()))
            }
            command::DIARY_PAST => self.of_diarist(given, |person| {
                Ok(engine.diary_sheet(texts, person, SHOWN_DAYS)?.to_markup(texts))
            }),
            command::SET_DIARY => {
                let (person, day): (_, String) = (given.get("person")?, given.get("day")?);
                let entries: Vec<(String, String)> = given.get("entries")?;
                let noted = engine.diary_day(Some(&day)).and_then(|day| {
                    let entry = engine.set_diary_entry(person, day, &entries)?;
                    Ok(engine.diary_noted(texts, &entry))
                });
                self.reply(noted)
            }
            command::DIARY_REPORT => self.of_diarist(given, |person| {
                Ok(engine.diary_report(texts, person, REPORT_DAYS)?.to_titled_markup(texts))
            }),
            command::IMPACT => self.reply(engine.impact(texts).map(|sheet| sheet.to_markup(texts))),
            command::CREDITS => json(credits::credits(texts).to_markup(texts)),
            _ => self.of_device(name, given).await,
        }
    }

    /// What is set for the device.
    async fn of_device(&self, name: &str, given: &Given<'_>) -> Answer<Value> {
        let engine = self.engine;
        match name {
            command::SETTINGS => self.reply(self.settings()),
            command::SET_LANGUAGE => {
                let kept = engine.set_language(given.get("language")?);
                // Nothing is judged anew for it.
                self.reply(kept.inspect(|()| self.desk.changed()))
            }
            command::SET_QUIET_HOURS => {
                let hours: Option<String> = given.get("hours")?;
                self.change(engine.set_quiet_hours(hours.as_deref()))
            }
            command::SET_LEAD => self.change(engine.set_lead(given.get::<Lead>("lead")?.word())),
            command::SET_DIGEST => {
                let digest: Option<Digest> = given.get("digest")?;
                self.change(engine.set_digest(digest.map(Digest::word)))
            }
            command::SET_RETENTION => self.change(engine.set_retention(given.get("years")?)),
            command::SET_RELAY => {
                let address: Option<String> = given.get("address")?;
                self.change(engine.set_relay(&address.unwrap_or_default()))
            }
            command::SET_METEO_FRANCE_KEY => {
                let key: Option<String> = given.get("key")?;
                let key = key.filter(|key| !key.trim().is_empty());
                self.change(engine.set_meteo_france_key(key).await)
            }
            command::TEST_NOTIFICATION => self.reply(self.test_notification()),
            command::ALLOW_NOTIFICATIONS => {
                let permission = self.desk.ask_permission();
                // What waited for it is told, or planned.
                self.change(Ok(permission))
            }
            command::SET_DESKTOP => self.set_desktop(given.all()?),
            _ => self.in_hand(name, given).await,
        }
    }

    /// The person's data in their hands.
    async fn in_hand(&self, name: &str, given: &Given<'_>) -> Answer<Value> {
        let (engine, texts) = (self.engine, self.texts);
        match name {
            command::SENT => {
                let sheet = engine.sent_sheet(texts, SENT_DAYS);
                self.reply(sheet.map(|sheet| sheet.to_markup(texts)))
            }
            command::EXPORT => {
                let form: ExportForm = given.get("form")?;
                let folder = self.desk.downloads().ok_or(EngineError::NoDownloads);
                let saved = folder.and_then(|folder| engine.export_into(&folder, form));
                self.reply(saved.map(|path| {
                    texts.format("data-saved", [("path", path.display().to_string().into())])
                }))
            }
            command::SHOW_EXPORT => {
                if let Some(path) = engine.last_export()
                    && let Err(why) = self.desk.reveal(&path)
                {
                    tracing::warn!(why, "the export is not shown");
                }
                json(())
            }
            command::IMPORT => {
                let (piece, first): (String, bool) = (given.get("piece")?, given.get("first")?);
                let kept = engine.keep_arriving(&piece, first);
                if kept.is_err() || !given.get("last")? {
                    return self.reply(kept);
                }
                let imported = engine.import_arrived().await;
                self.change(imported.map(|imported| imported.sentence(texts)))
            }
            command::ERASE => {
                let erased = engine.erase().await;
                if erased.is_ok()
                    && let Err(why) = self.desk.forget()
                {
                    tracing::warn!(why, "how the window is wanted is not forgotten");
                }
                self.change(erased.map(|erased| erased.sentence(texts)))
            }
            _ => {
                tracing::warn!(name, "there is no such command");
                Err(body(UNKNOWN, String::new()))
            }
        }
    }

    fn why(&self, given: &Given<'_>) -> Answer<Value> {
        let (person, place) = (given.get("person")?, given.get("place")?);
        let date: Option<String> = given.get("date")?;
        let sheet = self.engine.why_of(self.texts, person, place, date.as_deref());
        self.reply(sheet.map(|mut sheet| {
            // Of whom, where and which day: the heading of the screen says only what it is.
            let title = std::mem::take(&mut sheet.title);
            sheet.sections.insert(0, Section::of_lines(None, vec![title]));
            sheet.to_markup(self.texts)
        }))
    }

    fn of_diarist(
        &self,
        given: &Given<'_>,
        page: impl FnOnce(PersonId) -> EngineResult<String>,
    ) -> Answer<Value> {
        let person = given.get("person")?;
        self.reply(self.engine.diarist(person).and_then(page))
    }

    /// Keeps a chart of the past, or the data behind it, among the downloads.
    fn history_file(&self, given: &Given<'_>) -> Answer<Value> {
        let (look, chart, form) = (given.all()?, given.get("chart")?, given.get("form")?);
        let file = self.engine.history_file(self.texts, &look, chart, form);
        let file = file.map_err(|error| worded(self.engine, self.texts, error))?;
        let content = match file.content {
            Some(content) => content,
            // What the window drew of the picture that it was given.
            None => BASE64
                .decode(given.get::<String>("picture")?)
                .map_err(|error| not_understood("picture", &error.to_string()))?,
        };
        let saved = self.save(&file.name, &content);
        self.reply(saved.map(|path| {
            self.texts.format("history-saved", [("path", path.display().to_string().into())])
        }))
    }

    /// Keeps a file among the downloads, beside what is there.
    fn save(&self, name: &str, content: &[u8]) -> EngineResult<PathBuf> {
        let folder = self.desk.downloads().ok_or(EngineError::NoDownloads)?;
        let refused =
            |path: PathBuf, error: &io::Error| EngineError::Export { path, why: error.to_string() };
        let created = saving::create(&folder, name);
        let (mut file, path) = created.map_err(|error| refused(folder.join(name), &error))?;
        let written = file.write_all(content).and_then(|()| file.sync_all());
        written.map_err(|error| {
            // Half a file is worse than none; where it stays, its name was said by nobody.
            let _ = fs::remove_file(&path);
            refused(path.clone(), &error)
        })?;
        Ok(path)
    }

    fn settings(&self) -> EngineResult<SettingsView> {
        let settings = self.engine.settings()?;
        Ok(SettingsView {
            language: settings.language,
            theme: self.desk.theme(),
            desktop: self.desk.desktop(),
            permission: self.desk.permission(),
            quiet_hours: settings.quiet_hours.map(|hours| hours.to_string()),
            lead: settings.lead,
            digest: settings.digest,
            retention_years: self.engine.retention()?,
            has_meteo_france_key: settings.has_meteo_france_key,
            relay: settings.relay,
            folder: self.engine.folder().display().to_string(),
            version: self.desk.version(),
            feedback: self
                .desk
                .feedback()
                .filter(|address| is_address(address))
                .unwrap_or_else(|| FEEDBACK.to_owned()),
        })
    }

    fn set_desktop(&self, change: DesktopChange) -> Answer<Value> {
        let set = self.desk.set_desktop(change).map_err(|why| {
            tracing::warn!(why, "the desktop stays as it was");
            body("not-kept", self.texts.get("error-desktop-not-kept"))
        });
        set.and_then(json)
    }

    fn test_notification(&self) -> EngineResult<()> {
        let notification = Notification {
            id: 0,
            number: 0,
            title: self.texts.get("test-notification-title"),
            body: self.texts.get("test-notification-body"),
            alerts: Vec::new(),
        };
        let shown = self.desk.notify(&notification, self.texts);
        shown.map_err(|why| EngineError::NotShown { why })
    }

    fn reply<T: Serialize>(&self, answer: EngineResult<T>) -> Answer<Value> {
        answer.map_err(|error| worded(self.engine, self.texts, error)).and_then(json)
    }

    /// Replies; what is stored has changed: it is judged anew, new places are asked for, the window
    /// looks again.
    fn change<T: Serialize>(&self, answer: EngineResult<T>) -> Answer<Value> {
        let changed = answer.inspect(|_| {
            self.engine.wake();
            self.desk.changed();
        });
        self.reply(changed)
    }
}

/// The arguments of a command.
struct Given<'a>(&'a Value);

impl Given<'_> {
    /// An argument; one that is not there is null.
    fn get<T: DeserializeOwned>(&self, name: &str) -> Answer<T> {
        let value = self.0.get(name).cloned().unwrap_or_default();
        serde_json::from_value(value).map_err(|error| not_understood(name, &error.to_string()))
    }

    /// All of them as what they stand for together.
    fn all<T: DeserializeOwned>(&self) -> Answer<T> {
        let all = serde_json::from_value(self.0.clone());
        all.map_err(|error| not_understood("arguments", &error.to_string()))
    }
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

fn json(answer: impl Serialize) -> Answer<Value> {
    serde_json::to_value(answer).map_err(|error| not_understood("answer", &error.to_string()))
}

/// For whoever builds the two ends; the window has a sentence of its own for it.
fn not_understood(what: &str, why: &str) -> ErrorBody {
    tracing::warn!(what, why, "a question of the window is not understood");
    body(NOT_UNDERSTOOD, String::new())
}

fn body(code: &str, message: String) -> ErrorBody {
    ErrorBody { code: code.to_owned(), message, retry_after_s: None }
}

#[cfg(test)]
mod tests {
    use ecosante_domain::window::COMMANDS;
    use serde_json::json;

    use super::*;
    use crate::Options;
    use crate::clock::Clock;
    use crate::http::HttpOptions;

    /// A desk with an engine on it and nothing else.
    struct Bare(Arc<Engine>);

    impl Bare {
        fn new(folder: &tempfile::TempDir) -> Self {
            let options = Options {
                folder: folder.path().to_owned(),
                clock: Clock::System,
                // Nobody answers there: no test asks the world.
                gateway: Some("http://127.0.0.1:9".to_owned()),
                relay: None,
                language: None,
                system_language: Language::En,
                http: HttpOptions::default(),
            };
            Self(Arc::new(Engine::open(options).expect("the folder is new")))
        }
    }

    impl Desk for Bare {
        fn engine(&self) -> Answer<Arc<Engine>> {
            Ok(Arc::clone(&self.0))
        }

        fn reopen(&self) {}

        fn language(&self) -> Language {
            Language::En
        }

        fn version(&self) -> String {
            "0".to_owned()
        }

        fn theme(&self) -> Theme {
            Theme::System
        }

        fn set_theme(&self, _: Theme) -> Result<(), String> {
            Err("nowhere to keep it".to_owned())
        }

        fn notify(&self, _: &Notification, _: &Texts) -> Result<(), String> {
            Err("nobody shows it".to_owned())
        }

        fn take_opened_alert(&self) -> Option<AlertId> {
            None
        }

        fn downloads(&self) -> Option<PathBuf> {
            None
        }

        fn changed(&self) {}
    }

    #[tokio::test]
    async fn every_command_of_the_contract_is_known() {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Bare::new(&folder);
        for name in COMMANDS {
            let answered = answer(&desk, name, &json!({})).await;
            let code = answered.err().map(|error| error.code);
            assert_ne!(code.as_deref(), Some(UNKNOWN), "{name}");
        }
    }

    #[tokio::test]
    async fn what_is_no_command_is_refused_and_so_are_arguments_of_another_kind() {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Bare::new(&folder);
        let unknown = answer(&desk, "no_such", &json!({})).await;
        assert_eq!(unknown.map_err(|error| error.code), Err(UNKNOWN.to_owned()));
        for (name, given) in [
            (command::ALERTS, json!({ "days": "many" })),
            (command::ALERTS, json!([])),
            (command::SUGGEST_PLACES, json!({})),
        ] {
            let refused = answer(&desk, name, &given).await;
            assert_eq!(
                refused.map_err(|error| error.code),
                Err(NOT_UNDERSTOOD.to_owned()),
                "{name}"
            );
        }
    }

    #[test]
    fn what_people_think_goes_to_a_page_or_by_letter_and_nowhere_else() {
        assert!(is_address(FEEDBACK), "{FEEDBACK}");
        assert!(is_address("https://example.org/say") && is_address("mailto:a@example.org"));
        for other in ["", "https://", "http://example.org", "javascript:alert(1)", "file:///etc"] {
            assert!(!is_address(other), "{other}");
        }
    }

    #[tokio::test]
    async fn what_arrives_in_pieces_is_taken_over_as_a_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Bare::new(&folder);
        desk.0.set_profile(Some("Léa"), &[]).expect("a person");
        let mut export = Vec::new();
        desk.0.export_json(&mut export).expect("exported");
        let export = String::from_utf8(export).expect("a text").replace("Léa", "Noé");
        let (one, other) = export.split_at(export.len() / 2);
        let piece = |piece: &str, first: bool, last: bool| json!({ "piece": piece, "first": first, "last": last });
        let refused = answer(&desk, command::IMPORT, &piece(other, true, true)).await;
        assert_eq!(refused.map_err(|error| error.code), Err("import-foreign".to_owned()));
        let begun = answer(&desk, command::IMPORT, &piece(one, true, false)).await;
        assert_eq!(begun, Ok(Value::Null));
        assert_eq!(desk.0.people().expect("people").len(), 2);
        let done = answer(&desk, command::IMPORT, &piece(other, false, true)).await;
        assert_eq!(done, Ok(json!("Taken over: 1 person. What was here before has stayed.")));
        assert_eq!(desk.0.people().expect("people").len(), 3);
        assert!(!folder.path().join("arriving.json").exists(), "nothing of it is left");
    }

    #[tokio::test]
    async fn what_the_desk_cannot_do_is_said_in_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Bare::new(&folder);
        let theme = answer(&desk, command::SET_THEME, &json!({ "theme": "dark" })).await;
        assert_eq!(theme.map_err(|error| error.code), Err("not-kept".to_owned()));
        let test = answer(&desk, command::TEST_NOTIFICATION, &json!({})).await;
        let error = test.expect_err("nobody shows it");
        assert!(error.message.contains("notification"), "{error:?}");
    }
}
