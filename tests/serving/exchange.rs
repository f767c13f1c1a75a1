//! A client that shows every byte: nothing is unpacked, followed or remembered.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// What a server answered.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    /// As it was sent, but put together where it came in chunks.
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// The only header of that name, in lower case.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(key, _)| key == name).map(|(_, it)| &**it);
        let value = values.next();
        assert_eq!(values.next(), None, "{name} is there twice");
        value
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks for a path, which is sent as it is.
pub(crate) fn get(port: u16, path: &str, headers: &[(&str, &str)]) -> Reply {
    ask(port, "GET", path, headers)
}

/// Sends a request and reads the whole answer.
#[track_caller]
pub(crate) fn ask(port: u16, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("nginx listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
    let mut request =
        format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).expect("a request");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    read(&bytes, method == "HEAD").unwrap_or_else(|| {
        panic!("{method} {path}: no answer but {:?}", String::from_utf8_lossy(&bytes))
    })
}

fn read(bytes: &[u8], no_body: bool) -> Option<Reply> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            (name.to_ascii_lowercase(), value.to_owned())
        })
        .collect();
    let sent = &bytes[end + 4..];
    let of = |name: &str| headers.iter().find(|(key, _)| key == name).map(|(_, it)| it.as_str());
    let body = match (of("transfer-encoding"), of("content-length")) {
        (Some("chunked"), _) => joined(sent)?,
        // A body that is shorter than it says is torn.
        (_, Some(length)) if !no_body && status != 304 => {
            sent.get(..length.parse().ok()?).filter(|body| body.len() == sent.len())?.to_vec()
        }
        _ => sent.to_vec(),
    };
    Some(Reply { status, headers, body })
}

fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let line = chunks.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&chunks[..line]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(chunks.get(line + 2..line + 2 + length)?);
        chunks = chunks.get(line + length + 4..)?;
    }
}
