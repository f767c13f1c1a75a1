//! A desk of its own for each journey: a display, a message bus, whoever shows notifications, and
//! the driver that stands in for hands and eyes.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::ops::Deref;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use ecosante_browser::Hands;
pub(crate) use ecosante_browser::{GLANCE, PATIENCE};
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

/// Notifications stay until they are clicked, over the window and not beside it.
const DUNST: &str = "[global]\n\
                     markup = full\n\
                     format = \"<b>%s</b>\\n%b\"\n\
                     idle_threshold = 0\n\
                     font = sans 10\n\
                     width = 340\n\
                     origin = top-right\n\
                     offset = 216x72\n\
                     frame_width = 1\n\
                     [urgency_normal]\n\
                     timeout = 0\n\
                     background = \"#2a2824\"\n\
                     foreground = \"#eeebe4\"\n\
                     frame_color = \"#857e72\"\n";

/// A program that ends with the desk.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The driver and the app that it starts: killed alone, it leaves the app behind now and then.
struct Driving(Running);

impl Drop for Driving {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.0.id());
        // It may have ended by itself.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    }
}

/// A desk with nothing on it yet.
pub(crate) struct Desk {
    home: TempDir,
    display: String,
    bus: String,
    notifications: Receiver<Notification>,
    // Ended in this order.
    _dunst: Running,
    _bus: Running,
    _xvfb: Running,
}

/// A notification as it was shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notification {
    pub(crate) summary: String,
    pub(crate) body: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let home = TempDir::new().unwrap();
        let (xvfb, display) = xvfb();
        let (bus_daemon, bus) = bus();
        let (dunst, notifications) = dunst(home.path(), &display, &bus);
        Self { home, display, bus, notifications, _dunst: dunst, _bus: bus_daemon, _xvfb: xvfb }
    }

    /// The folder of the person.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Waits until something is so.
    pub(crate) async fn waits_until(&self, is_so: impl Fn() -> bool) {
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if is_so() {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("it never is");
    }

    /// The address of its message bus.
    pub(crate) fn bus(&self) -> &str {
        &self.bus
    }

    /// The name of its display.
    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    /// A program that runs on it.
    pub(crate) fn on<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        on_desk(command, self.home.path(), &self.display, &self.bus)
    }

    /// Where the app keeps its data.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join(".local/share/ecosante")
    }

    /// The folder of downloads, which the system names so.
    pub(crate) fn downloads(&self) -> PathBuf {
        let settings = self.home.path().join(".config");
        std::fs::create_dir_all(&settings).unwrap();
        let named = "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n";
        std::fs::write(settings.join("user-dirs.dirs"), named).unwrap();
        self.home.path().join("Downloads")
    }

    /// The next notification that is shown.
    pub(crate) fn notification(&self) -> Notification {
        self.notifications.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            self.picture("no-notification");
            panic!("no notification is shown")
        })
    }

    /// Any notification that is shown within a few seconds.
    pub(crate) fn notification_soon(&self) -> Option<Notification> {
        self.notifications.recv_timeout(Duration::from_secs(5)).ok()
    }

    /// Clicks on the notification that was shown last.
    pub(crate) fn click_notification(&self) {
        let mut command = Command::new("dunstctl");
        let status = self.on(&mut command).args(["action", "0"]).status().unwrap();
        assert!(status.success());
    }

    /// Chooses an action in the menu of the notification that was shown last.
    pub(crate) fn chooses(&self, action: &str) {
        std::fs::write(self.home.path().join("choice"), action).unwrap();
        let mut command = Command::new("dunstctl");
        let status = self.on(&mut command).arg("context").status().unwrap();
        assert!(status.success());
    }

    /// Opens the app at a moment, on the sources behind `gateway`.
    pub(crate) async fn open(&self, gateway: &str, now: &str, locale: &str) -> Window {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("WebKitWebDriver");
        let driver = self
            .on(&mut command)
            .arg(format!("--port={port}"))
            .env("ECOSANTE_GATEWAY", gateway)
            .env("ECOSANTE_NOW", now)
            .env("LC_ALL", locale)
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .map(|driver| Driving(Running(driver)))
            .unwrap_or_else(|error| panic!("WebKitWebDriver does not start: {error}"));
        let options = json!({ "binary": env!("CARGO_BIN_EXE_ecosante-app"), "args": [] });
        let capabilities = json!({ "webkitgtk:browserOptions": options });
        let address = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.as_object().cloned().unwrap());
            match builder.connect(&address).await {
                Ok(client) => break client,
                Err(error) => {
                    tries += 1;
                    assert!(tries < 100, "the app does not open: {error}");
                    tokio::time::sleep(GLANCE).await;
                }
            }
        };
        Window { hands: Hands::new(client), _driver: driver }
    }

    /// Starts the app once more, as a second click on its icon does; `true` where it hands over to
    /// the one that is open.
    pub(crate) fn is_handed_over(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ecosante-app"));
        let mut again = Running(self.on(&mut command).args(arguments).spawn().unwrap());
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if let Some(status) = again.0.try_wait().unwrap() {
                return status.success();
            }
            thread::sleep(GLANCE);
        }
        false
    }

    /// A picture of the window and what lies over it, kept where `ECOSANTE_PICTURES` says, if it says so.
    pub(crate) fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("ECOSANTE_PICTURES") else { return };
        std::fs::create_dir_all(&folder).unwrap();
        let file = Path::new(&folder).join(name).with_extension("png");
        let mut command = Command::new("import");
        let taken = self
            .on(&mut command)
            .args(["-window", "root", "-crop", "1080x800+0+0", "+repage"])
            .arg(file)
            .status();
        assert!(taken.is_ok_and(|status| status.success()), "no picture of {name}");
    }
}

