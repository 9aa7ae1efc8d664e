//! Listing a project.

use portal::{Name, Order, Tier};
use serde_json::{Value, json};

use crate::harness::{Local, client, post};

fn order(n: usize) -> Order {
    Order::self_hosted(Name::parse("license", &format!("box {n}")).unwrap(), Tier::ALL[n % 3])
}

#[tokio::test]
async fn ten_thousand_licenses_come_whole_and_in_order() {
    let local = Local::start().await;
    local.portal.issue_many("northwind", 10_000, order).unwrap();
    let list = local.list().await;
    assert_eq!(list.len(), 10_000);
    for (n, license) in list.iter().enumerate() {
        assert_eq!(license["name"], format!("box {n}"));
        assert!(license.get("jwt").is_none(), "strings are fetched one by one");
    }
}

#[tokio::test]
async fn yaml_and_json_list_the_same() {
    let local = Local::start().await;
    local.issue("plain", "development", json!({"goal": "research"})).await;
    local.issue("sandbox", "production", json!({"hosting": "sandbox"})).await;
    let body = testkit::rpc::body(&local.token, "get-licenses", json!({})).to_string();
    let (_, yaml) = post(&local.base(), "text/yaml", "text/yaml", body.clone()).await;
    let (_, json) = post(&local.base(), "text/yaml", "application/json", body).await;
    let yaml: Value = serde_saphyr::from_str(&yaml).unwrap();
    assert_eq!(yaml, serde_json::from_str::<Value>(&json).unwrap());
}

#[tokio::test]
async fn every_listed_license_says_what_it_entitles_to() {
    let local = Local::start().await;
    local.portal.seed_demo().unwrap();
    let demo = Local { token: local.portal.issue_token("demo").unwrap().expose().to_owned(), ..local };
    for license in demo.list().await {
        assert!(!license["entitlements"].as_array().unwrap().is_empty(), "{license}");
    }
}

#[tokio::test]
async fn a_project_lists_its_own_licenses_only() {
    let local = Local::start().await;
    local.portal.issue_many("contoso", 3, order).unwrap();
    let own = local.issue("own", "ci", json!({})).await;
    assert_eq!(local.list().await, [own["license"].clone()]);
}

#[tokio::test]
async fn a_bulk_of_which_one_license_fails_issues_none() {
    let local = Local::start().await;
    let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        local.portal.issue_many("northwind", 3, |n| if n < 2 { order(n) } else { panic!("out of names") })
    }));
    assert!(stopped.is_err());
    assert!(local.list().await.is_empty());
}

#[tokio::test]
async fn the_answer_is_of_the_type_that_is_asked_for() {
    let local = Local::start().await;
    for (accept, content_type) in [
        ("text/yaml", "text/yaml; charset=utf-8"),
        ("*/*", "text/yaml; charset=utf-8"),
        ("application/json", "application/json"),
    ] {
        let request = client().post(format!("{}/rpc", local.base())).header("accept", accept);
        let response = request.header("content-type", "text/yaml").body("method: x").send().await.unwrap();
        assert_eq!(response.headers()["content-type"], content_type, "{accept}");
    }
}
