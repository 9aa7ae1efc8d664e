//! A home with a context, and the local portal behind a network that fails on request.

mod clock;
mod demo;
mod host;
mod shorthand;

pub(crate) use clock::TestClock;
pub(crate) use host::TestHost;
pub(crate) use shorthand::{code, done, json, page, query, seen_jwt, unknown, wanted};

use app::accounts::Login;
use app::changes::Sent;
use app::context::{AppError, Context, Event, LocalPortal, Parts, PortalUnavailable, Programs, State};
use app::list::{Detail, Row};
use async_trait::async_trait;
use license::{AccountId, Hosting, LicenseId, LicenseKey, LicenseName, Password, SecretUrl, Tier, Token};
use portal::{Portal, Serving};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;
use testkit::FaultServer;
use url::Url;
use vault::{Home, PassphraseCost, Vault};
use vendors::{Connection, Found, Http, NewLicense, Patience, Reference, Registry, Vendor};

/// What the homes with a passphrase are unlocked with.
pub(crate) const PASSPHRASE: &str = "correct horse battery staple";

/// A key of the System form, issued by nobody.
pub(crate) const SYSTEM_KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

/// The one portal project of these tests.
pub(crate) const PROJECT: &str = "northwind";

/// Everything that a story takes place in.
pub(crate) struct World {
    data: TempDir,
    home: TempDir,
    portal: Portal,
    serving: Serving,
    pub token: String,
    pub proxy: Arc<FaultServer>,
    pub host: Arc<TestHost>,
    pub clock: Arc<TestClock>,
    /// Whether the local portal cannot be started.
    pub portal_is_broken: Arc<AtomicBool>,
    pub context: Context,
}

impl World {
    /// A home whose secrets stay in memory.
    pub(crate) async fn start() -> Self {
        let world = Self::locked().await;
        app::keys::keep_for_session_only(&world.context).await.unwrap();
        world
    }

    /// A home whose secrets a passphrase opens, so that they outlive a restart.
    pub(crate) async fn with_passphrase() -> Self {
        let world = Self::locked().await;
        let lock = world.context.vault().lock();
        lock.unlock_at_cost(&Password::new(PASSPHRASE.to_owned()), PassphraseCost::LOWEST).unwrap();
        world.unlock().await;
        world
    }

    /// A new home where nobody chose yet how to keep secrets.
    pub(crate) async fn locked() -> Self {
        let (data, home) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let portal = Portal::open(Home::at(home.path()).portal_data()).unwrap();
        let serving = portal.listen("127.0.0.1:0").await.unwrap();
        let proxy = Arc::new(FaultServer::before(&serving.address().to_string()));
        let token = portal.issue_token(PROJECT).unwrap().expose().to_owned();
        let (host, clock) = (Arc::<TestHost>::default(), Arc::<TestClock>::default());
        let portal_is_broken = Arc::<AtomicBool>::default();
        let local =
            InProcess { portal: portal.clone(), proxy: proxy.clone(), broken: portal_is_broken.clone() };
        let context = context(&home, &host, &clock, Arc::new(local), Programs::default());
        Self { data, home, portal, serving, token, proxy, host, clock, portal_is_broken, context }
    }

    /// The program ends and starts again on the same home; secrets are locked.
    pub(crate) fn restart(&mut self) {
        self.context = self.second_context();
    }

    /// Another program on the same home, such as the command line beside the window.
    pub(crate) fn second_context(&self) -> Context {
        self.context_with(Programs::default())
    }

    /// Another program on the same home, where other programs are to be found.
    pub(crate) fn context_with(&self, programs: Programs) -> Context {
        let portal = Arc::new(InProcess {
            portal: self.portal.clone(),
            proxy: self.proxy.clone(),
            broken: self.portal_is_broken.clone(),
        });
        context(&self.home, &self.host, &self.clock, portal, programs)
    }

    pub(crate) async fn unlock(&self) {
        app::keys::unlock_with_passphrase(&self.context, Password::new(PASSPHRASE.to_owned())).await.unwrap();
    }

    /// Another program on the same home, unlocked.
    pub(crate) async fn unlocked_second_context(&self) -> Context {
        let context = self.second_context();
        app::keys::unlock_with_passphrase(&context, Password::new(PASSPHRASE.to_owned())).await.unwrap();
        context
    }

