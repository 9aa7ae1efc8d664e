//! Backups of license files: listed with whose keys they contain, restored without a loss, removed on request.

use crate::common::{SYSTEM_KEY, World, code};
use app::backups::BackupStatus;
use app::export::GitStatus;
use app::files::Target;
use license::{LicenseId, file::Format};
use std::path::{Path, PathBuf};
use testkit::put;
use vault::files::FileState;

const NEW_KEY: &str = "A614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
const NAME: &str = "cell.toml";
const MINE: &str = "# mine, from before Licet\n";

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

async fn imported(world: &World) -> LicenseId {
    app::import::import_text(&world.context, SYSTEM_KEY, Some("cell-07")).await.unwrap().license
}

/// Writes the license over whatever is there.
async fn export(world: &World, id: LicenseId, keep: bool) -> PathBuf {
    let path = world.path(NAME);
    app::export::export(&world.context, id, target(Format::LauncherToml, &path, keep)).await.unwrap();
    path
}

fn target(format: Format, path: &Path, keep: bool) -> Target {
    Target { format, path: path.to_owned(), in_place: false, keep }
}

/// A file that was there before Licet, was then written, edited by hand, and written again: with two backups.
async fn with_two_backups(world: &World, keep: bool) -> (LicenseId, PathBuf) {
    let id = imported(world).await;
    put(&world.path(NAME), MINE);
    let path = export(world, id, keep).await;
    put(&path, &format!("License = \"{SYSTEM_KEY}\"\n# edited by hand\n"));
    let file = app::files::files_of(&world.context, id).await.unwrap().remove(0);
    assert_eq!(file.state, FileState::Drifted);
    put(&path, &format!("License = \"{NEW_KEY}\"\n# edited by hand\n"));
    app::export::repair(&world.context, file.tracked.id).await.unwrap();
    (id, path)
}

async fn backups(world: &World) -> Vec<BackupStatus> {
    app::backups::backups(&world.context, None).await.unwrap()
}

async fn state(world: &World, id: LicenseId) -> FileState {
    app::files::files_of(&world.context, id).await.unwrap()[0].state
}

#[tokio::test]
async fn backups_show_their_keys_and_the_original() {
    let world = World::with_passphrase().await;
    let (id, path) = with_two_backups(&world, false).await;
    let twin = app::import::import_text(&world.context, NEW_KEY, Some("robot")).await.unwrap().license;
    let seen = backups(&world).await;
    let [original, edited] = seen.as_slice() else { panic!("{seen:?}") };

    assert_eq!((&original.file, original.number), (&path, 0));
    assert_eq!((original.is_original, original.is_own, original.size), (true, true, MINE.len() as u64));
    assert!(original.keys.is_empty() && original.made.is_some());
    assert_eq!((edited.number, edited.is_original, edited.is_own), (1, false, true));
    assert_eq!(edited.path, path.with_file_name("cell.toml.bak.1"));
    let [key] = edited.keys.as_slice() else { panic!("{:?}", edited.keys) };
    assert_eq!(key.masked, "••••••-••••••-••••••-••••••-•••0F2-V3");
    assert_eq!((key.licenses[0].license, key.licenses[0].label.as_str()), (twin, "robot"));
    assert!(edited.has_key_of(twin) && !edited.has_key_of(id) && !edited.has_leaked_key());
    assert_eq!(app::backups::backups_with_keys(&world.context).await.unwrap(), std::slice::from_ref(edited));
    assert_eq!(app::backups::backups_beside(&world.context, id).await.unwrap(), seen);
}

#[tokio::test]
async fn backup_with_a_leaked_key_is_found() {
    let world = World::with_passphrase().await;
    let (id, _) = with_two_backups(&world, false).await;
    let twin = app::import::import_text(&world.context, NEW_KEY, Some("robot")).await.unwrap().license;
    app::leaked::mark_leaked(&world.context, twin, true).await.unwrap();
    let held = app::backups::backups_with_key_of(&world.context, twin).await.unwrap();
    assert_eq!(held.iter().map(|one| one.number).collect::<Vec<_>>(), [1]);
    assert!(held[0].has_leaked_key());
    assert_eq!(app::backups::backups_with_key_of(&world.context, id).await.unwrap(), []);
}

#[tokio::test]
async fn whose_an_imported_key_is_shows_while_locked() {
    let mut world = World::with_passphrase().await;
    with_two_backups(&world, false).await;
    let twin = app::import::import_text(&world.context, NEW_KEY, Some("robot")).await.unwrap().license;
    world.restart();
    assert!(backups(&world).await[1].has_key_of(twin));
}

