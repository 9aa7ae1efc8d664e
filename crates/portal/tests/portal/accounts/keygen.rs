//! An account of the Keygen-compatible API to test, and a client that asks it.

use portal::{NewEntitled, OtpUrl};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Local, client};

pub(crate) const EMAIL: &str = "ada@demo.example";
pub(crate) const PASSWORD: &str = "pass:word";

pub(crate) struct Account {
    pub local: Local,
    pub client: Client,
    /// A user's token, once logged in.
    pub token: String,
}

impl Account {
    /// A portal with the account `acme` and one user, not logged in.
    pub(crate) async fn start() -> Self {
        let local = Local::start().await;
        local.portal.add_user("acme", EMAIL, PASSWORD, false).unwrap();
        Self { local, client: client(), token: String::new() }
    }

    pub(crate) async fn logged_in() -> Self {
        let mut account = Self::start().await;
        let (status, answer) = account.log_in(EMAIL, PASSWORD, json!({})).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        account.token = answer["data"]["attributes"]["token"].as_str().unwrap().to_owned();
        account
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/v1/accounts/acme{path}", self.local.base()))
    }

    pub(crate) async fn log_in(&self, email: &str, password: &str, body: Value) -> (StatusCode, Value) {
        let request = self.request(Method::POST, "/tokens").basic_auth(email, Some(password));
        answer(request.body(body.to_string())).await
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path).bearer_auth(&self.token)).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self.request(method, path).bearer_auth(&self.token);
        answer(request.body(body.to_string())).await
    }

    pub(crate) fn license(&self, name: &str, entitlements: &[&str], max_machines: Option<u32>) -> String {
        let entitlements = entitlements.iter().map(|code| (*code).to_owned()).collect();
        let new = NewEntitled { name: Some(name.to_owned()), entitlements, max_machines, expires: None };
        self.local.portal.add_license("acme", EMAIL, new).unwrap().expose().to_owned()
    }

    pub(crate) fn with_codes(&self, email: &str) -> OtpUrl {
        self.local.portal.add_user("acme", email, PASSWORD, true).unwrap().unwrap()
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    let json = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
    (status, json)
}

pub(crate) fn code(answer: &Value) -> &str {
    answer["errors"][0]["code"].as_str().unwrap_or_default()
}
