//! A scripted instance on loopback: it answers each request as a test says, in plain or under a private authority's certificate.

use super::tls::Identity;
use serde_json::Value;
use std::{
    fmt,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};

/// What the server does with one request after it has read it completely.
#[derive(Debug, Clone)]
pub enum Act {
    /// Answers and closes.
    Answer { status: u16, content_type: &'static str, headers: String, body: String },
    /// Closes without a word.
    Drop,
    /// Says nothing at all.
    Silence,
}

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub authorization: Option<String>,
    pub body: String,
}

impl Seen {
    /// `GET /api/licensing/check` and the like.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

type Script = Box<dyn Fn(&Seen) -> Act + Send + Sync>;

struct Stage {
    script: Script,
    seen: Mutex<Vec<Seen>>,
}

/// The server; it ends with the test's runtime.
pub struct Server {
    address: String,
    stage: Arc<Stage>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({})", self.address)
    }
}

impl Server {
    /// One that answers as the script says.
    pub async fn start(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> Self {
        Self::listen(script, None).await
    }

    /// The same behind encryption.
    pub async fn start_encrypted(
        identity: &Identity,
        script: impl Fn(&Seen) -> Act + Send + Sync + 'static,
    ) -> Self {
        Self::listen(script, Some(identity.acceptor())).await
    }

    async fn listen(
        script: impl Fn(&Seen) -> Act + Send + Sync + 'static,
        tls: Option<tokio_rustls::TlsAcceptor>,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let address = format!("{scheme}://localhost:{}", listener.local_addr().unwrap().port());
        let stage = Arc::new(Stage { script: Box::new(script), seen: Mutex::default() });
        let of_server = Arc::clone(&stage);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (stage, tls) = (Arc::clone(&of_server), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &stage).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => serve(stream, &stage).await,
                            // The client does not trust this certificate: that is what some of the tests are about.
                            Err(_) => None,
                        },
                    }
                });
            }
        });
        Self { address, stage }
    }

    /// Its root URL without a slash at its end.
    pub fn address(&self) -> String {
        self.address.clone()
    }

    /// Every request so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.stage.seen.lock().unwrap().clone()
    }

    /// Every request so far, as `GET /path`.
    pub fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }
}

/// An answer in JSON.
pub fn json(status: u16, body: &Value) -> Act {
    answer(status, "application/json", &body.to_string())
}

/// An answer of any kind.
pub fn answer(status: u16, content_type: &'static str, body: &str) -> Act {
    Act::Answer { status, content_type, headers: String::new(), body: body.to_owned() }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, stage: &Stage) -> Option<()> {
    let seen = read(&mut stream).await?;
    let act = (stage.script)(&seen);
    stage.seen.lock().unwrap().push(seen);
    match act {
        Act::Answer { status, content_type, headers, body } => {
            let head = format!(
                "HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\n{headers}Content-Length: {}\r\n\
                 Connection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).await.ok()?;
            stream.write_all(body.as_bytes()).await.ok()?;
            stream.shutdown().await.ok()
        }
        Act::Drop => None,
        Act::Silence => {
            let mut nothing = [0; 64];
            while stream.read(&mut nothing).await.ok()? > 0 {}
            None
        }
    }
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).ok()?;
    let header = |wanted: &str| {
        let fields = head.lines().filter_map(|line| line.split_once(':'));
        let mut values =
            fields.filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim());
        values.next().map(str::to_owned)
    };
    let length: usize = header("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < head_end + 4 + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let mut start = head.split(' ');
    Some(Seen {
        method: start.next()?.to_owned(),
        path: start.next()?.to_owned(),
        authorization: header("authorization"),
        body: String::from_utf8(bytes[head_end + 4..].to_vec()).ok()?,
    })
}
