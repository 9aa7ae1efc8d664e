//! What can go wrong: refusals, pages for people, answers that never come.

use super::{
    PASSWORD, WRONG, as_documented, connection, example, impatient, instance, jwt, playing, token_of,
};
use serde_json::json;
use std::time::Duration;
use testkit::{Answer, FaultServer, Received};
use vendors::{Instead, VendorError};

fn refusing(status: u16, message: &'static str) -> impl Fn(&Received) -> Answer + Send + Sync {
    move |_| Answer::json(status, &json!({"message": message}))
}

#[tokio::test]
async fn a_token_that_is_refused_is_refused_in_the_instances_words() {
    let (server, account) = playing(refusing(400, "license token is invalid"));
    let error = token_of(account.as_ref()).apply(&jwt(&example())).await.unwrap_err();
    let VendorError::Rejected { status: 400, words } = error else { panic!("{error:?}") };
    assert_eq!(words.as_str(), "license token is invalid");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let words =
        "You'll need additional permissions to perform this action. Permissions needed: licensing:delete";
    let (_server, account) = playing(refusing(403, words));
    let error = token_of(account.as_ref()).check().await.unwrap_err();
    let VendorError::Forbidden { permission, words: Some(_) } = error else { panic!("{error:?}") };
    assert_eq!(permission.as_deref(), Some("licensing:delete"), "the instance's own word goes first");

    let (_server, account) = playing(refusing(403, "Access denied"));
    let token = token_of(account.as_ref());
    let key = jwt(&example());
    for (error, expected) in [
        (token.check().await.unwrap_err(), "licensing:read"),
        (token.apply(&key).await.unwrap_err(), "licensing:write"),
        (token.renew().await.unwrap_err(), "licensing:write"),
        (token.remove().await.unwrap_err(), "licensing:delete"),
    ] {
        let VendorError::Forbidden { permission, .. } = error else { panic!("{error:?}") };
        assert_eq!(permission.as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn an_instance_without_these_endpoints_is_not_enterprise_or_too_old() {
    let page = || Answer::reply(404, "text/html", "<!doctype html><title>Not found</title>");
    let told = || Answer::json(404, &json!({"message": "Not found"}));
    for act in [page(), told()] {
        let (_server, account) = playing(move |_| act.clone());
        let token = token_of(account.as_ref());
        assert_eq!(account.probe().await.unwrap_err(), VendorError::NotEnterprise);
        assert_eq!(token.usage().await.unwrap_err(), VendorError::NotEnterprise);
        assert_eq!(token.apply(&jwt(&example())).await.unwrap_err(), VendorError::NotEnterprise);
        assert_eq!(token.renew().await.unwrap_err(), VendorError::NotEnterprise);
    }
}

#[tokio::test]
async fn nothing_to_renew_is_not_a_missing_endpoint() {
    let (server, account) = playing(|seen| match seen.method.as_str() {
        "POST" => Answer::json(404, &json!({"message": "no license token"})),
        _ => as_documented(seen),
    });
    let error = token_of(account.as_ref()).renew().await.unwrap_err();
    assert_eq!(error, VendorError::NotFound { words: None });
    assert_eq!(server.lines(), ["POST /api/licensing/token/renew", "GET /api/licensing/check"]);
}

#[tokio::test]
async fn another_instances_address_is_named() {
    let (server, account) = playing(refusing(422, "instance does not match the root URL"));
    let token = token_of(account.as_ref());
    let VendorError::WrongInstance { sent, words } = token.remove().await.unwrap_err() else { panic!() };
    assert_eq!(sent, server.localhost_url());
    assert_eq!(words.unwrap().as_str(), "instance does not match the root URL");
    let error = token.apply(&jwt(&example())).await.unwrap_err();
    let VendorError::WrongInstance { sent, .. } = error else { panic!("{error:?}") };
    assert_eq!(sent, "https://play.metrics-dashboard.org/", "what the token says is not its own");
}

#[tokio::test]
async fn a_page_for_people_is_no_answer() {
    let login = "<!DOCTYPE html><html><form><input type=\"password\"></form></html>";
    let (_server, account) = playing(move |_| Answer::reply(200, "text/html", login));
    let token = token_of(account.as_ref());
    let error = token.check().await.unwrap_err();
    assert_eq!(error, VendorError::NotAPortal { what: Instead::CaptiveLogin });
    for error in [token.remove().await.unwrap_err(), token.apply(&jwt(&example())).await.unwrap_err()] {
        assert!(error.outcome_is_unknown(), "{error:?}");
    }
}

#[tokio::test]
async fn a_redirection_to_another_host_is_not_followed_with_the_password() {
    let elsewhere = FaultServer::answering(as_documented);
    let to = format!("{}/api/licensing/check", elsewhere.url());
    let (_server, account) =
        playing(move |_| Answer::reply(302, "text/plain", "").with_header("Location", &to));
    let error = token_of(account.as_ref()).check().await.unwrap_err();
    assert!(matches!(error, VendorError::NotAPortal { what: Instead::Redirected { .. } }), "{error:?}");
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn redirect_within_the_instance_is_followed_at_once() {
    for status in [301, 302, 303, 307, 308] {
        let (server, account) = playing(move |seen| match seen.target.strip_prefix("/api/") {
            Some(path) => {
                let to = format!("/grafana/api/{path}");
                Answer::reply(status, "text/plain", "").with_header("Location", &to)
            }
            None => as_documented(seen),
        });
        assert_eq!(token_of(account.as_ref()).check().await, Ok(true), "{status}");
        assert_eq!(server.lines(), ["GET /api/licensing/check", "GET /grafana/api/licensing/check"]);
    }
}

#[tokio::test]
async fn change_is_not_sent_along_a_redirect_in_the_instance() {
    let (server, account) = playing(|seen| match seen.method.as_str() {
        "GET" => as_documented(seen),
        _ => Answer::reply(307, "text/plain", "").with_header("Location", "/grafana/api/licensing/token"),
    });
    let token = token_of(account.as_ref());
    for error in [token.apply(&jwt(&example())).await.unwrap_err(), token.remove().await.unwrap_err()] {
        assert!(error.outcome_is_unknown(), "{error:?}");
    }
    assert_eq!(server.received().len(), 2, "each is sent once");
}

#[tokio::test]
async fn an_answer_of_another_shape_is_unreadable() {
    for (body, what) in [("\"yes\"", "neither"), ("{", "EOF"), ("", "EOF")] {
        let (_server, account) = playing(move |_| Answer::reply(200, "application/json", body));
        let error = token_of(account.as_ref()).check().await.unwrap_err();
        assert!(
            matches!(&error, VendorError::Unreadable { detail, .. } if detail.as_str().contains(what)),
            "{error:?}"
        );
    }
    let (_server, account) = playing(|_| Answer::json(200, &json!([1])));
    let token = token_of(account.as_ref());
    assert_eq!(token.current().await.unwrap_err().code(), "vendor-unreadable");
    assert_eq!(token.usage().await.unwrap_err().code(), "vendor-unreadable");
}

#[tokio::test]
async fn what_was_sent_and_never_answered_is_sent_once_and_left_open() {
    let server = FaultServer::answering(|_| Answer::Silence);
    let account = instance(&impatient(), &connection(&server.localhost_url(), PASSWORD, None));
    let token = token_of(account.as_ref());
    let key = jwt(&example());
    for error in [
        token.apply(&key).await.unwrap_err(),
        token.renew().await.unwrap_err(),
        token.remove().await.unwrap_err(),
    ] {
        assert!(error.outcome_is_unknown(), "{error:?}");
    }
    assert_eq!(server.received().len(), 3, "each is sent once");
    let error = token.check().await.unwrap_err();
    assert!(matches!(error, VendorError::TimedOut { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_error_leaves_a_change_open_until_a_look() {
    let (_server, account) = playing(refusing(500, "database is locked"));
    let error = token_of(account.as_ref()).apply(&jwt(&example())).await.unwrap_err();
    assert!(error.outcome_is_unknown(), "{error:?}");
    let seen = error.after_seeing_no_change();
    assert!(matches!(seen, VendorError::Rejected { status: 500, .. }), "{seen:?}");
    for (status, body) in [(500, ""), (502, "{\"message\": \"bad gateway\"}")] {
        let (_server, account) = playing(move |_| Answer::reply(status, "application/json", body));
        let error = token_of(account.as_ref()).apply(&jwt(&example())).await.unwrap_err();
        assert!(error.outcome_is_unknown(), "{status}: {error:?}");
    }
}

#[tokio::test]
async fn an_instance_that_asks_to_wait_is_waited_for() {
    let wait = |_: &Received| Answer::reply(429, "application/json", "").with_header("Retry-After", "7");
    let (_server, account) = playing(wait);
    let error = token_of(account.as_ref()).check().await.unwrap_err();
    assert_eq!(error, VendorError::RateLimited { retry_after: Some(Duration::from_secs(7)) });
}

#[tokio::test]
async fn neither_the_password_nor_a_token_comes_back_in_words_or_debug_output() {
    let key = jwt(&example());
    let repeated = key.expose().to_owned();
    let (_server, account) = playing(move |seen| {
        let header = seen.header("authorization").unwrap_or_default().to_owned();
        let words = format!("{header} is not {PASSWORD} for {repeated}");
        Answer::json(400, &json!({"message": words}))
    });
    let error = token_of(account.as_ref()).apply(&key).await.unwrap_err();
    for shown in [format!("{error:?}"), error.to_string(), format!("{account:?}")] {
        assert!(!shown.contains(PASSWORD.trim()) && !shown.contains(key.expose()), "{shown}");
        assert!(!shown.contains("Basic Y"), "{shown}");
    }
    let wrong = instance(&impatient(), &connection("http://localhost:1", WRONG, None));
    assert!(!format!("{wrong:?}").contains(WRONG));
}
