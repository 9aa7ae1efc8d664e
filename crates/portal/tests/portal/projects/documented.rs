//! The requests of the Aidbox documentation, sent exactly as printed.

use std::process::Command;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Local, feed, fixture, python};

/// Sends a printed request with plain curl, its placeholders filled in; returns the status and the body.
fn curl(local: &Local, name: &str, fill: &[(&str, &str)]) -> (u16, String) {
    let printed =
        std::fs::read_to_string(fixture("aidbox-documentation").join(format!("{name}.txt"))).unwrap();
    let (head, body) = printed.split_once("\n\n").unwrap();
    let (request, headers) = head.split_once('\n').unwrap();
    let path = request.strip_prefix("POST https://aidbox.app").unwrap();
    let body = fill.iter().fold(body.replace("<your-token>", &local.token), |body, (hole, value)| {
        assert!(body.contains(hole), "{name} has no {hole}");
        body.replace(hole, value)
    });
    let mut command = Command::new("curl");
    command.args(["-sS", "--data-binary", "@-", "--write-out", "\n%{http_code}"]);
    for header in headers.lines() {
        command.args(["-H", header]);
    }
    let output = feed(command.arg(format!("{}{path}", local.base())), &body);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer = String::from_utf8(output.stdout).unwrap();
    let (body, status) = answer.rsplit_once('\n').unwrap();
    (status.parse().unwrap(), body.to_owned())
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

fn done((status, body): (u16, String)) -> Value {
    assert_eq!(status, 200, "{body}");
    yaml(&body)["result"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_creates_a_license() {
    let local = Local::start().await;
    let issued = done(curl(&local, "issue-license", &[("<license-name>", "ward-3")]));
    assert_eq!(issued["license"]["name"], "ward-3");
    assert_eq!(issued["license"]["product"], "aidbox", "the trailing space after it is not part of it");
    assert_eq!(issued["license"]["type"], "production");
    assert!(issued["jwt"].as_str().unwrap().starts_with("eyJ"));
    assert!(issued["license"].get("jwt").is_none(), "the string stands beside the license, not in it");
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_gets_a_license_by_its_id() {
    let local = Local::start().await;
    let issued = local.issue("ward-3", "development", json!({})).await;
    let id = issued["license"]["id"].as_str().unwrap();
    assert_eq!(done(curl(&local, "get-license-by-id", &[("<license-id>", id)])), issued);
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_gets_a_license_by_its_string() {
    let local = Local::start().await;
    let issued = local.issue("ward-3", "ci", json!({})).await;
    let jwt = issued["jwt"].as_str().unwrap();
    assert_eq!(done(curl(&local, "get-license-by-string", &[("<license-string>", jwt)])), issued);
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_lists_the_licenses_of_the_project() {
    let local = Local::start().await;
    assert_eq!(done(curl(&local, "get-licenses", &[])), json!([]), "a new project has none");
    let first = local.issue("ward-3", "ci", json!({})).await;
    let second = local.issue("ward-4", "production", json!({})).await;
    assert_eq!(done(curl(&local, "get-licenses", &[])), json!([first["license"], second["license"]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_deletes_a_license_by_its_id() {
    let local = Local::start().await;
    let issued = local.issue("ward-3", "development", json!({})).await;
    let id = issued["license"]["id"].as_str().unwrap();
    done(curl(&local, "remove-license-by-id", &[("<license-id>", id)]));
    assert!(local.list().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_deletes_a_license_by_its_string() {
    let local = Local::start().await;
    let issued = local.issue("ward-3", "development", json!({})).await;
    done(curl(&local, "remove-license-by-string", &[("<license-string>", issued["jwt"].as_str().unwrap())]));
    assert!(local.list().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_with_the_placeholders_left_in_is_told_about_the_token() {
    let local = Local { token: "<your-token>".to_owned(), ..Local::start().await };
    let (status, body) = curl(&local, "get-licenses", &[]);
    assert_eq!(status, 401);
    assert!(yaml(&body)["error"]["message"].as_str().unwrap().contains("token"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pyyaml_script_makes_every_documented_call() {
    let local = Local::start().await;
    let kept = local.issue("kept", "development", json!({})).await;
    let gone = local.issue("gone", "ci", json!({})).await;
    let (id, jwt) = (&kept["license"]["id"], &gone["jwt"]);
    let answers = script(
        &local,
        json!([
            {"method": "portal.portal/get-license", "params": {"id": id}},
            {"method": "portal.portal/get-license", "params": {"license": jwt}},
            {"method": "portal.portal/remove-license", "params": {"license": jwt}},
            {"method": "portal.portal/get-licenses", "params": {}},
            {"method": "portal.portal/remove-license", "params": {"id": id}},
            {"method": "portal.portal/get-licenses", "params": {}},
        ]),
    );
    for answer in &answers {
        assert_eq!(answer["status"], 200, "{answer}");
        assert_eq!(answer["content_type"], "text/yaml; charset=utf-8");
    }
    assert_eq!(answers[0]["answer"]["result"], kept);
    assert_eq!(answers[1]["answer"]["result"], gone);
    assert_eq!(answers[3]["answer"]["result"], json!([kept["license"]]));
    assert_eq!(answers[5]["answer"]["result"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn pyyaml_reads_back_every_name_that_can_be_given() {
    let local = Local::start().await;
    let names = [
        "it's \"quoted\" \\ and more",
        "two\nlines\n",
        "tab\tand return\r",
        "😀 emoji",
        "\u{202e}right to left אבג",
        "<script>alert(1)</script>",
        "no",
        "2026-01-02T03:04:05Z",
        "12:30:45",
        "1_000",
        "0x1F",
        "~",
        "- item",
        "key: value # comment",
        " spaces around ",
        "\u{85}\u{2028}\u{2029}\u{feff}\u{7f}\u{1b}",
        "{{ name }}",
    ];
    let create = |name: &&str| {
        let params = json!({"name": name, "product": "aidbox", "type": "development"});
        json!({"method": "portal.portal/issue-license", "params": params})
    };
    let answers = script(&local, names.iter().map(create).collect());
    for (name, answer) in names.iter().zip(&answers) {
        assert_eq!(answer["answer"]["result"]["license"]["name"], *name, "{answer}");
    }
    let listed: Vec<Value> = local.list().await.iter().map(|license| license["name"].clone()).collect();
    assert_eq!(listed, names, "and JSON tells the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn pyyaml_reads_refusals_too() {
    let local = Local::start().await;
    let answers =
        script(&local, json!([{"method": "portal.portal/get-license", "params": {"id": "unknown"}}]));
    assert_eq!(answers[0]["status"], StatusCode::FORBIDDEN.as_u16());
    assert_eq!(answers[0]["answer"]["error"]["message"], "You are not a member of the project");
}

fn script(local: &Local, calls: Value) -> Vec<Value> {
    let asked = json!({"base": local.base(), "token": local.token, "calls": calls});
    python("pyyaml_client.py", &asked).as_array().unwrap().clone()
}
