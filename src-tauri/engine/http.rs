//! The one HTTP client: its limits, its certificates, its gateway, and what can go wrong.
//!
//! Nothing here repeats what was asked for, in an error or in the log: it says where a person lives.

use std::error::Error;
use std::fmt;
use std::io;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use reqwest::header::{
    ETAG, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
    RETRY_AFTER,
};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::ledger::Ledger;
use crate::upstream::Upstream;

/// The base address of a gateway, through which every producer is asked, or of a relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// Without a slash at its end.
    base: String,
}

/// Why a text is no base address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBaseUrl {
    /// No address at all, or one that is neither `http` nor `https`.
    #[error("a base address begins with http:// or https://")]
    NotHttp,
    /// The address carries a user name or a password.
    #[error("a base address has no user name or password in its address")]
    Credentials,
    /// The address has a `?` or a `#`, which would swallow what is asked behind it.
    #[error("a base address has no ? and no # in its address")]
    QueryOrFragment,
}

impl BaseUrl {
    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.base
    }

    fn is_plain_http(&self) -> bool {
        self.base.starts_with("http://")
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = reqwest::Url::parse(text.trim()).map_err(|_| InvalidBaseUrl::NotHttp)?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(InvalidBaseUrl::NotHttp);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidBaseUrl::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidBaseUrl::QueryOrFragment);
        }
        Ok(Self { base: url.as_str().trim_end_matches('/').to_owned() })
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

/// How the client behaves.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// Through what every producer is asked; `None`: each directly.
    pub gateway: Option<BaseUrl>,
    /// Who may be asked in the place of producers, see [`crate::relay`].
    pub relay: Option<BaseUrl>,
    /// How long a connection may take, its TLS handshake included.
    pub connect_timeout: Duration,
    /// How long a request may take from its beginning to the last byte of the answer.
    pub total_timeout: Duration,
    /// The largest answer that is read, in bytes after decompression.
    pub max_body: usize,
    /// What the client calls itself, with an address at which its makers are found.
    pub user_agent: String,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            gateway: None,
            relay: None,
            connect_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(20),
            // The largest answer wanted, 4,000 rows of the ATMO layer, is under 3 MiB.
            max_body: 8 * 1024 * 1024,
            user_agent: concat!(
                "Ecosante/",
                env!("CARGO_PKG_VERSION"),
                " (+https://github.com/ecosante/ecosante)"
            )
            .to_owned(),
        }
    }
}

/// Asks the producers. Clones share their connections.
///
/// Futures of it need a runtime of tokio with its I/O and its clock.
///
/// ```
/// use std::io::{self, Read as _, Write as _};
/// use std::net::TcpListener;
/// use std::thread;
///
/// use ecosante_engine::geocoding::parse_coordinates;
/// use ecosante_engine::http::{HttpClient, HttpOptions};
/// use ecosante_engine::upstream::Upstream;
///
/// const BODY: &str = r#"{"code": "69123", "nom": "Lyon",
///     "centre": {"type": "Point", "coordinates": [4.8351, 45.7580]}}"#;
///
/// // A gateway of one answer, on this machine.
/// let listener = TcpListener::bind("127.0.0.1:0")?;
/// let gateway = format!("http://{}", listener.local_addr()?).parse()?;
/// let served = thread::spawn(move || -> io::Result<String> {
///     let (mut stream, _) = listener.accept()?;
///     let mut request = [0; 4096];
///     let length = stream.read(&mut request)?;
///     stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")?;
///     stream.write_all(BODY.as_bytes())?;
///     Ok(String::from_utf8_lossy(&request[..length]).into_owned())
/// });
///
/// let client = HttpClient::new(&HttpOptions {
///     gateway: Some(gateway),
///     user_agent: "my-tool/1.0 (+https://my-tool.example)".to_owned(),
///     ..HttpOptions::default()
/// })?;
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// let answer = runtime.block_on(client.get(&Upstream::commune("69123")))?;
/// let centre = parse_coordinates(&answer.body, "69123")?.expect("a centre");
/// assert_eq!(centre.cell_code(), "45.8,4.8");
///
/// let request = served.join().expect("a server")?;
/// assert!(request.starts_with("GET /geo.api.gouv.fr/communes?code=69123"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct HttpClient {
    client: reqwest::Client,
    gateway: Option<BaseUrl>,
    relay: Option<BaseUrl>,
    total_timeout: Duration,
    max_body: usize,
    meteo_france_key: Option<Secret>,
    ledger: Option<Ledger>,
}

/// What nobody but its addressee may see.
#[derive(Clone)]
struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// A complete answer with status 200, or where that is as good 206. What is in it is still unknown.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The body, decompressed.
    pub body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({} bytes)", self.body.len())
    }
}

