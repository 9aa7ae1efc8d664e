//! Where the keyboard is after each action, and the keys that move it between panes.

use journeys::{KeyringState, Portal, Session, Window};
use tempfile::TempDir;
use thirtyfour::Key;

use crate::common::{connect, focused, focused_row, has, is_focus_kept, ready, says};

/// An open window, and what has to stay as long as it does.
struct Opened {
    window: Window,
    _kept: (Session, Portal, TempDir),
}

/// Opens a window with one account, and creates a license for each name by keyboard.
async fn with_licenses(names: &[&str]) -> anyhow::Result<Opened> {
    let session = Session::start(KeyringState::Unlocked)?;
    let vendor = tempfile::tempdir()?;
    let portal = journeys::portal(vendor.path())?;
    connect(&session, &portal.url(), &portal.token("north")?, "north")?;
    let window = Window::open(&session, &[]).await?;
    has(&window, "app-ready", "data-screen", "main").await?;
    for name in names {
        window.press(Key::Control + "n").await?;
        focused(&window, "create-name").await?;
        window.press(*name).await?;
        ready(&window, "create-submit").await?;
        window.press(Key::Enter).await?;
        window.gone("create-dialog").await?;
        focused_row(&window, name).await?;
    }
    Ok(Opened { window, _kept: (session, portal, vendor) })
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_moves_the_focus_to_the_next_row() -> anyhow::Result<()> {
    let Opened { window, _kept } = with_licenses(&["alpha", "beta", "gamma"]).await?;
    window.click("sort-name").await?;
    window.click("list").await?;
    window.press(Key::Home).await?;
    focused_row(&window, "alpha").await?;
    for (name, next) in [("alpha", "beta"), ("beta", "gamma")] {
        window.press(Key::Delete).await?;
        focused(&window, "delete-typed").await?;
        window.press(name).await?;
        ready(&window, "delete-confirm").await?;
        window.press(Key::Enter).await?;
        window.gone("delete-dialog").await?;
        focused_row(&window, next).await?;
    }
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn screens_are_left_by_escape_for_the_row() -> anyhow::Result<()> {
    let Opened { window, _kept } = with_licenses(&["alpha"]).await?;
    window.press(Key::Control + ",").await?;
    has(&window, "app-ready", "data-screen", "settings").await?;
    assert!(is_focus_kept(&window).await?, "the keyboard is in the settings");
    window.press(Key::Escape).await?;
    focused_row(&window, "alpha").await?;
    window.click("open-activity").await?;
    has(&window, "app-ready", "data-screen", "activity").await?;
    assert!(is_focus_kept(&window).await?, "the keyboard is in the activity");
    window.press(Key::Escape).await?;
    focused_row(&window, "alpha").await?;
    window.press(Key::Control + ",").await?;
    window.click("settings-storage").await?;
    has(&window, "app-ready", "data-screen", "storage").await?;
    assert!(is_focus_kept(&window).await?, "the keyboard is in privacy and storage");
    window.press(Key::Escape).await?;
    focused(&window, "settings-storage").await?;
    window.press(Key::Escape).await?;
    focused_row(&window, "alpha").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn panes_are_reached_by_f6_and_enter() -> anyhow::Result<()> {
    let Opened { window, _kept } = with_licenses(&["alpha"]).await?;
    ready(&window, "export-open").await?;
    window.press(Key::Enter).await?;
    focused(&window, "export-open").await?;
    window.press(Key::Escape).await?;
    focused_row(&window, "alpha").await?;
    window.press(Key::F6).await?;
    focused(&window, "export-open").await?;
    window.press(Key::F6).await?;
    focused(&window, "view-all").await?;
    window.press(Key::F6).await?;
    focused(&window, "list").await?;
    window.press(Key::Shift + Key::F6).await?;
    focused(&window, "view-all").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn half_typed_dialog_survives_the_keys_of_a_web_page() -> anyhow::Result<()> {
    let Opened { window, _kept } = with_licenses(&["alpha"]).await?;
    window.press(Key::Control + "n").await?;
    focused(&window, "create-name").await?;
    // Enter with nothing typed stays where something is missing.
    window.press(Key::Tab).await?;
    window.press(Key::Enter).await?;
    focused(&window, "create-name").await?;
    window.press("half").await?;
    for keys in [Key::F5.into(), Key::Control + "r", Key::Alt + Key::Left] {
        window.press(keys).await?;
        has(&window, "app-ready", "data-screen", "main").await?;
        crate::common::holds(&window, "create-name", "half").await?;
    }
    window.press(Key::Escape).await?;
    window.gone("create-dialog").await?;
    focused_row(&window, "alpha").await?;
    says(&window, "detail-name", "alpha").await?;
    window.close().await
}
