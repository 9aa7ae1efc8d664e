//! A login opens only for where it may be sent: a library that is edited from outside cannot send it elsewhere.

use crate::stage::{Keyring, shell, with_keyring};
use crate::test_home::{TestHome, keyring_entry, query};
use data_encoding::{HEXLOWER, HEXUPPER};
use license::{AccountId, Password};
use std::collections::BTreeMap;
use vault::{Home, NewAccount, SecretError, SecretKind, SecretOwner, Vault};

const TOKEN: SecretKind = SecretKind::Login("token");

fn connected(home: &TestHome) -> AccountId {
    let account = NewAccount {
        provider: "aica".to_owned(),
        name: "robots".to_owned(),
        address: "https://licensing.example".to_owned(),
        fields: BTreeMap::from([("vendor-account".to_owned(), "demo".to_owned())]),
    };
    let id = home.library().add_account(&account).unwrap();
    home.library().put_secret(SecretOwner::Account(id), TOKEN, "user-token").unwrap();
    id
}

#[track_caller]
fn assert_refused(vault: &Vault, account: AccountId) {
    let refused = vault.library().login(account, "token").unwrap_err();
    assert!(matches!(refused, SecretError::Tampered { .. }), "{refused:?}");
    assert!(!format!("{refused:?} {refused}").contains("user-token"));
}

const EDITS: &[&str] = &[
    "UPDATE accounts SET address = 'http://licensing.example'",
    "UPDATE accounts SET address = 'https://attacker.example'",
    "UPDATE accounts SET address = 'https://licensing.example:8443'",
    "UPDATE accounts SET address = 'https://licensing.example/other'",
    "UPDATE accounts SET provider = 'aidbox'",
    "UPDATE accounts SET fields = json_set(fields, '$.vendor-account', 'other')",
    "UPDATE accounts SET fields = json_set(fields, '$.ca', 'of the attacker')",
];

#[test]
fn login_of_an_edited_account_is_refused() {
    for edit in EDITS {
        let home = TestHome::unlocked();
        let account = connected(&home);
        query(&home.vault, edit);
        assert_refused(&home.vault, account);
    }
}

#[test]
fn session_login_of_an_edited_account_is_refused() {
    for edit in EDITS {
        let home = TestHome::new();
        home.vault.lock().keep_for_session_only();
        let account = connected(&home);
        query(&home.vault, edit);
        assert_refused(&home.vault, account);
    }
}

#[test]
fn changed_fields_keep_the_login() {
    for session_only in [false, true] {
        let home = if session_only { TestHome::new() } else { TestHome::unlocked() };
        if session_only {
            home.vault.lock().keep_for_session_only();
        }
        let account = connected(&home);
        let fields = BTreeMap::from([("vendor-account".to_owned(), "renamed".to_owned())]);
        home.library().set_login(account, [], &fields).unwrap();
        let login = home.library().login(account, "token").unwrap().unwrap();
        assert_eq!(login.expose(), "user-token", "session only: {session_only}");
    }
}

#[test]
fn a_renamed_account_keeps_its_login() {
    let home = TestHome::unlocked();
    let account = connected(&home);
    home.library().rename_account(account, "cells").unwrap();
    assert_eq!(home.library().login(account, "token").unwrap().unwrap().expose(), "user-token");
}

/// A library whose logins were sealed before they were bound, and its passphrase.
fn of_the_first_layout(dir: &std::path::Path) -> (Home, Password) {
    let home = Home::at(dir);
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vault/fixtures/layout-1.sql");
    shell(&format!("sqlite3 {} < {fixture}", home.library().display()));
    (home, Password::new("four ravens on a wire".to_owned()))
}

#[test]
fn an_old_library_is_bound_at_its_first_unlock() {
    let dir = tempfile::tempdir().unwrap();
    let (home, passphrase) = of_the_first_layout(dir.path());
    let vault = Vault::open(home.clone()).unwrap();
    vault.lock().unlock_with_passphrase(&passphrase).unwrap();
    let account = AccountId(1);
    assert!(vault.library().login(account, "token").unwrap().is_some());
    query(&vault, "UPDATE accounts SET address = 'https://attacker.example' WHERE id = 1");
    assert_refused(&vault, account);
}

#[test]
fn a_row_cannot_claim_to_be_an_old_one_later() {
    let dir = tempfile::tempdir().unwrap();
    let (home, passphrase) = of_the_first_layout(dir.path());
    let old = {
        let vault = Vault::open(home.clone()).unwrap();
        let old = query(&vault, "SELECT hex(sealed) FROM secrets WHERE owner_kind = 'account'");
        vault.lock().unlock_with_passphrase(&passphrase).unwrap();
        old
    };
    let vault = Vault::open(home).unwrap();
    query(&vault, "UPDATE accounts SET address = 'https://attacker.example' WHERE id = 1");
    query(&vault, &format!("UPDATE secrets SET sealed = x'{old}' WHERE owner_kind = 'account'"));
    vault.lock().unlock_with_passphrase(&passphrase).unwrap();
    assert_refused(&vault, AccountId(1));
}

