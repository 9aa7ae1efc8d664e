//! What bad calls get: a fitting status, and words for the user behind them.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Local, call, client, post};

/// Asks for a license with some parameters changed, and returns the refusal.
async fn refused(changes: Value) -> (StatusCode, String) {
    let local = Local::start().await;
    let mut params = json!({"name": "box", "product": "aidbox", "type": "development"});
    params.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let (status, answer) = local.call("issue-license", params).await;
    assert!(local.list().await.is_empty(), "nothing was issued");
    (status, answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned())
}

async fn assert_refused(changes: Value, words: &[&str]) {
    let (status, message) = refused(changes).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{message}");
    for word in words {
        assert!(message.contains(word), "{message:?} says {word:?}");
    }
}

#[tokio::test]
async fn an_empty_name_is_refused() {
    assert_refused(json!({"name": ""}), &["name", "empty"]).await;
}

#[tokio::test]
async fn a_blank_name_is_refused() {
    assert_refused(json!({"name": " \n\t"}), &["name", "empty"]).await;
}

#[tokio::test]
async fn a_missing_name_is_refused() {
    assert_refused(json!({"name": null}), &["name", "missing"]).await;
}

#[tokio::test]
async fn a_name_of_300_characters_is_refused_with_the_limit() {
    assert_refused(json!({"name": "x".repeat(300)}), &["300", "255"]).await;
}

#[tokio::test]
async fn a_name_with_a_nul_is_refused() {
    assert_refused(json!({"name": "a\0b"}), &["NUL"]).await;
}

#[tokio::test]
async fn an_unknown_type_is_refused_with_the_known_ones() {
    assert_refused(json!({"type": "gold"}), &["gold", "production", "development", "ci"]).await;
}

#[tokio::test]
async fn a_missing_type_is_refused() {
    assert_refused(json!({"type": null}), &["type", "missing"]).await;
}

#[tokio::test]
async fn another_product_is_refused() {
    assert_refused(json!({"product": "multibox"}), &["product", "multibox", "aidbox"]).await;
}

#[tokio::test]
async fn an_unknown_goal_is_refused() {
    assert_refused(json!({"goal": "fun"}), &["goal", "fun", "research"]).await;
}

#[tokio::test]
async fn aws_is_a_guide_and_not_a_call() {
    assert_refused(json!({"hosting": "aws"}), &["aws", "guide"]).await;
}

#[tokio::test]
async fn an_unknown_fhir_version_is_refused() {
    assert_refused(json!({"hosting": "sandbox", "fhir-version": "9.9.9"}), &["fhir-version", "4.0.1"]).await;
}

#[tokio::test]
async fn an_unknown_aidbox_version_is_refused() {
    assert_refused(json!({"hosting": "sandbox", "aidbox-version": "old"}), &["aidbox-version", "edge"]).await;
}

#[tokio::test]
async fn versions_go_with_a_sandbox_only() {
    assert_refused(json!({"fhir-version": "4.0.1"}), &["fhir-version", "sandbox"]).await;
    assert_refused(json!({"aidbox-version": "edge"}), &["aidbox-version", "sandbox"]).await;
}

#[tokio::test]
async fn an_unknown_token_is_unauthorized_for_every_method() {
    let local = Local::start().await;
    for method in ["issue-license", "get-license", "get-licenses", "remove-license"] {
        let (status, answer) = call(&local.base(), "licet_0000", method, json!({"id": "x"})).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{method}");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.contains("token") && !message.contains("licet_0000"), "{message}");
    }
}

