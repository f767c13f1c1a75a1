//! Serves the window's contents and answers their questions, on the loopback interface alone.

use std::convert::Infallible;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use ecosante_domain::decision::AlertId;
use ecosante_domain::text::Language;
use ecosante_domain::window::{CHOSEN_THEME, DEVICE_LANGUAGE, Theme};
use ecosante_engine::clock::Clock;
use ecosante_engine::contract::{self, Answer};
use ecosante_engine::host::Notification;
use ecosante_engine::http::HttpOptions;
use ecosante_engine::{Engine, Options, Refreshed};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::desk::{BrowserDesk, Shared};

/// The page, in which the shell's part is the first script.
const PAGE: &str = "index.html";
const SHELL: &str = "shell.js";

/// Where an engine stands.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The folder of its data file.
    pub folder: PathBuf,
    /// Where its clock begins to run.
    pub now: DateTime<FixedOffset>,
    /// The sources, as [`ecosante_replay::Replay::gateway`] says.
    pub gateway: String,
    /// The language of the device.
    pub language: Language,
    /// Whether sources are asked when they are due, as in the app.
    pub polls: bool,
}

/// The window's contents on an engine of their own; gone when it is dropped.
#[derive(Debug)]
pub struct Host {
    desk: Arc<BrowserDesk>,
    address: SocketAddr,
    answers: watch::Sender<bool>,
    serving: AbortHandle,
}

impl Drop for Host {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// What each connection needs.
#[derive(Clone)]
struct Serving {
    desk: Arc<BrowserDesk>,
    policy: String,
    answers: watch::Receiver<bool>,
}

impl Host {
    /// Opens the data file and serves the window's contents on a free port.
    ///
    /// # Panics
    /// Outside a runtime, where the loopback interface gives no port, or without `ui/dist`, which
    /// `cargo xtask ui` builds. A data file that cannot be used is no reason: the window says it.
    pub async fn open(setting: Setting) -> Self {
        Self::at(setting, 0).await
    }

    /// As [`Self::open`], on a port.
    ///
    /// # Panics
    /// As [`Self::open`], and where the port is taken.
    pub async fn at(setting: Setting, port: u16) -> Self {
        assert!(contents().join(PAGE).exists(), "`cargo xtask ui` builds what is to be served");
        let options = Options {
            folder: setting.folder,
            clock: Clock::from(setting.now),
            gateway: Some(setting.gateway),
            relay: None,
            language: None,
            system_language: setting.language,
            http: HttpOptions::default(),
        };
        let desk = Arc::new(BrowserDesk::new(options, setting.now, setting.polls));
        desk.open();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (answers, answering) = watch::channel(true);
        let serving = Serving { desk: Arc::clone(&desk), policy: policy(), answers: answering };
        let serving = tokio::spawn(accept(listener, serving)).abort_handle();
        Self { desk, address, answers, serving }
    }

    /// Where a browser finds it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The engine behind it.
    ///
    /// # Panics
    /// Where the data file cannot be used.
    #[must_use]
    pub fn engine(&self) -> Arc<Engine> {
        self.desk.engine().unwrap()
    }

    /// Answers a command, as the window would have it.
    ///
    /// # Errors
    /// As the contract says.
    pub async fn ask(&self, command: &str, given: &Value) -> Answer<Value> {
        contract::answer(&Shared(Arc::clone(&self.desk)), command, given).await
    }

    /// Asks every source once.
    ///
    /// # Panics
    /// Where the data file cannot be used; not where the sources fail.
    pub async fn asks(&self) -> Refreshed {
        self.desk.asks().await.unwrap()
    }

    /// The language and the theme of whatever is loaded from now on.
    ///
    /// # Panics
    /// Where the language cannot be kept.
    pub fn looks(&self, language: Language, theme: Theme) {
        self.desk.set_theme(theme);
        self.desk.set_language(language);
    }

    /// Sets the clock back to where it began to run.
    ///
    /// # Panics
    /// Where the engine polls.
    pub fn begins_anew(&self) {
        self.desk.begins_anew();
    }

    /// From now on the window's questions wait for their answers, or no longer do.
    pub fn waits(&self, waits: bool) {
        self.answers.send_replace(!waits);
    }

    /// What was shown as a notification so far.
    #[must_use]
    pub fn told(&self) -> Vec<Notification> {
        self.desk.told()
    }

