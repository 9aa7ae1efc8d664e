//! A real server between the client and the portal that does to single requests what networks do.

use std::{
    collections::VecDeque,
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinHandle,
};

/// What becomes of one request.
#[derive(Clone)]
pub(crate) enum Fault {
    /// The portal does it; the answer is lost.
    DropAfter,
    /// It never arrives.
    DropBefore,
    /// The portal does it; half of the answer comes, and nothing more.
    HangAfter,
    /// The portal does it; the answer waits until the test lets it go.
    Hold(Arc<Semaphore>),
    /// The portal never sees it; something else answers.
    Answer(u16, &'static str, String),
    /// The portal does it; something else answers.
    AnswerAfter(u16, &'static str, String),
    /// The portal answers; the answer's body is changed on its way.
    Edit(Arc<dyn Fn(String) -> String + Send + Sync>),
}

impl Fault {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::Answer(status, "application/json", body.to_owned())
    }

    /// The portal does it, and fails afterwards.
    pub(crate) fn json_after(status: u16, body: &str) -> Self {
        Self::AnswerAfter(status, "application/json", body.to_owned())
    }

    pub(crate) fn html(status: u16) -> Self {
        let page = "<!doctype html><html><head><title>Somewhere else</title></head></html>";
        Self::Answer(status, "text/html", page.to_owned())
    }

    /// The portal's answer with one text in the place of another.
    pub(crate) fn replace(from: &str, to: &str) -> Self {
        let (from, to) = (from.to_owned(), to.to_owned());
        Self::Edit(Arc::new(move |body| body.replace(&from, &to)))
    }
}

/// When a fault strikes: at requests whose path or body has this text.
struct Rule {
    at: &'static str,
    fault: Fault,
    once: bool,
}

#[derive(Default)]
struct Stage {
    rules: Mutex<VecDeque<Rule>>,
    seen: Mutex<Vec<String>>,
}

/// The server; it ends with the test's runtime.
pub(crate) struct Proxy {
    address: SocketAddr,
    portal: SocketAddr,
    stage: Arc<Stage>,
    accepting: Mutex<JoinHandle<()>>,
}

/// What it saw contains tokens, so debug output must not show it.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proxy")
    }
}

impl Proxy {
    pub(crate) async fn start(portal: SocketAddr) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let stage = Arc::<Stage>::default();
        let accepting = Mutex::new(tokio::spawn(accept(listener, portal, Arc::clone(&stage))));
        Self { address, portal, stage, accepting }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request with this text in its path or body meets the fault.
    pub(crate) fn next(&self, at: &'static str, fault: Fault) {
        self.stage.rules.lock().unwrap().push_back(Rule { at, fault, once: true });
    }

    /// Every request with this text meets the fault, until the weather changes.
    pub(crate) fn every(&self, at: &'static str, fault: Fault) {
        self.stage.rules.lock().unwrap().push_back(Rule { at, fault, once: false });
    }

    /// Requests pass as they are from now on.
    pub(crate) fn clear(&self) {
        self.stage.rules.lock().unwrap().clear();
    }

    /// Nothing listens any more.
    pub(crate) async fn go_away(&self) {
        let accepting = std::mem::replace(&mut *self.accepting.lock().unwrap(), tokio::spawn(async {}));
        accepting.abort();
        // It was called off: that is the error.
        let _ = accepting.await;
    }

    /// It listens again where it did.
    pub(crate) async fn come_back(&self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        let accepting = tokio::spawn(accept(listener, self.portal, Arc::clone(&self.stage)));
        *self.accepting.lock().unwrap() = accepting;
    }

    /// How many requests had this text in their path or body.
    pub(crate) fn count(&self, at: &str) -> usize {
        self.seen().iter().filter(|request| request.contains(at)).count()
    }

    /// Every request so far: its first line and its body.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.stage.seen.lock().unwrap().clone()
    }
}

