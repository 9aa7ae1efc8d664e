//! Files as other programs write them, and those of snapshots.

use std::{collections::BTreeSet, fs::File, io::Write, path::Path};

/// Writes a text or bytes to a file, as another program would.
pub fn put<T: AsRef<[u8]> + ?Sized>(path: &Path, content: &T) {
    File::create(path).unwrap().write_all(content.as_ref()).unwrap();
}

/// Returns the names of the snapshots in a folder. A test compares them with what it has snapshots of, so that none is left over.
pub fn snapshots_in(folder: &Path) -> BTreeSet<String> {
    let files = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter_map(|file| Some(file.strip_suffix(".snap")?.to_owned())).collect()
}
