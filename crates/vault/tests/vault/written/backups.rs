//! Backups of what Licet did not write: whose they are, and how many there are.

use crate::stage::as_nobody;
use crate::test_home::{TestHome, chmod, dev, mode_of, names_in, now};
use license::LicenseId;
use std::path::{Path, PathBuf};
use testkit::put;
use vault::files::{self, Access, Backup, Digest, FileError, WriteOptions};
use vault::{MOST_LATER_BACKUPS, NewTrackedFile};

/// A home with a license, and a folder with a file that Licet did not write.
struct Place {
    home: TestHome,
    license: LicenseId,
    path: PathBuf,
}

impl Place {
    fn new(text: &str) -> Self {
        let home = TestHome::new();
        let license = home.list(home.north(), &[dev("v1", "one")])[0];
        let folder = home.dir.path().join("box");
        std::fs::create_dir(&folder).unwrap();
        let path = folder.join(".env");
        put(&path, text);
        Self { home, license, path }
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }

    fn names(&self) -> Vec<String> {
        names_in(self.path.parent().unwrap())
    }

    /// Writes the file; what is there is another program's.
    fn writes(&self, text: &str) -> Option<PathBuf> {
        self.tries(text).unwrap()
    }

    fn tries(&self, text: &str) -> Result<Option<PathBuf>, Box<dyn std::error::Error>> {
        self.tries_with(text, &WriteOptions { in_place: false, backup: Backup::Always })
    }

    fn tries_with(
        &self,
        text: &str,
        options: &WriteOptions,
    ) -> Result<Option<PathBuf>, Box<dyn std::error::Error>> {
        let write = files::prepare(&self.path, text.as_bytes(), options)?;
        let file = NewTrackedFile {
            license: self.license,
            path: self.path.clone(),
            format: "env".to_owned(),
            in_place: options.in_place,
            keep: false,
            access: Access::default(),
            digest: write.digest(),
            written: now(),
        };
        let (_, written) = self.home.library().write_file::<Box<dyn std::error::Error>>(&file, write)?;
        Ok(written.backup)
    }

