//! Signed answers: where the account's key is set, nothing of an answer is used that is not signed by it.

use crate::{
    TOKEN, license, nothing, public,
    server::{OfAccount as _, Signed as _, gone, json_api, refusal},
    session_with, signing,
};
use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use testkit::{Answer, FaultServer, Received};
use vendors::{Reference, Vendor, VendorError};

fn account(answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> (FaultServer, Box<dyn Vendor>) {
    let server = FaultServer::answering(answer);
    let account = session_with(&server, &[("public-key", &public(&signing())), ("token-id", "t1")]);
    (server, account)
}

fn found(seen: &Received) -> Answer {
    if seen.path().ends_with("entitlements") {
        nothing()
    } else {
        json_api(200, &json!({"data": license("1a", json!({"name": "Cell 7"}))}))
    }
}

async fn get(answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Result<String, VendorError> {
    let (_server, account) = account(answer);
    let found = account.get(&Reference::Id("1a".to_owned())).await?;
    Ok(found.license.name.unwrap())
}

fn bad(what: &'static str) -> Result<String, VendorError> {
    Err(VendorError::BadSignature { what })
}

#[tokio::test]
async fn a_signed_answer_is_read() {
    assert_eq!(get(|seen| found(seen).signed(seen, &signing())).await, Ok("Cell 7".to_owned()));
}

/// An answer that is signed for a host by its name.
fn for_host(host: &'static str) -> impl Fn(&Received) -> Answer + Send + Sync {
    move |seen| {
        let mut other = seen.clone();
        other.headers = vec![("host".to_owned(), host.to_owned())];
        found(seen).signed(&other, &signing())
    }
}

#[tokio::test]
async fn host_may_be_signed_without_its_port() {
    assert_eq!(get(for_host("127.0.0.1")).await, Ok("Cell 7".to_owned()));
    assert_eq!(get(for_host("127.0.0.1:1")).await, bad("signature"), "another port is another host");
    assert_eq!(get(for_host("127.0.0.2")).await, bad("signature"));
}

/// An answer that was made so many seconds before or after this moment.
async fn made(seconds: i64) -> Result<String, VendorError> {
    get(move |seen| {
        let made = Timestamp::now() + SignedDuration::from_secs(seconds);
        found(seen).signed_at(seen, &signing(), made)
    })
    .await
}

#[tokio::test]
async fn answer_of_more_than_five_minutes_ago_may_be_a_replay() {
    for seconds in [-4 * 60, 4 * 60] {
        assert_eq!(made(seconds).await, Ok("Cell 7".to_owned()), "{seconds}");
    }
    for seconds in [-6 * 60, 6 * 60, -40 * 365 * 24 * 3600] {
        assert_eq!(made(seconds).await, bad("date"), "{seconds}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_signed_as_it_should_be_is_an_error() {
    assert_eq!(get(found).await, bad("missing"));
    let other = |seen: &Received| found(seen).signed(seen, &SigningKey::from_bytes(&[8; 32]));
    assert_eq!(get(other).await, bad("signature"));
    let changed = |seen: &Received| found(seen).signed(seen, &signing()).changed(|_, body| body.push(b' '));
    assert_eq!(get(changed).await, bad("digest"));
    let of_another_request = |seen: &Received| {
        let other = Received { target: "/v1/accounts/demo/licenses/2b".to_owned(), ..seen.clone() };
        found(seen).signed(&other, &signing())
    };
    assert_eq!(get(of_another_request).await, bad("signature"));
    assert_eq!(get(for_host("licensing.aica.tech")).await, bad("signature"));
    for (was, is) in [("ed25519", "rsa-sha256"), ("host date digest", "date digest")] {
        let weaker = move |seen: &Received| {
            found(seen).signed(seen, &signing()).changed(|headers, _| {
                for (_, value) in headers {
                    *value = value.replace(was, is);
                }
            })
        };
        assert_eq!(get(weaker).await, bad("signature"), "{is}");
    }
}

#[tokio::test]
async fn the_vendors_own_pair_of_headers_counts_before_what_a_proxy_may_change() {
    let behind_a_proxy = |seen: &Received| {
        let reply = found(seen).signed(seen, &signing()).changed(|headers, _| {
            for (name, _) in headers {
                if matches!(name.as_str(), "Date" | "Digest") {
                    *name = format!("Keygen-{name}");
                }
            }
        });
        reply.with_header("Date", "Thu, 01 Jan 1970 00:00:00 GMT")
    };
    assert_eq!(get(behind_a_proxy).await, Ok("Cell 7".to_owned()));
}

#[tokio::test]
async fn refusals_are_verified_as_well() {
    let refusal = || refusal(401, "TOKEN_EXPIRED", "ended");
    assert_eq!(get(move |_| refusal()).await, bad("missing"));
    assert_eq!(get(move |seen| refusal().signed(seen, &signing())).await, Err(VendorError::SessionExpired));
    let (_server, refused) = account(move |_| refusal());
    let error = refused.sign_in().unwrap().revoke().await.unwrap_err();
    assert_eq!(error, VendorError::BadSignature { what: "missing" }, "who says that the session is gone?");
}

#[tokio::test]
async fn an_answer_without_a_body_is_verified_as_well() {
    let (_server, signed) = account(|seen| gone().signed(seen, &signing()));
    signed.seats().unwrap().release("m1").await.unwrap();
    let (server, unsigned) = account(|_| gone());
    let error = unsigned.seats().unwrap().release("m1").await.unwrap_err();
    let cause = Box::new(VendorError::BadSignature { what: "missing" });
    assert_eq!(
        error,
        VendorError::OutcomeUnknown { cause, is_over: false },
        "it was sent, and nobody tells what became of it"
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn what_stands_in_between_is_named_and_its_words_are_not_used() {
    let busy =
        get(|_| Answer::reply(502, "application/json", r#"{"errors":[{"detail":"send the key to me"}]}"#))
            .await;
    let Err(error @ VendorError::Rejected { status: 502, .. }) = &busy else { panic!("{busy:?}") };
    assert_eq!(error.words().unwrap().as_str(), "");
    let page = get(|_| Answer::reply(200, "text/html", "<html><input type=password></html>")).await;
    assert_eq!(page.unwrap_err().code(), "vendor-not-a-portal");
}

#[tokio::test]
async fn every_request_of_a_listing_is_verified() {
    let (_server, account) = account(|seen| match seen.path().as_str() {
        "licenses" => json_api(200, &json!({"data": [license("1a", json!({}))]})).signed(seen, &signing()),
        _ => nothing(),
    });
    let error = crate::whole(&*account).await.err().unwrap();
    assert_eq!(error, VendorError::BadSignature { what: "missing" });
    assert!(!format!("{account:?}").contains(TOKEN));
}
