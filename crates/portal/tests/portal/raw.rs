//! A client that sends exactly what a test wants, and stops where a test wants.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// How long a test waits until the portal closes a connection. Its own limit is 7 seconds.
const DEADLINE: Duration = Duration::from_secs(60);

pub(crate) struct Raw {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

/// An answer, or an interim one, which has no body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub closes: bool,
    pub body: Vec<u8>,
}

impl Raw {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        Self { stream: BufReader::new(TcpStream::connect(address).await.unwrap()), address }
    }

    /// A client for which the system keeps only a few unread bytes.
    pub(crate) async fn connect_with_little_room(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        Self { stream: BufReader::new(socket.connect(address).await.unwrap()), address }
    }

    pub(crate) async fn send(&mut self, text: impl AsRef<[u8]>) {
        self.stream.write_all(text.as_ref()).await.unwrap();
    }

    /// Sends a request's head, with more header lines.
    pub(crate) async fn head(&mut self, call: &str, more: &str) {
        let address = self.address;
        self.send(format!("{call} HTTP/1.1\r\nHost: {address}\r\n{more}\r\n")).await;
    }

    /// Sends the first half of a request's head.
    pub(crate) async fn half_a_head(&mut self) {
        let address = self.address;
        self.send(format!("POST /rpc HTTP/1.1\r\nHost: {address}\r\nX-Half: ")).await;
    }

    pub(crate) async fn answer(&mut self) -> Answer {
        let first = self.line().await;
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
        let mut answer =
            Answer { status: status.unwrap_or_else(|| panic!("{first:?}")), closes: false, body: Vec::new() };
        let mut length = 0;
        loop {
            let line = self.line().await.to_ascii_lowercase();
            match line.split_once(": ") {
                Some(("content-length", value)) => length = value.parse().unwrap(),
                Some(("connection", value)) => answer.closes = value == "close",
                Some(_) => {}
                None => break,
            }
        }
        answer.body.resize(length, 0);
        self.stream.read_exact(&mut answer.body).await.unwrap();
        answer
    }

    /// Asks whether the portal answers, on this connection.
    pub(crate) async fn healthz(&mut self) -> u16 {
        self.head("GET /healthz", "").await;
        self.answer().await.status
    }

    /// Completes when the portal has closed the connection.
    pub(crate) async fn closed(&mut self) {
        let mut rest = Vec::new();
        // A connection with bytes that the portal did not read is reset, which is an error here.
        let ended = timeout(DEADLINE, self.stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "the portal did not close the connection");
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }
}
