//! The AICA client and the local portal, which share no code, over real HTTP: each holds the other to what is known of
//! the Keygen-compatible API. Every answer is signed by the portal and verified by the client.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use jiff::{Timestamp, ToSpan};
use license::{
    Certificate, CertificateError, Heartbeat, IssuerKey, LicenseKey, Token, ValidationCode, VendorStatus,
};
use portal::{CoreState, NewArtifact, NewEntitled, NewPackage, NewRelease, Portal, Serving, one_time_code};
use std::{collections::BTreeMap, time::SystemTime};
use tempfile::TempDir;
use vendors::{
    CheckOut, Connection, Http, Listed, Listing, Reference, Session, Taken, Turn, Vendor, VendorError,
};

const EMAIL: &str = "ada@demo.example";
const PASSWORD: &str = " correct: horse ";

/// A portal served in this process, with a user of the account `demo`.
struct Local {
    _data: TempDir,
    portal: Portal,
    serving: Serving,
    http: Http,
}

impl Local {
    async fn start() -> Self {
        let data = TempDir::new().unwrap();
        let portal = Portal::open(data.path()).unwrap();
        portal.add_user("demo", EMAIL, PASSWORD, false).unwrap();
        let serving = portal.listen("127.0.0.1:0").await.unwrap();
        Self { _data: data, portal, serving, http: Http::default() }
    }

    /// A client that verifies with a public key.
    fn client(&self, key: &str, fields: &[(&str, &str)], secrets: &[(&str, &str)]) -> Box<dyn Vendor> {
        let own = [("vendor-account", "demo"), ("confirm-host", "127.0.0.1"), ("public-key", key)];
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        let at = Connection {
            address: format!("http://{}", self.serving.address()).parse().unwrap(),
            fields: own.iter().chain(fields).map(owned).collect(),
            secrets: secrets
                .iter()
                .map(|(name, text)| ((*name).to_owned(), Token::new((*text).to_owned())))
                .collect(),
        };
        vendors::connect(&self.http, "aica", &at).unwrap()
    }

    async fn log_in(&self, email: &str, password: &str, code: Option<&str>) -> Result<Session, VendorError> {
        let mut secrets = vec![("password", password)];
        secrets.extend(code.map(|code| ("otp", code)));
        let client = self.client(&self.portal.public_key_hex(), &[("email", email)], &secrets);
        client.sign_in().unwrap().exchange().await
    }

    /// The account as its session opens it.
    fn opened(&self, session: &Session) -> Box<dyn Vendor> {
        let fields: Vec<_> =
            session.fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let token = [("token", session.secrets["token"].expose())];
        self.client(&self.portal.public_key_hex(), &fields, &token)
    }

    async fn account(&self) -> Box<dyn Vendor> {
        self.opened(&self.log_in(EMAIL, PASSWORD, None).await.unwrap())
    }

    fn license(&self, name: &str, max_machines: Option<u32>) -> LicenseKey {
        let entitlements = vec!["core".to_owned(), "vision".to_owned()];
        let new = NewEntitled { name: Some(name.to_owned()), expires: None, entitlements, max_machines };
        LicenseKey::new(self.portal.add_license("demo", EMAIL, new).unwrap().expose().to_owned())
    }

