//! Bodies of calls that are refused: what is left of them must not be taken for the next request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::harness::Local;
use crate::raw::Raw;

const MEBIBYTE: usize = 1024 * 1024;

/// Sends a head, waits until the portal asks for the body, and sends it. Returns the answer's status.
async fn refusal(client: &mut Raw, call: &str, more: &str) -> u16 {
    client.head(call, &format!("{more}Content-Length: 900\r\nExpect: 100-continue\r\n")).await;
    assert_eq!(client.answer().await.status, 100, "{call} {more}");
    client.send([b'x'; 900]).await;
    let answer = client.answer().await;
    assert!(!answer.closes, "{call} {more}");
    answer.status
}

#[tokio::test]
async fn connection_is_usable_after_a_refused_call() {
    let local = Local::start().await;
    let mut client = Raw::connect(local.serving.address()).await;
    for (call, status) in [
        ("POST /nope", 404),
        ("POST /v1/nope", 404),
        ("POST /v1/accounts/nope/tokens", 404),
        ("POST /instances/nope/api/licensing/token", 404),
        ("POST /instances/nope/api/nope", 404),
        ("PUT /rpc", 405),
        ("PUT /v1/accounts/nope/me", 405),
        ("POST /rpc", 415),
        ("POST /projects", 403),
    ] {
        assert_eq!(refusal(&mut client, call, "").await, status, "{call}");
        assert_eq!(client.healthz().await, 200, "after {call}");
    }
}

#[tokio::test]
async fn connection_is_usable_after_a_refused_host() {
    let local = Local::start().await;
    let mut client = Raw::connect(local.serving.address()).await;
    assert_eq!(refusal(&mut client, "POST http://evil.example/rpc", "").await, 403);
    assert_eq!(client.healthz().await, 200);
}

#[tokio::test]
async fn connection_is_usable_after_a_refused_login() {
    let local = Local::start().await;
    local.portal.add_instance("metrics", "admin", "right").unwrap();
    let mut client = Raw::connect(local.serving.address()).await;
    let login = format!("Authorization: Basic {}\r\n", STANDARD.encode("admin:wrong"));
    assert_eq!(refusal(&mut client, "POST /instances/metrics/api/licensing/token", &login).await, 401);
    assert_eq!(client.healthz().await, 200);
}

#[tokio::test]
async fn connection_is_usable_after_a_long_body() {
    let local = Local::start().await;
    let mut client = Raw::connect(local.serving.address()).await;
    for call in ["POST /rpc", "POST /v1/accounts/nope/tokens"] {
        let more = format!("Content-Type: text/yaml\r\nContent-Length: {}\r\n", 2 * MEBIBYTE);
        client.head(call, &more).await;
        client.send(vec![b'x'; 2 * MEBIBYTE]).await;
        let answer = client.answer().await;
        assert!(answer.status == 413 && !answer.closes, "{call}: {answer:?}");
        assert_eq!(client.healthz().await, 200, "after {call}");
    }
}

#[tokio::test]
async fn body_that_is_not_drained_closes_the_connection() {
    let local = Local::start().await;
    for call in ["POST /rpc", "PUT /v1/accounts/nope/me"] {
        let mut client = Raw::connect(local.serving.address()).await;
        let more = format!("Content-Type: text/yaml\r\nContent-Length: {}\r\n", 20 * MEBIBYTE);
        client.head(call, &more).await;
        client.send(vec![b'x'; 8 * MEBIBYTE + 1]).await;
        let answer = client.answer().await;
        assert!((400..500).contains(&answer.status) && answer.closes, "{call}: {answer:?}");
        client.closed().await;
    }
}

#[tokio::test]
async fn body_that_does_not_arrive_is_refused() {
    let local = Local::start().await;
    let mut client = Raw::connect(local.serving.address()).await;
    client.head("POST /v1/accounts/nope/tokens", "Content-Length: 900\r\n").await;
    client.send("the first half").await;
    let answer = client.answer().await;
    assert!(answer.status == 408 && answer.closes, "{answer:?}");
    client.closed().await;
}
