//! A scripted service that speaks the Keygen-compatible API as far as these stories go, and remembers what it was asked.

use serde_json::{Value, json};
use std::{
    io::{Read, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const CODE: &str = "123456";
const SESSION: &str = "user-5f0c2a9e7b1d4c3f8a6e9d2b7c4f1a0e5f0c2a9e7b1d4c3f8a6e9d2b7c4f1a0ev3";
const KEY: &str = crate::world::SYSTEM_KEY;

/// The service; it ends with the test's process.
#[derive(Clone)]
pub(crate) struct Keygen {
    port: u16,
    stage: Arc<Stage>,
}

#[derive(Default)]
struct Stage {
    asked: Mutex<Vec<String>>,
    wants_code: AtomicBool,
    session_ended: AtomicBool,
    machine_released: AtomicBool,
    license_suspended: AtomicBool,
}

impl Keygen {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let stage = Arc::<Stage>::default();
        let of_server = Arc::clone(&stage);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                of_server.answer(stream);
            }
        });
        Self { port, stage }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
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
        self.stage.asked.lock().unwrap().iter().filter(|asked| *asked == line).count()
    }
}

impl Stage {
    fn answer(&self, mut stream: TcpStream) {
        let Some((line, head, body)) = read(&mut stream) else { return };
        self.asked.lock().unwrap().push(line.clone());
        let (status, document) = self.document(&line, &head, &body);
        let text = if status == 204 { String::new() } else { document.to_string() };
        let length =
            if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", text.len()) };
        // The client may have gone away in the middle.
        let _gone = write!(
            stream,
            "HTTP/1.1 {status} X\r\nContent-Type: application/vnd.api+json\r\n{length}Connection: close\r\n\r\n{text}"
        );
    }

    fn document(&self, line: &str, head: &str, body: &Value) -> (u16, Value) {
        let is = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let session = format!("Bearer {SESSION}");
        if line == "POST tokens" {
            return self.login(head, body);
        }
        let is_by_key = line == "POST licenses/actions/validate-key";
        if !is_by_key && (is(&self.session_ended) || !head.contains(&session)) {
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

    fn login(&self, head: &str, body: &Value) -> (u16, Value) {
        use base64::{Engine, prelude::BASE64_STANDARD};
        let good = BASE64_STANDARD.encode(format!("ada@demo.example:{PASSWORD}"));
        if !head.contains(&format!("Basic {good}")) {
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

/// The request as method and path below the account, its head, and its body.
fn read(stream: &mut TcpStream) -> Option<(String, String, Value)> {
    let mut bytes = Vec::new();
    let mut some = [0; 4096];
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        match stream.read(&mut some).ok()? {
            0 => return None,
            read => bytes.extend_from_slice(&some[..read]),
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length:")
            .and_then(|length| length.trim().parse().ok())
    });
    let whole = end + 4 + length.unwrap_or(0);
    while bytes.len() < whole {
        match stream.read(&mut some).ok()? {
            0 => return None,
            read => bytes.extend_from_slice(&some[..read]),
        }
    }
    let mut start = head.split(' ');
    let (method, target) = (start.next()?, start.next()?);
    let path = target.split('?').next()?.strip_prefix("/v1/accounts/demo/")?;
    let body = serde_json::from_slice(&bytes[end + 4..]).unwrap_or(Value::Null);
    Some((format!("{method} {path}"), head.clone(), body))
}
