//! What a scripted server does with one request.

use crate::http::{self, Received};
use serde_json::Value;
use std::{
    fmt,
    io::{self, Write},
    sync::Arc,
    time::Duration,
};

/// Writes an answer by itself, until the client leaves or it is done.
type Writer = Arc<dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync>;
type Script = Arc<dyn Fn(&Received) -> Answer + Send + Sync>;
type Edit = Arc<dyn Fn(String) -> String + Send + Sync>;

/// A pause between two parts of a slow answer.
const TICK: Duration = Duration::from_millis(50);

/// What one request gets.
#[derive(Clone)]
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
    /// The connection breaks before anything is done.
    Drop,
    /// Headers and a first part come, then the connection breaks.
    Cut {
        /// The first part.
        body: Vec<u8>,
        /// The length that the headers announce.
        announced: usize,
    },
    /// Headers and a first part come; then nothing more, while the connection stays open as long as the server.
    Hang {
        /// The first part.
        body: Vec<u8>,
        /// The length that the headers announce.
        announced: usize,
    },
    /// Nothing comes, while the connection stays open as long as the server.
    Silence,
    /// Whatever this writes to the connection.
    Written(Writer),
    /// What this returns for the request.
    By(Script),
    /// Whatever the server behind this one answers.
    Forward,
    /// The server behind this one does it; then the connection breaks before its answer comes back.
    CommitThenDrop,
    /// The server behind this one does it; half of its answer comes back, then nothing more until
    /// [`FaultServer::release`](crate::FaultServer::release), which breaks the connection.
    CommitThenHang,
    /// The server behind this one does it; half of its answer comes back, then the connection breaks.
    CommitThenCut,
    /// The server behind this one does it; its answer comes back after [`FaultServer::release`](crate::FaultServer::release).
    CommitThenHold,
    /// The server behind this one does it; then this answer comes instead of its own.
    CommitThen(Box<Answer>),
    /// Whatever the server behind this one answers, with another body.
    Edited(Edit),
    /// What the server behind this one answers to the request with one text in its target in place of another.
    Asked {
        /// The text to replace.
        from: String,
        /// What takes its place.
        to: String,
    },
    /// The same answer, but only after [`FaultServer::release`](crate::FaultServer::release).
    Held(Box<Answer>),
    /// The same answer; every later connection breaks before anything is done.
    Last(Box<Answer>),
}

impl Answer {
    /// An answer of JSON.
    pub fn json(status: u16, body: &Value) -> Self {
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

    /// An answer that is made for each request.
    pub fn by(script: impl Fn(&Received) -> Self + Send + Sync + 'static) -> Self {
        Self::By(Arc::new(script))
    }

    /// The first part of an answer, then a broken connection.
    pub fn cut(body: &str) -> Self {
        Self::Cut { body: body.into(), announced: body.len() + 1 }
    }

    /// The first part of an answer, then nothing more.
    pub fn hang(body: &str) -> Self {
        Self::Hang { body: body.into(), announced: body.len() + 1 }
    }

    /// A body that is written piece by piece, up to the end of the connection.
    pub fn streamed(
        content_type: &'static str,
        body: impl Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self::Written(Arc::new(move |out| {
            let headers = [("content-type".to_owned(), content_type.to_owned())];
            out.write_all(http::head(200, &headers, None).as_bytes())?;
            body(out)
        }))
    }

    /// One byte of a body at a time without end.
    pub fn drip() -> Self {
        Self::streamed("application/json", |out| {
            loop {
                out.write_all(b" ")?;
                std::thread::sleep(TICK);
            }
        })
    }

    /// A body in so many parts, with pauses between.
    pub fn trickle(body: String, parts: usize) -> Self {
        Self::streamed("application/json", move |out| {
            for part in body.as_bytes().chunks(body.len().div_ceil(parts)) {
                out.write_all(part)?;
                std::thread::sleep(TICK);
            }
            Ok(())
        })
    }

    /// A body without end, as fast as the client reads.
    pub fn flood() -> Self {
        let part = vec![b' '; 0x10000];
        Self::streamed("application/json", move |out| {
            loop {
                out.write_all(&part)?;
            }
        })
    }

    /// The answer of the server behind this one with another body.
    pub fn edited(edit: impl Fn(String) -> String + Send + Sync + 'static) -> Self {
        Self::Edited(Arc::new(edit))
    }

    /// The answer of the server behind this one with one text in its body in place of another.
    pub fn replacing(from: &str, to: &str) -> Self {
        let (from, to) = (from.to_owned(), to.to_owned());
        Self::edited(move |body| body.replace(&from, &to))
    }

    /// The answer of the server behind this one to a request with one text in its target in place of another.
    pub fn asking(from: &str, to: &str) -> Self {
        Self::Asked { from: from.to_owned(), to: to.to_owned() }
    }

    /// The same reply with one header more.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let Self::Reply { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The same reply with changed headers or another body.
    #[must_use]
    pub fn changed(mut self, change: impl FnOnce(&mut Vec<(String, String)>, &mut Vec<u8>)) -> Self {
        if let Self::Reply { headers, body, .. } = &mut self {
            change(headers, body);
        }
        self
    }

    /// The same reply, after which the connection stays open for another request.
    #[must_use]
    pub fn kept_open(self) -> Self {
        self.with_header("connection", "keep-alive")
    }

    /// The same answer, held back until [`FaultServer::release`](crate::FaultServer::release).
    #[must_use]
    pub fn held(self) -> Self {
        Self::Held(Box::new(self))
    }

    /// The same answer, after the server behind this one has done what was asked.
    #[must_use]
    pub fn after_commit(self) -> Self {
        Self::CommitThen(Box::new(self))
    }

    /// The same answer, after which nothing is answered any more.
    #[must_use]
    pub fn last(self) -> Self {
        Self::Last(Box::new(self))
    }

    /// The body of a reply; nothing of any other answer.
    pub fn body(&self) -> &[u8] {
        if let Self::Reply { body, .. } = self { body } else { &[] }
    }

    pub(crate) fn keeps_open(&self) -> bool {
        let Self::Reply { headers, .. } = self else { return false };
        headers.iter().any(|(name, value)| name == "connection" && value == "keep-alive")
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply { status, headers, body } => {
                write!(f, "{status} {headers:?} {:?}", String::from_utf8_lossy(body))
            }
            Self::Drop => f.write_str("Drop"),
            Self::Cut { announced, .. } => write!(f, "Cut before {announced} bytes"),
            Self::Hang { announced, .. } => write!(f, "Hang before {announced} bytes"),
            Self::Silence => f.write_str("Silence"),
            Self::Written(_) => f.write_str("Written"),
            Self::By(_) => f.write_str("By"),
            Self::Forward => f.write_str("Forward"),
            Self::CommitThenDrop => f.write_str("CommitThenDrop"),
            Self::CommitThenHang => f.write_str("CommitThenHang"),
            Self::CommitThenCut => f.write_str("CommitThenCut"),
            Self::CommitThenHold => f.write_str("CommitThenHold"),
            Self::CommitThen(answer) => write!(f, "CommitThen({answer:?})"),
            Self::Edited(_) => f.write_str("Edited"),
            Self::Asked { from, to } => write!(f, "Asked {to:?} for {from:?}"),
            Self::Held(answer) => write!(f, "Held({answer:?})"),
            Self::Last(answer) => write!(f, "Last({answer:?})"),
        }
    }
}
