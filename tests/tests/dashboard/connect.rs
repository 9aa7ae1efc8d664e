//! Connecting an instance by its root URL and a server administrator's password.

use journeys::{Hand, Secrets, Window, licet_home};
use testkit::FaultServer;

use crate::world::{PASSWORD, World, root_at};

/// The endpoints of the requests so far that carried the login.
fn with_login(between: &FaultServer) -> Vec<String> {
    let received = between.received().into_iter();
    let requests = received.filter(|request| request.header("authorization").is_some());
    requests.map(|request| request.target.rsplit('/').next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_is_connected_with_basic_alone_and_the_reason_for_it() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("setup-card-dashboard").await?;
    window.shows("Only the name and password of a server administrator can be used").await?;
    window.shows("A service account is limited to an organization").await?;
    window.fill("setup-field-url", &root_at(&between.url())).await?;
    assert_eq!(hand.value("setup-field-user").await?, "admin");
    hand.paste("setup-field-password", PASSWORD).await?;
    assert_eq!(between.received(), [], "nothing is sent before the button");
    hand.name_account("play").await?;
    hand.click("setup-next").await?;
    hand.text_that("setup-summary", "the account", |text| text.contains("play: 0 licenses")).await?;
    // That there is no token is believed only once the instance says that it has no license either.
    assert_eq!(with_login(&between)[..3], ["check", "token", "check"]);
    hand.click("setup-finish").await?;

    let account = hand.first_like("account-menu-").await?.replace("-menu", "");
    hand.click(&account).await?;
    window.find("list-empty-instance").await?;
    hand.click("apply-open").await?;
    window.find("instance-paste").await?;
    window.close().await?;
    let secrets = Secrets::new(&[("password", PASSWORD.trim())]);
    assert_eq!(secrets.in_folders(&[&licet_home(&world.session)])?, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_sent_once_whatever_is_pressed() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("setup-card-dashboard").await?;
    window.fill("setup-field-url", &root_at(&between.url())).await?;
    hand.paste("setup-field-password", "not the password").await?;
    hand.click("setup-next").await?;
    window.shows("the name or the password is wrong").await?;
    for _ in 0..4 {
        hand.click("setup-next").await?;
        window.shows("was refused before and was not sent again").await?;
    }
    assert_eq!(with_login(&between), ["check"]);
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-next").await?;
    window.find("setup-summary").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_licensing_says_what_it_may_be() -> anyhow::Result<()> {
    let world = World::new()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("setup-card-dashboard").await?;
    window.fill("setup-field-url", &format!("{}/instances/nowhere", world.portal.url())).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-next").await?;
    window.shows("it is not Enterprise, or older than 7.4. Check the root URL, with its sub-path").await?;
    window.close().await
}
