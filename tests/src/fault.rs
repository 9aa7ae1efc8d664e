//! A server on loopback that misbehaves exactly as it is told.

mod wire;

use std::{
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub use wire::Received;

/// What one request gets.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A whole answer.
    Reply {
        /// The HTTP status.
        status: u16,
        /// Names and values.
        headers: Vec<(String, String)>,
        /// The body.
        body: Vec<u8>,
    },
    /// Whatever the server behind this one answers.
    Forward,
    /// The server behind this one does it; then the connection breaks before its answer comes back.
    CommitThenDrop,
    /// The server behind this one does it; half of its answer comes back, then nothing more until
    /// [`FaultServer::release`], which breaks the connection.
    CommitThenHang,
    /// The server behind this one does it; half of its answer comes back, then the connection breaks.
    CommitThenCut,
    /// The server behind this one does it; then this answer comes instead of its own.
    CommitThen(Box<Answer>),
    /// Whatever the server behind this one answers, with one text in place of another of the same length.
    Rewritten {
        /// The text to replace.
        from: String,
        /// What takes its place.
        to: String,
    },
    /// The connection breaks before anything is done.
    Drop,
    /// Headers and a first part come, then the connection breaks.
    Cut {
        /// The first part.
        body: Vec<u8>,
    },
    /// Headers and a first part come; then nothing more, while the connection stays open as long as the server.
    HangMidBody {
        /// The first part.
        body: Vec<u8>,
    },
    /// The same answer, but only after [`FaultServer::release`].
    Held(Box<Answer>),
    /// The same answer; every later connection breaks before anything is done.
    Last(Box<Answer>),
}

impl Answer {
    /// An answer of JSON.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::reply(status, "application/json", body.to_string())
    }

    /// A page for people, such as a captive portal's login.
    pub fn html(status: u16, body: &str) -> Self {
        Self::reply(status, "text/html; charset=utf-8", body)
    }

    /// An answer of any kind.
    pub fn reply(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self::Reply { status, headers, body: body.into() }
    }

    /// The same reply with one header more.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let Self::Reply { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The same answer, held back until [`FaultServer::release`].
    pub fn held(self) -> Self {
        Self::Held(Box::new(self))
    }

    /// The same answer, after the server behind this one has done what was asked.
    pub fn after_commit(self) -> Self {
        Self::CommitThen(Box::new(self))
    }

    /// The same answer, after which nothing is answered any more.
    pub fn last(self) -> Self {
        Self::Last(Box::new(self))
    }
}

/// The server; it stops when this is dropped.
#[derive(Debug)]
pub struct FaultServer {
    address: String,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// This server's address, where a body gets the upstream's instead.
    renamed: Option<String>,
    upstream: Option<String>,
    state: Mutex<State>,
    changed: Condvar,
    stopped: AtomicBool,
}

#[derive(Debug)]
struct State {
    script: Vec<(String, Answer)>,
    rules: Vec<(String, Answer)>,
    otherwise: Answer,
    /// What `otherwise` was when the server started.
    at_first: Answer,
    received: Vec<Received>,
    released: usize,
}

impl State {
    fn new(otherwise: Answer) -> Self {
        let at_first = otherwise.clone();
        Self { script: Vec::new(), rules: Vec::new(), otherwise, at_first, received: Vec::new(), released: 0 }
    }
}

impl FaultServer {
    /// Answers everything with 404 until it is told otherwise.
    pub fn alone() -> anyhow::Result<Self> {
        Self::start(None, Answer::reply(404, "text/plain", "nothing is here"), false)
    }

    /// Stands before a real server (`127.0.0.1:PORT`) and forwards everything until it is told otherwise.
    pub fn before(upstream: &str) -> anyhow::Result<Self> {
        Self::start(Some(upstream.to_owned()), Answer::Forward, false)
    }

    /// The same under the real server's name: where a request's body has this server's address, the real one gets its own.
    pub fn under_the_name_of(upstream: &str) -> anyhow::Result<Self> {
        Self::start(Some(upstream.to_owned()), Answer::Forward, true)
    }

    /// The root URL, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request whose first line or body contains `part` gets this answer, once; more of them queue up.
    pub fn once(&self, part: &str, answer: Answer) {
        self.shared.lock().script.push((part.to_owned(), answer));
    }

    /// Every request whose first line or body contains `part` gets this answer, unless one is scripted for once.
    pub fn always(&self, part: &str, answer: Answer) {
        self.shared.lock().rules.push((part.to_owned(), answer));
    }

    /// What every request gets for which nothing else is scripted.
    pub fn otherwise(&self, answer: Answer) {
        self.shared.lock().otherwise = answer;
    }

    /// Forgets all instructions and every request so far: a server in front of another one forwards again.
    pub fn reset(&self) {
        let mut state = self.shared.lock();
        let otherwise = state.at_first.clone();
        *state = State::new(otherwise);
    }

    /// Lets one held answer go.
    pub fn release(&self) {
        self.shared.lock().released += 1;
        self.shared.changed.notify_all();
    }

