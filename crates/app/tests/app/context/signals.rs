//! One change signal: what a use case commits is reported once, by the library, and only what is not in it by hand.

use crate::common::{SYSTEM_KEY, World};
use app::context::Event;
use app::files::Target;
use license::{LicenseId, file::Format};
use std::{
    fs,
    path::{Path, PathBuf},
};
use testkit::{put, until_async};

/// Another key of the System form, issued by nobody.
const OTHER_KEY: &str = "1234D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

/// How many places of the use cases may send an event beside the one that follows the library.
const MOST_BY_HAND: usize = 4;

/// How many changes a create may be reported as: the listing before it and the request, its outcome, and one in between if the
/// portal takes long.
const MOST_OF_A_CREATE: usize = 3;

/// The events of what was just done, once its last commit was reported: then nothing is left to report.
async fn reported(world: &World) -> Vec<Event> {
    let last = world.context.vault().library().rev().unwrap();
    world.host.sees_change("the last commit", |change| change.rev >= last).await;
    world.events()
}

async fn imported(world: &World) -> LicenseId {
    app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license
}

async fn export(world: &World, id: LicenseId, path: &Path) {
    let path = path.to_owned();
    let target = Target { format: Format::LauncherToml, path, in_place: false, keep: true };
    app::export::export(&world.context, id, target).await.unwrap();
}

#[tokio::test]
async fn export_is_one_event() {
    let world = World::start().await;
    let id = imported(&world).await;
    world.follow().await;
    export(&world, id, &world.path("aica-license.toml")).await;
    let events = reported(&world).await;
    assert_eq!(events.len(), 1, "{events:?}");
    let change = world.host.changes().remove(0);
    assert!(change.licenses == [id] && change.has_activity, "{change:?}");
}

#[tokio::test]
async fn export_over_a_watched_file_is_one_event() {
    let world = World::start().await;
    let id = imported(&world).await;
    let (path, other) = (world.path("aica-license.toml"), world.path("other.toml"));
    export(&world, id, &path).await;
    let second = app::import::import_text(&world.context, OTHER_KEY, Some("other")).await.unwrap().license;
    export(&world, second, &other).await;
    world.follow().await;
    put(&path, "License = \"somebody else's\"\n");
    world.host.sees(&Event::FilesChanged(vec![id])).await;
    // The file watch reports in order: after the second file, nothing of the first is left to report.
    put(&other, "License = \"somebody else's\"\n");
    world.host.sees(&Event::FilesChanged(vec![second])).await;
    world.host.forget_events();
    export(&world, id, &path).await;
    reported(&world).await;
    fs::remove_file(&other).unwrap();
    world.host.sees(&Event::FilesChanged(vec![second])).await;
    let of_export = |event: &Event| *event != Event::FilesChanged(vec![second]);
    let events: Vec<_> = world.events().into_iter().filter(of_export).collect();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(world.host.changes().len(), 1);
}

#[tokio::test]
async fn restored_backup_of_a_watched_file_is_one_event() {
    let world = World::start().await;
    let id = imported(&world).await;
    let (path, other) = (world.path("aica-license.toml"), world.path("other.toml"));
    put(&path, "License = \"somebody else's\"\n");
    export(&world, id, &path).await;
    let second = app::import::import_text(&world.context, OTHER_KEY, Some("other")).await.unwrap().license;
    export(&world, second, &other).await;
    world.follow().await;
    let name = path.file_name().unwrap().to_str().unwrap();
    app::backups::restore(&world.context, &path, None, false, name).await.unwrap();
    reported(&world).await;
    // The file watch reports in order: after the second file, nothing of the first is left to report.
    fs::remove_file(&other).unwrap();
    world.host.sees(&Event::FilesChanged(vec![second])).await;
    let of_restore = |event: &Event| *event != Event::FilesChanged(vec![second]);
    let events: Vec<_> = world.events().into_iter().filter(of_restore).collect();
    assert_eq!(events.len(), 1, "{events:?}");
    assert!(world.host.changes()[0].has_activity);
}

#[tokio::test]
async fn create_is_few_events() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.follow().await;
    let id = world.created(account, "north").await;
    let events = reported(&world).await;
    assert!(events.len() <= MOST_OF_A_CREATE, "{events:?}");
    assert!(world.host.changes().iter().any(|change| change.licenses.contains(&id)), "{events:?}");
}

#[tokio::test]
async fn refresh_is_its_progress_and_one_change() {
    let world = World::start().await;
    let account = world.connect("a").await;
    world.issued_elsewhere("north").await;
    world.follow().await;
    app::refresh::refresh(&world.context, account).await.unwrap();
    let events = reported(&world).await;
    let progress = events.iter().filter(|event| **event == Event::AccountChanged(account));
    assert_eq!(progress.count(), 3, "it began, took over a page and ended: {events:?}");
    assert_eq!(events.len(), 4, "{events:?}");
    let change = world.host.changes().remove(0);
    assert_eq!((change.licenses.len(), change.accounts), (1, vec![account]));
}

#[tokio::test]
async fn draft_is_no_change() {
    let world = World::start().await;
    let library = world.context.vault().library();
    let before = library.rev().unwrap();
    library.save_draft("setup", &serde_json::Value::Null).unwrap();
    let change = library.changed_since(before).unwrap();
    assert!(change.rev > before && change.is_empty(), "{change:?}");
}

#[tokio::test]
async fn file_is_up_to_date_when_its_export_is_reported() {
    let world = World::start().await;
    let id = imported(&world).await;
    world.follow().await;
    export(&world, id, &world.path("aica-license.toml")).await;
    until_async("the export is reported", async || !world.events().is_empty()).await;
    let state = app::list::row(&world.context, id).await.unwrap().files;
    assert_eq!(state, Some(vault::files::FileState::UpToDate));
}

#[test]
fn events_are_sent_by_hand_in_few_places() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut places = Vec::new();
    for file in sources(&source).into_iter().filter(|file| !file.ends_with("refresh/follow.rs")) {
        let text = fs::read_to_string(&file).unwrap();
        let sent = text.lines().filter(|line| line.contains("emit(") && !line.contains("fn emit("));
        places.extend(sent.map(|line| format!("{}: {}", file.display(), line.trim())));
    }
    assert!(!places.is_empty() && places.len() <= MOST_BY_HAND, "{places:#?}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}
