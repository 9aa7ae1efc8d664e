//! A removed license is gone.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::Local;

#[tokio::test]
async fn a_license_removed_by_id_is_gone_from_the_list_and_by_both_ways() {
    let local = Local::start().await;
    let kept = local.issue("kept", "development", json!({})).await;
    let gone = local.issue("gone", "development", json!({})).await;
    let (id, jwt) = (&gone["license"]["id"], &gone["jwt"]);
    let (status, answer) = local.call("remove-license", json!({"id": id})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer["result"]["license"]["id"], *id);
    assert_eq!(answer["result"]["license"]["status"], "removed");
    assert_eq!(local.list().await, [kept["license"].clone()]);
    for params in [json!({"id": id}), json!({"license": jwt})] {
        let (status, _) = local.call("get-license", params).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_license_is_removed_by_its_string_with_blanks_around_it() {
    let local = Local::start().await;
    let issued = local.issue("box", "ci", json!({})).await;
    let pasted = format!(" {}\n", issued["jwt"].as_str().unwrap());
    let (status, _) = local.call("remove-license", json!({"license": pasted})).await;
    assert_eq!(status, StatusCode::OK);
    assert!(local.list().await.is_empty());
}

#[tokio::test]
async fn removing_twice_says_that_it_is_not_there() {
    let local = Local::start().await;
    let issued = local.issue("box", "ci", json!({})).await;
    let id = json!({"id": issued["license"]["id"]});
    assert_eq!(local.call("remove-license", id.clone()).await.0, StatusCode::OK);
    assert_eq!(local.call("remove-license", id).await.0, StatusCode::FORBIDDEN);
}
