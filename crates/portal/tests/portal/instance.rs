//! The licensing endpoints of a Metrics Dashboard instance.

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Local, client};
use portal::Stats;

const PASSWORD: &str = "pass:word";

/// An instance of a portal, and its server administrator.
struct Instance {
    local: Local,
    client: Client,
    user: &'static str,
    password: &'static str,
}

impl Instance {
    async fn start() -> Self {
        let local = Local::start().await;
        local.portal.add_instance("demo", "admin", PASSWORD).unwrap();
        Self { local, client: client(), user: "admin", password: PASSWORD }
    }

    fn root(&self) -> String {
        format!("{}/instances/demo", self.local.base())
    }

    fn request(&self, method: Method, call: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/api/licensing/{call}", self.root());
        self.client.request(method, url).basic_auth(self.user, Some(self.password))
    }

    async fn get(&self, call: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, call)).await
    }

    async fn send(&self, method: Method, call: &str, body: Value) -> (StatusCode, Value) {
        answer(self.request(method, call).body(body.to_string())).await
    }

    async fn apply(&self, token: &str) -> (StatusCode, Value) {
        self.send(Method::POST, "token", json!({"token": token})).await
    }

    fn token(&self, expires: Option<&str>, sub: Option<&str>) -> String {
        let expires = expires.map(|time| time.parse().unwrap());
        self.local.portal.instance_token("demo", expires, sub).unwrap().expose().to_owned()
    }
}

async fn answer(request: reqwest::RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status}: {text:?}")))
}

#[tokio::test]
async fn a_token_is_applied_renewed_and_removed() {
    let instance = Instance::start().await;
    assert_eq!(instance.get("check").await, (StatusCode::OK, json!(false)));
    let (status, none) = instance.get("token").await;
    assert_eq!(
        (status, &none["status"], &none["prod"], &none["jti"]),
        (StatusCode::OK, &json!(4), &json!(null), &json!(""))
    );

    let (status, applied) = instance.apply(&instance.token(None, None)).await;
    assert_eq!(status, StatusCode::OK, "{applied}");
    assert_eq!(applied["status"], 1);
    assert_eq!(applied["sub"], instance.root());
    assert_eq!(applied["prod"], json!(["metrics-dashboard-enterprise"]));
    let week = applied["exp"].as_i64().unwrap() - applied["iat"].as_i64().unwrap();
    assert_eq!(week, 7 * 24 * 60 * 60, "the token ends before the license");
    assert!(applied["lexp"].as_i64() > applied["exp"].as_i64());
    assert_eq!(instance.get("check").await.1, json!(true));

    let (status, renewed) = instance.send(Method::POST, "token/renew", json!({})).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(renewed["jti"], applied["jti"]);
    assert_eq!((&renewed["lid"], &renewed["lexp"]), (&applied["lid"], &applied["lexp"]));

    let named = json!({"instance": format!("{}/", instance.root())});
    for _ in 0..2 {
        let removed = instance.send(Method::DELETE, "token", named.clone()).await;
        assert_eq!(removed, (StatusCode::ACCEPTED, json!({})), "the same whether there was one or not");
    }
    let (status, refused) = instance.send(Method::POST, "token/renew", json!({})).await;
    assert_eq!((status, refused), (StatusCode::NOT_FOUND, json!({"message": "no license token"})));
}

