//! Broken answers: what a vendor, or something between, may send instead of what is documented.

use std::fmt;

use serde_json::json;
use testkit::{Answer, Received};

use super::world::{World, may_change};

/// What the requests of one kind have in common, and no others have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kind {
    /// What method and path, or the body, contain.
    part: String,
    /// The path.
    path: String,
    /// Whether it may change something at the vendor.
    pub may_change: bool,
}

impl Kind {
    pub(super) fn of(request: &Received) -> Self {
        let called = serde_json::from_slice::<serde_json::Value>(&request.body).unwrap_or_default();
        let (path, query) =
            request.target.split_once('?').map_or((&*request.target, false), |(path, _)| (path, true));
        let part = match called["method"].as_str() {
            // With the quotation mark: one method's name begins as another's.
            Some(method) => format!("{method}\""),
            None => format!("{} {path}{}", request.method, if query { "?" } else { "\n" }),
        };
        let path = if query { format!("{path}?again") } else { path.to_owned() };
        Self { part, path, may_change: may_change(request) }
    }

    /// How many of these requests there are.
    pub(super) fn count(&self, received: &[Received]) -> usize {
        received.iter().filter(|request| request.contains(&self.part)).count()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.part.trim_end_matches(['"', '?', '\n']))
    }
}

/// One kind of broken answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    ServerError,
    BadGateway,
    Empty,
    Null,
    EmptyList,
    EmptyObject,
    Page,
    Truncated,
    Closed,
    RedirectLoop,
}

impl Broken {
    pub(super) const ALL: [Self; 10] = [
        Self::ServerError,
        Self::BadGateway,
        Self::Empty,
        Self::Null,
        Self::EmptyList,
        Self::EmptyObject,
        Self::Page,
        Self::Truncated,
        Self::Closed,
        Self::RedirectLoop,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::ServerError => "status 500 with a reason",
            Self::BadGateway => "status 502",
            Self::Empty => "an empty 200",
            Self::Null => "null",
            Self::EmptyList => "[]",
            Self::EmptyObject => "{}",
            Self::Page => "a web page",
            Self::Truncated => "half an answer",
            Self::Closed => "a closed connection",
            Self::RedirectLoop => "a redirect to itself",
        }
    }

    /// The answer, after the vendor has done what was asked or without its knowledge; `place` is what was asked for.
    fn answer(self, is_done: bool, place: &str) -> Answer {
        let json = |text: &str| Answer::reply(200, "application/json", text);
        let answer = match self {
            Self::ServerError => {
                let why = "a later step failed";
                let body = json!({"message": why, "error": {"message": why}, "errors": [{"title": why}]});
                Answer::json(500, &body)
            }
            Self::BadGateway => Answer::html(502, "<html><h1>502 Bad Gateway</h1></html>"),
            Self::Empty => json(""),
            Self::Null => json("null"),
            Self::EmptyList => json("[]"),
            Self::EmptyObject => json("{}"),
            Self::Page => Answer::html(200, "<!doctype html><html><form>Log in here</form></html>"),
            Self::Truncated if is_done => return Answer::CommitThenCut,
            Self::Truncated => return Answer::cut("{\"result\": ["),
            Self::Closed if is_done => return Answer::CommitThenDrop,
            Self::Closed => return Answer::Drop,
            Self::RedirectLoop => Answer::reply(307, "text/plain", "").with_header("location", place),
        };
        if is_done { answer.after_commit() } else { answer }
    }
}

/// A broken answer to one kind of request, each time that it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BrokenAnswer {
    pub request: Kind,
    pub broken: Broken,
    /// Whether the vendor has done what was asked.
    pub is_done: bool,
    /// Whether nothing is answered any more afterwards, so that the outcome cannot be looked up either.
    pub is_last: bool,
}

impl BrokenAnswer {
    /// Every broken answer to these requests.
    pub(super) fn all(requests: &[Kind]) -> Vec<Self> {
        let mut all = Vec::new();
        for request in requests {
            let ways: &[(bool, bool)] = match request.may_change {
                true => &[(false, false), (true, false), (false, true), (true, true)],
                false => &[(false, false)],
            };
            for broken in Broken::ALL {
                all.extend(ways.iter().map(|(is_done, is_last)| Self {
                    request: request.clone(),
                    broken,
                    is_done: *is_done,
                    is_last: *is_last,
                }));
            }
        }
        all
    }

    /// Whether one look shows what came of the request: its vendor said that it failed, and answers afterwards.
    pub(super) fn is_decided(&self) -> bool {
        self.request.may_change && self.broken == Broken::ServerError && !self.is_last
    }

    /// Whether it is the answer to the question which choices the vendor's API takes.
    pub(super) fn is_about_what_is_taken(&self) -> bool {
        self.request.path == "/rpc/capabilities"
    }

    /// Has the server between answer so.
    pub(super) fn set(&self, world: &World) {
        let answer = self.broken.answer(self.is_done, &self.request.path);
        world.answer(&self.request.part, if self.is_last { answer.last() } else { answer });
    }
}

impl fmt::Display for BrokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as the answer to {}", self.broken.words(), self.request)?;
        f.write_str(if self.is_done { ", which was done" } else { "" })?;
        f.write_str(if self.is_last { ", then no answers" } else { "" })
    }
}