fn on_desk<'a>(command: &'a mut Command, home: &Path, display: &str, bus: &str) -> &'a mut Command {
    command
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env("XDG_CACHE_HOME", home.join(".cache"))
        .env("XDG_DATA_HOME", home.join(".local/share"))
        .env("DISPLAY", display)
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("ECOSANTE_DATA_DIR")
        .env_remove("LANGUAGE")
        .stdin(Stdio::null())
}

/// A display of a size that shows a whole screen of the app; it names itself.
fn xvfb() -> (Running, String) {
    let mut child = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("Xvfb does not start: {error}"));
    let number = first_line(&mut child);
    (Running(child), format!(":{number}"))
}

fn bus() -> (Running, String) {
    let mut child = Command::new("dbus-daemon")
        .args(["--session", "--nofork", "--print-address=1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("dbus-daemon does not start: {error}"));
    let address = first_line(&mut child);
    (Running(child), address)
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let line = line.trim().to_owned();
    assert!(!line.is_empty(), "it says nothing");
    line
}

/// Shows notifications until they are clicked, and prints each.
fn dunst(home: &Path, display: &str, bus: &str) -> (Running, Receiver<Notification>) {
    let settings = home.join("dunstrc");
    // What a person would choose in the menu of a notification, see `Desk::chooses`.
    let menu = home.join("menu");
    std::fs::write(&menu, "#!/bin/sh\ngrep -F -m 1 \"$(cat \"$HOME/choice\")\"\n").unwrap();
    std::fs::set_permissions(&menu, std::fs::Permissions::from_mode(0o700)).unwrap();
    let text = DUNST.replace("[global]", &format!("[global]\ndmenu = {}", menu.display()));
    std::fs::write(&settings, text).unwrap();
    let mut command = Command::new("dunst");
    let mut dunst = on_desk(&mut command, home, display, bus)
        .arg("-print")
        .arg("-config")
        .arg(&settings)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Running)
        .unwrap_or_else(|error| panic!("dunst does not start: {error}"));
    let printed = dunst.0.stdout.take().unwrap();
    let (sender, notifications) = mpsc::channel();
    thread::spawn(move || {
        let mut block = String::new();
        for line in BufReader::new(printed).lines().map_while(Result::ok) {
            if line == "{" {
                block.clear();
            }
            block.push_str(&line);
            block.push('\n');
            if line == "}" && sender.send(Notification::printed(&block)).is_err() {
                break;
            }
        }
    });
    // It is there once the bus knows its name.
    for _ in 0..100 {
        let mut command = Command::new("dbus-send");
        let known = on_desk(&mut command, home, display, bus)
            .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus"])
            .args(["/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner"])
            .arg("string:org.freedesktop.Notifications")
            .stderr(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut answer = String::new();
        let mut known = Running(known);
        known.0.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
        if answer.contains("boolean true") {
            return (dunst, notifications);
        }
        thread::sleep(GLANCE);
    }
    panic!("dunst does not answer");
}

impl Notification {
    /// From the block that dunst prints: `summary: '…'`, `body: '…'` over several lines.
    fn printed(block: &str) -> Self {
        let field = |name: &str| {
            let begin = format!("\t{name}: '");
            let rest = block.split_once(&begin).map_or("", |(_, rest)| rest);
            rest.split_once("'\n\t").map_or("", |(text, _)| text).to_owned()
        };
        Self { summary: field("summary"), body: field("body") }
    }
}

/// The app, open.
pub(crate) struct Window {
    hands: Hands,
    _driver: Driving,
}

impl Deref for Window {
    type Target = Hands;

    fn deref(&self) -> &Hands {
        &self.hands
    }
}

impl Window {
    /// Closes the app.
    pub(crate) async fn close(self) {
        self.client().clone().close().await.unwrap();
    }
}
