//! A proxy in the environment that does not answer, wants a login, or cannot connect to the vendor.

use crate::world::World;
use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// A proxy that answers every request with one status, and collects the first lines of the requests.
struct RefusingProxy {
    address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl RefusingProxy {
    fn answering(status: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let collected = Arc::clone(&seen);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let Some(line) = first_line(&mut stream) else { continue };
                collected.lock().unwrap().push(line);
                let head = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                // A client that has gone has seen enough.
                drop(stream.write_all(head.as_bytes()));
            }
        });
        Self { address, seen }
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

/// The first line of a request whose head arrived whole.
fn first_line(stream: &mut TcpStream) -> Option<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()?.lines().next().map(str::to_owned)
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
        ("https://portal.invalid", "CONNECT portal.invalid:443 HTTP/1.1"),
        ("http://portal.invalid", "GET http://portal.invalid/rpc/capabilities HTTP/1.1"),
    ] {
        let proxy = RefusingProxy::answering(407);
        let message = message(url, &format!("http://{}", proxy.address));
        let expected = format!("the proxy {} did not connect: it requires a login", proxy.address);
        assert!(message.contains(&expected), "{message}");
        assert_eq!(proxy.seen().last().map(String::as_str), Some(line));
    }
}

#[test]
fn proxy_that_cannot_connect_to_the_vendor_is_asked_again() {
    let asked = [407, 403, 502, 503].map(|status| {
        let proxy = RefusingProxy::answering(status);
        let message = message("https://portal.invalid", &format!("http://{}", proxy.address));
        let expected = "it could not connect to the vendor, or refused to";
        assert_eq!(message.contains(expected), status != 407, "{status}: {message}");
        proxy.seen().len()
    });
    let once = asked[0];
    assert!(
        asked[1..].iter().all(|times| *times > once),
        "{asked:?}: without a login, asking again is useless"
    );
}