impl HttpClient {
    /// The only constructor of an HTTP client in the project.
    ///
    /// # Errors
    ///
    /// [`FetchError::Tls`] where the system's certificates cannot be read. They are not needed, and
    /// not read, behind a gateway that speaks plain `http`.
    pub fn new(options: &HttpOptions) -> Result<Self, FetchError> {
        // An error means that a provider is installed already, by an earlier call.
        let _ = rustls::crypto::ring::default_provider().install_default();

        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one constructor that the lint points everyone to"
        )]
        let builder = reqwest::Client::builder();
        let mut builder = builder
            .user_agent(&options.user_agent)
            .connect_timeout(options.connect_timeout)
            // A redirect would contact a host that nobody agreed to.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .gzip(true);
        // A relay may stand in the local network; the producers' own addresses are all https.
        let plain_relay = options.relay.as_ref().is_some_and(BaseUrl::is_plain_http);
        builder = match &options.gateway {
            // Nothing but the gateway may be contacted, a proxy of the environment included.
            Some(gateway) => builder.no_proxy().https_only(!gateway.is_plain_http()),
            None => builder.https_only(!plain_relay),
        };
        builder = match &options.gateway {
            Some(gateway) if gateway.is_plain_http() => builder.tls_certs_only([]),
            _ => trusting_certificates(builder)?,
        };
        let client =
            builder.build().map_err(|error| FetchError::Tls { detail: deepest(&error) })?;
        Ok(Self {
            client,
            gateway: options.gateway.clone(),
            relay: options.relay.clone(),
            total_timeout: options.total_timeout,
            max_body: options.max_body,
            meteo_france_key: None,
            ledger: None,
        })
    }

    /// The same client for questions about the past, which may spend only a part of a budget.
    #[cfg(feature = "store")]
    #[must_use]
    pub(crate) fn for_the_past(self) -> Self {
        Self { ledger: self.ledger.map(Ledger::for_the_past), ..self }
    }

    /// The same client, which spares its hosts by a ledger.
    #[cfg(feature = "store")]
    #[must_use]
    pub(crate) fn with_ledger(self, ledger: Ledger) -> Self {
        Self { ledger: Some(ledger), ..self }
    }

    /// The same client with a person's own key to the interfaces of Météo-France, or without one.
    ///
    /// Everything but visible ASCII is taken out: keys arrive with line breaks in them. What is then
    /// empty is none.
    #[must_use]
    pub fn with_meteo_france_key(self, key: Option<String>) -> Self {
        let key = key.map(|key| key.chars().filter(char::is_ascii_graphic).collect::<String>());
        Self { meteo_france_key: key.filter(|key| !key.is_empty()).map(Secret), ..self }
    }

    /// Who may be asked in the place of producers.
    #[cfg_attr(not(feature = "store"), expect(dead_code, reason = "the engine alone asks relays"))]
    pub(crate) fn relay(&self) -> Option<&BaseUrl> {
        self.relay.as_ref()
    }

    /// The person's own key to the interfaces of Météo-France.
    pub(crate) fn meteo_france_key(&self) -> Option<&str> {
        self.meteo_france_key.as_ref().map(|key| key.0.as_str())
    }

    /// Asks one question and reads the whole answer, within the limits of time and size.
    ///
    /// # Errors
    ///
    /// Every way in which no complete answer with status 200 arrives (206 will do for the questions
    /// that say so), and a host that must not be asked now. The body is not looked at.
    pub async fn get(&self, question: &Upstream) -> Result<Answer, FetchError> {
        let host = question.host();
        let _turn = match &self.ledger {
            Some(ledger) => {
                let turn = ledger.turn(host).await;
                ledger.admit(question)?;
                turn
            }
            None => None,
        };
        // What is larger than all else may take longer.
        let limit = self.total_timeout * if question.most_bytes().is_some() { 3 } else { 1 };
        let mut sent = Vec::new();
        let answer = tokio::time::timeout(limit, self.get_unlimited(question, &mut sent))
            .await
            .unwrap_or(Err(FetchError::TimedOut));
        if let Some(ledger) = &self.ledger {
            ledger.came_of(&sent, answer.as_ref().err());
            ledger.settle(host, answer.as_ref().err());
        }
        match &answer {
            Ok(answer) => tracing::debug!(%host, bytes = answer.body.len(), "answered"),
            Err(error) => tracing::warn!(%host, code = error.code(), %error, "no answer"),
        }
        answer
    }

    /// Keeps that a question goes to this address, right before it does; `own` is the one that it
    /// would go to without a gateway.
    fn sending(&self, url: &str, own: &str, question: &Upstream, sent: &mut Vec<i64>) {
        if let Some(ledger) = &self.ledger {
            sent.extend(ledger.sending(receiver(url), receiver(own), question));
        }
    }

    /// Every request of the app passes here; `sent` has the number of each in the ledger.
    async fn get_unlimited(
        &self,
        question: &Upstream,
        sent: &mut Vec<i64>,
    ) -> Result<Answer, FetchError> {
        let gateway = self.gateway.as_ref().map(BaseUrl::as_str);
        let url = match gateway {
            Some(gateway) => question.url_behind(gateway),
            None => question.url(),
        };
        let mut request = self.client.get(&url);
        if let Some((name, value)) = question.header() {
            // A key is made of visible characters, see `with_meteo_france_key`.
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| FetchError::schema("a header that cannot be sent"))?;
            value.set_sensitive(true);
            request = request.header(name, value);
        }
        let kept = self.ledger.as_ref().and_then(|ledger| ledger.kept(&question.url()));
        let marked = |mut request: reqwest::RequestBuilder| {
            if let Some((kept, _)) = &kept {
                let marks = [(IF_NONE_MATCH, &kept.etag), (IF_MODIFIED_SINCE, &kept.modified)];
                for (name, mark) in marks {
                    if let Some(mark) = mark {
                        request = request.header(name, mark);
                    }
                }
            }
            request
        };
        self.sending(&url, &question.url(), question, sent);
        let mut response = marked(request).send().await.map_err(|error| failed(&error))?;
        if response.status().is_redirection()
            && let Some(location) = response.headers().get(LOCATION)
            && let Ok(location) = location.to_str().map(str::to_owned)
            && let Some(url) = question.redirected(&location, gateway)
        {
            let own = question.redirected(&location, None).unwrap_or_default();
            self.sending(&url, &own, question, sent);
            response = marked(self.client.get(url)).send().await.map_err(|error| failed(&error))?;
        }
        let status = response.status().as_u16();
        if status == 200 || (status == 206 && question.partial_is_success()) {
            let limit = question.most_bytes().unwrap_or(0).max(self.max_body);
            let mark = |name| response.headers().get(name).and_then(|it| it.to_str().ok());
            let (etag, modified) =
                (mark(ETAG).map(str::to_owned), mark(LAST_MODIFIED).map(str::to_owned));
            let body = read(response, limit).await?;
            // What is no data is not kept: it would be read again for as long as its mark holds.
            if let Some(ledger) = self.ledger.as_ref().filter(|_| json::<IgnoredAny>(&body).is_ok())
            {
                ledger.keep(&question.url(), etag, modified, &body);
            }
            return Ok(Answer { body });
        }
        if let (304, Some((_, body))) = (status, kept) {
            return Ok(Answer { body });
        }
        let retry_after = RetryAfter::of(response.headers());
        // The reason is worth having, but not worth failing otherwise for.
        let reason = read(response, MOST_REASON).await.ok().and_then(|body| refusal(&body));
        Err(FetchError::Status { status, retry_after, reason })
    }
}

