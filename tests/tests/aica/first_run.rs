//! The first start, up to the file that the launcher reads.

use journeys::{KeyringState, Session, Window, readers};
use serde_json::json;

use thirtyfour::Key;

use crate::clipboard::Copier;
use crate::common::{
    DEPLOYMENT_KEY, OTHER_SYSTEM_KEY, SYSTEM_KEY, at_step, data_key, hand_over, has, holds, launcher_file,
    listed, mode, open_row, press, says, with_key,
};

#[tokio::test(flavor = "multi_thread")]
async fn from_a_pasted_system_key_to_the_launchers_file() -> anyhow::Result<()> {
    let mut session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &[]).await?;
    at_step(&window, "where").await?;

    window.fill("setup-paste", SYSTEM_KEY).await?;
    says(&window, "setup-recognised", "AICA System License").await?;
    let file = launcher_file(&session);
    says(&window, "setup-will-write", &file.display().to_string()).await?;
    press(&window, "setup-file-change").await?;
    holds(&window, "setup-file-path", &file.display().to_string()).await?;
    says(&window, "setup-file-preview", "••0F2-V3").await?;
    assert!(!window.text("setup-file-preview").await?.contains("5614D1"), "the key is masked in a preview");
    assert!(!file.exists(), "nothing is written before the button");
    press(&window, "setup-next").await?;

    at_step(&window, "done").await?;
    says(&window, "setup-summary", "AICA license …0F2").await?;
    says(&window, "setup-summary", "~/.aica-license.toml").await?;
    says(&window, "setup-next-command", &format!("docker run -v {}:/license:ro", file.display())).await?;
    press(&window, "setup-finish").await?;
    has(&window, "app-ready", "data-screen", "main").await?;
    open_row(&window, "AICA license …0F2").await?;
    window.shows("Up to date").await?;

    assert_eq!(readers::toml(&file)?, json!({ "License": SYSTEM_KEY }));
    assert_eq!(mode(&file)?, 0o600);
    assert!(data_key(&mut session)?.is_some(), "the key that opens the library is in the keyring");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_key_is_told_by_its_part_while_it_is_typed() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &[]).await?;
    at_step(&window, "where").await?;

    window.fill("setup-paste", "5614D1-3E7A6G-932DE").await?;
    has(&window, "setup-recognised", "data-kind", "mistake").await?;
    says(&window, "setup-recognised", "Group 2 of the key holds “G”").await?;
    assert!(!window.find("setup-next").await?.is_enabled().await?);

    window.press("B-8C4189-F6B0F2-V3").await?;
    says(&window, "setup-recognised", "Group 2 of the key holds “G”").await?;
    window.fill("setup-paste", "5614D1-3E7A6C-932DEB-8C41-F6B0F2-V3").await?;
    says(&window, "setup-recognised", "Group 4 of the key has 4 characters; six belong there.").await?;
    window.fill("setup-paste", "5614D1-3E7A6C-932DEB-8C4189-F6B0F2").await?;
    says(&window, "setup-recognised", "The key does not end in its version, like V3.").await?;
    window.press("-V3").await?;
    says(&window, "setup-recognised", "AICA System License").await?;
    window.fill("setup-paste", "key/eyJhIjoxfQ").await?;
    says(&window, "setup-recognised", "The Deployment Key is not complete.").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_key_and_a_files_text_come_in_side_by_side() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let window = Window::open(&session, &[]).await?;
    press(&window, "setup-card-key").await?;
    at_step(&window, "connect").await?;

    window.fill("setup-key", DEPLOYMENT_KEY).await?;
    says(&window, "setup-key-recognised", "AICA Deployment Key").await?;
    press(&window, "setup-key-add").await?;
    says(&window, "setup-keys", "imported: AICA license …").await?;
    let text = format!("# of cell 7\nLicense = \"{OTHER_SYSTEM_KEY}\"");
    let _copier = Copier::copies(&session, &text).await?;
    window.find("setup-key").await?.send_keys(Key::Control + "v").await?;
    says(&window, "setup-key-recognised", "found in the license file’s text").await?;
    press(&window, "setup-key-add").await?;
    says(&window, "setup-keys", "AICA license …D8E").await?;
    press(&window, "setup-next").await?;

    at_step(&window, "file").await?;
    press(&window, "setup-file-write").await?;
    press(&window, "setup-next").await?;
    at_step(&window, "done").await?;
    assert_eq!(readers::toml(&launcher_file(&session))?, json!({ "License": DEPLOYMENT_KEY }));
    assert_eq!(listed(&session)?.len(), 2);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_at_the_usual_place_is_offered_and_one_that_is_given_is_taken() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let usual = launcher_file(&session);
    xtask::repository::write(&usual, license_file(SYSTEM_KEY).as_bytes())?;
    let given = session.home().join("cell-09.toml");
    xtask::repository::write(&given, license_file(OTHER_SYSTEM_KEY).as_bytes())?;

    let window = Window::open(&session, &[&given.display().to_string()]).await?;
    at_step(&window, "connect").await?;
    says(&window, "setup-keys", "imported: cell-09").await?;
    press(&window, "setup-back").await?;
    at_step(&window, "where").await?;
    window.shows(&usual.display().to_string()).await?;
    window.shows("contains a System License").await?;
    press(&window, "setup-found-file-0").await?;
    at_step(&window, "connect").await?;
    says(&window, "setup-keys", "imported: aica-license").await?;
    press(&window, "setup-leave").await?;
    open_row(&window, "aica-license").await?;
    open_row(&window, "cell-09").await?;

    assert_eq!(readers::toml(&usual)?, json!({ "License": SYSTEM_KEY }), "reading a file changes nothing");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_hands_its_file_to_the_window_that_is_open() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    let file = session.home().join("cell 09.toml");
    xtask::repository::write(&file, license_file(OTHER_SYSTEM_KEY).as_bytes())?;

    // The path is relative to where the second one is started.
    hand_over(&session, &["cell 09.toml"])?;
    window.shows("1 license imported").await?;
    says(&window, "detail-name", "cell 09").await?;
    assert_eq!(listed(&session)?.len(), 2);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bare_keys_row_says_what_is_not_known() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    window.shows("Unknown").await?;
    open_row(&window, "Robot cell 7").await?;
    window.shows("no expiry date known").await?;
    window.shows("Imported keys").await?;
    let row = &listed(&session)?[0];
    for unknown in ["expires", "expires_in_days", "type", "hosting", "goal", "created"] {
        assert_eq!(row[unknown], json!(null), "{unknown}");
    }
    assert_eq!(row["status"], "unknown");
    window.close().await
}

fn license_file(key: &str) -> String {
    format!("License = \"{key}\"\n")
}
