//! What every licensing system can be asked, whatever it speaks.

use crate::{Certificates, InstanceToken, Packages, Seats, SignIn, Validation, VendorError};
use async_trait::async_trait;
use license::{Goal, Hosting, License, LicenseKey, LicenseName, Tier, jwt::IssuerKeys};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

/// An account at a licensing system: its address and login are inside, and nothing that is asked repeats them. It is made once for
/// each login, remembers what it learned of its server, and is used by several tasks at once.
///
/// `probe`, `list` and `get` change nothing and are tried again on their own where the connection fails.
/// `create` and `delete` are sent at most once each; where no complete answer came, they end in
/// [`VendorError::OutcomeUnknown`], and only looking tells what became of them. What it can do besides stands in the
/// description as [`Facet`](crate::Facet)s, and is handed out by the accessor of the same name.
#[async_trait]
pub trait Vendor: Send + Sync + Debug {
    /// Tests the login, and says what it opens and what it takes.
    async fn probe(&self) -> Result<Probe, VendorError>;

    /// Takes back what an earlier [`Vendor::probe`] said that its server accepts, so that it is not asked again.
    fn recall(&self, _: &Accepts) {}

    /// Every license of the account, or word that nothing changed since `since` was handed out.
    async fn list(&self, since: Option<&Validator>) -> Result<Listing, VendorError>;

    /// One license, with its key where the vendor gives it out.
    async fn get(&self, which: &Reference) -> Result<Found, VendorError>;

    /// Issues a license. Sent at most once.
    async fn create(&self, _: &NewLicense) -> Result<Found, VendorError> {
        Err(VendorError::Unsupported { what: "creating a license" })
    }

    /// Takes a license away for good. Sent at most once.
    async fn delete(&self, _: &Reference) -> Result<(), VendorError> {
        Err(VendorError::Unsupported { what: "deleting a license" })
    }

    /// The keys that the issuer of its license JWTs publishes; nothing where no place for them is known.
    async fn issuer_keys(&self) -> Result<Option<IssuerKeys>, VendorError> {
        Ok(None)
    }

    /// The exchange of a login for a session, where logins are.
    fn sign_in(&self) -> Option<&dyn SignIn> {
        None
    }

    /// The machines of its licenses, where it knows them.
    fn seats(&self) -> Option<&dyn Seats> {
        None
    }

    /// What its licenses give access to, where there is a registry.
    fn packages(&self) -> Option<&dyn Packages> {
        None
    }

    /// Whether a key is good, where it can be asked.
    fn validation(&self) -> Option<&dyn Validation> {
        None
    }

    /// Certificates for offline use, where it issues them.
    fn certificates(&self) -> Option<&dyn Certificates> {
        None
    }

    /// The instance's own token, where the account is an instance.
    fn instance_token(&self) -> Option<&dyn InstanceToken> {
        None
    }
}

/// What a login opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The project's or organization's name, where the vendor tells it.
    pub subject: Option<String>,
    /// How many licenses it holds, where that is known without listing page after page.
    pub licenses: Option<u64>,
    /// What the vendor at this address takes beyond what it documents.
    pub accepts: Accepts,
}

/// What the system at an address says that it takes, by the names of [`crate::Carried::OnlyIfAdvertised`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accepts(BTreeSet<String>);

impl Accepts {
    /// What was advertised.
    pub fn these(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }

    /// Nothing beyond what the vendor documents.
    pub fn documented() -> Self {
        Self::default()
    }

    /// Whether a capability was advertised.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The names, sorted, to be kept with the account and handed to [`Accepts::these`] again.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// What a list had when it was read last, in a form that only the vendor's client understands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Validator(String);

impl Validator {
    /// Takes a kept validator back.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text to keep.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The answer to [`Vendor::list`].
#[derive(Debug)]
pub enum Listing {
    /// What was read last is still so.
    Unchanged,
    /// Everything, page by page.
    Pages(Box<dyn Pages>),
}

/// The pages of a listing, in the vendor's order.
#[async_trait]
pub trait Pages: Send + Debug {
    /// The next page. After [`Turn::End`] comes nothing but [`Turn::End`].
    async fn next(&mut self) -> Result<Turn, VendorError>;

    /// Returns whether the whole listing was received within its bounds, so that no later page can fail. Otherwise pages count
    /// only once [`Turn::End`] was returned.
    fn is_complete(&self) -> bool {
        false
    }
}

/// One step of a listing.
#[derive(Debug)]
pub enum Turn {
    /// Some of the licenses.
    Page {
        /// The licenses.
        licenses: Vec<Listed>,
        /// How many there are in all, where the vendor tells.
        total: Option<u64>,
    },
    /// That was everything.
    End {
        /// To be handed to the next [`Vendor::list`], once what came before is kept.
        validator: Option<Validator>,
        /// How many entries could not be read as licenses. Where there is one, the listing is not complete: a
        /// license that was not in it may still exist.
        unreadable: u64,
        /// How many licenses are missing from what was counted, or came more than once. Where there is one, the
        /// listing is not complete either.
        missing: u64,
    },
}

/// A license of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What the vendor tells of it.
    pub license: License,
    /// Its key, where the vendor sends keys with the list; else [`Vendor::get`] may have it.
    pub key: Option<LicenseKey>,
}

/// How a license is pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// By the vendor's id.
    Id(String),
    /// By the license key itself.
    Key(LicenseKey),
}

/// One license with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What the vendor tells of it.
    pub license: License,
    /// Its key, where the vendor gives it out.
    pub key: Option<LicenseKey>,
}

/// A license that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLicense {
    /// Its name.
    pub name: LicenseName,
    /// Development, production or ci.
    pub tier: Tier,
    /// What it is wanted for; the choice `goal` of the description.
    pub goal: Option<Goal>,
    /// Where the instance shall run; the choice `hosting` of the description.
    pub hosting: Option<Hosting>,
    /// Every further choice, by its parameter in the description.
    pub choices: BTreeMap<String, String>,
}

impl NewLicense {
    /// Whatever was chosen besides the name, by its parameter in the description.
    pub fn chosen(&self) -> BTreeMap<&str, &str> {
        let further = self.choices.iter().map(|(param, value)| (param.as_str(), value.as_str()));
        let named = [
            Some(("type", self.tier.word())),
            self.goal.map(|goal| ("goal", goal.word())),
            self.hosting.map(|hosting| ("hosting", hosting.word())),
        ];
        further.chain(named.into_iter().flatten()).collect()
    }
}

/// The listing of a vendor that answers with everything at once.
pub fn listed_at_once(licenses: Vec<Listed>, unreadable: u64, validator: Option<Validator>) -> Listing {
    Listing::Pages(Box::new(OnePage { licenses: Some(licenses), unreadable, validator }))
}

/// A listing that is there already.
#[derive(Debug)]
struct OnePage {
    licenses: Option<Vec<Listed>>,
    unreadable: u64,
    validator: Option<Validator>,
}

#[async_trait]
impl Pages for OnePage {
    async fn next(&mut self) -> Result<Turn, VendorError> {
        Ok(match self.licenses.take() {
            Some(licenses) => {
                let total = Some(licenses.len() as u64 + self.unreadable);
                Turn::Page { licenses, total }
            }
            None => Turn::End { validator: self.validator.take(), unreadable: self.unreadable, missing: 0 },
        })
    }

    fn is_complete(&self) -> bool {
        true
    }
}
