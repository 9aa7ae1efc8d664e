//! How often a write opens the file that it changes: Linux counts, through inotify.

use crate::common::{SYSTEM_KEY, World};
use app::files::Target;
use license::file::Format;
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use std::{mem::MaybeUninit, os::fd::OwnedFd, path::Path};
use testkit::put;

/// Watches a file, wherever it is moved to.
fn watch(path: &Path) -> OwnedFd {
    let watch = inotify::init(CreateFlags::NONBLOCK).unwrap();
    // Without the closing, two openings in a row would be told as one.
    let closed = WatchFlags::CLOSE_NOWRITE | WatchFlags::CLOSE_WRITE;
    inotify::add_watch(&watch, path, WatchFlags::OPEN | closed).unwrap();
    watch
}

/// How often the file was opened since.
fn openings(watch: &OwnedFd) -> usize {
    let mut buffer = [MaybeUninit::uninit(); 4096];
    let mut reader = Reader::new(watch, &mut buffer);
    let mut count = 0;
    while let Ok(event) = reader.next() {
        count += usize::from(event.events().contains(ReadFlags::OPEN));
    }
    count
}

#[tokio::test]
async fn write_reads_what_is_there_once_and_compares_it_once() {
    let world = World::start().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    for in_place in [false, true] {
        let path = world.path(&format!("cell-{in_place}.toml"));
        put(&path, "port = 8080\n");
        let target = Target { format: Format::LauncherToml, path: path.clone(), in_place, keep: false };
        let watch = watch(&path);
        app::export::preview(&world.context, id, &target).await.unwrap();
        // Whether it can be opened to be written is tried.
        assert_eq!(openings(&watch), 1 + usize::from(in_place), "preview, in place: {in_place}");
        let written = app::export::export(&world.context, id, target).await.unwrap();
        assert!(written.backup.is_some());
        assert_eq!(openings(&watch), 2, "in place: {in_place}");
    }
}

#[tokio::test]
async fn write_that_changes_nothing_reads_once() {
    let world = World::start().await;
    let id = app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license;
    let path = world.path("cell.toml");
    let target = Target { format: Format::LauncherToml, path: path.clone(), in_place: false, keep: false };
    app::export::export(&world.context, id, target.clone()).await.unwrap();
    let watch = watch(&path);
    app::export::export(&world.context, id, target).await.unwrap();
    assert_eq!(openings(&watch), 1);
}
