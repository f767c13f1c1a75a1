//! The terminal as the surroundings of the engine: a notification is printed.

use std::cell::RefCell;
use std::io::Write;

use ecosante_engine::host::{Host, Notification, Notifier, Progress};
use serde_json::{Value, json};

/// How notifications reach whoever reads the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As text, as they come.
    Text,
    /// As a line of JSON each, as they come.
    JsonLines,
    /// Within the JSON that the command prints at its end.
    Kept,
}

/// Hands notifications to standard output.
#[derive(Debug)]
pub(crate) struct Terminal {
    form: Form,
    told: RefCell<Vec<Notification>>,
}

/// A notification as JSON.
pub(crate) fn notification_json(notification: &Notification) -> Value {
    json!({
        "id": notification.id,
        "number": notification.number,
        "title": notification.title,
        "body": notification.body,
        "alerts": notification.alerts,
    })
}

impl Terminal {
    pub(crate) fn new(form: Form) -> Self {
        Self { form, told: RefCell::default() }
    }

    /// The notifications so far.
    pub(crate) fn told(self) -> Vec<Notification> {
        self.told.into_inner()
    }
}

impl Notifier for Terminal {
    fn channel(&self) -> &'static str {
        "terminal"
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        let text = match self.form {
            Form::Text => {
                let body = notification.body.replace('\n', "\n  ");
                format!("● {}\n  {body}\n", notification.title)
            }
            Form::JsonLines => {
                format!("{}\n", json!({ "notification": notification_json(notification) }))
            }
            Form::Kept => String::new(),
        };
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(|error| error.to_string())?;
        self.told.borrow_mut().push(notification.clone());
        Ok(())
    }
}

impl Host for Terminal {
    fn progress(&self, _progress: Progress) {}
}
