//! What the next start makes of a license file that a program was writing when it ended.

use crate::common::{SYSTEM_KEY, World};
use app::files::Target;
use license::{LicenseId, file::Format};
use std::fs;
use testkit::put;
use vault::files::{Digest, FileState};

/// The file that was being written.
const NAME: &str = "aica-license.toml";
/// The new file beside it.
const NEW_FILE: &str = ".licet-0123456789ab.tmp";

fn text() -> String {
    format!("License = \"{SYSTEM_KEY}\"\n")
}

/// A home with an imported key, in which a program ended while it wrote the key's file for the first time.
async fn with_a_write(in_place: bool) -> (World, LicenseId) {
    let world = World::with_passphrase().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    let path = world.path(NAME);
    let library = rusqlite::Connection::open(world.home().library()).unwrap();
    library
        .execute(
            "INSERT INTO file_writes (license, path, format, in_place, keep, written, target, temporary, overwrites, digest, \
             size, lease) SELECT id, ?1, 'launcher-toml', ?2, 1, 0, ?1, ?3, ?2, ?4, ?5, '0123456789abcdef' FROM licenses",
            rusqlite::params![
                path.to_str().unwrap(),
                in_place,
                NEW_FILE,
                Digest::of(text().as_bytes()).to_string(),
                text().len() as i64
            ],
        )
        .unwrap();
    (world, id)
}

async fn starts_again(world: &mut World) {
    world.restart();
    world.unlock().await;
    app::files::watch_files(&world.context).await.unwrap();
}

#[tokio::test]
async fn file_written_before_the_end_is_tracked() {
    let (mut world, id) = with_a_write(false).await;
    put(&world.path(NAME), &text());
    starts_again(&mut world).await;
    let files = app::files::files_of(&world.context, id).await.unwrap();
    assert_eq!((files[0].state, files[0].tracked.file.keep), (FileState::UpToDate, true));
    assert_eq!(world.happened().await[0], "exported cell done");
}

#[tokio::test]
async fn leftover_of_a_first_export_is_removed() {
    let (mut world, id) = with_a_write(false).await;
    let left = world.path(NEW_FILE);
    put(&left, &text());
    starts_again(&mut world).await;
    assert!(!left.exists() && app::files::files_of(&world.context, id).await.unwrap().is_empty());
    assert_eq!(world.happened().await[0], "imported cell done");
}

#[tokio::test]
async fn half_written_file_is_shown_and_repaired() {
    let (mut world, id) = with_a_write(true).await;
    let path = world.path(NAME);
    put(&path, &text()[..20]);
    starts_again(&mut world).await;
    assert_eq!(app::list::row(&world.context, id).await.unwrap().files, Some(FileState::Interrupted));
    let file = app::files::files_of(&world.context, id).await.unwrap().remove(0).tracked;
    let repaired = app::export::repair(&world.context, file.id).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text());
    assert_eq!(fs::read_to_string(repaired.backup.unwrap()).unwrap(), text()[..20]);
    assert_eq!(app::list::row(&world.context, id).await.unwrap().files, Some(FileState::UpToDate));
}

#[tokio::test]
async fn repair_keeps_the_backup_of_what_was_there_first() {
    let (mut world, id) = with_a_write(true).await;
    let (path, backup) = (world.path(NAME), world.path("aica-license.toml.bak"));
    put(&path, &text()[..20]);
    put(&backup, "# mine\n");
    starts_again(&mut world).await;
    let file = app::files::files_of(&world.context, id).await.unwrap().remove(0).tracked;
    let target = Target { format: Format::LauncherToml, path, in_place: true, keep: true };
    assert!(app::export::preview(&world.context, id, &target).await.unwrap().backup);
    let torn = app::export::repair(&world.context, file.id).await.unwrap().backup.unwrap();
    assert_eq!(torn, world.path("aica-license.toml.bak.1"));
    assert_eq!(fs::read_to_string(torn).unwrap(), text()[..20]);
    assert_eq!(fs::read_to_string(&backup).unwrap(), "# mine\n");
}

#[tokio::test]
async fn next_export_notes_a_file_that_was_written_before_the_end() {
    let (world, id) = with_a_write(false).await;
    put(&world.path(NAME), &text());
    let path = world.path("elsewhere.toml");
    let target = Target { format: Format::LauncherToml, path, in_place: false, keep: false };
    app::export::export(&world.context, id, target).await.unwrap();
    assert_eq!(world.happened().await, ["exported cell done", "exported cell done", "imported cell done"]);
    assert_eq!(app::files::files_of(&world.context, id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn write_of_a_forgotten_license_holds_up_no_other() {
    let (world, first) = with_a_write(false).await;
    let left = world.path(NEW_FILE);
    put(&left, &text());
    app::import::remove(&world.context, first, "cell").await.unwrap();
    app::files::settle_writes(&world.context).await.unwrap();
    assert!(!left.exists());
}

#[tokio::test]
async fn half_written_file_that_is_kept_waits_for_its_repair() {
    let (mut world, _) = with_a_write(true).await;
    put(&world.path(NAME), &text()[..20]);
    starts_again(&mut world).await;
    let account = world.context.account_named("files").await.unwrap();
    let drifted = app::files::drifted_kept_files(&world.context, account.id).await.unwrap();
    assert_eq!(drifted[0].state, FileState::Interrupted);
}
