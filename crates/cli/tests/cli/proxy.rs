//! Stands before the portal, and breaks connections as it is told.

use std::{
    collections::BTreeSet,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

/// Forwards to the portal what is not told otherwise; it stops when this is dropped.
pub(crate) struct Proxy {
    address: String,
    rules: Arc<Mutex<Rules>>,
    stopped: Arc<AtomicBool>,
}

#[derive(Default)]
struct Rules {
    now: Vec<(String, Rule)>,
    /// Which of those a request met.
    met: BTreeSet<usize>,
    /// Rules that hold once a request with a text has come.
    later: Vec<(String, String, Rule)>,
}

/// What happens to a request.
#[derive(Clone)]
pub(crate) enum Rule {
    /// The portal does it; then the connection breaks before the answer comes back.
    CommitThenDrop,
    /// The connection breaks before anything is done.
    Drop,
    /// This is answered instead: status line, media type and body.
    Answer(&'static str, &'static str, &'static str),
    /// The portal is asked for something else, one text in the place of another.
    Ask(&'static str, &'static str),
    /// The portal's answer with one text in the place of another, once.
    Replace(&'static str, &'static str),
    /// Something happens at the portal just before it is asked.
    Meanwhile(Arc<dyn Fn() + Send + Sync>),
}

impl Proxy {
    /// Stands before a portal's root URL.
    pub(crate) fn before(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let rules: Arc<Mutex<Rules>> = Arc::default();
        let stopped = Arc::new(AtomicBool::new(false));
        let upstream = url.trim_start_matches("http://").to_owned();
        let (serving, ending) = (Arc::clone(&rules), Arc::clone(&stopped));
        std::thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                if ending.load(Ordering::SeqCst) {
                    return;
                }
                let (rules, upstream) = (Arc::clone(&serving), upstream.clone());
                // What breaks in a connection is the client's to notice.
                std::thread::spawn(move || drop(converse(connection, &upstream, &rules)));
            }
        });
        Self { address, rules, stopped }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on, requests that contain `part` go this way.
    pub(crate) fn on(&self, part: &str, rule: Rule) {
        self.rules.lock().unwrap().now.push((part.to_owned(), rule));
    }

    /// Once a request with `first` has come, requests that contain `part` go this way.
    pub(crate) fn once_after(&self, first: &str, part: &str, rule: Rule) {
        self.rules.lock().unwrap().later.push((first.to_owned(), part.to_owned(), rule));
    }

    /// From now on, everything is forwarded.
    pub(crate) fn behave(&self) {
        let rules = std::mem::take(&mut *self.rules.lock().unwrap());
        rules.assert_met();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which then sees that it is over.
        drop(TcpStream::connect(&self.address));
        if !std::thread::panicking() {
            self.rules.lock().unwrap().assert_met();
        }
    }
}

fn converse(mut client: TcpStream, upstream: &str, rules: &Mutex<Rules>) -> std::io::Result<()> {
    let request = read_request(&mut client)?;
    let text = String::from_utf8_lossy(&request);
    let rule = rules.lock().unwrap().of(&text);
    match rule {
        None => client.write_all(&ask(upstream, &text)?),
        Some(Rule::CommitThenDrop) => ask(upstream, &text).map(drop),
        Some(Rule::Drop) => Ok(()),
        Some(Rule::Ask(from, to)) => client.write_all(&ask(upstream, &text.replacen(from, to, 1))?),
        Some(Rule::Meanwhile(happens)) => {
            happens();
            client.write_all(&ask(upstream, &text)?)
        }
        Some(Rule::Replace(from, to)) => {
            let answer = String::from_utf8_lossy(&ask(upstream, &text)?).into_owned();
            let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
            let body = body.replacen(from, to, 1);
            let head = head.lines().filter(|line| !line.to_lowercase().starts_with("content-length:"));
            let head: Vec<_> = head.collect();
            write!(client, "{}\r\ncontent-length: {}\r\n\r\n{body}", head.join("\r\n"), body.len())
        }
        Some(Rule::Answer(status, kind, body)) => {
            let length = body.len();
            write!(
                client,
                "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            )
        }
    }
}

impl Rules {
    /// Fails if a rule was never used: it was not tested.
    fn assert_met(&self) {
        let unmet = self.now.iter().enumerate().filter(|(place, _)| !self.met.contains(place));
        let unmet: Vec<_> =
            unmet.map(|(_, (part, _))| part).chain(self.later.iter().map(|(first, _, _)| first)).collect();
        assert!(unmet.is_empty(), "no request met the rules for {unmet:?}");
    }

    fn of(&mut self, request: &str) -> Option<Rule> {
        let place = self.now.iter().position(|(part, _)| request.contains(part));
        self.met.extend(place);
        let rule = place.map(|place| self.now[place].1.clone());
        let due = self.later.extract_if(.., |(first, _, _)| request.contains(first.as_str()));
        self.now.extend(due.map(|(_, part, rule)| (part, rule)));
        rule
    }
}

/// One connection a request, so that the answer's end is the connection's.
fn ask(upstream: &str, request: &str) -> std::io::Result<Vec<u8>> {
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or((request, ""));
    // Asked as the proxy of the environment, it is given the whole address, and the portal only the path.
    let head = head.lines().map(|line| match line.split_once(" http://") {
        _ if line.to_lowercase().starts_with("host:") => format!("host: {upstream}"),
        Some((method, rest)) if rest.ends_with(" HTTP/1.1") => {
            format!("{method} {}", &rest[rest.find('/').unwrap_or_default()..])
        }
        _ => line.to_owned(),
    });
    let head: Vec<_> = head.chain(["connection: close".to_owned()]).collect();
    let mut server = TcpStream::connect(upstream)?;
    write!(server, "{}\r\n\r\n{body}", head.join("\r\n"))?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    Ok(answer)
}

fn read_request(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut request = Vec::new();
    let mut part = [0; 8192];
    loop {
        let count = client.read(&mut part)?;
        request.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .to_lowercase()
                .lines()
                .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            if body.len() >= length.unwrap_or(0usize) {
                return Ok(request);
            }
        }
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}
