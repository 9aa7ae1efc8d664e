//! What the answer of a proxy means. The client reads the environment once for a whole process, so each case runs this program again
//! with a proxy of its own in the environment.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use license::Token;
use std::{
    env,
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};
use vendors::{Connection, Http, Patience};

/// Names the address that the other process lists licenses from.
const ADDRESS: &str = "LICET_TEST_ADDRESS";

/// Runs in the other process, and prints why listing failed.
#[tokio::test]
#[ignore = "run by the other tests, with a proxy in the environment"]
async fn listing_through_the_proxy_of_the_environment() {
    let Ok(address) = env::var(ADDRESS) else { return };
    let at = Connection {
        address: address.parse().unwrap(),
        fields: [("allow-http".to_owned(), "yes".to_owned())].into(),
        secrets: [("token".to_owned(), Token::new("t".to_owned()))].into(),
    };
    let http = Http::with_patience(Patience { pause: Duration::from_millis(1), ..Patience::default() });
    let error = vendors::connect(&http, "aidbox", &at).unwrap().list(None).await.err().unwrap();
    writeln!(io::stdout(), "{}: {error}", error.code()).unwrap();
}

/// A proxy that answers every request with one status, and collects the first lines of the requests.
struct Proxy {
    address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn answering(status: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let collected = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(line) = first_line(&mut stream) else { continue };
                collected.lock().unwrap().push(line);
                let head = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                stream.write_all(head.as_bytes()).unwrap();
            }
        });
        Self { address, seen }
    }

    /// What listing licenses from an address fails with, through this proxy alone.
    fn failure_at(&self, address: &str) -> String {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "listing_through_the_proxy_of_the_environment", "--ignored", "--nocapture"]);
        for name in ["NO_PROXY", "ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"] {
            command.env_remove(name).env_remove(name.to_ascii_lowercase());
        }
        let proxy = format!("http://{}", self.address);
        command.env(ADDRESS, address).env("HTTP_PROXY", &proxy).env("HTTPS_PROXY", &proxy);
        let output = command.output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        let failure = printed.lines().find_map(|line| Some(&line[line.find("vendor-")?..]));
        failure.unwrap_or_else(|| panic!("{output:?}")).to_owned()
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

#[test]
fn proxy_that_requires_a_login_is_reported() {
    for (address, line) in [
        ("https://portal.invalid", "CONNECT portal.invalid:443 HTTP/1.1"),
        ("http://portal.invalid", "GET http://portal.invalid/rpc/capabilities HTTP/1.1"),
    ] {
        let proxy = Proxy::answering(407);
        let failure = format!(
            "vendor-proxy-unreachable: the proxy {} did not connect: it requires a login",
            proxy.address
        );
        assert_eq!(proxy.failure_at(address), failure);
        assert_eq!(*proxy.seen.lock().unwrap(), [line], "it is not asked again without a login");
    }
}

#[test]
fn proxy_that_cannot_connect_to_the_vendor_is_asked_again() {
    for status in [403, 502, 503] {
        let proxy = Proxy::answering(status);
        let failure = format!(
            "vendor-proxy-unreachable: the proxy {} did not connect: it could not connect to the vendor, or refused to",
            proxy.address
        );
        assert_eq!(proxy.failure_at("https://portal.invalid"), failure, "{status}");
        assert_eq!(proxy.seen.lock().unwrap().len(), 3, "{status}");
    }
}
