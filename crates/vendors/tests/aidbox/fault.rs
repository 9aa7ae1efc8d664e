//! The portal as a test tells it to behave, and the calls that it got.

use testkit::{Answer, FaultServer, Received};

const CAPABILITIES: &str = "/rpc/capabilities";

/// A portal that gives these answers, one a call, and the last one to whatever comes after. It does not say what it takes, as
/// a vendor does.
pub(crate) fn portal(answers: impl IntoIterator<Item = Answer>) -> FaultServer {
    telling(answers, json(404, r#"{"message":"not found"}"#))
}

/// The same, which answers the question what it takes with `capabilities`.
pub(crate) fn telling(answers: impl IntoIterator<Item = Answer>, capabilities: Answer) -> FaultServer {
    let server = FaultServer::in_turn(answers);
    server.always(CAPABILITIES, capabilities);
    server
}

/// Every request so far but those for the capabilities.
pub(crate) fn calls(server: &FaultServer) -> Vec<Received> {
    server.received().into_iter().filter(|seen| !seen.target.ends_with(CAPABILITIES)).collect()
}

/// An answer in JSON.
pub(crate) fn json(status: u16, body: &str) -> Answer {
    answer(status, "application/json; charset=utf-8", body)
}

/// An answer in YAML.
pub(crate) fn yaml(status: u16, body: &str) -> Answer {
    answer(status, "text/yaml", body)
}

/// An answer of any media type.
pub(crate) fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer::reply(status, content_type, body)
}
