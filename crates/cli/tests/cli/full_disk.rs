//! A disk that fills up while a file is written, by functions that `licet` uses instead of the system's.

use crate::world::{World, write};
use std::path::Path;
use std::process::Command;

/// The C functions that the tests of `vault` use, too.
const SOURCE: &str = include_str!("../../../vault/tests/vault/written/full_disk.c");

impl World {
    /// Has a command find the disk full once half of a text is written to a file, and from then on.
    pub(crate) fn fill_disk(&self, command: &mut Command, file: &Path) {
        let (source, library) = (self.path("full-disk.c"), self.path("full-disk.so"));
        write(&source, SOURCE);
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status();
        assert!(compiled.unwrap().success());
        command.env("LD_PRELOAD", library).env("LICET_STORY_FILE", file.canonicalize().unwrap());
        command.env("LICET_STORY_FIRST", "1").env("LICET_STORY_LAST", "100");
    }
}
