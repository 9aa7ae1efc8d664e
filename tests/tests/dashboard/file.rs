//! The license as `license.jwt`, and the lines that point an instance at it.

use std::{fs::Permissions, os::unix::fs::PermissionsExt, path::Path};

use journeys::{Hand, Window};

use crate::world::World;

/// What the portal calls the license of every instance.
const LICENSE: &str = "Licet local portal";

#[tokio::test(flavor = "multi_thread")]
async fn a_license_is_written_as_license_jwt_with_the_lines_that_point_at_it() -> anyhow::Result<()> {
    let world = World::connected()?;
    let token = world.applied()?;
    let file = world.session.home().join("data/license.jwt");
    std::fs::create_dir_all(world.session.home().join("data"))?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select(LICENSE).await?;
    write(&hand, &file).await?;
    let path = file.display();
    window.shows(&format!("GF_ENTERPRISE_LICENSE_PATH={path}")).await?;
    window.shows("GF_ENTERPRISE_LICENSE_TEXT").await?;
    window.shows(&format!("license_path = {path}")).await?;
    assert_eq!(std::fs::read_to_string(&file)?.trim(), token);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_keeps_its_mode_and_is_left_alone_once_its_token_was_renewed() -> anyhow::Result<()> {
    let world = World::connected()?;
    let token = world.applied()?;
    let file = world.session.home().join("license.jwt");
    xtask::repository::write(&file, world.token()?.as_bytes())?;
    std::fs::set_permissions(&file, Permissions::from_mode(0o640))?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select(LICENSE).await?;
    write(&hand, &file).await?;
    let mode = std::fs::metadata(&file)?.permissions().mode() & 0o777;
    assert_eq!(mode, 0o640, "the user that the instance runs as can read it still");
    hand.click("export-close").await?;
    world.licet(&["instance", "renew", "--account", "play"])?;
    window.find("key-outdated").await?;
    assert_eq!(std::fs::read_to_string(&file)?.trim(), token, "the new text is the instance's alone");
    hand.click("export-open").await?;
    window.find("export-outdated").await?;
    window.close().await
}

/// Writes the selected license to a file.
async fn write(hand: &Hand<'_>, file: &Path) -> anyhow::Result<()> {
    hand.click("export-open").await?;
    hand.window.fill("export-path", &file.display().to_string()).await?;
    hand.text_that("export-preview", "the masked token", |text| text.contains("••")).await?;
    hand.click("export-write").await?;
    hand.window.find("export-done").await?;
    Ok(())
}
