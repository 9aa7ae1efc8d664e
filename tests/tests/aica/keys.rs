//! A key on the clipboard and on the screen, and how it goes from there by itself.

use journeys::{Session, Window, licet_home};

use crate::clipboard::{self, Copier};
use crate::common::{SYSTEM_KEY, open_row, press, reveals, says, with_key};

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_key_leaves_the_clipboard_after_ten_seconds() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    press(&window, "key-copy").await?;
    clipboard::holds(&session, SYSTEM_KEY).await?;
    window.shows("Key copied. The clipboard is cleared in 10 s.").await?;
    let kinds = clipboard::kinds(&session)?;
    assert!(kinds.contains("x-kde-passwordManagerHint"), "marked secret for histories: {kinds}");

    later(&session, 11)?;
    window.shows("The key was cleared from the clipboard").await?;
    assert_eq!(clipboard::pasted(&session)?, None);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_copied_meanwhile_is_left_alone() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    press(&window, "key-copy").await?;
    clipboard::holds(&session, SYSTEM_KEY).await?;

    let other = Copier::copies(&session, "a shopping list").await?;
    let looks = other.looks()?;
    later(&session, 11)?;
    other.is_looked_at_after(looks).await?;
    window.close().await?;
    assert_eq!(clipboard::pasted(&session)?.as_deref(), Some("a shopping list"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_key_does_not_outlive_the_window() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    press(&window, "key-copy").await?;
    clipboard::holds(&session, SYSTEM_KEY).await?;
    window.close().await?;
    assert_eq!(clipboard::pasted(&session)?, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revealed_key_is_hidden_after_thirty_seconds_and_with_another_row() -> anyhow::Result<()> {
    let session = with_key("Robot cell 7")?;
    crate::common::import(&session, crate::common::OTHER_SYSTEM_KEY, "Cell 9")?;
    let window = Window::open(&session, &[]).await?;
    open_row(&window, "Robot cell 7").await?;
    reveals(&window, SYSTEM_KEY).await?;
    says(&window, "key-reveal", "Hide (").await?;
    // The page counts by its own clock.
    window.driver().execute("const now = Date.now; Date.now = () => now() + 31000", vec![]).await?;
    says(&window, "key-masked", "•••0F2-V3").await?;
    assert!(!window.driver().source().await?.contains(SYSTEM_KEY));

    reveals(&window, SYSTEM_KEY).await?;
    open_row(&window, "Cell 9").await?;
    open_row(&window, "Robot cell 7").await?;
    says(&window, "key-masked", "•••0F2-V3").await?;
    window.close().await
}

/// Sets the window's clock ahead.
fn later(session: &Session, seconds: u32) -> anyhow::Result<()> {
    xtask::repository::write(&licet_home(session).join("clock-ahead"), seconds.to_string().as_bytes())
}
