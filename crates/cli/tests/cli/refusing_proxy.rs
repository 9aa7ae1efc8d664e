//! A proxy in the environment that does not answer, wants a login, or cannot connect to the vendor.

use crate::world::World;
use testkit::{Answer, FaultServer};

/// A proxy that answers every request with one status.
fn refusing(status: u16) -> FaultServer {
    FaultServer::answering(move |_| Answer::reply(status, "text/plain", ""))
}

/// The message with which connecting an account fails through a proxy.
fn message(url: &str, proxy: &str) -> String {
    let world = World::new();
    let token = world.text_path("token");
    let mut command = world.command();
    command.args(["accounts", "add", "aidbox", "--name", "north", "--url", url, "--token-file", &token]);
    command.args(["--allow-http", "--json"]).env("HTTP_PROXY", proxy).env("HTTPS_PROXY", proxy);
    let error = world.run(&mut command, "").fails(1).error();
    assert_eq!(error["code"], "vendor-proxy-unreachable", "{error}");
    error["message"].as_str().unwrap().to_owned()
}

#[test]
fn proxy_that_does_not_answer_is_named_as_the_proxy() {
    for url in ["https://portal.invalid", "http://portal.invalid"] {
        let message = message(url, "http://me:secret@127.0.0.1:1");
        assert!(message.contains("the proxy 127.0.0.1:1 did not connect"), "{message}");
        assert!(!message.contains("secret"), "{message}");
    }
}

#[test]
fn proxy_that_requires_a_login_is_reported() {
    for (url, line) in [
        ("https://portal.invalid", "CONNECT portal.invalid:443"),
        ("http://portal.invalid", "GET http://portal.invalid/rpc/capabilities"),
    ] {
        let proxy = refusing(407);
        let message = message(url, &proxy.url());
        let expected = format!("the proxy {} did not connect: it requires a login", proxy.address());
        assert!(message.contains(&expected), "{message}");
        assert_eq!(proxy.lines().last().map(String::as_str), Some(line));
    }
}

#[test]
fn proxy_that_cannot_connect_to_the_vendor_is_asked_again() {
    let asked = [407, 403, 502, 503].map(|status| {
        let proxy = refusing(status);
        let message = message("https://portal.invalid", &proxy.url());
        let expected = "it could not connect to the vendor, or refused to";
        assert_eq!(message.contains(expected), status != 407, "{status}: {message}");
        proxy.lines().len()
    });
    let once = asked[0];
    assert!(
        asked[1..].iter().all(|times| *times > once),
        "{asked:?}: without a login, asking again is useless"
    );
}
