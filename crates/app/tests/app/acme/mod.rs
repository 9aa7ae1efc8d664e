//! A licensing system that nobody knows: all that adding a vendor takes. Its registration is its one line in a registry.

mod describe;
mod product;

use async_trait::async_trait;
use license::{License, LicenseKey, Product, Seat, Validated, ValidationCode};
use vendors::{
    Accepts, Connection, Found, Http, Listed, Listing, Probe, Reference, Registration, Seats, Taken,
    Validation, Validator, Vendor, VendorError, listed_at_once,
};

pub(crate) const REGISTRATION: Registration = Registration {
    description: &describe::ACME,
    products: &[product::PRESS],
    secret_signs: &[product::INGOT],
    base: |url| Ok(url.clone()),
    api: |_| None,
    connect: |http, at| Ok(Box::new(Acme(http.clone(), at.clone()))),
};

#[derive(Debug)]
struct Acme(Http, Connection);

#[async_trait]
impl Vendor for Acme {
    async fn probe(&self) -> Result<Probe, VendorError> {
        let is_known = self.1.secrets["badge"].expose() == "gold";
        let probe = Probe { subject: Some("Hall".into()), licenses: Some(1), accepts: Accepts::documented() };
        let words = self.0.words("the gate has seen ingot-of-lead", &[]);
        if is_known { Ok(probe) } else { Err(VendorError::Unauthorized { words: Some(words) }) }
    }

    async fn list(&self, _: Option<&Validator>) -> Result<Listing, VendorError> {
        let Found { license, key } = self.get(&Reference::Id("a-1".to_owned())).await?;
        Ok(listed_at_once(vec![Listed { license, key }], 0, None))
    }

    async fn get(&self, _: &Reference) -> Result<Found, VendorError> {
        let license = License::untold("a-1".to_owned(), Product::from_word("acme"));
        let key = Some(LicenseKey::new("ingot-of-gold".to_owned()));
        Ok(Found { license: License { name: Some("press".to_owned()), ..license }, key })
    }

    fn seats(&self) -> Option<&dyn Seats> {
        Some(self)
    }

    fn validation(&self) -> Option<&dyn Validation> {
        Some(self)
    }
}

#[async_trait]
impl Validation for Acme {
    async fn validate(&self, key: &LicenseKey) -> Result<Validated, VendorError> {
        let valid = key.expose() == "ingot-of-gold";
        let code = if valid { ValidationCode::Valid } else { ValidationCode::NotFound };
        Ok(Validated { valid, code, detail: None, at: None })
    }
}

#[async_trait]
impl Seats for Acme {
    async fn taken(&self, license: &str) -> Result<Taken, VendorError> {
        Ok(Taken {
            seats: vec![Seat { host: Some("hall-3".to_owned()), ..Seat::untold(format!("m-of-{license}")) }],
            is_whole: true,
        })
    }

    async fn release(&self, _: &str) -> Result<(), VendorError> {
        Ok(())
    }
}
