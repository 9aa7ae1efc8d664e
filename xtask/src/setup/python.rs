//! What comes from Python's registry: other people's parsers, which read what Licet writes, and the checking tools.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;
use xtask::repository;

/// What is installed, pinned by version and digest.
const LISTS: [&str; 2] = ["tests/requirements.txt", "xtask/tools.txt"];

/// Makes `tests/.venv` from the pinned lists where it is missing or was made from others.
pub(super) fn packages() -> anyhow::Result<()> {
    let lists = LISTS.map(repository::path);
    let mut wanted = String::new();
    for list in &lists {
        let text =
            std::fs::read_to_string(list).with_context(|| format!("could not read {}", list.display()))?;
        wanted.push_str(&text);
    }
    let environment = repository::path("tests/.venv");
    let installed = environment.join("installed-from.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
        return Ok(());
    }
    println!("installing the Python packages of the tests, and the checking tools");
    super::install(Command::new(python()).args(["-m", "venv", "--clear"]).arg(&environment))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"];
    let mut command = Command::new(interpreter());
    command.args(pip);
    for list in &lists {
        command.arg("-r").arg(list);
    }
    super::install(&mut command)?;
    repository::write(&installed, wanted.as_bytes())
}

/// The Python of the tests' environment.
pub(super) fn interpreter() -> PathBuf {
    installed("python")
}

/// A program of that environment.
pub(super) fn installed(name: &str) -> PathBuf {
    let folder = repository::path(if cfg!(windows) { "tests/.venv/Scripts" } else { "tests/.venv/bin" });
    folder.join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Debian's own Python where there is one: `python3-venv` belongs to that, not to another in the path.
fn python() -> PathBuf {
    let own = Path::new("/usr/bin/python3");
    match own.exists() {
        true => own.into(),
        false => (if cfg!(windows) { "python" } else { "python3" }).into(),
    }
}
