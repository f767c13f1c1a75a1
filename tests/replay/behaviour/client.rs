//! A client that sees what really came over the connection.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::{Replay, World};

/// An answer, its body with neither chunks nor compression.
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// Splits what came over a connection; chunks are joined, compression is left.
    pub(super) fn parse(raw: &[u8]) -> Self {
        let end = raw.windows(4).position(|it| it == b"\r\n\r\n").expect("a whole head");
        let head = String::from_utf8(raw[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut response = Self { status, head, body: raw[end + 4..].to_vec() };
        if response.header("transfer-encoding").as_deref() == Some("chunked") {
            response.body = joined(&response.body);
        }
        response
    }

    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(super) fn is_json(&self) -> bool {
        serde_json::from_slice::<Value>(&self.body).is_ok()
    }
}

fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = chunks.windows(2).position(|it| it == b"\r\n").unwrap();
        let size = std::str::from_utf8(&chunks[..line]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            return body;
        }
        body.extend(&chunks[line + 2..line + 2 + size]);
        chunks = &chunks[line + 4 + size..];
    }
}

/// Connects and asks for a path below the gateway; spaces and quotes are encoded.
pub(super) fn ask(replay: &Replay, target: &str, headers: &str) -> TcpStream {
    let address = replay.gateway().split_once("://").unwrap().1.to_owned();
    let mut stream = TcpStream::connect(address).unwrap();
    // Only a server that is broken keeps a test waiting this long.
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let target = target.replace('%', "%25").replace(' ', "%20").replace('\'', "%27");
    write!(stream, "GET /{target} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n").unwrap();
    stream
}

/// Everything until the server closes, and the error if it did not do so properly.
pub(super) fn rest(stream: &mut TcpStream) -> (Vec<u8>, Option<io::Error>) {
    let mut raw = Vec::new();
    let error = stream.read_to_end(&mut raw).err();
    (raw, error)
}

pub(super) fn get(replay: &Replay, target: &str) -> Response {
    let (raw, error) = rest(&mut ask(replay, target, "connection: close\r\n"));
    assert!(error.is_none(), "{target}: {error:?}");
    Response::parse(&raw)
}

pub(super) fn quiet(now: &str) -> World {
    World::quiet(moment(now))
}

pub(super) fn moment(text: &str) -> chrono::DateTime<chrono::FixedOffset> {
    text.parse().unwrap()
}

pub(super) fn date(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// The ATMO layer with this filter and these further parameters.
pub(super) fn atmo(filter: &str, more: &str) -> String {
    format!(
        "data.atmo-france.org/geoserver/ind/ows?service=WFS&version=2.0.0&request=GetFeature\
         &typeNames=ind:ind_atmo_2021&outputFormat=application/json{more}&CQL_FILTER={filter}"
    )
}

/// The pollen layer, asked in the same way.
pub(super) fn pollen(filter: &str, more: &str) -> String {
    format!(
        "data.atmo-france.org/geoserver/ind_pol/ows?service=WFS&version=2.0.0&request=GetFeature\
         &typeName=ind_pol:ind_national_pol&outputFormat=application/json{more}&CQL_FILTER={filter}"
    )
}

/// The layer of pollution episodes, asked in the same way.
pub(super) fn episodes(filter: &str, more: &str) -> String {
    format!(
        "data.atmo-france.org/geoserver/alrt/ows?service=WFS&version=2.0.0&request=GetFeature\
         &typeName=alrt:alrt3j&outputFormat=application/json{more}&CQL_FILTER={filter}"
    )
}

pub(super) fn air(query: &str) -> String {
    format!("air-quality-api.open-meteo.com/v1/air-quality?{query}")
}