#[test]
fn session_cannot_unbind_a_sealed_login() {
    let home = TestHome::unlocked();
    let account = connected(&home);
    let session = home.reopened();
    session.lock().keep_for_session_only();
    let fields = BTreeMap::from([("vendor-account".to_owned(), "renamed".to_owned())]);
    let refused = session.library().set_login(account, [], &fields).unwrap_err();
    assert!(matches!(refused, SecretError::Locked), "{refused:?}");
    assert_eq!(home.library().login(account, "token").unwrap().unwrap().expose(), "user-token");
}

#[test]
fn session_login_for_other_fields_replaces_the_sealed_one() {
    let home = TestHome::unlocked();
    let account = connected(&home);
    let session = home.reopened();
    session.lock().keep_for_session_only();
    let fields = BTreeMap::from([("vendor-account".to_owned(), "renamed".to_owned())]);
    session.library().set_login(account, [("token", "new-token")], &fields).unwrap();
    assert_eq!(session.library().login(account, "token").unwrap().unwrap().expose(), "new-token");
    assert_eq!(home.library().login(account, "token").unwrap(), None, "not one that never opens");
}

#[test]
fn session_login_for_the_same_fields_leaves_the_sealed_one() {
    let home = TestHome::unlocked();
    let account = connected(&home);
    let session = home.reopened();
    session.lock().keep_for_session_only();
    let fields = home.library().account(account).unwrap().unwrap().fields;
    session.library().set_login(account, [("token", "new-token")], &fields).unwrap();
    assert_eq!(home.library().login(account, "token").unwrap().unwrap().expose(), "user-token");
}

/// What the keyring has under this home's id.
fn entry(vault: &Vault) -> String {
    shell(&format!("secret-tool lookup {}", keyring_entry(vault)))
}

/// Writes this home's entry; with attributes, a second one of the same name.
fn write_entry(vault: &Vault, text: &str, attributes: &str) {
    let entry = keyring_entry(vault);
    shell(&format!("printf %s '{text}' | secret-tool store --label=x {entry} {attributes}"));
}

/// A login as the first versions sealed it, bound to its row alone, in hexadecimal.
fn sealed_unbound(key: &str, account: AccountId) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use chacha20poly1305::aead::{Aead, KeyInit, Payload};
    let key: [u8; 32] = STANDARD.decode(key).unwrap().try_into().unwrap();
    let (nonce, aad) = ([0_u8; 24], format!("secrets/account/{}/token", account.0));
    let cipher = chacha20poly1305::XChaCha20Poly1305::new(&key.into());
    let sealed = cipher.encrypt(&nonce.into(), Payload { msg: b"user-token", aad: aad.as_bytes() }).unwrap();
    HEXLOWER.encode(&[&nonce[..], &sealed].concat())
}

fn put_sealed(vault: &Vault, sealed: &str) {
    query(vault, &format!("UPDATE secrets SET sealed = x'{sealed}' WHERE owner_kind = 'account'"));
}

/// A home in the keyring as the first versions left it: its login is not bound, its entry is not marked, and its place is not
/// recorded. Returns its account and the key of the entry.
fn of_an_old_version() -> (TestHome, AccountId, String) {
    let home = TestHome::new();
    home.vault.lock().unlock_from_keyring(false).unwrap();
    let account = connected(&home);
    let key = entry(&home.vault).trim_start_matches("2:").to_owned();
    put_sealed(&home.vault, &sealed_unbound(&key, account));
    query(&home.vault, "UPDATE meta SET place = NULL, place_device = NULL, owns_entry = 0");
    write_entry(&home.vault, &key, "");
    (home, account, key)
}

/// Puts the key of a library of the first layout into the keyring as well, as the first versions did. Returns the entry.
fn with_unmarked_entry(vault: &Vault, passphrase: &Password) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use chacha20poly1305::aead::{Aead, KeyInit, Payload};
    let bytes = |column: &str| -> Vec<u8> {
        let hex = query(vault, &format!("SELECT hex({column}) FROM slots WHERE kind = 'passphrase'"));
        HEXUPPER.decode(hex.as_bytes()).unwrap()
    };
    let number = |column: &str| query(vault, &format!("SELECT {column} FROM slots")).parse().unwrap();
    let cost =
        argon2::Params::new(number("memory_kib"), number("passes"), number("lanes"), Some(32)).unwrap();
    let mut wrapper = [0_u8; 32];
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, cost)
        .hash_password_into(passphrase.expose().as_bytes(), &bytes("salt"), &mut wrapper)
        .unwrap();
    let place = format!("slots/passphrase/{}", query(vault, "SELECT wrapped_for FROM slots"));
    let sealed = bytes("sealed");
    let (nonce, sealed) = sealed.split_first_chunk::<24>().unwrap();
    let key = chacha20poly1305::XChaCha20Poly1305::new(&wrapper.into())
        .decrypt(&(*nonce).into(), Payload { msg: sealed, aad: place.as_bytes() })
        .unwrap();
    let text = STANDARD.encode(key);
    query(vault, "INSERT INTO slots (kind, key_id) SELECT 'keyring', key_id FROM slots");
    write_entry(vault, &text, "");
    text
}

