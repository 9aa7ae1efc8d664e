//! What the service answers, signed as the vendor does where a test asks for it, and what it is asked.

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signer, SigningKey};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::{Answer, FaultServer, Received};
use url::Url;

/// An answer in the form of JSON:API.
pub(crate) fn json_api(status: u16, document: &Value) -> Answer {
    Answer::reply(status, "application/vnd.api+json", document.to_string())
}

/// A refusal in the vendor's form.
pub(crate) fn refusal(status: u16, code: &str, detail: &str) -> Answer {
    let error = json!({"title": "Refused", "detail": detail, "code": code});
    json_api(status, &json!({"meta": {"id": "r"}, "errors": [error]}))
}

/// The answer of a deletion.
pub(crate) fn gone() -> Answer {
    Answer::Reply { status: 204, headers: Vec::new(), body: Vec::new() }
}

/// Every request so far, as method and path below the account, without the query.
pub(crate) fn calls(server: &FaultServer) -> Vec<String> {
    server.received().iter().map(|seen| format!("{} {}", seen.method, seen.path())).collect()
}

/// A request to the account `demo`.
pub(crate) trait OfAccount {
    /// The path below the account.
    fn path(&self) -> String;

    /// A parameter of the query.
    fn query(&self, name: &str) -> Option<String>;
}

impl OfAccount for Received {
    fn path(&self) -> String {
        url(self).path().strip_prefix("/v1/accounts/demo/").unwrap().to_owned()
    }

    fn query(&self, name: &str) -> Option<String> {
        url(self).query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

fn url(seen: &Received) -> Url {
    Url::parse("http://server").unwrap().join(&seen.target).unwrap()
}

/// An answer with the headers that prove whose it is, to which request.
pub(crate) trait Signed: Sized {
    fn signed(self, seen: &Received, key: &SigningKey) -> Self {
        self.signed_at(seen, key, Timestamp::now())
    }

    /// The same, as an answer that was made at another time.
    fn signed_at(self, seen: &Received, key: &SigningKey, made: Timestamp) -> Self;
}

impl Signed for Answer {
    fn signed_at(self, seen: &Received, key: &SigningKey, made: Timestamp) -> Self {
        let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&made).unwrap();
        let digest = format!("sha-256={}", BASE64_STANDARD.encode(Sha256::digest(self.body())));
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
        self.with_header("Date", &date)
            .with_header("Digest", &digest)
            .with_header("Keygen-Signature", &header)
    }
}
