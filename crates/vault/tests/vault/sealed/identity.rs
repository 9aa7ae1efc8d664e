//! Copies, moves and partial losses of a library: its keys stay where they are, and no other library loses its own.

use crate::stage::{Keyring, shell, with_keyring};
use crate::test_home::{TestHome, add_account, keyring_entries, keyring_entry, passphrase, query};
use std::path::Path;
use testkit::put;
use vault::{Home, Lock, LockError, LockState, OpenError, SecretKind, SecretOwner, Vault};

const TOKEN: SecretKind = SecretKind::Login("token");

/// A home whose keyring entry seals one token.
fn with_token() -> (TestHome, SecretOwner) {
    let home = TestHome::new();
    home.vault.lock().unlock_from_keyring(false).unwrap();
    let owner = SecretOwner::Account(home.north());
    home.library().put_secret(owner, TOKEN, "token").unwrap();
    (home, owner)
}

/// Copies a home as `cp -a` does.
fn copied(home: &TestHome, name: &str) -> Vault {
    let copy = home.dir.path().join(name);
    shell(&format!("cp -a {} {}", home.path().display(), copy.display()));
    Vault::open(Home::at(copy)).unwrap()
}

#[track_caller]
fn assert_opens(vault: &Vault, owner: SecretOwner) {
    vault.lock().unlock_from_keyring(false).unwrap();
    assert_eq!(*vault.library().secret(owner, TOKEN).unwrap().unwrap(), "token");
}

#[test]
fn lost_slots_make_no_new_key() {
    with_keyring("sealed::identity::lost_slots_make_no_new_key", Keyring::Unlocked, || {
        let (home, owner) = with_token();
        let entry = shell(&format!("secret-tool lookup {}", keyring_entry(&home.vault)));
        let copy = copied(&home, "copy");
        query(&copy, "DELETE FROM slots");
        for vault in [copy, copied(&home, "another")] {
            query(&vault, "DELETE FROM slots");
            assert_eq!(vault.lock().state().unwrap(), LockState::SlotsLost);
            let by_keyring = vault.lock().unlock_from_keyring(true).unwrap_err();
            assert!(matches!(by_keyring, LockError::SlotsLost), "{by_keyring:?}");
            let by_passphrase = vault.lock().unlock_with_passphrase(&passphrase()).unwrap_err();
            assert!(matches!(by_passphrase, LockError::SlotsLost), "{by_passphrase:?}");
            assert_eq!(query(&vault, "SELECT count(*) FROM slots"), "0");
        }
        assert_eq!(shell(&format!("secret-tool lookup {}", keyring_entry(&home.vault))), entry);
        assert_opens(&home.reopened(), owner);
    });
}

#[test]
fn forgetting_is_the_way_out_of_lost_slots() {
    with_keyring("sealed::identity::forgetting_is_the_way_out_of_lost_slots", Keyring::Unlocked, || {
        let (home, owner) = with_token();
        let before = keyring_entry(&home.vault);
        query(&home.vault, "DELETE FROM slots");
        let later = home.reopened();
        later.lock().forget_secrets().unwrap();
        assert_eq!(later.lock().state().unwrap(), LockState::New);
        later.lock().unlock_from_keyring(false).unwrap();
        later.library().put_secret(owner, TOKEN, "token").unwrap();
        assert_ne!(keyring_entry(&later), before, "the new key has an entry of its own");
        assert_eq!(keyring_entries(), 2, "the old key stays for a backup of the library");
    });
}

#[test]
fn a_taken_entry_name_is_never_overwritten() {
    with_keyring("sealed::identity::a_taken_entry_name_is_never_overwritten", Keyring::Unlocked, || {
        let home = TestHome::new();
        let twin = copied(&home, "twin");
        assert_eq!(keyring_entry(&home.vault), keyring_entry(&twin));
        home.vault.lock().unlock_from_keyring(false).unwrap();
        let owner = SecretOwner::Account(home.north());
        home.library().put_secret(owner, TOKEN, "token").unwrap();
        twin.lock().unlock_from_keyring(false).unwrap();
        assert_ne!(keyring_entry(&home.vault), keyring_entry(&twin));
        assert_opens(&home.reopened(), owner);
    });
}

