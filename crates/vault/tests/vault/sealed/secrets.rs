//! Secrets: sealed, in memory, tampered with, searched for.

use crate::stage::shell;
use crate::test_home::{TestHome, add_account, dev, now, passphrase};
use base64::Engine as _;
use data_encoding::HEXLOWER;
use license::{AccountId, KeyForm, LicenseId, LicenseKey};
use std::path::Path;
use vault::{KeptBy, LibraryError, LockState, SecretError, SecretKind, SecretOwner};

const KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

fn of(account: AccountId) -> SecretOwner {
    SecretOwner::Account(account)
}

#[test]
fn a_secret_is_read_back_replaced_and_goes_with_its_owner() {
    let home = TestHome::unlocked();
    let account = home.north();
    let owner = of(account);
    home.library().put_secret(owner, SecretKind::Login("token"), "first").unwrap();
    home.library().put_secret(owner, SecretKind::Login("token"), "second žluť").unwrap();
    home.library().put_secret(owner, SecretKind::Key, "").unwrap();
    let token = home.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap();
    assert_eq!(*token, "second žluť");
    assert_eq!(*home.library().secret(owner, SecretKind::Key).unwrap().unwrap(), "");
    home.library().remove_account(account).unwrap();
    assert!(home.library().secret(owner, SecretKind::Login("token")).unwrap().is_none());
    assert_eq!(home.sealed_secrets(), "0");
}

#[test]
fn each_secret_field_of_a_login_is_kept_by_its_name() {
    let home = TestHome::unlocked();
    let account = home.north();
    home.library().put_secret(of(account), SecretKind::Login("token"), "t").unwrap();
    home.library().put_secret(of(account), SecretKind::Login("password"), "p").unwrap();
    let kept = |field| home.library().login(account, field).unwrap().map(|secret| secret.expose().to_owned());
    assert_eq!((kept("token").as_deref(), kept("password").as_deref()), (Some("t"), Some("p")));
    assert_eq!(kept("pin"), None);
}

#[test]
fn while_it_is_locked_the_list_opens_and_tells_which_keys_are_kept() {
    let home = TestHome::unlocked();
    let ids = home.list(home.north(), &[dev("v1", "one"), dev("v2", "two")]);
    home.library().put_secret(SecretOwner::License(ids[0]), SecretKind::Key, KEY).unwrap();

    let later = home.reopened();
    assert_eq!(later.lock().state().unwrap(), LockState::Locked(KeptBy::Passphrase));
    let library = later.library();
    let rows = library.window(&Default::default(), now(), 30).unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.has_key).collect::<Vec<_>>(), [true, false]);
    assert!(matches!(library.license_key(ids[0]), Err(SecretError::Locked)));
    assert!(library.license_key(ids[1]).unwrap().is_none(), "there is none to unlock");
    let put = library.put_secret(SecretOwner::License(ids[1]), SecretKind::Key, KEY);
    assert!(matches!(put, Err(SecretError::Locked)));

    later.lock().unlock_with_passphrase(&passphrase()).unwrap();
    assert_eq!(library.license_key(ids[0]).unwrap().unwrap().expose(), KEY);
}

#[test]
fn thousands_of_keys_are_kept_at_once_and_only_new_ones_change_a_row() {
    let home = TestHome::unlocked();
    let page: Vec<_> = (0..2_000).map(|n| dev(&format!("v{n}"), "x")).collect();
    let ids = home.list(home.north(), &page);
    let put = |last: &str| {
        let keys: Vec<_> = ids.iter().map(|id| format!("key of {id}")).collect();
        let mut secrets: Vec<_> = ids
            .iter()
            .zip(&keys)
            .map(|(id, key)| (SecretOwner::License(*id), SecretKind::Key, key.as_str()))
            .collect();
        secrets.last_mut().unwrap().2 = last;
        home.library().put_secrets(secrets).unwrap();
    };
    put("one");
    let before = home.library().rev().unwrap();
    put("other");
    assert_eq!(home.library().changed_since(before).unwrap().licenses, ids[1_999..]);
    assert_eq!(home.library().license_key(ids[0]).unwrap().unwrap().expose(), format!("key of {}", ids[0]));
    assert_eq!(home.library().count_license_keys(AccountId(1)).unwrap(), 2_000);
}