/// Who receives what is sent to an address: its host, with the port where that is not the usual one.
fn receiver(url: &str) -> String {
    let parsed = reqwest::Url::parse(url).ok();
    let host = parsed.as_ref().and_then(|url| {
        let host = url.host_str()?;
        Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
    });
    host.unwrap_or_default()
}

/// Bytes of the answer to a refused request that are read for its reason.
const MOST_REASON: usize = 16 * 1024;

async fn read(mut response: reqwest::Response, limit: usize) -> Result<Vec<u8>, FetchError> {
    // The announced length is that of the body only where the body is not compressed, and an
    // announcement is no reason to allocate.
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(FetchError::TooLarge { limit });
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
        if chunk.len() > limit - body.len() {
            return Err(FetchError::TooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The verifier of the platform must be handed the Java context of the app before its first use and
/// panics otherwise, with no way to leave it out (reqwest#2966): Mozilla's roots stand in for it.
#[cfg(target_os = "android")]
fn trusting_certificates(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, FetchError> {
    let roots: Vec<_> = webpki_root_certs::TLS_SERVER_ROOT_CERTS
        .iter()
        .map(|root| reqwest::Certificate::from_der(root))
        .collect::<Result<_, _>>()
        .map_err(|error| FetchError::Tls { detail: deepest(&error) })?;
    Ok(builder.tls_certs_only(roots))
}

/// Elsewhere the client asks the verifier of the platform by itself.
#[cfg(not(target_os = "android"))]
fn trusting_certificates(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, FetchError> {
    Ok(builder)
}

/// Why a producer's answer is of no use. Its text, in English, is for the log; what people read is
/// made from [`FetchError::code`] and the figures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Nobody listens there.
    #[error("the connection was refused")]
    Refused,
    /// The name of the host leads nowhere; most often the device is offline.
    #[error("the name of the host could not be resolved")]
    Dns,
    /// No secure connection, for example a certificate that does not hold.
    #[error("no secure connection: {detail}")]
    Tls {
        /// The complaint of the TLS library.
        detail: String,
    },
    /// The connection broke, or was never made for another reason than those above.
    #[error("the connection was interrupted")]
    Interrupted,
    /// The time limit was reached, before or amid the answer.
    #[error("the time limit was reached")]
    TimedOut,
    /// The answer passes the limit of size.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes after decompression.
        limit: usize,
    },
    /// Another status than 200.
    #[error("status {status}{}", reason.as_ref().map(|it| format!(": {it}")).unwrap_or_default())]
    Status {
        /// The status.
        status: u16,
        /// What the producer says of when to come back.
        retry_after: Option<RetryAfter>,
        /// The producer's reason, without any figure or quotation.
        reason: Option<String>,
    },
    /// Something else than JSON.
    #[error("not JSON: {0}")]
    NotJson(NotJson),
    /// JSON that stops before its end.
    #[error("the answer stops before its end")]
    Truncated,
    /// The producer says, with status 200, that it could not answer.
    #[error("the producer reports an error: {reason}")]
    Producer {
        /// Its reason, without any figure or quotation.
        reason: String,
    },
    /// The host was asked as often as it may be in a day; nothing was sent.
    #[error("the budget of the day is spent")]
    OverBudget,
    /// The host failed too often and is left alone for a while; nothing was sent.
    #[error("the host is left alone until {until}")]
    Resting {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// JSON that is no answer to what was asked.
    #[error("not the answer to what was asked: {what}")]
    Schema {
        /// What is wrong with it, without anything that was asked.
        what: String,
    },
    /// The newest that the producer has is too old to be told as the present.
    #[error("the newest data are too old")]
    Outdated,
}

/// What came in the place of JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotJson {
    /// A web page: a portal of a network, a page of a proxy.
    #[error("a web page")]
    Html,
    /// XML, in which `GeoServer` reports errors.
    #[error("XML: {text}")]
    Xml {
        /// Its `ExceptionText`, without any figure or quotation; empty where it has none.
        text: String,
    },
    /// Nothing.
    #[error("an empty answer")]
    Empty,
    /// What begins like JSON and then is not, for example a bare `nan`.
    #[error("JSON broken in line {line}, column {column}")]
    Broken {
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
    },
    /// Something else.
    #[error("text that begins {start:?}")]
    Other {
        /// Its beginning, without any figure or quotation.
        start: String,
    },
}

/// When a producer wants to be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// So long after its answer.
    In(Duration),
    /// At this moment of its own clock.
    At(DateTime<Utc>),
}

impl RetryAfter {
    /// Both forms of RFC 9110, section 10.2.3; anything else says nothing.
    fn of(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Self::In(Duration::from_secs(seconds)));
        }
        DateTime::parse_from_rfc2822(text).ok().map(|moment| Self::At(moment.to_utc()))
    }
}

