//! Files that were written are watched, repaired on a click, and kept up to date where that is wanted.

use crate::common::{SYSTEM_KEY, World, code};
use app::context::Event;
use app::files::Target;
use license::{AccountId, LicenseId, LicenseKey, file::Format};
use std::{fs, path::PathBuf};
use testkit::{Answer, put, until_async};
use vault::{TrackedFileId, files::FileState};

fn kept(format: Format, path: PathBuf) -> Target {
    Target { format, path, in_place: false, keep: true }
}

/// A license at the portal, its kept JWT file, and the file's id.
async fn with_kept_file(world: &World) -> (AccountId, LicenseId, TrackedFileId, PathBuf) {
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let path = world.path("license.jwt");
    let written = app::export::export(&world.context, id, kept(Format::Jwt, path.clone())).await.unwrap();
    (account, id, written.file.tracked.id, path)
}

/// The vendor changes the license: another fact, and another key. Returns the new key.
async fn changed_by_vendor(world: &World, id: LicenseId) -> LicenseKey {
    let old = world.key_of(id).await.unwrap();
    let new = world.issued_elsewhere("other").await.key.unwrap();
    world.clock.advance(1);
    world.proxy.always("get-licenses", Answer::replacing("\"max-instances\":1", "\"max-instances\":7"));
    world.proxy.always("get-license\"", Answer::replacing(old.expose(), new.expose()));
    new
}

#[tokio::test]
async fn a_file_that_somebody_changes_is_told_as_it_happens_and_repaired_with_one_click() {
    let world = World::start().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    app::files::watch_files(&world.context).await.unwrap();
    let path = world.path("aica-license.toml");
    let target = Target { keep: false, ..kept(Format::LauncherToml, path.clone()) };
    let written = app::export::export(&world.context, id, target).await.unwrap();
    world.host.forget_events();
    put(&path, "License = \"somebody else's\"\n");
    world.host.sees(&Event::FilesChanged(vec![id])).await;
    assert_eq!(app::list::row(&world.context, id).await.unwrap().files, Some(FileState::Drifted));
    let repaired = app::export::repair(&world.context, written.file.tracked.id).await.unwrap();
    assert_eq!(fs::read_to_string(repaired.backup.unwrap()).unwrap(), "License = \"somebody else's\"\n");
    assert!(fs::read_to_string(&path).unwrap().contains(SYSTEM_KEY));
    assert_eq!(app::list::row(&world.context, id).await.unwrap().files, Some(FileState::UpToDate));
    assert_eq!(world.happened().await[0], "repaired cell done");
}

#[tokio::test]
async fn a_file_that_is_taken_away_is_told_and_written_again() {
    let world = World::start().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    let path = world.path("aica-license.toml");
    let written =
        app::export::export(&world.context, id, kept(Format::LauncherToml, path.clone())).await.unwrap();
    app::files::watch_files(&world.context).await.unwrap();
    world.host.forget_events();
    fs::remove_file(&path).unwrap();
    world.host.sees(&Event::FilesChanged(vec![id])).await;
    assert_eq!(app::files::written_files(&world.context).await.unwrap()[0].state, FileState::Missing);
    let repaired = app::export::repair(&world.context, written.file.tracked.id).await.unwrap();
    assert_eq!((repaired.backup, repaired.file.state), (None, FileState::UpToDate));
}

#[tokio::test]
async fn what_a_killed_program_left_beside_a_file_goes_with_the_next_start() {
    let mut world = World::with_passphrase().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    let path = world.path("aica-license.toml");
    app::export::export(&world.context, id, kept(Format::LauncherToml, path.clone())).await.unwrap();
    let left = path.with_file_name(".licet-0123456789ab.tmp");
    put(&left, SYSTEM_KEY);
    world.restart();
    app::files::watch_files(&world.context).await.unwrap();
    assert!(!left.exists() && path.exists());
}

#[tokio::test]
async fn a_released_file_is_left_alone() {
    let world = World::start().await;
    let (account, id, file, path) = with_kept_file(&world).await;
    app::export::release_file(&world.context, file).await.unwrap();
    assert!(app::files::files_of(&world.context, id).await.unwrap().is_empty() && path.exists());
    let before = fs::read_to_string(&path).unwrap();
    changed_by_vendor(&world, id).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    assert_eq!(code(app::export::release_file(&world.context, file).await), "file-missing");
    assert_eq!(code(app::export::repair(&world.context, file).await), "file-missing");
}

