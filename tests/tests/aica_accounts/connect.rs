//! Connecting an account: a host that is confirmed once, a password, and a one-time code where it is asked for.

use journeys::{Hand, Secrets, Window, licet_home};
use testkit::{FaultServer, Received};

use crate::world::{ACCOUNT, EMAIL, HOST, PASSWORD, World};

/// The one request that a login is.
const LOGIN: &str = "POST /v1/accounts/plant/tokens";

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_connected_with_e_mail_and_password_once_its_host_is_confirmed() -> anyhow::Result<()> {
    let world = World::new()?;
    world.cell()?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    world.fill_in(&hand, &between.url()).await?;
    window.shows("AICA does not document this API").await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.name_account(ACCOUNT).await?;
    hand.click("setup-next").await?;
    window.shows(&format!("Type {HOST} to continue")).await?;
    window.fill("setup-confirm-host", "127.0.0.2").await?;
    hand.click("setup-next").await?;
    window.shows(&format!("This is not {HOST}")).await?;
    assert_eq!(between.received(), [], "a host that is not confirmed is not asked");
    window.fill("setup-confirm-host", HOST).await?;
    hand.click("setup-next").await?;
    let found = window.text("setup-opened").await?;
    assert!(found.contains(EMAIL) && found.contains("1 license"), "{found}");
    assert_eq!(between.count(LOGIN), 1);

    window.find("setup-file-preview").await?;
    hand.click("setup-skip").await?;
    let row = hand.selected("cell").await?;
    assert!(row.cells.iter().any(|cell| cell.contains("Motion control")), "{row:?}");
    hand.click("refresh").await?;
    let account = world.account()?;
    assert_eq!((&account["name"], &account["state"]), (&ACCOUNT.into(), &"ready".into()), "{account}");
    assert_eq!(between.count(LOGIN), 1, "the tested login is the kept one, and the host is confirmed");
    window.close().await?;

    assert_eq!(between.count("DELETE /v1/accounts/plant/tokens"), 0, "the kept session lives");
    let secrets = Secrets::new(&[("password", PASSWORD.trim())]);
    assert_eq!(secrets.in_folders(&[&licet_home(&world.session)])?, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_is_tested_and_left_is_ended_with_the_window() -> anyhow::Result<()> {
    let world = World::new()?;
    world.connect(&world.portal.url())?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("add-account").await?;
    world.fill_in(&hand, &between.url()).await?;
    window.fill("setup-confirm-host", HOST).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.name_account(ACCOUNT).await?;
    hand.click("setup-next").await?;
    window.shows("Another account is called “plant”").await?;
    window.close().await?;
    assert_eq!(between.count("DELETE /v1/accounts/plant/tokens"), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_code_is_asked_for_where_the_account_wants_one() -> anyhow::Result<()> {
    let world = World::with_codes()?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    world.fill_in(&hand, &between.url()).await?;
    window.fill("setup-confirm-host", HOST).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    assert!(!hand.is_there("setup-field-otp").await?, "nobody is asked for a code that may not be needed");
    hand.click("setup-next").await?;
    window.shows("A one-time code is needed").await?;
    for (late, seconds) in [("long ago", -600), ("not yet", 600)] {
        hand.paste("setup-field-otp", &world.code(seconds)?).await?;
        hand.click("setup-next").await?;
        window.shows("wrong or late").await?;
        assert_eq!(hand.value("setup-field-otp").await?, "", "{late}: a code is used up");
    }
    hand.paste("setup-field-otp", &world.code(0)?).await?;
    hand.click("setup-next").await?;
    window.find("setup-opened").await?;
    assert_eq!(between.count(LOGIN), 4, "each press is one login");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_at_its_field_and_sent_once() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    world.fill_in(&hand, &between.url()).await?;
    window.fill("setup-confirm-host", HOST).await?;
    hand.paste("setup-field-password", "correct horse battery").await?;
    hand.click("setup-next").await?;
    window.shows("the password is wrong").await?;
    for _ in 0..4 {
        hand.click("setup-next").await?;
        window.shows("was refused before and was not sent again").await?;
    }
    assert_eq!(between.count(LOGIN), 1);
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-next").await?;
    window.find("setup-opened").await?;
    assert_eq!(between.count(LOGIN), 2);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_logins_are_explained_and_counted_down() -> anyhow::Result<()> {
    let world = World::new()?;
    for _ in 0..5 {
        let url = format!("{}/v1/accounts/{ACCOUNT}/tokens", world.portal.url());
        let login = reqwest::Client::new().post(url).basic_auth(EMAIL, Some(PASSWORD)).send().await?;
        assert_eq!(login.status(), 201);
    }
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    world.fill_in(&hand, &world.portal.url()).await?;
    window.fill("setup-confirm-host", HOST).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-next").await?;
    window.shows("5 a minute are allowed per account, address and e-mail, successful ones too").await?;
    let seconds = |text: &str| text.strip_prefix("Try again in ")?.strip_suffix(" s")?.parse::<u32>().ok();
    let first = hand.text_that("setup-next", "the wait", |text| seconds(text).is_some()).await?;
    assert!((1..=60).contains(&seconds(&first).unwrap_or(0)), "{first}");
    hand.enabled("setup-next", false).await?;
    hand.text_that("setup-next", "a shorter wait", |text| seconds(text) < seconds(&first)).await?;
    // The limit is one of this e-mail address.
    window.fill("setup-field-email", "bob@plant.example").await?;
    hand.enabled("setup-next", true).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_address_waits_for_a_person_to_choose_its_system() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.paste("setup-paste", &between.url()).await?;
    window.shows("Choose the system at this address").await?;
    hand.enabled("setup-next", false).await?;
    hand.click("setup-card-aica").await?;
    assert_eq!(hand.value("setup-field-url").await?.trim_end_matches('/'), between.url());
    window.find("setup-confirm-host").await?;
    assert_eq!(between.received(), []);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_key_is_sent_nowhere() -> anyhow::Result<()> {
    let world = World::new()?;
    world.cell()?;
    let key = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3".to_owned();
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    journeys::licet_says(&world.session, &["import", "-", "--name", "brought in"], &key)?;
    let before = between.received().len();
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("brought in").await?;
    hand.text_that("detail", "its facts", |text| text.contains("imported key")).await?;
    assert!(!hand.is_there("validate").await? && !hand.is_there("seats").await?);
    hand.click("refresh").await?;
    journeys::until("the account to be asked", || Ok(between.received().len() > before)).await?;
    window.close().await?;
    let told = |request: &Received| {
        request.contains(&key) || request.headers.iter().any(|(_, value)| value.contains(&key))
    };
    assert_eq!(between.received().iter().filter(|request| told(request)).count(), 0);
    Ok(())
}
