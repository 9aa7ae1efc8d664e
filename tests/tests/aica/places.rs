//! Places where a file cannot be written: disks that are full or read-only, folders and files that others hold.

use std::{
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::Context;
use journeys::{Session, Window, licet_home, program};

/// A folder with `aica-license.toml` in it, and how a window is started for whom the folder is what it is.
pub(crate) struct Place {
    folder: PathBuf,
    starter: PathBuf,
    process: Option<PathBuf>,
}

/// The user whom files of "somebody else" are given to.
const OTHER_USER: u32 = 65534;

impl Place {
    /// On a disk of its own without a byte to spare.
    pub(crate) fn full(session: &Session, content: &str) -> anyhow::Result<Self> {
        let fill = r#"head -c 1m /dev/zero > "$1/filler" 2>/dev/null || true"#;
        Self::mounted(session, content, fill)
    }

    /// On a disk of its own that can only be read.
    pub(crate) fn read_only(session: &Session, content: &str) -> anyhow::Result<Self> {
        Self::mounted(session, content, r#"mount -o remount,ro "$1""#)
    }

    /// In a folder that may be looked into only; root is bound by that too.
    pub(crate) fn without_permission(session: &Session, content: &str) -> anyhow::Result<Self> {
        let folder = session.home().join("shared");
        xtask::repository::write(&folder.join("aica-license.toml"), content.as_bytes())?;
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o555))?;
        let script = r#"#!/bin/sh
caps=-dac_override,-dac_read_search,-fowner,-chown
test "$(id -u)" = 0 || exec "$PROGRAM" "$@"
exec setpriv --inh-caps "$caps" --bounding-set "$caps" "$PROGRAM" "$@"
"#;
        Ok(Self { folder, starter: starter(session, script)?, process: None })
    }

    /// The file.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("aica-license.toml")
    }

    /// What stands in the file, as the window sees it.
    pub(crate) fn read(&self) -> anyhow::Result<String> {
        Ok(std::fs::read_to_string(self.seen(&self.file())?)?)
    }

    /// The names of everything in the folder, as the window sees them.
    pub(crate) fn names(&self) -> anyhow::Result<Vec<String>> {
        let entries = std::fs::read_dir(self.seen(&self.folder)?)?.flatten();
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        Ok(names)
    }

    /// A disk that only the window's own processes see.
    fn mounted(session: &Session, content: &str, then: &str) -> anyhow::Result<Self> {
        let folder = session.home().join("disk");
        std::fs::create_dir_all(&folder)?;
        let (source, process) = (session.folder().join("content"), session.folder().join("window.pid"));
        xtask::repository::write(&source, content.as_bytes())?;
        // The bus knows the user by the number that she has outside.
        let script = format!(
            r#"#!/bin/sh
exec unshare -rm sh -ec '
mount -t tmpfs -o size=64k tmpfs "$1"
cp "$2" "$1/aica-license.toml"
{then}
echo $$ > "$3"
user=$4 group=$5; shift 5
test "$user" = 0 && exec "$@"
exec unshare -U --map-user="$user" --map-group="$group" "$@"
' sh '{}' '{}' '{}' "$(id -u)" "$(id -g)" "$PROGRAM" "$@"
"#,
            folder.display(),
            source.display(),
            process.display()
        );
        Ok(Self { folder, starter: starter(session, &script)?, process: Some(process) })
    }

    fn seen(&self, path: &Path) -> anyhow::Result<PathBuf> {
        let Some(process) = &self.process else { return Ok(path.to_path_buf()) };
        let id = std::fs::read_to_string(process).context("the window has not started")?;
        Ok(Path::new("/proc").join(id.trim()).join("root").join(path.strip_prefix("/")?))
    }
}

/// Opens Licet where `place` is what it is.
pub(crate) async fn window_in(session: &Session, place: &Place) -> anyhow::Result<Window> {
    let arguments = ["--home".into(), licet_home(session).into()];
    Window::open_program(session, &place.starter, &arguments).await
}

/// A file of another user that everybody may write, in a folder of one's own, and that user.
pub(crate) fn of_another_user(session: &Session, content: &str) -> anyhow::Result<(PathBuf, u32)> {
    let file = session.home().join("theirs.toml");
    xtask::repository::write(&file, content.as_bytes())?;
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o666))?;
    if std::os::unix::fs::chown(&file, Some(OTHER_USER), None).is_err() {
        // Who is not root gives it away among ids of their own.
        let mut command = session.command("unshare");
        command.args(["--map-root-user", "--map-auto", "chown", &OTHER_USER.to_string()]).arg(&file);
        let output = command.output()?;
        anyhow::ensure!(
            output.status.success(),
            "this journey lays out a file of another user: it wants root, or a user whom /etc/subuid gives further \
             ids (package uidmap): {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let owner = std::fs::metadata(&file)?.uid();
    Ok((file, owner))
}

fn starter(session: &Session, script: &str) -> anyhow::Result<PathBuf> {
    let path = session.folder().join("start-window");
    let program = program("LICET_DESKTOP_DRIVEN")?.display().to_string();
    xtask::repository::write(&path, script.replace("$PROGRAM", &program).as_bytes())?;
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755))?;
    Ok(path)
}
