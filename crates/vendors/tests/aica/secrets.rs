//! The password, the code, the session and the key leave the client nowhere but on their way to the service.

use crate::{
    EMAIL, KEY, PASSWORD, TOKEN, answering, connection, key, nothing, patient, server::refusal, typed, whole,
};
use testkit::{Answer, FaultServer};
use vendors::{ConnectError, Reference, VendorError};

/// Everything that an error shows in any way.
fn shown(error: &VendorError) -> String {
    format!("{error} {error:?} {:?}", error.words())
}

#[tokio::test]
async fn what_the_service_repeats_is_taken_out_of_its_words() {
    let echo = format!("no {TOKEN} {KEY}");
    for reply in [
        refusal(401, "X", &echo),
        refusal(403, "X", &echo),
        refusal(422, "X", &echo),
        Answer::reply(500, "text/plain", echo.clone()),
    ] {
        let (_server, account) = answering(reply.clone());
        for error in [
            whole(&*account).await.err().unwrap(),
            account.packages().unwrap().available(&key()).await.unwrap_err(),
            account.get(&Reference::Key(key())).await.unwrap_err(),
        ] {
            assert!(!shown(&error).contains(TOKEN) && !shown(&error).contains(KEY), "{reply:?}: {error:?}");
        }
    }
}

#[tokio::test]
async fn a_login_that_the_service_repeats_is_taken_out_of_its_words() {
    let server = FaultServer::answering(|_| refusal(401, "NEW", &format!("no {PASSWORD} with 482913")));
    let account = typed(&patient(), &server, PASSWORD, Some("482913"));
    let error = account.sign_in().unwrap().exchange().await.unwrap_err();
    assert_eq!(error.words().unwrap().as_str(), "no <redacted> with <redacted>");
    let debug = format!("{account:?}");
    assert!(!debug.contains("horse") && !debug.contains("482913"), "{debug}");
}

#[tokio::test]
async fn nothing_secret_stands_in_an_address() {
    let (server, account) = answering(nothing());
    let _ = account.get(&Reference::Key(key())).await;
    let _ = account.validation().unwrap().validate(&key()).await;
    let _ = account.packages().unwrap().available(&key()).await;
    for seen in server.received() {
        assert!(!seen.target.contains(KEY) && !seen.target.contains(TOKEN), "{}", seen.target);
    }
}

#[tokio::test]
async fn no_login_goes_to_a_host_that_nobody_confirmed() {
    let server = FaultServer::answering(|_| nothing());
    let at = |address: &str, confirmed: &str| {
        connection(address, &[("email", EMAIL), ("confirm-host", confirmed)], &[("password", PASSWORD)])
    };
    for confirmed in ["", "localhost", "127.0.0.1:80", "aica.tech"] {
        let error = vendors::connect(&patient(), "aica", &at(&server.url(), confirmed)).unwrap_err();
        assert_eq!(
            error,
            ConnectError::HostNotConfirmed {
                host: "127.0.0.1".to_owned(),
                from: None,
                field: "confirm-host"
            }
        );
    }
    for (address, is_own) in [
        ("https://aica.tech", true),
        ("https://licensing.AICA.tech/v1/accounts/demo", true),
        ("https://notaica.tech", false),
        ("https://aica.tech.example", false),
    ] {
        assert_eq!(vendors::connect(&patient(), "aica", &at(address, "")).is_ok(), is_own, "{address}");
    }
    assert!(
        vendors::connect(&patient(), "aica", &at("https://Keygen.example:8443", " KEYGEN.example ")).is_ok()
    );
    assert!(server.received().is_empty());
}
