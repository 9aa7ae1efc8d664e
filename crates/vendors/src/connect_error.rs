//! Why an account could not be connected.

use errors_derive::Declared;

/// Why no client could be made. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Declared)]
pub enum ConnectError {
    /// There is no vendor of this name.
    #[error("there is no provider {provider}")]
    #[declared("provider-unknown", kind = Usage, args(provider))]
    UnknownProvider {
        /// The word.
        provider: String,
    },
    /// A required field is missing or empty.
    #[error("the field {field} is missing")]
    #[declared("field-missing", kind = Usage, args(field))]
    MissingField {
        /// Its name in the description.
        field: &'static str,
    },
    /// A field contains a character that cannot be sent, such as a line break in a token or a colon in a user name.
    #[error("the field {field} holds a character that cannot be sent")]
    #[declared("field-invalid", kind = Usage, args(field))]
    UnusableField {
        /// Its name in the description.
        field: &'static str,
    },
    /// The address is not of the form `https://host`.
    #[error("the address must begin with https:// or http:// and name a host")]
    #[declared("url-invalid", kind = Usage)]
    NotAnAddress,
    /// The address contains a user name or password, which would be kept and shown in the clear.
    #[error("the address must not hold a user name or password")]
    #[declared("url-with-login", kind = Usage)]
    LoginInAddress,
    /// The host is outside the vendor's own domain, or the address redirects there, and it was not confirmed.
    #[error("{}", not_confirmed(host, from.as_deref()))]
    #[declared("host-not-confirmed", kind = NotConfirmed, args(host, from, field), help = "if this is the right host, confirm it")]
    HostNotConfirmed {
        /// The host.
        host: String,
        /// The host of the address that redirects there; nothing where it is the address's own.
        from: Option<String>,
        /// The field that it has to be typed into once more.
        field: &'static str,
    },
    /// The login would be sent unencrypted to another computer, which was not allowed.
    #[error("the address begins with http://, so the login would be sent to {host} unencrypted")]
    #[declared("http-not-allowed", kind = NotConfirmed, args(host, field), help = "use https://, or allow Licet to send it unencrypted; anyone on the network can then read it")]
    HttpNotAllowed {
        /// The host.
        host: String,
        /// The field that allows it.
        field: &'static str,
    },
    /// The file contains no PEM certificate.
    #[error("the field {field} holds no PEM certificate")]
    #[declared("ca-not-a-certificate", kind = Usage, args(field), help = "give the PEM file of the authority that signed the server's certificate")]
    NotACertificate {
        /// Its name in the description.
        field: &'static str,
    },
    /// The text is not an Ed25519 public key.
    #[error("the field {field} holds no Ed25519 public key")]
    #[declared("public-key-invalid", kind = Usage, args(field), help = "64 hex digits are expected, from the vendor's account settings")]
    NotAPublicKey {
        /// Its name in the description.
        field: &'static str,
    },
}

fn not_confirmed(host: &str, from: Option<&str>) -> String {
    match from {
        Some(from) => format!("{from} redirects to {host}, which was not confirmed"),
        None => format!("{host} is outside the vendor's own domain and was not confirmed"),
    }
}
