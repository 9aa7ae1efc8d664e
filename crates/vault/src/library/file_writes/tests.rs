//! What becomes of a write whose process ended in the middle: each test records one, lays out what the disk had at that
//! moment, and lets the next process settle it.

use super::*;
use crate::files::{Backup, Digest, FileState, WriteOptions, prepare};
use crate::{Home, Vault};
use std::path::Path;
use tempfile::TempDir;

const LICENSE: LicenseId = LicenseId(1);
const OLD: &str = "License = \"an-older-key\"\nport = 8080\n";
const NEW: &str = "License = \"key\"\nport = 8080\n";

/// A home with one license, and a folder that the library does not know.
struct Place {
    dir: TempDir,
    vault: Vault,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(Home::at(dir.path().join("home"))).unwrap();
        std::fs::create_dir(dir.path().join("files")).unwrap();
        let rows = "INSERT INTO accounts (id, provider, name, folded_name, address, fields, rev) \
                    VALUES (1, 'aidbox', 'north', 'north', '', '{}', 1); \
                    INSERT INTO licenses (id, account, vendor_id, folded_label, folded_text, folded_entitlements, product, \
                    limits, first_seen, last_changed, refresh, rev) VALUES (1, 1, 'v', '', '', '', 'aidbox', '{}', 0, 0, 0, 1);";
        vault.library().store.write::<_, LibraryError>(|one| Ok(one.execute_batch(rows)?)).unwrap();
        Self { dir, vault }
    }

    fn library(&self) -> &Library {
        self.vault.library()
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("files")
    }

    fn path(&self) -> PathBuf {
        self.folder().join("license.toml")
    }

    /// Records a write of [`NEW`] as a process does that ends right after.
    fn begins(&self, in_place: bool) -> Recorded {
        self.begins_with(in_place, &self.lease())
    }

    fn begins_with(&self, in_place: bool, lease: &Lease) -> Recorded {
        let options = WriteOptions { in_place, backup: Backup::Always };
        let write = prepare(&self.path(), NEW.as_bytes(), &options).unwrap();
        let file = self.file(in_place, write.digest());
        self.library().record_write(&file, write.trace().unwrap(), lease).unwrap()
    }

    fn file(&self, in_place: bool, digest: Digest) -> NewTrackedFile {
        let (path, format) = (self.path(), "launcher-toml".to_owned());
        let written = "2026-06-01T12:00:00Z".parse().unwrap();
        NewTrackedFile { license: LICENSE, path, format, in_place, keep: true, digest, written }
    }

    fn lease(&self) -> Lease {
        Lease::take(self.library().store.folder()).unwrap()
    }

    /// Writes a file over whatever is recorded of it.
    fn writes(&self, text: &str) {
        let options = WriteOptions { in_place: false, backup: Backup::Always };
        let write = prepare(&self.path(), text.as_bytes(), &options).unwrap();
        let file = self.file(false, write.digest());
        self.library().write_file::<Box<dyn std::error::Error>>(&file, write).unwrap();
    }

    fn settles(&self) -> Vec<TrackedFile> {
        self.library().settle_writes().unwrap()
    }

    fn states(&self) -> Vec<FileState> {
        self.library().files_of(LICENSE).unwrap().iter().map(TrackedFile::state).collect()
    }

    fn recorded(&self) -> usize {
        self.library().store.read(|view| all(view)).unwrap().len()
    }
}

