//! A real server on loopback that does what a test tells it to, down to single bytes on the wire.

pub(crate) use crate::wire::Seen;
use crate::wire::{self, read};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What the server does with one request after it has read it completely.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Answers and closes.
    Answer { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    /// Closes without a word.
    Drop,
    /// Announces more than it sends, then closes.
    BreakOff { body: Vec<u8>, announced: usize },
    /// Announces more than it sends, then says nothing more.
    Hang { body: Vec<u8>, announced: usize },
    /// Says nothing at all.
    Silence,
    /// Sends one byte every 50 ms without end.
    Drip,
    /// Sends an answer in so many parts, one every 50 ms.
    Trickle { body: Vec<u8>, parts: usize },
    /// Sends chunks without end.
    Flood,
}

#[derive(Debug, Default)]
struct Stage {
    calls: Mutex<VecDeque<Act>>,
    capabilities: Mutex<Option<Act>>,
    seen: Mutex<Vec<Seen>>,
}

/// The server; it ends with the test's runtime.
#[derive(Debug)]
pub(crate) struct FaultServer {
    port: u16,
    stage: Arc<Stage>,
}

impl FaultServer {
    /// Plays the acts, one a call; the last one is played again for whatever comes after. `GET /rpc/capabilities` is
    /// answered with 404, as a vendor does.
    pub(crate) async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let stage = Arc::new(Stage { calls: Mutex::new(acts.into_iter().collect()), ..Stage::default() });
        tokio::spawn(accept(listener, Arc::clone(&stage)));
        Self { port, stage }
    }

    /// Answers `GET /rpc/capabilities` with this act.
    pub(crate) fn telling(self, act: Act) -> Self {
        *self.stage.capabilities.lock().unwrap() = Some(act);
        self
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Every request so far but those for the capabilities.
    pub(crate) fn calls(&self) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| !seen.target.ends_with("/rpc/capabilities")).collect()
    }

    /// Every request so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.stage.seen.lock().unwrap().clone()
    }
}

/// Fails if acts were left over; the last one may repeat.
impl Drop for FaultServer {
    fn drop(&mut self) {
        let calls = self.stage.calls.lock().unwrap();
        if !std::thread::panicking() {
            assert!(calls.len() <= 1, "{} acts were not played", calls.len());
        }
    }
}

impl Stage {
    fn act(&self, seen: &Seen) -> Act {
        if seen.target.ends_with("/rpc/capabilities") {
            return self
                .capabilities
                .lock()
                .unwrap()
                .clone()
                .unwrap_or_else(|| json(404, r#"{"message":"not found"}"#));
        }
        let mut calls = self.calls.lock().unwrap();
        match calls.len() {
            0 => panic!("an unexpected call: {} {}", seen.method, seen.target),
            1 => calls[0].clone(),
            _ => calls.pop_front().unwrap(),
        }
    }
}

/// An answer in JSON.
pub(crate) fn json(status: u16, body: &str) -> Act {
    answer(status, "application/json; charset=utf-8", body)
}

/// An answer in YAML.
pub(crate) fn yaml(status: u16, body: &str) -> Act {
    answer(status, "text/yaml", body)
}

/// An answer of any media type.
pub(crate) fn answer(status: u16, content_type: &str, body: &str) -> Act {
    Act::Answer {
        status,
        headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
        body: body.as_bytes().to_vec(),
    }
}

impl Act {
    /// The same answer with a further header.
    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        match self {
            Self::Answer { status, mut headers, body } => {
                headers.push((name.to_owned(), value.to_owned()));
                Self::Answer { status, headers, body }
            }
            other => other,
        }
    }
}

async fn accept(listener: TcpListener, stage: Arc<Stage>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, Arc::clone(&stage)));
    }
}

async fn serve(mut stream: TcpStream, stage: Arc<Stage>) {
    let Some(seen) = read(&mut stream).await else { return };
    stage.seen.lock().unwrap().push(seen.clone());
    let act = stage.act(&seen);
    // The client may have gone away in the middle: that is what some of the tests are about.
    let _gone = play(&mut stream, act).await;
}

async fn play(stream: &mut TcpStream, act: Act) -> std::io::Result<()> {
    match act {
        Act::Answer { status, headers, body } => wire::answer(stream, status, &headers, &body).await,
        Act::Drop => Ok(()),
        Act::BreakOff { body, announced } => begin(stream, &body, announced).await,
        Act::Hang { body, announced } => {
            begin(stream, &body, announced).await?;
            wait_for_the_client_to_leave(stream).await
        }
        Act::Silence => wait_for_the_client_to_leave(stream).await,
        Act::Drip => {
            begin(stream, b"", 1_000_000).await?;
            loop {
                stream.write_all(b" ").await?;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        Act::Trickle { body, parts } => {
            begin(stream, b"", body.len()).await?;
            for part in body.chunks(body.len().div_ceil(parts)) {
                stream.write_all(part).await?;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Ok(())
        }
        Act::Flood => {
            let head =
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            let mut chunk = b"10000\r\n".to_vec();
            chunk.resize(chunk.len() + 0x10000, b' ');
            chunk.extend_from_slice(b"\r\n");
            loop {
                stream.write_all(&chunk).await?;
            }
        }
    }
}

async fn begin(stream: &mut TcpStream, body: &[u8], announced: usize) -> std::io::Result<()> {
    let head =
        format!("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: {announced}\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await
}

async fn wait_for_the_client_to_leave(stream: &mut TcpStream) -> std::io::Result<()> {
    let mut nothing = [0; 64];
    while stream.read(&mut nothing).await? > 0 {}
    Ok(())
}
