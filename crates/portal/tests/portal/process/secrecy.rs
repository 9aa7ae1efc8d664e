//! The data folder holds nothing that lets software run: what is secret is made anew each time it is asked for.

use serde_json::{Value, json};

use crate::harness::{Local, Server, call, issue_token};

#[tokio::test]
async fn no_license_string_box_token_or_project_token_is_in_the_bytes_of_the_folder() {
    let local = Local::start().await;
    let issued = local.issue("box", "development", json!({"hosting": "sandbox"})).await;
    let jwt = issued["jwt"].as_str().unwrap();
    let parts = jwt.split('.').filter(|part| part.len() > 40).map(str::to_owned);
    let mut secrets: Vec<String> = parts.skip(1).collect();
    assert_eq!(secrets.len(), 2, "payload and signature");
    secrets.extend([box_token(&issued), local.token.clone()]);
    let mut seen = 0;
    for entry in std::fs::read_dir(local.data.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for secret in &secrets {
            let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_there, "a secret stands in {}", path.display());
        }
        seen += bytes.len();
    }
    assert!(seen > 20_000, "the storage and its log were read");
}

#[tokio::test]
async fn a_license_string_and_a_box_token_are_the_same_after_a_restart() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let token = issue_token(data.path(), "northwind");
    let params = json!({"name": "box", "product": "aidbox", "type": "ci", "hosting": "sandbox"});
    let before = call(&server.base, &token, "issue-license", params).await.1["result"].clone();
    server.kill();

    let server = Server::start(data.path(), &[]);
    for asked in [json!({"id": before["license"]["id"]}), json!({"license": before["jwt"]})] {
        let after = call(&server.base, &token, "get-license", asked).await.1["result"].clone();
        assert_eq!(after["jwt"], before["jwt"]);
        assert_eq!(box_token(&after), box_token(&before));
    }
    let listed = call(&server.base, &token, "get-licenses", json!({})).await.1["result"].clone();
    assert!(listed[0].get("jwt").is_none(), "a list needs no signing");
}

#[tokio::test]
async fn a_string_that_another_portal_signed_opens_nothing_here() {
    let (here, there) = (Local::start().await, Local::start().await);
    let foreign = there.issue("box", "ci", json!({})).await;
    let (status, _) = here.call("get-license", json!({"license": foreign["jwt"]})).await;
    assert_eq!(status, 403);
}

fn box_token(issued: &Value) -> String {
    let url = issued["license"]["additional"]["box-url"].as_str().unwrap();
    url.split_once("token=").unwrap().1.to_owned()
}
