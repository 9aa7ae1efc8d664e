//! Hosts of addresses: which one is this computer, which belong to a domain, and how one is shown and typed.

use std::net::IpAddr;
use url::{Position, Url};

/// The name of this computer. Names below it never leave the computer either (RFC 6761, section 6.3).
const LOCALHOST: &str = "localhost";

/// Whether a host, as a URL or a `Host` header contains it, is `localhost` or a loopback address.
pub fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case(LOCALHOST) || bare(host).parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// Whether an address is on this computer: a loopback address, `localhost` or a name below it.
pub fn is_on_this_computer(address: &Url) -> bool {
    address.host_str().is_some_and(|host| is_loopback(host) || is_within(host, LOCALHOST))
}

/// Whether a host, in lower case, is a domain or below it.
pub fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

/// The host of an address, with the port where the address names one that is not its scheme's own.
pub fn with_port(address: &Url) -> &str {
    &address[Position::BeforeHost..Position::AfterPort]
}

/// The host of an address, with its port also where that is the scheme's own.
pub fn with_known_port(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    address.port_or_known_default().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The host of an address that is kept as a text.
pub fn of(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

/// The address of a host that was typed with or without a scheme, a port and a path; a scheme that is missing is `https`.
pub fn address(typed: &str) -> Option<Url> {
    let typed = typed.trim();
    let parsed =
        if typed.contains("://") { Url::parse(typed) } else { Url::parse(&format!("https://{typed}")) };
    parsed.ok().filter(Url::has_host)
}

/// Whether the host of an address was typed, alone or with its port.
pub fn is_typed(typed: &str, address: &Url) -> bool {
    is_same(typed, address.host_str().unwrap_or_default()) || is_same(typed, &with_known_port(address))
}

/// Whether a host was typed as it is; the brackets around an IPv6 address may be left out.
pub fn is_same(typed: &str, host: &str) -> bool {
    bare(typed).eq_ignore_ascii_case(bare(host))
}

/// A host without the brackets around an IPv6 address.
fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn loopback_addresses_and_names_below_localhost_are_this_computer() {
        for host in ["localhost", "LOCALHOST", "app.localhost", "127.0.0.1", "127.9.8.7:8080", "[::1]:3000"] {
            assert!(is_on_this_computer(&url(&format!("http://{host}/"))), "{host}");
        }
        for host in
            ["localhost.example", "notlocalhost", "192.168.1.4", "0.0.0.0", "[::2]", "127.0.0.1.example"]
        {
            assert!(!is_on_this_computer(&url(&format!("http://{host}/"))), "{host}");
        }
        assert!(!is_on_this_computer(&url("mailto:a@localhost")));
    }

    #[test]
    fn name_below_localhost_is_not_loopback_itself() {
        assert!(is_loopback("localhost") && is_loopback("[::1]") && is_loopback("::1"));
        assert!(!is_loopback("app.localhost") && !is_loopback("[127.0.0.1") && !is_loopback(""));
    }

    #[test]
    fn domain_contains_itself_and_what_is_below_it() {
        assert!(is_within("aica.tech", "aica.tech") && is_within("api.licensing.aica.tech", "aica.tech"));
        assert!(!is_within("notaica.tech", "aica.tech") && !is_within("aica.tech.example", "aica.tech"));
        assert!(!is_within("", "aica.tech"));
    }

    #[test]
    fn port_is_shown_where_the_address_names_another_than_its_schemes() {
        assert_eq!(with_port(&url("https://me:pw@a.example:8443/x")), "a.example:8443");
        assert_eq!(with_port(&url("https://a.example:443/x?y")), "a.example");
        assert_eq!(with_port(&url("http://[::1]:3000")), "[::1]:3000");
        assert_eq!(with_known_port(&url("https://a.example/x")), "a.example:443");
    }

    #[test]
    fn host_is_typed_alone_or_with_its_port() {
        let address = url("https://[::1]:8443/below");
        for typed in ["::1", "[::1]", "[::1]:8443"] {
            assert!(is_typed(typed, &address), "{typed}");
        }
        assert!(
            is_typed("A.Example", &url("https://a.example"))
                && is_typed("a.example:443", &url("https://a.example"))
        );
        assert!(!is_typed("a.example:80", &url("https://a.example")) && !is_typed("", &address));
    }

    #[test]
    fn host_is_read_with_or_without_a_scheme() {
        assert_eq!(address(" r.example:5000/v2 ").unwrap().as_str(), "https://r.example:5000/v2");
        assert_eq!(address("http://r.example").unwrap().as_str(), "http://r.example/");
        for text in ["", "a b", "mailto://"] {
            assert_eq!(address(text), None, "{text}");
        }
        assert_eq!(of("https://a.example:8443/x").as_deref(), Some("a.example"));
        assert_eq!(of("local"), None);
    }
}
