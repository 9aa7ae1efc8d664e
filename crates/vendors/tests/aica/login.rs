//! Logging in and out: what is sent, how often, and what each refusal means.

use crate::{
    EMAIL, PASSWORD, TOKEN, answering, connection, patient,
    server::{OfAccount as _, calls, gone, json_api, refusal},
    session_with, typed,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::json;
use std::time::Duration;
use testkit::{Answer, FaultServer};
use vendors::VendorError;

fn session() -> Answer {
    json_api(
        201,
        &json!({"data": {"type": "tokens", "id": "t1",
            "attributes": {"kind": "user-token", "token": TOKEN, "expiry": "2027-01-01T00:00:00.000Z"}}}),
    )
}

async fn refused_with(reply: Answer) -> (VendorError, usize) {
    let server = FaultServer::answering(move |_| reply.clone());
    let account = typed(&patient(), &server, PASSWORD, None);
    let error = account.sign_in().unwrap().exchange().await.unwrap_err();
    (error, server.received().len())
}

#[tokio::test]
async fn a_login_is_exchanged_for_a_session_which_alone_is_kept() {
    let server = FaultServer::answering(|_| session());
    let account = typed(&patient(), &server, PASSWORD, None);
    let session = account.sign_in().unwrap().exchange().await.unwrap();
    assert_eq!(session.secrets.keys().collect::<Vec<_>>(), ["token"]);
    assert_eq!(session.secrets["token"].expose(), TOKEN);
    assert_eq!(
        (session.fields["token-id"].as_str(), session.fields["token-expires"].as_str()),
        ("t1", "2027-01-01T00:00:00Z")
    );
    let seen = &server.received()[0];
    assert_eq!(calls(&server), ["POST tokens"]);
    let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("{EMAIL}:{PASSWORD}")));
    assert_eq!(seen.header("authorization"), Some(basic.as_str()), "a password is sent as it was typed");
    assert_eq!(seen.header("keygen-version"), Some("1.8"));
    assert_eq!(seen.header("content-type"), Some("application/vnd.api+json"));
    assert_eq!(seen.json(), json!({}));
}

#[tokio::test]
async fn asks_for_a_code_and_sends_it_with_the_next_login() {
    let server = FaultServer::answering(|seen| {
        match seen.json().pointer("/meta/otp").and_then(|code| code.as_str()) {
            None => refusal(401, "OTP_REQUIRED", "second factor is required"),
            Some("123456") => session(),
            Some(_) => refusal(401, "OTP_INVALID", "second factor must be valid"),
        }
    });
    let http = patient();
    for (code, expected) in [
        (None, Some(VendorError::OneTimeCodeNeeded)),
        (Some("000000"), Some(VendorError::OneTimeCodeWrong)),
        (Some(" 123 456 "), None),
    ] {
        let account = typed(&http, &server, PASSWORD, code);
        assert_eq!(account.sign_in().unwrap().exchange().await.err(), expected, "{code:?}");
    }
    assert_eq!(server.received().len(), 3, "one login each");
}

#[tokio::test]
async fn each_refusal_is_told_by_its_code() {
    for (status, code, expected) in [
        (401, "PASSWORD_INVALID", "vendor-wrong-password"),
        (400, "EMAIL_INVALID", "vendor-wrong-password"),
        (401, "OTP_REQUIRED", "vendor-otp-needed"),
        (401, "OTP_INVALID", "vendor-otp-wrong"),
        (401, "SSO_REQUIRED", "vendor-sign-in-elsewhere"),
        (401, "PASSWORD_NOT_SUPPORTED", "vendor-sign-in-elsewhere"),
        (401, "SOMETHING_NEW", "vendor-unauthorized"),
        (403, "ACCOUNT_SUSPENDED", "vendor-switched-off"),
        (403, "USER_BANNED", "vendor-switched-off"),
        (403, "NOT_ALLOWED", "vendor-forbidden"),
        (404, "NOT_FOUND", "vendor-rejected"),
        (422, "WHATEVER", "vendor-rejected"),
    ] {
        let (error, calls) = refused_with(refusal(status, code, "no")).await;
        assert_eq!((error.code(), calls), (expected, 1), "{code}: {error:?}");
    }
    let (bare, _) = refused_with(json_api(401, &json!({}))).await;
    assert_eq!(bare.code(), "vendor-wrong-password");
}

