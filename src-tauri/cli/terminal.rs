//! The terminal as the surroundings of the engine: a notification is printed.

use std::cell::RefCell;
use std::io::Write;

use ecosante_engine::host::{Host, Notification, Progress};

/// Prints notifications to standard output, and keeps them for whoever prints JSON instead.
#[derive(Debug)]
pub(crate) struct Terminal {
    silent: bool,
    told: RefCell<Vec<Notification>>,
}

impl Terminal {
    /// A terminal that prints each notification as it comes, or none (`silent`).
    pub(crate) fn new(silent: bool) -> Self {
        Self { silent, told: RefCell::default() }
    }

    /// The notifications so far.
    pub(crate) fn told(self) -> Vec<Notification> {
        self.told.into_inner()
    }
}

impl Host for Terminal {
    fn channel(&self) -> &'static str {
        "terminal"
    }

    fn notify(&self, notification: &Notification) -> Result<(), String> {
        if !self.silent {
            let mut out = std::io::stdout().lock();
            let body = notification.body.replace('\n', "\n  ");
            writeln!(out, "● {}\n  {body}", notification.title)
                .and_then(|()| out.flush())
                .map_err(|error| error.to_string())?;
        }
        self.told.borrow_mut().push(notification.clone());
        Ok(())
    }

    fn progress(&self, _progress: Progress) {}
}