    /// Writes the file so often, each time after another program has saved a version of its own.
    fn writes_over_versions(&self, numbers: std::ops::Range<usize>) {
        for number in numbers {
            put(&self.path, &format!("theirs {number}"));
            self.writes(&format!("ours {number}"));
        }
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn users_own_backup_is_not_written_over() {
    let place = Place::new("A=1\n");
    put(&place.beside(".env.bak"), "only here\n");
    let backup = place.writes("ours").unwrap();
    assert_eq!(text(&place.beside(".env.bak")), "only here\n");
    assert_eq!((text(&backup).as_str(), mode_of(&backup)), ("A=1\n", 0o600));
    assert_eq!(place.names(), [".env", ".env.bak", ".env.bak.1"]);
}

#[test]
fn original_and_the_newest_backups_are_kept() {
    let place = Place::new("the original");
    place.writes("ours");
    place.writes_over_versions(0..15);
    let kept = files::backups_of(&place.path);
    assert_eq!(kept.len(), 1 + MOST_LATER_BACKUPS);
    assert_eq!(text(&kept[0]), "the original");
    let versions: Vec<_> = kept[1..].iter().map(|backup| text(backup)).collect();
    let newest: Vec<_> = (6..15).map(|number| format!("theirs {number}")).collect();
    assert_eq!(versions, newest, "in the order of their numbers");
    assert_eq!(place.home.library().kept_backups().unwrap().len(), kept.len());
}

#[test]
fn backup_that_a_user_edited_is_not_removed() {
    let place = Place::new("the original");
    place.writes("ours");
    place.writes_over_versions(0..1);
    put(&place.beside(".env.bak.1"), "edited");
    assert!(!place.home.library().is_own_backup(&place.beside(".env.bak.1")).unwrap());
    place.writes_over_versions(1..15);
    assert_eq!(text(&place.beside(".env.bak.1")), "edited");
    assert_eq!(text(&place.beside(".env.bak")), "the original");
}

#[test]
fn users_files_with_numbers_are_not_removed() {
    let place = Place::new("the original");
    for name in [".env.bak", ".env.bak.1", ".env.bak.2"] {
        put(&place.beside(name), name);
    }
    place.writes("ours");
    place.writes_over_versions(0..15);
    for name in [".env.bak", ".env.bak.1", ".env.bak.2"] {
        assert_eq!(text(&place.beside(name)), name);
    }
    assert_eq!(text(&place.beside(".env.bak.3")), "the original");
    assert_eq!(files::backups_of(&place.path).len(), 3 + 1 + MOST_LATER_BACKUPS);
}

#[test]
fn same_content_is_kept_once() {
    let place = Place::new("theirs");
    let first = place.writes("ours");
    put(&place.path, "theirs");
    assert_eq!(place.writes("ours again"), first);
    assert_eq!(place.names(), [".env", ".env.bak"]);
}

#[test]
fn users_backup_with_the_same_content_does_not_count() {
    let place = Place::new("theirs");
    put(&place.beside(".env.bak"), "theirs");
    let backup = place.writes("ours").unwrap();
    assert_eq!(backup, place.beside(".env.bak.1"));
}

#[test]
fn name_of_a_removed_backup_is_not_used_again() {
    let place = Place::new("one");
    place.writes("ours");
    put(&place.path, "two");
    let second = place.writes("ours").unwrap();
    std::fs::remove_file(second).unwrap();
    put(&place.path, "three");
    assert_eq!(place.writes("ours").unwrap(), place.beside(".env.bak.2"));
}

#[test]
fn failed_write_leaves_no_backup() {
    let place = Place::new("theirs");
    let options = WriteOptions { in_place: false, backup: Backup::Always };
    let write = files::prepare(&place.path, b"ours", &options).unwrap();
    put(&place.path, "changed in between");
    let refused = write.carry_out();
    assert!(matches!(refused, Err(FileError::Changed { .. })), "{refused:?}");
    assert_eq!(place.names(), [".env"]);
}

#[test]
fn own_text_overwritten_in_place_leaves_no_backup() {
    for backup in [Backup::Never, Backup::UnlessDigest(Digest::of(b"ours"))] {
        let place = Place::new("theirs");
        place.writes("ours");
        let options = WriteOptions { in_place: true, backup };
        assert_eq!(place.tries_with("ours again", &options).unwrap(), None);
        assert_eq!((text(&place.path).as_str(), place.names()), ("ours again", names(&[".env", ".env.bak"])));
        assert_eq!(text(&place.beside(".env.bak")), "theirs");
        assert_eq!(place.home.library().kept_backups().unwrap().len(), 1);
        put(&place.path, "edited");
        assert_eq!(place.writes("ours"), Some(place.beside(".env.bak.1")), "the number is free again");
    }
}

#[test]
fn own_text_is_overwritten_in_place_where_no_backup_can_be_made() {
    as_nobody("written::backups::own_text_is_overwritten_in_place_where_no_backup_can_be_made", || {
        let place = Place::new("");
        place.writes("ours");
        let folder = place.path.parent().unwrap();
        chmod(folder, 0o500);
        let own = Backup::UnlessDigest(Digest::of(b"ours"));
        let written = place.tries_with("ours again", &WriteOptions { in_place: true, backup: own });
        let refused = place.tries_with("more", &WriteOptions { in_place: true, backup: Backup::Always });
        chmod(folder, 0o700);
        assert_eq!(written.unwrap(), None);
        assert!(refused.is_err(), "other programs' text is not overwritten without a backup");
        assert_eq!((text(&place.path).as_str(), place.names()), ("ours again", names(&[".env"])));
        assert!(place.home.library().kept_backups().unwrap().is_empty());
    });
}

#[test]
fn own_text_is_overwritten_in_place_under_the_longest_name() {
    let mut place = Place::new("");
    place.path = place.path.with_file_name("e".repeat(255));
    put(&place.path, "ours");
    let own = Backup::UnlessDigest(Digest::of(b"ours"));
    let written = place.tries_with("ours again", &WriteOptions { in_place: true, backup: own });
    assert_eq!(written.unwrap(), None);
    assert_eq!(text(&place.path), "ours again");
}

#[test]
fn restored_file_keeps_what_it_replaces() {
    let place = Place::new("the original");
    let original = place.writes("ours").unwrap();
    put(&place.path, "edited");
    let options = WriteOptions { in_place: false, backup: Backup::Always };
    let bytes = std::fs::read(&original).unwrap();
    let library = place.home.library();
    let written = library
        .write_untracked::<Box<dyn std::error::Error>>(&place.path, &bytes, &original, &options)
        .unwrap();
    assert_eq!(text(&place.path), "the original");
    assert_eq!(text(&written.backup.unwrap()), "edited");
    assert!(library.settle_writes().tracked.is_empty());
}

#[test]
fn backup_that_is_restored_stays_beyond_the_bound() {
    let place = Place::new("0");
    for number in 1..=MOST_LATER_BACKUPS + 1 {
        place.writes(&format!("ours {number}")).unwrap();
        put(&place.path, &number.to_string());
    }
    let oldest = files::backups_of(&place.path).remove(1);
    let bytes = std::fs::read(&oldest).unwrap();
    let options = WriteOptions { in_place: false, backup: Backup::Always };
    let library = place.home.library();
    library.write_untracked::<Box<dyn std::error::Error>>(&place.path, &bytes, &oldest, &options).unwrap();
    assert!(oldest.exists(), "{:?}", place.names());
}
