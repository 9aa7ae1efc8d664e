//! The account as a licensing system: who is logged in, and its licenses.

use super::{
    api::{AicaApi, Credentials, Request},
    listing::{self, LicensePages},
    map,
    refusal::About,
    wire,
};
use crate::{
    Accepts, Certificates, Found, Listing, Packages, Probe, Reference, Seats, SignIn, Validation, Validator,
    Vendor, VendorError,
};
use async_trait::async_trait;
use license::resource;
use std::sync::Arc;

/// One user's account.
#[derive(Debug)]
pub(super) struct Account {
    api: Arc<AicaApi>,
}

impl Account {
    /// The account behind an API.
    pub(super) fn new(api: Arc<AicaApi>) -> Self {
        Self { api }
    }
}

#[async_trait]
impl Vendor for Account {
    async fn probe(&self) -> Result<Probe, VendorError> {
        let me = self.api.document(Request::get(&["me"], Credentials::Login, About::Account)).await?;
        let attributes = wire::data(&me).and_then(|user| user.get("attributes"));
        let named = |name| attributes.and_then(|attributes| resource::text(attributes, name));
        let subject = named("email").or_else(|| named("fullName"));
        let mut first = Request::get(&["licenses"], Credentials::Login, About::Account);
        first.query = vec![("page[number]", "1".to_owned()), ("page[size]", "1".to_owned())];
        let first = self.api.document(first).await?;
        let licenses = wire::links(&first, &self.api.root).count;
        Ok(Probe { subject, licenses, accepts: Accepts::documented() })
    }

    /// The service has no word for "nothing changed", so everything is asked each time.
    async fn list(&self, _: Option<&Validator>) -> Result<Listing, VendorError> {
        Ok(Listing::Pages(Box::new(LicensePages::new(Arc::clone(&self.api)))))
    }

    async fn get(&self, which: &Reference) -> Result<Found, VendorError> {
        // A key stands in a header, never in an address, which in-betweens write down.
        let (path, credentials): (&[&str], _) = match which {
            Reference::Id(id) => (&["licenses", id.as_str()], Credentials::Login),
            Reference::Key(key) => (&["me"], Credentials::Key(key)),
        };
        let document = self.api.document(Request::get(path, credentials, About::License)).await?;
        let read = wire::data(&document).and_then(|entry| map::license(entry, self.api.signs()));
        let (license, key) = read.ok_or_else(|| self.api.unreadable("a license", "it has no id"))?;
        let license = listing::entitled(&self.api, license, credentials).await?;
        let asked = match which {
            Reference::Key(key) => Some(key.clone()),
            Reference::Id(_) => None,
        };
        Ok(Found { license, key: key.or(asked) })
    }

    fn sign_in(&self) -> Option<&dyn SignIn> {
        Some(&*self.api)
    }

    fn seats(&self) -> Option<&dyn Seats> {
        Some(&*self.api)
    }

    fn packages(&self) -> Option<&dyn Packages> {
        Some(&*self.api)
    }

    fn validation(&self) -> Option<&dyn Validation> {
        Some(&*self.api)
    }

    fn certificates(&self) -> Option<&dyn Certificates> {
        Some(&*self.api)
    }
}