/// Fails if a queued fault was never used: it was not tested, or hit the wrong request.
impl Drop for Proxy {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let rules = self.stage.rules.lock().unwrap();
        let unmet: Vec<_> = rules.iter().filter(|rule| rule.once).map(|rule| rule.at).collect();
        assert!(unmet.is_empty(), "no request met the faults queued for {unmet:?}");
    }
}

impl Stage {
    fn fault_at(&self, request: &str) -> Option<Fault> {
        let mut rules = self.rules.lock().unwrap();
        let at = rules.iter().position(|rule| request.contains(rule.at))?;
        Some(if rules[at].once { rules.remove(at)?.fault } else { rules[at].fault.clone() })
    }
}

async fn accept(listener: TcpListener, portal: SocketAddr, stage: Arc<Stage>) {
    while let Ok((stream, _)) = listener.accept().await {
        let stage = Arc::clone(&stage);
        tokio::spawn(async move {
            // Either side may leave in the middle: that is what some of the tests are about.
            let _ = serve(stream, portal, &stage).await;
        });
    }
}

async fn serve(mut stream: TcpStream, portal: SocketAddr, stage: &Stage) -> std::io::Result<()> {
    let (head, body) = read_request(&mut stream).await?;
    let request = format!("{} {body}", head.lines().next().unwrap_or_default());
    stage.seen.lock().unwrap().push(request.clone());
    let fault = stage.fault_at(&request);
    match fault {
        None => {
            let answer = ask(portal, &head, &body).await?;
            stream.write_all(&answer).await?;
            stream.shutdown().await
        }
        Some(Fault::DropBefore) => Ok(()),
        Some(Fault::DropAfter) => ask(portal, &head, &body).await.map(drop),
        Some(Fault::HangAfter) => {
            let answer = ask(portal, &head, &body).await?;
            stream.write_all(&answer[..answer.len() - 20]).await?;
            until_the_client_leaves(&mut stream).await
        }
        Some(Fault::Hold(released)) => {
            let answer = ask(portal, &head, &body).await?;
            // Closed by no test.
            let _permit = released.acquire().await;
            stream.write_all(&answer).await?;
            stream.shutdown().await
        }
        Some(Fault::Answer(status, content_type, body)) => {
            stream.write_all(answer(status, content_type, &body).as_bytes()).await?;
            stream.shutdown().await
        }
        Some(Fault::AnswerAfter(status, content_type, words)) => {
            ask(portal, &head, &body).await?;
            stream.write_all(answer(status, content_type, &words).as_bytes()).await?;
            stream.shutdown().await
        }
        Some(Fault::Edit(edit)) => {
            let whole = String::from_utf8_lossy(&ask(portal, &head, &body).await?).into_owned();
            let (head, body) = whole.split_once("\r\n\r\n").unwrap_or((&whole, ""));
            let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(500);
            stream.write_all(answer(status, "application/json", &edit(body.to_owned())).as_bytes()).await?;
            stream.shutdown().await
        }
    }
}

fn answer(status: u16, content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

async fn read_request(stream: &mut TcpStream) -> std::io::Result<(String, String)> {
    let ended = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(ended());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    while bytes.len() < head_end + 4 + length.unwrap_or(0) {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(ended());
        }
    }
    Ok((head, String::from_utf8_lossy(&bytes[head_end + 4..]).into_owned()))
}

/// Asks the portal by its own name, as it wants to be asked, and reads its answer whole.
async fn ask(portal: SocketAddr, head: &str, body: &str) -> std::io::Result<Vec<u8>> {
    let is_ours = |line: &str| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        name == "host" || name == "connection"
    };
    let kept: Vec<&str> = head.lines().filter(|line| !is_ours(line)).collect();
    let head = format!("{}\r\nHost: {portal}\r\nConnection: close\r\n\r\n", kept.join("\r\n"));
    let mut stream = TcpStream::connect(portal).await?;
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

async fn until_the_client_leaves(stream: &mut TcpStream) -> std::io::Result<()> {
    let mut nothing = [0; 64];
    while stream.read(&mut nothing).await? > 0 {}
    Ok(())
}
