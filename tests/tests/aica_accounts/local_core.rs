//! AICA Core on this computer, as a live line beside a license.

use std::time::Duration;

use journeys::{Hand, Window, eventually, licet_home};
use portal::CoreState;

use crate::{screens::scrolled, world::World};

/// Longer than the line waits between two looks.
const NEXT_LOOK: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread")]
async fn a_core_is_not_determined_for_a_while_then_tells_its_license_and_goes_offline() -> anyhow::Result<()>
{
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    set_address(&hand, &format!("{}/core/api", world.portal.url())).await?;

    hand.select("cell").await?;
    seen(&window).await?;
    hand.text_that("core-state", "no word yet", |text| text.contains("Not determined yet")).await?;
    window.shows("That is not the same as having none").await?;
    assert!(!window.text("core").await?.contains("Entitlements"));

    let told = CoreState {
        online: true,
        packages: [("core".to_owned(), "4.4.2".to_owned())].into(),
        entitlements: vec!["motion-control".to_owned()],
    };
    world.service.set_core(Some(&told))?;
    by_itself(&window, "Online").await?;
    assert_eq!(window.text("core-packages").await?, "core 4.4.2");
    let asked = world.licet_json(&["core", "cell"])?;
    assert_eq!((&asked["online"], &asked["entitlements"][0]), (&true.into(), &"motion-control".into()));

    world.service.set_core(Some(&CoreState { online: false, ..told }))?;
    by_itself(&window, "Offline").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn that_no_core_runs_is_said_with_the_way_to_another_address() -> anyhow::Result<()> {
    let world = World::connected()?;
    xtask::repository::write(
        &licet_home(&world.session).join("settings.toml"),
        b"core-address = \"http://127.0.0.1:1/api\"\n",
    )?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    seen(&window).await?;
    hand.text_that("core-state", "that none runs", |text| text.contains("Not running")).await?;
    window.shows("No Core answers at http://127.0.0.1:1/api").await?;
    hand.click("core-address").await?;
    window.fill("settings-core-address", "localhost").await?;
    hand.click("settings-core-save").await?;
    window.shows("https://").await?;
    window.fill("settings-core-address", &world.portal.url()).await?;
    hand.click("settings-core-save").await?;
    window.shows("Saved").await?;
    hand.click("page-back").await?;
    hand.select("cell").await?;
    seen(&window).await?;
    hand.text_that("core-state", "what else answers", |text| text.contains("Something else answers")).await?;
    window.close().await
}

/// Names the Core's address in the settings.
async fn set_address(hand: &Hand<'_>, address: &str) -> anyhow::Result<()> {
    hand.click("open-settings").await?;
    hand.window.fill("settings-core-address", address).await?;
    hand.click("settings-core-save").await?;
    hand.window.shows("Saved").await?;
    hand.click("page-back").await
}

/// Scrolls to the line: while nobody sees it, nobody asks.
async fn seen(window: &Window) -> anyhow::Result<()> {
    Hand::at(window).unfold("core").await?;
    window.find("core").await?;
    scrolled(window, "core").await
}

/// Waits until the line says something else, touching nothing.
async fn by_itself(window: &Window, words: &str) -> anyhow::Result<()> {
    eventually(&format!("the line to say {words:?}"), NEXT_LOOK, || async {
        Ok(window.text("core-state").await?.contains(words).then_some(()))
    })
    .await
}
