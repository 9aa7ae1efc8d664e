//! Machines of a license, and whether the license is good.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::accounts::keygen::{Account, code};

fn machine(license: &Value, fingerprint: &str) -> Value {
    json!({"data": {
        "type": "machines",
        "attributes": {"fingerprint": fingerprint, "hostname": "cell-07", "platform": "linux"},
        "relationships": {"license": {"data": {"type": "licenses", "id": license}}},
    }})
}

async fn validate(account: &Account, meta: Value) -> Value {
    let (status, answer) =
        account.send(Method::POST, "/licenses/actions/validate-key", json!({"meta": meta})).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer
}

#[tokio::test]
async fn a_seat_is_taken_shown_kept_alive_and_released() {
    let account = Account::logged_in().await;
    let key = account.license("cell-07", &[], Some(1));
    assert_eq!(validate(&account, json!({"key": key})).await["meta"]["code"], "NO_MACHINE");
    let id = account.get(&format!("/licenses/{key}")).await.1["data"]["id"].clone();
    let (status, made) = account.send(Method::POST, "/machines", machine(&id, "aa:bb")).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert_eq!(made["data"]["attributes"]["heartbeatStatus"], "NOT_STARTED");
    for (fingerprint, wanted) in
        [("aa:bb", "FINGERPRINT_TAKEN"), ("cc:dd", "MACHINE_LIMIT_EXCEEDED"), (" ", "FINGERPRINT_BLANK")]
    {
        let (status, refused) = account.send(Method::POST, "/machines", machine(&id, fingerprint)).await;
        assert_eq!((status.as_u16(), code(&refused)), (422, wanted));
    }
    let (_, pinged) = account.send(Method::POST, "/machines/aa:bb/actions/ping", json!({})).await;
    assert_eq!(pinged["data"]["attributes"]["heartbeatStatus"], "ALIVE");
    let (_, seats) = account.get(&format!("/licenses/{key}/machines")).await;
    assert_eq!(seats["data"][0]["attributes"]["hostname"], "cell-07");
    let (_, license) = account.get(&format!("/licenses/{key}")).await;
    assert_eq!(license["data"]["relationships"]["machines"]["meta"]["count"], 1);
    assert_eq!(account.send(Method::DELETE, "/machines/aa:bb", json!({})).await.0, StatusCode::NO_CONTENT);
    assert_eq!(account.send(Method::DELETE, "/machines/aa:bb", json!({})).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_validation_says_by_a_code_what_is_wrong() {
    let account = Account::logged_in().await;
    let free = account.license("free", &["vision"], None);
    let good = validate(&account, json!({"key": free, "nonce": 7})).await;
    assert_eq!(
        (&good["meta"]["code"], &good["meta"]["valid"], &good["meta"]["nonce"]),
        (&json!("VALID"), &json!(true), &json!(7))
    );
    let (none, wrong) =
        (json!({"key": "nothing"}), json!({"key": free, "scope": {"entitlements": ["welding"]}}));
    let unknown = validate(&account, none).await;
    assert_eq!((&unknown["meta"]["code"], &unknown["data"]), (&json!("NOT_FOUND"), &json!(null)));
    assert_eq!(validate(&account, wrong).await["meta"]["code"], "ENTITLEMENTS_MISSING");
    let other = json!({"key": free, "scope": {"product": "another"}});
    assert_eq!(validate(&account, other).await["meta"]["code"], "PRODUCT_SCOPE_MISMATCH");

    let bound = account.license("bound", &[], Some(2));
    assert_eq!(validate(&account, json!({"key": bound})).await["meta"]["code"], "NO_MACHINES");
    account.local.portal.add_machine(&bound, "aa:bb", "cell-07", None).unwrap();
    assert_eq!(validate(&account, json!({"key": bound})).await["meta"]["code"], "VALID");
    let elsewhere = json!({"key": bound, "scope": {"fingerprint": "cc:dd"}});
    assert_eq!(validate(&account, elsewhere).await["meta"]["code"], "FINGERPRINT_SCOPE_MISMATCH");
    account.local.portal.set_suspended(&bound, true).unwrap();
    assert_eq!(validate(&account, json!({"key": bound})).await["meta"]["code"], "SUSPENDED");
    let (status, refused) =
        account.send(Method::POST, "/licenses/actions/validate-key", json!({"meta": {}})).await;
    assert_eq!((status.as_u16(), code(&refused)), (400, "PARAMETER_MISSING"));
}
