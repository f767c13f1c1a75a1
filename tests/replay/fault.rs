//! The ways in which an upstream may fail.

use std::io::{self, Write};
use std::sync::OnceLock;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use flate2::{Compression, write::GzEncoder};

use crate::http::{self, Answer, Body, Chunked, Request};
use crate::json::Json;
use crate::server::{Halt, Wire};

/// Inflated size of [`Fault::GzipBomb`], bytes.
pub const BOMB_BYTES: u64 = 300 * 1024 * 1024;

/// Size of [`Fault::Huge`], bytes.
pub const HUGE_BYTES: u64 = 200 * 1000 * 1000;

/// What is wrong with the answers of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Another status, with a plain body.
    Status {
        /// HTTP status code.
        code: u16,
        /// `Retry-After` as it is sent: seconds or an HTTP date.
        retry_after: Option<String>,
        /// The whole body.
        body: String,
    },
    /// 429 in the words of Open-Meteo, without `Retry-After`.
    TooManyRequests(Window),
    /// Status 200 with a `GeoServer` exception report.
    Xml200,
    /// Status 200 with a web page, as from the portal of a hotel.
    Html200,
    /// Status 200 with half of the JSON, its length announced truthfully.
    Truncated,
    /// Status 200 with the literal `nan` in place of the first number.
    Nan,
    /// Status 200 with nothing in it: no feature, no hour, no commune, no result.
    EmptyFeatures,
    /// Status 200 with a body of no bytes.
    EmptyBody,
    /// Rows of a zone, or hours of a point, that nobody asked for.
    WrongZone,
    /// Rows or hours of thirty days before.
    WrongDate,
    /// Every row or hour twice.
    DuplicateRows,
    /// Codes that the producer has never had: a level, a colour, a class, a letter of conformity, a
    /// state in other words. Open-Meteo, which has no codes, gives −999 for every figure.
    UnknownCode,
    /// The connection is reset in the middle of the headers.
    Reset,
    /// The connection is closed in the middle of the body that was announced.
    CloseEarly,
    /// No answer ever, until the client or the server leaves.
    Hang,
    /// The right answer, one byte at a time.
    SlowDrip {
        /// Time between two bytes.
        every: Duration,
    },
    /// A small `content-encoding: gzip` body that inflates to [`BOMB_BYTES`].
    GzipBomb,
    /// A body of [`HUGE_BYTES`], without announcing its length.
    Huge,
}

/// The limits that Open-Meteo counts requests by; each has its own words in the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Until the next minute.
    Minutely,
    /// Until the next full hour.
    Hourly,
    /// Until midnight UTC.
    Daily,
}

impl Fault {
    /// A status with a short plain body and no `Retry-After`.
    pub fn status(code: u16) -> Self {
        Self::Status { code, retry_after: None, body: "The service cannot answer.".to_owned() }
    }

    /// Whether the fault changes what is said, which only a [`World`](crate::World) can.
    pub(crate) fn twists_content(&self) -> bool {
        matches!(
            self,
            Self::Nan
                | Self::EmptyFeatures
                | Self::WrongZone
                | Self::WrongDate
                | Self::DuplicateRows
                | Self::UnknownCode
        )
    }

