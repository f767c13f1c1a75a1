//! Connections: one thread each, all gone when the server is dropped.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::fault::Fault;
use crate::http::{self, Answer, Request};
use crate::world::{Clock, World};
use crate::{folder, gateway, host};

/// The hosts that serve files, each with a mark by which it can be asked for again.
const FILES: [&str; 2] = [host::VIGILANCE_ARCHIVE, host::VIGILANCE_STORE];

/// Where the answers come from.
#[derive(Clone, Debug)]
pub enum Answers {
    /// Made from a world, for any question.
    World(Box<World>),
    /// Recorded ones, sent as they are whatever the question.
    Folder(PathBuf),
}

/// A running replay server on 127.0.0.1; dropping it closes every connection and stops it.
///
/// All methods may be called from any thread, with or without an asynchronous runtime.
#[derive(Debug)]
pub struct Replay {
    shared: Arc<Shared>,
    address: SocketAddr,
    tls: bool,
    acceptor: Option<JoinHandle<()>>,
}

impl Replay {
    /// Serves `world` on a free port.
    ///
    /// # Panics
    /// When the loopback interface gives no port.
    pub fn start(world: World) -> Self {
        Self::listen(Answers::World(Box::new(world)), 0).expect("loopback has a free port")
    }

    /// Serves `world` over TLS with a certificate for 127.0.0.1 that nobody signed.
    ///
    /// # Panics
    /// When the loopback interface gives no port.
    pub fn start_tls(world: World) -> Self {
        let tls = unsigned_certificate();
        Self::launch(Answers::World(Box::new(world)), 0, Some(tls))
            .expect("loopback has a free port")
    }

    /// Serves the recorded answers of a folder, which is read at every request.
    ///
    /// # Panics
    /// When the loopback interface gives no port.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self::listen(Answers::Folder(path.into()), 0).expect("loopback has a free port")
    }

    /// Serves `answers` on `port` of 127.0.0.1, 0 for a free one.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn listen(answers: Answers, port: u16) -> io::Result<Self> {
        Self::launch(answers, port, None)
    }

    fn launch(answers: Answers, port: u16, tls: Option<Arc<ServerConfig>>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            answers: match answers {
                Answers::World(world) => Source::World(Mutex::new(world)),
                Answers::Folder(path) => Source::Folder(path),
            },
            files: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
            answered: Mutex::default(),
            halt: Halt::default(),
        });
        let (serving, encrypted) = (Arc::clone(&shared), tls.is_some());
        let acceptor = thread::Builder::new()
            .name("replay".to_owned())
            .spawn(move || accept(&listener, &serving, tls.as_ref()))?;
        Ok(Self { shared, address, tls: encrypted, acceptor: Some(acceptor) })
    }

    /// The base URL for `ECOSANTE_GATEWAY`, without a slash at its end.
    pub fn gateway(&self) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Looks at the world or changes it, between two requests.
    ///
    /// # Panics
    /// When the server replays a folder, which has no world.
    pub fn world<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        match &self.shared.answers {
            Source::World(world) => change(&mut locked(world)),
            Source::Folder(path) => panic!("{} is a folder, not a world", path.display()),
        }
    }

    /// From now on the files below `folder` are what `host` answers with, each with a mark by which it
    /// can be asked for again; of a file that is not there: 404.
    pub fn serve_files(&self, host: &str, folder: impl Into<PathBuf>) {
        locked(&self.shared.files).insert(host.to_owned(), folder.into());
    }

    /// From now on every answer of `host` has this fault; with `None`, none has.
    ///
    /// The host may be followed by the beginning of a path, as in [`host::ATMO_POLLEN`]: then only
    /// what lies there is meant.
    ///
    /// [`host::ATMO_POLLEN`]: crate::host::ATMO_POLLEN
    /// # Panics
    /// When the fault needs a world and the server replays a folder, whose bytes stay as they are.
    pub fn fault(&self, host: &str, fault: impl Into<Option<Fault>>) {
        match fault.into() {
            Some(fault) => self.plan(host, fault, None),
            None => {
                locked(&self.shared.faults).remove(host);
            }
        }
    }

    /// The next `count` answers of `host` have this fault, those after them none.
    ///
    /// # Panics
    /// As [`Replay::fault`].
    pub fn fault_next(&self, host: &str, count: u32, fault: Fault) {
        self.plan(host, fault, Some(count));
    }

    fn plan(&self, host: &str, fault: Fault, left: Option<u32>) {
        if let Source::Folder(path) = &self.shared.answers {
            assert!(!fault.twists_content(), "{fault:?} cannot change what {path:?} has recorded");
        }
        locked(&self.shared.faults).insert(host.to_owned(), Planned { fault, left });
    }

    /// Every request so far, in the order of arrival, faulty answers included.
    pub fn requests(&self) -> Vec<Request> {
        locked(&self.shared.requests).clone()
    }

    /// The requests so far for one upstream; as with [`Replay::fault`], a path narrows it.
    pub fn requests_to(&self, host: &str) -> Vec<Request> {
        let mut requests = self.requests();
        requests.retain(|request| concerns(host, request));
        requests
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        locked(&self.shared.requests).clear();
    }
}