    /// Every request so far, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.shared.lock().received.clone()
    }

    /// How many requests so far contain `part` in their first line or body.
    pub fn count(&self, part: &str) -> usize {
        self.shared.lock().received.iter().filter(|request| request.contains(part)).count()
    }

    fn start(upstream: Option<String>, otherwise: Answer, renames: bool) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let shared = Arc::new(Shared {
            renamed: renames.then(|| address.clone()),
            upstream,
            state: Mutex::new(State::new(otherwise)),
            changed: Condvar::new(),
            stopped: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                if serving.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let serving = Arc::clone(&serving);
                std::thread::spawn(move || serving.converse(connection));
            }
        });
        Ok(Self { address, shared })
    }
}

impl Drop for FaultServer {
    /// Fails if a queued fault was never used: it was not tested, or hit the wrong request.
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        self.shared.changed.notify_all();
        // Wakes the accepting thread, which then sees that it is over; a failure means that it is gone already.
        let _ = TcpStream::connect(&self.address);
        if !std::thread::panicking() {
            let unmet: Vec<_> = self.shared.lock().script.iter().map(|(part, _)| part.clone()).collect();
            assert!(unmet.is_empty(), "no request met the faults queued for {unmet:?}");
        }
    }
}

impl Shared {
    /// One request a connection: what breaks in it is the client's to notice, not ours.
    fn converse(&self, mut connection: TcpStream) {
        if let Ok(Some(request)) = wire::read(&mut connection) {
            let answer = self.answer_to(&request);
            let _ = self.perform(&answer, &request, &mut connection);
        }
    }

    fn answer_to(&self, request: &Received) -> Answer {
        let mut state = self.lock();
        state.received.push(request.clone());
        match state.script.iter().position(|(part, _)| request.contains(part)) {
            Some(place) => state.script.remove(place).1,
            None => {
                let rule = state.rules.iter().find(|(part, _)| request.contains(part));
                rule.map_or(&state.otherwise, |(_, answer)| answer).clone()
            }
        }
    }

    fn perform(&self, answer: &Answer, request: &Received, connection: &mut TcpStream) -> anyhow::Result<()> {
        match answer {
            Answer::Reply { status, headers, body } => {
                wire::write(connection, *status, headers, body, body.len())?
            }
            Answer::Forward
            | Answer::CommitThenDrop
            | Answer::CommitThenHang
            | Answer::CommitThenCut
            | Answer::CommitThen(_)
            | Answer::Rewritten { .. } => self.perform_upstream(answer, request, connection)?,
            Answer::Drop => {}
            Answer::Cut { body } => cut(connection, body)?,
            Answer::HangMidBody { body } => {
                cut(connection, body)?;
                self.wait_while(|_| true);
            }
            Answer::Held(answer) => {
                self.wait_while(|state| state.released == 0);
                self.take_release();
                self.perform(answer, request, connection)?;
            }
            Answer::Last(answer) => {
                let mut state = self.lock();
                (state.script, state.rules, state.otherwise) = (Vec::new(), Vec::new(), Answer::Drop);
                drop(state);
                self.perform(answer, request, connection)?;
            }
        }
        Ok(())
    }

    /// What the server behind this one does, and what comes back of its answer.
    fn perform_upstream(
        &self,
        answer: &Answer,
        request: &Received,
        connection: &mut TcpStream,
    ) -> anyhow::Result<()> {
        let theirs = self.ask_upstream(request)?;
        let half = &theirs[..theirs.len() / 2];
        match answer {
            Answer::Forward => wire::relay(&theirs, connection)?,
            Answer::Rewritten { from, to } => wire::relay(&rewritten(&theirs, from, to), connection)?,
            Answer::CommitThen(answer) => self.perform(answer, request, connection)?,
            Answer::CommitThenCut => wire::relay(half, connection)?,
            Answer::CommitThenHang => {
                wire::relay(half, connection)?;
                self.wait_while(|state| state.released == 0);
                self.take_release();
            }
            Answer::CommitThenDrop
            | Answer::Reply { .. }
            | Answer::Drop
            | Answer::Cut { .. }
            | Answer::HangMidBody { .. }
            | Answer::Held(_)
            | Answer::Last(_) => {}
        }
        Ok(())
    }

    fn ask_upstream(&self, request: &Received) -> anyhow::Result<Vec<u8>> {
        let upstream =
            self.upstream.as_deref().ok_or_else(|| anyhow::anyhow!("no server stands behind this one"))?;
        wire::ask(upstream, request, self.renamed.as_deref())
    }

    /// One that was released, unless it is all over.
    fn take_release(&self) {
        let mut state = self.lock();
        state.released = state.released.saturating_sub(1);
    }

    fn wait_while(&self, condition: impl Fn(&State) -> bool) {
        let mut state = self.lock();
        while condition(&state) && !self.stopped.load(Ordering::SeqCst) {
            let waited = self.changed.wait_timeout(state, Duration::from_millis(100));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Announces one byte more than the body has, and sends the body.
fn cut(connection: &mut TcpStream, body: &[u8]) -> std::io::Result<()> {
    let headers = [("content-type".to_owned(), "application/json".to_owned())];
    wire::write(connection, 200, &headers, body, body.len() + 1)
}

/// Bytes with one text in place of another; both have the same length, since the answer announces its own.
fn rewritten(answer: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "an answer keeps the length that it announces");
    let mut answer = answer.to_vec();
    let mut place = 0;
    while place + from.len() <= answer.len() {
        if answer[place..].starts_with(from.as_bytes()) {
            answer[place..place + to.len()].copy_from_slice(to.as_bytes());
        }
        place += 1;
    }
    answer
}
