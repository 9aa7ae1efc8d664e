//! Every written file with its license, those that need attention first.

use crate::common::World;
use app::files::Target;
use license::file::Format;
use std::{fs, path::PathBuf};
use testkit::put;
use vault::FileState;

async fn written(world: &World, name: &str) -> PathBuf {
    let path = world.path(&format!("{name}.jwt"));
    let target = Target { format: Format::Jwt, path: path.clone(), in_place: false, keep: false };
    app::export::export(&world.context, world.named(name).await, target).await.unwrap();
    path
}

/// Each file's name with its state and its license.
async fn files(world: &World) -> Vec<(String, FileState, String)> {
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let found = app::files::every_file(&world.context).await.unwrap();
    let file = |one: app::files::FileOfLicense| {
        (name(&one.file.tracked.file.path), one.file.state, one.license.license.label().to_owned())
    };
    found.into_iter().map(file).collect()
}

/// Licenses `a`, `b` and `c`, each with its file.
async fn three_files() -> World {
    let world = World::with_passphrase().await;
    let account = world.connect("north").await;
    for name in ["a", "b", "c"] {
        world.created(account, name).await;
        written(&world, name).await;
    }
    world
}

#[tokio::test]
async fn files_that_need_attention_come_first() {
    let world = three_files().await;
    put(&world.path("b.jwt"), "somebody else's");
    fs::remove_file(world.path("c.jwt")).unwrap();
    let found = files(&world).await;
    let found: Vec<_> = found.iter().map(|(file, state, label)| (&**file, *state, &**label)).collect();
    let expected = [
        ("c.jwt", FileState::Missing, "c"),
        ("b.jwt", FileState::Drifted, "b"),
        ("a.jwt", FileState::UpToDate, "a"),
    ];
    assert_eq!(found, expected);
    assert_eq!(app::list::counts(&world.context).await.unwrap().files, 3);
}

#[tokio::test]
async fn file_of_a_license_that_is_gone_is_listed() {
    let world = three_files().await;
    let id = world.named("a").await;
    world.deleted_elsewhere(&world.vendor_id(id).await).await;
    app::refresh::refresh_all(&world.context).await.unwrap();
    let found = app::files::every_file(&world.context).await.unwrap();
    let gone: Vec<_> = found.iter().map(|one| one.license.gone_since.is_some()).collect();
    assert_eq!(gone.iter().filter(|is_gone| **is_gone).count(), 1);
    assert_eq!(gone.len(), 3);
}