#[tokio::test]
async fn a_release_that_is_undone_is_as_if_it_had_not_been() {
    let world = World::start().await;
    let (_, id, file, path) = with_kept_file(&world).await;
    let before = app::files::files_of(&world.context, id).await.unwrap().remove(0).tracked.file;
    app::files::watch_files(&world.context).await.unwrap();
    app::export::release_file(&world.context, file).await.unwrap();
    app::export::watch_again(&world.context, file).await.unwrap();
    assert_eq!(app::files::files_of(&world.context, id).await.unwrap().remove(0).tracked.file, before);
    world.host.forget_events();
    put(&path, "somebody else's");
    world.host.sees(&Event::FilesChanged(vec![id])).await;
    assert_eq!(
        code(app::export::watch_again(&world.context, file).await),
        "file-missing",
        "it is undone once"
    );
}

#[tokio::test]
async fn a_release_whose_undoing_failed_can_be_undone_once_more() {
    let world = World::start().await;
    let (_, id, file, _) = with_kept_file(&world).await;
    app::export::release_file(&world.context, file).await.unwrap();
    in_library(
        &world,
        "CREATE TRIGGER full BEFORE INSERT ON tracked_files BEGIN SELECT RAISE(FAIL, 'full'); END",
    );
    app::export::watch_again(&world.context, file).await.unwrap_err();
    in_library(&world, "DROP TRIGGER full");
    app::export::watch_again(&world.context, file).await.unwrap();
    assert_eq!(app::files::files_of(&world.context, id).await.unwrap().len(), 1);
}

/// Lets the library's file fail, or work again.
fn in_library(world: &World, change: &str) {
    let mut sqlite = std::process::Command::new("sqlite3");
    assert!(sqlite.arg(world.home().library()).arg(change).status().unwrap().success());
}

#[tokio::test]
async fn a_file_that_was_written_anew_since_its_release_keeps_what_is_known_of_it() {
    let world = World::start().await;
    let (_, id, file, path) = with_kept_file(&world).await;
    app::export::release_file(&world.context, file).await.unwrap();
    let target = Target { keep: false, ..kept(Format::Jwt, path) };
    let anew = app::export::export(&world.context, id, target).await.unwrap().file.tracked.id;
    app::export::watch_again(&world.context, file).await.unwrap();
    let now = app::files::files_of(&world.context, id).await.unwrap().remove(0).tracked;
    assert!(now.id == anew && !now.file.keep, "{now:?}");
}

#[tokio::test]
async fn a_kept_file_follows_the_license_that_its_vendor_changed() {
    let world = World::start().await;
    let (account, id, _, path) = with_kept_file(&world).await;
    let new = changed_by_vendor(&world, id).await;
    world.follow().await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{}\n", new.expose()));
    world.host.sees_change("the file", |change| change.licenses.contains(&id) && change.has_activity).await;
    assert_eq!(world.happened().await[0], "exported north done");
    assert!(!path.with_extension("jwt.bak").exists(), "Licet wrote it itself");
}

#[tokio::test]
async fn a_kept_file_that_somebody_changed_is_not_overwritten_silently() {
    let world = World::start().await;
    let (account, id, file, path) = with_kept_file(&world).await;
    let mine = world.issued_elsewhere("mine").await.key.unwrap();
    put(&path, mine.expose());
    changed_by_vendor(&world, id).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), mine.expose());
    assert_eq!(app::list::row(&world.context, id).await.unwrap().files, Some(FileState::Drifted));
    let key = world.key_of(id).await.unwrap();
    let repaired = app::export::repair(&world.context, file).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{}\n", key.expose()));
    assert_eq!(fs::read_to_string(repaired.backup.unwrap()).unwrap(), mine.expose());
    assert_ne!(key, mine);
}

#[tokio::test]
async fn a_file_that_is_not_kept_stays_as_it_was_written() {
    let world = World::start().await;
    let (account, id, file, path) = with_kept_file(&world).await;
    let state = app::export::keep_file(&world.context, file, false).await.unwrap();
    assert!(!state.tracked.file.keep);
    let before = fs::read_to_string(&path).unwrap();
    changed_by_vendor(&world, id).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    app::export::keep_file(&world.context, file, true).await.unwrap();
}

