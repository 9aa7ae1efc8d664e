//! Homes that can be read but not changed.

use crate::stage::{as_nobody, on_small_disk, shell};
use crate::test_home::{add_account, chmod, dev, passphrase, take_page};
use license::{LicenseKey, Password};
use std::path::Path;
use testkit::put;
use vault::{
    Home, LibraryError, OpenError, PassphraseCost, ReadOnlyCause, SecretKind, SecretOwner, Settings, Vault,
};

const KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

/// A home with the account `north`, one license and its key. The vault is returned open.
fn furnished(home: &Path) -> Vault {
    let vault = Vault::open(Home::at(home)).unwrap();
    vault.lock().unlock_at_cost(&passphrase(), PassphraseCost::LOWEST).unwrap();
    let account = add_account(vault.library(), "north");
    let mark = vault.library().begin_listing().unwrap();
    take_page(vault.library(), account, mark, &[dev("1", "box")], true).unwrap();
    let license = vault.library().find("box").unwrap().remove(0).id;
    vault.library().put_secret(SecretOwner::License(license), SecretKind::Key, KEY).unwrap();
    vault
}

/// Asserts that everything of a furnished home is readable, and that nothing can be changed for this reason.
fn assert_readable(home: &Path, expected: ReadOnlyCause) {
    let vault = Vault::open(Home::at(home)).unwrap();
    let library = vault.library();
    let license = library.find("box").unwrap().remove(0).id;
    vault.lock().unlock_with_passphrase(&passphrase()).unwrap();
    let key = library.license_key(license).unwrap();
    assert_eq!(key.as_ref().map(LicenseKey::expose), Some(KEY));
    assert_eq!(vault.settings().read(), Settings::default());
    let refused = library.rename_account(library.accounts().unwrap()[0].id, "south").unwrap_err();
    let LibraryError::CannotBeChanged { path, cause } = refused else { panic!("{refused:?}") };
    assert_eq!((path.as_path(), cause), (home, expected));
    assert!(library.settle_writes().failed.is_none());
}

fn remount_read_only(disk: &Path) {
    shell(&format!("mount -o remount,ro {}", disk.display()));
}

#[test]
fn home_on_a_read_only_file_system_is_readable() {
    on_small_disk("records::read_only::home_on_a_read_only_file_system_is_readable", 4_000, "", |disk| {
        let home = disk.join("home");
        drop(furnished(&home));
        remount_read_only(disk);
        assert_readable(&home, ReadOnlyCause::FileSystem);
    });
}

#[test]
fn home_without_a_folder_for_the_portal_is_readable() {
    on_small_disk(
        "records::read_only::home_without_a_folder_for_the_portal_is_readable",
        4_000,
        "",
        |disk| {
            let home = disk.join("home");
            drop(furnished(&home));
            shell(&format!("rm -r {0}/portal {0}/library.lock {0}/slots.lock", home.display()));
            remount_read_only(disk);
            assert_readable(&home, ReadOnlyCause::FileSystem);
        },
    );
}

/// What a computer that lost power leaves: the latest changes are in the log.
#[test]
fn changes_in_the_log_are_read_on_a_read_only_file_system() {
    on_small_disk(
        "records::read_only::changes_in_the_log_are_read_on_a_read_only_file_system",
        8_000,
        "",
        |disk| {
            let (live, with_index, without) = (disk.join("live"), disk.join("with"), disk.join("without"));
            let vault = furnished(&live);
            shell(&format!("cp -a {} {}", live.display(), with_index.display()));
            shell(&format!("cp -a {0} {1}; rm {1}/library.sqlite3-shm", live.display(), without.display()));
            drop(vault);
            assert!(without.join("library.sqlite3-wal").metadata().unwrap().len() > 0);
            remount_read_only(disk);
            assert_readable(&with_index, ReadOnlyCause::FileSystem);
            assert_readable(&without, ReadOnlyCause::FileSystem);
        },
    );
}

