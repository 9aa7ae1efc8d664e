//! What the next command makes of an export that ended in the middle.

use crate::schema;
use crate::world::World;
use std::path::PathBuf;
use testkit::put;
use vault::files::Digest;

/// The new file beside the one that is written.
const NEW_FILE: &str = ".licet-0123456789ab.tmp";

/// The license `one`, an export of which into a folder that the library does not know ended in the middle.
struct Ended {
    world: World,
    text: String,
}

impl Ended {
    fn new(in_place: bool) -> Self {
        let world = World::with(&["one"]);
        std::fs::create_dir(world.path("box")).unwrap();
        let text = format!("BOX_LICENSE={}\n", world.key_of("one"));
        let ended = Self { world, text };
        let library = rusqlite::Connection::open(ended.world.home().join("library.sqlite3")).unwrap();
        library
            .execute(
                "INSERT INTO file_writes (license, path, format, in_place, keep, written, target, temporary, overwrites, \
                 digest, size, lease) SELECT id, ?1, 'env', ?2, 1, 0, ?1, ?3, ?2, ?4, ?5, '0123456789abcdef' FROM licenses",
                rusqlite::params![
                    ended.path().to_str().unwrap(),
                    in_place,
                    NEW_FILE,
                    Digest::of(ended.text.as_bytes()).to_string(),
                    ended.text.len() as i64
                ],
            )
            .unwrap();
        ended
    }

    fn path(&self) -> PathBuf {
        self.world.path("box/.env")
    }

    fn state(&self) -> serde_json::Value {
        let listed = self.world.licet(["list", "--json"]).ok().json();
        schema::check("list", &listed);
        listed[0]["files"][0]["state"].clone()
    }
}

#[test]
fn leftover_in_an_unknown_folder_is_removed() {
    let ended = Ended::new(false);
    let left = ended.world.path("box").join(NEW_FILE);
    put(&left, &ended.text);
    ended.world.licet(["list"]).ok();
    assert!(!left.exists());
}

#[test]
fn file_that_was_written_is_listed() {
    let ended = Ended::new(false);
    put(&ended.path(), &ended.text);
    assert_eq!(ended.state(), "up-to-date");
}

#[test]
fn half_written_file_is_named_and_written_again() {
    let ended = Ended::new(true);
    put(&ended.path(), &ended.text[..30]);
    assert_eq!(ended.state(), "interrupted");
    let path = ended.path().to_str().unwrap().to_owned();
    let again = format!("`licet export L1 --format env --to {path} --keep --in-place` writes it again");
    ended.world.licet(["refresh"]).ok().saying("contains only a part of its text").saying(&again);
    ended.world.licet(["export", "L1", "--format", "env", "--to", &path, "--keep", "--in-place"]).ok();
    assert_eq!(ended.state(), "up-to-date");
    assert_eq!(ended.world.read("box/.env").trim_end(), ended.text.trim_end());
}
