//! Keeping the data key under a passphrase.

use crate::test_home::{TestHome, passphrase};
use license::Password;
use vault::{KeptBy, LockError, LockState, SecretKind, SecretOwner};

fn other() -> Password {
    Password::new("another one".to_owned())
}

#[test]
fn the_first_passphrase_of_a_new_home_is_its_passphrase() {
    let home = TestHome::new();
    assert_eq!(home.vault.lock().state().unwrap(), LockState::New);
    home.vault.lock().unlock_with_passphrase(&passphrase()).unwrap();
    assert_eq!(home.vault.lock().state().unwrap(), LockState::Unlocked(KeptBy::Passphrase));
    assert_eq!(home.vault.lock().kept_by().unwrap(), [KeptBy::Passphrase]);
    let later = home.reopened();
    let wrong = later.lock().unlock_with_passphrase(&other());
    assert!(matches!(wrong, Err(LockError::WrongPassphrase)));
    assert_eq!(later.lock().state().unwrap(), LockState::Locked(KeptBy::Passphrase));
    later.lock().unlock_with_passphrase(&passphrase()).unwrap();
}

#[test]
fn each_attempt_at_a_passphrase_costs_what_rfc_9106_recommends() {
    let home = TestHome::new();
    let cost = || {
        let library = rusqlite::Connection::open(home.path().join("library.sqlite3")).unwrap();
        let select = "SELECT memory_kib, passes, lanes FROM slots WHERE kind = 'passphrase'";
        let cost = library.query_row(select, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        cost.unwrap()
    };
    home.vault.lock().unlock_with_passphrase(&passphrase()).unwrap();
    assert_eq!(cost(), (65_536, 3, 1), "of a new home");
    home.vault.lock().add_passphrase_slot(&other()).unwrap();
    assert_eq!(cost(), (65_536, 3, 1), "of one that is set later");
}

#[test]
fn another_passphrase_takes_the_place_of_the_first_and_opens_the_same_secrets() {
    let home = TestHome::unlocked();
    let owner = SecretOwner::Account(home.north());
    home.library().put_secret(owner, SecretKind::Login("token"), "token").unwrap();
    home.vault.lock().add_passphrase_slot(&other()).unwrap();
    let later = home.reopened();
    assert!(matches!(later.lock().unlock_with_passphrase(&passphrase()), Err(LockError::WrongPassphrase)));
    later.lock().unlock_with_passphrase(&other()).unwrap();
    assert_eq!(*later.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");
}

#[test]
fn a_passphrase_is_added_only_where_the_key_is_at_hand() {
    let home = TestHome::new();
    assert!(matches!(home.vault.lock().add_passphrase_slot(&passphrase()), Err(LockError::Locked)));
    home.vault.lock().keep_for_session_only();
    assert!(matches!(home.vault.lock().add_passphrase_slot(&passphrase()), Err(LockError::Locked)));
}

#[test]
fn two_processes_that_meet_a_new_home_at_once_get_one_key() {
    let home = TestHome::new();
    let vaults = [home.reopened(), home.reopened(), home.reopened()];
    std::thread::scope(|scope| {
        for vault in &vaults {
            scope.spawn(|| vault.lock().unlock_with_passphrase(&passphrase()).unwrap());
        }
    });
    let owner = SecretOwner::Account(home.north());
    vaults[0].library().put_secret(owner, SecretKind::Login("token"), "token").unwrap();
    for vault in &vaults {
        assert_eq!(*vault.library().secret(owner, SecretKind::Login("token")).unwrap().unwrap(), "token");
    }
}

#[test]
fn who_forgot_the_passphrase_can_begin_anew_and_keeps_the_list() {
    let home = TestHome::unlocked();
    let account = home.north();
    let later = home.reopened();
    later.lock().forget_secrets().unwrap();
    assert_eq!(later.lock().state().unwrap(), LockState::New);
    later.lock().unlock_with_passphrase(&other()).unwrap();
    assert_eq!(later.library().accounts().unwrap()[0].id, account);
}