/// The longest a producer can make the app wait: all of them publish at least once a day.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(1);

impl FetchError {
    /// The stable name of the failure, in kebab-case.
    ///
    /// ```
    /// use ecosante_engine::http::FetchError;
    ///
    /// let error = FetchError::Status { status: 503, retry_after: None, reason: None };
    /// assert_eq!(error.code(), "http-status");
    /// assert!(FetchError::CODES.contains(&error.code()));
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Dns => "dns",
            Self::Tls { .. } => "tls",
            Self::Interrupted => "interrupted",
            Self::TimedOut => "timeout",
            Self::TooLarge { .. } => "too-large",
            Self::Status { .. } => "http-status",
            Self::NotJson(_) => "not-json",
            Self::Truncated => "truncated",
            Self::Producer { .. } => "producer",
            Self::OverBudget => "over-budget",
            Self::Resting { .. } => "resting",
            Self::Schema { .. } => "schema",
            Self::Outdated => "outdated",
        }
    }

    /// Every value of [`FetchError::code`].
    pub const CODES: [&'static str; 14] = [
        "refused",
        "dns",
        "tls",
        "interrupted",
        "timeout",
        "too-large",
        "http-status",
        "not-json",
        "truncated",
        "producer",
        "over-budget",
        "resting",
        "schema",
        "outdated",
    ];

    /// When the producer wants to be asked again, where it says so: by a header, or by naming the
    /// limit that was passed, which Open-Meteo counts anew every minute, hour and day (UTC).
    ///
    /// Never before `now` and never more than a day after it. Whoever waits for it adds a jitter.
    #[must_use]
    pub fn retry_after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let (header, reason) = match self {
            Self::Status { retry_after, reason, .. } => (*retry_after, reason.as_deref()),
            Self::Producer { reason } => (None, Some(reason.as_str())),
            Self::Resting { until } => return Some(*until),
            Self::OverBudget => {
                let day = TimeDelta::days(1);
                return now.duration_trunc(day).ok()?.checked_add_signed(day);
            }
            _ => return None,
        };
        let asked = match header {
            Some(RetryAfter::In(wait)) => {
                let wait = TimeDelta::from_std(wait).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
                now.checked_add_signed(wait)?
            }
            Some(RetryAfter::At(moment)) => moment,
            None => {
                let period = [
                    ("Minutely", TimeDelta::minutes(1)),
                    ("Hourly", TimeDelta::hours(1)),
                    ("Daily", TimeDelta::days(1)),
                ];
                let limit = |(word, _): &(&str, _)| reason.is_some_and(|it| it.starts_with(word));
                let (_, period) = period.into_iter().find(limit)?;
                now.duration_trunc(period).ok()?.checked_add_signed(period)?
            }
        };
        Some(asked.clamp(now, now.checked_add_signed(LONGEST_WAIT)?))
    }

    /// An answer that is not the one that was asked for.
    pub(crate) fn schema(what: impl Into<String>) -> Self {
        Self::Schema { what: what.into() }
    }
}

/// What kept an answer from arriving.
fn failed(error: &reqwest::Error) -> FetchError {
    if error.is_timeout() {
        return FetchError::TimedOut;
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return FetchError::Tls { detail: tls.to_string() };
        }
        if let Some(io) = error.downcast_ref::<io::Error>() {
            match io.kind() {
                io::ErrorKind::ConnectionRefused => return FetchError::Refused,
                io::ErrorKind::TimedOut => return FetchError::TimedOut,
                _ => {}
            }
        }
        // The type behind it is private to the connector.
        if error.to_string().starts_with("dns error") {
            return FetchError::Dns;
        }
        cause = next_cause(error);
    }
    FetchError::Interrupted
}

