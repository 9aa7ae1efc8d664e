//! The Aidbox client against a server on loopback that answers, lies, stalls and breaks off as it is told.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod fault;
mod instead;
mod lists;
mod outcomes;
mod patience;
mod requests;
mod secrets;

use fault::portal;
use license::{LicenseKey, LicenseName, Tier, Token};
use std::{collections::BTreeMap, time::Duration};
use testkit::{Answer, FaultServer};
use vendors::{
    Connection, Http, Listed, Listing, NewLicense, Patience, Reference, Turn, Validator, Vendor, VendorError,
};

/// The project token of every test.
const TOKEN: &str = "northwind-project-token-7f3a";
/// A license string as the portal's look: a JWT. Its payload is `{"entitlements":["fhir","sql"]}`.
const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJlbnRpdGxlbWVudHMiOlsiZmhpciIsInNxbCJdfQ.c2lnbmF0dXJl";

/// Far less patient than a user.
fn impatient() -> Http {
    Http::with_patience(Patience {
        connect: Duration::from_secs(2),
        whole: Duration::from_millis(700),
        pause: Duration::from_millis(1),
        ..Patience::default()
    })
}

/// Waits as long as a slow machine needs.
fn patient() -> Http {
    Http::with_patience(Patience { pause: Duration::from_millis(1), ..Patience::default() })
}

fn project_at(http: &Http, address: &str) -> Box<dyn Vendor> {
    let at = Connection {
        address: address.parse().unwrap(),
        fields: BTreeMap::new(),
        secrets: [("token".to_owned(), Token::new(TOKEN.to_owned()))].into(),
    };
    vendors::connect(http, "aidbox", &at).unwrap()
}

/// A server that plays these acts for the calls, one each, and a project at it.
fn playing(acts: impl IntoIterator<Item = Answer>) -> (FaultServer, Box<dyn Vendor>) {
    let server = portal(acts);
    let project = project_at(&patient(), &server.url());
    (server, project)
}

fn id(id: &str) -> Reference {
    Reference::Id(id.to_owned())
}

fn key(text: &str) -> Reference {
    Reference::Key(LicenseKey::new(text.to_owned()))
}

fn wanted(name: &str, tier: Tier) -> NewLicense {
    NewLicense {
        name: LicenseName::parse(name).unwrap(),
        tier,
        goal: None,
        hosting: None,
        choices: BTreeMap::new(),
    }
}

/// Everything that a listing holds, with its end.
struct Whole {
    licenses: Vec<Listed>,
    validator: Option<Validator>,
    unreadable: u64,
    missing: u64,
}

async fn whole(project: &dyn Vendor) -> Result<Whole, VendorError> {
    let Listing::Pages(mut pages) = project.list(None).await? else {
        panic!("a first listing is never unchanged")
    };
    let mut all = Vec::new();
    loop {
        match pages.next().await? {
            Turn::Page { licenses, .. } => all.extend(licenses),
            Turn::End { validator, unreadable, missing } => {
                return Ok(Whole { licenses: all, validator, unreadable, missing });
            }
        }
    }
}