    /// Has the window do what it does when a notification is clicked.
    pub fn open_alert(&self, alert: AlertId) {
        self.desk.open_alert(alert);
    }

    /// Tells the window that something has changed.
    pub fn changed(&self) {
        self.desk.changed();
    }
}

/// The window's contents as they were built.
fn contents() -> PathBuf {
    root().join("ui/dist")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The content security policy of the app.
fn policy() -> String {
    let config = fs::read_to_string(root().join("tauri.conf.json")).unwrap();
    let config: Value = serde_json::from_str(&config).unwrap();
    let policy = &config["app"]["security"]["csp"];
    let directives = policy.as_object().unwrap().iter();
    let said: Vec<_> = directives
        .map(|(directive, sources)| format!("{directive} {}", sources.as_str().unwrap()))
        .collect();
    said.join("; ")
}

async fn accept(listener: TcpListener, serving: Serving) {
    while let Ok((stream, _)) = listener.accept().await {
        let serving = serving.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let serving = serving.clone();
                async move { Ok::<_, Infallible>(serving.answer(request).await) }
            });
            let connection = hyper::server::conn::http1::Builder::new();
            // A browser that goes away in the middle of an answer is no error.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

impl Serving {
    async fn answer(mut self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path().trim_start_matches('/').to_owned();
        match path.split_once('/') {
            Some(("ask", command)) => {
                let given = request.into_body().collect().await.unwrap().to_bytes();
                let given = serde_json::from_slice(&given).unwrap_or_default();
                // A window that is kept waiting shows what it shows then.
                let _ = self.answers.wait_for(|answers| *answers).await;
                match contract::answer(&Shared(self.desk), command, &given).await {
                    Ok(answer) => said(StatusCode::OK, &answer),
                    Err(error) => said(StatusCode::UNPROCESSABLE_ENTITY, &json!(error)),
                }
            }
            Some(("events", after)) => {
                let after: usize = after.parse().unwrap_or_default();
                let mut events = self.desk.events();
                let told = events.wait_for(|events| events.len() > after).await;
                let news = told.map(|events| events.get(after..).unwrap_or_default().to_vec());
                said(StatusCode::OK, &json!(news.unwrap_or_default()))
            }
            _ if path == SHELL => {
                with(StatusCode::OK, "text/javascript", self.shell().into_bytes())
            }
            _ => self.file(if path.is_empty() { PAGE } else { &path }),
        }
    }

    /// What the shell says before anything else runs, and its part of the window.
    fn shell(&self) -> String {
        let theme = match self.desk.theme() {
            Theme::System => "",
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        format!(
            "window.{DEVICE_LANGUAGE} = {:?};\nwindow.{CHOSEN_THEME} = {theme:?};\n\
             window.ECOSANTE_TOLD = {};\n{}",
            self.desk.language().code(),
            self.desk.events().borrow().len(),
            include_str!("shell.js"),
        )
    }

    fn file(&self, path: &str) -> Response<Full<Bytes>> {
        let content_type = match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript",
            Some("css") => "text/css",
            Some("wasm") => "application/wasm",
            Some("woff2") => "font/woff2",
            _ => "text/plain; charset=utf-8",
        };
        let there = !path.split('/').any(|part| part == "..");
        let Some(bytes) = there.then(|| fs::read(contents().join(path)).ok()).flatten() else {
            return with(StatusCode::NOT_FOUND, "text/plain", Vec::new());
        };
        if path != PAGE {
            return with(StatusCode::OK, content_type, bytes);
        }
        let page = String::from_utf8(bytes).unwrap();
        let page =
            page.replacen("<script", &format!("<script src=\"{SHELL}\"></script><script"), 1);
        let mut answer = with(StatusCode::OK, content_type, page.into_bytes());
        answer.headers_mut().insert(CONTENT_SECURITY_POLICY, self.policy.parse().unwrap());
        answer
    }
}

fn said(status: StatusCode, body: &Value) -> Response<Full<Bytes>> {
    with(status, "application/json", body.to_string().into_bytes())
}

fn with(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response<Full<Bytes>> {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, content_type)
        // A page that was built anew is there at the next reload.
        .header(CACHE_CONTROL, "no-store")
        .body(Full::new(Bytes::from(body)))
        .unwrap()
}