    /// The library says that a keyring keeps its key as well: one that never had it, as on another computer.
    pub(crate) fn is_kept_by_a_keyring_too(&self) {
        let library = rusqlite::Connection::open(self.home().library()).unwrap();
        library.execute("INSERT INTO slots (kind, key_id) SELECT 'keyring', key_id FROM slots", []).unwrap();
    }

    /// How many sealed secrets the library's file holds.
    pub(crate) fn sealed_secrets(&self) -> i64 {
        let library = rusqlite::Connection::open(self.home().library()).unwrap();
        library.query_row("SELECT count(*) FROM secrets", [], |row| row.get(0)).unwrap()
    }

    /// The kept keys may not be the present ones any more, as after a fact of their licenses changed.
    pub(crate) fn takes_kept_keys_for_stale(&self) {
        let library = rusqlite::Connection::open(self.home().library()).unwrap();
        library.execute("UPDATE licenses SET key_is_stale = 1", []).unwrap();
    }

    /// From now on the library's file cannot take a kind of write, such as `INSERT ON licenses`.
    pub(crate) fn refuse_to_store(&self, write: &str) {
        let library = rusqlite::Connection::open(self.home().library()).unwrap();
        let refused =
            format!("CREATE TRIGGER refused BEFORE {write} BEGIN SELECT RAISE(ABORT, 'no room'); END");
        library.execute(&refused, []).unwrap();
    }

    /// The library's file takes everything again.
    pub(crate) fn store_again(&self) {
        let library = rusqlite::Connection::open(self.home().library()).unwrap();
        library.execute("DROP TRIGGER refused", []).unwrap();
    }

    /// Somebody writes into the library's file, where the sealed license keys are.
    pub(crate) fn damage_sealed_keys(&self) {
        let library = rusqlite::Connection::open(self.home().library()).unwrap();
        library.execute("UPDATE secrets SET sealed = zeroblob(64) WHERE kind = 'key'", []).unwrap();
    }

