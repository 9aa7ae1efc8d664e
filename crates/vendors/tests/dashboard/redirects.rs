//! Redirects: the address of a new account is requested without the login, and the login goes to no other place.

use super::{PASSWORD, as_documented, connection, example, instance, jwt, patient, token_of};
use license::Token;
use testkit::{Answer, FaultServer, Identity, Received};
use url::Url;
use vendors::{ConnectError, Connection, Instead, Registry, VendorError};

async fn settled(address: &str, further: &[(&str, &str)]) -> Result<String, ConnectError> {
    let mut at = connection(address, PASSWORD, None);
    at.fields.extend(further.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let settled = Registry::default().settled_address(&patient(), "dashboard", &at).await?;
    Ok(settled.to_string())
}

/// A server that sends every request on to the same path of another origin.
fn leading_to(origin: String) -> FaultServer {
    FaultServer::answering(move |seen: &Received| redirected(&format!("{origin}{}", seen.target)))
}

fn redirected(to: &str) -> Answer {
    Answer::reply(308, "text/plain", "").with_header("Location", to)
}

fn not_confirmed(host: &str, from: &str) -> ConnectError {
    ConnectError::HostNotConfirmed {
        host: host.to_owned(),
        from: Some(from.to_owned()),
        field: "confirm-host",
    }
}

#[tokio::test]
async fn address_that_leads_to_encryption_is_moved_there() {
    let identity = Identity::new();
    let encrypted = FaultServer::encrypted(&identity, as_documented);
    let plain = leading_to(encrypted.localhost_url());
    let typed = format!("{}/metrics", plain.localhost_url());
    let moved = settled(&typed, &[("ca-file", &identity.authority)]).await;
    assert_eq!(moved, Ok(format!("{}/metrics", encrypted.localhost_url())));
    let untrusted = settled(&typed, &[]).await;
    assert_eq!(untrusted, moved, "the login then fails for the certificate, and is not sent unencrypted");
}

#[tokio::test]
async fn address_is_not_moved_away_from_encryption() {
    let identity = Identity::new();
    let plain = FaultServer::answering(as_documented);
    let to = plain.localhost_url();
    let encrypted =
        FaultServer::encrypted(&identity, move |seen| redirected(&format!("{to}{}", seen.target)));
    let stays = settled(&encrypted.localhost_url(), &[("ca-file", &identity.authority)]).await;
    assert_eq!(stays, Ok(format!("{}/", encrypted.localhost_url())));
    assert!(plain.received().is_empty());
}

#[tokio::test]
async fn address_that_leads_to_another_host_needs_confirmation() {
    let other = FaultServer::answering(as_documented);
    let by_number = other.url();
    let typed = leading_to(by_number.clone());
    for wrong in [vec![], vec![("confirm-host", "localhost")], vec![("confirm-host", " ")]] {
        assert_eq!(
            settled(&typed.localhost_url(), &wrong).await,
            Err(not_confirmed("127.0.0.1", "localhost"))
        );
    }
    assert!(other.received().is_empty(), "it is not even asked");
    let confirmed =
        settled(&format!("{}/metrics", typed.localhost_url()), &[("confirm-host", " 127.0.0.1 ")]).await;
    assert_eq!(confirmed, Ok(format!("{by_number}/metrics")));
}

#[tokio::test]
async fn another_port_of_the_host_is_confirmed_with_the_port() {
    let other = FaultServer::answering(as_documented);
    let typed = leading_to(other.localhost_url());
    let place = other.localhost_url().replace("http://", "");
    assert_eq!(settled(&typed.localhost_url(), &[]).await, Err(not_confirmed(&place, "localhost")));
    let without_port = settled(&typed.localhost_url(), &[("confirm-host", "localhost")]).await;
    assert_eq!(without_port, Err(not_confirmed(&place, "localhost")));
    let confirmed = settled(&typed.localhost_url(), &[("confirm-host", &place)]).await;
    assert_eq!(confirmed, Ok(format!("{}/", other.localhost_url())));
}

#[tokio::test]
async fn address_that_answers_or_does_not_stays() {
    for act in [
        as_documented as fn(&Received) -> Answer,
        |_| Answer::reply(401, "text/html", "<html>log in</html>"),
        |_| redirected("/login"),
        |_| redirected("mailto:ada@demo.example"),
        |_| Answer::Drop,
    ] {
        let server = FaultServer::answering(act);
        assert_eq!(settled(&server.localhost_url(), &[]).await, Ok(format!("{}/", server.localhost_url())));
    }
    let gone = "http://localhost:1/metrics";
    assert_eq!(settled(gone, &[]).await, Ok(gone.to_owned()));
}

#[tokio::test]
async fn no_login_is_sent_to_find_where_an_address_leads() {
    let other = FaultServer::answering(as_documented);
    let typed = leading_to(other.url());
    settled(&typed.localhost_url(), &[("confirm-host", "127.0.0.1")]).await.unwrap();
    for server in [typed, other] {
        assert_eq!(server.lines(), ["GET /api/licensing/check"]);
        assert!(server.received()[0].header("authorization").is_none());
        assert!(server.received()[0].body.is_empty());
    }
}

#[tokio::test]
async fn login_in_a_redirect_is_not_kept() {
    let other = FaultServer::answering(as_documented);
    let by_number = other.url();
    let typed = leading_to(by_number.replace("://", "://me:secret@"));
    let moved = settled(&typed.localhost_url(), &[("confirm-host", "127.0.0.1")]).await;
    assert_eq!(moved, Ok(format!("{by_number}/")));
    assert!(other.received()[0].header("authorization").is_none());
}

#[tokio::test]
async fn login_is_not_sent_along_a_change_of_scheme() {
    let identity = Identity::new();
    for (is_from_encryption, status) in [(false, 301), (false, 307), (true, 302), (true, 308)] {
        let other = match is_from_encryption {
            true => FaultServer::answering(as_documented),
            false => FaultServer::encrypted(&identity, as_documented),
        };
        let to = other.localhost_url();
        let redirecting = move |seen: &Received| {
            Answer::reply(status, "text/plain", "").with_header("Location", &format!("{to}{}", seen.target))
        };
        let typed = match is_from_encryption {
            true => FaultServer::encrypted(&identity, redirecting),
            false => FaultServer::answering(redirecting),
        };
        let account =
            instance(&patient(), &connection(&typed.localhost_url(), PASSWORD, Some(&identity.authority)));
        let token = token_of(account.as_ref());
        let error = token.check().await.unwrap_err();
        assert!(matches!(error, VendorError::NotAPortal { what: Instead::Redirected { .. } }), "{error:?}");
        assert!(token.apply(&jwt(&example())).await.unwrap_err().outcome_is_unknown());
        assert!(other.received().is_empty(), "{} to {}", typed.localhost_url(), other.localhost_url());
    }
}

/// A connection of any vendor, as its form is filled in.
fn filled(provider: &str, address: &str) -> Connection {
    let (fields, secret): (&[(&str, &str)], _) = match provider {
        "aidbox" => (&[], "token"),
        "aica" => (&[("vendor-account", "demo"), ("email", "ada@demo.example")], "password"),
        _ => (&[("user", "admin")], "password"),
    };
    let fields = fields.iter().chain(&[("confirm-host", "127.0.0.1")]);
    Connection {
        address: address.parse().unwrap(),
        fields: fields.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
        secrets: [(secret.to_owned(), Token::new(PASSWORD.to_owned()))].into(),
    }
}

#[tokio::test]
async fn every_vendor_is_asked_for_redirects_without_a_login() {
    for (provider, line) in [
        ("aidbox", "GET /below/rpc"),
        ("aica", "GET /below/v1/accounts/demo"),
        ("dashboard", "GET /below/api/licensing/check"),
    ] {
        let other = FaultServer::answering(|_| Answer::reply(404, "text/plain", ""));
        let by_number = other.url();
        let typed = leading_to(by_number.clone());
        let at = filled(provider, &format!("{}/below", typed.localhost_url()));
        let settled = Registry::default().settled_address(&patient(), provider, &at).await;
        assert_eq!(settled.unwrap().as_str(), format!("{by_number}/below"), "{provider}");
        for server in [typed, other] {
            assert_eq!(server.lines(), [line]);
            let seen = &server.received()[0];
            assert!(!format!("{seen:?}").contains(PASSWORD.trim()) && seen.body.is_empty(), "{seen:?}");
            assert!(seen.header("authorization").is_none(), "{seen:?}");
        }
    }
}

#[tokio::test]
async fn form_that_lacks_something_is_refused_before_anything_is_asked() {
    let server = FaultServer::answering(as_documented);
    let at = connection(&server.localhost_url(), "", None);
    let error = Registry::default().settled_address(&patient(), "dashboard", &at).await.unwrap_err();
    assert_eq!(error, ConnectError::MissingField { field: "password" });
    assert!(server.received().is_empty());
}

#[test]
fn http_to_another_computer_takes_permission() {
    let connect = |address: &str, allowed: Option<&str>| {
        let mut at: Connection = connection(address, PASSWORD, None);
        at.fields.extend(allowed.map(|text| ("allow-http".to_owned(), text.to_owned())));
        vendors::connect(&patient(), "dashboard", &at).map(drop)
    };
    for near in ["http://localhost:3000", "http://a.localhost", "http://127.0.0.2/x", "http://[::1]:3000"] {
        assert_eq!(connect(near, None), Ok(()), "{near}");
    }
    for far in
        ["http://dashboard.example", "http://10.0.0.7:3000", "http://localhost.example", "http://[fe80::1]"]
    {
        let host = Url::parse(far).unwrap().host_str().unwrap().to_owned();
        let error = ConnectError::HttpNotAllowed { host, field: "allow-http" };
        assert_eq!(connect(far, None), Err(error.clone()), "{far}");
        assert_eq!(connect(far, Some("no")), Err(error), "{far}");
        assert_eq!(connect(far, Some("yes")), Ok(()), "{far}");
        assert_eq!(connect(&far.replace("http:", "https:"), None), Ok(()));
    }
}
