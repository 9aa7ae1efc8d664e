//! The window on a virtual display: open it, wait until it is painted, photograph it, close it.

use std::{ffi::OsString, path::Path, process::Stdio, time::Duration};

use xtask::{
    process::Group,
    session::{KeyringState, Session},
    wait,
};

use super::picture::Picture;

/// Opens `program` in a session of its own and writes its picture.
pub(super) fn window(program: &Path, arguments: &[OsString], picture: &Path) -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut command = session.command(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::inherit());
    let mut process = Group::spawn(&mut command)?;
    let seen = painted(&session, &mut process);
    let closed = close(&mut process);
    seen?.write(picture)?;
    closed
}

fn painted(session: &Session, process: &mut Group) -> anyhow::Result<Picture> {
    let deadline = Duration::from_secs(60);
    let window = wait::until("the window", deadline, || {
        if let Some(status) = process.status()? {
            anyhow::bail!("Licet ended with {status} before its window opened");
        }
        visible(session)
    })?;
    let mut before: Option<Picture> = None;
    wait::until("a painted window", deadline, || {
        let now = Picture::of(session, &window)?;
        let settled = !now.is_uniform() && before.as_ref() == Some(&now);
        before = Some(now);
        Ok(if settled { before.take() } else { None })
    })
}

/// The window that carries the program's name, once it is mapped.
fn visible(session: &Session) -> anyhow::Result<Option<String>> {
    let windows = session.xdotool(&["search", "--onlyvisible", "--name", "Licet"])?;
    Ok(windows.lines().last().map(str::to_owned))
}

fn close(process: &mut Group) -> anyhow::Result<()> {
    let crashed = process.status()?.filter(|status| !status.success());
    process.end();
    match crashed {
        Some(status) => anyhow::bail!("Licet ended with {status}"),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::window;
    use crate::small_browser::small_browser;

    #[test]
    fn a_painted_window_is_photographed_and_closed() {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("deep/picture.png");
        let page = "data:text/html,<title>Licet</title><h1>Painted</h1>";
        window(&small_browser(), &[page.into()], &picture).unwrap();
        let written = std::fs::read(&picture).unwrap();
        assert!(written.starts_with(b"\x89PNG"));
    }

    #[test]
    fn a_window_that_never_opens_is_told_with_its_status() {
        let folder = tempfile::tempdir().unwrap();
        let picture = folder.path().join("picture.png");
        let error = window("/bin/false".as_ref(), &[], &picture).unwrap_err();
        assert!(error.to_string().contains("exit status: 1"), "{error}");
        assert!(!picture.exists());
    }
}
