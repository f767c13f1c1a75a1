//! What shows icons in the tray of a desk: it takes them in, and reads and clicks them as a panel
//! does, over the bus.

#![expect(clippy::disallowed_types, reason = "the bus hands it over so, and it is only looked up")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::zvariant::{OwnedValue, Structure, Value};
use zbus::{Connection, Proxy};

use crate::desk::{Desk, GLANCE, PATIENCE};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// A panel that is running.
pub(crate) struct Panel {
    bus: Connection,
    items: Arc<Mutex<Vec<String>>>,
}

/// Where icons announce themselves.
struct Watcher(Arc<Mutex<Vec<String>>>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str) {
        self.0.lock().unwrap().push(service.to_owned());
    }

    fn register_status_notifier_host(&self, _host: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// An icon as it is handed over: its width and height, and its pixels in lines: opacity, red, green,
/// blue.
type Pixmap = (i32, i32, Vec<u8>);

/// What a menu is made of: its number, what it is like, and what is below it.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// A line of the menu: its number, what it says, and what it is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    number: i32,
    pub(crate) says: String,
    /// Whether it can be chosen.
    pub(crate) can: bool,
    /// Whether it is on; none for what is neither on nor off.
    pub(crate) on: Option<bool>,
}

impl Panel {
    /// On a desk where nobody shows icons yet.
    pub(crate) async fn new(desk: &Desk) -> Self {
        let items = Arc::default();
        let bus = zbus::connection::Builder::address(desk.bus())
            .unwrap()
            .name(WATCHER)
            .unwrap()
            .serve_at("/StatusNotifierWatcher", Watcher(Arc::clone(&items)))
            .unwrap()
            .build()
            .await
            .unwrap();
        Self { bus, items }
    }

    /// The icon that announced itself last; waits for the first.
    async fn item(&self, interface: &'static str, path: &'static str) -> Proxy<'static> {
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            let last = self.items.lock().unwrap().last().cloned();
            if let Some(name) = last {
                // Asked each time: what was said before is of the past.
                return zbus::proxy::Builder::new(&self.bus)
                    .destination(name)
                    .and_then(|it| it.path(path))
                    .and_then(|it| it.interface(interface))
                    .unwrap()
                    .cache_properties(zbus::proxy::CacheProperties::No)
                    .build()
                    .await
                    .unwrap();
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("no icon comes into the tray")
    }

    /// What the icon says when somebody points at it.
    pub(crate) async fn tooltip(&self) -> String {
        let item = self.item(ITEM, "/StatusNotifierItem").await;
        let tip: (String, Vec<Pixmap>, String, String) =
            item.get_property::<OwnedValue>("ToolTip").await.unwrap().try_into().unwrap();
        tip.3
    }

    /// Waits until the icon says something when somebody points at it.
    pub(crate) async fn says(&self, words: &str) {
        let mut said = String::new();
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            said = self.tooltip().await;
            if said.contains(words) {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("the tray never says “{words}”, but “{said}”");
    }

    /// The icon, of so many pixels across.
    pub(crate) async fn icon(&self, size: i32) -> Vec<u8> {
        let item = self.item(ITEM, "/StatusNotifierItem").await;
        let icons: Vec<Pixmap> =
            item.get_property::<OwnedValue>("IconPixmap").await.unwrap().try_into().unwrap();
        let icon = icons.into_iter().find(|icon| icon.0 == size);
        icon.unwrap_or_else(|| panic!("no icon of {size} pixels")).2
    }

    /// A click on the icon itself.
    pub(crate) async fn clicks(&self) {
        let item = self.item(ITEM, "/StatusNotifierItem").await;
        item.call_method("Activate", &(0_i32, 0_i32)).await.unwrap();
    }

    /// The lines of the menu.
    pub(crate) async fn menu(&self) -> Vec<Line> {
        let menu = self.item(MENU, "/MenuBar").await;
        let (_, root): (u32, Node) =
            menu.call("GetLayout", &(0_i32, -1_i32, Vec::<String>::new())).await.unwrap();
        root.2.into_iter().filter_map(line).collect()
    }

    /// Chooses the line of the menu that says this.
    pub(crate) async fn chooses(&self, words: &str) {
        let lines = self.menu().await;
        let line = lines.iter().find(|line| line.can && line.says.contains(words));
        let line = line.unwrap_or_else(|| panic!("“{words}” is not in the menu: {lines:#?}"));
        let menu = self.item(MENU, "/MenuBar").await;
        let chosen = (line.number, "clicked", Value::from(0_i32), 0_u32);
        // Who is told to end may do so before it answers.
        let _ = menu.call_method("Event", &chosen).await;
    }
}

/// A line of the menu, unless it only separates others.
fn line(value: OwnedValue) -> Option<Line> {
    let structure = Structure::try_from(value).unwrap();
    let (number, properties, _): Node = Value::from(structure).try_into().unwrap();
    let text = |name: &str| {
        let value = properties.get(name)?;
        <&str>::try_from(value).ok().map(str::to_owned)
    };
    if text("type").as_deref() == Some("separator") {
        return None;
    }
    let can = properties.get("enabled").is_none_or(|it| bool::try_from(it).unwrap_or(true));
    let on = text("toggle-type").map(|_| {
        properties.get("toggle-state").is_some_and(|it| i32::try_from(it).unwrap_or(0) == 1)
    });
    // Two underscores stand for one that is meant.
    Some(Line { number, says: text("label").unwrap_or_default().replace("__", "_"), can, on })
}
