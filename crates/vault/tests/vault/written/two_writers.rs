//! Two programs that write one file at the same time.

use crate::test_home::{TestHome, chmod, dev, mode_of, names_in, now};
use license::LicenseId;
use std::path::{Path, PathBuf};
use testkit::put;
use vault::files::{self, Access, Backup, Digest, FileError, FileState, WriteOptions};
use vault::{Library, NewTrackedFile, Vault};

type Failure = Box<dyn std::error::Error>;

struct Place {
    home: TestHome,
    license: LicenseId,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let home = TestHome::new();
        let license = home.list(home.north(), &[dev("v1", "one")])[0];
        let folder = home.dir.path().join("box");
        std::fs::create_dir(&folder).unwrap();
        Self { home, license, path: folder.join(".env") }
    }

    /// What a write needs, made from what is in the file now.
    fn tracked(&self, digest: Digest, in_place: bool) -> NewTrackedFile {
        NewTrackedFile {
            license: self.license,
            path: self.path.clone(),
            format: "env".to_owned(),
            in_place,
            keep: false,
            access: Access::default(),
            digest,
            written: now(),
        }
    }

    /// Another program changes the file between the reading and the writing.
    fn writes_after(&self, in_place: bool, change: impl FnOnce(&Path)) -> Result<(), FileError> {
        let options = WriteOptions { in_place, backup: Backup::Always };
        let write = files::prepare(&self.path, b"KEY=new\n", &options).unwrap();
        let file = self.tracked(write.digest(), in_place);
        change(&self.path);
        match self.home.library().write_file::<Failure>(&file, write) {
            Ok(_) => Ok(()),
            Err(failure) => Err(*failure.downcast::<FileError>().unwrap()),
        }
    }

    fn states(&self) -> Vec<FileState> {
        self.home.library().files_of(self.license).unwrap().iter().map(vault::TrackedFile::state).collect()
    }

    fn names(&self) -> Vec<String> {
        names_in(self.path.parent().unwrap())
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Saves as an editor does: a new file over the old name.
fn save(path: &Path, text: &str) {
    let new = path.with_file_name("editor.tmp");
    put(&new, text);
    std::fs::rename(new, path).unwrap();
}

#[test]
fn what_another_program_saved_in_between_is_kept() {
    let changes: [fn(&Path); 3] = [
        |path| save(path, "A=1\nMINE=2\n"),
        |path| put(path, "A=1\nMINE=2\n"),
        |path| {
            put(path, "something shorter");
            save(path, "A=1\nMINE=2\n");
        },
    ];
    for in_place in [false, true] {
        for change in changes {
            let place = Place::new();
            put(&place.path, "A=1\n");
            let refused = place.writes_after(in_place, change);
            assert!(matches!(refused, Err(FileError::Changed { .. })), "{refused:?}");
            assert_eq!(text(&place.path), "A=1\nMINE=2\n");
            assert_eq!(place.names(), [".env"]);
            assert!(place.states().is_empty());
        }
    }
}

#[test]
fn file_that_appeared_in_between_is_kept() {
    let place = Place::new();
    let refused = place.writes_after(false, |path| put(path, "MINE=2\n"));
    assert!(matches!(refused, Err(FileError::Changed { .. })), "{refused:?}");
    assert_eq!((text(&place.path).as_str(), place.names()), ("MINE=2\n", vec![".env".to_owned()]));
}

#[test]
fn link_that_appeared_in_between_is_kept() {
    let place = Place::new();
    put(&place.path, "A=1\n");
    let elsewhere = place.home.dir.path().join("elsewhere");
    put(&elsewhere, "MINE=2\n");
    let refused = place.writes_after(false, |path| {
        std::fs::remove_file(path).unwrap();
        std::os::unix::fs::symlink(&elsewhere, path).unwrap();
    });
    assert!(matches!(refused, Err(FileError::Changed { .. })), "{refused:?}");
    assert!(place.path.is_symlink());
    assert_eq!((text(&elsewhere).as_str(), place.names()), ("MINE=2\n", vec![".env".to_owned()]));
}

#[test]
fn file_that_was_removed_in_between_is_not_written() {
    let place = Place::new();
    put(&place.path, "A=1\n");
    let refused = place.writes_after(false, |path| std::fs::remove_file(path).unwrap());
    assert!(matches!(refused, Err(FileError::Changed { .. })), "{refused:?}");
    assert!(place.names().is_empty());
}

#[test]
fn mode_that_was_changed_in_between_counts_as_a_change() {
    let place = Place::new();
    put(&place.path, "A=1\n");
    let refused = place.writes_after(false, |path| chmod(path, 0o640));
    assert!(matches!(refused, Err(FileError::Changed { .. })), "{refused:?}");
    assert_eq!(mode_of(&place.path), 0o640);
}

/// Adds a line as an export does: read, render and write under the lock.
fn add_line(library: &Library, place: (&Path, LicenseId), line: &str) {
    let (path, license) = place;
    let _lock = library.lock_file(path).unwrap();
    let before = files::read_if_there(path).unwrap();
    let new = format!("{}{line}\n", before.as_ref().map_or("", |text| text.as_str()));
    let options = WriteOptions { in_place: false, backup: Backup::Never };
    let write = files::prepare(path, new.as_bytes(), &options).unwrap();
    let file = NewTrackedFile {
        license,
        path: path.to_owned(),
        format: "env".to_owned(),
        in_place: false,
        keep: false,
        access: Access::default(),
        digest: write.digest(),
        written: now(),
    };
    library.write_file::<Failure>(&file, write).unwrap();
}

#[test]
fn no_line_of_several_licet_processes_is_lost() {
    let place = Place::new();
    let linked = place.home.dir.path().join("link");
    std::os::unix::fs::symlink(place.path.parent().unwrap(), &linked).unwrap();
    let paths = [place.path.clone(), linked.join(".env")];
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (path, license) = (&paths[writer % 2], place.license);
            let vault: Vault = place.home.reopened();
            scope.spawn(move || {
                for number in 0..10 {
                    add_line(vault.library(), (path, license), &format!("LINE_{writer}_{number}=1"));
                }
            });
        }
    });
    let written = text(&place.path);
    for writer in 0..4 {
        for number in 0..10 {
            assert!(written.contains(&format!("LINE_{writer}_{number}=1")), "{writer} {number}:\n{written}");
        }
    }
    assert_eq!(place.names(), [".env"]);
    let is_lock = |name: &String| name.starts_with("file-");
    assert!(!names_in(&place.home.path()).iter().any(is_lock), "locks are removed");
}

#[test]
fn lock_of_a_process_that_ended_is_removed_at_the_next_start() {
    let place = Place::new();
    let left = place.home.path().join("file-0123456789abcdef0123456789abcdef.lock");
    put(&left, "");
    place.home.reopened();
    assert!(!left.exists());
}
