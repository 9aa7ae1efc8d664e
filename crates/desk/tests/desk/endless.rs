//! A listing that exceeds a bound, or fails in its middle: none of it is taken over.

use crate::common::{TestClock, TestHost, code, query};
use async_trait::async_trait;
use desk::{
    Desk, LocalPortal, Login, Parts, PortalUnavailable, Programs, State,
    vendors::{
        Accepts, ConnectField, Description, FieldKind, Found, Hints, Http, Link, Listed, Listing,
        ListingBound, Pages, Probe, Reference, Registration, Registry, Text, Turn, Validator, Vendor,
        VendorError,
    },
};
use license::{License, Product, SecretUrl, Token};
use std::{collections::BTreeMap, sync::Arc};
use tempfile::TempDir;
use url::Url;
use vault::{Home, Vault};

/// How many pages come before the bound.
const PAGES: u64 = 3;

const fn text(english: &'static str) -> Text {
    Text { key: english, english }
}

static ENDLESS: Description = Description {
    connect: &[ConnectField::needed("url", FieldKind::Url, text("Address"), text("Anywhere."))],
    ..Description::listing(
        "endless",
        text("Endless works"),
        text("Always another page."),
        Link { text: text("Open"), url: "https://endless.example" },
        Hints { new_login: text("none"), not_found: text("none"), address: text("none") },
    )
};

static KNOWN: &[Registration] = &[Registration {
    description: &ENDLESS,
    base: |url| Ok(url.clone()),
    api: |_| None,
    connect: |_, _| Ok(Box::new(Endless)),
}];

#[derive(Debug)]
struct Endless;

#[async_trait]
impl Vendor for Endless {
    async fn probe(&self) -> Result<Probe, VendorError> {
        Ok(Probe { subject: None, licenses: None, accepts: Accepts::documented() })
    }

    async fn list(&self, _: Option<&Validator>) -> Result<Listing, VendorError> {
        Ok(Listing::Pages(Box::new(Walk(0))))
    }

    async fn get(&self, _: &Reference) -> Result<Found, VendorError> {
        Err(VendorError::NotFound { words: None })
    }
}

#[derive(Debug)]
struct Walk(u64);

#[async_trait]
impl Pages for Walk {
    async fn next(&mut self) -> Result<Turn, VendorError> {
        self.0 += 1;
        if self.0 > PAGES {
            return Err(VendorError::ListingTooLarge { bound: ListingBound::Licenses(PAGES) });
        }
        let license = License::untold(format!("l{}", self.0), Product::from_word("endless"));
        Ok(Turn::Page { licenses: vec![Listed { license, key: None }], total: None })
    }
}

#[derive(Debug)]
struct NoPortal;

#[async_trait]
impl LocalPortal for NoPortal {
    async fn address(&self) -> Result<Url, PortalUnavailable> {
        Err(PortalUnavailable { words: "no story needs it".to_owned() })
    }

    async fn issue_token(&self, _: &str) -> Result<Token, PortalUnavailable> {
        Err(PortalUnavailable { words: "no story needs it".to_owned() })
    }

    async fn page(&self) -> Result<SecretUrl, PortalUnavailable> {
        Err(PortalUnavailable { words: "no story needs it".to_owned() })
    }
}

#[tokio::test]
async fn listing_beyond_its_bounds_leaves_the_library_as_it_was() {
    let home = TempDir::new().unwrap();
    let desk = Desk::new(Parts {
        vault: Vault::open(Home::at(home.path())).unwrap(),
        registry: Registry::of(KNOWN),
        http: Http::default(),
        programs: Programs::default(),
        host: Arc::<TestHost>::default(),
        clock: Arc::<TestClock>::default(),
        portal: Arc::new(NoPortal),
    });
    desk.keep_for_session_only().await.unwrap();
    let login = Login {
        provider: "endless".to_owned(),
        address: "https://endless.example".to_owned(),
        fields: BTreeMap::new(),
        secrets: BTreeMap::new(),
    };
    let tested = desk.test_login(login).await.unwrap();
    let account = desk.keep_account(&tested.ticket, "endless").await.unwrap();

    assert_eq!(code(desk.refresh(account).await), "vendor-listing-too-large");
    assert!(desk.list(query(""), 0, None).await.unwrap().rows.is_empty());
    let sight = desk.accounts().await.unwrap().remove(0);
    assert!(matches!(sight.state, State::Failed(_)), "{:?}", sight.state);
    assert_eq!((sight.licenses, sight.as_of), (0, None));
}
