//! The AICA client against a server on loopback that answers, lies and breaks off as it is told.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod certificates;
mod core_state;
mod login;
mod map;
mod packages;
mod pages;
mod redirects;
mod seats;
mod secrets;
mod server;
mod signatures;
mod validation;

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use license::{LicenseKey, Token};
use serde_json::{Value, json};
use server::json_api;
use std::{collections::BTreeMap, time::Duration};
use testkit::{Answer, FaultServer, Received};
use vendors::{Connection, Http, Listed, Listing, Patience, Turn, Vendor, VendorError};

const EMAIL: &str = "ada@demo.example";
/// It begins and ends with white space, which belongs to it.
const PASSWORD: &str = " correct horse battery ";
const TOKEN: &str = "user-5f0c2a9e7b1d4c3f8a6e9d2b7c4f1a0e5f0c2a9e7b1d4c3f8a6e9d2b7c4f1a0ev3";
const KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

/// Waits as long as a slow machine needs.
fn patient() -> Http {
    Http::with_patience(Patience { pause: Duration::from_millis(1), ..Patience::default() })
}

fn key() -> LicenseKey {
    LicenseKey::new(KEY.to_owned())
}

fn signing() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn public(signing: &SigningKey) -> String {
    HEXLOWER.encode(signing.verifying_key().as_bytes())
}

/// A connection to the account `demo`, its host confirmed.
fn connection(address: &str, fields: &[(&str, &str)], secrets: &[(&str, &str)]) -> Connection {
    let own = [("vendor-account", "demo"), ("confirm-host", "127.0.0.1")];
    Connection {
        address: address.parse().unwrap(),
        fields: own
            .iter()
            .chain(fields)
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
        secrets: secrets
            .iter()
            .map(|(name, text)| ((*name).to_owned(), Token::new((*text).to_owned())))
            .collect::<BTreeMap<_, _>>(),
    }
}

/// The account with a session.
fn session_with(server: &FaultServer, fields: &[(&str, &str)]) -> Box<dyn Vendor> {
    let at = connection(&server.url(), fields, &[("token", TOKEN)]);
    vendors::connect(&patient(), "aica", &at).unwrap()
}

/// The account with what is typed.
fn typed(http: &Http, server: &FaultServer, password: &str, code: Option<&str>) -> Box<dyn Vendor> {
    let mut secrets = vec![("password", password)];
    secrets.extend(code.map(|code| ("otp", code)));
    let at = connection(&server.url(), &[("email", EMAIL)], &secrets);
    vendors::connect(http, "aica", &at).unwrap()
}

/// A server that answers every request alike, and an account with a session at it.
fn answering(reply: Answer) -> (FaultServer, Box<dyn Vendor>) {
    answering_by(move |_| reply.clone())
}

fn answering_by(
    answer: impl Fn(&Received) -> Answer + Send + Sync + 'static,
) -> (FaultServer, Box<dyn Vendor>) {
    let server = FaultServer::answering(answer);
    let account = session_with(&server, &[]);
    (server, account)
}

fn license(id: &str, attributes: Value) -> Value {
    json!({"type": "licenses", "id": id, "attributes": attributes, "relationships": {}})
}

/// An empty list.
fn nothing() -> Answer {
    json_api(200, &json!({"data": [], "links": {"next": null}}))
}

/// Everything that a listing holds, with its end.
struct Whole {
    licenses: Vec<Listed>,
    unreadable: u64,
    missing: u64,
}

async fn whole(account: &dyn Vendor) -> Result<Whole, VendorError> {
    let Listing::Pages(mut pages) = account.list(None).await? else {
        panic!("nothing tells that nothing changed")
    };
    let mut all = Vec::new();
    loop {
        match pages.next().await? {
            Turn::Page { licenses, .. } => all.extend(licenses),
            Turn::End { unreadable, missing, validator } => {
                assert_eq!(validator, None);
                return Ok(Whole { licenses: all, unreadable, missing });
            }
        }
    }
}