#[tokio::test]
async fn earlier_token_in_a_backup_is_of_its_license() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let path = world.path(".env");
    let key = world.key_of(id).await.unwrap();
    put(&path, &format!("# was {}\nPORT=1\n", key.expose()));
    app::export::export(&world.context, id, target(Format::BOX_ENV, &path, false)).await.unwrap();
    let seen = backups(&world).await;
    assert!(seen[0].is_original && seen[0].has_key_of(id), "{seen:?}");
}

#[tokio::test]
async fn restoring_keeps_what_was_there_as_another_backup() {
    let world = World::with_passphrase().await;
    let (id, path) = with_two_backups(&world, false).await;
    let written = read(&path);
    let plan = app::backups::restore_plan(&world.context, &path, Some(0)).await.unwrap();
    assert_eq!((plan.keeps_present, plan.becomes), (true, Some(FileState::Drifted)));
    assert_eq!(read(&path), written, "a plan writes nothing");

    let restored = app::backups::restore(&world.context, &path, Some(0), false, NAME).await.unwrap();
    assert_eq!(read(&path), MINE);
    assert_eq!(restored.state, Some(FileState::Drifted));
    assert_eq!(read(restored.backup.as_deref().unwrap()), written);
    assert_eq!(backups(&world).await.len(), 3, "the restored one stays too");
    assert_eq!(state(&world, id).await, FileState::Drifted);
    assert!(world.happened().await[0].starts_with("backup-restored cell-07 done"));

    // Taking it back: the newest backup is what Licet wrote.
    let back = app::backups::restore(&world.context, &path, None, false, NAME).await.unwrap();
    assert_eq!((read(&path), back.state), (written, Some(FileState::UpToDate)));
    assert_eq!(back.backup, Some(path.with_file_name("cell.toml.bak")), "it has these bytes already");
}

#[tokio::test]
async fn restoring_needs_the_name_of_the_file() {
    let world = World::with_passphrase().await;
    let (_, path) = with_two_backups(&world, false).await;
    let written = read(&path);
    for typed in ["", "cell", &path.display().to_string()] {
        assert_eq!(
            code(app::backups::restore(&world.context, &path, None, false, typed).await),
            "not-confirmed"
        );
        assert_eq!(
            code(app::backups::remove_backups(&world.context, &path, &[1], typed).await),
            "not-confirmed"
        );
    }
    assert_eq!((read(&path), backups(&world).await.len()), (written, 2));
    assert_eq!(
        code(app::backups::restore(&world.context, &path, Some(7), false, NAME).await),
        "backup-not-found"
    );
    assert_eq!(
        code(app::backups::restore_plan(&world.context, &world.path("no.toml"), None).await),
        "backup-not-found"
    );
    assert_eq!(
        code(app::backups::backups(&world.context, Some(&world.path("no.toml"))).await),
        "file-missing"
    );
}

#[tokio::test]
async fn refresh_leaves_a_restored_file_that_is_kept() {
    let world = World::with_passphrase().await;
    let account = world.connect_demo(&[]).await;
    let cell = world.named("cell-07").await;
    put(&world.path(NAME), MINE);
    let path = export(&world, cell, true).await;
    assert!(app::backups::restore_plan(&world.context, &path, None).await.unwrap().keep);
    let restored = app::backups::restore(&world.context, &path, None, false, NAME).await.unwrap();
    assert!(restored.keep, "Licet goes on keeping it");

    let old = world.key_of(cell).await.unwrap();
    world.portal().renew_key(old.expose()).unwrap();
    app::refresh::refresh(&world.context, account).await.unwrap();
    assert_eq!(read(&path), MINE);
    assert_eq!(
        app::files::drifted_kept_files(&world.context, account).await.unwrap().len(),
        1,
        "and it is reported"
    );
}

#[tokio::test]
async fn missing_file_is_restored() {
    let world = World::with_passphrase().await;
    let (_, path) = with_two_backups(&world, false).await;
    std::fs::remove_file(&path).unwrap();
    assert!(!app::backups::restore_plan(&world.context, &path, Some(0)).await.unwrap().keeps_present);
    let restored = app::backups::restore(&world.context, &path, Some(0), false, NAME).await.unwrap();
    assert_eq!((read(&path), restored.backup), (MINE.to_owned(), None));
}

