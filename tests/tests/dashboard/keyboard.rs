//! An instance's token without the mouse: applied, and the earlier one restored.

use journeys::{Hand, PATIENCE, Window, eventually};
use thirtyfour::Key;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn token_is_applied_and_restored_by_keyboard() -> anyhow::Result<()> {
    let world = World::connected()?;
    world.applied()?;
    let before = world.token_id()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("Licet local portal").await?;

    // `/`, Down, Shift+F10, Enter, the token, Enter, Enter.
    window.press("/").await?;
    window.press(Key::Down).await?;
    hand.selected("Licet local portal").await?;
    window.press(Key::Shift + Key::F10).await?;
    focused(&window, "menu-apply").await?;
    window.press(Key::Enter).await?;
    focused(&window, "instance-paste").await?;
    window.press(world.token()?).await?;
    window.find("apply-fits").await?;
    window.press(Key::Enter).await?;
    hand.text_that("instance-done", "the token", |text| text.contains("has the token")).await?;
    window.press(Key::Enter).await?;
    window.gone("apply-dialog").await?;
    assert_ne!(world.token_id()?, before);

    // From the row again: Shift+F10, the entry, Enter, Enter.
    hand.selected("Licet local portal").await?;
    window.press(Key::Shift + Key::F10).await?;
    window.find("apply-restore").await?;
    while active(&window).await? != "apply-restore" {
        window.press(Key::Down).await?;
    }
    window.press(Key::Enter).await?;
    hand.enabled("restore-token-send", true).await?;
    window.press(Key::Enter).await?;
    hand.text_that("instance-done", "the way back", |text| text.contains("earlier token again")).await?;
    assert_eq!(world.token_id()?, before);
    window.close().await
}

/// The test id of what has the keyboard.
async fn active(window: &Window) -> anyhow::Result<String> {
    let script = "return document.activeElement?.dataset.testid ?? ''";
    Ok(window.driver().execute(script, vec![]).await?.convert()?)
}

async fn focused(window: &Window, testid: &str) -> anyhow::Result<()> {
    eventually(&format!("the keyboard at {testid}"), PATIENCE, || async {
        Ok((active(window).await? == testid).then_some(()))
    })
    .await
}
