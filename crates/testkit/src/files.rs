//! Files as other programs write them.

use std::{fs::File, io::Write, path::Path};

/// Writes a text or bytes to a file, as another program would.
pub fn put<T: AsRef<[u8]> + ?Sized>(path: &Path, content: &T) {
    File::create(path).unwrap().write_all(content.as_ref()).unwrap();
}
