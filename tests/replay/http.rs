//! HTTP/1.1 as far as a server needs it that must also be able to answer wrongly.
//!
//! A proper server library refuses to send half a header, a false length or an endless body; those
//! are what the faults are made of, so the bytes are written here.

use std::io::{self, BufRead, Read, Write};

use chrono::{DateTime, FixedOffset};
use flate2::{Compression, write::GzEncoder};

use crate::json::Json;

/// A longer request head is refused.
const HEAD_LIMIT: u64 = 64 * 1024;

/// One request as it arrived, before anything was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// When, by the clock of the world (for a folder, of the machine).
    pub at: DateTime<FixedOffset>,
    /// The upstream that was meant: `geo.api.gouv.fr`.
    pub host: String,
    /// The path at that upstream, not decoded, with its first slash: `/communes`.
    pub path: String,
    /// The decoded parameters in their order.
    pub query: Vec<(String, String)>,
    /// The header of that name.
    pub user_agent: Option<String>,
    /// All headers in their order, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Request {
    /// The first parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first header of that name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn accepts_gzip(&self) -> bool {
        self.header("accept-encoding").is_some_and(|codings| {
            codings.split(',').any(|coding| {
                let mut parts = coding.split(';').map(str::trim);
                parts.next() == Some("gzip") && parts.next() != Some("q=0")
            })
        })
    }
}

/// A request with what only the connection needs to know.
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) request: Request,
    /// The client wants no other request on this connection.
    pub(crate) last: bool,
}

/// Reads the head of the next request; `None` when the client has gone.
///
/// `clock` is read once the request is there, not while the connection idles.
pub(crate) fn receive(
    reader: &mut impl BufRead,
    clock: impl FnOnce() -> DateTime<FixedOffset>,
) -> io::Result<Option<Received>> {
    let malformed = || io::Error::new(io::ErrorKind::InvalidData, "malformed request");
    let mut head = reader.take(HEAD_LIMIT);
    let mut line = || -> io::Result<Option<String>> {
        let mut line = String::new();
        match head.read_line(&mut line)? {
            0 => Ok(None),
            _ if !line.ends_with('\n') => Err(malformed()),
            _ => Ok(Some(line.trim_end().to_owned())),
        }
    };
    let Some(first) = line()? else { return Ok(None) };
    let mut words = first.split(' ');
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next())
    else {
        return Err(malformed());
    };
    let mut headers = Vec::new();
    loop {
        let text = line()?.ok_or_else(malformed)?;
        if text.is_empty() {
            break;
        }
        let (name, value) = text.split_once(':').ok_or_else(malformed)?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let target = target.strip_prefix('/').ok_or_else(malformed)?;
    let (address, query) = target.split_once('?').unwrap_or((target, ""));
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let header = |wanted: &str| {
        headers.iter().find(|(name, _)| name == wanted).map(|(_, value): &(_, String)| value)
    };
    let last = version != "HTTP/1.1"
        || header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    Ok(Some(Received {
        method: method.to_owned(),
        last,
        request: Request {
            at: clock(),
            host: host.to_owned(),
            path: format!("/{path}"),
            query: parameters(query),
            user_agent: header("user-agent").cloned(),
            headers,
        },
    }))
}

