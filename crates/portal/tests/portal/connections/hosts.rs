//! DNS rebinding: a foreign name that points to this computer gets nothing.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{Local, client};

async fn asked_for(local: &Local, path: &str, host: &str) -> StatusCode {
    let request = client().get(format!("{}{path}", local.base())).header("host", host);
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn the_names_of_this_computer_are_answered() {
    let local = Local::start().await;
    let port = local.serving.address().port();
    for name in ["127.0.0.1", "localhost", "LocalHost", "127.1.2.3", "[::1]"] {
        assert_eq!(asked_for(&local, "/healthz", &format!("{name}:{port}")).await, StatusCode::OK, "{name}");
    }
}

#[tokio::test]
async fn every_path_is_closed_to_other_names() {
    let local = Local::start().await;
    let port = local.serving.address().port();
    for path in
        ["/", "/rpc", "/rpc/capabilities", "/healthz", "/.well-known/jwks.json", "/page.css", "/nowhere"]
    {
        let status = asked_for(&local, path, &format!("rebound.example:{port}")).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn another_port_or_none_is_another_host() {
    let local = Local::start().await;
    for host in ["127.0.0.1", "127.0.0.1:1", "localhost", ""] {
        assert_eq!(asked_for(&local, "/healthz", host).await, StatusCode::FORBIDDEN, "{host:?}");
    }
}

#[tokio::test]
async fn a_rebound_name_cannot_issue_even_with_the_token() {
    let local = Local::start().await;
    let params = json!({"name": "x", "product": "aidbox", "type": "ci"});
    let request = testkit::rpc::request(&client(), &local.base(), &local.token, "issue-license", params);
    let response = request.header("host", "rebound.example").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(response.text().await.unwrap().contains("localhost"), "it says what to use");
    assert!(local.list().await.is_empty());
}

#[tokio::test]
async fn a_request_without_a_host_is_turned_away() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let local = Local::start().await;
    let port = local.serving.address().port();
    for request in [
        "GET /healthz HTTP/1.0\r\n\r\n".to_owned(),
        format!(
            "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        ),
        format!(
            "GET http://evil.example/healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        ),
    ] {
        let mut stream = tokio::net::TcpStream::connect(local.serving.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.lines().next().unwrap().contains(" 403 "), "{request}{answer}");
    }
}

#[tokio::test]
async fn the_portal_listens_on_ipv6_loopback_too() {
    let local = Local::start().await;
    let serving = local.portal.listen("[::1]:0").await.unwrap();
    let response = reqwest::get(format!("http://{}/healthz", serving.address())).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}
