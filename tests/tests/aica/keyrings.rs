//! The keyring locked, away, killed and back; a passphrase or this session instead of it.

use journeys::{KeyringState, LockState, PATIENCE, Session, Window, eventually, readers};
use serde_json::json;
use thirtyfour::prelude::By;

use crate::common::{
    DEPLOYMENT_KEY, SYSTEM_KEY, at_step, data_key, fill, hand_over, has, launcher_file, library, listed,
    open_export, open_row, press, reveals, says, with_key,
};

const PASSPHRASE: &str = "four words in a row";

#[tokio::test(flavor = "multi_thread")]
async fn with_a_locked_keyring_the_list_opens_at_once_and_keys_after_its_prompt() -> anyhow::Result<()> {
    let mut session = with_key("Robot cell 7")?;
    session.keyring()?.lock()?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    says(&window, "banner", "Your keyring is locked").await?;
    says(&window, "key-masked", "Sealed.").await?;
    assert!(!window.find("key-reveal").await?.is_enabled().await?);
    assert_eq!(session.keyring()?.state()?, LockState::Locked, "nothing asks by itself");

    window.click("unlock").await?;
    session.answer_keyring_prompt()?;
    window.gone("banner").await?;
    reveals(&window, SYSTEM_KEY).await?;
    assert!(data_key(&mut session)?.is_some());
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_run_with_a_locked_keyring_asks_for_it_and_loses_nothing() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Locked)?;
    let window = Window::open(&session, &[]).await?;
    at_step(&window, "where").await?;
    window.fill("setup-paste", SYSTEM_KEY).await?;
    window.find("setup-will-write").await?;
    press(&window, "setup-next").await?;
    at_step(&window, "keep").await?;
    window.shows("Your keyring is locked").await?;
    press(&window, "setup-unlock").await?;
    session.answer_keyring_prompt()?;
    at_step(&window, "done").await?;

    assert_eq!(readers::toml(&launcher_file(&session))?, json!({ "License": SYSTEM_KEY }));
    assert!(data_key(&mut session)?.is_some());
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_a_passphrase_opens_the_library_again() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let window = Window::open(&session, &[]).await?;
    to_keep(&window, DEPLOYMENT_KEY).await?;
    window.shows("No keyring answers on this computer").await?;
    window.fill("setup-passphrase", PASSPHRASE).await?;
    window.fill("setup-passphrase-again", "four words in a raw").await?;
    window.shows("The two are not the same.").await?;
    assert!(!window.find("setup-next").await?.is_enabled().await?);
    window.fill("setup-passphrase-again", PASSPHRASE).await?;
    press(&window, "setup-next").await?;
    at_step(&window, "done").await?;
    press(&window, "setup-finish").await?;
    has(&window, "app-ready", "data-screen", "main").await?;
    window.close().await?;

    let name = listed(&session)?[0]["name"].as_str().unwrap_or_default().to_owned();
    let window = Window::open(&session, &[]).await?;
    open_row(&window, &name).await?;
    says(&window, "banner", "Keys are sealed by your passphrase").await?;
    window.fill("unlock-passphrase", "four words in a raw").await?;
    press(&window, "unlock").await?;
    says(&window, "banner", "This passphrase does not open the keys.").await?;
    window.fill("unlock-passphrase", PASSPHRASE).await?;
    press(&window, "unlock").await?;
    window.gone("banner").await?;
    reveals(&window, DEPLOYMENT_KEY).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_keeps_secrets_to_its_end_and_the_list_for_longer() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Absent)?;
    let window = Window::open(&session, &[]).await?;
    to_keep(&window, SYSTEM_KEY).await?;
    window.click("setup-session-only").await?;
    press(&window, "setup-next").await?;
    at_step(&window, "done").await?;
    press(&window, "setup-finish").await?;
    open_row(&window, "AICA license …0F2").await?;
    reveals(&window, SYSTEM_KEY).await?;
    window.close().await?;

    let window = Window::open(&session, &[]).await?;
    open_row(&window, "AICA license …0F2").await?;
    says(&window, "file-state-1", "Up to date").await?;
    assert!(!window.everything_shown().await?.contains(SYSTEM_KEY));
    assert_eq!(readers::toml(&launcher_file(&session))?, json!({ "License": SYSTEM_KEY }), "the file stays");
    says(&window, "key-masked", "It was kept for one session, which is over.").await?;
    assert!(!window.find("key-copy").await?.is_enabled().await?);

    // Brought in again, it is the same row and at hand.
    window.click("add-account").await?;
    at_step(&window, "where").await?;
    window.fill("setup-paste", SYSTEM_KEY).await?;
    window.find("setup-file-preview").await?;
    press(&window, "setup-next").await?;
    at_step(&window, "keep").await?;
    window.click("setup-session-only").await?;
    press(&window, "setup-next").await?;
    at_step(&window, "done").await?;
    press(&window, "setup-finish").await?;
    open_row(&window, "AICA license …0F2").await?;
    reveals(&window, SYSTEM_KEY).await?;
    assert_eq!(listed(&session)?.len(), 1);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_comes_back_opens_the_library_of_a_window_that_is_open() -> anyhow::Result<()> {
    let mut session = with_key("Robot cell 7")?;
    session.keyring()?.kill();
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    says(&window, "banner", "The keyring is not available").await?;
    press(&window, "unlock").await?;
    says(&window, "banner", "cannot read keys").await?;

    session.start_keyring()?;
    press(&window, "unlock").await?;
    window.gone("banner").await?;
    reveals(&window, SYSTEM_KEY).await?;

    // Killed while the window is open, what is at hand works on; and when it is back, so does everything.
    session.keyring()?.kill();
    press(&window, "key-reveal").await?;
    reveals(&window, SYSTEM_KEY).await?;
    session.start_keyring()?;
    let file = session.home().join("cell-09.toml");
    xtask::repository::write(&file, DEPLOYMENT_KEY.as_bytes())?;
    hand_over(&session, &["cell-09.toml"])?;
    window.shows("1 license imported").await?;
    open_row(&window, "cell-09").await?;
    reveals(&window, DEPLOYMENT_KEY).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passphrase_beside_the_keyring_opens_the_library_when_the_keyring_is_gone() -> anyhow::Result<()> {
    let mut session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    window.click("open-settings").await?;
    has(&window, "settings-vault", "data-state", "unlocked").await?;
    press(&window, "settings-set-passphrase").await?;
    window.fill("settings-new-passphrase", PASSPHRASE).await?;
    window.fill("settings-new-passphrase-again", PASSPHRASE).await?;
    press(&window, "settings-passphrase-submit").await?;
    window.gone("settings-passphrase-dialog").await?;
    assert_eq!(slots(&session)?, ["keyring", "passphrase"]);
    assert!(data_key(&mut session)?.is_some(), "the keyring stays a way in");
    window.close().await?;

    session.keyring()?.kill();
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    says(&window, "banner", "Keys are sealed by your passphrase").await?;
    says(&window, "key-masked", "Sealed.").await?;
    window.fill("unlock-passphrase", PASSPHRASE).await?;
    press(&window, "unlock").await?;
    window.gone("banner").await?;
    reveals(&window, SYSTEM_KEY).await?;
    window.close().await?;

    // With the keyring back nobody is asked for anything.
    session.start_keyring()?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    reveals(&window, SYSTEM_KEY).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_hangs_holds_up_nothing_but_the_secrets() -> anyhow::Result<()> {
    let mut session = with_key("Robot cell 7")?;
    session.keyring()?.hang()?;
    let window = Window::open(&session, &[]).await?;
    // The list is there while the keyring still has the time that it is given.
    window.shows("Robot cell 7").await?;
    window.click("open-settings").await?;
    says(&window, "settings-vault", "no keyring").await?;
    window.click("page-back").await?;
    says(&window, "banner", "The keyring is not available").await?;
    open_row(&window, "Robot cell 7").await?;
    says(&window, "key-masked", "Sealed.").await?;
    assert!(!window.find("key-reveal").await?.is_enabled().await?);

    // What needs no secret works: searching, and the export's dialog, which says what is the matter.
    fill(&window, "search", "cell").await?;
    window.shows("1 license").await?;
    open_export(&window, &launcher_file(&session)).await?;
    says(&window, "export-dialog", "The keyring is not available").await?;
    assert!(!window.find("export-write").await?.is_enabled().await?);
    window.press(thirtyfour::Key::Escape).await?;
    window.gone("export-dialog").await?;
    assert!(!launcher_file(&session).exists());

    session.keyring()?.go_on()?;
    // The window asks again when something changes, too; whichever comes first, the banner goes.
    eventually("the banner to go", PATIENCE, || async {
        let buttons = window.driver().find_all(By::Css("[data-testid='unlock']")).await?;
        for button in &buttons {
            // It may go between the look and the click.
            let _went = button.click().await;
        }
        Ok(buttons.is_empty().then_some(()))
    })
    .await?;
    window.gone("banner").await?;
    reveals(&window, SYSTEM_KEY).await?;
    assert!(data_key(&mut session)?.is_some());
    window.close().await
}

/// What the data key is kept in, as the library has it.
fn slots(session: &Session) -> anyhow::Result<Vec<String>> {
    let mut command = session.command("sqlite3");
    let output = command.arg(library(session)).arg("SELECT kind FROM slots ORDER BY kind").output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
}

/// Goes with a pasted key up to the step that asks where secrets are kept.
async fn to_keep(window: &Window, key: &str) -> anyhow::Result<()> {
    at_step(window, "where").await?;
    window.fill("setup-paste", key).await?;
    window.find("setup-will-write").await?;
    press(window, "setup-next").await?;
    at_step(window, "keep").await
}
