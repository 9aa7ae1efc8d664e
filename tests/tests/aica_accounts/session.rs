//! A session: ended by hand, ended by time, and begun anew without losing anything.

use journeys::{Hand, Window, until};
use testkit::FaultServer;

use crate::world::{ACCOUNT, PASSWORD, World};

/// The account's own number in the page.
async fn entry(hand: &Hand<'_>) -> anyhow::Result<String> {
    let entry = hand.first_like("account-menu-").await?;
    Ok(entry.trim_start_matches("account-menu-").to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_revokes_the_session_at_the_service_and_loses_nothing() -> anyhow::Result<()> {
    let world = World::new()?;
    world.cell()?;
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    let tokens: Vec<String> =
        between.received().iter().filter_map(|one| one.header("authorization").map(str::to_owned)).collect();
    let session = tokens.iter().find(|token| token.starts_with("Bearer user-")).cloned().unwrap_or_default();
    let me = format!("{}/v1/accounts/{ACCOUNT}/me", world.portal.url());
    let ask = async || {
        let request = reqwest::Client::new().get(&me).header("authorization", &session);
        Ok::<_, reqwest::Error>(request.send().await?.status().as_u16())
    };
    assert_eq!(ask().await?, 200);
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.row("cell").await?;
    let account = entry(&hand).await?;
    hand.click(&format!("account-menu-{account}")).await?;
    hand.click(&format!("sign-out-open-{account}")).await?;
    let told = window.text("sign-out-dialog").await?;
    assert!(told.contains("revoked at 127.0.0.1") && told.contains("history stay"), "{told}");
    hand.click("sign-out-confirm").await?;
    window.shows("Log in to “plant” again").await?;
    assert_eq!(ask().await?, 401, "the old session opens nothing");
    hand.select("cell").await?;
    assert_eq!(world.account()?["problem"], "login-not-kept");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ended_asks_for_the_password_and_everything_is_as_before() -> anyhow::Result<()> {
    let world = World::connected()?;
    let file = world.session.home().join(".aica-license.toml");
    let path = file.to_str().unwrap_or_default();
    world.licet(&["export", "cell", "--format", "launcher-toml", "--to", path, "--keep"])?;
    let written = std::fs::read_to_string(&file)?;
    world.service.expire_tokens(ACCOUNT)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    window.shows("Log in to “plant” again").await?;
    window.shows("Nothing is lost").await?;
    hand.select("cell").await?;
    window.shows("Up to date").await?;
    let account = entry(&hand).await?;
    hand.click(&format!("renew-open-{account}")).await?;
    hand.paste("renew-field-password", PASSWORD).await?;
    hand.click("renew-submit").await?;
    window.gone("renew-dialog").await?;
    hand.attribute(&format!("account-{account}"), "data-state", "ready").await?;
    window.find("seats-warning").await?;
    hand.selected("cell").await?;
    assert_eq!(std::fs::read_to_string(&file)?, written);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_login_asks_for_a_one_time_code_where_it_is_needed() -> anyhow::Result<()> {
    let world = World::with_codes()?;
    world.cell()?;
    let code = world.session.home().join("code");
    xtask::repository::write(&code, world.code(0)?.as_bytes())?;
    world.connect_with(&world.portal.url(), &["--otp-file", code.to_str().unwrap_or_default()])?;
    world.service.expire_tokens(ACCOUNT)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    window.shows("Log in to “plant” again").await?;
    let account = entry(&hand).await?;
    hand.click(&format!("renew-open-{account}")).await?;
    hand.paste("renew-field-password", PASSWORD).await?;
    assert!(!hand.is_there("renew-field-otp").await?);
    hand.click("renew-submit").await?;
    window.shows("A one-time code is needed").await?;
    // The code of a moment ago was used up by connecting; the next one is taken as well.
    hand.paste("renew-field-otp", &world.code(30)?).await?;
    hand.click("renew-submit").await?;
    window.gone("renew-dialog").await?;
    hand.attribute(&format!("account-{account}"), "data-state", "ready").await?;
    window.close().await?;
    until("a session that works", || Ok(world.licet_json(&["accounts", "test", "plant"])?["licenses"] == 1))
        .await
}
