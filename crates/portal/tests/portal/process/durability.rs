//! Whatever was answered is there after the process was killed.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::harness::{Server, call, client, issue_token, python};
use testkit::until_async;

#[tokio::test]
async fn everything_issued_is_there_after_a_kill() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let token = issue_token(data.path(), "northwind");
    let mut issued = Vec::new();
    for (tier, hosting) in [("development", "self-hosted"), ("production", "sandbox"), ("ci", "self-hosted")]
    {
        let params =
            json!({"name": format!("{tier} box"), "product": "aidbox", "type": tier, "hosting": hosting});
        issued.push(call(&server.base, &token, "issue-license", params).await.1["result"].clone());
    }
    server.kill();

    let server = Server::start(data.path(), &[]);
    let (_, answer) = call(&server.base, &token, "get-licenses", json!({})).await;
    assert_eq!(answer["result"].as_array().unwrap().len(), 3);
    for before in &issued {
        let params = json!({"license": before["jwt"]});
        let (_, after) = call(&server.base, &token, "get-license", params).await;
        assert_eq!(after["result"]["jwt"], before["jwt"]);
        for same in ["id", "name", "type", "created", "expiration", "info", "entitlements"] {
            assert_eq!(after["result"]["license"][same], before["license"][same], "{same}");
        }
    }
    let strings: Vec<&Value> = issued.iter().map(|license| &license["jwt"]).collect();
    let seen = python("verify_jwt.py", &json!({"base": server.base, "strings": strings}));
    assert!(seen.as_array().unwrap().iter().all(|one| one["claims"].is_object()), "{seen}");
}

#[tokio::test]
async fn a_kill_in_the_middle_of_issuing_loses_nothing_that_was_answered() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let token = issue_token(data.path(), "northwind");
    let answered = Arc::new(Mutex::new(Vec::<String>::new()));
    let issuers: Vec<_> = (0..4)
        .map(|_| tokio::spawn(issue_until_killed(server.base.clone(), token.clone(), answered.clone())))
        .collect();
    until_async("some licenses are issued", async || answered.lock().unwrap().len() >= 25).await;
    server.kill();
    for issuer in issuers {
        issuer.await.unwrap();
    }

    let server = Server::start(data.path(), &[]);
    let (_, answer) = call(&server.base, &token, "get-licenses", json!({})).await;
    let kept: Vec<&str> =
        answer["result"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    for id in answered.lock().unwrap().iter() {
        assert!(kept.contains(&id.as_str()), "{id} was answered and is lost");
    }
}

/// Issues one license after another, and notes every id that is answered, until nobody answers.
async fn issue_until_killed(base: String, token: String, answered: Arc<Mutex<Vec<String>>>) {
    let client = client();
    loop {
        let params = json!({"name": "box", "product": "aidbox", "type": "ci"});
        let request = testkit::rpc::request(&client, &base, &token, "issue-license", params);
        let Ok(response) = request.send().await else { return };
        let Ok(text) = response.text().await else { return };
        let answer: Value = serde_json::from_str(&text).unwrap();
        answered.lock().unwrap().push(answer["result"]["license"]["id"].as_str().unwrap().to_owned());
    }
}
