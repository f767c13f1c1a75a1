//! The app as a program that runs on a desk without anybody driving it: its windows as the display
//! knows them, its processes as the system does.

use std::fs;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    ClientMessageEvent, ConfigureWindowAux, ConnectionExt as _, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

use crate::desk::{Desk, GLANCE, PATIENCE};

/// The app, running.
pub(crate) struct App<'a> {
    desk: &'a Desk,
    child: Child,
    display: RustConnection,
}

impl Drop for App<'_> {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the processes of the app have in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Weight {
    /// How many processes.
    pub(crate) processes: usize,
    /// What each has resident, in kB, added up: what several share is counted for each.
    pub(crate) resident: u64,
    /// The same in kB with what several share, other programs too, divided among them.
    pub(crate) proportional: u64,
    /// What they have written, in kB, and so share with nobody: what is read from files can be given
    /// back at any time.
    pub(crate) private: u64,
}

impl<'a> App<'a> {
    /// Starts the app at a moment, on the sources behind `gateway`.
    pub(crate) fn start(
        desk: &'a Desk,
        gateway: &str,
        now: &str,
        locale: &str,
        arguments: &[&str],
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ecosante-app"));
        let child = desk
            .on(&mut command)
            .args(arguments)
            .env("ECOSANTE_GATEWAY", gateway)
            .env("ECOSANTE_NOW", now)
            .env("LC_ALL", locale)
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .spawn()
            .unwrap();
        let (display, _) = x11rb::connect(Some(desk.display())).unwrap();
        Self { desk, child, display }
    }

    /// The windows that can be seen, each with its title.
    fn windows(&self) -> Vec<(Window, String)> {
        let name = self.atom("_NET_WM_NAME");
        let text = self.atom("UTF8_STRING");
        let root = self.display.setup().roots[0].root;
        let children = self.display.query_tree(root).unwrap().reply().unwrap().children;
        let titled = |window: Window| {
            // What is gone meanwhile is no window.
            let seen = self.display.get_window_attributes(window).unwrap().reply().ok()?;
            let title = self.display.get_property(false, window, name, text, 0, 1024).unwrap();
            let title = String::from_utf8(title.reply().ok()?.value).ok()?;
            let shown = seen.map_state == MapState::VIEWABLE && title.contains("Écosanté");
            shown.then_some((window, title))
        };
        children.into_iter().filter_map(titled).collect()
    }

    fn atom(&self, name: &str) -> u32 {
        self.display.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    /// Waits until a window has this title.
    pub(crate) async fn shows(&self, title: &str) {
        let mut seen = Vec::new();
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            seen = self.windows();
            if seen.iter().any(|(_, it)| it == title) {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        self.desk.picture("no-window");
        panic!("there is no window “{title}”, but {seen:?}");
    }

    /// Whether any window of the app can be seen.
    pub(crate) fn has_window(&self) -> bool {
        !self.windows().is_empty()
    }

    /// How large the window is, in pixels.
    pub(crate) fn size(&self) -> (u16, u16) {
        let (window, _) = self.windows()[0];
        let geometry = self.display.get_geometry(window).unwrap().reply().unwrap();
        (geometry.width, geometry.height)
    }

    /// Makes the window so large, as who drags its corner, and waits until it is.
    pub(crate) async fn resizes(&self, width: u16, height: u16) {
        let (window, _) = self.windows()[0];
        let size = ConfigureWindowAux::new().width(u32::from(width)).height(u32::from(height));
        self.display.configure_window(window, &size).unwrap();
        self.display.flush().unwrap();
        self.has_size(width, height).await;
    }

    /// Waits until the window is so large.
    pub(crate) async fn has_size(&self, width: u16, height: u16) {
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if self.size() == (width, height) {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("the window is {:?}, not {width} by {height}", self.size());
    }

    /// Closes the window as a window manager does, and waits until it is gone and the processes that
    /// drew it are too.
    pub(crate) async fn closes_window(&self) {
        let (protocols, delete) = (self.atom("WM_PROTOCOLS"), self.atom("WM_DELETE_WINDOW"));
        for (window, _) in self.windows() {
            let data = [delete, x11rb::CURRENT_TIME, 0, 0, 0];
            let event = ClientMessageEvent::new(32, window, protocols, data);
            self.display.send_event(false, window, EventMask::NO_EVENT, event).unwrap();
        }
        self.display.flush().unwrap();
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if !self.has_window() && self.web_processes().is_empty() {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("what remains: {:?}, {:?}", self.windows(), self.web_processes());
    }

    /// The processes that draw what a window shows and run what is in it. Not the one that would
    /// load from the network: Tauri keeps it for the next window (tauri#14626).
    pub(crate) fn web_processes(&self) -> Vec<String> {
        let names = self.processes().into_iter().filter_map(|process| {
            let name = fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
            name.starts_with("WebKitWeb").then(|| name.trim().to_owned())
        });
        names.collect()
    }

    /// The app and all that it started.
    fn processes(&self) -> Vec<u32> {
        let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| {
                let process: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
                let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
                // One that has ended is in memory no more.
                let state = status.lines().find_map(|line| line.strip_prefix("State:"))?;
                let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
                let ended = state.trim().starts_with('Z');
                Some((process, parent.trim().parse().ok()?)).filter(|_| !ended)
            })
            .collect();
        let mut family = vec![self.child.id()];
        let mut next = 0;
        while let Some(parent) = family.get(next).copied() {
            family.extend(parents.iter().filter(|(_, it)| *it == parent).map(|(child, _)| *child));
            next += 1;
        }
        family
    }

    /// What the app has in memory right now.
    pub(crate) fn weight(&self) -> Weight {
        let mut weight = Weight::default();
        for process in self.processes() {
            let Ok(rollup) = fs::read_to_string(format!("/proc/{process}/smaps_rollup")) else {
                continue;
            };
            let of = |name: &str| -> u64 {
                let line = rollup.lines().find_map(|line| line.strip_prefix(name));
                line.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
            };
            weight.processes += 1;
            weight.resident += of("Rss:");
            weight.proportional += of("Pss:");
            weight.private += of("Private_Dirty:");
        }
        weight
    }

    /// Waits until the app has ended by itself.
    pub(crate) async fn ends(&mut self) -> ExitStatus {
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("it does not end");
    }

    /// Whether the app runs.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// How much of one processor the app takes while nothing happens, in percent.
    pub(crate) async fn work(&self, during: Duration) -> f64 {
        let before = self.ticks();
        tokio::time::sleep(during).await;
        // Of the clock that Linux counts processor time by, 100 a second.
        (self.ticks() - before) / during.as_secs_f64()
    }

    /// Hundredths of a second that its processes have worked so far.
    fn ticks(&self) -> f64 {
        let of_one = |process: u32| -> Option<f64> {
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
            // After the name, which may have anything in it.
            let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
            let user: f64 = fields.nth(11)?.parse().ok()?;
            let system: f64 = fields.next()?.parse().ok()?;
            Some(user + system)
        };
        self.processes().into_iter().filter_map(of_one).sum()
    }
}