/// The cause of an error. What an [`io::Error`] wraps is not its source but the error itself.
fn next_cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// The text of the first cause.
fn deepest(error: &(dyn Error + 'static)) -> String {
    let mut first = error;
    while let Some(cause) = next_cause(first) {
        first = cause;
    }
    first.to_string()
}

/// Reads an answer as JSON of the shape `T`.
///
/// # Errors
///
/// [`FetchError::NotJson`], [`FetchError::Truncated`], [`FetchError::Producer`] for Open-Meteo's
/// `{"error": true}`, and [`FetchError::Schema`] where the JSON has another shape.
pub(crate) fn json<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, FetchError> {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    match text.first() {
        None => return Err(FetchError::NotJson(NotJson::Empty)),
        Some(b'{' | b'[') => {}
        Some(b'<') => return Err(FetchError::NotJson(markup(text))),
        Some(_) => {
            let start = quotable(&String::from_utf8_lossy(&text[..text.len().min(80)]));
            return Err(FetchError::NotJson(NotJson::Other { start }));
        }
    }
    // A refusal could pass for an answer of which every part may be absent.
    if text.len() <= MOST_REASON
        && let Some(reason) = refusal(text)
    {
        return Err(FetchError::Producer { reason });
    }
    serde_json::from_slice(text).map_err(|error| {
        use serde_json::error::Category;
        // The message of the library repeats values of the answer, so it is not kept.
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            Category::Data => FetchError::schema(format!("line {line}, column {column}")),
            Category::Eof => FetchError::Truncated,
            Category::Syntax | Category::Io => match streaming_failure(text) {
                Some(reason) => FetchError::Producer { reason },
                None => FetchError::NotJson(NotJson::Broken { line, column }),
            },
        }
    })
}

/// The reason in an answer `{"error": true, "reason": …}`.
fn refusal(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Refusal {
        error: bool,
        reason: Option<String>,
    }
    let refusal: Refusal = serde_json::from_slice(body).ok()?;
    refusal.error.then(|| quotable(&refusal.reason.unwrap_or_default()))
}

/// What Open-Meteo appends to an answer that it had begun when it failed.
fn streaming_failure(text: &[u8]) -> Option<String> {
    const MARK: &[u8] = b"Unexpected error while streaming data";
    let end = text.get(text.len().saturating_sub(1024)..)?;
    let at = end.windows(MARK.len()).position(|window| window == MARK)?;
    Some(quotable(&String::from_utf8_lossy(&end[at..])))
}

fn markup(text: &[u8]) -> NotJson {
    let text = String::from_utf8_lossy(&text[..text.len().min(MOST_REASON)]);
    let start: String = text.chars().take(200).collect::<String>().to_ascii_lowercase();
    if start.contains("<html") || start.contains("<!doctype html") {
        return NotJson::Html;
    }
    let inner = text
        .split_once("ExceptionText>")
        .and_then(|(_, rest)| rest.split_once("</"))
        .map_or("", |(inner, _)| inner);
    NotJson::Xml { text: quotable(inner) }
}