#[tokio::test]
async fn a_login_is_sent_once_whatever_becomes_of_it() {
    for reply in
        [Answer::Drop, Answer::reply(503, "text/plain", "busy"), Answer::reply(200, "text/html", "<html>")]
    {
        let (error, calls) = refused_with(reply.clone()).await;
        assert_eq!(calls, 1, "{reply:?}: {error:?}");
        assert!(!error.outcome_is_unknown(), "{error:?}");
    }
}

#[tokio::test]
async fn too_many_logins_say_how_long_to_wait() {
    let reply = refusal(429, "TOO_MANY_REQUESTS", "slow down").with_header("Retry-After", "37");
    let (error, calls) = refused_with(reply).await;
    assert_eq!(error, VendorError::LoginLimited { retry_after: Some(Duration::from_secs(37)) });
    assert_eq!(calls, 1);
    let (_server, account) = answering(refusal(429, "TOO_MANY_REQUESTS", "slow down"));
    assert_eq!(account.probe().await.unwrap_err(), VendorError::RateLimited { retry_after: None });
}

#[tokio::test]
async fn a_wrong_password_is_not_sent_twice_and_a_late_code_may_be_followed_by_the_next() {
    let server = FaultServer::answering(|_| refusal(401, "PASSWORD_INVALID", "wrong"));
    let http = patient();
    for _ in 0..3 {
        typed(&http, &server, "wrong", None).sign_in().unwrap().exchange().await.unwrap_err();
    }
    assert_eq!(server.received().len(), 1);
    let error = typed(&http, &server, "wrong", Some("1")).sign_in().unwrap().exchange().await.unwrap_err();
    assert!(matches!(error, VendorError::RefusedBefore { wait: Some(_) }), "{error:?}");
    let another = typed(&http, &server, "another", None).sign_in().unwrap().exchange().await.unwrap_err();
    assert_eq!(another.code(), "vendor-wrong-password");
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn what_is_typed_opens_nothing_but_a_session() {
    let server = FaultServer::answering(|_| session());
    let account = typed(&patient(), &server, PASSWORD, None);
    assert_eq!(account.probe().await.unwrap_err(), VendorError::SessionExpired);
    assert_eq!(account.sign_in().unwrap().revoke().await, Ok(()), "there is no session to end");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_answer_without_a_session_is_none() {
    let server = FaultServer::answering(|_| json_api(201, &json!({"data": {"id": "t1", "attributes": {}}})));
    let error = typed(&patient(), &server, PASSWORD, None).sign_in().unwrap().exchange().await.unwrap_err();
    assert_eq!(error.code(), "vendor-unreadable");
}

#[tokio::test]
async fn logging_out_revokes_the_session_and_one_that_is_gone_counts_as_revoked() {
    for reply in [
        gone(),
        refusal(401, "TOKEN_INVALID", "x"),
        refusal(401, "TOKEN_EXPIRED", "x"),
        refusal(404, "NOT_FOUND", "x"),
    ] {
        let server = FaultServer::answering(move |_| reply.clone());
        let account = session_with(&server, &[("token-id", "t1")]);
        account.sign_in().unwrap().revoke().await.unwrap();
        assert_eq!(calls(&server), ["DELETE tokens/t1"]);
        assert_eq!(server.received()[0].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    }
    let server = FaultServer::answering(|_| refusal(403, "X", "no"));
    let account = session_with(&server, &[("token-id", "t1")]);
    assert_eq!(account.sign_in().unwrap().revoke().await.unwrap_err().code(), "vendor-forbidden");
    assert_eq!(
        session_with(&server, &[]).sign_in().unwrap().revoke().await.unwrap_err().code(),
        "vendor-unsupported"
    );
}

#[tokio::test]
async fn a_session_that_has_ended_is_told_from_one_that_is_not_known() {
    let refusing = || FaultServer::answering(|_| refusal(401, "TOKEN_INVALID", "unknown token"));
    for (expires, expected) in
        [("2020-01-01T00:00:00Z", "vendor-session-expired"), ("2999-01-01T00:00:00Z", "vendor-unauthorized")]
    {
        let server = refusing();
        let account = session_with(&server, &[("token-expires", expires)]);
        assert_eq!(account.probe().await.unwrap_err().code(), expected);
    }
    let (_server, account) = answering(refusal(401, "TOKEN_EXPIRED", "expired"));
    assert_eq!(account.probe().await.unwrap_err(), VendorError::SessionExpired);
}

#[tokio::test]
async fn the_probe_tells_who_is_logged_in_and_how_many_licenses_there_are() {
    let server = FaultServer::answering(|seen| match seen.path().as_str() {
        "me" => json_api(200, &json!({"data": {"id": "u", "type": "users", "attributes": {"email": EMAIL}}})),
        _ => {
            json_api(200, &json!({"data": [], "links": {"next": null, "meta": {"pages": 250, "count": 250}}}))
        }
    });
    let probe = session_with(&server, &[]).probe().await.unwrap();
    assert_eq!((probe.subject.as_deref(), probe.licenses), (Some(EMAIL), Some(250)));
    assert_eq!(calls(&server), ["GET me", "GET licenses"]);
    assert_eq!(server.received()[1].query("page[size]").as_deref(), Some("1"));
}

#[tokio::test]
async fn a_permission_that_is_lacking_is_named() {
    let (_server, account) = answering(refusal(403, "NOT_ALLOWED", "You lack the permission license.read."));
    let VendorError::Forbidden { permission, words } = account.probe().await.unwrap_err() else { panic!() };
    assert_eq!(permission.as_deref(), Some("license.read"));
    assert_eq!(words.unwrap().as_str(), "You lack the permission license.read.");
}

#[tokio::test]
async fn what_is_no_licensing_service_is_named_as_what_it_is() {
    for reply in [
        Answer::reply(404, "text/plain", "nothing here"),
        Answer::reply(200, "text/html", "<html></html>"),
        Answer::reply(200, "text/plain", "ok"),
    ] {
        let (_server, account) = answering(reply.clone());
        assert_eq!(account.probe().await.unwrap_err().code(), "vendor-not-a-portal", "{reply:?}");
    }
}

#[tokio::test]
async fn nothing_is_connected_without_what_it_needs() {
    use vendors::ConnectError::{MissingField, NotAPublicKey, UnusableField};
    let error = |fields: &[(&str, &str)], secrets: &[(&str, &str)]| {
        vendors::connect(&patient(), "aica", &connection("http://127.0.0.1:9", fields, secrets)).unwrap_err()
    };
    let email = ("email", EMAIL);
    assert_eq!(error(&[], &[("password", "p")]), MissingField { field: "email" });
    assert_eq!(error(&[email], &[]), MissingField { field: "password" });
    assert_eq!(error(&[email], &[("password", "")]), MissingField { field: "password" });
    assert_eq!(error(&[("email", "a:b@c.d")], &[("password", "p")]), UnusableField { field: "email" });
    assert_eq!(
        error(&[("vendor-account", "")], &[("token", TOKEN)]),
        MissingField { field: "vendor-account" }
    );
    assert_eq!(
        error(&[("vendor-account", "..")], &[("token", TOKEN)]),
        UnusableField { field: "vendor-account" }
    );
    assert_eq!(error(&[], &[("token", "a\nb")]), UnusableField { field: "token" });
    assert_eq!(error(&[("public-key", "abc")], &[("token", TOKEN)]), NotAPublicKey { field: "public-key" });
}