#[test]
fn sealed_rows_that_were_swapped_or_changed_do_not_open() {
    let home = TestHome::unlocked();
    let (north, south) = (of(home.north()), of(add_account(home.library(), "south")));
    home.library().put_secret(north, SecretKind::Login("token"), "token of north").unwrap();
    home.library().put_secret(south, SecretKind::Login("token"), "token of south").unwrap();
    let database = home.vault.home().library();
    let database = database.display();

    shell(&format!(
        "sqlite3 {database} 'UPDATE secrets SET sealed = (SELECT o.sealed FROM secrets o WHERE o.owner <> secrets.owner)'"
    ));
    let swapped = home.library().secret(north, SecretKind::Login("token")).unwrap_err();
    assert!(matches!(swapped, SecretError::Tampered { owner, .. } if owner == north), "{swapped}");

    home.library().put_secret(north, SecretKind::Login("token"), "token of north").unwrap();
    shell(&format!("sqlite3 {database} \"UPDATE secrets SET kind = 'key' WHERE owner = 1\""));
    let moved = home.library().secret(north, SecretKind::Key).unwrap_err();
    assert!(matches!(moved, SecretError::Tampered { .. }), "{moved}");

    home.library().put_secret(north, SecretKind::Login("token"), "token of north").unwrap();
    shell(&format!("sqlite3 {database} \"UPDATE secrets SET sealed = x'00'\""));
    let cut = home.library().secret(north, SecretKind::Login("token")).unwrap_err();
    assert!(matches!(cut, SecretError::Tampered { .. }), "{cut}");
    assert!(!format!("{cut:?}{cut}").contains("token of north"), "an error tells no secret");
}

