//! A login opens only for where it may be sent: a library that is edited from outside cannot send it elsewhere.

use crate::room::{Room, query};
use crate::stage::shell;
use license::{AccountId, Password};
use std::collections::BTreeMap;
use vault::{Home, NewAccount, SecretError, SecretKind, SecretOwner, Vault};

const TOKEN: SecretKind = SecretKind::Login("token");

fn connected(room: &Room) -> AccountId {
    let account = NewAccount {
        provider: "aica".to_owned(),
        name: "robots".to_owned(),
        address: "https://licensing.example".to_owned(),
        fields: BTreeMap::from([("vendor-account".to_owned(), "demo".to_owned())]),
    };
    let id = room.library().add_account(&account).unwrap();
    room.library().put_secret(SecretOwner::Account(id), TOKEN, "user-token").unwrap();
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
fn an_edited_account_gets_no_login() {
    for edit in EDITS {
        let room = Room::unlocked();
        let account = connected(&room);
        query(&room.vault, edit);
        assert_refused(&room.vault, account);
    }
}

#[test]
fn an_edited_account_gets_no_session_login() {
    for edit in EDITS {
        let room = Room::new();
        room.vault.lock().keep_for_session_only();
        let account = connected(&room);
        query(&room.vault, edit);
        assert_refused(&room.vault, account);
    }
}

#[test]
fn changed_fields_keep_the_login() {
    for session_only in [false, true] {
        let room = if session_only { Room::new() } else { Room::unlocked() };
        if session_only {
            room.vault.lock().keep_for_session_only();
        }
        let account = connected(&room);
        let fields = BTreeMap::from([("vendor-account".to_owned(), "renamed".to_owned())]);
        room.library().set_login(account, [], &fields).unwrap();
        let login = room.library().login(account, "token").unwrap().unwrap();
        assert_eq!(login.expose(), "user-token", "session only: {session_only}");
    }
}

#[test]
fn a_renamed_account_keeps_its_login() {
    let room = Room::unlocked();
    let account = connected(&room);
    room.library().rename_account(account, "cells").unwrap();
    assert_eq!(room.library().login(account, "token").unwrap().unwrap().expose(), "user-token");
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
