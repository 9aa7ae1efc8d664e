//! What most tests begin with: a home, an account, licenses.

use jiff::Timestamp;
use license::{AccountId, Entitlement, Expiry, License, LicenseId, Product, Tier, VendorStatus};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vault::{
    FileState, Home, Library, ListingStep, NewAccount, NewTrackedFile, PassphraseCost, Query, RefreshMark,
    SecretError, StoredLicense, TakenListing, TrackedFile, TrackedFileId, Vault, files::Digest,
};

/// The instant at which the tests take place.
pub(crate) fn now() -> Timestamp {
    at("2026-06-01T12:00:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A temporary home, which is removed when this is dropped.
pub(crate) struct TestHome {
    pub dir: tempfile::TempDir,
    pub vault: Vault,
}

impl TestHome {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(Home::at(dir.path().join("home"))).unwrap();
        Self { dir, vault }
    }

    /// One whose secrets can be kept, without a keyring.
    pub(crate) fn unlocked() -> Self {
        let home = Self::new();
        home.vault.lock().unlock_at_cost(&passphrase(), PassphraseCost::LOWEST).unwrap();
        home
    }

    pub(crate) fn library(&self) -> &Library {
        self.vault.library()
    }

    /// The folder of the home.
    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    /// How many sealed secrets the library's file holds.
    pub(crate) fn sealed_secrets(&self) -> String {
        query(&self.vault, "SELECT count(*) FROM secrets")
    }

    /// The same home, opened once more as another process would.
    pub(crate) fn reopened(&self) -> Vault {
        Vault::open(Home::at(self.path())).unwrap()
    }

    pub(crate) fn north(&self) -> AccountId {
        add_account(self.library(), "north")
    }

    /// Takes over a complete listing.
    pub(crate) fn list(&self, account: AccountId, page: &[License]) -> Vec<LicenseId> {
        let mark = self.library().begin_listing().unwrap();
        take_page(self.library(), account, mark, page, true).unwrap();
        let id = |license: &License| {
            self.library().license_by_vendor_id(account, &license.vendor_id).unwrap().unwrap().id
        };
        page.iter().map(id).collect()
    }

    pub(crate) fn all(&self) -> Vec<StoredLicense> {
        self.library().window(&Query::default(), now(), 30).unwrap().rows
    }

    pub(crate) fn license(&self, id: LicenseId) -> StoredLicense {
        self.library().license(id).unwrap().unwrap()
    }
}

/// What this home's entry in the keyring goes by, as `secret-tool` takes it.
pub(crate) fn keyring_entry(vault: &Vault) -> String {
    format!("service dev.licet username {}", query(vault, "SELECT home_id FROM meta"))
}

/// How many entries the keyring has of Licet's.
pub(crate) fn keyring_entries() -> usize {
    let found = crate::stage::shell("secret-tool search --all service dev.licet 2>/dev/null || true");
    found.lines().filter(|line| line.starts_with("secret = ")).count()
}

/// What the library's file itself answers to a statement, as another program would run it.
pub(crate) fn query(vault: &Vault, statement: &str) -> String {
    let library = rusqlite::Connection::open(vault.home().library()).unwrap();
    let mut statement = library.prepare(statement).unwrap();
    match statement.column_count() {
        0 => statement.execute([]).unwrap().to_string(),
        _ => {
            let answer: rusqlite::types::Value = statement.query_row([], |row| row.get(0)).unwrap();
            if let rusqlite::types::Value::Integer(number) = answer {
                return number.to_string();
            }
            let rusqlite::types::Value::Text(text) = answer else { panic!("{answer:?}") };
            text
        }
    }
}

pub(crate) fn passphrase() -> license::Password {
    license::Password::new("correct horse battery staple".to_owned())
}

pub(crate) fn add_account(library: &Library, name: &str) -> AccountId {
    let account = NewAccount {
        provider: "aidbox".to_owned(),
        name: name.to_owned(),
        address: "https://aidbox.app".to_owned(),
        fields: BTreeMap::new(),
    };
    library.add_account(&account).unwrap()
}

/// Takes over a listing of one page without keys.
pub(crate) fn take_page(
    library: &Library,
    account: AccountId,
    mark: RefreshMark,
    page: &[License],
    is_complete: bool,
) -> Result<TakenListing, SecretError> {
    let page = page.iter().map(|license| (license.clone(), None)).collect();
    take_steps(library, account, mark, vec![ListingStep::Page(page), ListingStep::End { is_complete }])
}

/// Takes over a listing of these steps.
pub(crate) fn take_steps(
    library: &Library,
    account: AccountId,
    mark: RefreshMark,
    steps: Vec<ListingStep>,
) -> Result<TakenListing, SecretError> {
    let mut steps = steps.into_iter();
    library.take_listing(account, mark, now(), || Ok(steps.next().unwrap()))
}

/// A development license that does not end.
pub(crate) fn dev(vendor_id: &str, name: &str) -> License {
    License {
        vendor_id: vendor_id.to_owned(),
        name: Some(name.to_owned()),
        product: Product::Aidbox,
        tier: Some(Tier::Development),
        hosting: Some(license::Hosting::SelfHosted),
        goal: None,
        vendor_status: Some(VendorStatus::Active),
        created: Some(at("2026-01-02T03:04:05Z")),
        expiry: Some(Expiry::Never),
        entitlements: None,
        limits: BTreeMap::from([("max-instances".to_owned(), serde_json::json!(1))]),
        instance_origin: None,
    }
}

pub(crate) fn ending(license: License, end: &str) -> License {
    License { expiry: Some(Expiry::On(at(end))), ..license }
}

pub(crate) fn entitled(license: License, codes: &[&str]) -> License {
    let entitlement =
        |code: &&str| Entitlement { code: (*code).to_owned(), name: format!("The {code} package") };
    License { entitlements: Some(codes.iter().map(entitlement).collect()), ..license }
}

/// How a file is at a path where text of this digest was written.
pub(crate) fn state_of(path: &Path, written: &Digest) -> FileState {
    let file = NewTrackedFile {
        license: LicenseId(1),
        path: path.to_owned(),
        format: "launcher-toml".to_owned(),
        in_place: false,
        keep: false,
        access: vault::files::Access::default(),
        digest: *written,
        written: now(),
    };
    TrackedFile { id: TrackedFileId(1), file, interrupted: None }.state()
}

/// The names in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        folder.read_dir().unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(crate) fn mode_of(path: &Path) -> u32 {
    use std::os::unix::fs::MetadataExt;
    path.metadata().unwrap().mode() & 0o7777
}

pub(crate) fn chmod(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}
