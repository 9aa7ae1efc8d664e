//! The portal inside several programs at once: one serves, the others take over when it ends.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use portal::embedded;
use serde_json::{Value, json};

use crate::harness::{call, client, first_line};
use crate::raw::Raw;
use testkit::until_async;

/// Another program with the portal in it: the example of this crate.
struct Program {
    child: Child,
    address: String,
}

impl Program {
    fn start(data: &Path) -> Self {
        let mut command = Command::new(example());
        let child = command.arg(data).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child =
            child.unwrap_or_else(|error| panic!("{error}: run `cargo xtask test --package portal`"));
        let address = first_line(&mut child);
        Self { child, address }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Cargo puts a package's examples beside the folder of its tests.
fn example() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let profile = tests.parent().and_then(Path::parent).unwrap();
    profile.join("examples").join(format!("embedded{}", std::env::consts::EXE_SUFFIX))
}

async fn answers(address: impl std::fmt::Display) -> bool {
    client().get(format!("http://{address}/healthz")).send().await.is_ok()
}

async fn listed(address: impl std::fmt::Display, token: &str) -> Value {
    call(&format!("http://{address}"), token, "get-licenses", json!({})).await.1["result"].clone()
}

#[tokio::test]
async fn the_first_serves_and_the_second_finds_it() {
    let data = tempfile::TempDir::new().unwrap();
    let first = embedded::ensure(data.path()).await.unwrap();
    let second = embedded::ensure(data.path()).await.unwrap();
    assert_eq!(first.address(), second.address());
    assert!(first.address().ip().is_loopback());
    assert!(answers(second.address()).await);
}

#[tokio::test]
async fn the_one_that_does_not_serve_issues_tokens_and_tickets_all_the_same() {
    let data = tempfile::TempDir::new().unwrap();
    let _first = embedded::ensure(data.path()).await.unwrap();
    let second = embedded::ensure(data.path()).await.unwrap();
    let token = second.issue_token("northwind").unwrap();
    assert_eq!(listed(second.address(), token.expose()).await, json!([]));
    let opened = client().get(second.ticket().unwrap().expose()).send().await.unwrap();
    assert_eq!(opened.status(), 303);
}

#[tokio::test]
async fn a_killed_process_is_taken_over_at_the_same_address() {
    let data = tempfile::TempDir::new().unwrap();
    let other = Program::start(data.path());
    let here = embedded::ensure(data.path()).await.unwrap();
    assert_eq!(here.address().to_string(), other.address);
    let token = here.issue_token("northwind").unwrap();
    let params = json!({"name": "box", "product": "aidbox", "type": "ci"});
    let (_, issued) =
        call(&format!("http://{}", other.address), token.expose(), "issue-license", params).await;
    drop(other);
    until_async("this process has taken over", async || answers(here.address()).await).await;
    assert_eq!(listed(here.address(), token.expose()).await, json!([issued["result"]["license"]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_waiting_programs_one_takes_over_and_then_the_other() {
    let data = tempfile::TempDir::new().unwrap();
    let first = embedded::ensure(data.path()).await.unwrap();
    let address = first.address();
    let (second, third) = (Program::start(data.path()), Program::start(data.path()));
    first.stop().await;
    until_async("one has taken over", async || answers(address).await).await;
    drop(second);
    until_async("the last one serves", async || answers(address).await).await;
    drop(third);
    until_async("nobody serves", async || !answers(address).await).await;
}

#[tokio::test]
async fn the_port_is_kept_for_the_next_time() {
    let data = tempfile::TempDir::new().unwrap();
    let first = embedded::ensure(data.path()).await.unwrap();
    let address = first.address();
    first.stop().await;
    assert!(!answers(address).await);
    let again = embedded::ensure(data.path()).await.unwrap();
    assert_eq!(again.address(), address);
}

#[tokio::test]
async fn a_port_that_another_program_took_is_said() {
    let data = tempfile::TempDir::new().unwrap();
    let first = embedded::ensure(data.path()).await.unwrap();
    let address = first.address();
    first.stop().await;
    let _foreign = std::net::TcpListener::bind(address).unwrap();
    let error = embedded::ensure(data.path()).await.unwrap_err();
    assert!(matches!(error, portal::Error::PortTaken { port } if port == address.port()), "{error}");
}

#[tokio::test]
async fn one_that_stopped_waiting_does_not_take_over() {
    let data = tempfile::TempDir::new().unwrap();
    let first = embedded::ensure(data.path()).await.unwrap();
    let address = first.address();
    embedded::ensure(data.path()).await.unwrap().stop().await;
    first.stop().await;
    assert!(!answers(address).await);
    let next = embedded::ensure(data.path()).await.unwrap();
    assert!(answers(next.address()).await, "and does not keep the next one from serving");
}

#[tokio::test]
async fn dropping_it_ends_it() {
    let data = tempfile::TempDir::new().unwrap();
    let embedded = embedded::ensure(data.path()).await.unwrap();
    let address = embedded.address();
    drop(embedded);
    until_async("nobody serves", async || !answers(address).await).await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn stalled_clients_leave_descriptors_to_the_program() {
    let data = tempfile::TempDir::new().unwrap();
    let program = Program::start(data.path());
    let address = program.address.parse().unwrap();
    let mut stalled = Vec::new();
    for _ in 0..300 {
        let mut client = Raw::connect(address).await;
        client.half_a_head().await;
        stalled.push(client);
    }
    assert_eq!(Raw::connect(address).await.healthz().await, 200, "this one is accepted last");
    let descriptors = std::fs::read_dir(format!("/proc/{}/fd", program.child.id())).unwrap().count();
    assert!(descriptors < 128, "{descriptors}");
}

#[tokio::test]
async fn second_program_connects_to_a_portal_under_pressure() {
    let data = tempfile::TempDir::new().unwrap();
    let first = embedded::ensure(data.path()).await.unwrap();
    let mut stalled = Vec::new();
    for _ in 0..300 {
        let mut client = Raw::connect(first.address()).await;
        client.half_a_head().await;
        stalled.push(client);
    }
    let second = embedded::ensure(data.path()).await.unwrap();
    assert_eq!(first.address(), second.address());
}
