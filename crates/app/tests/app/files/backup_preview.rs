//! What a preview says of a backup is what the write does, whatever is in the file.

use crate::common::{SYSTEM_KEY, World};
use app::files::Target;
use license::{LicenseId, file::Format};
use std::{fs, path::Path};
use testkit::put;
use vault::files::Digest;

/// The key that Licet wrote before.
const EARLIER_KEY: &str = "0123AB-3E7A6C-932DEB-8C4189-F6B0F2-V3";
const THEIRS: &str = "# mine\n";

/// What is in a file before it is written.
#[derive(Debug, Clone, Copy)]
enum Before {
    Nothing,
    Empty,
    Theirs,
    SameText,
    /// As Licet wrote it, with this key.
    Written,
    /// As Licet wrote it, with another key.
    WrittenEarlier,
    WrittenThenEdited,
    WrittenThenEmptied,
    WrittenThenRemoved,
    /// A part of what Licet was writing, as text and as bytes that are none.
    Torn(&'static [u8]),
    Linked,
    /// Another program's text, of which Licet made a backup before.
    TheirsOnceMore,
}

impl Before {
    /// Every state, and whether writing over it keeps a backup.
    const TABLE: [(Self, bool); 13] = [
        (Self::Nothing, false),
        (Self::Empty, false),
        (Self::Theirs, true),
        (Self::SameText, false),
        (Self::Written, false),
        (Self::WrittenEarlier, false),
        (Self::WrittenThenEdited, true),
        (Self::WrittenThenEmptied, false),
        (Self::WrittenThenRemoved, false),
        (Self::Torn(b"License = \"5614D1-3E7A"), true),
        (Self::Torn(b"License = \xff\xfe"), true),
        (Self::Linked, true),
        (Self::TheirsOnceMore, true),
    ];

    async fn lay_out(self, world: &World, [id, earlier]: [LicenseId; 2], target: &Target) {
        let path = &target.path;
        let written = async |id| drop(app::export::export(&world.context, id, target.clone()).await.unwrap());
        match self {
            Self::Nothing => {}
            Self::Empty => put(path, ""),
            Self::Theirs => put(path, THEIRS),
            Self::SameText => put(path, &format!("License = \"{SYSTEM_KEY}\"\n")),
            Self::Written => written(id).await,
            Self::WrittenEarlier => written(earlier).await,
            Self::WrittenThenEdited => {
                written(id).await;
                put(path, &format!("License = \"{EARLIER_KEY}\"\n{THEIRS}port = 1\n"));
            }
            Self::WrittenThenEmptied => {
                written(id).await;
                put(path, "");
            }
            Self::WrittenThenRemoved => {
                written(id).await;
                fs::remove_file(path).unwrap();
            }
            Self::Torn(bytes) => {
                written(id).await;
                put(path, bytes);
                note_interrupted(world, path, bytes);
            }
            Self::Linked => {
                let there = path.with_extension("theirs");
                put(&there, THEIRS);
                std::os::unix::fs::symlink(there, path).unwrap();
            }
            Self::TheirsOnceMore => {
                put(path, THEIRS);
                written(id).await;
                put(path, THEIRS);
            }
        }
    }
}

/// Lets the library know the file as one of which an interrupted write left a part.
fn note_interrupted(world: &World, path: &Path, part: &[u8]) {
    let library = rusqlite::Connection::open(world.home().library()).unwrap();
    let noted = library.execute(
        "UPDATE tracked_files SET interrupted = ?2 WHERE path = ?1",
        [path.to_str().unwrap(), &Digest::of(part).to_string()],
    );
    assert_eq!(noted.unwrap(), 1);
}

#[tokio::test]
async fn preview_keeps_a_backup_exactly_where_the_write_does() {
    let world = World::start().await;
    let import =
        async |key, name| app::import::import_text(&world.context, key, Some(name)).await.unwrap().license;
    let licenses = [import(SYSTEM_KEY, "cell").await, import(EARLIER_KEY, "earlier").await];
    for (number, (before, expected)) in Before::TABLE.into_iter().enumerate() {
        for in_place in [false, true] {
            let path = world.path(&format!("cell-{number}-{in_place}.toml"));
            let target = Target { format: Format::LauncherToml, path, in_place, keep: false };
            before.lay_out(&world, licenses, &target).await;
            let exists = target.path.exists();
            let preview = app::export::preview(&world.context, licenses[0], &target).await.unwrap();
            let written = app::export::export(&world.context, licenses[0], target).await.unwrap();
            let said = (preview.text.is_ok(), preview.exists, preview.backup);
            let what = format!("{before:?}, in place: {in_place}");
            assert_eq!(said, (true, exists, written.backup.is_some()), "{what}");
            assert_eq!(preview.backup, expected, "{what}");
        }
    }
}