impl Drop for Replay {
    fn drop(&mut self) {
        self.shared.halt.now();
        // The acceptor sees that it is over when its next connection comes.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            // A connection that panicked has said so on standard error.
            let _ = acceptor.join();
        }
    }
}

#[derive(Debug)]
enum Source {
    World(Mutex<Box<World>>),
    Folder(PathBuf),
}

#[derive(Debug)]
struct Planned {
    fault: Fault,
    /// Answers that still have it; `None` for all.
    left: Option<u32>,
}

#[derive(Debug)]
struct Shared {
    answers: Source,
    /// Folders of files, by the host that serves them.
    files: Mutex<BTreeMap<String, PathBuf>>,
    faults: Mutex<BTreeMap<String, Planned>>,
    requests: Mutex<Vec<Request>>,
    /// How many answers were made: some upstreams never give the same identifier twice.
    answered: Mutex<u64>,
    halt: Halt,
}

impl Shared {
    fn now(&self) -> DateTime<FixedOffset> {
        match &self.answers {
            Source::World(world) => locked(world).clock.now(),
            Source::Folder(_) => Clock::System.now(),
        }
    }

    fn take_fault(&self, request: &Request) -> Option<Fault> {
        let mut faults = locked(&self.faults);
        // Of two that begin alike the longer comes later in the order of the map.
        let mut planned = faults.iter_mut().rev().filter(|(of, _)| concerns(of, request));
        let (_, planned) = planned.find(|(_, planned)| planned.left != Some(0))?;
        match &mut planned.left {
            None => Some(planned.fault.clone()),
            Some(0) => None,
            Some(left) => {
                *left -= 1;
                Some(planned.fault.clone())
            }
        }
    }

    fn answer(&self, request: &Request, fault: Option<&Fault>) -> Answer {
        let call = {
            let mut answered = locked(&self.answered);
            *answered += 1;
            *answered
        };
        if let Some(files) = locked(&self.files).get(&request.host) {
            return folder::file(files, request).unless_known(request);
        }
        match &self.answers {
            Source::World(world) => {
                let answer = gateway::answer(&locked(world), request, fault, call);
                if fault.is_none() && FILES.contains(&request.host.as_str()) {
                    answer.unless_known(request)
                } else {
                    answer
                }
            }
            Source::Folder(path) => folder::answer(path, request),
        }
    }

    /// Answers one connection until either side leaves.
    fn serve(&self, wire: Wire) -> io::Result<()> {
        let mut reader = BufReader::new(wire);
        loop {
            let received = match http::receive(&mut reader, || self.now()) {
                Ok(Some(received)) => received,
                Ok(None) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    let answer = Answer::new(400, http::PLAIN, "This is not a request.");
                    let (head, body) = answer.written(false, self.now());
                    reader.get_mut().write_all(&head)?;
                    return reader.get_mut().write_all(&body);
                }
                Err(error) => return Err(error),
            };
            let request = received.request;
            locked(&self.requests).push(request.clone());
            let wire = reader.get_mut();
            if received.method != "GET" {
                let answer = Answer::new(405, http::PLAIN, "Only GET is replayed.");
                let (head, body) = answer.written(false, request.at);
                wire.write_all(&head)?;
                return wire.write_all(&body);
            }
            let fault = self.take_fault(&request);
            let answer = self.answer(&request, fault.as_ref());
            let usable = match fault {
                Some(fault) => fault.play(wire, &self.halt, &request, answer)?,
                None => {
                    let (head, body) = answer.written(request.accepts_gzip(), request.at);
                    wire.write_all(&head)?;
                    wire.write_all(&body)?;
                    wire.flush()?;
                    true
                }
            };
            if !usable || received.last {
                return Ok(());
            }
        }
    }
}

