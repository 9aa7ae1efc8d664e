//! Opening a home.

use crate::stage::{beside, is_on_stage, shell};
use crate::test_home::{TestHome, chmod, mode_of, names_in};
use license::Password;
use testkit::{
    disk::{self, Fault},
    put,
};
use vault::{Home, LockState, OpenError, Vault};

#[test]
fn a_new_home_is_for_its_user_alone_whatever_the_umask_says() {
    let home = TestHome::new();
    home.north();
    assert_eq!(mode_of(&home.path()), 0o700);
    assert_eq!(mode_of(&home.path().join("portal")), 0o700);
    for file in ["library.sqlite3", "library.sqlite3-wal", "library.sqlite3-shm", "library.lock"] {
        assert_eq!(mode_of(&home.path().join(file)), 0o600, "{file}");
    }
}

#[test]
fn a_library_that_others_could_read_is_hidden_from_them() {
    let home = TestHome::new();
    let path = home.vault.home().library();
    chmod(&path, 0o644);
    home.reopened();
    assert_eq!(mode_of(&path), 0o600);
}

#[test]
fn opening_finds_what_was_kept_and_prompts_for_nothing() {
    let home = TestHome::new();
    home.north();
    let again = home.reopened();
    assert_eq!(again.library().accounts().unwrap()[0].name, "north");
    assert_eq!(again.lock().state().unwrap(), LockState::New);
}

#[test]
fn a_library_of_a_newer_version_is_refused_and_left_as_it_is() {
    let home = TestHome::new();
    let path = home.vault.home().library();
    drop(home.vault);
    shell(&format!("sqlite3 {} 'PRAGMA user_version = 99'", path.display()));
    let before = std::fs::read(&path).unwrap();

    let refused = Vault::open(Home::at(path.parent().unwrap())).unwrap_err();

    assert!(matches!(refused, OpenError::NewerLibrary { found: 99, known: 9 }), "{refused:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_library_of_the_first_layout_opens_and_its_secrets_unseal() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path());
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vault/fixtures/layout-1.sql");
    shell(&format!("sqlite3 {} < {fixture}", home.library().display()));

    let vault = Vault::open(home).unwrap();
    vault.lock().unlock_with_passphrase(&Password::new("four ravens on a wire".to_owned())).unwrap();

    let library = vault.library();
    let account = library.accounts().unwrap().into_iter().find(|account| account.name == "north").unwrap();
    let token = library.login(account.id, "token").unwrap().expect("the token of the first layout");
    assert!(token.expose().starts_with("licet_"));
    let license = library.find("cell-07").unwrap().remove(0);
    assert_eq!(license.leaked_since, None);
    let key = library.license_key(license.id).unwrap().expect("the key of the first layout");
    assert_eq!(key.expose(), "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3");
    assert!(library.open_replacements().unwrap().is_empty());
}

#[test]
fn a_file_that_is_no_library_is_called_damaged_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path());
    let text = "not a database, and long enough not to pass for an empty one\n".repeat(100);
    put(&home.library(), &text);
    let refused = Vault::open(home.clone()).unwrap_err();
    assert!(matches!(refused, OpenError::Damaged { .. }), "{refused:?}");
    assert_eq!(std::fs::read_to_string(home.library()).unwrap(), text);
}

#[test]
fn a_home_that_is_a_file_is_named_in_the_error() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("home");
    put(&path, "");
    let refused = Vault::open(Home::at(&path)).unwrap_err();
    assert!(refused.to_string().contains(path.to_str().unwrap()), "{refused}");
}

#[test]
fn many_may_open_a_new_home_at_once() {
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Vault::open(Home::at(dir.path().join("home"))).unwrap());
        }
    });
    assert!(names_in(&dir.path().join("home")).contains(&"library.sqlite3".to_owned()));
}

#[test]
fn everything_of_a_home_lies_below_it() {
    let home = Home::at("/somewhere");
    for path in [home.library(), home.settings(), home.portal_data()] {
        assert!(path.starts_with("/somewhere"), "{}", path.display());
    }
}

#[test]
fn new_library_is_whole_without_its_log() {
    const STORY: &str = "records::opening::new_library_is_whole_without_its_log";
    if is_on_stage() {
        let home = std::env::var_os("LICET_STORY_HOME").unwrap();
        return drop(Vault::open(Home::at(home)));
    }
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let mut environment = disk::failing(dir.path(), &home, Fault::NothingRemoved);
    environment.push(("LICET_STORY_HOME", home.clone().into()));
    let story = beside(STORY, &environment).wait_with_output().unwrap();
    assert!(story.status.success(), "{}", String::from_utf8_lossy(&story.stdout));
    let vault = Vault::open(Home::at(home)).unwrap();
    assert_eq!(vault.library().accounts().unwrap(), []);
}
