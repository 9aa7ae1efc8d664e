//! A server on loopback that misbehaves as a test scripts it, alone or in front of a real one.

mod answering;
mod listening;
mod shared;
mod start;

#[cfg(feature = "tls")]
pub(crate) use start::Accept;

use crate::{answer::Answer, http::Received, script::Script};
use listening::Listening;
use shared::{Shared, State};
use start::Start;
use std::{
    fmt,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A scripted server, which records its requests. It stops when this is dropped, and then fails if an answer that was scripted for
/// once was never given.
pub struct FaultServer {
    address: SocketAddr,
    scheme: &'static str,
    is_strict: bool,
    shared: Arc<Shared>,
    listening: Mutex<Option<Listening>>,
}

impl FaultServer {
    /// Answers everything with 404 until a test scripts other answers.
    pub fn alone() -> Self {
        Self::start(Start::alone(Answer::reply(404, "text/plain", "nothing is here")))
    }

    /// Answers each request with what `script` returns for it.
    pub fn answering(script: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        Self::start(Start::alone(Answer::by(script)))
    }

    /// Gives these answers, one a request, and the last one to all that come after; fails if one of the others was not given.
    pub fn in_turn(answers: impl IntoIterator<Item = Answer>) -> Self {
        let server = Self::alone();
        server.shared.lock().script.in_turn(answers);
        server
    }

    /// Forwards everything to a real server (`127.0.0.1:PORT` or its root URL) until a test scripts other answers.
    pub fn before(upstream: &str) -> Self {
        Self::start(Start::before(upstream))
    }

    /// The same under the real server's name: where a request's body has this server's address, the real one gets its own.
    pub fn under_the_name_of(upstream: &str) -> Self {
        Self::start(Start { is_renamed: true, ..Start::before(upstream) })
    }

    /// Answers as [`FaultServer::answering`], encrypted and under this identity.
    #[cfg(feature = "tls")]
    pub fn encrypted(
        identity: &crate::Identity,
        script: impl Fn(&Received) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let plain = Start::alone(Answer::by(script));
        Self::start(Start { scheme: "https", accept: identity.acceptor(), ..plain })
    }

    /// Forwards to a real server as [`FaultServer::before`], encrypted and under this identity.
    #[cfg(feature = "tls")]
    pub fn encrypted_before(identity: &crate::Identity, upstream: &str) -> Self {
        Self::start(Start { scheme: "https", accept: identity.acceptor(), ..Start::before(upstream) })
    }

    /// Fails also if an answer that holds always was never given.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// `127.0.0.1:PORT`.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The root URL, without a slash at its end.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// The root URL by the host's name, which the certificate of an encrypted server is for.
    pub fn localhost_url(&self) -> String {
        format!("{}://localhost:{}", self.scheme, self.address.port())
    }

    /// The next request whose first line or body contains `part` gets this answer, once; more of them queue up.
    pub fn once(&self, part: &str, answer: Answer) {
        self.shared.lock().script.once(part, answer);
    }

    /// Every request whose first line or body contains `part` gets this answer, unless one is scripted for once.
    pub fn always(&self, part: &str, answer: Answer) {
        self.shared.lock().script.always(part, answer);
    }

    /// The same from when a request with `first` has come.
    pub fn always_after(&self, first: &str, part: &str, answer: Answer) {
        self.shared.lock().script.always_after(first, part, answer);
    }

    /// What every request gets for which nothing else is scripted.
    pub fn otherwise(&self, answer: Answer) {
        self.shared.lock().script.otherwise(answer);
    }

    /// Forgets all instructions: a server in front of another one forwards again. A strict one fails if one was never used.
    pub fn clear(&self) {
        let otherwise = match self.shared.upstream {
            Some(_) => Answer::Forward,
            None => Answer::reply(404, "text/plain", "nothing is here"),
        };
        let script = std::mem::replace(&mut self.shared.lock().script, Script::new(otherwise));
        if self.is_strict {
            script.assert_met(true);
        }
    }

    /// Lets one held answer go.
    pub fn release(&self) {
        let mut state = self.shared.lock();
        state.released = state.released.saturating_add(1);
        drop(state);
        self.shared.changed.notify_all();
    }

    /// Lets every answer go that is held, now or later.
    pub fn release_all(&self) {
        self.shared.lock().released = usize::MAX;
        self.shared.changed.notify_all();
    }

    /// Every request so far, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.shared.lock().received.clone()
    }

    /// The same, after which it knows of none.
    pub fn take_received(&self) -> Vec<Received> {
        std::mem::take(&mut self.shared.lock().received)
    }

    /// Every request so far, as `GET /path`.
    pub fn lines(&self) -> Vec<String> {
        self.shared.lock().received.iter().map(Received::line).collect()
    }

    /// How many requests so far contain `part` in their first line or body.
    pub fn count(&self, part: &str) -> usize {
        self.shared.lock().received.iter().filter(|request| request.contains(part)).count()
    }

    /// Nothing listens any more.
    pub fn go_away(&self) {
        if let Some(Listening { thread, is_over }) = self.listening().take() {
            is_over.store(true, Ordering::SeqCst);
            // Wakes the thread, which then sees that it is over; a failure means that it is gone already.
            let _ = TcpStream::connect(self.address);
            // It panics nowhere.
            let _ = thread.join();
        }
    }

    /// It listens again where it did.
    pub fn come_back(&self) {
        let listener = TcpListener::bind(self.address).unwrap();
        *self.listening() = Some(Listening::on(listener, &self.shared));
    }

    /// Starts to listen on a free port.
    fn start(start: Start) -> Self {
        let Start { upstream, is_renamed, otherwise, scheme, accept } = start;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let script = Script::new(otherwise);
        let shared = Arc::new(Shared {
            renamed: is_renamed.then(|| address.to_string()),
            upstream,
            accept,
            connections: AtomicUsize::new(0),
            state: Mutex::new(State { script, received: Vec::new(), released: 0, is_stopped: false }),
            changed: Condvar::new(),
        });
        let listening = Mutex::new(Some(Listening::on(listener, &shared)));
        Self { address, scheme, is_strict: false, shared, listening }
    }

    fn listening(&self) -> MutexGuard<'_, Option<Listening>> {
        self.listening.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What it received contains tokens, so debug output does not show it.
impl fmt::Debug for FaultServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaultServer({})", self.address)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.shared.lock().is_stopped = true;
        self.shared.changed.notify_all();
        self.go_away();
        if !std::thread::panicking() {
            self.shared.lock().script.assert_met(self.is_strict);
        }
    }
}
