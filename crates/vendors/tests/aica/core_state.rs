//! The Core on this computer.

use crate::patient;
use serde_json::json;
use testkit::{Answer, FaultServer};
use vendors::{CoreState, VendorError, local_core};

async fn state(reply: Answer) -> Result<CoreState, VendorError> {
    let server = FaultServer::answering(move |_| reply.clone());
    let address = format!("{}/core/api/", server.url()).parse().unwrap();
    let state = local_core(&patient(), "aica", &address).unwrap().state().await;
    let seen = server.received();
    assert_eq!((seen[0].target.as_str(), seen[0].header("authorization")), ("/core/api/v3/license", None));
    assert_eq!(seen.len(), 1);
    state
}

fn json(status: u16, document: &serde_json::Value) -> Answer {
    Answer::reply(status, "application/json", document.to_string())
}

#[tokio::test]
async fn a_core_tells_whether_it_is_online_and_what_it_may() {
    let told =
        json!({"online": true, "signed_packages": {"motion": "1.2.3"}, "entitlements": ["MOTION"], "new": 1});
    let expected = CoreState::Reported {
        online: true,
        packages: [("motion".to_owned(), "1.2.3".to_owned())].into(),
        entitlements: vec!["MOTION".to_owned()],
    };
    assert_eq!(state(json(200, &told)).await, Ok(expected));
    let bare = CoreState::Reported { online: false, packages: Default::default(), entitlements: Vec::new() };
    assert_eq!(state(json(200, &json!({"online": false}))).await, Ok(bare));
}

#[tokio::test]
async fn a_core_that_does_not_know_yet_is_no_failure() {
    let error = json!({"error": {"code": "UNDETERMINED", "message": "not yet"}});
    assert_eq!(state(json(404, &error)).await, Ok(CoreState::Undetermined));
}

#[tokio::test]
async fn what_is_no_core_is_named_as_what_it_is() {
    for reply in [
        Answer::reply(404, "text/html", "<html>"),
        Answer::reply(404, "text/plain", "no"),
        Answer::reply(200, "text/plain", "hi"),
    ] {
        assert_eq!(state(reply).await.unwrap_err().code(), "vendor-not-a-portal");
    }
    for other in [json!({}), json!({"message": "no such page"}), json!({"error": "not found"})] {
        assert_eq!(state(json(404, &other)).await.unwrap_err().code(), "vendor-not-a-portal");
    }
    assert_eq!(state(json(200, &json!({}))).await.unwrap_err().code(), "vendor-unreadable");
    let failed =
        state(json(500, &json!({"error": {"code": "X", "message": "out of order"}}))).await.unwrap_err();
    assert_eq!(failed.words().unwrap().as_str(), "out of order");
}

#[tokio::test]
async fn another_product_has_no_core() {
    let address = "http://localhost:8080/api".parse().unwrap();
    assert!(local_core(&patient(), "aidbox", &address).is_none());
    assert!(local_core(&patient(), "aica", &"mailto:a@b.example".parse().unwrap()).is_none());
}
