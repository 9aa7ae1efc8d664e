//! A key in other hands: marked, reported, and forgotten as soon as its successor is there.

use std::path::{Path, PathBuf};

use journeys::{Hand, Secrets, Window, licet_home, licet_says};

use crate::world::World;

/// Issued by nobody.
const OLD: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
const NEW: &str = "A614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

fn written(world: &World, license: &str, file: &str) -> anyhow::Result<PathBuf> {
    let path = world.session.folder().join("files").join(file);
    std::fs::create_dir_all(world.session.folder().join("files"))?;
    let to = path.display().to_string();
    world.licet(&["export", license, "--format", "launcher-toml", "--to", &to])?;
    Ok(path)
}

fn is_nowhere(key: &str, places: &[&Path]) -> anyhow::Result<()> {
    assert_eq!(Secrets::new(&[("the leaked key", key)]).in_folders(places)?, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_successor_that_a_refresh_brings_takes_the_leaked_keys_place_everywhere() -> anyhow::Result<()> {
    let world = World::new()?;
    let old = world.cell()?;
    world.connect(&world.portal.url())?;
    licet_says(&world.session, &["import", "-", "--name", "robot"], &old)?;
    let (own, second) = (written(&world, "cell", "cell.toml")?, written(&world, "cell", "robot.toml")?);
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    hand.click("detail-menu").await?;
    hand.click("leaked-mark").await?;
    window.find("leaked-notice").await?;
    let in_pane = "return document.activeElement.closest('[data-pane=detail]') !== null";
    assert!(
        window.driver().execute(in_pane, vec![]).await?.convert::<bool>()?,
        "the keyboard stays in the pane"
    );
    hand.row_with("cell", "Leaked").await?;
    hand.no_row("robot").await?;
    hand.click("leaked-report").await?;
    assert_eq!(window.text("step-mail").await?, "support@aica.tech");
    window.press(thirtyfour::Key::Escape).await?;
    window.gone("step-dialog").await?;

    let new = world.service.renew_key(&old)?.expose().to_owned();
    hand.click("leaked-refresh").await?;
    window.gone("leaked-notice").await?;
    hand.unfold("history").await?;
    hand.text_that("history", "the removal", |text| text.contains("Leaked key removed")).await?;
    let files = world.licet_json(&["show", "cell"])?["files"].take();
    let is_fine = |file: &serde_json::Value| file["state"] == "up-to-date";
    assert!(files.as_array().is_some_and(|all| all.len() == 2 && all.iter().all(is_fine)), "{files}");
    window.close().await?;

    for file in [&own, &second] {
        let text = std::fs::read_to_string(file)?;
        assert!(text.contains(&new) && !text.contains(&old), "{}", file.display());
    }
    is_nowhere(&old, &[&licet_home(&world.session), &world.session.folder().join("files")])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_key_is_succeeded_by_the_one_that_is_entered() -> anyhow::Result<()> {
    let world = World::new()?;
    licet_says(&world.session, &["import", "-", "--name", "robot"], OLD)?;
    let file = written(&world, "robot", "robot.toml")?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("robot").await?;
    hand.click("detail-menu").await?;
    hand.click("leaked-mark").await?;
    window.find("leaked-notice").await?;
    hand.click("leaked-unmark").await?;
    window.gone("leaked-notice").await?;
    hand.click("detail-menu").await?;
    hand.click("leaked-mark").await?;
    hand.click("successor-open").await?;
    hand.paste("successor-text", OLD).await?;
    hand.click("successor-submit").await?;
    window.shows("This is the leaked key of “robot” itself").await?;
    hand.paste("successor-text", NEW).await?;
    hand.click("successor-submit").await?;
    window.shows("“robot” has its new key").await?;
    hand.selected("robot").await?;
    window.gone("leaked-notice").await?;
    window.close().await?;

    let text = std::fs::read_to_string(&file)?;
    assert!(text.contains(NEW) && !text.contains(OLD));
    is_nowhere(OLD, &[&licet_home(&world.session), &world.session.folder().join("files")])
}
