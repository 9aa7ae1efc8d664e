//! A portal to test, and the clients that ask it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use portal::{Portal, Serving};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, RequestBuilder, StatusCode, redirect};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_licet-portal");

/// A portal served inside the test, with a project token.
pub(crate) struct Local {
    pub data: TempDir,
    pub portal: Portal,
    pub serving: Serving,
    pub token: String,
}

impl Local {
    pub(crate) async fn start() -> Self {
        let data = TempDir::new().unwrap();
        let portal = Portal::open(data.path()).unwrap();
        let serving = portal.listen("127.0.0.1:0").await.unwrap();
        let token = portal.issue_token("northwind").unwrap().expose().to_owned();
        Self { data, portal, serving, token }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.serving.address())
    }

    /// Calls a method with the token and JSON both ways.
    pub(crate) async fn call(&self, method: &str, params: Value) -> (StatusCode, Value) {
        call(&self.base(), &self.token, method, params).await
    }

    /// Issues a license and returns the answer's `result`.
    pub(crate) async fn issue(&self, name: &str, tier: &str, more: Value) -> Value {
        let mut params = json!({"name": name, "product": "aidbox", "type": tier});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (status, answer) = self.call("issue-license", params).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["result"].clone()
    }

    pub(crate) async fn list(&self) -> Vec<Value> {
        let (status, answer) = self.call("get-licenses", json!({})).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["result"].as_array().unwrap().clone()
    }
}

/// A client that shows redirects instead of following them.
pub(crate) fn client() -> Client {
    Client::builder().redirect(redirect::Policy::none()).build().unwrap()
}

pub(crate) async fn call(base: &str, token: &str, method: &str, params: Value) -> (StatusCode, Value) {
    let (status, text) = answer(testkit::rpc::request(&client(), base, token, method, params)).await;
    (status, serde_json::from_str(&text).unwrap())
}

pub(crate) async fn post(
    base: &str,
    content_type: &str,
    accept: &str,
    body: impl Into<String>,
) -> (StatusCode, String) {
    post_by(&client(), base, content_type, accept, body.into()).await
}

/// Posts with a client that is there already, where making one for each of many calls would take long.
pub(crate) async fn post_by(
    client: &Client,
    base: &str,
    content_type: &str,
    accept: &str,
    body: String,
) -> (StatusCode, String) {
    let request =
        client.post(format!("{base}/rpc")).header(CONTENT_TYPE, content_type).header(ACCEPT, accept);
    answer(request.body(body)).await
}

async fn answer(request: RequestBuilder) -> (StatusCode, String) {
    let response = request.send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

/// `licet-portal serve`, running as a process of its own.
pub(crate) struct Server {
    child: Child,
    pub base: String,
}

impl Server {
    pub(crate) fn start(data: &Path, more: &[&str]) -> Self {
        Self::start_with(data, more, Stdio::null())
    }

    /// The same, with its standard error in a file.
    pub(crate) fn start_telling(data: &Path, stderr: &Path) -> Self {
        Self::start_with(data, &[], std::fs::File::create(stderr).unwrap().into())
    }

    /// The same, with fewer file descriptors than it has connections at most.
    #[cfg(unix)]
    pub(crate) fn start_with_few_descriptors(data: &Path, log: &Path) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -n 40; exec \"$0\" \"$@\"", PROGRAM]);
        Self::run(shell, data, &[], std::fs::File::create(log).unwrap().into())
    }

    fn start_with(data: &Path, more: &[&str], stderr: Stdio) -> Self {
        Self::run(Command::new(PROGRAM), data, more, stderr)
    }

    fn run(mut command: Command, data: &Path, more: &[&str], stderr: Stdio) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(more).arg("--data").arg(data);
        let mut child = command.stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
        let line = first_line(&mut child);
        let base =
            line.strip_prefix("listening on ").unwrap_or_else(|| panic!("first line: {line:?}")).to_owned();
        Self { child, base }
    }

    /// Ends it as a power cut would: without a chance to finish anything.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    #[cfg(unix)]
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn wait(&mut self) -> std::process::ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first line that a program prints; it keeps its pipe.
pub(crate) fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

/// `licet-portal token issue`.
pub(crate) fn issue_token(data: &Path, project: &str) -> String {
    let output = Command::new(PROGRAM)
        .args(["token", "issue", "--project", project, "--data"])
        .arg(data)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Runs a fixture script with `input` as JSON on its standard input, and reads the JSON that it prints.
pub(crate) fn python(script: &str, input: &Value) -> Value {
    let python = std::env::var_os("LICET_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let output = feed(Command::new(python).arg(fixture(script)), &input.to_string());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script} (needs the packages of tests/requirements.txt): {errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Runs a command with `input` on its standard input.
pub(crate) fn feed(command: &mut Command, input: &str) -> Output {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}