#[track_caller]
fn assert_bound(home: &TestHome, account: AccountId, key: &str) {
    let vault = home.reopened();
    vault.lock().unlock_from_keyring(false).unwrap();
    assert_eq!(vault.library().login(account, "token").unwrap().unwrap().expose(), "user-token");
    put_sealed(&vault, &sealed_unbound(key, account));
    let vault = home.reopened();
    vault.lock().unlock_from_keyring(false).unwrap();
    assert_refused(&vault, account);
}

#[test]
fn first_unlock_from_the_keyring_marks_its_entry() {
    with_keyring("sealed::binding::first_unlock_from_the_keyring_marks_its_entry", Keyring::Unlocked, || {
        let (home, account, key) = of_an_old_version();
        home.reopened().lock().unlock_from_keyring(false).unwrap();
        assert_eq!(entry(&home.vault), format!("2:{key}"));
        assert_bound(&home, account, &key);
    });
}

#[test]
fn first_unlock_marks_both_entries_of_one_key() {
    with_keyring("sealed::binding::first_unlock_marks_both_entries_of_one_key", Keyring::Unlocked, || {
        let (home, _, key) = of_an_old_version();
        write_entry(&home.vault, &key, "application python");
        home.reopened().lock().unlock_from_keyring(false).unwrap();
        let entry = keyring_entry(&home.vault);
        let found = shell(&format!("secret-tool search --all {entry} 2>/dev/null"));
        let marked = found.lines().filter(|line| *line == format!("secret = 2:{key}")).count();
        assert_eq!(marked, 2, "{found}");
    });
}

#[test]
fn first_unlock_by_passphrase_marks_the_keyring_entry() {
    with_keyring(
        "sealed::binding::first_unlock_by_passphrase_marks_the_keyring_entry",
        Keyring::Unlocked,
        || {
            let dir = tempfile::tempdir().unwrap();
            let (home, passphrase) = of_the_first_layout(dir.path());
            let vault = Vault::open(home.clone()).unwrap();
            let key = with_unmarked_entry(&vault, &passphrase);
            vault.lock().unlock_with_passphrase(&passphrase).unwrap();
            assert_eq!(entry(&vault), format!("2:{key}"));
        },
    );
}

#[test]
fn login_that_a_copy_bound_elsewhere_is_entered_again() {
    with_keyring(
        "sealed::binding::login_that_a_copy_bound_elsewhere_is_entered_again",
        Keyring::Unlocked,
        || {
            let (home, account, _) = of_an_old_version();
            let copy = home.dir.path().join("copy");
            shell(&format!("cp -a {} {}", home.path().display(), copy.display()));
            let copy = Vault::open(Home::at(copy)).unwrap();
            copy.lock().unlock_from_keyring(false).unwrap();
            assert!(copy.library().login(account, "token").unwrap().is_some());
            let original = home.reopened();
            original.lock().unlock_from_keyring(false).unwrap();
            assert_eq!(original.library().login(account, "token").unwrap(), None);
            original.library().put_secret(SecretOwner::Account(account), TOKEN, "new-token").unwrap();
            let later = home.reopened();
            later.lock().unlock_from_keyring(false).unwrap();
            assert_eq!(later.library().login(account, "token").unwrap().unwrap().expose(), "new-token");
        },
    );
}

#[test]
fn copy_without_its_own_entry_marks_none() {
    with_keyring("sealed::binding::copy_without_its_own_entry_marks_none", Keyring::Unlocked, || {
        let dir = tempfile::tempdir().unwrap();
        let (original, copy) = (dir.path().join("original"), dir.path().join("copy"));
        std::fs::create_dir(&original).unwrap();
        let (home, passphrase) = of_the_first_layout(&original);
        let vault = Vault::open(home).unwrap();
        let key = with_unmarked_entry(&vault, &passphrase);
        let place = original.canonicalize().unwrap();
        query(&vault, &format!("UPDATE meta SET place = CAST('{}' AS BLOB)", place.display()));
        shell(&format!("cp -a {} {}", original.display(), copy.display()));
        let copy = Vault::open(Home::at(copy)).unwrap();
        copy.lock().unlock_with_passphrase(&passphrase).unwrap();
        assert!(copy.library().login(AccountId(1), "token").unwrap().is_some());
        assert_eq!(entry(&vault), key, "the entry of the original");
    });
}
