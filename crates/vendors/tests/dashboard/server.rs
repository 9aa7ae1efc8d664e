//! A scripted instance on loopback: it answers each request as a test says, in plain or under a private authority's certificate.

pub(crate) use super::wire::Seen;
use super::{
    tls::Identity,
    wire::{self, read},
};
use serde_json::Value;
use std::{
    fmt,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite},
    net::TcpListener,
};

/// What the server does with one request after it has read it completely.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Answers and closes.
    Answer { status: u16, headers: Vec<(String, String)>, body: String },
    /// Closes without a word.
    Drop,
    /// Says nothing at all.
    Silence,
}

type Script = Box<dyn Fn(&Seen) -> Act + Send + Sync>;

struct Stage {
    script: Script,
    seen: Mutex<Vec<Seen>>,
}

/// The server; it ends with the test's runtime.
pub(crate) struct Server {
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
    pub(crate) async fn start(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> Self {
        Self::listen(script, None).await
    }

    /// The same behind encryption.
    pub(crate) async fn start_encrypted(
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
    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    /// Every request so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.stage.seen.lock().unwrap().clone()
    }

    /// Every request so far, as `GET /path`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().iter().map(|seen| format!("{} {}", seen.method, seen.target)).collect()
    }
}

/// An answer in JSON.
pub(crate) fn json(status: u16, body: &Value) -> Act {
    answer(status, "application/json", &body.to_string())
}

/// An answer of any kind.
pub(crate) fn answer(status: u16, content_type: &str, body: &str) -> Act {
    let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
    Act::Answer { status, headers, body: body.to_owned() }
}

impl Act {
    /// The same answer with a further header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, stage: &Stage) -> Option<()> {
    let seen = read(&mut stream).await?;
    let act = (stage.script)(&seen);
    stage.seen.lock().unwrap().push(seen);
    match act {
        Act::Answer { status, headers, body } => {
            wire::answer(&mut stream, status, &headers, body.as_bytes()).await.ok()
        }
        Act::Drop => None,
        Act::Silence => {
            let mut nothing = [0; 64];
            while stream.read(&mut nothing).await.ok()? > 0 {}
            None
        }
    }
}
