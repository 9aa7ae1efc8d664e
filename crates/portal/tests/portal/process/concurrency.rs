//! Many at once, in one process and in several.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{Local, Server, call, issue_token};

#[tokio::test(flavor = "multi_thread")]
async fn many_clients_issue_at_once() {
    let local = Local::start().await;
    let tasks: Vec<_> = (0..40)
        .map(|n| {
            let (base, token) = (local.base(), local.token.clone());
            let params = json!({"name": format!("box {n}"), "product": "aidbox", "type": "ci"});
            tokio::spawn(async move { call(&base, &token, "issue-license", params).await })
        })
        .collect();
    for task in tasks {
        let (status, answer) = task.await.unwrap();
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    let mut names: Vec<String> =
        local.list().await.iter().map(|license| license["name"].to_string()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_issued_by_other_processes_while_licenses_are() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let token = issue_token(data.path(), "northwind");
    let others: Vec<_> = (0..8)
        .map(|_| {
            let data = data.path().to_owned();
            tokio::task::spawn_blocking(move || issue_token(&data, "northwind"))
        })
        .collect();
    for n in 0..20 {
        let params = json!({"name": format!("box {n}"), "product": "aidbox", "type": "ci"});
        let (status, answer) = call(&server.base, &token, "issue-license", params).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    for other in others {
        let (_, answer) = call(&server.base, &other.await.unwrap(), "get-licenses", json!({})).await;
        assert_eq!(answer["result"].as_array().unwrap().len(), 20);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_set_one_folder_up_at_once_agree_on_its_key() {
    let data = tempfile::TempDir::new().unwrap();
    let starting: Vec<_> = (0..4)
        .map(|_| {
            let data = data.path().to_owned();
            tokio::task::spawn_blocking(move || Server::start(&data, &["--seed", "demo"]))
        })
        .collect();
    let mut keys = Vec::new();
    for server in starting {
        let server = server.await.unwrap();
        let response = reqwest::get(format!("{}/.well-known/jwks.json", server.base)).await.unwrap();
        keys.push(response.text().await.unwrap());
    }
    keys.dedup();
    assert_eq!(keys.len(), 1, "{keys:?}");
}