fn put(path: &Path, text: &str) {
    use std::io::Write;
    std::fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn text_in(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn file_that_was_replaced_is_tracked() {
    let place = Place::new();
    put(&place.path(), OLD);
    place.begins(false);
    put(&place.path(), NEW);
    let settled = place.settles();
    assert!(settled[0].file.keep && settled[0].interrupted.is_none());
    assert_eq!((place.states(), place.recorded()), (vec![FileState::UpToDate], 0));
    assert!(place.settles().is_empty(), "once");
}

#[test]
fn leftover_in_an_unknown_folder_is_removed() {
    let place = Place::new();
    let recorded = place.begins(false);
    let leftover = place.folder().join(recorded.trace.temporary.as_str());
    put(&leftover, NEW);
    assert!(place.settles().is_empty());
    assert!(!leftover.exists() && !place.path().exists());
    assert_eq!((place.states(), place.recorded()), (vec![], 0));
}

#[test]
fn file_changed_by_another_program_is_not_tracked() {
    let place = Place::new();
    put(&place.path(), OLD);
    place.begins(false);
    put(&place.path(), "mine");
    assert!(place.settles().is_empty());
    assert_eq!((place.states(), place.recorded()), (vec![], 0));
    assert_eq!(text_in(&place.path()), "mine");
}

#[test]
fn file_that_was_not_overwritten_yet_stays() {
    let place = Place::new();
    put(&place.path(), OLD);
    place.begins(true);
    assert!(place.settles().is_empty());
    assert_eq!((text_in(&place.path()).as_str(), place.recorded()), (OLD, 0));
}

#[test]
fn file_overwritten_but_not_cut_is_completed() {
    let place = Place::new();
    put(&place.path(), OLD);
    place.begins(true);
    put(&place.path(), &format!("{NEW}{}", &OLD[NEW.len()..]));
    assert_eq!(place.settles()[0].interrupted, None);
    assert_eq!((text_in(&place.path()).as_str(), place.states()), (NEW, vec![FileState::UpToDate]));
}

#[test]
fn text_that_was_added_after_a_write_is_not_cut_off() {
    let place = Place::new();
    put(&place.path(), OLD);
    place.begins(true);
    let text = format!("{NEW}mine = 1\n");
    put(&place.path(), &text);
    place.settles();
    assert_eq!(text_in(&place.path()), text);
}

#[test]
fn half_written_file_is_interrupted_until_it_changes() {
    let place = Place::new();
    put(&place.path(), OLD);
    place.begins(true);
    put(&place.path(), &NEW[..9]);
    assert_eq!(place.settles()[0].interrupted, Some(Digest::of(&NEW.as_bytes()[..9])));
    assert_eq!((place.states(), place.recorded()), (vec![FileState::Interrupted], 0));
    put(&place.path(), "mine");
    assert_eq!(place.states(), [FileState::Drifted]);
}

#[test]
fn half_written_file_is_up_to_date_once_written_again() {
    let place = Place::new();
    put(&place.path(), OLD);
    place.begins(true);
    put(&place.path(), &NEW[..9]);
    place.settles();
    place.writes(NEW);
    assert_eq!(place.states(), [FileState::UpToDate]);
    assert_eq!(place.library().files_of(LICENSE).unwrap()[0].interrupted, None);
}

#[test]
fn write_of_a_running_process_is_left_to_it() {
    let place = Place::new();
    let lease = place.lease();
    let recorded = place.begins_with(false, &lease);
    let begun = place.folder().join(recorded.trace.temporary.as_str());
    put(&begun, NEW);
    assert!(place.settles().is_empty());
    assert!(begun.exists() && place.recorded() == 1);
    drop(lease);
    place.settles();
    assert!(!begun.exists() && place.recorded() == 0);
}

#[test]
fn leftover_on_a_disk_that_is_away_is_removed_later() {
    let place = Place::new();
    let recorded = place.begins(false);
    let leftover = place.folder().join(recorded.trace.temporary.as_str());
    put(&leftover, NEW);
    let away = place.dir.path().join("away");
    std::fs::rename(place.folder(), &away).unwrap();
    assert!(place.settles().is_empty() && place.recorded() == 1);
    std::fs::rename(&away, place.folder()).unwrap();
    place.settles();
    assert!(!leftover.exists() && place.recorded() == 0);
}

#[test]
fn write_settles_what_an_earlier_one_left() {
    let place = Place::new();
    let recorded = place.begins(false);
    let leftover = place.folder().join(recorded.trace.temporary.as_str());
    put(&leftover, NEW);
    place.writes(OLD);
    assert_eq!((place.states(), place.recorded()), (vec![FileState::UpToDate], 0));
    assert!(!leftover.exists() && text_in(&place.path()) == OLD);
}

#[test]
fn failed_write_leaves_no_record() {
    let place = Place::new();
    let options = WriteOptions { in_place: false, backup: Backup::Always };
    let write = prepare(&place.path(), NEW.as_bytes(), &options).unwrap();
    let file = place.file(false, write.digest());
    std::fs::create_dir(place.path()).unwrap();
    place.library().write_file::<Box<dyn std::error::Error>>(&file, write).unwrap_err();
    assert_eq!((place.states(), place.recorded()), (vec![], 0));
    assert_eq!(std::fs::read_dir(place.folder()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn file_of_an_unknown_license_is_not_written() {
    let place = Place::new();
    let options = WriteOptions { in_place: false, backup: Backup::Always };
    let write = prepare(&place.path(), NEW.as_bytes(), &options).unwrap();
    let file = NewTrackedFile { license: LicenseId(99), ..place.file(false, write.digest()) };
    place.library().write_file::<Box<dyn std::error::Error>>(&file, write).unwrap_err();
    assert!(!place.path().exists());
}
