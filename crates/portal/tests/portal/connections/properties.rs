//! What holds for every call, whatever is in it.

use std::sync::LazyLock;

use proptest::prelude::*;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::harness::{Local, client, post_by};

/// One portal and one client for all cases, on a runtime that outlives them.
static LOCAL: LazyLock<(Runtime, Local, Client)> = LazyLock::new(|| {
    let runtime = Runtime::new().unwrap();
    let local = runtime.block_on(Local::start());
    (runtime, local, client())
});

fn send(content_type: &str, accept: &str, body: String) -> (StatusCode, String) {
    let (runtime, local, client) = &*LOCAL;
    runtime.block_on(post_by(client, &local.base(), content_type, accept, body))
}

fn issue(accept: &str, name: &str) -> (StatusCode, String) {
    let params = json!({"name": name, "product": "aidbox", "type": "ci"});
    let body = testkit::rpc::body(&LOCAL.1.token, "issue-license", params);
    send("application/json", accept, body.to_string())
}

/// Lines that look like YAML calls, to reach further than noise does.
fn yaml_like() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "method", "params", "  token", "  name", "  id", "- ", "&a", "*a", "!!str",
    ]);
    let value =
        prop_oneof!["\\PC{0,12}", Just("portal.portal/get-license".to_owned()), Just("[{".to_owned())];
    prop::collection::vec((key, value), 0..6)
        .prop_map(|lines| lines.iter().map(|(key, value)| format!("{key}: {value}\n")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_name_comes_back_as_it_was_given_in_yaml_and_json(name in "[^\0]{0,40}[^\\s\0]") {
        let (status, yaml) = issue("text/yaml", &name);
        prop_assert_eq!(status, StatusCode::OK, "{}", yaml);
        let yaml: Value = serde_saphyr::from_str(&yaml).unwrap();
        prop_assert_eq!(&yaml["result"]["license"]["name"], &json!(name));
        let (status, json) = issue("application/json", &name);
        prop_assert_eq!(status, StatusCode::OK, "{}", json);
        let json: Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&json["result"]["license"]["name"], &json!(name));
    }

    #[test]
    fn whatever_is_no_call_is_refused_with_words(body in prop_oneof!["\\PC{0,80}", yaml_like()]) {
        for content_type in ["text/yaml", "application/json"] {
            let (status, answer) = send(content_type, "application/json", body.clone());
            prop_assert!(status.is_client_error(), "{} {}", status, answer);
            let answer: Value = serde_json::from_str(&answer).unwrap();
            prop_assert!(answer["error"]["message"].as_str().is_some_and(|words| !words.is_empty()));
        }
    }
}