#[tokio::test]
async fn a_token_tells_every_field_of_the_document_its_state_first() {
    let instance = Instance::start().await;
    let text = instance.request(Method::GET, "token").send().await.unwrap().text().await.unwrap();
    assert!(text.starts_with(r#"{"status":4,"jti":"","iss":"","sub":"","iat":0"#), "{text}");
    let token: Value = serde_json::from_str(&text).unwrap();
    for field in [
        "exp",
        "nbf",
        "lexp",
        "lid",
        "limit_by",
        "included_users",
        "lic_exp_warn_days",
        "tok_exp_warn_days",
        "update_days",
        "company",
        "account",
        "slug",
        "usage_billing",
        "max_concurrent_user_sessions",
        "details_url",
        "trial",
        "trial_exp",
        "anonymousRatio",
    ] {
        assert!(token.get(field).is_some(), "{field} in {text}");
    }
}

#[tokio::test]
async fn an_ended_or_foreign_token_is_taken_and_says_what_it_is() {
    let instance = Instance::start().await;
    let (status, ended) = instance.apply(&instance.token(Some("2026-01-01T00:00:00Z"), None)).await;
    assert_eq!((status, &ended["status"]), (StatusCode::OK, &json!(5)));
    let (status, other) = instance.apply(&instance.token(None, Some("https://elsewhere.example/"))).await;
    assert_eq!((status, &other["status"]), (StatusCode::OK, &json!(6)));
    assert_eq!(instance.get("check").await.1, json!(false));
    let (status, glob) = instance.apply(&instance.token(None, Some("http://**/instances/d*"))).await;
    assert_eq!((status, &glob["status"]), (StatusCode::OK, &json!(1)));
}

#[tokio::test]
async fn what_is_no_token_of_this_portal_is_refused_and_changes_nothing() {
    let instance = Instance::start().await;
    let good = instance.token(None, None);
    instance.apply(&good).await;
    let other = Instance::start().await.token(None, None);
    let two_parts = good.rsplit_once('.').unwrap().0;
    let aidbox =
        instance.local.issue("box", "development", json!({})).await["jwt"].as_str().unwrap().to_owned();
    for token in [&other, two_parts, &good[..good.len() - 9], "no jwt", "", &aidbox] {
        let refused = instance.apply(token).await;
        assert_eq!(
            refused,
            (StatusCode::BAD_REQUEST, json!({"message": "license token is invalid"})),
            "{token}"
        );
    }
    for body in ["", "{", "[]", "null", r#"{"tokens": "x"}"#, r#"{"token": 1}"#] {
        let sent = instance.request(Method::POST, "token").body(body).send().await.unwrap();
        assert_eq!(sent.status(), StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(instance.get("check").await.1, json!(true));
}

#[tokio::test]
async fn another_instance_named_for_removal_is_not_removed() {
    let instance = Instance::start().await;
    instance.apply(&instance.token(None, None)).await;
    let body = json!({"instance": format!("{}/instances/other", instance.local.base())});
    let (status, refused) = instance.send(Method::DELETE, "token", body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    assert_eq!(instance.send(Method::DELETE, "token", json!({})).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(instance.get("check").await.1, json!(true));
}

#[tokio::test]
async fn only_a_server_administrators_password_opens_it() {
    let instance = Instance::start().await;
    let url = format!("{}/api/licensing/check", instance.root());
    let (status, none) = answer(instance.client.get(&url)).await;
    assert_eq!((status, none), (StatusCode::UNAUTHORIZED, json!({"message": "Unauthorized"})));
    let (status, bearer) = answer(instance.client.get(&url).bearer_auth("glsa_x")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(bearer["message"].as_str().unwrap().starts_with("Service accounts cannot"), "{bearer}");
    let (status, wrong) = answer(instance.client.get(&url).basic_auth("admin", Some("wrong"))).await;
    assert_eq!(
        (status, wrong),
        (StatusCode::UNAUTHORIZED, json!({"message": "Invalid username or password"}))
    );
    let (status, unknown) = answer(instance.client.get(url.replace("demo", "other"))).await;
    assert_eq!((status, unknown), (StatusCode::NOT_FOUND, json!({"message": "Not found"})));
    let (status, page) = answer(instance.client.get(format!("{}/login", instance.root()))).await;
    assert_eq!((status, page), (StatusCode::NOT_FOUND, json!({"message": "Not found"})));
}

#[tokio::test]
async fn five_wrong_passwords_shut_the_right_one_out_for_that_user_alone() {
    let instance = Instance::start().await;
    instance.local.portal.add_instance_user("demo", "examiner", "its own", &["read"]).unwrap();
    let url = format!("{}/api/licensing/check", instance.root());
    for _ in 0..5 {
        let (status, _) = answer(instance.client.get(&url).basic_auth("admin", Some("wrong"))).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(instance.get("check").await.0, StatusCode::UNAUTHORIZED, "blocked");
    let (status, _) = answer(instance.client.get(&url).basic_auth("examiner", Some("its own"))).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let mut instance = Instance::start().await;
    instance.local.portal.add_instance_user("demo", "reader", "its own", &["read"]).unwrap();
    (instance.user, instance.password) = ("reader", "its own");
    assert_eq!(instance.get("check").await.0, StatusCode::OK);
    for (method, call, permission) in [
        (Method::POST, "token", "licensing:write"),
        (Method::POST, "token/renew", "licensing:write"),
        (Method::DELETE, "token", "licensing:delete"),
    ] {
        let (status, refused) = instance.send(method, call, json!({})).await;
        assert_eq!((status, &refused["title"]), (StatusCode::FORBIDDEN, &json!("Access denied")));
        assert!(refused["message"].as_str().unwrap().ends_with(permission), "{refused}");
    }
}

#[tokio::test]
async fn it_counts_its_users() {
    let instance = Instance::start().await;
    let stats = Stats {
        active_users: 14,
        active_admins_and_editors: 5,
        active_viewers: 9,
        active_anonymous_devices: 2,
    };
    instance.local.portal.set_stats("demo", stats).unwrap();
    let told = json!({
        "active_users": 14, "active_admins_and_editors": 5, "active_viewers": 9, "active_anonymous_devices": 2
    });
    assert_eq!(instance.get("refresh-stats").await, (StatusCode::OK, told));
}

#[tokio::test]
async fn another_method_is_not_allowed_and_says_which_are() {
    let instance = Instance::start().await;
    let response = instance.request(Method::PUT, "token").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    let allowed = response.headers()["allow"].to_str().unwrap().to_owned();
    for method in ["GET", "POST", "DELETE"] {
        assert!(allowed.contains(method), "{allowed}");
    }
}
