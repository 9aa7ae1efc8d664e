//! License files that others write or read too.

use crate::common::{World, code};
use app::files::Target;
use license::{LicenseId, file::Format};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use testkit::put;
use vault::files::{Access, Mode};

fn target(format: Format, path: &Path) -> Target {
    Target { format, path: path.to_owned(), in_place: false, keep: true }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn mode_of(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

async fn one(world: &World) -> LicenseId {
    let account = world.connect("north").await;
    world.created(account, "one").await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_that_write_one_file_lose_no_line() {
    let world = World::with_passphrase().await;
    let id = one(&world).await;
    let other = world.unlocked_second_context().await;
    let path = world.path(".env");
    for _ in 0..5 {
        put(&path, "MINE=1\n");
        let (one, two) = tokio::join!(
            app::export::export(&world.context, id, target(Format::BOX_ENV, &path)),
            app::export::export(&other, id, target(Format::AIDBOX_ENV, &path))
        );
        one.unwrap();
        two.unwrap();
        let written = text(&path);
        for line in ["MINE=1", "BOX_LICENSE=", "AIDBOX_LICENSE="] {
            assert!(written.lines().any(|one| one.starts_with(line)), "{line}:\n{written}");
        }
    }
}

#[tokio::test]
async fn written_file_that_cannot_be_noted_is_noted_at_the_next_start() {
    let world = World::start().await;
    let id = one(&world).await;
    let path = world.path("l.jwt");
    let sqlite = |change: &str| {
        let mut sqlite = std::process::Command::new("sqlite3");
        assert!(sqlite.arg(world.home().library()).arg(change).status().unwrap().success());
    };
    sqlite("CREATE TRIGGER full BEFORE INSERT ON tracked_files BEGIN SELECT RAISE(FAIL, 'full'); END");
    let failed = app::export::export(&world.context, id, target(Format::Jwt, &path)).await;
    assert_eq!(code(failed), "file-written-not-noted");
    assert!(path.exists());
    sqlite("DROP TRIGGER full");
    app::files::settle_writes(&world.context).await.unwrap();
    assert_eq!(app::files::files_of(&world.context, id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn repaired_file_can_be_read_by_those_it_was_written_for() {
    let world = World::start().await;
    let id = one(&world).await;
    let path = world.path("l.jwt");
    let access = Access { mode: Mode::parse("640"), ..Access::default() };
    let written =
        app::export::export_with(&world.context, id, target(Format::Jwt, &path), access).await.unwrap();
    assert_eq!(mode_of(&path), 0o640);
    std::fs::remove_file(&path).unwrap();
    app::export::repair(&world.context, written.file.tracked.id).await.unwrap();
    assert_eq!(mode_of(&path), 0o640);
}

#[tokio::test]
async fn access_that_a_user_took_away_is_not_given_again() {
    let world = World::start().await;
    let id = one(&world).await;
    let path = world.path(".env");
    let access = Access { mode: Mode::parse("644"), ..Access::default() };
    let written =
        app::export::export_with(&world.context, id, target(Format::BOX_ENV, &path), access).await.unwrap();
    assert!(written.open_to_others);
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    put(&path, "MINE=1\n");
    let repaired = app::export::repair(&world.context, written.file.tracked.id).await.unwrap();
    assert!(text(&path).contains("BOX_LICENSE=") && !repaired.open_to_others);
    assert_eq!(mode_of(&path), 0o600);
}

#[tokio::test]
async fn hard_linked_file_is_refused_before_it_is_written() {
    let world = World::start().await;
    let id = one(&world).await;
    let (path, other) = (world.path(".env"), world.path("other"));
    put(&path, "A=1\n");
    std::fs::hard_link(&path, &other).unwrap();
    let wanted = target(Format::BOX_ENV, &path);
    let preview = app::export::preview(&world.context, id, &wanted).await.unwrap();
    assert_eq!((code(preview.text).as_str(), preview.exists), ("file-hard-linked", true));
    assert_eq!(code(app::export::export(&world.context, id, wanted.clone()).await), "file-hard-linked");
    app::export::export(&world.context, id, Target { in_place: true, ..wanted }).await.unwrap();
    assert_eq!(text(&path), text(&other));
}
