//! In the place of `ledger.rs` where there is no store: nobody can make such a ledger, so that a client
//! has none, and `http.rs` is the same with and without.

use crate::http::FetchError;
use crate::upstream::{Host, Upstream};

/// A ledger that cannot be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ledger {}

/// The marks of an answer that was kept.
pub(crate) struct KeptAnswer {
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

impl Ledger {
    #[expect(clippy::unused_async, reason = "the other one waits")]
    pub(crate) async fn turn(&self, _host: Host) -> Option<()> {
        match *self {}
    }

    pub(crate) fn admit(&self, _question: &Upstream) -> Result<(), FetchError> {
        match *self {}
    }

    pub(crate) fn sending(&self, _: String, _: String, _question: &Upstream) -> Option<i64> {
        match *self {}
    }

    pub(crate) fn came_of(&self, _sent: &[i64], _failed: Option<&FetchError>) {
        match *self {}
    }

    pub(crate) fn settle(&self, _host: Host, _failed: Option<&FetchError>) {
        match *self {}
    }

    pub(crate) fn kept(&self, _url: &str) -> Option<(KeptAnswer, Vec<u8>)> {
        match *self {}
    }

    pub(crate) fn keep(&self, _url: &str, _: Option<String>, _: Option<String>, _body: &[u8]) {
        match *self {}
    }
}
