//! A wrong password is never sent twice.

use super::{PASSWORD, WRONG, connection, instance, patient, token_of};
use base64::{Engine, prelude::BASE64_STANDARD};
use license::LicenseKey;
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use testkit::{Answer, FaultServer, Received};
use vendors::{Http, Vendor, VendorError};

fn basic(password: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("admin:{password}")))
}

/// Lets nobody in but by the right password.
fn guarded(seen: &Received) -> Answer {
    if seen.header("authorization") == Some(basic(PASSWORD).as_str()) {
        super::as_documented(seen)
    } else {
        Answer::json(401, &json!({"message": "Invalid username or password"}))
    }
}

fn account(http: &Http, server: &FaultServer, password: &str) -> Box<dyn Vendor> {
    instance(http, &connection(&server.localhost_url(), password, None))
}

#[tokio::test]
async fn a_password_is_sent_as_it_was_typed() {
    let server = FaultServer::answering(guarded);
    assert_eq!(token_of(account(&patient(), &server, PASSWORD).as_ref()).check().await, Ok(true));
    assert_eq!(server.received()[0].header("authorization"), Some(basic(PASSWORD).as_str()));
}

#[tokio::test]
async fn whatever_is_asked_after_a_refusal_the_instance_hears_of_it_once() {
    let server = FaultServer::answering(guarded);
    let http = patient();
    let wrong = account(&http, &server, WRONG);
    let error = wrong.probe().await.unwrap_err();
    let VendorError::WrongPassword { words } = error else { panic!("{error:?}") };
    assert_eq!(words.unwrap().as_str(), "Invalid username or password");

    let again = account(&http, &server, WRONG);
    for account in [&wrong, &again] {
        let token = token_of(account.as_ref());
        let key = LicenseKey::new("a.b.c".to_owned());
        let errors = [
            account.probe().await.unwrap_err(),
            account.list(None).await.unwrap_err(),
            token.check().await.unwrap_err(),
            token.usage().await.unwrap_err(),
            token.apply(&key).await.unwrap_err(),
            token.renew().await.unwrap_err(),
            token.remove().await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, VendorError::RefusedBefore { wait: Some(_) }), "{error:?}");
        }
    }
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn another_password_is_sent_at_once() {
    let server = FaultServer::answering(guarded);
    let http = patient();
    assert!(account(&http, &server, WRONG).probe().await.is_err());
    let probe = account(&http, &server, PASSWORD).probe().await.unwrap();
    assert_eq!(probe.subject.as_deref(), Some("Metrics Dashboard Labs"));
}

#[tokio::test]
async fn two_questions_at_once_do_not_both_carry_a_wrong_password() {
    let server = FaultServer::answering(guarded);
    let http = patient();
    let (one, two) = (account(&http, &server, WRONG), account(&http, &server, WRONG));
    let answers = tokio::join!(
        token_of(one.as_ref()).check(),
        token_of(two.as_ref()).usage(),
        token_of(two.as_ref()).current(),
        one.list(None),
    );
    assert!(answers.0.is_err() && answers.1.is_err() && answers.2.is_err() && answers.3.is_err());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_login_that_nobody_judged_yet_is_not_sent_again_when_the_connection_breaks() {
    let server = FaultServer::answering(|_| Answer::Drop);
    let error = token_of(account(&patient(), &server, PASSWORD).as_ref()).check().await.unwrap_err();
    assert!(matches!(error, VendorError::Interrupted { .. }), "{error:?}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_login_that_was_accepted_is_patient_with_a_broken_connection_and_stops_when_it_is_refused() {
    let (is_broken, is_changed) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (break_once, change) = (Arc::clone(&is_broken), Arc::clone(&is_changed));
    let server = FaultServer::answering(move |seen| {
        if break_once.swap(false, Ordering::SeqCst) {
            return Answer::Drop;
        }
        if change.load(Ordering::SeqCst) {
            return Answer::json(401, &json!({"message": "Invalid username or password"}));
        }
        guarded(seen)
    });
    let account = account(&patient(), &server, PASSWORD);
    let token = token_of(account.as_ref());
    assert_eq!(token.check().await, Ok(true));
    is_broken.store(true, Ordering::SeqCst);
    assert_eq!(token.check().await, Ok(true), "a read with a good login is tried again");

    is_changed.store(true, Ordering::SeqCst);
    let before = server.received().len();
    assert!(matches!(token.check().await, Err(VendorError::WrongPassword { .. })));
    assert!(matches!(token.check().await, Err(VendorError::RefusedBefore { .. })));
    assert_eq!(server.received().len(), before + 1);
}

#[tokio::test]
async fn the_same_password_at_another_instance_is_another_login() {
    let (one, two) = (FaultServer::answering(guarded), FaultServer::answering(guarded));
    let http = patient();
    assert!(account(&http, &one, WRONG).probe().await.is_err());
    assert!(matches!(account(&http, &two, WRONG).probe().await, Err(VendorError::WrongPassword { .. })));
}
