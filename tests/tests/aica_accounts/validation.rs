//! Whether a key is good, in the words of a user.

use jiff::{Timestamp, ToSpan};
use journeys::{Hand, Window};
use portal::NewEntitled;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_valid_then_suspended_and_another_has_expired() -> anyhow::Result<()> {
    let world = World::new()?;
    let key = world.cell()?;
    let expires = Some(Timestamp::now() - 48.hours());
    world.license(NewEntitled { name: Some("over".to_owned()), expires, ..NewEntitled::default() })?;
    world.connect(&world.portal.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    let said = window.find("validate").await?.attr("title").await?.unwrap_or_default();
    assert_eq!(said, "Sends the key to 127.0.0.1, its vendor.");
    hand.click("validate").await?;
    hand.attribute("validation", "data-valid", "true").await?;
    assert_eq!(window.text("validation-code").await?, "The key is valid.");
    world.service.set_suspended(&key, true)?;
    hand.click("validate").await?;
    hand.attribute("validation", "data-valid", "false").await?;
    assert_eq!(window.text("validation-code").await?, "The license is suspended.");
    hand.select("over").await?;
    hand.text_that("detail-name", "its name", |name| name == "over").await?;
    hand.click("validate").await?;
    hand.attribute("validation", "data-valid", "false").await?;
    assert_eq!(window.text("validation-code").await?, "The license has expired.");
    window.close().await
}
