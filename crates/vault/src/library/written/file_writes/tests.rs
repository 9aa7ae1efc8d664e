//! What becomes of a write whose process ended in the middle: each test records one, lays out what the disk had at that
//! moment, and lets the next process settle it.

mod interim;

use super::*;
use crate::Home;
use crate::Vault;
use crate::files::{Access, Backup, FileState, prepare};
use license::AccountId;
use std::path::PathBuf;
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
        self.begins_with(in_place, &self.process_lock())
    }

    fn begins_with(&self, in_place: bool, process_lock: &ProcessLock) -> Recorded {
        let options = WriteOptions { in_place, backup: Backup::Always };
        let mut write = prepare(&self.path(), NEW.as_bytes(), &options).unwrap();
        let file = self.file(in_place, write.digest());
        self.library().record_write(Some(&file), write.trace().unwrap(), None, process_lock).unwrap()
    }

    fn file(&self, in_place: bool, digest: Digest) -> NewTrackedFile {
        let (path, format) = (self.path(), "launcher-toml".to_owned());
        let written = "2026-06-01T12:00:00Z".parse().unwrap();
        let access = Access::default();
        NewTrackedFile { license: LICENSE, path, format, in_place, keep: true, access, digest, written }
    }

    fn process_lock(&self) -> ProcessLock {
        ProcessLock::take(self.library().store.folder()).unwrap()
    }

    /// Writes a file over whatever is recorded of it.
    fn writes(&self, text: &str) {
        let options = WriteOptions { in_place: false, backup: Backup::Always };
        let write = prepare(&self.path(), text.as_bytes(), &options).unwrap();
        let file = self.file(false, write.digest());
        self.library().write_file::<Box<dyn std::error::Error>>(&file, write).unwrap();
    }

    fn settles(&self) -> Vec<TrackedFile> {
        let settled = self.library().settle_writes();
        assert!(settled.failed.is_none(), "{:?}", settled.failed);
        settled.tracked
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
fn file_changed_in_place_by_another_program_is_not_tracked() {
    for text in ["mine", "mine, and longer than any text that Licet writes here\n"] {
        let place = Place::new();
        put(&place.path(), OLD);
        place.begins(true);
        put(&place.path(), text);
        assert!(place.settles().is_empty());
        assert_eq!((place.states(), place.recorded()), (vec![], 0));
        assert_eq!(text_in(&place.path()), text);
    }
}

/// A file of which the first bytes, with a part of the key, are overwritten with those of [`NEW`].
fn half_written(old: &str) -> (Place, String) {
    let place = Place::new();
    put(&place.path(), old);
    place.begins(true);
    let torn = format!("{}{}", &NEW[..14], old.get(14..).unwrap_or_default());
    put(&place.path(), &torn);
    (place, torn)
}

#[test]
fn half_written_file_is_interrupted_until_it_changes() {
    for old in [OLD, "short"] {
        let (place, torn) = half_written(old);
        assert_eq!(place.settles()[0].interrupted, Some(Digest::of(torn.as_bytes())));
        assert_eq!((place.states(), place.recorded()), (vec![FileState::Interrupted], 0));
        put(&place.path(), "mine");
        assert_eq!(place.states(), [FileState::Drifted]);
    }
}

#[test]
fn half_written_file_is_up_to_date_once_written_again() {
    for old in [OLD, "short"] {
        let (place, _) = half_written(old);
        place.settles();
        place.writes(NEW);
        assert_eq!(place.states(), [FileState::UpToDate]);
        assert_eq!(place.library().files_of(LICENSE).unwrap()[0].interrupted, None);
    }
}

#[test]
fn write_of_a_running_process_is_left_to_it() {
    let place = Place::new();
    let process_lock = place.process_lock();
    let recorded = place.begins_with(false, &process_lock);
    let begun = place.folder().join(recorded.trace.temporary.as_str());
    put(&begun, NEW);
    assert!(place.settles().is_empty());
    assert!(begun.exists() && place.recorded() == 1);
    drop(process_lock);
    place.settles();
    assert!(!begun.exists() && place.recorded() == 0);
}

#[test]
fn leftover_on_unmounted_disk_is_removed_later() {
    let place = Place::new();
    let recorded = place.begins(false);
    let leftover = place.folder().join(recorded.trace.temporary.as_str());
    put(&leftover, NEW);
    let unmounted = place.dir.path().join("unmounted");
    std::fs::rename(place.folder(), &unmounted).unwrap();
    assert!(place.settles().is_empty() && place.recorded() == 1);
    std::fs::rename(&unmounted, place.folder()).unwrap();
    place.settles();
    assert!(!leftover.exists() && place.recorded() == 0);
}

/// A write that ended before the new file was in place, and that file.
fn ended_early() -> (Place, PathBuf) {
    let place = Place::new();
    let recorded = place.begins(false);
    let leftover = place.folder().join(recorded.trace.temporary.as_str());
    put(&leftover, NEW);
    (place, leftover)
}

#[test]
fn leftover_of_a_removed_license_is_removed() {
    let removals: [fn(&Library); 3] = [
        |library| library.remove_license(LICENSE).unwrap(),
        |library| library.remove_account(AccountId(1)).unwrap(),
        |library| library.forget_everything().unwrap(),
    ];
    for remove in removals {
        let (place, leftover) = ended_early();
        remove(place.library());
        assert!(place.settles().is_empty());
        assert!(!leftover.exists() && place.recorded() == 0);
    }
}

#[test]
fn leftover_on_unmounted_disk_outlives_forgetting_everything() {
    let (place, leftover) = ended_early();
    let unmounted = place.dir.path().join("unmounted");
    std::fs::rename(place.folder(), &unmounted).unwrap();
    place.library().forget_everything().unwrap();
    assert_eq!(place.recorded(), 1);
    std::fs::rename(&unmounted, place.folder()).unwrap();
    place.settles();
    assert!(!leftover.exists() && place.recorded() == 0);
}

#[test]
fn file_of_a_removed_license_is_not_tracked() {
    let place = Place::new();
    place.begins(false);
    put(&place.path(), NEW);
    place.library().remove_license(LICENSE).unwrap();
    assert!(place.settles().is_empty());
    assert_eq!((text_in(&place.path()).as_str(), place.recorded()), (NEW, 0));
}

#[test]
fn unreadable_record_does_not_hold_up_the_others() {
    let (place, leftover) = ended_early();
    let damaged = "INSERT INTO file_writes (path, format, in_place, keep, written, target, temporary, overwrites, digest, \
                   size, lease) VALUES ('/x', 'env', 0, 0, 0, '/x', 'not one of ours', 0, '', 0, ''); \
                   UPDATE file_writes SET id = -1 WHERE target = '/x';";
    place.library().store.write::<_, LibraryError>(|one| Ok(one.execute_batch(damaged)?)).unwrap();
    let settled = place.library().settle_writes();
    assert!(matches!(settled.failed, Some(LibraryError::Unreadable { .. })), "{:?}", settled.failed);
    assert!(!leftover.exists());
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

/// A replacing of [`OLD`] that was recorded, with what an exchange left under the name for it.
fn exchanged(in_place: &str, left: &str) -> (Place, PathBuf) {
    let place = Place::new();
    put(&place.path(), OLD);
    let recorded = place.begins(false);
    let swap = recorded.trace.temporary.as_str().replace(".tmp", ".swap");
    let swap = place.folder().join(swap);
    put(&swap, left);
    put(&place.path(), in_place);
    (place, swap)
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        folder.read_dir().unwrap().map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn new_file_that_was_not_exchanged_is_removed() {
    let (place, swap) = exchanged(OLD, NEW);
    assert!(place.settles().is_empty());
    assert_eq!((text_in(&place.path()).as_str(), swap.exists(), place.recorded()), (OLD, false, 0));
}

#[test]
fn old_file_that_was_exchanged_is_removed() {
    let (place, swap) = exchanged(NEW, OLD);
    place.settles();
    assert_eq!((place.states(), swap.exists()), (vec![FileState::UpToDate], false));
    assert_eq!(text_in(&place.path()), NEW);
}

#[test]
fn change_of_another_program_that_was_exchanged_comes_back() {
    let (place, swap) = exchanged(NEW, "saved in between");
    assert!(place.settles().is_empty());
    assert_eq!((text_in(&place.path()).as_str(), swap.exists()), ("saved in between", false));
    assert_eq!(names_in(&place.folder()), ["license.toml"]);
}

#[test]
fn change_of_another_program_that_was_replaced_since_is_kept_beside() {
    let (place, _) = exchanged("saved later", "saved in between");
    assert!(place.settles().is_empty());
    assert_eq!(text_in(&place.path()), "saved later");
    assert_eq!(names_in(&place.folder()), ["license.toml", "license.toml.bak"]);
    assert_eq!(text_in(&place.folder().join("license.toml.bak")), "saved in between");
}

#[test]
fn exchange_of_a_file_that_is_being_written_is_left_alone() {
    let (place, swap) = exchanged(NEW, "saved in between");
    let lock = place.library().lock_file(&place.path()).unwrap();
    assert!(place.settles().is_empty());
    assert!(swap.exists() && place.recorded() == 1);
    drop(lock);
    place.settles();
    assert!(!swap.exists());
}

#[test]
fn written_file_that_cannot_be_noted_is_said_to_be_written() {
    let place = Place::new();
    let full = "CREATE TRIGGER full BEFORE INSERT ON tracked_files BEGIN SELECT RAISE(FAIL, 'full'); END";
    place.library().store.write::<_, LibraryError>(|one| Ok(one.execute_batch(full)?)).unwrap();
    let options = WriteOptions { in_place: false, backup: Backup::Always };
    let write = prepare(&place.path(), NEW.as_bytes(), &options).unwrap();
    let file = place.file(false, write.digest());
    let failure = place.library().write_file::<Box<dyn std::error::Error>>(&file, write).unwrap_err();
    let failure = failure.downcast::<LibraryError>().unwrap();
    assert!(matches!(*failure, LibraryError::WrittenNotNoted { .. }), "{failure:?}");
    assert_eq!(text_in(&place.path()), NEW);
    let free = "DROP TRIGGER full";
    place.library().store.write::<_, LibraryError>(|one| Ok(one.execute_batch(free)?)).unwrap();
    place.settles();
    assert_eq!(place.states(), [FileState::UpToDate], "the next start notes it");
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
