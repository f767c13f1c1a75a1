//! A browser without a screen.

use std::net::TcpListener;
use std::ops::Deref;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::hands::{GLANCE, Hands};

/// Nothing that talks to anybody, and colours as they are written.
const ARGUMENTS: [&str; 12] = [
    "--headless",
    // The tests of a container run as root.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
];

/// The driver, and the browser that it starts.
#[derive(Debug)]
struct Driving(Child);

impl Drop for Driving {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // It may have ended by itself.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// A browser with one page.
#[derive(Debug)]
pub struct Browser {
    hands: Hands,
    _driver: Driving,
    _profile: TempDir,
}

impl Deref for Browser {
    type Target = Hands;

    fn deref(&self) -> &Hands {
        &self.hands
    }
}

impl Browser {
    /// Starts Chromium, which Debian's packages `chromium` and `chromium-driver` bring.
    ///
    /// # Panics
    /// Where they are not there.
    pub async fn start() -> Self {
        Self::with_letters(16).await
    }

    /// Starts it for somebody whose letters are so many pixels high; 16 is what everybody has who
    /// never set it.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub async fn with_letters(pixels: u32) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map(Driving)
            .unwrap_or_else(|error| panic!("chromedriver does not start: {error}"));
        let profile = TempDir::new().unwrap();
        let mut arguments: Vec<_> = ARGUMENTS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let preferences = json!({ "webkit.webprefs.default_font_size": pixels });
        let options = json!({ "args": arguments, "prefs": preferences });
        let capabilities = json!({ "goog:chromeOptions": options });
        let address = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.as_object().cloned().unwrap());
            match builder.connect(&address).await {
                Ok(client) => break client,
                Err(error) => {
                    tries += 1;
                    assert!(tries < 100, "Chromium does not start: {error}");
                    tokio::time::sleep(GLANCE).await;
                }
            }
        };
        Self { hands: Hands::new(client), _driver: driver, _profile: profile }
    }

    /// Loads a page.
    ///
    /// # Panics
    /// Where nobody serves it.
    pub async fn visits(&self, url: &str) {
        self.client().goto(url).await.unwrap();
    }

    /// Makes the page so many CSS pixels wide and high, whatever the window is.
    ///
    /// # Panics
    /// When the browser has gone.
    pub async fn size(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Has the page believe these media features, and no others: `prefers-contrast`, `more`.
    ///
    /// # Panics
    /// When the browser has gone.
    pub async fn believes(&self, features: &[(&str, &str)]) {
        let features: Vec<_> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// A picture of the whole page, as PNG.
    ///
    /// # Panics
    /// When the browser has gone.
    pub async fn picture(&self) -> Vec<u8> {
        self.client().screenshot().await.unwrap()
    }

    /// What a script answers with.
    ///
    /// # Panics
    /// When the script throws.
    pub async fn runs(&self, script: &str, given: Vec<Value>) -> Value {
        self.client().execute(script, given).await.unwrap()
    }

    /// What a script hands to the function that is its last argument.
    ///
    /// # Panics
    /// When the script throws, or takes half a minute.
    pub async fn awaits(&self, script: &str, given: Vec<Value>) -> Value {
        self.client().execute_async(script, given).await.unwrap()
    }

    /// A command of the browser's own protocol.
    ///
    /// # Panics
    /// When the browser refuses.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let client: &Client = self.client();
        client.issue_cmd(DevTools { command: command.to_owned(), parameters }).await.unwrap()
    }

    /// Ends it.
    ///
    /// # Panics
    /// When it has ended already.
    pub async fn close(self) {
        self.client().clone().close().await.unwrap();
    }
}

#[derive(Debug)]
struct DevTools {
    command: String,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base_url: &url::Url,
        session_id: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/goog/cdp/execute", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (Method::POST, Some(body.to_string()))
    }
}