#[tokio::test]
async fn a_kept_file_that_was_taken_away_stays_away_and_holds_up_no_other() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let (first, second) = (world.path("a.env"), world.path("b.env"));
    app::export::export(&world.context, id, kept(Format::BOX_ENV, first.clone())).await.unwrap();
    app::export::export(&world.context, id, kept(Format::BOX_ENV, second.clone())).await.unwrap();
    fs::remove_file(&first).unwrap();
    let new = changed_by_vendor(&world, id).await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert!(fs::read_to_string(&second).unwrap().contains(new.expose()));
    assert!(!first.exists());
}

#[tokio::test]
async fn a_kept_file_that_cannot_take_the_new_key_stays_whole_is_told_and_holds_up_no_other() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let (first, second) = (world.path("a.jwt"), world.path("b.env"));
    app::export::export(&world.context, id, kept(Format::Jwt, first.clone())).await.unwrap();
    app::export::export(&world.context, id, kept(Format::BOX_ENV, second.clone())).await.unwrap();
    let before = fs::read_to_string(&first).unwrap();
    let old = world.key_of(id).await.unwrap();
    world.clock.advance(1);
    world.proxy.always("get-licenses", Answer::replacing("\"max-instances\":1", "\"max-instances\":7"));
    world.proxy.always("get-license\"", Answer::replacing(old.expose(), "another-kind-of-key"));
    assert_eq!(code(app::refresh::refresh(&world.context, account).await), "file-key-does-not-fit");
    assert_eq!(fs::read_to_string(&first).unwrap(), before);
    assert!(fs::read_to_string(&second).unwrap().contains("another-kind-of-key"));
}

#[tokio::test]
async fn a_license_that_is_gone_writes_nothing_any_more() {
    let world = World::start().await;
    let (account, id, _, path) = with_kept_file(&world).await;
    let before = fs::read_to_string(&path).unwrap();
    world.clock.advance(1);
    app::changes::delete(&world.context, id, "north").await.unwrap();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), before, "the file stays");
    assert_eq!(world.detail(id).await.files.len(), 1);
}

#[tokio::test]
async fn what_another_program_writes_is_told_and_watched() {
    let world = World::with_passphrase().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    world.follow().await;
    let command_line = world.unlocked_second_context().await;
    let path = world.path("aica-license.toml");
    app::export::export(&command_line, id, kept(Format::LauncherToml, path.clone())).await.unwrap();
    world.host.forget_events();
    until_async("a change of the file is told", async || {
        put(&path, "somebody else's");
        world.host.saw(&Event::FilesChanged(vec![id]))
    })
    .await;
    until_async("it is seen as drifted", async || {
        app::files::written_files(&world.context).await.unwrap()[0].state == FileState::Drifted
    })
    .await;
}

#[tokio::test]
async fn a_kept_file_follows_a_new_key_also_where_it_was_looked_at_before() {
    let world = World::start().await;
    let (account, id, _, path) = with_kept_file(&world).await;
    let new = changed_by_vendor(&world, id).await;
    // The new facts and the new key come with a closer look, and the list then tells nothing new.
    world.key_of(id).await.unwrap();
    world.proxy.go_away();
    app::refresh::refresh(&world.context, account).await.unwrap_err();
    world.proxy.come_back();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{}\n", new.expose()));
    let asked = world.proxy.count("get-license\"");
    let written = world.happened().await.len();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!((world.proxy.count("get-license\""), world.happened().await.len()), (asked, written));
}

#[tokio::test]
async fn another_fact_with_the_same_key_writes_no_file() {
    let world = World::start().await;
    let (account, _, _, path) = with_kept_file(&world).await;
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let written = app::files::written_files(&world.context).await.unwrap()[0].tracked.file.written;
    world.clock.advance(1);
    world.proxy.always("get-licenses", Answer::replacing("\"max-instances\":1", "\"max-instances\":7"));
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
    assert_eq!(app::files::written_files(&world.context).await.unwrap()[0].tracked.file.written, written);
    assert_eq!(world.happened().await[0], "exported north done");
}
