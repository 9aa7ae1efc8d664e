//! The check-out of a certificate.

use crate::{
    answering, public,
    server::{Signed as _, calls, json_api, refusal},
    session_with, signing,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signer, SigningKey};
use license::Certificate;
use serde_json::{Value, json};
use testkit::FaultServer;
use vendors::{CheckOut, VendorError};

fn certificate(key: &SigningKey) -> String {
    let content = json!({"meta": {"issued": "2026-06-01T00:00:00Z", "expiry": "2026-07-01T00:00:00Z", "ttl": 2_592_000},
        "data": {"type": "licenses", "id": "1a", "attributes": {"name": "Cell 7"}}});
    let enc = BASE64_STANDARD.encode(content.to_string());
    let sig = BASE64_STANDARD.encode(key.sign(format!("license/{enc}").as_bytes()).to_bytes());
    let body = BASE64_STANDARD.encode(json!({"enc": enc, "sig": sig, "alg": "base64+ed25519"}).to_string());
    format!("-----BEGIN LICENSE FILE-----\n{body}\n-----END LICENSE FILE-----\n")
}

fn file(certificate: &str) -> Value {
    json!({"data": {"type": "license-files", "id": "f", "attributes": {"certificate": certificate, "ttl": 2_592_000,
        "algorithm": "base64+ed25519", "expiry": "2026-07-01T00:00:00.000Z", "issued": "2026-06-01T00:00:00.000Z"}}})
}

#[tokio::test]
async fn what_is_wanted_is_what_is_asked_for() {
    for (terms, expected) in [
        (CheckOut::default(), json!({"include": [], "encrypt": false})),
        (
            CheckOut { ttl: Some(3600), entitlements: true, encrypted: true },
            json!({"ttl": 3600, "include": ["entitlements"], "encrypt": true}),
        ),
    ] {
        let (server, account) = answering(json_api(200, &file(&certificate(&signing()))));
        let checked_out = account.certificates().unwrap().check_out("1a", &terms).await.unwrap();
        assert_eq!(checked_out.text.expose(), certificate(&signing()), "its bytes stay as they came");
        assert_eq!(checked_out.expires, Some("2026-07-01T00:00:00Z".parse().unwrap()));
        assert_eq!(checked_out.issued, Some("2026-06-01T00:00:00Z".parse().unwrap()));
        assert!(Certificate::parse(checked_out.text.expose()).is_ok());
        assert_eq!(calls(&server), ["POST licenses/1a/actions/check-out"]);
        assert_eq!(server.received()[0].json(), json!({ "meta": expected }));
    }
}

#[tokio::test]
async fn a_certificate_of_another_issuer_is_not_taken_over() {
    let server = FaultServer::answering(|seen| {
        let other = SigningKey::from_bytes(&[8; 32]);
        json_api(200, &file(&certificate(&other))).signed(seen, &signing())
    });
    let account = session_with(&server, &[("public-key", &public(&signing()))]);
    let certificates = account.certificates().unwrap();
    assert_eq!(certificates.issuer().unwrap().hex(), public(&signing()));
    let error = certificates.check_out("1a", &CheckOut::default()).await.unwrap_err();
    assert_eq!(error, VendorError::BadSignature { what: "signature" });
}

#[tokio::test]
async fn what_is_no_certificate_is_an_error() {
    for document in [json!({}), file(""), file("no certificate")] {
        let (_server, account) = answering(json_api(200, &document));
        let error = account.certificates().unwrap().check_out("1a", &CheckOut::default()).await.unwrap_err();
        assert_eq!(error.code(), "vendor-unreadable");
    }
    let (_server, account) = answering(refusal(422, "CHECK_OUT_TTL_INVALID", "must be at least 3600"));
    let error = account.certificates().unwrap().check_out("1a", &CheckOut::default()).await.unwrap_err();
    assert_eq!(error.words().unwrap().as_str(), "must be at least 3600");
}
