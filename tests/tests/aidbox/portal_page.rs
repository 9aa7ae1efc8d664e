//! The local portal's own page, opened from the window, and what happens when a token is taken back there.

use journeys::{Hand, KeyringState, Opened, Session, Window, licet, small_browser};
use thirtyfour::prelude::By;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_revoked_on_the_local_portals_page_is_replaced_by_a_new_one() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let opened = Opened::noted_in(&session)?;
    for arguments in [
        &["accounts", "add", "local", "--name", "here"][..],
        &["create", "box", "--account", "here", "--type", "dev"],
    ] {
        anyhow::ensure!(licet(&session)?.args(arguments).status()?.success(), "licet {arguments:?}");
    }
    let window = Window::open(&session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("box").await?;
    let account = hand.first_like("account-").await?;
    hand.attribute(&account, "data-state", "ready").await?;
    hand.click("open-portal").await?;
    let ticket = opened.next().await?;

    let browser = Window::open_program(&session, &small_browser()?, &["--automation".into()]).await?;
    browser.driver().goto(&ticket).await?;
    browser.shows("Projects").await?;
    let address = browser.driver().current_url().await?;
    assert!(!address.as_str().contains("ticket"), "the ticket is gone from the address: {address}");
    browser.click_named("link", "here").await?;
    browser.shows("Valid").await?;
    browser.driver().find(By::Css("form[action$='/revoke'] button")).await?.click().await?;
    browser.shows("Revoked").await?;

    hand.click("refresh").await?;
    hand.attribute(&account, "data-state", "failed").await?;
    window.shows("refused the login").await?;
    hand.row("box").await?;
    browser.click_named("button", "Issue token").await?;
    browser.shows("Copy it now: it is shown only this once.").await?;
    let token = browser.driver().find(By::Css(".token code")).await?.text().await?;
    let renew = hand.first_like("renew-open-").await?;
    hand.click(&renew).await?;
    hand.paste("renew-field-token", &token).await?;
    hand.click("renew-submit").await?;
    window.gone("renew-dialog").await?;
    hand.attribute(&account, "data-state", "ready").await?;
    window.gone("banner").await?;
    hand.select("box").await?;

    let stranger = Window::open_program(&session, &small_browser()?, &["--automation".into()]).await?;
    stranger.driver().delete_all_cookies().await?;
    stranger.driver().goto(&ticket).await?;
    stranger.shows("This link was opened before").await?;
    stranger.close().await?;
    browser.close().await?;
    window.close().await
}
