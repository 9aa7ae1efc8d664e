//! The keyring, with the real daemon on a session bus of its own.

use crate::stage::{
    Keyring, keyring_process, lock_keyring, shell, signal, start_keyring, unlock_keyring, with_keyring,
};
use crate::test_home::{TestHome, keyring_entry, passphrase};
use std::time::{Duration, Instant};
use testkit::until;
use vault::{KeptBy, KeyringState, Lock, LockError, LockState, SecretKind, SecretOwner, Vault};

/// The entry as `secret-tool` reads it; nothing where it is not there.
fn entry(vault: &Vault) -> Option<String> {
    let found = shell(&format!("secret-tool lookup {} || true", keyring_entry(vault)));
    (!found.is_empty()).then_some(found)
}

fn keep_token(home: &TestHome) -> SecretOwner {
    let owner = SecretOwner::Account(home.north());
    home.library().put_secret(owner, SecretKind::Login("token"), "token").unwrap();
    owner
}

#[test]
fn a_new_home_keeps_its_key_in_an_open_keyring() {
    with_keyring("sealed::keyring::a_new_home_keeps_its_key_in_an_open_keyring", Keyring::Unlocked, || {
        let home = TestHome::new();
        assert_eq!(home.vault.lock().keyring_state().unwrap(), KeyringState::Ready);
        assert_eq!(entry(&home.vault), None, "opening a home touches nothing");
        home.vault.lock().unlock_from_keyring(false).unwrap();
        let owner = keep_token(&home);
        assert_eq!(home.vault.lock().state().unwrap(), LockState::Unlocked(KeptBy::Keyring));
        assert_eq!(entry(&home.vault).unwrap().len(), 46, "a mark, and 32 bytes in base64");

        let later = home.reopened();
        assert_eq!(later.lock().state().unwrap(), LockState::Locked(KeptBy::Keyring));
        later.lock().unlock_from_keyring(false).unwrap();
        assert_eq!(*later.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");
    });
}

#[test]
fn a_home_that_is_moved_finds_its_entry() {
    with_keyring("sealed::keyring::a_home_that_is_moved_finds_its_entry", Keyring::Unlocked, || {
        let home = TestHome::new();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        let owner = keep_token(&home);
        let TestHome { dir, vault } = home;
        drop(vault);
        std::fs::rename(dir.path().join("home"), dir.path().join("moved")).unwrap();
        let moved = Vault::open(vault::Home::at(dir.path().join("moved"))).unwrap();
        moved.lock().unlock_from_keyring(false).unwrap();
        assert_eq!(*moved.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");
    });
}

#[test]
fn two_homes_have_an_entry_each() {
    with_keyring("sealed::keyring::two_homes_have_an_entry_each", Keyring::Unlocked, || {
        let (one, other) = (TestHome::new(), TestHome::new());
        one.vault.lock().unlock_from_keyring(false).unwrap();
        other.vault.lock().unlock_from_keyring(false).unwrap();
        assert_ne!(entry(&one.vault), entry(&other.vault));
    });
}

#[test]
fn a_locked_keyring_is_told_without_a_prompt_and_used_once_it_is_open() {
    let story = "sealed::keyring::a_locked_keyring_is_told_without_a_prompt_and_used_once_it_is_open";
    with_keyring(story, Keyring::Unlocked, || {
        let home = TestHome::new();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        let owner = keep_token(&home);
        lock_keyring();
        let later = home.reopened();
        assert_eq!(later.lock().keyring_state().unwrap(), KeyringState::Locked);
        assert!(matches!(later.lock().unlock_from_keyring(false), Err(LockError::KeyringLocked)));
        assert_eq!(later.lock().state().unwrap(), LockState::Locked(KeptBy::Keyring));
        assert!(!later.library().accounts().unwrap().is_empty(), "the list is there all the same");

        unlock_keyring();
        later.lock().unlock_from_keyring(false).unwrap();
        assert_eq!(*later.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");
    });
}

#[test]
fn a_prompt_that_cannot_be_shown_counts_as_dismissed() {
    with_keyring(
        "sealed::keyring::a_prompt_that_cannot_be_shown_counts_as_dismissed",
        Keyring::Locked,
        || {
            let home = TestHome::new();
            let refused = home.vault.lock().unlock_from_keyring(true).unwrap_err();
            assert!(matches!(refused, LockError::PromptDismissed), "{refused:?}");
            assert_eq!(home.vault.lock().state().unwrap(), LockState::New);
        },
    );
}

#[test]
fn without_a_secret_service_the_keyring_is_absent_and_a_passphrase_works() {
    let story = "sealed::keyring::without_a_secret_service_the_keyring_is_absent_and_a_passphrase_works";
    with_keyring(story, Keyring::NoService, absent);
}

#[test]
fn without_a_session_bus_the_keyring_is_absent_and_a_passphrase_works() {
    let story = "sealed::keyring::without_a_session_bus_the_keyring_is_absent_and_a_passphrase_works";
    with_keyring(story, Keyring::NoBus, absent);
}

fn absent() {
    let home = TestHome::new();
    assert_eq!(home.vault.lock().keyring_state().unwrap(), KeyringState::Absent);
    for may_prompt in [false, true] {
        let refused = home.vault.lock().unlock_from_keyring(may_prompt).unwrap_err();
        assert!(matches!(refused, LockError::KeyringAbsent { accepts_passphrase: true }), "{refused:?}");
    }
    assert_eq!(home.vault.lock().state().unwrap(), LockState::New);
    home.vault.lock().unlock_with_passphrase(&passphrase()).unwrap();
    keep_token(&home);
}

#[test]
fn a_daemon_that_was_killed_and_started_again_is_used_by_the_same_process() {
    let story = "sealed::keyring::a_daemon_that_was_killed_and_started_again_is_used_by_the_same_process";
    with_keyring(story, Keyring::Unlocked, || {
        let home = TestHome::new();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        let owner = keep_token(&home);
        let later = home.reopened();
        later.lock().unlock_from_keyring(false).unwrap();
        let locked = home.reopened();

        signal("KILL", &keyring_process());
        until("the daemon is gone", || locked.lock().keyring_state().unwrap() == KeyringState::Absent);
        let refused = locked.lock().unlock_from_keyring(true).unwrap_err();
        assert!(
            matches!(refused, LockError::KeyringAbsent { accepts_passphrase: false }),
            "its key is in the keyring alone: {refused:?}"
        );
        assert_eq!(*later.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");

        start_keyring();
        until("the daemon is back", || locked.lock().keyring_state().unwrap() == KeyringState::Ready);
        locked.lock().unlock_from_keyring(false).unwrap();
        assert_eq!(*locked.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");
    });
}

#[test]
fn a_daemon_that_hangs_holds_nobody_up_for_long() {
    with_keyring("sealed::keyring::a_daemon_that_hangs_holds_nobody_up_for_long", Keyring::Unlocked, || {
        let home = TestHome::new();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        let locked = home.reopened();
        let daemon = keyring_process();
        signal("STOP", &daemon);
        let begun = Instant::now();
        let state = locked.lock().keyring_state().unwrap();
        let waited = begun.elapsed();
        let refused = locked.lock().unlock_from_keyring(true).unwrap_err();
        let too_slow = locked.lock().unlock_from_keyring(false).unwrap_err();
        signal("CONT", &daemon);
        assert!(matches!(too_slow, LockError::KeyringTimedOut), "it may be asked again: {too_slow:?}");
        assert_eq!(state, KeyringState::Absent);
        assert!(waited < Duration::from_secs(4), "{waited:?}");
        assert!(
            matches!(refused, LockError::KeyringAbsent { .. } | LockError::KeyringTimedOut),
            "{refused:?}"
        );
        locked.lock().unlock_from_keyring(false).unwrap();
    });
}

#[test]
fn an_entry_that_was_deleted_or_replaced_is_told_as_lost_and_one_can_begin_anew() {
    let story =
        "sealed::keyring::an_entry_that_was_deleted_or_replaced_is_told_as_lost_and_one_can_begin_anew";
    with_keyring(story, Keyring::Unlocked, || {
        let home = TestHome::new();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        keep_token(&home);
        let named = keyring_entry(&home.vault);
        for change in [
            format!("secret-tool clear {named}"),
            format!("printf 'no key' | secret-tool store --label=x {named}"),
        ] {
            shell(&change);
            let later = home.reopened();
            assert_eq!(
                later.lock().keyring_state().unwrap(),
                KeyringState::LostEntry,
                "told before anything is tried"
            );
            let refused = later.lock().unlock_from_keyring(true).unwrap_err();
            assert!(matches!(refused, LockError::KeyringLostEntry), "{refused:?}");
            assert_eq!(later.lock().state().unwrap(), LockState::Locked(KeptBy::Keyring));
        }
        let later = home.reopened();
        later.lock().forget_secrets().unwrap();
        assert_eq!(later.lock().keyring_state().unwrap(), KeyringState::Ready, "nothing is missed any more");
        later.lock().unlock_from_keyring(false).unwrap();
        assert_eq!(home.sealed_secrets(), "0");
        assert_eq!(later.library().accounts().unwrap().len(), 1);
    });
}

#[test]
fn a_key_is_looked_for_where_it_is_kept() {
    with_keyring("sealed::keyring::a_key_is_looked_for_where_it_is_kept", Keyring::Unlocked, || {
        let (one, other) = (TestHome::new(), TestHome::new());
        one.vault.lock().unlock_with_passphrase(&passphrase()).unwrap();
        let elsewhere = one.reopened().lock().unlock_from_keyring(false).unwrap_err();
        assert!(matches!(elsewhere, LockError::NotKeptBy(KeptBy::Keyring)), "{elsewhere:?}");
        other.vault.lock().unlock_from_keyring(false).unwrap();
        let elsewhere = other.reopened().lock().unlock_with_passphrase(&passphrase()).unwrap_err();
        assert!(matches!(elsewhere, LockError::NotKeptBy(KeptBy::Passphrase)), "{elsewhere:?}");
    });
}

#[test]
fn a_passphrase_beside_the_keyring_opens_the_home_where_the_keyring_is_locked() {
    let story = "sealed::keyring::a_passphrase_beside_the_keyring_opens_the_home_where_the_keyring_is_locked";
    with_keyring(story, Keyring::Unlocked, || {
        let home = TestHome::new();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        let owner = keep_token(&home);
        home.vault.lock().add_passphrase_slot(&passphrase()).unwrap();
        lock_keyring();
        let later = home.reopened();
        assert_eq!(later.lock().kept_by().unwrap(), [KeptBy::Keyring, KeptBy::Passphrase]);
        later.lock().unlock_with_passphrase(&passphrase()).unwrap();
        assert_eq!(*later.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");

        signal("KILL", &keyring_process());
        let without = home.reopened();
        until("the daemon is gone", || without.lock().keyring_state().unwrap() == KeyringState::Absent);
        without.lock().unlock_with_passphrase(&passphrase()).unwrap();
    });
}

#[test]
fn what_was_kept_for_the_session_is_sealed_once_the_keyring_is_there() {
    let story = "sealed::keyring::what_was_kept_for_the_session_is_sealed_once_the_keyring_is_there";
    with_keyring(story, Keyring::NoService, || {
        let home = TestHome::new();
        home.vault.lock().keep_for_session_only();
        let owner = keep_token(&home);
        start_keyring();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        let later = home.reopened();
        later.lock().unlock_from_keyring(false).unwrap();
        assert_eq!(*later.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");
    });
}

#[test]
fn forgetting_takes_the_entry_out_of_the_keyring() {
    with_keyring("sealed::keyring::forgetting_takes_the_entry_out_of_the_keyring", Keyring::Unlocked, || {
        let home = TestHome::new();
        home.vault.lock().forget_everything().unwrap();
        for forget in [Lock::forget_everything, Lock::forget_secrets] {
            home.vault.lock().unlock_from_keyring(false).unwrap();
            assert!(entry(&home.vault).is_some());
            forget(home.vault.lock()).unwrap();
            assert_eq!(entry(&home.vault), None);
            assert_eq!(home.vault.lock().state().unwrap(), LockState::New);
        }
    });
}

#[test]
fn everything_is_forgotten_though_the_keyring_is_locked() {
    let story = "sealed::keyring::everything_is_forgotten_though_the_keyring_is_locked";
    with_keyring(story, Keyring::Unlocked, || {
        let home = TestHome::new();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        keep_token(&home);
        lock_keyring();
        home.vault.lock().forget_everything().unwrap();
        assert!(home.library().accounts().unwrap().is_empty());
        assert_eq!(home.vault.lock().state().unwrap(), LockState::New);
        unlock_keyring();
        home.vault.lock().unlock_from_keyring(false).unwrap();
        keep_token(&home);
    });
}
