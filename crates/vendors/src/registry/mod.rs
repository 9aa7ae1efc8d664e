//! Which licensing systems there are, and how an account at one is connected.

mod products;
mod secrets;
mod settled_address;

use crate::{
    ConnectError, Connection, Description, Facet, Http, LocalCore, Registration, Vendor, unencrypted,
};
use url::Url;

/// Every licensing system: one line a vendor.
static REGISTRY: &[Registration] =
    &[crate::aidbox::REGISTRATION, crate::aica::REGISTRATION, crate::dashboard::REGISTRATION];

/// The system whose protocol the accounts of the local portal speak, and whose tokens its own stand in for
/// (`docs/protocols.md`, "The local portal").
pub const LOCAL_PORTAL: &Description = crate::aidbox::REGISTRATION.description;

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
        let client = (self.known(provider)?.connect)(&http.masking(self.secret_signs()), at)?;
        unencrypted::refuse_unencrypted(at)?;
        Ok(client)
    }

    /// A product's own service on this computer, at the address of its API; nothing where the product has none, or the address
    /// cannot be one.
    pub fn local_core(&self, http: &Http, product: &str, address: &Url) -> Option<Box<dyn LocalCore>> {
        (self.product(product)?.core?.connect)(&http.masking(self.secret_signs()), address)
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