    pub(crate) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// A path in a folder of this test's own.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.data.path().join(name)
    }

    pub(crate) fn home(&self) -> Home {
        Home::at(self.home.path())
    }

    pub(crate) fn login(&self, token: &str) -> Login {
        Login {
            provider: "aidbox".to_owned(),
            address: self.proxy.url(),
            fields: BTreeMap::new(),
            secrets: [("token".to_owned(), Token::new(token.to_owned()))].into(),
        }
    }

    /// Tests the project's token, keeps it and fetches once.
    pub(crate) async fn connect(&self, name: &str) -> AccountId {
        let tested = app::accounts::test_login(&self.context, self.login(&self.token)).await.unwrap();
        let id = app::accounts::keep_account(&self.context, &tested.ticket, name).await.unwrap();
        app::refresh::refresh(&self.context, id).await.unwrap();
        id
    }

    pub(crate) async fn account(&self, id: AccountId) -> vault::Account {
        self.status(id).await.account
    }

    pub(crate) async fn status(&self, id: AccountId) -> app::accounts::AccountStatus {
        let statuses = app::accounts::accounts(&self.context).await.unwrap();
        statuses.into_iter().find(|status| status.account.id == id).unwrap()
    }

    pub(crate) async fn state(&self, id: AccountId) -> State {
        self.status(id).await.state
    }

    /// The portal's own address, past the proxy.
    pub(crate) fn portal_address(&self) -> String {
        format!("http://{}", self.serving.address())
    }

    /// The project as another program sees it, past the proxy.
    pub(crate) fn elsewhere(&self) -> Box<dyn Vendor> {
        let at = Connection {
            address: self.portal_address().parse().unwrap(),
            fields: BTreeMap::new(),
            secrets: [("token".to_owned(), Token::new(self.token.clone()))].into(),
        };
        vendors::connect(&Http::default(), "aidbox", &at).unwrap()
    }

    /// A license that was issued on the portal's own page.
    pub(crate) async fn issued_elsewhere(&self, name: &str) -> Found {
        let wanted = NewLicense {
            name: LicenseName::parse(name).unwrap(),
            tier: Tier::Development,
            goal: None,
            hosting: Some(Hosting::SelfHosted),
            choices: BTreeMap::new(),
        };
        self.elsewhere().create(&wanted).await.unwrap()
    }

    pub(crate) async fn deleted_elsewhere(&self, vendor_id: &str) {
        self.elsewhere().delete(&Reference::Id(vendor_id.to_owned())).await.unwrap();
    }

    /// The key of a license, as it is shown to a user.
    pub(crate) async fn key_of(&self, id: LicenseId) -> Result<LicenseKey, AppError> {
        app::list::reveal(&self.context, id).await
    }

    /// The names of the licenses that the portal has.
    pub(crate) async fn names_at_portal(&self) -> Vec<String> {
        let vendors::Listing::Pages(mut pages) = self.elsewhere().list(None).await.unwrap() else {
            panic!("nothing is known yet")
        };
        let vendors::Turn::Page { licenses, .. } = pages.next().await.unwrap() else { return Vec::new() };
        let mut names: Vec<String> = licenses.into_iter().filter_map(|one| one.license.name).collect();
        names.sort();
        names
    }

    /// Creates a license for development.
    pub(crate) async fn create(&self, account: AccountId, name: &str) -> Result<Sent, AppError> {
        app::changes::create(&self.context, wanted(account, name, &[])).await
    }

    /// Creates a license for development, and finds it done.
    pub(crate) async fn created(&self, account: AccountId, name: &str) -> LicenseId {
        done(self.create(account, name).await)
    }

    pub(crate) async fn rows(&self, text: &str) -> Vec<Row> {
        let window = app::list::list(&self.context, query(text), 0, None).await.unwrap();
        assert!(window.problem.is_none(), "{:?}", window.problem);
        window.rows
    }

    /// The names of the listed licenses.
    pub(crate) async fn names(&self, text: &str) -> Vec<String> {
        self.rows(text).await.iter().map(|row| row.stored.license.label().to_owned()).collect()
    }

    /// The license of that name.
    pub(crate) async fn named(&self, name: &str) -> LicenseId {
        app::list::resolve_license(&self.context, name).await.unwrap()
    }

    pub(crate) async fn vendor_id(&self, id: LicenseId) -> String {
        app::list::row(&self.context, id).await.unwrap().stored.license.vendor_id
    }

    pub(crate) async fn detail(&self, id: LicenseId) -> Detail {
        app::list::detail(&self.context, id).await.unwrap()
    }

    /// What happened, newest first: verb, label and outcome.
    pub(crate) async fn happened(&self) -> Vec<String> {
        let activity = self.context.activity(None, 100).await.unwrap();
        let told = activity.into_iter().map(|one| one.activity);
        told.map(|one| format!("{} {} {}", one.verb, one.label.unwrap_or_default(), one.outcome)).collect()
    }

    /// Follows the library and the written files from now on, as the window does.
    pub(crate) async fn follow(&self) {
        let baseline = app::refresh::Baseline::take(&self.context).unwrap();
        app::refresh::follow_library(&self.context, baseline).await.unwrap();
        app::files::watch_files(&self.context).await.unwrap();
        self.host.forget_events();
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.host.events()
    }
}

fn context(
    home: &TempDir,
    host: &Arc<TestHost>,
    clock: &Arc<TestClock>,
    portal: Arc<InProcess>,
    programs: Programs,
) -> Context {
    let patience = Patience {
        connect: Duration::from_secs(2),
        whole: Duration::from_secs(3),
        pause: Duration::from_millis(1),
        ..Patience::default()
    };
    Context::new(Parts {
        vault: Vault::open(Home::at(home.path())).unwrap(),
        registry: Registry::default(),
        http: Http::with_patience(patience),
        programs,
        host: host.clone(),
        clock: clock.clone(),
        portal,
    })
}

/// The local portal of the home, reached through the proxy.
#[derive(Debug)]
struct InProcess {
    portal: Portal,
    proxy: Arc<FaultServer>,
    broken: Arc<AtomicBool>,
}

impl InProcess {
    fn started(&self) -> Result<(), PortalUnavailable> {
        match self.broken.load(Ordering::Relaxed) {
            true => Err(PortalUnavailable { words: "its port is taken".to_owned() }),
            false => Ok(()),
        }
    }
}

#[async_trait]
impl LocalPortal for InProcess {
    async fn address(&self) -> Result<Url, PortalUnavailable> {
        self.started()?;
        Ok(self.proxy.url().parse().unwrap())
    }

    async fn issue_token(&self, project: &str) -> Result<Token, PortalUnavailable> {
        self.started()?;
        let token = self.portal.issue_token(project);
        token
            .map(|token| Token::new(token.expose().to_owned()))
            .map_err(|error| PortalUnavailable { words: error.to_string() })
    }

    async fn page(&self) -> Result<SecretUrl, PortalUnavailable> {
        Err(PortalUnavailable { words: "no story opens it".to_owned() })
    }
}