#[test]
fn forgetting_in_a_copy_keeps_the_original() {
    with_keyring("sealed::identity::forgetting_in_a_copy_keeps_the_original", Keyring::Unlocked, || {
        for forget in [Lock::forget_secrets, Lock::forget_everything] {
            for unlocks_first in [false, true] {
                let (home, owner) = with_token();
                let copy = copied(&home, "copy");
                if unlocks_first {
                    assert_opens(&copy, owner);
                }
                forget(copy.lock()).unwrap();
                assert_opens(&home.reopened(), owner);
            }
        }
    });
}

#[test]
fn a_copy_has_an_entry_of_its_own_once_unlocked() {
    with_keyring("sealed::identity::a_copy_has_an_entry_of_its_own_once_unlocked", Keyring::Unlocked, || {
        let (home, owner) = with_token();
        let copy = copied(&home, "copy");
        assert_opens(&copy, owner);
        assert_ne!(keyring_entry(&copy), keyring_entry(&home.vault));
        home.vault.lock().forget_everything().unwrap();
        let later = Vault::open(copy.home().clone()).unwrap();
        assert_opens(&later, owner);
    });
}

#[test]
fn copy_of_an_open_copy_keeps_its_entry() {
    with_keyring("sealed::identity::copy_of_an_open_copy_keeps_its_entry", Keyring::Unlocked, || {
        let (home, owner) = with_token();
        let copy = copied(&home, "copy");
        assert_opens(&copy, owner);
        let second = home.dir.path().join("second");
        shell(&format!("cp -a {} {}", copy.home().library().parent().unwrap().display(), second.display()));
        let second = Vault::open(Home::at(second)).unwrap();
        second.lock().forget_secrets().unwrap();
        for place in [copy.home(), home.vault.home()] {
            assert_opens(&Vault::open(place.clone()).unwrap(), owner);
        }
    });
}

#[test]
fn id_that_only_the_log_has_is_not_overlooked() {
    with_keyring("sealed::identity::id_that_only_the_log_has_is_not_overlooked", Keyring::Unlocked, || {
        let (home, owner) = with_token();
        let id = query(&home.vault, "SELECT home_id FROM meta");
        let copy = copied(&home, "copy");
        query(&home.vault, "UPDATE meta SET home_id = 'another'");
        query(&home.vault, "PRAGMA wal_checkpoint(TRUNCATE)");
        query(&home.vault, &format!("UPDATE meta SET home_id = '{id}'"));
        copy.lock().forget_secrets().unwrap();
        assert_opens(&home.reopened(), owner);
    });
}

#[test]
fn library_whose_old_disk_is_not_mounted_counts_as_a_copy() {
    let story = "sealed::identity::library_whose_old_disk_is_not_mounted_counts_as_a_copy";
    with_keyring(story, Keyring::Unlocked, || {
        let dir = tempfile::tempdir().unwrap();
        let (disk, unmounted) = (dir.path().join("disk"), dir.path().join("unmounted"));
        std::fs::create_dir(&disk).unwrap();
        let original = Vault::open(Home::at(disk.join("home"))).unwrap();
        original.lock().unlock_from_keyring(false).unwrap();
        let owner = SecretOwner::Account(add_account(original.library(), "north"));
        original.library().put_secret(owner, TOKEN, "token").unwrap();
        drop(original);
        let copy = dir.path().join("copy");
        shell(&format!("cp -a {} {}", disk.join("home").display(), copy.display()));
        std::fs::rename(&disk, &unmounted).unwrap();
        let copy = Vault::open(Home::at(copy)).unwrap();
        assert_opens(&copy, owner);
        copy.lock().forget_secrets().unwrap();
        std::fs::rename(&unmounted, &disk).unwrap();
        assert_opens(&Vault::open(Home::at(disk.join("home"))).unwrap(), owner);
    });
}

#[test]
fn copy_is_recognised_where_a_folder_is_not_unicode() {
    use std::os::unix::ffi::OsStrExt;
    with_keyring(
        "sealed::identity::copy_is_recognised_where_a_folder_is_not_unicode",
        Keyring::Unlocked,
        || {
            let dir = tempfile::tempdir().unwrap();
            let name = |name: &[u8]| dir.path().join(std::ffi::OsStr::from_bytes(name));
            let (home, copy) = (name(b"home-\xff"), name(b"copy-\xff"));
            let original = Vault::open(Home::at(&home)).unwrap();
            original.lock().unlock_from_keyring(false).unwrap();
            let owner = SecretOwner::Account(add_account(original.library(), "north"));
            original.library().put_secret(owner, TOKEN, "token").unwrap();
            drop(original);
            std::fs::create_dir(&copy).unwrap();
            std::fs::copy(home.join("library.sqlite3"), copy.join("library.sqlite3")).unwrap();
            Vault::open(Home::at(&copy)).unwrap().lock().forget_secrets().unwrap();
            assert_opens(&Vault::open(Home::at(&home)).unwrap(), owner);
        },
    );
}

