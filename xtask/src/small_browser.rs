//! WebKit's own small browser, which stands in for a window of ours in tests.

use std::path::PathBuf;

/// It comes with the library, in a folder named after the machine's kind.
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
pub(crate) fn small_browser() -> PathBuf {
    let libraries = std::fs::read_dir("/usr/lib").unwrap().flatten();
    let mut candidates = libraries.map(|entry| entry.path().join("webkit2gtk-4.1/MiniBrowser"));
    candidates.find(|path| path.exists()).unwrap()
}
