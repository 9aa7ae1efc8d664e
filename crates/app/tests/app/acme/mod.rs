//! A licensing system that nobody knows: all that adding a vendor takes. Its registration is its one line in a registry.

mod describe;

use async_trait::async_trait;
use license::{License, Product, Seat};
use vendors::{
    Accepts, Connection, Found, Listed, Listing, Probe, Reference, Registration, Seats, Taken, Validator,
    Vendor, VendorError, listed_at_once,
};

pub(crate) const REGISTRATION: Registration = Registration {
    description: &describe::ACME,
    products: &[],
    secret_signs: &[],
    base: |url| Ok(url.clone()),
    api: |_| None,
    connect: |_, at| Ok(Box::new(Acme(at.clone()))),
};

#[derive(Debug)]
struct Acme(Connection);

#[async_trait]
impl Vendor for Acme {
    async fn probe(&self) -> Result<Probe, VendorError> {
        let is_known = self.0.secrets["badge"].expose() == "gold";
        let probe = Probe { subject: Some("Hall".into()), licenses: Some(1), accepts: Accepts::documented() };
        if is_known { Ok(probe) } else { Err(VendorError::Unauthorized { words: None }) }
    }

    async fn list(&self, _: Option<&Validator>) -> Result<Listing, VendorError> {
        let Found { license, key } = self.get(&Reference::Id("a-1".to_owned())).await?;
        Ok(listed_at_once(vec![Listed { license, key }], 0, None))
    }

    async fn get(&self, _: &Reference) -> Result<Found, VendorError> {
        let license = License::untold("a-1".to_owned(), Product::from_word("acme"));
        Ok(Found { license: License { name: Some("press".to_owned()), ..license }, key: None })
    }

    fn seats(&self) -> Option<&dyn Seats> {
        Some(self)
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
