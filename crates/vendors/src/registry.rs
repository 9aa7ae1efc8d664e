//! Which licensing systems there are, and how an account at one is connected.

use crate::{Description, Facet, Http, LocalCore, ProductForms, SecretSign, Vendor, unencrypted};
use errors_derive::Declared;
use license::Token;
use std::collections::BTreeMap;
use url::Url;

/// Every licensing system: one line a vendor.
static REGISTRY: &[Registration] =
    &[crate::aidbox::REGISTRATION, crate::aica::REGISTRATION, crate::dashboard::REGISTRATION];

/// The system whose protocol the accounts of the local portal speak, and whose tokens its own stand in for
/// (`docs/protocols.md`, "The local portal").
pub const LOCAL_PORTAL: &Description = crate::aidbox::REGISTRATION.description;

/// Makes a vendor's client; nothing is sent.
pub type Connect = fn(&Http, &Connection) -> Result<Box<dyn Vendor>, ConnectError>;

/// Finds the system's own address in one that a user typed or pasted.
pub type Base = fn(&Url) -> Result<Url, ConnectError>;

/// Finds an address of a system's API that anyone may ask; nothing where it has none.
pub type Api = fn(&Connection) -> Option<Url>;

/// A licensing system that this program speaks with.
#[derive(Debug, Clone, Copy)]
pub struct Registration {
    /// What it is and accepts.
    pub description: &'static Description,
    /// What it issues licenses for: keys, files, and whom to write to.
    pub products: &'static [ProductForms],
    /// How its keys and tokens look in a text, so that they are not shown.
    pub secret_signs: &'static [SecretSign],
    /// Finds its address.
    pub base: Base,
    /// Finds what is requested without a login while an account is connected, to see where its address redirects to.
    pub api: Api,
    /// Makes its client.
    pub connect: Connect,
}

/// Where an account is and what proves whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The address: the description's field `url`.
    pub address: Url,
    /// The further fields of the description that are not secret, by name.
    pub fields: BTreeMap<String, String>,
    /// The secret fields of the description, by name.
    pub secrets: BTreeMap<String, Token>,
}

/// The licensing systems that are known: the built-in ones, or others in tests.
#[derive(Debug, Clone, Copy)]
pub struct Registry(&'static [Registration]);

impl Default for Registry {
    fn default() -> Self {
        Self(REGISTRY)
    }
}

impl Registry {
    /// These systems and no other.
    pub const fn of(known: &'static [Registration]) -> Self {
        Self(known)
    }

    /// Every one of them.
    pub fn all(&self) -> &'static [Registration] {
        self.0
    }

    /// The licensing system of a word.
    pub fn registration(&self, provider: &str) -> Option<&'static Registration> {
        self.0.iter().find(|known| known.description.provider == provider)
    }

    /// What the system of a word is and accepts.
    pub fn description(&self, provider: &str) -> Result<&'static Description, ConnectError> {
        Ok(self.known(provider)?.description)
    }

    /// What accounts of a system offer beside their list; nothing where the system is not known.
    pub fn facets(&self, provider: &str) -> &'static [Facet] {
        self.description(provider).map_or(&[], |known| known.facets)
    }

    /// Makes a client for an account; nothing is sent before it is asked something.
    pub fn connect(
        &self,
        http: &Http,
        provider: &str,
        at: &Connection,
    ) -> Result<Box<dyn Vendor>, ConnectError> {
        let client = (self.known(provider)?.connect)(&http.in_registry(*self), at)?;
        unencrypted::refuse_unencrypted(at)?;
        Ok(client)
    }

    /// A product's own service on this computer, at the address of its API; nothing where the product has none, or the address
    /// cannot be one.
    pub fn local_core(&self, http: &Http, product: &str, address: &Url) -> Option<Box<dyn LocalCore>> {
        (self.product(product)?.core?.connect)(&http.in_registry(*self), address)
    }

    /// The part of an address that an account keeps: where the system is, without the page of it that was pasted
    /// and without a query or a fragment, which may hold a secret.
    pub fn base(&self, provider: &str, address: &Url) -> Result<Url, ConnectError> {
        (self.known(provider)?.base)(address)
    }

    pub(crate) fn known(&self, provider: &str) -> Result<&'static Registration, ConnectError> {
        let unknown = || ConnectError::UnknownProvider { provider: provider.to_owned() };
        self.registration(provider).ok_or_else(unknown)
    }
}

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

/// Every licensing system that this program speaks with.
pub fn registry() -> &'static [Registration] {
    REGISTRY
}

/// [`Registry::registration`] of the built-in systems.
pub fn registration(provider: &str) -> Option<&'static Registration> {
    Registry::default().registration(provider)
}

/// [`Registry::description`] of the built-in systems.
pub fn description(provider: &str) -> Result<&'static Description, ConnectError> {
    Registry::default().description(provider)
}

/// [`Registry::connect`] of the built-in systems.
pub fn connect(http: &Http, provider: &str, at: &Connection) -> Result<Box<dyn Vendor>, ConnectError> {
    Registry::default().connect(http, provider, at)
}

/// [`Registry::local_core`] of the built-in systems.
pub fn local_core(http: &Http, product: &str, address: &Url) -> Option<Box<dyn LocalCore>> {
    Registry::default().local_core(http, product, address)
}

/// [`Registry::base`] of the built-in systems.
pub fn base(provider: &str, address: &Url) -> Result<Url, ConnectError> {
    Registry::default().base(provider, address)
}
