//! The client of an account is kept as long as its login stays, and no longer: it contains the login.

use crate::acme;
use crate::another_vendor::context_knowing;
use crate::common::{PASSPHRASE, TestHost};
use app::accounts::Login;
use app::context::Context;
use license::{AccountId, Password, Token};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use testkit::until_async;
use vault::PassphraseCost;
use vendors::{
    Connection, Found, Listing, Probe, Reference, Registration, Session, SignIn, Validator, Vendor,
    VendorError, listed_at_once,
};

static KNOWN: &[Registration] =
    &[Registration { connect: |_, at| Ok(Box::new(Counted::new(at))), ..acme::REGISTRATION }];

/// How many clients with a login were made, and how many of them are still in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    made: usize,
    left: usize,
}

/// By badge: each test has its own.
static COUNTS: Mutex<Option<HashMap<String, Count>>> = Mutex::new(None);

fn change(badge: &str, change: impl FnOnce(&mut Count)) {
    let mut counts = COUNTS.lock().unwrap();
    change(counts.get_or_insert_default().entry(badge.to_owned()).or_default());
}

fn count(badge: &str) -> Count {
    let mut count = Count::default();
    change(badge, |known| count = *known);
    count
}

/// A client that is counted from when it is made to when it is dropped.
#[derive(Debug)]
struct Counted {
    badge: String,
}

impl Counted {
    fn new(at: &Connection) -> Self {
        let badge = at.secrets["badge"].expose().to_owned();
        change(&badge, |count| *count = Count { made: count.made + 1, left: count.left + 1 });
        Self { badge }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        change(&self.badge, |count| count.left -= 1);
    }
}

#[async_trait::async_trait]
impl Vendor for Counted {
    async fn probe(&self) -> Result<Probe, VendorError> {
        Ok(Probe { subject: None, licenses: Some(0), accepts: vendors::Accepts::documented() })
    }

    async fn list(&self, _: Option<&Validator>) -> Result<Listing, VendorError> {
        Ok(listed_at_once(Vec::new(), 0, None))
    }

    async fn get(&self, _: &Reference) -> Result<Found, VendorError> {
        Err(VendorError::NotFound { words: None })
    }

    fn sign_in(&self) -> Option<&dyn SignIn> {
        Some(self)
    }
}

#[async_trait::async_trait]
impl SignIn for Counted {
    async fn exchange(&self) -> Result<Session, VendorError> {
        let badge = Token::new(self.badge.clone());
        Ok(Session { secrets: [("badge".to_owned(), badge)].into(), fields: BTreeMap::new() })
    }

    async fn revoke(&self) -> Result<(), VendorError> {
        Ok(())
    }
}

/// A home with one account, and a program on it that follows what others change.
struct Office {
    home: TempDir,
    context: Context,
    account: AccountId,
}

impl Office {
    async fn with(badge: &str) -> Self {
        let home = TempDir::new().unwrap();
        let context = program(&home);
        let baseline = app::refresh::Baseline::take(&context).unwrap();
        app::refresh::follow_library(&context, baseline).await.unwrap();
        let login = Login {
            provider: acme::REGISTRATION.description.provider.to_owned(),
            address: "https://acme.example/gate".to_owned(),
            fields: BTreeMap::new(),
            secrets: secrets(badge),
        };
        let tested = app::accounts::test_login(&context, login).await.unwrap();
        let account = app::accounts::keep_account(&context, &tested.ticket, "works").await.unwrap();
        app::refresh::refresh(&context, account).await.unwrap();
        assert_eq!(count(badge).left, 1, "the client that asked for the list is kept");
        Self { home, context, account }
    }

    /// Another program on the same home.
    fn command_line(&self) -> Context {
        program(&self.home)
    }
}

fn program(home: &TempDir) -> Context {
    let context = context_knowing(home, &Arc::new(TestHost::default()), KNOWN);
    let lock = context.vault().lock();
    lock.unlock_at_cost(&Password::new(PASSPHRASE.to_owned()), PassphraseCost::LOWEST).unwrap();
    context
}

fn secrets(badge: &str) -> BTreeMap<String, Token> {
    [("badge".to_owned(), Token::new(badge.to_owned()))].into()
}

#[tokio::test]
async fn client_is_made_once_as_long_as_the_login_stays() {
    let office = Office::with("stays").await;
    let before = count("stays");
    for _ in 0..3 {
        app::refresh::refresh(&office.context, office.account).await.unwrap();
    }
    app::accounts::rename_account(&office.context, office.account, "hall").await.unwrap();
    let account = office.context.account_named("hall").await.unwrap();
    let test = || app::accounts::test_account(&office.context, &account);
    let (one, other, third) = tokio::join!(test(), test(), test());
    assert!(one.is_ok() && other.is_ok() && third.is_ok());
    assert_eq!(count("stays"), before);
}

#[tokio::test]
async fn new_login_drops_the_client() {
    let office = Office::with("old").await;
    let renewed = app::accounts::new_login(&office.context, office.account, BTreeMap::new(), secrets("new"));
    renewed.await.unwrap();
    assert_eq!(count("old").left, 0);
    app::refresh::refresh(&office.context, office.account).await.unwrap();
    assert_eq!(count("new").left, 1);
}

#[tokio::test]
async fn logout_drops_the_client() {
    let office = Office::with("leaves").await;
    app::accounts::sign_out(&office.context, office.account).await.unwrap();
    assert_eq!(count("leaves").left, 0);
}

#[tokio::test]
async fn removed_account_drops_the_client() {
    let office = Office::with("removed").await;
    app::accounts::remove_account(&office.context, office.account, "works").await.unwrap();
    assert_eq!(count("removed").left, 0);
}

#[tokio::test]
async fn forgotten_secrets_drop_the_client() {
    let office = Office::with("forgotten").await;
    app::keys::forget_secrets(&office.context, app::keys::FORGET_SECRETS).await.unwrap();
    assert_eq!(count("forgotten").left, 0);
}

#[tokio::test]
async fn login_that_another_process_replaced_drops_the_client() {
    let office = Office::with("before").await;
    let command_line = office.command_line();
    let renewed = app::accounts::new_login(&command_line, office.account, BTreeMap::new(), secrets("after"));
    renewed.await.unwrap();
    until_async("the client is dropped", async || count("before").left == 0).await;
}

#[tokio::test]
async fn account_that_another_process_removed_drops_the_client() {
    let office = Office::with("gone").await;
    app::accounts::remove_account(&office.command_line(), office.account, "works").await.unwrap();
    until_async("the client is dropped", async || count("gone").left == 0).await;
}

#[tokio::test]
async fn secrets_that_another_process_forgot_drop_the_client() {
    let office = Office::with("lost").await;
    app::keys::forget_secrets(&office.command_line(), app::keys::FORGET_SECRETS).await.unwrap();
    until_async("the client is dropped", async || count("lost").left == 0).await;
}
