//! A real server on loopback that answers as a test tells it to, and signs as the vendor does where it is told to.

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signer, SigningKey};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    fmt,
    sync::{Arc, Mutex},
};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

pub(crate) use crate::wire::Seen;
use crate::wire::{answer, read};

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether the connection ends without it.
    pub is_dropped: bool,
}

type Answering = dyn Fn(&Seen) -> Reply + Send + Sync;

struct Stage {
    answer: Box<Answering>,
    seen: Mutex<Vec<Seen>>,
}

/// The server; it ends with the test's runtime.
pub(crate) struct Server {
    port: u16,
    stage: Arc<Stage>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({})", self.port)
    }
}

impl Server {
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let stage = Arc::new(Stage { answer: Box::new(answer), seen: Mutex::default() });
        tokio::spawn(accept(listener, Arc::clone(&stage)));
        Self { port, stage }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Every request so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.stage.seen.lock().unwrap().clone()
    }

    /// Every request so far, as method and path below the account, without the query.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.seen().iter().map(|seen| format!("{} {}", seen.method, seen.path())).collect()
    }
}

impl Seen {
    /// The path below the account.
    pub(crate) fn path(&self) -> String {
        self.url().path().strip_prefix("/v1/accounts/demo/").unwrap().to_owned()
    }

    /// A parameter of the query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        self.url().query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    fn url(&self) -> Url {
        Url::parse("http://server").unwrap().join(&self.target).unwrap()
    }
}

impl Reply {
    /// A document.
    pub(crate) fn json(status: u16, document: &Value) -> Self {
        Self::of(status, "application/vnd.api+json", document.to_string())
    }

    /// A refusal in the vendor's form.
    pub(crate) fn refusal(status: u16, code: &str, detail: &str) -> Self {
        let error = json!({"title": "Refused", "detail": detail, "code": code});
        Self::json(status, &json!({"meta": {"id": "r"}, "errors": [error]}))
    }

    pub(crate) fn of(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".to_owned(), kind.to_owned())];
        Self { status, headers, body: body.into(), is_dropped: false }
    }

    /// No answer at all.
    pub(crate) fn nothing() -> Self {
        Self { is_dropped: true, ..Self::of(0, "", "") }
    }

    /// The answer of a deletion.
    pub(crate) fn gone() -> Self {
        Self { status: 204, headers: Vec::new(), body: Vec::new(), is_dropped: false }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With the headers that prove whose answer it is, to which request.
    pub(crate) fn signed(self, seen: &Seen, key: &SigningKey) -> Self {
        self.signed_at(seen, key, Timestamp::now())
    }

    /// The same, as an answer that was made at another time.
    pub(crate) fn signed_at(self, seen: &Seen, key: &SigningKey, made: Timestamp) -> Self {
        let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&made).unwrap();
        let digest = format!("sha-256={}", BASE64_STANDARD.encode(Sha256::digest(&self.body)));
        let message = format!(
            "(request-target): {} {}\nhost: {}\ndate: {date}\ndigest: {digest}",
            seen.method.to_ascii_lowercase(),
            seen.target,
            seen.header("host").unwrap(),
        );
        let signature = BASE64_STANDARD.encode(key.sign(message.as_bytes()).to_bytes());
        let header = format!(
            r#"keyid="k", algorithm="ed25519", signature="{signature}", headers="(request-target) host date digest""#
        );
        self.with("Date", &date).with("Digest", &digest).with("Keygen-Signature", &header)
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
    let reply = (stage.answer)(&seen);
    if reply.is_dropped {
        return;
    }
    // The client may have gone away in the middle.
    let _gone = answer(&mut stream, reply.status, &reply.headers, &reply.body).await;
}
