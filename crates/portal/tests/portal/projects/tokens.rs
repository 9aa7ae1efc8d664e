//! Project tokens: recognisable, hashed, working at once.

use std::path::Path;

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{Local, Server, call, issue_token};

#[tokio::test]
async fn a_token_says_what_it_is_and_is_long_enough_not_to_be_guessed() {
    let local = Local::start().await;
    let random = local.token.strip_prefix("licet_").unwrap();
    assert!(random.len() >= 32 && random.chars().all(|c| c.is_ascii_alphanumeric()), "{random}");
    assert_ne!(local.token, local.portal.issue_token("northwind").unwrap().expose());
}

#[tokio::test]
async fn a_token_does_not_print_itself() {
    let local = Local::start().await;
    let token = local.portal.issue_token("northwind").unwrap();
    assert_eq!(format!("{token:?}"), "Token(<redacted>)");
    assert_eq!(format!("{:?}", local.serving.ticket().unwrap()), "TicketUrl(<redacted>)");
}

#[tokio::test]
async fn two_tokens_of_one_project_see_the_same() {
    let local = Local::start().await;
    local.issue("box", "ci", json!({})).await;
    let second = local.portal.issue_token("northwind").unwrap();
    let (_, answer) = call(&local.base(), second.expose(), "get-licenses", json!({})).await;
    assert_eq!(answer["result"], json!(local.list().await));
}

#[test]
fn the_program_prints_the_token_alone() {
    let data = tempfile::TempDir::new().unwrap();
    let token = issue_token(data.path(), "northwind");
    assert!(token.starts_with("licet_") && !token.contains(char::is_whitespace), "{token:?}");
}

#[tokio::test]
async fn a_token_issued_while_the_program_serves_works_at_once() {
    let data = tempfile::TempDir::new().unwrap();
    let server = Server::start(data.path(), &[]);
    let token = issue_token(data.path(), "northwind");
    let (status, answer) = call(&server.base, &token, "get-licenses", json!({})).await;
    assert_eq!((status, &answer["result"]), (StatusCode::OK, &json!([])));
}

#[tokio::test]
async fn what_is_kept_does_not_hold_the_token_or_a_ticket() {
    let local = Local::start().await;
    local.issue("a name to find", "development", json!({})).await;
    let ticket = local.serving.ticket().unwrap();
    let ticket = ticket.expose().split_once("ticket=").unwrap().1;
    let kept = everything_in(local.data.path());
    let holds = |text: &str| kept.contains(text);
    assert!(holds("a name to find"), "the search finds what is there");
    for secret in [&local.token["licet_".len()..], ticket] {
        for start in 0..=secret.len() - 12 {
            assert!(!holds(&secret[start..start + 12]), "a part of a secret is kept");
        }
    }
}

fn everything_in(folder: &Path) -> String {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned()).collect()
}

#[tokio::test]
async fn a_project_needs_a_name() {
    let local = Local::start().await;
    for name in ["", "  ", &"x".repeat(256)] {
        let error = local.portal.issue_token(name).unwrap_err();
        assert!(matches!(error, portal::Error::Refused(_)), "{error}");
    }
}