#[test]
fn library_in_use_elsewhere_is_read_as_it_is_now() {
    on_small_disk("records::read_only::library_in_use_elsewhere_is_read_as_it_is_now", 8_000, "", |disk| {
        let (home, seen) = (disk.join("home"), disk.join("seen"));
        drop(furnished(&home));
        std::fs::create_dir(&seen).unwrap();
        let (from, to) = (home.display(), seen.display());
        shell(&format!("mount --bind {from} {to}; mount -o remount,bind,ro {to}"));
        let reader = Vault::open(Home::at(&seen)).unwrap();
        assert_eq!(reader.library().accounts().unwrap().len(), 1);
        let writer = Vault::open(Home::at(&home)).unwrap();
        add_account(writer.library(), "south");
        assert_eq!(reader.library().accounts().unwrap().len(), 2, "the change is in the log");
        drop(writer);
        assert_eq!(reader.library().accounts().unwrap().len(), 2, "the change is in the file");
    });
}

#[test]
fn library_of_the_first_layout_is_readable_too() {
    on_small_disk("records::read_only::library_of_the_first_layout_is_readable_too", 4_000, "", |disk| {
        let home = Home::at(disk);
        let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vault/fixtures/layout-1.sql");
        shell(&format!("sqlite3 {} < {fixture}", home.library().display()));
        remount_read_only(disk);
        let vault = Vault::open(home).unwrap();
        vault.lock().unlock_with_passphrase(&Password::new("four ravens on a wire".to_owned())).unwrap();
        let license = vault.library().find("cell-07").unwrap().remove(0);
        assert!(vault.library().license_key(license.id).unwrap().is_some());
    });
}

#[test]
fn home_on_a_full_disk_is_readable() {
    on_small_disk("records::read_only::home_on_a_full_disk_is_readable", 4_000, "", |disk| {
        let (home, cut_off) = (disk.join("home"), disk.join("cut-off"));
        let vault = furnished(&home);
        shell(&format!("cp -a {0} {1}; rm {1}/library.sqlite3-shm", home.display(), cut_off.display()));
        drop(vault);
        shell(&format!("cat /dev/zero > {}/filler || true", disk.display()));
        assert_readable(&home, ReadOnlyCause::DiskFull);
        assert_readable(&cut_off, ReadOnlyCause::DiskFull);
    });
}

#[test]
fn home_that_this_user_may_not_write_is_readable() {
    as_nobody("records::read_only::home_that_this_user_may_not_write_is_readable", || {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        drop(furnished(&home));
        chmod(&home, 0o500);
        assert_readable(&home, ReadOnlyCause::Permission);
        chmod(&home, 0o700);
    });
}

#[test]
fn log_that_cannot_be_read_is_an_error() {
    as_nobody("records::read_only::log_that_cannot_be_read_is_an_error", || {
        let dir = tempfile::tempdir().unwrap();
        let (live, home) = (dir.path().join("live"), dir.path().join("home"));
        let vault = furnished(&live);
        shell(&format!("cp -a {0} {1}; rm {1}/library.sqlite3-shm", live.display(), home.display()));
        drop(vault);
        let log = home.join("library.sqlite3-wal");
        chmod(&log, 0o000);
        chmod(&home, 0o500);
        let refused = Vault::open(Home::at(&home)).unwrap_err();
        assert!(matches!(&refused, OpenError::LogUnreadable { path, .. } if *path == log), "{refused:?}");
        chmod(&home, 0o700);
    });
}

#[test]
fn new_home_on_a_read_only_file_system_is_an_error() {
    on_small_disk(
        "records::read_only::new_home_on_a_read_only_file_system_is_an_error",
        1_000,
        "ro",
        |disk| {
            let refused = Vault::open(Home::at(disk.join("home"))).unwrap_err();
            let OpenError::Folder { source, .. } = refused else { panic!("{refused:?}") };
            assert_eq!(source.kind(), std::io::ErrorKind::ReadOnlyFilesystem);
        },
    );
}

#[test]
fn file_in_the_place_of_a_folder_is_called_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    put(&file, "");
    for home in [file.clone(), file.join("below"), file.join("far/below")] {
        let refused = Vault::open(Home::at(&home)).unwrap_err();
        assert!(matches!(&refused, OpenError::NotAFolder { path } if *path == file), "{refused:?}");
        assert_eq!(refused.to_string(), format!("{} is a file, not a folder", file.display()));
    }
}

#[test]
fn folder_in_the_place_of_the_library_is_not_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::at(dir.path());
    std::fs::create_dir(home.library()).unwrap();
    let refused = Vault::open(home.clone()).unwrap_err();
    assert!(matches!(&refused, OpenError::NotAFile { path } if *path == home.library()), "{refused:?}");
}
