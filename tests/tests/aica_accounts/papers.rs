//! Packages and certificates, light and dark, for axe-core and for people to look at.

use journeys::{Hand, KeyringState, Looks, Session, StandIn, Window, licet_says};
use xtask::repository::write;

use crate::{screens::scrolled, world::World};

/// A key of the System form that belongs to nobody here.
pub(crate) const OTHER_KEY: &str = "0A1B2C-3D4E5F-60718A-9BACBD-CEDFE0-V3";

#[tokio::test(flavor = "multi_thread")]
async fn packages_and_certificates_in_light_and_dark() -> anyhow::Result<()> {
    let world = World::new()?;
    world.cell()?;
    world.packages()?;
    world.connect_with(
        &world.portal.url(),
        &["--registry", "registry.plant.example", "--confirm-registry", "registry.plant.example"],
    )?;
    StandIn::of(&world.session, "docker", "echo Login Succeeded")?;
    let mut looks = Looks::default();
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("cell").await?;
    hand.unfold("packages").await?;
    hand.unfold("certificate").await?;
    window.click_css("[data-testid=package-core] summary").await?;
    window.find("release-4.4.2").await?;
    window.click_css("[data-testid='release-4.4.2'] summary").await?;
    hand.text_that("release-4.4.2", "its file", |text| text.contains("tar.gz")).await?;
    scrolled(&window, "packages").await?;
    looks.at(&window, "aica-packages").await?;
    scrolled(&window, "certificate-check-out").await?;
    looks.at(&window, "aica-registry-and-certificate").await?;
    hand.click("registry-login").await?;
    looks.at(&window, "aica-registry-login").await?;
    hand.click("registry-submit").await?;
    window.find("registry-done").await?;
    looks.at(&window, "aica-registry-done").await?;
    hand.click("registry-close").await?;
    hand.click("certificate-check-out").await?;
    looks.at(&window, "aica-check-out").await?;
    hand.click("check-out-submit").await?;
    let file = world.session.home().join("license.lic");
    window.find("export-path").await?;
    window.fill("export-path", file.to_str().unwrap_or_default()).await?;
    hand.enabled("export-write", true).await?;
    looks.at(&window, "aica-checked-out").await?;
    hand.click("export-write").await?;
    window.find("export-close").await?;
    looks.at(&window, "aica-certificate-written").await?;
    hand.click("export-close").await?;
    window.close().await?;

    let session = Session::start(KeyringState::Unlocked)?;
    licet_says(&session, &["import", "-", "--name", "bench"], OTHER_KEY)?;
    let copy = session.home().join("cell.lic");
    write(&copy, &std::fs::read(&file)?)?;
    let window = Window::open(&session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("bench").await?;
    window.drop_files(&[copy]).await?;
    window.find("certificate-dialog").await?;
    looks.at(&window, "aica-certificate-key").await?;
    let key = world.licet(&["export", "cell", "--format", "launcher-toml", "--stdout"])?;
    window.fill("certificate-key", key.trim()).await?;
    hand.click("certificate-import").await?;
    hand.selected("cell").await?;
    window.find("certificate").await?;
    looks.at(&window, "aica-certificate-imported").await?;
    window.close().await?;
    looks.judged()
}
