//! What to try where no connection came about, in English, for the command line.

use vendors::{Description, FieldKind, VendorError, Why};

/// What to try where a vendor cannot be reached.
pub(super) fn unreachable(why: Why, vendor: Option<&Description>) -> String {
    let hint = match why {
        Why::Dns => "check the address for typing mistakes, and the network",
        Why::Silent => "check the address and the network: nothing picks up there",
        Why::Refused => "check the port, and whether the licensing system runs",
        Why::CertificateExpired => {
            "check the date of this computer; if it is right, the server needs a new certificate"
        }
        Why::CertificateNotYetValid => "check the date of this computer, and that of the server",
        Why::CertificateOfOtherHost => "use the host name that the certificate is for",
        Why::UnknownIssuer => return trusting("its issuer", "the issuer's certificate", vendor),
        Why::SelfSigned => return trusting("this server", "its certificate", vendor),
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

/// The field that takes the certificates which make a server trusted, where a failure is one of trust and the vendor has it.
pub(super) fn field_of_trust(error: &VendorError, provider: &str) -> Option<&'static str> {
    let VendorError::Unreachable { why, .. } = error else { return None };
    let vendor = vendors::registration(provider).map(|known| known.description);
    vendor.filter(|_| why.is_of_trust()).and_then(ca_field)
}

fn ca_field(vendor: &Description) -> Option<&'static str> {
    vendor.connect.iter().find(|field| field.kind == FieldKind::CaFile).map(|field| field.name)
}

fn trusting(whom: &str, certificate: &str, vendor: Option<&Description>) -> String {
    match vendor.and_then(ca_field) {
        Some(field) => format!("if you trust {whom}, name {certificate}: --{field} PEM"),
        None => format!("if you trust {whom}, add {certificate} to those of this computer"),
    }
}
