//! Light and dark, as the system is.

#![expect(clippy::disallowed_types, reason = "the macro of an interface writes it so")]

use ecosante_replay::Replay;
use fantoccini::key::Key;
use zbus::Connection;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::Value;

use crate::desk::Desk;
use crate::tray::lyon_for_lea;
use crate::{TUESDAY, world};

const PATH: &str = "/org/freedesktop/portal/desktop";
const LIGHT: u32 = 2;
const DARK: u32 = 1;

/// What a desktop says of how programs should look.
struct Portal(u32);

#[zbus::interface(name = "org.freedesktop.portal.Settings")]
impl Portal {
    fn read(&self, _namespace: &str, _key: &str) -> Value<'static> {
        Value::new(Value::new(self.0))
    }

    #[zbus(signal)]
    async fn setting_changed(
        emitter: &SignalEmitter<'_>,
        namespace: &str,
        key: &str,
        value: Value<'_>,
    ) -> zbus::Result<()>;
}

/// Has the desktop be light or dark from now on.
async fn turns(bus: &Connection, scheme: u32) {
    let portal = bus.object_server().interface::<_, Portal>(PATH).await.unwrap();
    portal.get_mut().await.0 = scheme;
    let space = "org.freedesktop.appearance";
    let scheme = Value::new(scheme);
    Portal::setting_changed(portal.signal_emitter(), space, "color-scheme", scheme).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_that_looks_as_the_system_does_turns_with_it() {
    let replay = Replay::start(world());
    let desk = Desk::new();
    lyon_for_lea(&desk, &replay).await;
    let bus = zbus::connection::Builder::address(desk.bus())
        .unwrap()
        .name("org.freedesktop.portal.Desktop")
        .unwrap()
        .serve_at(PATH, Portal(DARK))
        .unwrap()
        .build()
        .await
        .unwrap();
    let window = desk.open(&replay.gateway(), TUESDAY, "en_GB.UTF-8").await;
    window.reads("Checked today").await;
    window.is_dark(true).await;
    desk.picture("dark");
    turns(&bus, LIGHT).await;
    window.is_dark(false).await;
    turns(&bus, DARK).await;
    window.is_dark(true).await;

    // What was chosen stays, whatever the system does.
    window.clicks_until("Settings", "Appearance").await;
    window.clicks("Light").await;
    window.is_dark(false).await;
    turns(&bus, LIGHT).await;
    turns(&bus, DARK).await;
    assert_eq!(window.page("data-theme").await, "light");
    window.is_dark(false).await;
    window.ends_with(Key::Control, "q").await;
}