#[test]
fn for_this_session_only_means_in_memory_only() {
    let home = TestHome::new();
    home.vault.lock().keep_for_session_only();
    let account = home.north();
    let owner = of(account);
    home.library().put_secret(owner, SecretKind::Login("token"), "token").unwrap();
    let id = import(&home);
    assert_eq!(home.vault.lock().state().unwrap(), LockState::Unlocked(KeptBy::Session));
    assert_eq!(*home.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");
    assert!(home.license(id).has_key && home.all()[0].has_key);
    assert_eq!(home.sealed_secrets(), "0");

    let later = home.reopened();
    assert_eq!(later.lock().state().unwrap(), LockState::New);
    assert!(later.library().secret(owner, SecretKind::Login("token")).unwrap().is_none());
    assert!(!later.library().license(id).unwrap().unwrap().has_key);

    home.library().remove_account(account).unwrap();
    assert!(home.library().secret(owner, SecretKind::Login("token")).unwrap().is_none());
}

#[test]
fn what_was_kept_for_the_session_is_sealed_once_a_passphrase_is_chosen() {
    let home = TestHome::new();
    home.vault.lock().keep_for_session_only();
    let id = import(&home);
    home.vault.lock().unlock_with_passphrase(&passphrase()).unwrap();
    let later = home.reopened();
    later.lock().unlock_with_passphrase(&passphrase()).unwrap();
    assert_eq!(later.library().license_key(id).unwrap().unwrap().expose(), KEY);
}

#[test]
fn a_key_that_could_not_be_kept_leaves_no_license_behind() {
    let home = TestHome::new();
    let key = LicenseKey::new(KEY.to_owned());
    let refused = home.library().import_key(&dev("derived", "robot"), KeyForm::System, &key, now());
    assert!(matches!(refused, Err(SecretError::Locked)));
    assert!(home.all().is_empty());
}

#[test]
fn the_home_never_holds_a_secret_that_can_be_read() {
    let home = TestHome::unlocked();
    let account = home.north();
    let id = import(&home);
    home.library().put_secret(of(account), SecretKind::Login("token"), KEY).unwrap();
    assert_none_in(&home.path());
    home.library().remove_account(account).unwrap();
    home.library().remove_license(id).unwrap();
    assert_none_in(&home.path());
    home.vault.lock().forget_secrets().unwrap();
    let path = home.path();
    drop(home.vault);
    assert_none_in(&path);
}

#[test]
fn a_session_that_was_ended_is_forgotten_and_the_account_stays_with_its_other_secrets() {
    for home in [TestHome::unlocked(), TestHome::new()] {
        if home.vault.lock().state().unwrap() == vault::LockState::New {
            home.vault.lock().keep_for_session_only();
        }
        let account = home.north();
        home.library().put_secret(of(account), SecretKind::Login("token"), KEY).unwrap();
        home.library().put_secret(of(account), SecretKind::Login("previous-token"), KEY).unwrap();
        home.library().remove_login(account, &["token"]).unwrap();
        assert_eq!(home.library().login(account, "token").unwrap(), None);
        assert!(home.library().login(account, "previous-token").unwrap().is_some());
    }
}

#[test]
fn a_login_is_kept_with_its_fields_or_not_at_all() {
    for home in [TestHome::unlocked(), TestHome::new()] {
        if home.vault.lock().state().unwrap() == vault::LockState::New {
            home.vault.lock().keep_for_session_only();
        }
        let library = home.library();
        let account = home.north();
        let kept = || {
            let fields = library.account(account).unwrap().unwrap().fields;
            let token = library.login(account, "token").unwrap();
            (token.map(|token| token.expose().to_owned()), fields.get("token-id").cloned())
        };
        let fields = |id: &str| [("token-id".to_owned(), id.to_owned())].into();
        library.set_login(account, [("token", "first")], &fields("1")).unwrap();
        assert_eq!(kept(), (Some("first".to_owned()), Some("1".to_owned())));
        let nobody = AccountId(account.0 + 1);
        let refused = library.set_login(nobody, [("token", "lost")], &fields("2"));
        assert!(matches!(refused, Err(SecretError::Library(LibraryError::NoSuchAccount))));
        assert_eq!(library.login(nobody, "token").unwrap(), None, "the secret of nobody");
    }
    let home = TestHome::unlocked();
    let account = home.north();
    home.reopened().lock().forget_secrets().unwrap();
    let fields = [("token-id".to_owned(), "3".to_owned())].into();
    let refused = home.library().set_login(account, [("token", "third")], &fields);
    assert!(matches!(refused, Err(SecretError::Locked)));
    assert!(home.library().account(account).unwrap().unwrap().fields.is_empty(), "its id without its token");
}

#[test]
fn a_key_that_another_process_forgot_seals_nothing_more() {
    let home = TestHome::unlocked();
    let owner = of(home.north());
    home.reopened().lock().forget_secrets().unwrap();
    let refused = home.library().put_secret(owner, SecretKind::Login("token"), "token");
    assert!(matches!(refused, Err(SecretError::Locked)));
    assert_eq!(home.sealed_secrets(), "0");
}

#[test]
fn the_library_prints_no_secret() {
    let home = TestHome::unlocked();
    home.library().put_secret(of(home.north()), SecretKind::Login("token"), KEY).unwrap();
    home.vault.lock().keep_for_session_only();
    assert!(!format!("{:?}", home.vault).contains(KEY));
}

fn import(home: &TestHome) -> LicenseId {
    let key = LicenseKey::new(KEY.to_owned());
    home.library().import_key(&dev("derived", "robot"), KeyForm::System, &key, now()).unwrap().unwrap()
}

/// Searches every file for the key and for the passphrase: as they are, in base64 and in hexadecimal.
#[track_caller]
fn assert_none_in(folder: &Path) {
    let mut searched = 0;
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        searched += bytes.len();
        for secret in [KEY, passphrase().expose()] {
            let hex = HEXLOWER.encode(secret.as_bytes());
            // Two characters from each end: base64 depends on what stands before and after.
            let encoded = base64::engine::general_purpose::STANDARD_NO_PAD.encode(secret);
            for form in [secret, &encoded[..encoded.len() - 4], &hex, &hex.to_uppercase()] {
                let found = bytes.windows(form.len()).any(|window| window == form.as_bytes());
                assert!(!found, "{} holds a secret", path.display());
            }
        }
    }
    assert!(searched > 10_000, "the search found the library");
}
