//! What the tests of several sources need.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::JoinHandle;

use crate::http::{BaseUrl, HttpClient, HttpOptions};

/// A server that gives these answers, written out with their heads, one a connection; and then the
/// requests that it got.
pub(crate) async fn server(answers: Vec<Vec<u8>>) -> (BaseUrl, JoinHandle<Vec<String>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let served = tokio::spawn(async move {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.expect("a request"));
            }
            asked.push(String::from_utf8_lossy(&request).into_owned());
            stream.write_all(&answer).await.expect("a client");
        }
        asked
    });
    (address.parse().expect("a base address"), served)
}

/// A client behind a gateway that is such a [`server`].
pub(super) async fn gateway(answers: Vec<Vec<u8>>) -> (HttpClient, JoinHandle<Vec<String>>) {
    let (gateway, served) = server(answers).await;
    let options = HttpOptions { gateway: Some(gateway), ..HttpOptions::default() };
    (HttpClient::new(&options).expect("a client"), served)
}

/// An answer of this status, written out.
pub(crate) fn answer(status: u16, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} So\r\nconnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// A [`gateway`] whose answers are all well.
pub(super) async fn gateway_of(bodies: Vec<Vec<u8>>) -> (HttpClient, JoinHandle<Vec<String>>) {
    gateway(bodies.iter().map(|body| answer(200, body)).collect()).await
}
