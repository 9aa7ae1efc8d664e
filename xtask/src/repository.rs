//! Where things stand in this repository.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;

/// The folder that holds the workspace's `Cargo.toml`.
#[expect(clippy::expect_used, reason = "the manifest's folder has a parent")]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask stands in the root").to_path_buf()
}

/// A path inside the repository.
pub fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// The folder for what is built, as cargo would choose it.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => path("target"),
    }
}

/// Writes a file that belongs to the build, making its folder where that is missing.
pub fn write(file: &Path, content: &[u8]) -> anyhow::Result<()> {
    let make = || -> std::io::Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::File::create(file)?.write_all(content)
    };
    make().with_context(|| format!("could not write {}", file.display()))
}
