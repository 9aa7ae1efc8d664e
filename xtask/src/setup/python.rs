//! The tests' Python packages: other people's parsers read what Licet writes.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;
use xtask::repository;

/// Makes `tests/.venv` from the pinned requirements where it is missing or was made from others.
pub(super) fn packages() -> anyhow::Result<()> {
    let list = repository::path("tests/requirements.txt");
    let wanted =
        std::fs::read_to_string(&list).with_context(|| format!("could not read {}", list.display()))?;
    let environment = repository::path("tests/.venv");
    let installed = environment.join("installed-from.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
        return Ok(());
    }
    println!("installing the Python packages of the tests");
    super::install(Command::new(python()).args(["-m", "venv", "--clear"]).arg(&environment))?;
    super::install(
        Command::new(interpreter())
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--require-hashes",
                "-r",
            ])
            .arg(&list),
    )?;
    repository::write(&installed, wanted.as_bytes())
}

/// The Python of the tests' environment.
pub(super) fn interpreter() -> PathBuf {
    repository::path(if cfg!(windows) { "tests/.venv/Scripts/python.exe" } else { "tests/.venv/bin/python" })
}

/// Debian's own Python where there is one: `python3-venv` belongs to that, not to another in the path.
fn python() -> PathBuf {
    let own = Path::new("/usr/bin/python3");
    match own.exists() {
        true => own.into(),
        false => (if cfg!(windows) { "python" } else { "python3" }).into(),
    }
}
