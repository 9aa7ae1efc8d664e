//! The address of the package registry: changed without a new login, from where its packages are shown.

use journeys::{Hand, Looks, Window};
use thirtyfour::Key;

use crate::world::World;

const MIRROR: &str = "mirror.plant.example";

#[tokio::test(flavor = "multi_thread")]
async fn registry_is_changed_without_the_password() -> anyhow::Result<()> {
    let world = World::connected()?;
    world.packages()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("cell").await?;
    hand.unfold("packages").await?;
    hand.click("registry-address-open").await?;
    hand.paste("edit-field-registry", MIRROR).await?;
    window.press(Key::Enter).await?;
    // A registry is given the license key: one outside the vendor's domain is typed once more.
    hand.paste("edit-field-confirm-registry", MIRROR).await?;
    let mut looks = Looks::default();
    looks.at(&window, "edit-account").await?;
    window.press(Key::Enter).await?;
    window.gone("edit-account-dialog").await?;
    hand.text_that("registry-command", "the new registry", |text| text.contains(MIRROR)).await?;
    let seen = world.licet_json(&["packages", "cell"])?;
    assert_eq!(seen["registry"]["host"], MIRROR);
    window.close().await?;
    looks.judged()
}
