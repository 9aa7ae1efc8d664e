//! A watched file, and what tells that it may have changed.

use crate::files::target::{Target, folder};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A watched file: the path as it was given, and the places whose change may change what is read there.
pub(super) struct WatchedFile {
    path: PathBuf,
    places: Vec<PathBuf>,
    last: Option<Glance>,
}

/// What tells one state of a file from another without reading it: for one whose folder cannot be watched.
#[derive(PartialEq, Eq)]
struct Glance {
    modified: Option<SystemTime>,
    length: u64,
    inode: u64,
}

impl WatchedFile {
    pub(super) fn new(path: PathBuf) -> Self {
        let (places, last) = (places(&path), glance(&path));
        Self { path, places, last }
    }

    /// As it was given.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Finds the places anew, after a name came, went or now leads elsewhere.
    pub(super) fn follow(&mut self) {
        self.places = places(&self.path);
    }

    /// The folders to watch.
    pub(super) fn folders(&self) -> impl Iterator<Item = PathBuf> {
        self.places.iter().filter_map(|place| nearest_folder(place))
    }

    /// Whether a change of `changed` may change this file: it is the file, or a folder above it.
    pub(super) fn is_touched_by(&self, changed: &Path) -> bool {
        self.places.iter().any(|place| place.starts_with(changed))
    }

    /// Whether the file is another than when this was asked last.
    pub(super) fn looks_another(&mut self) -> bool {
        let present = glance(&self.path);
        let is_another = present != self.last;
        self.last = present;
        is_another
    }
}

fn places(path: &Path) -> Vec<PathBuf> {
    let mut places = vec![std::path::absolute(path).unwrap_or_else(|_| path.to_owned())];
    if let Ok(target) = Target::of(path)
        && !places.contains(&target.path)
    {
        places.push(target.path);
    }
    places
}

/// The folder of a file, or where it is not there the nearest folder above it, in which it may appear.
fn nearest_folder(place: &Path) -> Option<PathBuf> {
    folder(place).ancestors().find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// How the file is now; nothing where it is not there or cannot be looked at.
fn glance(path: &Path) -> Option<Glance> {
    let metadata = path.metadata().ok()?;
    Some(Glance { modified: metadata.modified().ok(), length: metadata.len(), inode: inode(&metadata) })
}

#[cfg(unix)]
fn inode(metadata: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &std::fs::Metadata) -> u64 {
    0
}
