//! What the engine may ask of its surroundings, and nothing more.

use ecosante_domain::decision::AlertId;

/// A notification to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its identity on this device.
    pub id: i64,
    /// One line.
    pub title: String,
    /// At most four lines.
    pub body: String,
    /// The alerts it is about; a click opens the first.
    pub alerts: Vec<AlertId>,
}

/// The surroundings of the engine: a window, or a terminal.
pub trait Host {
    /// The name under which deliveries are recorded: each channel shows a notification once.
    fn channel(&self) -> &'static str;

    /// Shows a notification.
    ///
    /// # Errors
    /// What the system says, when it refuses. The notification is then attempted again at the next
    /// refresh while it matters.
    fn notify(&self, notification: &Notification) -> Result<(), String>;

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
