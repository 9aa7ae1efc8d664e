//! Backups of a license file: listed in the window, restored from there, and removed with a deleted license.

use std::path::PathBuf;

use journeys::{Hand, Window};

use crate::world::{World, mode, put};

const BEFORE: &str = "# mine, from before Licet\nAIDBOX_PORT=8888\n";

/// The window on a license that was written over a file of the user's.
async fn with_file() -> anyhow::Result<(World, Window, PathBuf)> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let env = put(&world.session.home().join("compose/.env"), BEFORE)?;
    world.licet(&["export", "clinic", "--format", "env", "--to", &env.display().to_string()])?;
    let window = Window::open(&world.session, &[]).await?;
    Hand::at(&window).select("clinic").await?;
    Ok((world, window, env))
}

#[tokio::test(flavor = "multi_thread")]
async fn original_is_restored_and_taken_back() -> anyhow::Result<()> {
    let (world, window, env) = with_file().await?;
    let hand = Hand::at(&window);
    let (written, further) = (std::fs::read_to_string(&env)?, env.with_file_name(".env.bak.1"));
    let (backups, state) = (hand.first_like("file-backups-").await?, hand.first_like("file-state-").await?);

    hand.click(&backups).await?;
    let original = |text: &str| text.contains("Original") && text.contains("No license key");
    hand.text_that("backup-0", "the original", original).await?;
    hand.click("backup-restore-0").await?;
    hand.text_that("restore-present", "what becomes of the file", |text| text.contains("another backup"))
        .await?;
    hand.click("backup-back").await?;
    assert_eq!(std::fs::read_to_string(&env)?, written, "nothing is written before it is confirmed");
    hand.click("backup-restore-0").await?;
    hand.click("backup-confirm").await?;
    window.gone("backups-dialog").await?;
    hand.text_that(&state, "the drift", |text| text == "Differs from the license").await?;
    assert_eq!(std::fs::read_to_string(&env)?, BEFORE);
    assert_eq!((std::fs::read_to_string(&further)?, mode(&further)?), (written.clone(), 0o600));

    hand.click(&backups).await?;
    hand.text_that("backup-1", "whose key it has", |text| text.contains("of clinic")).await?;
    hand.click("backup-restore-1").await?;
    hand.click("backup-confirm").await?;
    window.gone("backups-dialog").await?;
    hand.text_that(&state, "as written", |text| text == "Up to date").await?;
    assert_eq!(std::fs::read_to_string(&env)?, written);
    window.shows("Backup restored").await?;
    assert_eq!(world.listed("clinic")?["files"][0]["state"], "up-to-date");

    hand.click(&backups).await?;
    hand.click("backup-remove-1").await?;
    hand.click("backup-confirm").await?;
    window.gone("backup-1").await?;
    hand.click("backups-close").await?;
    assert!(!further.exists());
    assert_eq!(std::fs::read_to_string(env.with_file_name(".env.bak"))?, BEFORE, "the original stays");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_license_takes_its_backups_along_on_request() -> anyhow::Result<()> {
    let (world, window, env) = with_file().await?;
    let hand = Hand::at(&window);
    let path = env.display().to_string();
    // Now a backup has the key too.
    world.licet(&["restore", &path, "--confirm", ".env"])?;
    let (original, further) = (env.with_file_name(".env.bak"), env.with_file_name(".env.bak.1"));
    assert!(further.exists());

    hand.click("detail-menu").await?;
    hand.click("delete-open").await?;
    let held = hand.text_that("held-backups", "the backup", |text| text.contains(".env.bak.1")).await?;
    assert_eq!(held.matches(".env.bak").count(), 1, "the original has no key: {held}");
    hand.click("held-remove").await?;
    hand.paste("delete-typed", "clinic").await?;
    hand.click("delete-confirm").await?;
    window.gone("delete-dialog").await?;
    hand.no_row("clinic").await?;
    assert!(original.exists() && !further.exists());
    assert_eq!(world.project().named("clinic").await?.len(), 0);
    window.close().await
}
