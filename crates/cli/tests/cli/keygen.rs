//! A scripted service that speaks the Keygen-compatible API as far as these stories go, and remembers what it was asked.

use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use testkit::{Answer, FaultServer, Received};

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const CODE: &str = "123456";
const SESSION: &str = "user-5f0c2a9e7b1d4c3f8a6e9d2b7c4f1a0e5f0c2a9e7b1d4c3f8a6e9d2b7c4f1a0ev3";
const KEY: &str = crate::world::SYSTEM_KEY;

/// The service.
pub(crate) struct Keygen {
    server: FaultServer,
    stage: Arc<Stage>,
}

#[derive(Default)]
struct Stage {
    wants_code: AtomicBool,
    session_ended: AtomicBool,
    machine_released: AtomicBool,
    license_suspended: AtomicBool,
}

impl Keygen {
    pub(crate) fn start() -> Self {
        let stage = Arc::<Stage>::default();
        let of_server = Arc::clone(&stage);
        Self { server: FaultServer::answering(move |request| of_server.answer(request)), stage }
    }

    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    /// Logins need a one-time code from now on.
    pub(crate) fn want_codes(&self) {
        self.stage.wants_code.store(true, Ordering::Relaxed);
    }

    pub(crate) fn end_sessions(&self) {
        self.stage.session_ended.store(true, Ordering::Relaxed);
    }

    pub(crate) fn suspend_license(&self) {
        self.stage.license_suspended.store(true, Ordering::Relaxed);
    }

    /// How often it was asked this, such as `POST tokens`.
    pub(crate) fn count(&self, line: &str) -> usize {
        self.server
            .received()
            .iter()
            .filter(|request| below_account(request).as_deref() == Some(line))
            .count()
    }
}

impl Stage {
    fn answer(&self, request: &Received) -> Answer {
        let Some(line) = below_account(request) else { return Answer::Drop };
        let body = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
        let (status, document) =
            self.document(&line, request.header("authorization").unwrap_or_default(), &body);
        let text = if status == 204 { String::new() } else { document.to_string() };
        Answer::reply(status, "application/vnd.api+json", text)
    }

    fn document(&self, line: &str, login: &str, body: &Value) -> (u16, Value) {
        let is = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let session = format!("Bearer {SESSION}");
        if line == "POST tokens" {
            return self.login(login, body);
        }
        let is_by_key = line == "POST licenses/actions/validate-key";
        if !is_by_key && (is(&self.session_ended) || login != session) {
            return refusal(401, "TOKEN_EXPIRED", "The session has expired.");
        }
        match line {
            "GET me" => (
                200,
                json!({"data": {"type": "users", "id": "u1", "attributes": {"email": "ada@demo.example"}}}),
            ),
            "GET licenses" => {
                (200, json!({"data": [license()], "links": {"next": null, "meta": {"pages": 1, "count": 1}}}))
            }
            "GET licenses/l1" => (200, json!({"data": license()})),
            "GET licenses/l1/machines" if is(&self.machine_released) => (200, list(json!([]))),
            "GET licenses/l1/machines" => {
                (200, list(json!([machine("m1", "cell-07"), machine("m2", "cell-08")])))
            }
            "DELETE machines/m1" => {
                self.machine_released.store(true, Ordering::Relaxed);
                (204, Value::Null)
            }
            "DELETE tokens/t1" => {
                self.session_ended.store(true, Ordering::Relaxed);
                (204, Value::Null)
            }
            _ if is_by_key => {
                let (valid, code) =
                    if is(&self.license_suspended) { (false, "SUSPENDED") } else { (true, "VALID") };
                let nonce = &body["meta"]["nonce"];
                assert_eq!(body["meta"]["key"], KEY);
                (
                    200,
                    json!({"data": license(), "meta": {"valid": valid, "code": code, "detail": "as asked", "nonce": nonce}}),
                )
            }
            _ if line.starts_with("GET licenses/l1/entitlements") => (200, list(json!([]))),
            _ => refusal(404, "NOT_FOUND", "There is no such thing."),
        }
    }

    fn login(&self, login: &str, body: &Value) -> (u16, Value) {
        use base64::{Engine, prelude::BASE64_STANDARD};
        let good = BASE64_STANDARD.encode(format!("ada@demo.example:{PASSWORD}"));
        if login != format!("Basic {good}") {
            return refusal(401, "PASSWORD_INVALID", "The password is wrong.");
        }
        if self.wants_code.load(Ordering::Relaxed) {
            match body["meta"]["otp"].as_str() {
                None => return refusal(401, "OTP_REQUIRED", "A code is needed."),
                Some(CODE) => {}
                Some(_) => return refusal(401, "OTP_INVALID", "The code is wrong."),
            }
        }
        self.session_ended.store(false, Ordering::Relaxed);
        let attributes = json!({"token": SESSION, "expiry": "2099-01-01T00:00:00Z"});
        (201, json!({"data": {"type": "tokens", "id": "t1", "attributes": attributes}}))
    }
}

fn license() -> Value {
    let attributes =
        json!({"name": "cell", "key": KEY, "expiry": null, "status": "ACTIVE", "maxMachines": 2});
    json!({"type": "licenses", "id": "l1", "attributes": attributes, "relationships": {}})
}

fn machine(id: &str, host: &str) -> Value {
    let attributes = json!({"fingerprint": format!("aa:bb:{id}"), "hostname": host, "platform": "linux/amd64",
        "lastHeartbeat": "2026-11-20T10:00:00Z", "heartbeatStatus": "ALIVE"});
    json!({"type": "machines", "id": id, "attributes": attributes})
}

fn list(data: Value) -> Value {
    json!({"data": data, "links": {"next": null}})
}

fn refusal(status: u16, code: &str, detail: &str) -> (u16, Value) {
    (status, json!({"errors": [{"title": "Refused", "detail": detail, "code": code}]}))
}

/// The request as method and path below the account; nothing of another account's.
fn below_account(request: &Received) -> Option<String> {
    let path = request.target.split('?').next()?.strip_prefix("/v1/accounts/demo/")?;
    Some(format!("{} {path}", request.method))
}