/// Whether a host, or a host with the beginning of a path, is what a request asks.
fn concerns(of: &str, request: &Request) -> bool {
    let narrowed = || format!("{}{}", request.host, request.path).starts_with(of);
    of == request.host || of.contains('/') && narrowed()
}

fn accept(listener: &TcpListener, shared: &Shared, tls: Option<&Arc<ServerConfig>>) {
    thread::scope(|connections| {
        for (number, socket) in (0..).zip(listener.incoming()) {
            let Ok(socket) = socket else { continue };
            if shared.halt.has_come() {
                break;
            }
            if !shared.halt.watch(number, &socket) {
                continue;
            }
            let Ok(wire) = Wire::new(socket, tls) else { continue };
            connections.spawn(move || {
                // An error here is a client that left, which is its right.
                let _ = shared.serve(wire);
                shared.halt.forget(number);
            });
        }
    });
}

/// The end of the server: it closes every socket, and wakes whoever waits.
#[derive(Debug, Default)]
pub(crate) struct Halt {
    state: Mutex<Open>,
    come: Condvar,
}

#[derive(Debug, Default)]
struct Open {
    over: bool,
    sockets: BTreeMap<u64, TcpStream>,
}

impl Halt {
    fn now(&self) {
        let mut state = locked(&self.state);
        state.over = true;
        for socket in state.sockets.values() {
            let _ = socket.shutdown(Shutdown::Both);
        }
        self.come.notify_all();
    }

    fn has_come(&self) -> bool {
        locked(&self.state).over
    }

    /// Has the socket closed at the end; false when the end has come already.
    fn watch(&self, number: u64, socket: &TcpStream) -> bool {
        let mut state = locked(&self.state);
        let Ok(handle) = socket.try_clone() else { return false };
        if !state.over {
            state.sockets.insert(number, handle);
        }
        !state.over
    }

    fn forget(&self, number: u64) {
        locked(&self.state).sockets.remove(&number);
    }

    /// Waits for `time` or the end; true at the end.
    pub(crate) fn wait(&self, time: Duration) -> bool {
        self.come
            .wait_timeout_while(locked(&self.state), time, |state| !state.over)
            .map_or(true, |(state, _)| state.over)
    }
}

/// A connection, encrypted or not.
pub(crate) enum Wire {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Wire {
    fn new(socket: TcpStream, tls: Option<&Arc<ServerConfig>>) -> io::Result<Self> {
        socket.set_nodelay(true)?;
        match tls {
            None => Ok(Self::Plain(socket)),
            Some(config) => {
                let session =
                    ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
                Ok(Self::Tls(Box::new(StreamOwned::new(session, socket))))
            }
        }
    }

    fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => &stream.sock,
        }
    }

    /// Closing this connection will be a reset, not a farewell.
    pub(crate) fn reset_on_close(&self) -> io::Result<()> {
        socket2::SockRef::from(self.socket()).set_linger(Some(Duration::ZERO))
    }

    /// Returns when the other side has gone or the server stops.
    pub(crate) fn wait_for_leave(&mut self) {
        let mut ignored = [0; 1024];
        while self.read(&mut ignored).is_ok_and(|length| length > 0) {}
    }
}

impl Read for Wire {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(bytes),
            Self::Tls(stream) => stream.read(bytes),
        }
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}

fn unsigned_certificate() -> Arc<ServerConfig> {
    let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).expect("these names fit a certificate");
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(vec![made.cert.der().clone()], key.into())
        })
        .expect("a fresh certificate and its key fit together");
    Arc::new(config)
}

/// A panic in a scenario's closure must not turn every later call into another panic.
fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
