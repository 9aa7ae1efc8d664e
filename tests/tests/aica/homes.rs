//! A library of a newer version; a window and a command line, and two windows, on one home.

use journeys::{KeyringState, Session, Window, eventually, licet, licet_home, program};
use std::{os::unix::fs::PermissionsExt, path::PathBuf};

use crate::common::{
    DEADLINE, OTHER_SYSTEM_KEY, SYSTEM_KEY, hand_over, import, library, listed, open_row, reveals, row, says,
    with_key,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_library_of_a_newer_version_is_left_alone() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let own = layout(&session, "PRAGMA user_version")?;
    layout(&session, "PRAGMA user_version = 4711")?;
    let before = std::fs::read(library(&session))?;

    let window = Window::open(&session, &[]).await?;
    says(&window, "banner", "This library was written by a newer Licet.").await?;
    window.shows("Update Licet to open it. Nothing in it was changed.").await?;
    assert!(std::fs::read(library(&session))? == before, "not a byte is another");
    let told = licet(&session)?.arg("list").output()?;
    assert_eq!(told.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&told.stderr).starts_with("error: "));

    layout(&session, &format!("PRAGMA user_version = {}", own.trim()))?;
    window.named("button", "Try again").await?.click().await?;
    open_row(&window, "Robot cell 7").await?;
    reveals(&window, SYSTEM_KEY).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn home_that_is_a_file_is_named_in_the_window() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    xtask::repository::write(&licet_home(&session), b"not a folder\n")?;
    let window = Window::open(&session, &[]).await?;
    says(&window, "banner", "is a file, not a folder.").await?;
    assert_eq!(std::fs::read(licet_home(&session))?, b"not a folder\n");
    window.close().await
}

/// What the library says of its layout, after it was told this.
fn layout(session: &Session, pragma: &str) -> anyhow::Result<String> {
    let told = session.command("sqlite3").arg(library(session)).arg(pragma).output()?;
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    Ok(String::from_utf8(told.stdout)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn window_and_command_line_see_each_others_changes() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;

    import(&session, OTHER_SYSTEM_KEY, "Cell 9")?;
    open_row(&window, "Cell 9").await?;
    reveals(&window, OTHER_SYSTEM_KEY).await?;
    let file = session.home().join("cell-9.toml");
    let written = licet(&session)?
        .args(["export", "Cell 9", "--format", "launcher-toml", "--to"])
        .arg(&file)
        .output()?;
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    says(&window, "file-state-1", "Up to date").await?;
    // What the command line wrote is watched by the window from then on.
    std::fs::remove_file(&file)?;
    says(&window, "file-state-1", "Missing").await?;

    let forgotten = licet(&session)?.args(["remove", "Cell 9", "--confirm", "Cell 9"]).output()?;
    assert!(forgotten.status.success());
    eventually("the end of the row", DEADLINE, || async {
        Ok(window.driver().find_all(row("Cell 9")).await?.is_empty().then_some(()))
    })
    .await?;
    open_row(&window, "Robot cell 7").await?;
    reveals(&window, SYSTEM_KEY).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_on_the_same_home_ends_and_on_another_home_opens() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    hand_over(&session, &[])?;

    let other = session.folder().join("another home");
    let arguments = ["--home".into(), other.clone().into()];
    let second =
        Window::open_program(&session, &journeys::program("LICET_DESKTOP_DRIVEN")?, &arguments).await?;
    second.find("setup").await?;
    second.close().await?;
    window.shows("Robot cell 7").await?;
    assert_eq!(listed(&session)?.len(), 1);
    assert!(other.join("library.sqlite3").exists() && licet_home(&session) != other);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_to_look_around_in_goes_with_its_window() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window =
        Window::open_program(&session, &program("LICET_DESKTOP_DRIVEN")?, &["--portal".into()]).await?;
    open_row(&window, "Robot cell 7").await?;
    let homes = thrown_away_homes(&session)?;
    let [home] = homes.as_slice() else { anyhow::bail!("one home was made: {homes:?}") };
    assert!(home.join("portal/signing-key").exists());
    assert_eq!(home.metadata()?.permissions().mode() & 0o777, 0o700, "nobody else can look into it");
    window.close().await?;
    assert_eq!(thrown_away_homes(&session)?, Vec::<PathBuf>::new());
    Ok(())
}

/// The folders below the session's temporary folder that hold a library.
fn thrown_away_homes(session: &Session) -> anyhow::Result<Vec<PathBuf>> {
    let temporary = session.command("printenv").arg("TMPDIR").output()?;
    let folder = PathBuf::from(String::from_utf8(temporary.stdout)?.trim());
    let inside = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    Ok(inside.iter().map(|entry| entry.path()).filter(|path| path.join("library.sqlite3").exists()).collect())
}