#[test]
fn a_moved_library_is_still_itself() {
    with_keyring("sealed::identity::a_moved_library_is_still_itself", Keyring::Unlocked, || {
        let (home, owner) = with_token();
        let entry = keyring_entry(&home.vault);
        let TestHome { dir, vault } = home;
        drop(vault);
        std::fs::rename(dir.path().join("home"), dir.path().join("moved")).unwrap();
        let moved = Vault::open(Home::at(dir.path().join("moved"))).unwrap();
        assert_opens(&moved, owner);
        assert_eq!(keyring_entry(&moved), entry);
        moved.lock().forget_secrets().unwrap();
        assert_eq!(keyring_entries(), 0, "its entry is its own to delete");
    });
}

#[test]
fn an_unreadable_old_place_counts_as_a_copy() {
    with_keyring("sealed::identity::an_unreadable_old_place_counts_as_a_copy", Keyring::Unlocked, || {
        let (home, owner) = with_token();
        let copy = copied(&home, "copy");
        put(&home.vault.home().library(), "not a database, and long enough to be none at all");
        assert_opens(&copy, owner);
        copy.lock().forget_secrets().unwrap();
        assert_eq!(keyring_entries(), 1, "the entry of the library that cannot be read is kept");
    });
}

#[test]
fn two_entries_of_one_name_are_both_tried() {
    with_keyring("sealed::identity::two_entries_of_one_name_are_both_tried", Keyring::Unlocked, || {
        for value in ["no key", "$(secret-tool lookup ENTRY)"] {
            let (home, owner) = with_token();
            let entry = keyring_entry(&home.vault);
            let value = value.replace("ENTRY", &entry);
            shell(&format!("printf %s \"{value}\" | secret-tool store --label=x {entry} application python"));
            assert_opens(&home.reopened(), owner);
        }
    });
}

#[test]
fn an_empty_library_file_is_not_a_new_library() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path());
    put(&home.library(), "");
    assert_incomplete(&home);
    assert_eq!(home.library().metadata().unwrap().len(), 0);
}

#[test]
fn a_log_without_its_library_is_not_a_new_library() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path());
    let log = dir.path().join("library.sqlite3-wal");
    put(&log, "pages that belong to a library");
    assert_incomplete(&home);
    assert!(!home.library().exists());
    assert_eq!(std::fs::read_to_string(log).unwrap(), "pages that belong to a library");
}

#[test]
fn a_library_that_lacks_a_table_is_damaged() {
    for lost in ["secrets", "slots", "meta", "intents"] {
        let home = TestHome::unlocked();
        query(&home.vault, &format!("DROP TABLE {lost}"));
        assert_damaged(&home.path());
    }
    let home = TestHome::unlocked();
    query(&home.vault, "DELETE FROM meta");
    assert_damaged(&home.path());
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = Home::at(dir.path()).library();
    shell(&format!("sqlite3 {} 'CREATE TABLE notes (text)'", path.display()));
    let before = std::fs::read(&path).unwrap();
    assert_damaged(dir.path());
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn an_unfinished_new_library_is_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let unfinished = dir.path().join("library.sqlite3.new");
    put(&unfinished, "what a process that was killed left");
    let vault = Vault::open(Home::at(dir.path())).unwrap();
    assert!(vault.library().accounts().unwrap().is_empty());
    assert!(!unfinished.exists());
}

#[track_caller]
fn assert_incomplete(home: &Home) {
    let refused = Vault::open(home.clone()).unwrap_err();
    assert!(matches!(refused, OpenError::Incomplete { .. }), "{refused:?}");
}

#[track_caller]
fn assert_damaged(dir: &Path) {
    let refused = Vault::open(Home::at(dir)).unwrap_err();
    assert!(matches!(refused, OpenError::Damaged { .. }), "{refused:?}");
}
