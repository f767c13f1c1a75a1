//! What the engine may ask of its surroundings, and nothing more.

use chrono::{DateTime, Utc};
use ecosante_domain::decision::AlertId;

/// A notification to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its identity on this device.
    pub id: i64,
    /// The number under which it is shown: one that is on the screen under it gives way.
    pub number: i64,
    /// One line.
    pub title: String,
    /// At most four lines.
    pub body: String,
    /// The alerts it is about; a click opens the first.
    pub alerts: Vec<AlertId>,
}

/// A notification that is to be shown at its time, whether or not the app runs then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The number by which it can be called off.
    pub number: i64,
    /// When.
    pub due_at: DateTime<Utc>,
    /// One line.
    pub title: String,
    /// At most four lines.
    pub body: String,
}

/// Whoever shows notifications: a desktop right now, a phone at the time that it is told as well.
pub trait Notifier {
    /// The name under which deliveries are recorded: each channel shows a notification once.
    fn channel(&self) -> &'static str;

    /// Shows a notification.
    ///
    /// # Errors
    /// What the system says, when it refuses. The notification is then attempted again at the next
    /// refresh while it matters.
    fn notify(&self, notification: &Notification) -> Result<(), String>;

    /// Whether the app may be ended by the system at any time, so that what lies ahead is to be
    /// planned: on phones.
    fn plans_ahead(&self) -> bool {
        false
    }

    /// Calls off what was planned under the numbers `before`, and has the system show `planned`
    /// in its place.
    ///
    /// # Errors
    /// What the system says, when it refuses.
    fn plan(&self, before: &[i64], planned: &[Planned]) -> Result<(), String> {
        let _ = (before, planned);
        Ok(())
    }
}

/// The surroundings of the engine: a window, or a terminal.
pub trait Host: Notifier {
    /// Learns that a source is being asked, or has answered.
    fn progress(&self, progress: Progress);
}

/// What a refresh is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// A source is being asked.
    Asking(ecosante_domain::reading::Source),
    /// A source answered.
    Answered(ecosante_domain::reading::Source),
    /// A source failed.
    Failed(ecosante_domain::reading::Source),
}
