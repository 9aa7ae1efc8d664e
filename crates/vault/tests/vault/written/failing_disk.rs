//! What a disk leaves that fails while a file is written.

use crate::stage::{beside, is_on_stage};
use crate::test_home::{TestHome, dev, names_in, now};
use license::LicenseId;
use std::path::{Path, PathBuf};
use testkit::{
    disk::{self, FOR_GOOD, Fault},
    put,
};
use vault::files::{self, Access, Backup, Digest, FileError, FileState, WriteOptions};
use vault::{Home, Library, MOST_LATER_BACKUPS, NewTrackedFile, TrackedFile, Vault};

type Failure = Box<dyn std::error::Error>;

const HOME: &str = "LICET_STORY_HOME";
const FILE: &str = "LICET_STORY_FILE";

const ORIGINAL: &str = "PORT=1\n";
const OURS: &str = "KEY=an-older-key\nPORT=8080\nTOKEN=mine\n";
const NEW: &str = "KEY=new\nPORT=8080\nTOKEN=mine\n";

/// A home with a license, and a file with Licet's own text.
struct Place {
    home: TestHome,
    license: LicenseId,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let place = Self::empty();
        place.writes_ours();
        place
    }

    /// The same over a file that was there before.
    fn over_original() -> Self {
        let place = Self::empty();
        put(&place.path, ORIGINAL);
        place.writes_ours();
        place
    }

    fn empty() -> Self {
        let home = TestHome::new();
        let license = home.list(home.north(), &[dev("v1", "one")])[0];
        let folder = home.dir.path().canonicalize().unwrap().join("box");
        std::fs::create_dir(&folder).unwrap();
        Self { home, license, path: folder.join(".env") }
    }

    fn writes_ours(&self) {
        let options = WriteOptions { in_place: false, backup: Backup::Always };
        export(self.home.library(), self.license, (&self.path, OURS), &options).unwrap();
    }

    /// Tells a story by a program whose disk fails with the file.
    fn tells(&self, story: &str, fault: Fault) {
        let path = self.home.path();
        let mut environment = vec![(HOME, path.into_os_string()), (FILE, self.path.clone().into())];
        environment.extend(disk::failing(self.home.dir.path(), &self.path, fault));
        let told = beside(story, &environment).wait_with_output().unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
    }

    fn is_torn(&self) -> bool {
        ![ORIGINAL, OURS, NEW].contains(&text(&self.path).as_str())
    }

    fn backup(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }

    fn states(&self) -> Vec<FileState> {
        self.home.library().files_of(self.license).unwrap().iter().map(TrackedFile::state).collect()
    }

    fn names(&self) -> Vec<String> {
        names_in(self.path.parent().unwrap())
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn export(
    library: &Library,
    license: LicenseId,
    (path, text): (&Path, &str),
    options: &WriteOptions,
) -> Result<(), FileError> {
    let write = files::prepare(path, text.as_bytes(), options)?;
    let file = NewTrackedFile {
        license,
        path: path.to_owned(),
        format: "env".to_owned(),
        in_place: options.in_place,
        keep: false,
        access: Access::default(),
        digest: write.digest(),
        written: now(),
    };
    done(library.write_file::<Failure>(&file, write))
}

/// Restores a backup in place.
fn restore(library: &Library, path: &Path, backup: &Path) -> Result<(), FileError> {
    let options = WriteOptions { in_place: true, backup: Backup::Always };
    let bytes = std::fs::read(backup).unwrap();
    done(library.write_untracked::<Failure>(path, &bytes, backup, &options))
}

fn done<T>(written: Result<T, Failure>) -> Result<(), FileError> {
    written.map(drop).map_err(|failure| *failure.downcast::<FileError>().unwrap())
}

/// The vault and the file of the story that this program tells.
fn of_story() -> (Vault, PathBuf) {
    let variable = |name| std::env::var_os(name).unwrap();
    (Vault::open(Home::at(variable(HOME))).unwrap(), PathBuf::from(variable(FILE)))
}

/// Writes the new text in place over Licet's own.
fn export_of_story() -> FileError {
    let (vault, path) = of_story();
    let license = vault.library().find("one").unwrap()[0].id;
    let own = Backup::UnlessDigest(Digest::of(OURS.as_bytes()));
    let options = WriteOptions { in_place: true, backup: own };
    export(vault.library(), license, (&path, NEW), &options).unwrap_err()
}

/// Asserts that a file is incomplete and the error names this backup.
fn names_backup(error: &FileError, backup: &Path) {
    let is_named = matches!(error, FileError::Incomplete { backup: Some(named), .. } if named == backup);
    assert!(is_named && error.to_string().contains(backup.to_str().unwrap()), "{error:?}");
}

#[test]
fn own_text_of_a_half_written_file_is_in_a_backup() {
    const STORY: &str = "written::failing_disk::own_text_of_a_half_written_file_is_in_a_backup";
    if is_on_stage() {
        let error = export_of_story();
        return names_backup(&error, &of_story().1.with_file_name(".env.bak"));
    }
    // It fails while the new text is written, or while the rest of the longer old one is cut off.
    for first in [1, 2] {
        let place = Place::new();
        place.tells(STORY, Fault::Full(first..=FOR_GOOD));
        assert!(place.is_torn(), "{}", text(&place.path));
        assert_eq!(text(&place.backup(".env.bak")), OURS);
        assert_eq!(place.states(), [FileState::Interrupted]);
        let listed = place.home.library().kept_backups().unwrap();
        assert!(listed.len() == 1 && listed[0].is_unchanged(), "{listed:?}");
        restore(place.home.library(), &place.path, &listed[0].path).unwrap();
        assert_eq!(text(&place.path), OURS);
    }
}

#[test]
fn own_text_that_was_put_back_is_in_no_backup() {
    const STORY: &str = "written::failing_disk::own_text_that_was_put_back_is_in_no_backup";
    if is_on_stage() {
        let error = export_of_story();
        return assert!(matches!(error, FileError::DiskFull { .. }), "{error:?}");
    }
    for (first, last) in [(1, 2), (2, 2)] {
        let place = Place::new();
        place.tells(STORY, Fault::Full(first..=last));
        assert_eq!((text(&place.path).as_str(), place.names()), (OURS, vec![".env".to_owned()]));
        assert_eq!(place.states(), [FileState::UpToDate]);
        assert!(place.home.library().kept_backups().unwrap().is_empty());
    }
}

#[test]
fn own_text_that_the_disk_does_not_confirm_is_in_a_backup() {
    const STORY: &str = "written::failing_disk::own_text_that_the_disk_does_not_confirm_is_in_a_backup";
    if is_on_stage() {
        let error = export_of_story();
        return names_backup(&error, &of_story().1.with_file_name(".env.bak"));
    }
    let place = Place::new();
    place.tells(STORY, Fault::Unconfirmed);
    assert_eq!((text(&place.path).as_str(), text(&place.backup(".env.bak")).as_str()), (OURS, OURS));
    assert_eq!(place.home.library().kept_backups().unwrap().len(), 1);
}

#[test]
fn file_that_a_restore_left_half_written_is_in_a_backup() {
    const STORY: &str = "written::failing_disk::file_that_a_restore_left_half_written_is_in_a_backup";
    if is_on_stage() {
        let (vault, path) = of_story();
        let error = restore(vault.library(), &path, &path.with_file_name(".env.bak")).unwrap_err();
        return names_backup(&error, &path.with_file_name(".env.bak.1"));
    }
    for first in [1, 2] {
        let place = Place::over_original();
        place.tells(STORY, Fault::Full(first..=FOR_GOOD));
        assert!(place.is_torn(), "{}", text(&place.path));
        assert_eq!(text(&place.backup(".env.bak")), ORIGINAL);
        assert_eq!(text(&place.backup(".env.bak.1")), OURS);
        for (backup, expected) in [(".env.bak.1", OURS), (".env.bak", ORIGINAL)] {
            restore(place.home.library(), &place.path, &place.backup(backup)).unwrap();
            assert_eq!(text(&place.path), expected);
        }
    }
}

#[test]
fn backup_that_could_not_be_restored_stays_beyond_the_bound() {
    const STORY: &str = "written::failing_disk::backup_that_could_not_be_restored_stays_beyond_the_bound";
    if is_on_stage() {
        let (vault, path) = of_story();
        restore(vault.library(), &path, &path.with_file_name(".env.bak.1")).unwrap_err();
        return;
    }
    let place = Place::over_original();
    for number in 1..=MOST_LATER_BACKUPS {
        put(&place.path, &format!("THEIRS={number}\n"));
        place.writes_ours();
    }
    place.tells(STORY, Fault::Full(1..=FOR_GOOD));
    assert_eq!(text(&place.backup(".env.bak.10")), OURS);
    assert_eq!(text(&place.backup(".env.bak.1")), "THEIRS=1\n");
}

#[test]
fn backup_stays_where_the_answer_of_the_rename_was_lost() {
    const STORY: &str = "written::failing_disk::backup_stays_where_the_answer_of_the_rename_was_lost";
    if is_on_stage() {
        let options = WriteOptions { in_place: false, backup: Backup::Always };
        let error = files::write(&of_story().1, NEW.as_bytes(), &options).unwrap_err();
        return assert!(matches!(error, FileError::Io { .. }), "{error:?}");
    }
    let place = Place::empty();
    put(&place.path, ORIGINAL);
    place.tells(STORY, Fault::LostRename);
    assert_eq!((text(&place.path).as_str(), text(&place.backup(".env.bak")).as_str()), (NEW, ORIGINAL));
    assert_eq!(place.names(), [".env", ".env.bak"]);
}
