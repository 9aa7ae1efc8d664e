//! A listing that exceeds a bound, or fails in its middle here or at its vendor: none of it is taken over.

use crate::common::{TestClock, TestHost, code, query};
use app::accounts::Login;
use app::context::{Context, LocalPortal, Parts, PortalUnavailable, Programs, State};
use async_trait::async_trait;
use license::{AccountId, License, Product, SecretUrl, Token};
use std::{collections::BTreeMap, sync::Arc};
use tempfile::TempDir;
use url::Url;
use vault::{Home, Vault};
use vendors::{
    Accepts, ConnectField, Description, FieldKind, Found, Hints, Http, Link, Listed, Listing, ListingBound,
    Pages, Probe, Reference, Registration, Registry, Text, Turn, Validator, Vendor, VendorError,
};

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
        Hints { new_login: text("none"), refused: None, not_found: text("none"), address: text("none") },
    )
};

/// A vendor whose listing exceeds its bounds after some pages.
const BEYOND: Registration = Registration {
    description: &ENDLESS,
    products: &[],
    secret_signs: &[],
    base: |url| Ok(url.clone()),
    api: |_| None,
    connect: |_, _| Ok(Box::new(Endless { is_complete: false })),
};

static KNOWN: &[Registration] = &[BEYOND];

/// One whose listing has come and ends after these pages.
static WHOLE: &[Registration] =
    &[Registration { connect: |_, _| Ok(Box::new(Endless { is_complete: true })), ..BEYOND }];

#[derive(Debug)]
struct Endless {
    is_complete: bool,
}

#[async_trait]
impl Vendor for Endless {
    async fn probe(&self) -> Result<Probe, VendorError> {
        Ok(Probe { subject: None, licenses: None, accepts: Accepts::documented() })
    }

    async fn list(&self, _: Option<&Validator>) -> Result<Listing, VendorError> {
        Ok(Listing::Pages(Box::new(Walk { page: 0, is_complete: self.is_complete })))
    }

    async fn get(&self, _: &Reference) -> Result<Found, VendorError> {
        Err(VendorError::NotFound { words: None })
    }
}

#[derive(Debug)]
struct Walk {
    page: u64,
    is_complete: bool,
}

#[async_trait]
impl Pages for Walk {
    async fn next(&mut self) -> Result<Turn, VendorError> {
        self.page += 1;
        if self.page > PAGES {
            return match self.is_complete {
                true => Ok(Turn::End { validator: None, unreadable: 0, missing: 0 }),
                false => Err(VendorError::ListingTooLarge { bound: ListingBound::Licenses(PAGES) }),
            };
        }
        let license = License::untold(format!("l{}", self.page), Product::from_word("endless"));
        Ok(Turn::Page { licenses: vec![Listed { license, key: None }], total: None })
    }

    fn is_complete(&self) -> bool {
        self.is_complete
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

/// A home with an account of such a vendor.
async fn connected(registry: &'static [Registration]) -> (TempDir, Context, AccountId) {
    let home = TempDir::new().unwrap();
    let context = Context::new(Parts {
        vault: Vault::open(Home::at(home.path())).unwrap(),
        registry: Registry::of(registry),
        http: Http::default(),
        programs: Programs::default(),
        host: Arc::<TestHost>::default(),
        clock: Arc::<TestClock>::default(),
        portal: Arc::new(NoPortal),
    });
    app::keys::keep_for_session_only(&context).await.unwrap();
    let login = Login {
        provider: "endless".to_owned(),
        address: "https://endless.example".to_owned(),
        fields: BTreeMap::new(),
        secrets: BTreeMap::new(),
    };
    let tested = app::accounts::test_login(&context, login).await.unwrap();
    let account = app::accounts::keep_account(&context, &tested.ticket, "endless").await.unwrap();
    (home, context, account)
}

#[tokio::test]
async fn listing_beyond_its_bounds_leaves_the_library_as_it_was() {
    let (_home, context, account) = connected(KNOWN).await;
    assert_eq!(code(app::refresh::refresh(&context, account).await), "vendor-listing-too-large");
    assert!(app::list::list(&context, query(""), 0, None).await.unwrap().rows.is_empty());
    let status = app::accounts::accounts(&context).await.unwrap().remove(0);
    assert!(matches!(status.state, State::Failed(_)), "{:?}", status.state);
    assert_eq!((status.licenses, status.as_of), (0, None));
}

#[tokio::test]
async fn listing_that_cannot_be_stored_whole_is_not_stored_at_all() {
    let (home, context, account) = connected(WHOLE).await;
    let library = rusqlite::Connection::open(Home::at(home.path()).library()).unwrap();
    let refused = "CREATE TRIGGER refused BEFORE INSERT ON licenses WHEN NEW.vendor_id = 'l3' \
                   BEGIN SELECT RAISE(ABORT, 'no room'); END";
    library.execute(refused, []).unwrap();
    app::refresh::refresh(&context, account).await.unwrap_err();
    assert!(app::list::list(&context, query(""), 0, None).await.unwrap().rows.is_empty());
    library.execute("DROP TRIGGER refused", []).unwrap();
    assert_eq!(app::refresh::refresh(&context, account).await.unwrap().added as u64, PAGES);
}
