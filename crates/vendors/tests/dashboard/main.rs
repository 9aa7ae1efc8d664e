//! The client of a dashboard instance against a scripted one: the wire of the vendor's document "Licensing HTTP API", and what can
//! go wrong on it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod calls;
mod faults;
mod once;
mod redirects;
mod tls;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use license::{LicenseKey, Token};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};
use testkit::{Answer, FaultServer, Received};
use vendors::{ConnectError, Connection, FieldKind, Http, InstanceToken, Patience, Vendor, registration};

const PASSWORD: &str = " correct horse: battery ";
const WRONG: &str = "tr0ub4dor&3-wrong";

/// Waits as long as a slow machine needs, and hardly between two tries.
fn patient() -> Http {
    Http::with_patience(Patience { pause: Duration::from_millis(1), ..Patience::default() })
}

/// Far less patient than a user.
fn impatient() -> Http {
    Http::with_patience(Patience {
        connect: Duration::from_secs(2),
        whole: Duration::from_millis(500),
        pause: Duration::from_millis(1),
        ..Patience::default()
    })
}

fn connection(address: &str, password: &str, ca: Option<&str>) -> Connection {
    let fields = [("user", Some("admin")), ("ca-file", ca)];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
    Connection {
        address: address.parse().unwrap(),
        fields: fields.collect(),
        secrets: [("password".to_owned(), Token::new(password.to_owned()))].into(),
    }
}

fn instance(http: &Http, at: &Connection) -> Box<dyn Vendor> {
    vendors::connect(http, "dashboard", at).unwrap()
}

/// A server that plays a script, and an account at its root.
fn playing(script: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> (FaultServer, Box<dyn Vendor>) {
    let server = FaultServer::answering(script);
    let account = instance(&patient(), &connection(&server.localhost_url(), PASSWORD, None));
    (server, account)
}

fn token_of(account: &dyn Vendor) -> &dyn InstanceToken {
    account.instance_token().unwrap()
}

/// The document's example of a token, made whole and with an end.
fn example() -> Value {
    json!({
        "status": 1, "jti": "2", "iss": "https://metrics-dashboard.com", "sub": "https://play.metrics-dashboard.org/",
        "lid": "1", "included_users": 15, "lic_exp_warn_days": 30, "tok_exp_warn_days": 2, "update_days": 1,
        "prod": ["metrics-dashboard-enterprise"], "company": "Metrics Dashboard Labs", "exp": 1_798_761_600,
        "lexp": 1_830_297_600,
    })
}

/// The document's answer where there is no license.
fn empty() -> Value {
    json!({
        "status": 0, "jti": "", "iss": "", "sub": "", "iat": 0, "exp": 0, "nbf": 0, "lexp": 0, "lid": "",
        "limit_by": "", "included_users": 0, "lic_exp_warn_days": 0, "tok_exp_warn_days": 0, "update_days": 0,
        "prod": null, "company": "", "account": "", "slug": "", "usage_billing": false,
        "max_concurrent_user_sessions": 0, "details_url": "", "trial": false, "trial_exp": 0, "anonymousRatio": 0,
    })
}

fn jwt(claims: &Value) -> LicenseKey {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    LicenseKey::new(format!("{}.{}.c2lnbmF0dXJl", part(&json!({"alg": "ES384"})), part(claims)))
}

/// A whole instance that behaves as documented and holds the example's token.
fn as_documented(seen: &Received) -> Answer {
    match (seen.method.as_str(), seen.target.rsplit_once("/api/licensing/").unwrap().1) {
        ("GET", "check") => Answer::json(200, &json!(true)),
        ("GET" | "POST", "token") | ("POST", "token/renew") => Answer::json(200, &example()),
        ("DELETE", "token") => Answer::json(202, &json!({})),
        ("GET", "refresh-stats") => Answer::json(
            200,
            &json!({"active_users": 11, "active_admins_and_editors": 4, "active_viewers": 7, "active_anonymous_devices": 0}),
        ),
        _ => Answer::json(404, &json!({"message": "Not found"})),
    }
}

#[test]
fn a_client_is_not_made_without_what_it_needs() {
    let error = |at: &Connection| vendors::connect(&patient(), "dashboard", at).unwrap_err();
    let good = connection("https://play.example", PASSWORD, None);
    assert_eq!(
        error(&connection("https://play.example", "", None)),
        ConnectError::MissingField { field: "password" }
    );
    assert_eq!(
        error(&Connection { fields: BTreeMap::new(), ..good.clone() }),
        ConnectError::MissingField { field: "user" }
    );
    let with_colon = [("user".to_owned(), "ad:min".to_owned())].into();
    assert_eq!(
        error(&Connection { fields: with_colon, ..good }),
        ConnectError::UnusableField { field: "user" }
    );
    assert_eq!(
        error(&connection("https://play.example", PASSWORD, Some("no certificate"))),
        ConnectError::NotACertificate { field: "ca-file" }
    );
}

#[test]
fn an_instance_is_opened_by_a_name_and_a_password_alone_and_says_why() {
    let dashboard = registration("dashboard").unwrap().description;
    assert_eq!(
        dashboard.connect.iter().map(|field| (field.name, field.kind, field.optional)).collect::<Vec<_>>(),
        [
            ("url", FieldKind::Url, false),
            ("user", FieldKind::Text, false),
            ("password", FieldKind::Password, false),
            ("ca-file", FieldKind::CaFile, true),
            ("confirm-host", FieldKind::ConfirmHost, true),
            ("allow-http", FieldKind::AllowHttp, true),
        ]
    );
    assert!(dashboard.login_note.unwrap().english.contains("service account"));
    assert!(dashboard.password_once && dashboard.by_address);
}
