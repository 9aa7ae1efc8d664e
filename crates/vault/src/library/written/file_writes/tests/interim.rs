//! What becomes of the backup of Licet's own text that is needed only until the file is written.

use super::*;

/// A file with Licet's own text whose overwriting in place has begun, and the backup that was made.
fn overwriting() -> (Place, PathBuf) {
    let place = Place::new();
    place.writes(OLD);
    overwrites(&place, OLD);
    let backup = place.folder().join("license.toml.bak");
    put(&backup, OLD);
    (place, backup)
}

/// Records a write of [`NEW`] over Licet's own text as a process does that ends right after.
fn overwrites(place: &Place, own: &str) {
    let options = WriteOptions { in_place: true, backup: Backup::UnlessDigest(Digest::of(own.as_bytes())) };
    let mut write = prepare(&place.path(), NEW.as_bytes(), &options).unwrap();
    let file = place.file(true, write.digest());
    let begun = place.library().begin_write::<Box<dyn std::error::Error>>(Some(&file), &mut write).unwrap();
    assert!(begun.is_some());
}

fn listed(place: &Place) -> Vec<PathBuf> {
    place.library().kept_backups().unwrap().into_iter().map(|one| one.path).collect()
}

#[test]
fn backup_of_a_half_written_file_stays() {
    let (place, backup) = overwriting();
    put(&place.path(), &format!("{}{}", &NEW[..14], &OLD[14..]));
    place.settles();
    assert_eq!((place.states(), place.recorded()), (vec![FileState::Interrupted], 0));
    assert_eq!((text_in(&backup).as_str(), listed(&place)), (OLD, vec![backup]));
}

#[test]
fn backup_is_removed_once_the_file_is_whole() {
    let not_cut = format!("{NEW}{}", &OLD[NEW.len()..]);
    for text in [OLD, NEW, &not_cut] {
        let (place, backup) = overwriting();
        put(&place.path(), text);
        place.settles();
        assert_eq!((place.states(), place.recorded()), (vec![FileState::UpToDate], 0), "{text}");
        assert!(!backup.exists() && listed(&place).is_empty(), "{text}");
    }
}

#[test]
fn backup_of_a_file_that_was_edited_since_stays() {
    let (place, backup) = overwriting();
    put(&place.path(), "mine");
    place.settles();
    assert_eq!((text_in(&backup).as_str(), listed(&place)), (OLD, vec![backup]));
}

#[test]
fn users_file_with_the_name_of_the_backup_stays() {
    let (place, backup) = overwriting();
    put(&backup, "mine");
    put(&place.path(), NEW);
    place.settles();
    assert_eq!(text_in(&backup), "mine");
}

#[test]
fn backup_that_was_made_before_stays() {
    let place = Place::new();
    put(&place.path(), OLD);
    place.writes("License = \"another\"\n");
    place.writes(OLD);
    let before = listed(&place);
    assert_eq!(before.len(), 2);
    overwrites(&place, OLD);
    put(&place.path(), NEW);
    place.settles();
    assert_eq!(listed(&place), before);
    assert_eq!(text_in(&place.folder().join("license.toml.bak")), OLD);
}
