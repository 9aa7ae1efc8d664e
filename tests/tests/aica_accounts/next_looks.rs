//! The Core's line, the next steps and a leaked key, light and dark, for axe-core and for people to look at.

use journeys::{Hand, Looks, Window};
use portal::CoreState;

use crate::{screens::scrolled, world::World};

#[tokio::test(flavor = "multi_thread")]
async fn next_steps_in_light_and_dark() -> anyhow::Result<()> {
    let world = World::new()?;
    world.connect(&world.portal.url())?;
    let mut looks = Looks::default();
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    window.find("step-no-license").await?;
    looks.at(&window, "next-no-license").await?;
    world.cell()?;
    world.service.set_core(Some(&CoreState {
        online: true,
        packages: [("core", "4.4.2"), ("motion-control", "2.1.0")]
            .map(|(name, at)| (name.into(), at.into()))
            .into(),
        entitlements: vec!["motion-control".to_owned()],
    }))?;
    hand.click("refresh").await?;
    hand.row("cell").await?;
    hand.click("open-settings").await?;
    window.fill("settings-core-address", &format!("{}/core/api", world.portal.url())).await?;
    looks.at(&window, "next-core-address").await?;
    hand.click("settings-core-save").await?;
    window.shows("Saved").await?;
    hand.click("page-back").await?;

    hand.select("cell").await?;
    hand.unfold("core").await?;
    window.find("core").await?;
    scrolled(&window, "core").await?;
    hand.text_that("core-state", "the Core", |text| text.contains("Online")).await?;
    looks.at(&window, "next-core").await?;
    world.service.set_core(None)?;
    hand.click("detail-menu").await?;
    looks.at(&window, "next-steps").await?;
    hand.click("step-production").await?;
    window.find("step-body").await?;
    looks.at(&window, "next-message").await?;
    window.press(thirtyfour::Key::Escape).await?;
    window.gone("step-dialog").await?;
    hand.click("detail-menu").await?;
    hand.click("leaked-mark").await?;
    window.find("leaked-notice").await?;
    scrolled(&window, "leaked-notice").await?;
    hand.row_with("cell", "Leaked").await?;
    looks.at(&window, "next-leaked").await?;
    window.close().await?;
    looks.judged()
}
