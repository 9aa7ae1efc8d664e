//! A create or delete is sent at most once, and where its outcome is unknown the error says so.

use crate::{
    JWT,
    fault::{answer, calls, json, portal, telling, yaml},
    id, impatient, key, project_at, wanted,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use license::Tier;
use testkit::{Answer, FaultServer};
use vendors::{Reference, VendorError, Why};

/// What becomes of a create and of a delete that meet the same act.
async fn both(act: Answer) -> [VendorError; 2] {
    let server = portal([act.clone()]);
    let created = project_at(&impatient(), &server.url()).create(&wanted("b", Tier::Ci)).await.unwrap_err();
    assert_eq!(calls(&server).len(), 1, "a create is sent once: {act:?}");
    let server = portal([act.clone()]);
    let deleted = project_at(&impatient(), &server.url()).delete(&id("a")).await.unwrap_err();
    assert_eq!(calls(&server).len(), 1, "a delete is sent once: {act:?}");
    [created, deleted]
}

async fn assert_unknown(act: Answer, cause_code: &str) {
    for error in both(act.clone()).await {
        let VendorError::OutcomeUnknown { cause, is_over } = &error else { panic!("{act:?}: {error:?}") };
        assert_eq!((cause.code(), *is_over), (cause_code, false), "{act:?}");
        assert_eq!(error.clone().after_seeing_no_change(), error, "it may still arrive: {act:?}");
    }
}

/// The vendor is done with it: what a look then shows is the outcome.
async fn assert_over(act: Answer, cause_code: &str) {
    for error in both(act.clone()).await {
        assert!(error.outcome_is_unknown(), "{act:?}: {error:?}");
        assert_eq!(error.after_seeing_no_change().code(), cause_code, "{act:?}");
    }
}

async fn assert_not_done(act: Answer, code: &str) {
    for error in both(act.clone()).await {
        assert_eq!((error.code(), error.outcome_is_unknown()), (code, false), "{act:?}");
    }
}

#[tokio::test]
async fn a_connection_dropped_after_the_request_leaves_it_open() {
    assert_unknown(Answer::Drop, "vendor-interrupted").await;
}

#[tokio::test]
async fn an_answer_that_breaks_off_leaves_it_open() {
    assert_unknown(Answer::Cut { body: b"{\"result\":".to_vec(), announced: 500 }, "vendor-interrupted")
        .await;
}

#[tokio::test]
async fn an_answer_that_hangs_in_the_middle_leaves_it_open() {
    assert_unknown(Answer::Hang { body: b"{\"result\":".to_vec(), announced: 500 }, "vendor-timed-out").await;
}

#[tokio::test]
async fn silence_leaves_it_open() {
    assert_unknown(Answer::Silence, "vendor-timed-out").await;
}

#[tokio::test]
async fn an_answer_that_only_drips_leaves_it_open() {
    assert_unknown(Answer::drip(), "vendor-timed-out").await;
}

#[tokio::test]
async fn an_answer_without_end_leaves_it_open() {
    assert_unknown(Answer::flood(), "vendor-too-large").await;
}

#[tokio::test]
async fn an_answer_from_something_in_between_leaves_it_open() {
    for status in [502, 503, 504] {
        assert_unknown(
            answer(status, "text/html", "<html><title>Bad Gateway</title></html>"),
            "vendor-rejected",
        )
        .await;
        assert_unknown(json(status, r#"{"message":"upstream timed out"}"#), "vendor-rejected").await;
    }
}

#[tokio::test]
async fn a_server_error_leaves_it_open_until_a_look() {
    assert_over(json(500, ""), "vendor-rejected").await;
    assert_over(answer(500, "text/html", "<html><title>Oops</title></html>"), "vendor-rejected").await;
    assert_over(json(500, r#"{"error":{"message":"name is taken"}}"#), "vendor-rejected").await;
    assert_over(json(501, r#"{"error":{"message":"not yet"}}"#), "vendor-rejected").await;
}

#[tokio::test]
async fn a_change_is_not_sent_along_redirections() {
    for status in [301, 302, 303, 307, 308] {
        let redirect = answer(status, "text/html", "");
        assert_unknown(redirect.clone().with_header("Location", "/rpc"), "vendor-not-a-portal").await;
        assert_unknown(redirect.clone().with_header("Location", "http://["), "vendor-not-a-portal").await;
        assert_unknown(redirect, "vendor-not-a-portal").await;
    }
}

#[tokio::test]
async fn request_timeout_leaves_it_open() {
    assert_unknown(json(408, r#"{"message":"The request took too long."}"#), "vendor-rejected").await;
}

#[tokio::test]
async fn change_on_a_connection_that_closes_is_not_sent_again() {
    for is_create in [true, false] {
        let server = FaultServer::answering(|seen| match seen.method.as_str() {
            "GET" => json(404, "").kept_open(),
            _ => Answer::Drop,
        });
        let project = project_at(&impatient(), &server.url());
        let error = match is_create {
            true => project.create(&wanted("b", Tier::Ci)).await.unwrap_err(),
            false => project.delete(&id("a")).await.unwrap_err(),
        };
        assert!(error.outcome_is_unknown(), "{error:?}");
        let received = server.received();
        let sent: Vec<_> = received.iter().map(|seen| (seen.connection, seen.method.as_str())).collect();
        assert_eq!(sent, [(0, "GET"), (1, "POST")], "once, and not on the connection that was kept open");
    }
}

/// A license string that names a license by its id.
fn string_of(license: &str) -> String {
    let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let claims = format!(r#"{{"id":"{license}","product":"aidbox"}}"#);
    format!("{}.{}.c2lnbmF0dXJl", part(r#"{"alg":"RS256"}"#), part(&claims))
}

async fn deleted(which: &Reference, body: &str) -> Result<(), VendorError> {
    let server = portal([json(200, body)]);
    project_at(&impatient(), &server.url()).delete(which).await
}

#[tokio::test]
async fn deletion_needs_the_license_in_the_answer() {
    let (by_id, by_key, nameless) = (id("a"), key(&string_of("a")), key(JWT));
    let nothing = ["null", "[]", "{}", "\"ok\"", "", r#"{"license":{"id":"a"}}"#];
    let another = r#"{"result":{"license":{"id":"another"}}}"#;
    for which in [&by_id, &by_key, &nameless] {
        for body in nothing.into_iter().chain([another]) {
            let error = deleted(which, body).await.unwrap_err();
            assert!(error.outcome_is_unknown(), "{body}: {error:?}");
        }
    }
    let license = r#"{"result":{"license":{"id":"a"}}}"#;
    deleted(&by_id, license).await.unwrap();
    deleted(&by_key, license).await.unwrap();
    assert!(deleted(&nameless, license).await.unwrap_err().outcome_is_unknown(), "which one is not known");
    let with_string = |jwt: &str| format!(r#"{{"result":{{"license":{{"id":"a"}},"jwt":"{jwt}"}}}}"#);
    deleted(&nameless, &with_string(JWT)).await.unwrap();
    let other_string = deleted(&nameless, &with_string("a.b.c")).await;
    assert!(other_string.unwrap_err().outcome_is_unknown());
}

#[tokio::test]
async fn a_good_status_with_an_answer_that_makes_no_sense_leaves_it_open() {
    assert_unknown(json(200, "{\"result\":"), "vendor-unreadable").await;
    assert_unknown(answer(200, "text/html", "<html>hello</html>"), "vendor-not-a-portal").await;
}

#[tokio::test]
async fn a_create_whose_answer_names_no_license_leaves_it_open() {
    let server = portal([json(200, r#"{"result":{"license":{"name":"b"}}}"#)]);
    let error = project_at(&impatient(), &server.url()).create(&wanted("b", Tier::Ci)).await.unwrap_err();
    assert!(error.outcome_is_unknown(), "{error:?}");
}

#[tokio::test]
async fn a_clear_no_is_a_clear_no() {
    assert_not_done(json(422, r#"{"error":{"message":"no"}}"#), "vendor-rejected").await;
    assert_not_done(yaml(401, ""), "vendor-unauthorized").await;
    assert_not_done(answer(404, "text/html", "<html>404</html>"), "vendor-not-a-portal").await;
}

#[tokio::test]
async fn where_no_connection_came_about_nothing_was_done() {
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let project = project_at(&impatient(), &address);
    for error in [
        project.create(&wanted("b", Tier::Ci)).await.unwrap_err(),
        project.delete(&key("a.b.c")).await.unwrap_err(),
    ] {
        assert!(matches!(error, VendorError::Unreachable { why: Why::Refused, .. }), "{error:?}");
        assert!(!error.outcome_is_unknown());
    }
}

#[tokio::test]
async fn a_portal_that_goes_away_between_two_calls_leaves_no_doubt() {
    // The first request learns what the portal takes; the create then finds nobody.
    let server = telling([yaml(200, "result: []")], Answer::Drop);
    let error = project_at(&impatient(), &server.url()).create(&wanted("b", Tier::Ci)).await.unwrap_err();
    assert_eq!((error.code(), calls(&server).len()), ("vendor-interrupted", 0));
    assert!(!error.outcome_is_unknown());
}
