//! Refusals, and places that are no portal at all.

use crate::{
    TOKEN,
    fault::{answer, calls, json, portal, yaml},
    id, key, patient, playing, project_at, wanted, whole,
};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use license::Tier;
use std::time::{Duration, SystemTime};
use testkit::Answer;
use vendors::{Instead, VendorError, Why};

async fn listing_fails_with(act: Answer) -> VendorError {
    let (_server, project) = playing([act]);
    whole(&*project).await.err().unwrap()
}

#[tokio::test]
async fn a_wrong_or_revoked_token_is_unauthorized() {
    for status in [401, 403] {
        let error = listing_fails_with(yaml(status, "error: {message: Access denied}")).await;
        assert_eq!((error.code(), error.words().unwrap().as_str()), ("vendor-unauthorized", "Access denied"));
    }
    let wordless = listing_fails_with(yaml(401, "")).await;
    assert_eq!((wordless.code(), wordless.words()), ("vendor-unauthorized", None));
}

#[tokio::test]
async fn not_a_member_of_the_project_means_not_found_or_not_yours() {
    for act in [
        json(403, r#"{"error":{"message":"You are not a member of the project"}}"#),
        yaml(400, "message: You are not a member of the project"),
        answer(500, "text/plain", "You are not a member of the project"),
    ] {
        let (_server, project) = playing([act.clone()]);
        assert_eq!(project.get(&id("zz")).await.unwrap_err().code(), "vendor-not-found", "{act:?}");
        let (_server, project) = playing([act.clone()]);
        assert_eq!(project.get(&key("a.b.c")).await.unwrap_err().code(), "vendor-not-found", "{act:?}");
        assert_eq!(
            listing_fails_with(act).await.code(),
            "vendor-unauthorized",
            "of a whole project, it is the login"
        );
    }
}

#[tokio::test]
async fn deleting_what_is_not_there_is_a_clear_no() {
    let (_server, project) = playing([yaml(422, "error: You are not a member of the project")]);
    let error = project.delete(&id("zz")).await.unwrap_err();
    assert_eq!((error.code(), error.outcome_is_unknown()), ("vendor-not-found", false));
}

#[tokio::test]
async fn the_portals_own_words_are_found_in_whatever_envelope() {
    for body in [
        r#"{"error":{"message":"Name is required"}}"#,
        r#"{"error":"Name is required"}"#,
        r#"{"message":"Name is required"}"#,
        r#"{"errors":[{"detail":"Name is required"}]}"#,
        r#"{"issue":[{"diagnostics":"Name is required"}]}"#,
        "error:\n  message: Name is required\n",
        "Name is required",
        "\"Name is required\"",
    ] {
        let may_call_itself = if body.starts_with('{') { "application/json" } else { "text/plain" };
        for content_type in ["text/yaml", may_call_itself] {
            let error = listing_fails_with(answer(422, content_type, body)).await;
            let VendorError::Rejected { status: 422, words } = &error else { panic!("{body}: {error:?}") };
            assert_eq!(words.as_str().trim_matches('"'), "Name is required", "{content_type} {body}");
        }
    }
}

#[tokio::test]
async fn a_web_page_is_not_a_portal() {
    for act in [
        answer(200, "text/html; charset=utf-8", "<p>Welcome</p>"),
        answer(200, "application/octet-stream", "\u{feff}\n <!DOCTYPE HTML><title>Welcome</title>"),
        answer(404, "text/html", "<html><title>404</title></html>"),
        answer(403, "text/html", "<html>blocked</html>"),
    ] {
        let error = listing_fails_with(act.clone()).await;
        assert_eq!(error, VendorError::NotAPortal { what: Instead::HtmlPage }, "{act:?}");
    }
}

#[tokio::test]
async fn the_login_page_of_a_network_is_told_from_other_pages() {
    for act in [
        answer(200, "text/html", "<form><input type=\"password\" name=p></form>"),
        answer(511, "text/html", "<p>Please log in</p>"),
        answer(511, "text/plain", ""),
    ] {
        let error = listing_fails_with(act.clone()).await;
        assert_eq!(error, VendorError::NotAPortal { what: Instead::CaptiveLogin }, "{act:?}");
    }
}

#[tokio::test]
async fn other_content_is_named() {
    let error = listing_fails_with(answer(200, "image/png", "\u{1}PNG")).await;
    assert_eq!(error, VendorError::NotAPortal { what: Instead::OtherContent("image/png".to_owned()) });
    let error = listing_fails_with(answer(404, "text/plain", "404 page not found")).await;
    assert_eq!(error, VendorError::NotAPortal { what: Instead::OtherContent("text/plain".to_owned()) });
}

#[tokio::test]
async fn broken_json_is_unreadable_and_says_where() {
    let error = listing_fails_with(json(200, r#"{"result":[{"id":"a"},"#)).await;
    let VendorError::Unreadable { what, detail } = error else { panic!("{error:?}") };
    assert_eq!(what, "a list of licenses");
    assert!(detail.as_str().contains("line 1"), "{detail}");
}

#[tokio::test]
async fn a_redirection_to_another_host_is_not_followed_and_the_token_stays_here() {
    for status in [301, 302, 303, 307, 308] {
        let stranger = portal([yaml(200, "result: []")]);
        let elsewhere = format!("{}/rpc?from=here", stranger.localhost_url());
        let server = portal([answer(status, "text/html", "").with_header("Location", &elsewhere)]);
        let error = whole(&*project_at(&patient(), &server.url())).await.err().unwrap();
        let to = format!("{}/rpc", stranger.localhost_url());
        assert_eq!(error, VendorError::NotAPortal { what: Instead::Redirected { to } });
        assert!(stranger.received().is_empty(), "status {status}: nothing may arrive at the other host");
    }
}

#[tokio::test]
async fn a_redirection_to_another_port_is_another_host() {
    let stranger = portal([yaml(200, "result: []")]);
    let server = portal([answer(307, "text/html", "").with_header("Location", &stranger.url())]);
    assert!(whole(&*project_at(&patient(), &server.url())).await.is_err());
    assert!(stranger.received().is_empty());
}

#[tokio::test]
async fn a_redirection_on_the_same_host_is_followed_with_the_same_call() {
    let (server, project) =
        playing([answer(308, "text/plain", "").with_header("Location", "/v2/rpc"), yaml(200, "result: []")]);
    whole(&*project).await.unwrap();
    let calls = calls(&server);
    assert_eq!(calls.iter().map(|call| call.target.as_str()).collect::<Vec<_>>(), ["/rpc", "/v2/rpc"]);
    assert_eq!(calls[0].body, calls[1].body);
    assert!(calls[1].contains(TOKEN));
}

#[tokio::test]
async fn redirections_in_a_circle_come_to_an_end() {
    let (server, project) = playing([answer(307, "text/plain", "").with_header("Location", "/rpc")]);
    assert_eq!(whole(&*project).await.err().unwrap().code(), "vendor-not-a-portal");
    assert!(calls(&server).len() <= 4);
}

#[tokio::test]
async fn too_many_requests_says_how_long_to_wait_in_both_forms() {
    let seconds = listing_fails_with(json(429, "{}").with_header("Retry-After", "17")).await;
    assert_eq!(seconds, VendorError::RateLimited { retry_after: Some(Duration::from_secs(17)) });

    let until = Timestamp::try_from(SystemTime::now() + Duration::from_secs(120)).unwrap();
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&until).unwrap();
    let dated = listing_fails_with(json(429, "{}").with_header("Retry-After", &date)).await;
    let VendorError::RateLimited { retry_after: Some(wait) } = dated else { panic!("{dated:?}") };
    assert!((100..=120).contains(&wait.as_secs()), "{wait:?}");

    let without = listing_fails_with(json(429, "{}")).await;
    assert_eq!(without, VendorError::RateLimited { retry_after: None });
}

#[tokio::test]
async fn a_create_that_is_turned_away_for_haste_was_not_done() {
    let (server, project) = playing([json(429, "{}").with_header("Retry-After", "1")]);
    let error = project.create(&wanted("b", Tier::Ci)).await.unwrap_err();
    assert_eq!((error.code(), error.outcome_is_unknown()), ("vendor-rate-limited", false));
    assert_eq!(calls(&server).len(), 1);
}

#[tokio::test]
async fn where_nothing_listens_the_error_says_so() {
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let error = whole(&*project_at(&patient(), &format!("http://127.0.0.1:{port}"))).await.err().unwrap();
    assert_eq!(error, VendorError::Unreachable { host: format!("127.0.0.1:{port}"), why: Why::Refused });
}

#[tokio::test]
async fn a_host_that_does_not_exist_has_no_name() {
    let error = whole(&*project_at(&patient(), "https://portal.invalid")).await.err().unwrap();
    assert_eq!(error, VendorError::Unreachable { host: "portal.invalid".to_owned(), why: Why::Dns });
}

#[tokio::test]
async fn a_place_that_does_not_speak_tls_is_called_that() {
    let server = portal([yaml(200, "result: []")]);
    let address = format!("https://{}", server.address());
    let error = whole(&*project_at(&patient(), &address)).await.err().unwrap();
    assert_eq!(error, VendorError::Unreachable { host: server.address().to_string(), why: Why::Tls });
    assert!(server.received().is_empty());
}
