//! The dashboard client and the local portal, which share no code, over real HTTP: each holds the other to the document.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use license::{InstanceStatus, LicenseKey, Token};
use portal::{Portal, Serving, Stats};
use tempfile::TempDir;
use vendors::{Connection, Http, InstanceToken, Vendor, VendorError};

const PASSWORD: &str = "pass: word ";

/// A portal served in this process with one instance.
struct Local {
    _data: TempDir,
    portal: Portal,
    serving: Serving,
}

impl Local {
    async fn start() -> Self {
        let data = TempDir::new().unwrap();
        let portal = Portal::open(data.path()).unwrap();
        portal.add_instance("demo", "admin", PASSWORD).unwrap();
        let serving = portal.listen("127.0.0.1:0").await.unwrap();
        Self { _data: data, portal, serving }
    }

    fn account(&self, name: &str, user: &str, password: &str) -> Box<dyn Vendor> {
        let at = Connection {
            address: format!("http://{}/instances/{name}/", self.serving.address()).parse().unwrap(),
            fields: [("user".to_owned(), user.to_owned())].into(),
            secrets: [("password".to_owned(), Token::new(password.to_owned()))].into(),
        };
        vendors::connect(&Http::default(), "dashboard", &at).unwrap()
    }

    fn token(&self, expires: Option<&str>, sub: Option<&str>) -> LicenseKey {
        let expires = expires.map(|time| time.parse().unwrap());
        LicenseKey::new(self.portal.instance_token("demo", expires, sub).unwrap().expose().to_owned())
    }
}

fn token_of(account: &dyn Vendor) -> &dyn InstanceToken {
    account.instance_token().unwrap()
}

#[tokio::test]
async fn a_token_is_applied_renewed_and_removed_over_the_wire() {
    let local = Local::start().await;
    let account = local.account("demo", "admin", PASSWORD);
    let token = token_of(account.as_ref());
    assert_eq!((token.check().await, token.current().await), (Ok(false), Ok(None)));
    assert_eq!(token.renew().await, Err(VendorError::NotFound { words: None }));

    let applied = token.apply(&local.token(None, None)).await.unwrap();
    assert_eq!(applied.status, Some(InstanceStatus::Valid));
    assert!(applied.other.is_empty(), "every field of the portal is known: {applied:?}");
    assert_eq!(token.check().await, Ok(true));
    assert_eq!(account.probe().await.unwrap().licenses, Some(1));

    let renewed = token.renew().await.unwrap();
    assert_ne!(renewed.jti, applied.jti);
    assert_eq!((renewed.lid, renewed.license_expires), (applied.lid, applied.license_expires));

    token.remove().await.unwrap();
    token.remove().await.unwrap();
    assert_eq!(token.current().await, Ok(None));
}

#[tokio::test]
async fn what_the_preflight_finds_is_what_the_instance_says() {
    let local = Local::start().await;
    let account = local.account("demo", "admin", PASSWORD);
    let token = token_of(account.as_ref());
    let seen = |key: &LicenseKey| license::preflight(key.expose(), token.root(), jiff::Timestamp::now());
    for (key, word, status) in [
        (local.token(Some("2020-01-01T00:00:00Z"), None), "license-expired", InstanceStatus::Expired),
        (local.token(None, Some("https://other.example/")), "wrong-instance", InstanceStatus::InvalidSubject),
    ] {
        let findings = seen(&key).findings;
        assert!(findings.iter().any(|finding| finding.word() == word), "{findings:?}");
        assert_eq!(token.apply(&key).await.unwrap().status, Some(status));
    }
    let good = local.token(None, Some(&format!("{}/", token.root())));
    assert_eq!(seen(&good).findings, []);
}

#[tokio::test]
async fn a_torn_token_is_refused_and_changes_nothing() {
    let local = Local::start().await;
    let account = local.account("demo", "admin", PASSWORD);
    let token = token_of(account.as_ref());
    let whole = local.token(None, None);
    let two_parts = whole.expose().rsplit_once('.').unwrap().0.to_owned();
    let error = token.apply(&LicenseKey::new(two_parts)).await.unwrap_err();
    assert!(matches!(error, VendorError::Rejected { status: 400, .. }), "{error:?}");
    assert_eq!(token.current().await, Ok(None));
}

#[tokio::test]
async fn the_users_in_use_are_counted() {
    let local = Local::start().await;
    let account = local.account("demo", "admin", PASSWORD);
    let usage = token_of(account.as_ref()).usage().await.unwrap();
    assert!(usage.active_users.is_some() && usage.active_anonymous_devices.is_some(), "{usage:?}");
    let stats = Stats {
        active_users: 14,
        active_admins_and_editors: 5,
        active_viewers: 9,
        active_anonymous_devices: 2,
    };
    local.portal.set_stats("demo", stats).unwrap();
    assert_eq!(token_of(account.as_ref()).usage().await.unwrap().active_users, Some(14));
}

#[tokio::test]
async fn each_refusal_of_the_portal_is_told_for_what_it_is() {
    let local = Local::start().await;
    local.portal.add_instance_user("demo", "reader", PASSWORD, &["read"]).unwrap();
    let reader = local.account("demo", "reader", PASSWORD);
    assert_eq!(token_of(reader.as_ref()).check().await, Ok(false));
    let error = token_of(reader.as_ref()).remove().await.unwrap_err();
    let VendorError::Forbidden { permission, .. } = error else { panic!("{error:?}") };
    assert_eq!(permission.as_deref(), Some("licensing:delete"));

    let nowhere = local.account("elsewhere", "admin", PASSWORD);
    assert_eq!(nowhere.probe().await.unwrap_err(), VendorError::NotEnterprise);

    let wrong = local.account("demo", "admin", "wrong");
    assert!(matches!(wrong.probe().await, Err(VendorError::WrongPassword { .. })));
    assert!(matches!(wrong.probe().await, Err(VendorError::RefusedBefore { .. })));
}
