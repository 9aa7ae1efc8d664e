//! DNS rebinding: a page of another site can make its own name point to 127.0.0.1, but cannot make the
//! browser send another `Host` than that name.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use license::host::is_loopback;

use super::Served;

/// Turns away requests for a host that is not this computer, when the portal listens on loopback.
pub(super) async fn check(State(served): State<Served>, request: Request, next: Next) -> Response {
    if !served.address.ip().is_loopback() || names(&request).is_some_and(|names| ours(&names, served.address))
    {
        return next.run(request).await;
    }
    let words = format!(
        "The Host header names another host than this computer. Use {}, or localhost with that port.\n",
        served.base
    );
    (StatusCode::FORBIDDEN, words).into_response()
}

/// The hosts that the request names: in its `Host` header and, in the absolute form, in its target.
fn names(request: &Request) -> Option<Vec<Authority>> {
    let mut headers = request.headers().get_all(header::HOST).iter();
    let host = headers.next()?.to_str().ok()?.parse().ok()?;
    let single = headers.next().is_none();
    single.then(|| std::iter::once(host).chain(request.uri().authority().cloned()).collect())
}

fn ours(names: &[Authority], address: SocketAddr) -> bool {
    names.iter().all(|name| {
        let port = name.port_u16().unwrap_or(80);
        port == address.port() && !name.as_str().contains('@') && is_loopback(name.host())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(host: &str) -> bool {
        let address = SocketAddr::from(([127, 0, 0, 1], 4100));
        host.parse().is_ok_and(|name| ours(&[name], address))
    }

    #[test]
    fn every_name_of_this_computer_with_the_port_passes() {
        for host in ["127.0.0.1:4100", "127.9.8.7:4100", "localhost:4100", "LOCALHOST:4100", "[::1]:4100"] {
            assert!(passes(host), "{host}");
        }
    }

    #[test]
    fn other_names_other_ports_and_disguises_do_not() {
        for host in [
            "evil.example:4100",
            "127.0.0.1",
            "127.0.0.1:4101",
            "localhost.evil.example:4100",
            "127.0.0.1.evil.example:4100",
            "127.0.0.1@evil.example:4100",
            "evil.example@127.0.0.1:4100",
            "192.168.1.4:4100",
            "[::2]:4100",
            "0.0.0.0:4100",
            "",
        ] {
            assert!(!passes(host), "{host}");
        }
    }
}