    /// The vendor's id of the license of a key.
    async fn id(&self, account: &dyn Vendor, key: &LicenseKey) -> String {
        account.get(&Reference::Key(key.clone())).await.unwrap().license.vendor_id
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

/// Everything that an account lists, and how many are missing.
async fn whole(account: &dyn Vendor) -> Result<(Vec<Listed>, u64), VendorError> {
    let Listing::Pages(mut pages) = account.list(None).await? else { panic!("nothing was known before") };
    let mut all = Vec::new();
    loop {
        match pages.next().await? {
            Turn::Page { licenses, .. } => all.extend(licenses),
            Turn::End { missing, .. } => return Ok((all, missing)),
        }
    }
}

#[tokio::test]
async fn a_login_opens_a_session_that_lists_until_it_is_logged_out() {
    let local = Local::start().await;
    let key = local.license("cell-07", Some(1));
    let session = local.log_in(EMAIL, PASSWORD, None).await.unwrap();
    let account = local.opened(&session);
    let probe = account.probe().await.unwrap();
    assert_eq!((probe.subject.as_deref(), probe.licenses), (Some(EMAIL), Some(1)));
    let (listed, missing) = whole(account.as_ref()).await.unwrap();
    assert_eq!((listed.len(), missing), (1, 0));
    assert_eq!(listed[0].key, Some(key));
    assert_eq!(listed[0].license.name.as_deref(), Some("cell-07"));
    assert_eq!(listed[0].license.limits["max-machines"], 1);
    let codes: Vec<_> =
        listed[0].license.entitlements.iter().flatten().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["core", "vision"]);

    account.sign_in().unwrap().revoke().await.unwrap();
    account.sign_in().unwrap().revoke().await.unwrap();
    assert_eq!(whole(account.as_ref()).await.unwrap_err().code(), "vendor-unauthorized");
}

#[tokio::test]
async fn a_session_that_has_ended_and_a_user_who_was_switched_off_are_told_apart() {
    let local = Local::start().await;
    let account = local.account().await;
    local.portal.ban_user("demo", EMAIL, true).unwrap();
    assert_eq!(whole(account.as_ref()).await.unwrap_err().code(), "vendor-switched-off");
    local.portal.ban_user("demo", EMAIL, false).unwrap();
    local.portal.expire_tokens("demo").unwrap();
    assert_eq!(whole(account.as_ref()).await.unwrap_err(), VendorError::SessionExpired);
}

#[tokio::test]
async fn a_code_is_asked_for_a_late_one_refused_and_the_present_one_taken() {
    let local = Local::start().await;
    let url = local.portal.add_user("demo", "bo@demo.example", PASSWORD, true).unwrap().unwrap();
    let log_in = |code: Option<String>| {
        let local = &local;
        async move { local.log_in("bo@demo.example", PASSWORD, code.as_deref()).await }
    };
    assert_eq!(log_in(None).await.unwrap_err(), VendorError::OneTimeCodeNeeded);
    assert_eq!(log_in(one_time_code(&url, now() - 120)).await.unwrap_err(), VendorError::OneTimeCodeWrong);
    log_in(one_time_code(&url, now())).await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_is_sent_once_and_a_sixth_login_in_a_minute_is_told_to_wait() {
    let local = Local::start().await;
    assert_eq!(local.log_in(EMAIL, "wrong", None).await.unwrap_err().code(), "vendor-wrong-password");
    assert_eq!(local.log_in(EMAIL, "wrong", None).await.unwrap_err().code(), "vendor-refused-before");
    for _ in 0..4 {
        local.log_in(EMAIL, PASSWORD, None).await.unwrap();
    }
    let error = local.log_in(EMAIL, PASSWORD, None).await.unwrap_err();
    let VendorError::LoginLimited { retry_after: Some(wait) } = error else { panic!("{error:?}") };
    assert!((1..=60).contains(&wait.as_secs()), "{wait:?}");
}

#[tokio::test]
async fn all_pages_come_by_number() {
    let local = Local::start().await;
    let named = |n| NewEntitled { name: Some(format!("cell-{n}")), ..NewEntitled::default() };
    local.portal.add_licenses("demo", EMAIL, 250, named).unwrap();
    let (listed, missing) = whole(local.account().await.as_ref()).await.unwrap();
    let ids: std::collections::BTreeSet<_> = listed.iter().map(|one| &one.license.vendor_id).collect();
    assert_eq!((ids.len(), missing), (250, 0));
}

#[tokio::test]
async fn more_than_a_hundred_pages_come_by_cursor() {
    let local = Local::start().await;
    let named = |n| NewEntitled { name: Some(format!("cell-{n}")), ..NewEntitled::default() };
    local.portal.add_licenses("demo", EMAIL, 10_100, named).unwrap();
    let (listed, missing) = whole(local.account().await.as_ref()).await.unwrap();
    let ids: std::collections::BTreeSet<_> = listed.iter().map(|one| &one.license.vendor_id).collect();
    assert_eq!((ids.len(), missing), (10_100, 0));
}

#[tokio::test]
async fn a_license_without_a_name_and_one_that_is_suspended_are_listed_as_they_are() {
    let local = Local::start().await;
    local.portal.add_license("demo", EMAIL, NewEntitled::default()).unwrap();
    let held = local.license("held", None);
    local.portal.set_suspended(held.expose(), true).unwrap();
    let (listed, _) = whole(local.account().await.as_ref()).await.unwrap();
    let bare = listed.iter().find(|one| one.license.name.is_none()).unwrap();
    assert_eq!(bare.license.label(), &bare.license.vendor_id[bare.license.vendor_id.len() - 6..]);
    let held = listed.iter().find(|one| one.license.label() == "held").unwrap();
    assert_eq!(held.license.vendor_status, Some(VendorStatus::Suspended));
}

#[tokio::test]
async fn a_seat_is_seen_and_released_once() {
    let local = Local::start().await;
    let key = local.license("cell", Some(1));
    let seen = Timestamp::now() - 3.minutes();
    local.portal.add_machine(key.expose(), "aa:bb", "cell-07", Some(seen)).unwrap();
    let account = local.account().await;
    let id = local.id(account.as_ref(), &key).await;
    let seats = account.seats().unwrap();
    let Taken { seats: taken, is_whole } = seats.taken(&id).await.unwrap();
    assert!(is_whole);
    assert_eq!((taken.len(), taken[0].label(), taken[0].fingerprint.as_str()), (1, "cell-07", "aa:bb"));
    assert_eq!(taken[0].heartbeat, Some(Heartbeat::Alive));
    assert_eq!(taken[0].last_heartbeat.map(Timestamp::as_second), Some(seen.as_second()));
    seats.release(&taken[0].id).await.unwrap();
    assert_eq!(seats.release(&taken[0].id).await.unwrap_err().code(), "vendor-not-found");
    assert_eq!(seats.taken(&id).await.unwrap(), Taken { seats: Vec::new(), is_whole: true });
}

#[tokio::test]
async fn a_key_is_validated_with_the_portals_own_code() {
    let local = Local::start().await;
    let (free, bound) = (local.license("free", None), local.license("bound", Some(1)));
    let account = local.account().await;
    let codes = async |key: &LicenseKey| account.validation().unwrap().validate(key).await.unwrap().code;
    assert_eq!(codes(&free).await, ValidationCode::Valid);
    assert_eq!(codes(&bound).await, ValidationCode::NoMachine);
    local.portal.set_suspended(free.expose(), true).unwrap();
    assert_eq!(codes(&free).await, ValidationCode::Suspended);
    let unknown = LicenseKey::new("0A1B2C-3D4E5F-60718A-9BACBD-CEDFE0-V3".to_owned());
    assert_eq!(codes(&unknown).await, ValidationCode::NotFound);
}

#[tokio::test]
async fn a_certificate_is_checked_out_verified_and_opened_with_no_one_else() {
    let local = Local::start().await;
    let key = local.license("cell", None);
    let account = local.account().await;
    let id = local.id(account.as_ref(), &key).await;
    let certificates = account.certificates().unwrap();
    let issuer: IssuerKey = *certificates.issuer().unwrap();
    for encrypted in [false, true] {
        let terms = CheckOut { ttl: Some(86_400), entitlements: true, encrypted };
        let out = certificates.check_out(&id, &terms).await.unwrap();
        let certificate = Certificate::parse(out.text.expose()).unwrap();
        certificate.verify(&issuer).unwrap();
        let certified = certificate.open(Some(&key)).unwrap();
        assert_eq!((certified.license.label(), certified.ttl), ("cell", Some(86_400)));
        assert_eq!(certified.license.entitlements.unwrap().len(), 2);
        assert_eq!(certified.expires, out.expires);
        let without = certificate.open(None).err();
        assert_eq!(without, encrypted.then_some(CertificateError::NeedsKey));
    }
    let short = CheckOut { ttl: Some(60), ..CheckOut::default() };
    assert_eq!(certificates.check_out(&id, &short).await.unwrap_err().code(), "vendor-rejected");
}

#[tokio::test]
async fn packages_releases_and_artifacts_are_those_that_the_key_entitles_to() {
    let local = Local::start().await;
    let artifact =
        NewArtifact { filename: "vision.tar.gz".to_owned(), filesize: Some(4096), ..NewArtifact::default() };
    let release = NewRelease {
        version: "1.2.3".to_owned(),
        channel: "stable".to_owned(),
        status: "PUBLISHED".to_owned(),
        artifacts: vec![artifact],
        ..NewRelease::default()
    };
    for (name, needed) in [("vision", "vision"), ("welding", "welding")] {
        let (key, entitlement) = (name.to_owned(), Some(needed.to_owned()));
        let releases = vec![release.clone()];
        let package =
            NewPackage { name: key.clone(), key, engine: Some("oci".to_owned()), entitlement, releases };
        local.portal.add_package("demo", &package).unwrap();
    }
    let key = local.license("cell", None);
    let account = local.account().await;
    let packages = account.packages().unwrap();
    let open = packages.available(&key).await.unwrap();
    assert_eq!(open.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), ["vision"]);
    let releases = packages.releases(&key, &open[0].id).await.unwrap();
    assert_eq!((releases[0].version.as_str(), releases[0].channel.as_deref()), ("1.2.3", Some("stable")));
    let artifacts = packages.artifacts(&key, &releases[0].id).await.unwrap();
    assert_eq!((artifacts[0].filename.as_str(), artifacts[0].filesize), ("vision.tar.gz", Some(4096)));
}

#[tokio::test]
async fn nothing_is_taken_from_a_portal_with_another_key() {
    let local = Local::start().await;
    let session = local.log_in(EMAIL, PASSWORD, None).await.unwrap();
    let other = Portal::open(TempDir::new().unwrap().path()).unwrap().public_key_hex();
    let account = local.client(&other, &[], &[("token", session.secrets["token"].expose())]);
    assert_eq!(account.probe().await.unwrap_err(), VendorError::BadSignature { what: "signature" });
}

#[tokio::test]
async fn the_core_of_this_computer_is_asked_until_it_knows() {
    let local = Local::start().await;
    let address = format!("http://{}/core/api", local.serving.address()).parse().unwrap();
    let core = vendors::local_core(&local.http, "aica", &address).unwrap();
    assert_eq!(core.state().await, Ok(vendors::CoreState::Undetermined));
    let packages: BTreeMap<_, _> = [("core".to_owned(), "4.2.0".to_owned())].into();
    let state =
        CoreState { online: true, packages: packages.clone(), entitlements: vec!["vision".to_owned()] };
    local.portal.set_core(Some(&state)).unwrap();
    let told =
        vendors::CoreState::Reported { online: true, packages, entitlements: vec!["vision".to_owned()] };
    assert_eq!(core.state().await, Ok(told));
}
