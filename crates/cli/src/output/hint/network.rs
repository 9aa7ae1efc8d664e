//! What to try where no connection came about.

use app::context::{shown, word as shell_word};
use vendors::{ConnectError, Description, FieldKind, Why};

/// What to try where a login cannot be sent as it was entered, or as the account of this name keeps it.
pub(super) fn connect(error: &ConnectError, account: Option<&str>) -> Option<String> {
    Some(match error {
        ConnectError::HostNotConfirmed { host, field, .. } => {
            let option = format!("--{field} {}", shell_word(host));
            match account {
                Some(name) => format!("if this is the right host, run {}", log_in(name, &option)),
                None => format!("if this is the right host, add {option}"),
            }
        }
        ConnectError::HttpNotAllowed { field, .. } => {
            let option = format!("--{field}");
            let send = match account {
                Some(name) => format!("to send it unencrypted, run {}", log_in(name, &option)),
                None => format!("use https://, or {option} to send it unencrypted"),
            };
            format!("{send}; anyone on the network can then read it")
        }
        ConnectError::NotACertificate { .. } => {
            "give the PEM file of the authority that signed the server's certificate".to_owned()
        }
        ConnectError::NotAPublicKey { .. } => {
            "64 hex digits are expected, from the vendor's account settings".to_owned()
        }
        ConnectError::UnknownProvider { .. }
        | ConnectError::MissingField { .. }
        | ConnectError::UnusableField { .. }
        | ConnectError::NotAnAddress
        | ConnectError::LoginInAddress => return None,
    })
}

/// What to try where the login of an account is not kept.
pub(super) fn not_kept(account: &str) -> String {
    let name = shell_word(&shown(account));
    let account = if name.starts_with('-') { format!("-- {name}") } else { name };
    format!(
        "it was logged out, kept for one session only, or the secrets were forgotten; log in again: \
         `licet accounts log-in {account}`"
    )
}

/// The command that gives an account an option that it was connected without.
fn log_in(account: &str, option: &str) -> String {
    let account = shown(account);
    match account.starts_with('-') {
        true => format!("`licet accounts log-in {option} -- {}`", shell_word(&account)),
        false => format!("`licet accounts log-in {} {option}`", shell_word(&account)),
    }
}

/// What to try where a vendor cannot be reached: while it is connected, or with the account of this name.
pub(super) fn unreachable(why: Why, vendor: Option<&Description>, account: Option<&str>) -> String {
    let hint = match why {
        Why::Dns => "check the address for typing mistakes, and the network",
        Why::Silent => "check the address and the network: nothing responds there",
        Why::Refused => "check the port, and whether the licensing system runs",
        Why::CertificateExpired => {
            "check the date of this computer; if it is right, the server needs a new certificate"
        }
        Why::CertificateNotYetValid => "check the date of this computer, and that of the server",
        Why::CertificateOfOtherHost => "use the host name that the certificate is for",
        Why::UnknownIssuer => return trusting("its issuer", "the issuer's certificate", vendor, account),
        Why::SelfSigned => return trusting("this server", "its certificate", vendor, account),
        Why::ProtocolTooOld => "the server has to support TLS 1.2 or 1.3",
        Why::Tls => "check the port, and whether a program in between inspects connections",
        Why::Network | Why::ProxyLogin | Why::ProxyDenies => "check the network",
    };
    hint.to_owned()
}

/// What to try where the proxy is what failed.
pub(super) fn proxy(why: Why) -> &'static str {
    match why {
        Why::ProxyLogin => "put the login into HTTPS_PROXY or HTTP_PROXY: http://USER:PASSWORD@HOST:PORT",
        Why::ProxyDenies => {
            "check the vendor's address; or name its host in NO_PROXY to connect without the proxy"
        }
        Why::Dns
        | Why::Refused
        | Why::CertificateExpired
        | Why::CertificateNotYetValid
        | Why::CertificateOfOtherHost
        | Why::UnknownIssuer
        | Why::SelfSigned
        | Why::ProtocolTooOld
        | Why::Tls
        | Why::Silent
        | Why::Network => {
            "check HTTPS_PROXY and HTTP_PROXY; or name the vendor's host in NO_PROXY to connect without the proxy"
        }
    }
}

fn ca_field(vendor: &Description) -> Option<&'static str> {
    vendor.connect.iter().find(|field| field.kind == FieldKind::CaFile).map(|field| field.name)
}

fn trusting(whom: &str, certificate: &str, vendor: Option<&Description>, account: Option<&str>) -> String {
    match (vendor.and_then(ca_field), account) {
        (Some(field), Some(name)) => {
            let command = log_in(name, &format!("--{field} PEM"));
            format!("if you trust {whom}, name {certificate}: {command}")
        }
        (Some(field), None) => format!("if you trust {whom}, name {certificate}: --{field} PEM"),
        (None, _) => format!("if you trust {whom}, add {certificate} to those of this computer"),
    }
}