#[tokio::test]
async fn a_missing_token_is_unauthorized() {
    let local = Local::start().await;
    for body in [
        json!({"method": "portal.portal/get-licenses"}),
        json!({"method": "portal.portal/get-licenses", "params": null}),
    ] {
        let (status, _) = post(&local.base(), "application/json", "*/*", body.to_string()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn an_unknown_id_is_refused_in_the_vendors_words() {
    let local = Local::start().await;
    for method in ["get-license", "remove-license"] {
        let (status, answer) =
            local.call(method, json!({"id": "00000000-0000-4000-8000-000000000000"})).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert_eq!(answer["error"]["message"], "You are not a member of the project");
    }
}

#[tokio::test]
async fn another_projects_license_is_as_unknown_as_none() {
    let local = Local::start().await;
    let issued = local.issue("box", "development", json!({})).await;
    let other = local.portal.issue_token("contoso").unwrap();
    for params in [json!({"id": issued["license"]["id"]}), json!({"license": issued["jwt"]})] {
        for method in ["get-license", "remove-license"] {
            let (status, _) = call(&local.base(), other.expose(), method, params.clone()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{method} {params}");
        }
    }
    assert_eq!(local.list().await.len(), 1, "and it was not removed");
}

#[tokio::test]
async fn a_license_string_that_was_altered_is_unknown() {
    let local = Local::start().await;
    let issued = local.issue("box", "development", json!({})).await;
    let jwt = issued["jwt"].as_str().unwrap();
    for altered in [&jwt[..jwt.len() - 4], "eyJhbGciOiJub25lIn0.e30.", "nonsense", ""] {
        let (status, _) = local.call("remove-license", json!({"license": altered})).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{altered}");
    }
    assert_eq!(local.list().await.len(), 1);
}

#[tokio::test]
async fn neither_id_nor_string_or_both_is_a_question_back() {
    let local = Local::start().await;
    for params in [json!({}), json!({"id": "a", "license": "b"})] {
        let (status, answer) = local.call("get-license", params).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer["error"]["message"].as_str().unwrap().contains("id or license"), "{answer}");
    }
}

#[tokio::test]
async fn an_unknown_method_is_named() {
    let local = Local::start().await;
    let (status, answer) = local.call("renew-license", json!({})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(answer["error"]["message"], "There is no method portal.portal/renew-license");
}

#[tokio::test]
async fn broken_bodies_are_bad_requests_and_are_not_repeated() {
    let local = Local::start().await;
    for (content_type, body) in [
        ("text/yaml", "method: [licet_secret"),
        ("text/yaml", "a: &a [*a, *a]\nlicet_secret: *b"),
        ("text/yaml", ""),
        ("text/yaml", "licet_secret"),
        ("application/json", "{\"method\": \"licet_secret"),
        ("application/json", "[]"),
        ("application/json", "{}"),
    ] {
        let (status, answer) = post(&local.base(), content_type, "text/yaml", body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body:?}: {answer}");
        assert!(answer.starts_with("error:\n  message: "), "{answer}");
        assert!(!answer.contains("licet_secret"), "{answer}");
    }
}

#[tokio::test]
async fn an_alias_bomb_is_defused() {
    let local = Local::start().await;
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(9);
        bomb += &format!("a{level}: &a{level} [{before}]\n");
    }
    let (status, _) = post(&local.base(), "text/yaml", "*/*", bomb + "method: *a11\n").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn other_media_types_are_not_taken() {
    let local = Local::start().await;
    for content_type in ["application/x-www-form-urlencoded", "text/plain", "text/html", "application/edn"] {
        let (status, answer) = post(&local.base(), content_type, "application/json", "method: x").await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{content_type}");
        assert!(answer.contains("text/yaml"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_too_large() {
    let local = Local::start().await;
    let body = format!("method: {}", "x".repeat(1024 * 1024));
    let (status, answer) = post(&local.base(), "text/yaml", "application/json", body).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{answer}");
}

#[tokio::test]
async fn other_verbs_are_told_which_is_allowed() {
    let local = Local::start().await;
    for verb in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let response = client().request(verb.clone(), format!("{}/rpc", local.base())).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{verb}");
        assert_eq!(response.headers()["allow"], "POST");
    }
}

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let local = Local::start().await;
    let response = client().get(format!("{}/rpc/other", local.base())).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}