/// A producer's own words, fit for a log: one short line, in which `…` stands for every quotation
/// and every word with a digit, since either may be a place or a point that was asked for.
fn quotable(text: &str) -> String {
    const MOST_CHARACTERS: usize = 160;
    let mut quotable = String::new();
    let mut closing = None;
    for word in text.split_whitespace() {
        let mut hidden = closing.is_some() || word.contains(|it: char| it.is_numeric());
        for character in word.chars() {
            match closing {
                Some(quote) if quote == character => closing = None,
                None if matches!(character, '\'' | '"' | '`') => {
                    closing = Some(character);
                    hidden = true;
                }
                _ => {}
            }
        }
        let shown = if hidden { "…" } else { word };
        if hidden && quotable.ends_with('…') {
            continue;
        }
        if !quotable.is_empty() {
            quotable.push(' ');
        }
        quotable.push_str(shown);
    }
    if let Some((end, _)) = quotable.char_indices().nth(MOST_CHARACTERS) {
        quotable.truncate(end);
    }
    quotable
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    /// What a server does with one connection, once it has read the request.
    enum Conduct {
        /// Sends these bytes and closes.
        Sends(Vec<u8>),
        /// Sends these bytes, then these again and again, until the client leaves.
        Repeats(Vec<u8>, Vec<u8>),
        /// Sends one byte of the body every second, without end.
        Drips,
        /// Never answers.
        Hangs,
    }

    async fn request(stream: &mut TcpStream) -> String {
        let mut read = Vec::new();
        let mut buffer = [0; 4096];
        while !read.windows(4).any(|end| end == b"\r\n\r\n") {
            match stream.read(&mut buffer).await {
                Ok(0) | Err(_) => break,
                Ok(count) => read.extend_from_slice(&buffer[..count]),
            }
        }
        String::from_utf8_lossy(&read).into_owned()
    }

    /// A server of one answer; its address, and the request that it gets.
    async fn server(conduct: Conduct) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let request = request(&mut stream).await;
            match conduct {
                // The client may leave before the end, that is what is tested.
                Conduct::Sends(bytes) => drop(stream.write_all(&bytes).await),
                Conduct::Repeats(first, again) => {
                    let mut sent = stream.write_all(&first).await;
                    while sent.is_ok() {
                        sent = stream.write_all(&again).await;
                    }
                }
                Conduct::Drips => {
                    let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                    while sent.is_ok() {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                        sent = stream.write_all(b" ").await;
                    }
                }
                Conduct::Hangs => std::future::pending().await,
            }
            request
        });
        (address, served)
    }

    fn client(gateway: &str, change: impl FnOnce(&mut HttpOptions)) -> HttpClient {
        let gateway = Some(gateway.parse().expect("a gateway"));
        let mut options = HttpOptions { gateway, ..HttpOptions::default() };
        change(&mut options);
        HttpClient::new(&options).expect("a client")
    }

    fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{headers}\r\n");
        [head.as_bytes(), body].concat()
    }

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).expect("memory");
        encoder.finish().expect("memory")
    }

    async fn answer_to(bytes: Vec<u8>) -> Result<Answer, FetchError> {
        let (address, _served) = server(Conduct::Sends(bytes)).await;
        client(&address, |_| ()).get(&Upstream::commune("75056")).await
    }

    #[tokio::test]
    async fn a_gateway_is_asked_with_the_host_in_its_path_and_the_app_says_who_it_is() {
        let (address, served) = server(Conduct::Sends(ok("", b"[]"))).await;
        let client = client(&format!("{address}/cache/"), |_| ());
        let answer = client.get(&Upstream::commune("75056")).await.expect("an answer");
        assert_eq!(answer.body, b"[]");
        let request = served.await.expect("a request").to_lowercase();
        assert!(
            request.starts_with(
                "get /cache/geo.api.gouv.fr/communes\
                 ?code=75056&fields=code,nom,centre&format=json http/1.1\r\n"
            ),
            "{request}"
        );
        let agent = format!(
            "\r\nuser-agent: ecosante/{} (+https://github.com/ecosante/ecosante)\r\n",
            env!("CARGO_PKG_VERSION")
        );
        assert!(request.contains(&agent), "{request}");
        assert!(request.contains("\r\naccept-encoding: gzip\r\n"), "{request}");
        assert!(!request.contains("cookie") && !request.contains("referer"), "{request}");
    }

    #[tokio::test]
    async fn compressed_answers_are_read() {
        let answer = answer_to(ok("content-encoding: gzip\r\n", &gzip(b"[1,2]"))).await;
        assert_eq!(answer.expect("an answer").body, b"[1,2]");
    }

    #[tokio::test]
    async fn an_answer_is_cut_off_at_the_limit_however_it_arrives() {
        let limit = 100_000;
        let bomb = gzip(&vec![b' '; 20_000_000]);
        assert!(bomb.len() < limit, "small on the wire");
        let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
        let announced = b"HTTP/1.1 200 OK\r\ncontent-length: 200000000\r\n\r\n".to_vec();
        let conducts = [
            Conduct::Sends(ok("content-encoding: gzip\r\n", &bomb)),
            Conduct::Repeats(announced, Vec::from([b' '; 4096])),
            Conduct::Repeats(chunked, b"4\r\nabcd\r\n".repeat(500)),
            Conduct::Sends(ok("", &vec![b' '; limit + 1])),
        ];
        for conduct in conducts {
            let (address, _served) = server(conduct).await;
            let client = client(&address, |options| options.max_body = limit);
            let answer = client.get(&Upstream::commune("75056")).await;
            assert_eq!(answer, Err(FetchError::TooLarge { limit }));
        }
        let (address, _served) = server(Conduct::Sends(ok("", &vec![b' '; limit]))).await;
        let client = client(&address, |options| options.max_body = limit);
        assert!(client.get(&Upstream::commune("75056")).await.is_ok(), "the limit itself is fine");
    }

    #[tokio::test]
    async fn neither_a_hang_nor_a_drip_outlasts_the_time_limit() {
        for conduct in [Conduct::Hangs, Conduct::Drips] {
            let (address, _served) = server(conduct).await;
            let client =
                client(&address, |options| options.total_timeout = Duration::from_millis(200));
            let answer = client.get(&Upstream::commune("75056")).await;
            assert_eq!(answer, Err(FetchError::TimedOut));
        }
    }

    #[tokio::test]
    async fn what_breaks_on_the_way_is_told_apart() {
        let short = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1".to_vec();
        assert_eq!(answer_to(short).await, Err(FetchError::Interrupted));
        assert_eq!(answer_to(Vec::new()).await, Err(FetchError::Interrupted));
        let mut half = gzip(&b"[1,2,3,4]".repeat(100));
        half.truncate(half.len() / 2);
        let half = answer_to(ok("content-encoding: gzip\r\n", &half)).await;
        assert_eq!(half, Err(FetchError::Interrupted));

        let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", closed.local_addr().expect("an address"));
        drop(closed);
        let answer = client(&address, |_| ()).get(&Upstream::commune("75056")).await;
        assert_eq!(answer, Err(FetchError::Refused));

        // The name is reserved never to exist (RFC 6761).
        let nowhere = client("http://gateway.invalid", |_| ());
        assert_eq!(nowhere.get(&Upstream::commune("75056")).await, Err(FetchError::Dns));
    }

    #[tokio::test]
    async fn a_server_that_does_not_speak_tls_is_a_tls_failure() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("https://{}", listener.local_addr().expect("an address"));
        let _served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut hello = [0; 64];
            drop(stream.read(&mut hello).await);
            drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await);
        });
        let options = HttpOptions {
            gateway: Some(address.parse().expect("a gateway")),
            ..Default::default()
        };
        // A machine without certificates fails to build the client, in the same way.
        let answer = match HttpClient::new(&options) {
            Ok(client) => client.get(&Upstream::commune("75056")).await,
            Err(error) => Err(error),
        };
        assert_eq!(answer.map_err(|error| error.code()), Err("tls"));
    }

    #[tokio::test]
    async fn only_status_200_is_an_answer_and_no_redirect_is_followed() {
        for (status, code) in
            [("204 No", 204), ("206 Partial", 206), ("404 No", 404), ("503 No", 503)]
        {
            let answer = answer_to(format!("HTTP/1.1 {status}\r\n\r\n").into_bytes()).await;
            let Err(FetchError::Status { status, retry_after: None, reason: None }) = answer else {
                panic!("{answer:?}");
            };
            assert_eq!(status, code);
        }
        let (elsewhere, reached) = server(Conduct::Sends(ok("", b"[]"))).await;
        let redirect =
            format!("HTTP/1.1 302 Found\r\nlocation: {elsewhere}/\r\ncontent-length: 0\r\n\r\n");
        let answer = answer_to(redirect.into_bytes()).await;
        assert!(matches!(answer, Err(FetchError::Status { status: 302, .. })), "{answer:?}");
        assert!(!reached.is_finished());
    }

    #[tokio::test]
    async fn status_206_is_an_answer_to_the_question_that_takes_a_part() {
        let since = chrono::NaiveDate::MIN;
        for (status, taken) in [("206 Partial", true), ("200 OK", true), ("204 No", false)] {
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\n\r\n{{}}");
            let (address, _served) = server(Conduct::Sends(answer.into_bytes())).await;
            let client = client(&address, |_| ());
            let answer = client.get(&Upstream::drinking_water(&["75056"], since)).await;
            assert_eq!(answer.is_ok(), taken, "{status}: {answer:?}");
        }
    }

    #[tokio::test]
    async fn a_refusal_carries_its_reason_and_when_to_come_back() {
        let body = r#"{"error":true,"reason":"Hourly API request limit exceeded."}"#;
        let answer = format!("HTTP/1.1 429 Too Many\r\nretry-after: 5\r\n\r\n{body}");
        assert_eq!(
            answer_to(answer.into_bytes()).await,
            Err(FetchError::Status {
                status: 429,
                retry_after: Some(RetryAfter::In(Duration::from_secs(5))),
                reason: Some("Hourly API request limit exceeded.".to_owned()),
            })
        );
    }

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    #[test]
    fn the_next_try_is_when_the_producer_says() {
        let now = moment("2026-09-08T14:25:36.500Z");
        let header = |retry_after| FetchError::Status {
            status: 429,
            retry_after: Some(retry_after),
            reason: Some("Daily API request limit exceeded.".to_owned()),
        };
        let reason = |reason: &str| FetchError::Status {
            status: 429,
            retry_after: None,
            reason: Some(reason.to_owned()),
        };
        let said = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().expect("a header"));
            RetryAfter::of(&headers)
        };
        assert_eq!(said("120"), Some(RetryAfter::In(Duration::from_secs(120))));
        assert_eq!(
            said("Tue, 08 Sep 2026 15:00:00 GMT"),
            Some(RetryAfter::At(moment("2026-09-08T15:00:00Z")))
        );
        for nonsense in ["soon", "-5", "", "1.5", "99999999999999999999999"] {
            assert_eq!(said(nonsense), None, "{nonsense:?}");
        }
        let cases = [
            (header(RetryAfter::In(Duration::from_secs(90))), Some("2026-09-08T14:27:06.500Z")),
            (header(RetryAfter::In(Duration::MAX)), Some("2026-09-09T14:25:36.500Z")),
            (header(RetryAfter::At(moment("2026-09-08T15:00:00Z"))), Some("2026-09-08T15:00:00Z")),
            (
                header(RetryAfter::At(moment("2020-01-01T00:00:00Z"))),
                Some("2026-09-08T14:25:36.500Z"),
            ),
            (
                header(RetryAfter::At(moment("2099-01-01T00:00:00Z"))),
                Some("2026-09-09T14:25:36.500Z"),
            ),
            (reason("Minutely API request limit exceeded."), Some("2026-09-08T14:26:00Z")),
            (reason("Hourly API request limit exceeded."), Some("2026-09-08T15:00:00Z")),
            (reason("Daily API request limit exceeded."), Some("2026-09-09T00:00:00Z")),
            (reason("Too many concurrent requests"), None),
            (
                FetchError::Producer { reason: "Hourly API".to_owned() },
                Some("2026-09-08T15:00:00Z"),
            ),
            (FetchError::TimedOut, None),
        ];
        for (error, expected) in cases {
            assert_eq!(error.retry_after(now), expected.map(moment), "{error}");
        }
    }

    #[test]
    fn a_gateway_is_a_bare_http_address() {
        for (text, base) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://air.example.org/cache/", "https://air.example.org/cache"),
            (" http://[::1]:80/ ", "http://[::1]"),
        ] {
            assert_eq!(text.parse::<BaseUrl>().map(|it| it.to_string()), Ok(base.to_owned()));
        }
        for (text, error) in [
            ("", InvalidBaseUrl::NotHttp),
            ("localhost:8080", InvalidBaseUrl::NotHttp),
            ("ftp://example.org", InvalidBaseUrl::NotHttp),
            ("file:///etc/hosts", InvalidBaseUrl::NotHttp),
            ("http://", InvalidBaseUrl::NotHttp),
            ("http://me:secret@example.org", InvalidBaseUrl::Credentials),
            ("http://me@example.org", InvalidBaseUrl::Credentials),
            ("http://example.org/?to=", InvalidBaseUrl::QueryOrFragment),
            ("http://example.org/#", InvalidBaseUrl::QueryOrFragment),
        ] {
            assert_eq!(text.parse::<BaseUrl>(), Err(error), "{text:?}");
        }
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Sample {
        value: i32,
    }

    #[test]
    fn what_is_not_the_json_that_was_asked_for_is_named() {
        let xml = |text: &str| FetchError::NotJson(NotJson::Xml { text: text.to_owned() });
        let cases: [(&str, FetchError); 13] = [
            ("", FetchError::NotJson(NotJson::Empty)),
            (" \n", FetchError::NotJson(NotJson::Empty)),
            ("<!DOCTYPE html><p>Sign in", FetchError::NotJson(NotJson::Html)),
            ("\u{feff}\n<HTML>", FetchError::NotJson(NotJson::Html)),
            (
                "<?xml version='1.0'?><ows:ExceptionReport><ows:ExceptionText>Could not\n parse \
                 code_zone IN ('75056') near 48.85</ows:ExceptionText></ows:ExceptionReport>",
                xml("Could not parse code_zone IN … near …"),
            ),
            ("<ServiceException/>", xml("")),
            (
                "Over quota for 48.85, 2.35",
                FetchError::NotJson(NotJson::Other { start: "Over quota for …".to_owned() }),
            ),
            ("{\"value\":nan}", FetchError::NotJson(NotJson::Broken { line: 1, column: 11 })),
            ("{\"value\":1", FetchError::Truncated),
            (
                "{\"value\":Unexpected error while streaming data: out of range",
                FetchError::Producer {
                    reason: "Unexpected error while streaming data: out of range".to_owned(),
                },
            ),
            (
                "{\"error\":true,\"reason\":\"Latitude must be in range. Given: 148.85\"}",
                FetchError::Producer { reason: "Latitude must be in range. Given: …".to_owned() },
            ),
            ("{\"other\":1}", FetchError::schema("line 1, column 11")),
            ("{\"value\":\"Lyon\"}", FetchError::schema("line 1, column 15")),
        ];
        for (body, expected) in cases {
            assert_eq!(json::<Sample>(body.as_bytes()), Err(expected), "{body:?}");
        }
        assert_eq!(json("\u{feff} {\"value\":1}\n".as_bytes()), Ok(Sample { value: 1 }));
    }

    #[test]
    fn every_code_is_listed() {
        let errors = [
            FetchError::Refused,
            FetchError::Dns,
            FetchError::Tls { detail: String::new() },
            FetchError::Interrupted,
            FetchError::TimedOut,
            FetchError::TooLarge { limit: 1 },
            FetchError::Status { status: 404, retry_after: None, reason: None },
            FetchError::NotJson(NotJson::Empty),
            FetchError::Truncated,
            FetchError::Producer { reason: String::new() },
            FetchError::OverBudget,
            FetchError::Resting { until: DateTime::UNIX_EPOCH },
            FetchError::schema(""),
            FetchError::Outdated,
        ];
        assert_eq!(errors.map(|error| error.code()), FetchError::CODES);
    }

    proptest! {
        #[test]
        fn no_answer_is_read_with_a_panic(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = json::<Sample>(&body);
            let _ = json::<serde_json::Value>(&body);
        }

        #[test]
        fn no_figure_and_no_quotation_reaches_the_log(
            before in "[a-z ]{0,20}", quoted in "[a-zA-Z ]{1,30}", figure in "[0-9]{1,3}\\.[0-9]{1,4}"
        ) {
            let shown = quotable(&format!("{before} 'Q{quoted}Q' at {figure}, end"));
            prop_assert!(!shown.contains('Q'));
            prop_assert!(!shown.contains(|it: char| it.is_ascii_digit()));
            prop_assert!(shown.ends_with("end"));
        }
    }
}
