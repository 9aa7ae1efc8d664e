//! What a vendor registers: what it is and accepts, and how its client is made.

use crate::{ConnectError, Description, Http, ProductForms, SecretSign, Vendor};
use license::Token;
use std::collections::BTreeMap;
use url::Url;

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