    /// Sends what the fault makes of `answer`; false when the connection is of no more use.
    pub(crate) fn play(
        &self,
        wire: &mut Wire,
        halt: &Halt,
        request: &Request,
        mut answer: Answer,
    ) -> io::Result<bool> {
        let gzip = request.accepts_gzip();
        match self {
            Self::Status { code, retry_after, body } => {
                answer = Answer::new(*code, http::PLAIN, body.as_str());
                answer.headers.extend(retry_after.clone().map(|after| ("retry-after", after)));
            }
            Self::TooManyRequests(window) => answer = too_many_requests(*window),
            Self::Xml200 => {
                let text = exception("NoApplicableCode", None, "The data store cannot be read.");
                answer = Answer::new(200, http::XML, text);
            }
            Self::Html200 => answer = Answer::new(200, http::HTML, PORTAL),
            Self::Truncated => {
                let mut bytes = answer.bytes();
                bytes.truncate(bytes.len() / 2);
                answer.body = Body::Bytes(bytes);
            }
            Self::Nan => {
                if let Body::Json(json) = &mut answer.body {
                    json.poison();
                }
            }
            Self::EmptyBody => answer.body = Body::Bytes(Vec::new()),
            // Done where the answer was made.
            Self::EmptyFeatures
            | Self::WrongZone
            | Self::WrongDate
            | Self::DuplicateRows
            | Self::UnknownCode => {}
            Self::Reset => {
                let (head, _) = answer.written(gzip, request.at);
                wire.write_all(&head[..head.len() / 2])?;
                wire.flush()?;
                wire.reset_on_close()?;
                return Ok(false);
            }
            Self::CloseEarly => {
                let (head, body) = answer.written(gzip, request.at);
                wire.write_all(&head)?;
                wire.write_all(&body[..body.len() / 2])?;
                wire.flush()?;
                return Ok(false);
            }
            Self::Hang => {
                wire.wait_for_leave();
                return Ok(false);
            }
            Self::SlowDrip { every } => {
                let (head, body) = answer.written(gzip, request.at);
                for byte in head.iter().chain(&body) {
                    wire.write_all(std::slice::from_ref(byte))?;
                    wire.flush()?;
                    if halt.wait(*every) {
                        return Ok(false);
                    }
                }
                return Ok(true);
            }
            Self::GzipBomb => return bomb(wire, request.at),
            Self::Huge => {
                wire.write_all(&unmeasured(request.at, None))?;
                let mut body = Chunked(wire);
                fill(&mut body, HUGE_BYTES)?;
                body.end()?;
                return Ok(true);
            }
        }
        let (head, body) = answer.written(gzip, request.at);
        wire.write_all(&head)?;
        wire.write_all(&body)?;
        wire.flush()?;
        Ok(true)
    }
}

const PORTAL: &str = "<!DOCTYPE html><html><head><title>Wi-Fi</title></head>\
                      <body><p>Acceptez les conditions pour continuer.</p></body></html>";

fn too_many_requests(window: Window) -> Answer {
    let reason = match window {
        Window::Minutely => "Minutely API request limit exceeded. Please try again in one minute.",
        Window::Hourly => "Hourly API request limit exceeded. Please try again in the next hour.",
        Window::Daily => "Daily API request limit exceeded. Please try again tomorrow.",
    };
    refusal(429, reason)
}

/// An error in the words of Open-Meteo.
pub(crate) fn refusal(status: u16, reason: &str) -> Answer {
    let reason = Json::text(reason);
    let body = Json::object([("error", Json::Bool(true)), ("reason", reason)]).to_string();
    Answer::new(status, http::JSON, body)
}

/// An exception report as `GeoServer` sends it, with status 200.
pub(crate) fn exception(code: &str, locator: Option<&str>, text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let locator = locator.map(|it| format!(" locator=\"{it}\"")).unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <ows:ExceptionReport xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:ows=\"http://www.opengis.net/ows/1.1\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" version=\"2.0.0\">\n\
         <ows:Exception exceptionCode=\"{code}\"{locator}>\n\
         <ows:ExceptionText>{escaped}</ows:ExceptionText>\n\
         </ows:Exception>\n</ows:ExceptionReport>\n"
    )
}

fn unmeasured(at: DateTime<FixedOffset>, coding: Option<&str>) -> Vec<u8> {
    let mut headers = vec![("transfer-encoding", "chunked".to_owned())];
    headers.extend(coding.map(|coding| ("content-encoding", coding.to_owned())));
    http::head(200, http::JSON, &headers, at)
}

fn bomb(wire: &mut Wire, at: DateTime<FixedOffset>) -> io::Result<bool> {
    // Seconds of work, and the same each time.
    static PACKED: OnceLock<Vec<u8>> = OnceLock::new();
    let packed = PACKED.get_or_init(|| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        let packed = fill(&mut encoder, BOMB_BYTES).and_then(|()| encoder.finish());
        packed.expect("memory takes what is written to it")
    });
    wire.write_all(&unmeasured(at, Some("gzip")))?;
    let mut body = Chunked(wire);
    body.write_all(packed)?;
    body.end()?;
    Ok(true)
}

/// Writes `size` bytes of valid JSON, a piece at a time.
fn fill(out: &mut impl Write, size: u64) -> io::Result<()> {
    const START: &[u8] = b"{\"filler\":\"";
    const END: &[u8] = b"\"}";
    let piece = [b'a'; 64 * 1024];
    let mut left = size - (START.len() + END.len()) as u64;
    out.write_all(START)?;
    while left > 0 {
        let length = left.min(piece.len() as u64);
        out.write_all(&piece[..length as usize])?;
        left -= length;
    }
    out.write_all(END)?;
    out.flush()
}
