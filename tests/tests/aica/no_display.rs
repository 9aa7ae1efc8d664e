//! `licet-desktop` where no window can be opened, such as over SSH.

use journeys::program;
use std::process::{Command, Output};

/// Starts the window with these variables and no others that name a display.
fn start(variables: &[(&str, &str)]) -> anyhow::Result<Output> {
    let home = tempfile::tempdir()?;
    let mut command = Command::new(program("LICET_DESKTOP")?);
    command.arg("--home").arg(home.path()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    // Names of displays are looked for below it.
    command.env("XDG_RUNTIME_DIR", home.path()).envs(variables.iter().copied());
    let ended = command.output()?;
    assert_eq!(home.path().read_dir()?.count(), 0, "it refuses before it touches anything");
    Ok(ended)
}

/// Asserts that one sentence names the command line, and returns it.
fn refusal(ended: &Output) -> String {
    let stderr = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{stderr}");
    let [line] = stderr.lines().collect::<Vec<_>>()[..] else { panic!("not one line: {stderr}") };
    assert!(line.starts_with("error: ") && line.contains("`licet --help`"), "{line}");
    line.to_owned()
}

#[test]
fn no_display_is_one_sentence_that_names_licet() -> anyhow::Result<()> {
    let line = refusal(&start(&[])?);
    assert!(line.contains("neither DISPLAY nor WAYLAND_DISPLAY is set"), "{line}");
    Ok(())
}

#[test]
fn display_that_cannot_be_opened_is_named() -> anyhow::Result<()> {
    let line = refusal(&start(&[("DISPLAY", ":4242")])?);
    assert!(line.contains("DISPLAY=:4242"), "{line}");
    let line = refusal(&start(&[("WAYLAND_DISPLAY", "wayland-nowhere")])?);
    assert!(line.contains("WAYLAND_DISPLAY=wayland-nowhere"), "{line}");
    Ok(())
}
