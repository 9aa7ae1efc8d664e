//! The license as `license.jwt`, and the lines that point an instance at it.

use journeys::{Hand, Window};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_license_is_written_as_license_jwt_with_the_lines_that_point_at_it() -> anyhow::Result<()> {
    let world = World::connected()?;
    let (source, token) = (world.session.home().join("given.jwt"), world.token()?);
    xtask::repository::write(&source, token.as_bytes())?;
    world.licet(&["instance", "apply", &source.display().to_string(), "--account", "play"])?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    let file = world.session.home().join("data/license.jwt");
    std::fs::create_dir_all(world.session.home().join("data"))?;

    hand.select("Licet local portal").await?;
    hand.click("export-open").await?;
    window.fill("export-path", &file.display().to_string()).await?;
    hand.text_that("export-preview", "the masked token", |text| text.contains("••")).await?;
    hand.click("export-write").await?;
    window.find("export-done").await?;
    let path = file.display();
    window.shows(&format!("GF_ENTERPRISE_LICENSE_PATH={path}")).await?;
    window.shows("GF_ENTERPRISE_LICENSE_TEXT").await?;
    window.shows(&format!("license_path = {path}")).await?;
    assert_eq!(std::fs::read_to_string(&file)?.trim(), token);
    window.close().await
}