fn parameters(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

/// Percent-decoded, `+` as a space; what is not a code stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let code = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => bytes.push(if *first == b'+' { b' ' } else { *first }),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(crate) const JSON: &str = "application/json; charset=utf-8";
pub(crate) const PLAIN: &str = "text/plain; charset=utf-8";
pub(crate) const XML: &str = "application/xml";
pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// What an upstream says, not yet written to a connection.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Json(Json),
    Bytes(Vec<u8>),
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content_type, headers: Vec::new(), body: Body::Bytes(body.into()) }
    }

    pub(crate) fn json(status: u16, json: Json) -> Self {
        Self { status, content_type: JSON, headers: Vec::new(), body: Body::Json(json) }
    }

    /// The answer with its mark, or without its body where the request carries that mark.
    pub(crate) fn unless_known(mut self, request: &Request) -> Self {
        if self.status != 200 {
            return self;
        }
        // Any function of the content does.
        let sum = self
            .bytes()
            .iter()
            .fold(7_u64, |sum, byte| sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(*byte));
        let mark = format!("\"{sum:016x}\"");
        if request.header("if-none-match") == Some(mark.as_str()) {
            (self.status, self.body) = (304, Body::Bytes(Vec::new()));
        }
        self.headers.push(("ETag", mark));
        self
    }

    /// No upstream lives at this address.
    pub(crate) fn nobody(request: &Request) -> Self {
        let text = format!("The replay server knows nothing at {}{}.", request.host, request.path);
        Self::new(404, PLAIN, text)
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        match &self.body {
            Body::Json(json) => json.to_string().into_bytes(),
            Body::Bytes(bytes) => bytes.clone(),
        }
    }

    /// The head, and the body as that head announces it.
    pub(crate) fn written(&self, gzip: bool, at: DateTime<FixedOffset>) -> (Vec<u8>, Vec<u8>) {
        let mut body = self.bytes();
        let mut headers = self.headers.clone();
        if gzip && !body.is_empty() {
            body = compressed(&body);
            headers.push(("content-encoding", "gzip".to_owned()));
        }
        headers.push(("content-length", body.len().to_string()));
        (head(self.status, self.content_type, &headers, at), body)
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

pub(crate) fn head(
    status: u16,
    content_type: &str,
    headers: &[(&'static str, String)],
    at: DateTime<FixedOffset>,
) -> Vec<u8> {
    let reason = match status {
        200 => "OK",
        206 => "Partial Content",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Answer",
    };
    let date = at.to_utc().format("%a, %d %b %Y %H:%M:%S GMT");
    let mut head = format!(
        "HTTP/1.1 {status} {reason}\r\ndate: {date}\r\ncontent-type: {content_type}\r\n\
         vary: accept-encoding\r\n"
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// A body of unknown length: every write is one chunk, [`Chunked::end`] the last.
pub(crate) struct Chunked<W: Write>(pub(crate) W);

impl<W: Write> Chunked<W> {
    pub(crate) fn end(mut self) -> io::Result<()> {
        self.0.write_all(b"0\r\n\r\n")?;
        self.0.flush()
    }
}

impl<W: Write> Write for Chunked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // An empty chunk would end the body.
        if !bytes.is_empty() {
            write!(self.0, "{:x}\r\n", bytes.len())?;
            self.0.write_all(bytes)?;
            self.0.write_all(b"\r\n")?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{decoded, receive};

    #[test]
    fn a_request_says_which_upstream_it_means() {
        let bytes = b"GET /geo.api.gouv.fr/communes?nom=Saint-%C3%89tienne&x=a+b&y HTTP/1.1\r\n\
                      Host: 127.0.0.1\r\nUser-Agent: Ecosante/1\r\nAccept-Encoding: gzip\r\n\r\n";
        let received =
            receive(&mut &bytes[..], DateTime::default).expect("readable").expect("a request");
        let request = received.request;
        assert_eq!(
            (request.host.as_str(), request.path.as_str()),
            ("geo.api.gouv.fr", "/communes")
        );
        assert_eq!(request.parameter("nom"), Some("Saint-Étienne"));
        assert_eq!(request.parameter("x"), Some("a b"));
        assert_eq!(request.parameter("y"), Some(""));
        assert_eq!(request.user_agent.as_deref(), Some("Ecosante/1"));
        assert!(request.accepts_gzip() && !received.last);
    }

    #[test]
    fn a_percent_sign_that_codes_nothing_stays() {
        for (text, meant) in [("100%", "100%"), ("%zz", "%zz"), ("%2", "%2"), ("%25", "%")] {
            assert_eq!(decoded(text), meant);
        }
    }

    #[test]
    fn half_a_head_is_an_error_and_no_head_is_the_end() {
        assert!(receive(&mut &b""[..], DateTime::default).expect("the end").is_none());
        for broken in ["GET", "GET / HTTP/1.1\r\nHost: x", "GET x HTTP/1.1\r\n\r\n", "\r\n\r\n"] {
            assert!(receive(&mut broken.as_bytes(), DateTime::default).is_err(), "{broken:?}");
        }
    }
}
