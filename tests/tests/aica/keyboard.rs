//! Without the mouse: create, write a file, search, delete.

use journeys::{KeyringState, Session, Window, eventually, readers};
use thirtyfour::Key;

use crate::common::{DEADLINE, connect, focused, has, holds, listed, ready, row, says};

#[tokio::test(flavor = "multi_thread")]
async fn a_license_lives_and_dies_by_the_keyboard() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let vendor = tempfile::tempdir()?;
    let portal = journeys::portal(vendor.path())?;
    connect(&session, &portal.url(), &portal.token("north")?, "north")?;
    let window = Window::open(&session, &[]).await?;
    has(&window, "app-ready", "data-screen", "main").await?;

    for name in ["alpha", "beta"] {
        window.press(Key::Control + "n").await?;
        focused(&window, "create-name").await?;
        window.press(name).await?;
        ready(&window, "create-submit").await?;
        window.press(Key::Enter).await?;
        says(&window, "detail-name", name).await?;
        window.gone("create-dialog").await?;
    }

    window.press("/").await?;
    focused(&window, "search").await?;
    window.press("alph").await?;
    window.shows("1 license ·").await?;
    window.press(Key::Down).await?;
    focused(&window, "list").await?;
    window.press(Key::Down).await?;
    says(&window, "detail-name", "alpha").await?;

    window.press(Key::Control + "e").await?;
    focused(&window, "export-path").await?;
    let file = session.home().join("alpha.env");
    window.press(Key::Control + "a").await?;
    window.press(file.display().to_string()).await?;
    holds(&window, "export-path", &file.display().to_string()).await?;
    ready(&window, "export-write").await?;
    window.press(Key::Enter).await?;
    window.find("export-done").await?;
    window.press(Key::Enter).await?;
    window.gone("export-dialog").await?;
    assert!(readers::dotenv(&file)?["BOX_LICENSE"].is_string());

    focused(&window, "list").await?;
    window.press(Key::Delete).await?;
    focused(&window, "delete-typed").await?;
    window.press("alpha").await?;
    ready(&window, "delete-confirm").await?;
    window.press(Key::Enter).await?;
    window.gone("delete-dialog").await?;
    eventually("the end of the row", DEADLINE, || async {
        Ok(window.driver().find_all(row("alpha")).await?.is_empty().then_some(()))
    })
    .await?;
    let left = listed(&session)?;
    assert_eq!(left.iter().map(|one| &one["name"]).collect::<Vec<_>>(), ["beta"]);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wizard_goes_by_tab_and_enter() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &[]).await?;
    window.find("setup-paste").await?;
    tab_to(&window, "setup-paste").await?;
    window.press(crate::common::SYSTEM_KEY).await?;
    says(&window, "setup-recognised", "AICA System License").await?;
    window.find("setup-will-write").await?;
    window.press(Key::Enter).await?;
    crate::common::at_step(&window, "done").await?;
    assert!(crate::common::launcher_file(&session).exists());
    ready(&window, "setup-finish").await?;
    window.press(Key::Enter).await?;
    has(&window, "app-ready", "data-screen", "main").await?;
    focused(&window, "list").await?;
    window.close().await
}

/// Walks by Tab until what has this `data-testid` has the keyboard.
async fn tab_to(window: &Window, testid: &str) -> anyhow::Result<()> {
    window.find(testid).await?;
    for _ in 0..40 {
        let at = window.driver().active_element().await?.attr("data-testid").await?;
        if at.as_deref() == Some(testid) {
            return Ok(());
        }
        window.press(Key::Tab).await?;
    }
    anyhow::bail!("Tab does not come to {testid}")
}