#[tokio::test]
async fn file_is_found_by_another_path_too() {
    let world = World::with_passphrase().await;
    let (_, path) = with_two_backups(&world, false).await;
    let folder = world.path("link");
    std::os::unix::fs::symlink(path.parent().unwrap(), &folder).unwrap();
    let restored =
        app::backups::restore(&world.context, &folder.join(NAME), Some(0), false, NAME).await.unwrap();
    assert_eq!((restored.file, restored.state), (path.clone(), Some(FileState::Drifted)));
    assert_eq!(read(&path), MINE);
}

#[tokio::test]
async fn backup_that_is_not_text_is_restored_byte_for_byte() {
    let world = World::with_passphrase().await;
    let (_, path) = with_two_backups(&world, false).await;
    let bytes = b"\xff\xfe not text".as_slice();
    put(&path.with_file_name("cell.toml.bak.2"), bytes);
    let seen = backups(&world).await;
    assert_eq!(seen[2].problem.as_ref().map(|facts| facts.code.as_str()), Some("file-not-text"));
    app::backups::restore(&world.context, &path, Some(2), false, NAME).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[tokio::test]
async fn another_programs_backup_is_listed_and_not_removed() {
    let world = World::with_passphrase().await;
    let id = imported(&world).await;
    let theirs = world.path("cell.toml.bak");
    put(&world.path(NAME), MINE);
    put(&theirs, &format!("License = \"{SYSTEM_KEY}\"\n"));
    let path = export(&world, id, false).await;
    let seen = backups(&world).await;
    assert_eq!(seen.iter().map(|one| (one.number, one.is_own)).collect::<Vec<_>>(), [(0, false), (1, true)]);
    assert!(seen[0].has_key_of(id) && !seen[0].is_original && seen[1].is_original);

    let removed = app::backups::remove_backups(&world.context, &path, &[1, 0], NAME).await;
    assert_eq!(code(removed), "backup-of-another");
    assert_eq!(backups(&world).await.len(), 2, "none was removed");
    put(&world.path("cell.toml.bak.1"), "edited since");
    assert_eq!(
        code(app::backups::remove_backups(&world.context, &path, &[1], NAME).await),
        "backup-of-another"
    );
}

#[tokio::test]
async fn after_the_original_is_removed_no_other_counts_as_it() {
    let world = World::with_passphrase().await;
    let (id, path) = with_two_backups(&world, false).await;
    let removed = app::backups::remove_backups(&world.context, &path, &[0], NAME).await.unwrap();
    assert_eq!(removed, [path.with_file_name("cell.toml.bak")]);
    assert!(!removed[0].exists());
    assert!(world.happened().await[0].starts_with("backup-removed cell-07 done"));
    put(&path, "# edited once more\n");
    let file = app::files::files_of(&world.context, id).await.unwrap().remove(0);
    app::export::repair(&world.context, file.tracked.id).await.unwrap();
    let seen = backups(&world).await;
    assert_eq!(
        seen.iter().map(|one| (one.number, one.is_original)).collect::<Vec<_>>(),
        [(1, false), (2, false)]
    );
}

#[tokio::test]
async fn backups_of_a_file_that_is_no_longer_tracked_stay_known() {
    let world = World::with_passphrase().await;
    let (id, path) = with_two_backups(&world, false).await;
    app::import::remove(&world.context, id, "cell-07").await.unwrap();
    assert_eq!(backups(&world).await.len(), 2);
    let restored = app::backups::restore(&world.context, &path, Some(0), false, NAME).await.unwrap();
    assert_eq!((restored.state, read(&path)), (None, MINE.to_owned()));
    app::backups::remove_backups(&world.context, &path, &[0, 1], NAME).await.unwrap();
    let left = backups(&world).await;
    assert_eq!(left.iter().map(|one| one.number).collect::<Vec<_>>(), [2], "what the restore kept");
}

#[tokio::test]
async fn successor_leaves_originals_and_other_programs_backups() {
    let world = World::with_passphrase().await;
    let id = imported(&world).await;
    let with_key = format!("License = \"another\"\n# was {SYSTEM_KEY}\n");
    put(&world.path(NAME), &with_key);
    let theirs = world.path("cell.toml.bak.7");
    put(&theirs, &with_key);
    let path = export(&world, id, false).await;
    // An edit that is written over becomes a backup of Licet's own.
    put(&path, &format!("License = \"another\"\n# again {SYSTEM_KEY}\n"));
    export(&world, id, false).await;
    put(&path, &format!("License = \"{SYSTEM_KEY}\"\n"));
    let before = backups(&world).await;
    let seen: Vec<_> = before.iter().map(|one| (one.number, one.is_own, one.is_original)).collect();
    assert_eq!(seen, [(7, false, false), (8, true, true), (9, true, false)]);
    assert!(before.iter().all(|one| one.has_key_of(id)), "{before:?}");

    app::leaked::mark_leaked(&world.context, id, true).await.unwrap();
    app::import::succeed(&world.context, id, NEW_KEY).await.unwrap();
    assert!(read(&path).contains(NEW_KEY));
    let left: Vec<_> = backups(&world).await.into_iter().map(|one| one.number).collect();
    assert_eq!(left, [7, 8], "Licet removes only its own later backup");
    assert_eq!((read(&theirs), read(&before[1].path)), (with_key.clone(), with_key));
}

#[tokio::test]
async fn file_that_licet_made_has_no_original() {
    let world = World::with_passphrase().await;
    let id = imported(&world).await;
    let path = export(&world, id, false).await;
    put(&path, "# edited\n");
    export(&world, id, false).await;
    let seen = backups(&world).await;
    assert_eq!(seen.iter().map(|one| (one.is_own, one.is_original)).collect::<Vec<_>>(), [(true, false)]);
}

#[tokio::test]
async fn stored_things_include_backups_of_untracked_files() {
    let world = World::with_passphrase().await;
    let (id, _) = with_two_backups(&world, false).await;
    let count = async || {
        let stored = app::home::stored(&world.context).await.unwrap();
        stored.iter().filter(|one| one.what == "backup").count()
    };
    assert_eq!(count().await, 2);
    app::import::remove(&world.context, id, "cell-07").await.unwrap();
    assert_eq!(count().await, 2);
}

#[tokio::test]
async fn git_is_asked_about_the_backups_too() {
    let world = World::with_passphrase().await;
    let id = imported(&world).await;
    let ran =
        std::process::Command::new("git").arg("-C").arg(world.path(".")).args(["init", "--quiet"]).status();
    assert!(ran.unwrap().success());
    put(&world.path(".gitignore"), &format!("{NAME}\n"));
    put(&world.path(NAME), MINE);
    let planned = app::export::git_plan(&world.context, &world.path(NAME), true).await.unwrap();
    assert_eq!(
        (planned.file, planned.worst_of_backups()),
        (GitStatus::Ignored, Some(GitStatus::WouldBeCommitted))
    );
    let path = export(&world, id, false).await;
    let plan = app::export::git_plan(&world.context, &path, false).await.unwrap();
    assert_eq!(plan.worst_of_backups(), Some(GitStatus::WouldBeCommitted));
    assert_eq!(plan.backups.len(), 1);

    // The first name is ignored, the next one is not.
    put(&world.path(".gitignore"), &format!("{NAME}\n{NAME}.bak\n"));
    assert_eq!(
        app::export::git_plan(&world.context, &path, false).await.unwrap().worst_of_backups(),
        Some(GitStatus::Ignored)
    );
    let next = app::export::git_plan(&world.context, &path, true).await.unwrap();
    assert_eq!(next.worst_of_backups(), Some(GitStatus::WouldBeCommitted), "{next:?}");
    put(&world.path(".gitignore"), &format!("{NAME}\n{NAME}.bak*\n"));
    let all = app::export::git_plan(&world.context, &path, true).await.unwrap();
    assert_eq!(all.worst_of_backups(), Some(GitStatus::Ignored));
}

#[tokio::test]
async fn git_warning_leaves_out_another_programs_copy_without_a_key() {
    let world = World::with_passphrase().await;
    let ran =
        std::process::Command::new("git").arg("-C").arg(world.path(".")).args(["init", "--quiet"]).status();
    assert!(ran.unwrap().success());
    put(&world.path(NAME), MINE);
    put(&world.path("cell.toml.bak"), "# an example without a key\n");
    put(&world.path("cell.toml.bak.1"), &format!("License = \"{SYSTEM_KEY}\"\n"));
    let plan = app::export::git_plan(&world.context, &world.path(NAME), false).await.unwrap();
    let asked: Vec<_> = plan.backups.iter().map(|(path, _)| path.file_name().unwrap()).collect();
    assert_eq!(asked, ["cell.toml.bak.1"]);
}
