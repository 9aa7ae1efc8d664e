//! What is issued for what is asked.

use serde_json::{Value, json};

use crate::harness::Local;

const DAY: i64 = 24 * 60 * 60;

fn seconds(time: &Value) -> i64 {
    time.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second()
}

#[tokio::test]
async fn a_development_license_does_not_expire() {
    let local = Local::start().await;
    let license = &local.issue("box", "development", json!({})).await["license"];
    assert!(license.get("expiration").is_none(), "{license}");
    assert_eq!(license["additional"]["expiration-days"], Value::Null);
    assert_eq!(license["max-instances"], 1);
}

#[tokio::test]
async fn a_production_license_is_a_trial_of_14_days() {
    let local = Local::start().await;
    let license = &local.issue("box", "production", json!({})).await["license"];
    assert_eq!(seconds(&license["expiration"]) - seconds(&license["created"]), 14 * DAY);
    assert_eq!(license["additional"]["expiration-days"], 14);
}

#[tokio::test]
async fn a_ci_license_runs_72_hours_on_many_instances() {
    let local = Local::start().await;
    let license = &local.issue("box", "ci", json!({})).await["license"];
    assert_eq!(seconds(&license["expiration"]) - seconds(&license["created"]), 72 * 60 * 60);
    assert!(license["max-instances"].as_u64().unwrap() > 1, "{license}");
}

#[tokio::test]
async fn a_license_has_the_documented_shape() {
    let local = Local::start().await;
    let before = jiff::Timestamp::now().as_second();
    let issued = local.issue("box", "development", json!({})).await;
    let license = &issued["license"];
    assert_eq!(license["resourceType"], "License");
    assert_eq!(license["status"], "active");
    assert_eq!(license["offline"], false);
    assert_eq!(license["info"], json!({"hosting": "self-hosted"}));
    assert_eq!(license["project"]["resourceType"], "Project");
    assert_eq!(license["project"]["display"], "northwind");
    assert_eq!(license["creator"]["resourceType"], "User");
    assert_eq!(license["meta"]["createdAt"], license["created"]);
    assert_eq!(license["additional"]["box-url"], Value::Null);
    assert!(seconds(&license["created"]) >= before, "{license}");
    assert!(license["entitlements"].as_array().unwrap().contains(&json!("fhir-server")), "{license}");
}

#[tokio::test]
async fn the_goal_is_kept() {
    let local = Local::start().await;
    for goal in ["development", "research", "evaluation"] {
        let issued = local.issue("box", "development", json!({"goal": goal})).await;
        assert_eq!(issued["license"]["info"]["goal"], goal);
    }
}

#[tokio::test]
async fn a_sandbox_has_the_versions_that_were_chosen() {
    let local = Local::start().await;
    let choices = json!({"hosting": "sandbox", "aidbox-version": "edge", "fhir-version": "5.0.0"});
    let issued = local.issue("box", "development", choices.clone()).await;
    assert_eq!(issued["license"]["info"], choices);
}

#[tokio::test]
async fn a_sandbox_without_choices_is_latest_with_fhir_4_0_1() {
    let local = Local::start().await;
    let issued = local.issue("box", "production", json!({"hosting": "sandbox"})).await;
    assert_eq!(issued["license"]["info"]["aidbox-version"], "latest");
    assert_eq!(issued["license"]["info"]["fhir-version"], "4.0.1");
}

#[tokio::test]
async fn every_documented_fhir_version_can_be_chosen() {
    let local = Local::start().await;
    for fhir in ["1.0.2", "1.4.0", "1.8.0", "3.0.1", "3.2.0", "3.3.0", "4.0.0", "4.0.1", "4.3.0", "5.0.0"] {
        let issued = local.issue("box", "ci", json!({"hosting": "sandbox", "fhir-version": fhir})).await;
        assert_eq!(issued["license"]["info"]["fhir-version"], fhir);
    }
}

#[tokio::test]
async fn a_sandbox_has_an_address_with_a_secret_that_opens_it() {
    let local = Local::start().await;
    let issued = local.issue("box", "development", json!({"hosting": "sandbox"})).await;
    let url = issued["license"]["additional"]["box-url"].as_str().unwrap();
    let id = issued["license"]["id"].as_str().unwrap();
    assert!(url.starts_with(&format!("{}/sandbox/{id}/_sudo?token=", local.base())), "{url}");
    assert_eq!(reqwest::get(url).await.unwrap().status(), 200);
    assert_eq!(reqwest::get(format!("{url}x")).await.unwrap().status(), 404);
}

#[tokio::test]
async fn two_licenses_may_bear_one_name() {
    let local = Local::start().await;
    let first = local.issue("box", "development", json!({})).await;
    let second = local.issue("box", "development", json!({})).await;
    assert_ne!(first["license"]["id"], second["license"]["id"]);
    assert_ne!(first["jwt"], second["jwt"]);
    assert_eq!(local.list().await.len(), 2);
}

#[tokio::test]
async fn a_name_of_255_characters_is_kept_whole() {
    let local = Local::start().await;
    let name = "ü".repeat(255);
    let issued = local.issue(&name, "development", json!({})).await;
    assert_eq!(issued["license"]["name"], name);
}

#[tokio::test]
async fn a_name_like_a_number_in_yaml_stays_the_text_it_was() {
    let local = Local::start().await;
    let token = &local.token;
    let body = format!(
        "method: portal.portal/issue-license\nparams:\n  token: {token}\n  name: 0042\n  product: aidbox\n  type: ci\n"
    );
    let (status, answer) = crate::harness::post(&local.base(), "text/yaml", "application/json", body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(local.list().await[0]["name"], "0042");
}
