//! Logging in and out of a Keygen-compatible account.

use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::accounts::keygen::{Account, EMAIL, PASSWORD, answer, code};
use portal::one_time_code;

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

#[tokio::test]
async fn a_login_gives_a_token_that_works_until_it_is_revoked() {
    let account = Account::start().await;
    let (status, made) = account.log_in(EMAIL, PASSWORD, json!({})).await;
    assert_eq!(status, StatusCode::CREATED);
    let token = made["data"]["attributes"]["token"].as_str().unwrap();
    assert!(token.starts_with("user-") && made["data"]["attributes"]["kind"] == "user-token", "{made}");
    let me = account.request(Method::GET, "/me").bearer_auth(token);
    assert_eq!(answer(me).await.1["data"]["attributes"]["email"], EMAIL);

    let path = format!("/tokens/{}", made["data"]["id"].as_str().unwrap());
    let (status, shown) = answer(account.request(Method::GET, &path).bearer_auth(token)).await;
    assert_eq!((status, &shown["data"]["attributes"]["token"]), (StatusCode::OK, &json!(null)));
    let (status, _) = answer(account.request(Method::DELETE, &path).bearer_auth(token)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let (status, refused) = answer(account.request(Method::GET, "/me").bearer_auth(token)).await;
    assert_eq!((status, code(&refused)), (StatusCode::UNAUTHORIZED, "TOKEN_INVALID"));
}

#[tokio::test]
async fn each_wrong_login_says_what_is_wrong() {
    for (email, password, status, wanted) in [
        ("", PASSWORD, 400, "EMAIL_REQUIRED"),
        (EMAIL, "", 400, "PASSWORD_REQUIRED"),
        ("ada", PASSWORD, 400, "EMAIL_INVALID"),
        (EMAIL, "wrong", 401, "PASSWORD_INVALID"),
        ("eve@demo.example", PASSWORD, 401, "PASSWORD_INVALID"),
    ] {
        let account = Account::start().await;
        let (found, refused) = account.log_in(email, password, json!({})).await;
        assert_eq!((found.as_u16(), code(&refused)), (status, wanted), "{email} {password}");
    }
    let account = Account::start().await;
    let (status, refused) = answer(account.request(Method::POST, "/tokens")).await;
    assert_eq!((status.as_u16(), code(&refused)), (401, "UNAUTHORIZED"));
}

#[tokio::test]
async fn the_sixth_login_in_a_minute_waits_whether_the_others_succeeded_or_not() {
    let account = Account::start().await;
    for attempt in 0..5 {
        let password = if attempt < 2 { PASSWORD } else { "wrong" };
        let (status, _) = account.log_in(&EMAIL.to_uppercase(), password, json!({})).await;
        assert_ne!(status, StatusCode::TOO_MANY_REQUESTS);
    }
    let sixth =
        account.request(Method::POST, "/tokens").basic_auth(EMAIL, Some(PASSWORD)).send().await.unwrap();
    assert_eq!(sixth.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = sixth.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(sixth.headers()["x-ratelimit-limit"], "5");
    assert!(sixth.headers().contains_key("keygen-signature"), "refusals are signed as well");
    account.local.portal.add_user("acme", "bo@demo.example", PASSWORD, false).unwrap();
    let (status, _) = account.log_in("bo@demo.example", PASSWORD, json!({})).await;
    assert_eq!(status, StatusCode::CREATED, "another user is not held up");
}

#[tokio::test]
async fn a_one_time_code_is_asked_for_and_a_late_one_is_refused() {
    let account = Account::start().await;
    let url = account.with_codes("bo@demo.example");
    let log_in = async |body| account.log_in("bo@demo.example", PASSWORD, body).await;
    let (status, asked) = log_in(json!({})).await;
    assert_eq!((status.as_u16(), code(&asked)), (401, "OTP_REQUIRED"));
    let late = one_time_code(&url, now() - 120).unwrap();
    let (status, refused) = log_in(json!({"meta": {"otp": late}})).await;
    assert_eq!((status.as_u16(), code(&refused)), (401, "OTP_INVALID"));
    let right = one_time_code(&url, now()).unwrap();
    let (status, made) = log_in(json!({"meta": {"otp": right}})).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let (status, again) = log_in(json!({"meta": {"otp": right}})).await;
    assert_eq!((status.as_u16(), code(&again)), (401, "OTP_INVALID"), "a code is taken once");
    let next = one_time_code(&url, now() + 30).unwrap();
    let (status, made) = log_in(json!({"meta": {"otp": next}})).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
}

#[tokio::test]
async fn an_ended_session_and_a_user_who_was_switched_off_are_told_apart() {
    let account = Account::logged_in().await;
    account.local.portal.ban_user("acme", EMAIL, true).unwrap();
    let (status, refused) = account.get("/licenses").await;
    assert_eq!((status.as_u16(), code(&refused)), (403, "USER_BANNED"));
    account.local.portal.ban_user("acme", EMAIL, false).unwrap();
    assert_eq!(account.get("/licenses").await.0, StatusCode::OK);
    account.local.portal.expire_tokens("acme").unwrap();
    let (status, refused) = account.get("/licenses").await;
    assert_eq!((status.as_u16(), code(&refused)), (401, "TOKEN_EXPIRED"));
}

#[tokio::test]
async fn neither_passwords_nor_tokens_are_kept() {
    let account = Account::logged_in().await;
    let kept: String = std::fs::read_dir(account.local.data.path())
        .unwrap()
        .map(|file| String::from_utf8_lossy(&std::fs::read(file.unwrap().path()).unwrap()).into_owned())
        .collect();
    assert!(kept.contains(EMAIL), "the search finds what is there");
    assert!(!kept.contains(PASSWORD) && !kept.contains(&account.token[5..30]));
}
