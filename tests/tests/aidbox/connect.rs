//! Connecting a project of a portal that runs separately, by its address and token.

use journeys::{Hand, Secrets, Window, licet_home};
use testkit::{Answer, FaultServer};

use crate::first_run::ENTRY;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_project_is_connected_by_address_and_pasted_token() -> anyhow::Result<()> {
    let mut world = World::new()?;
    world.project().issue("clinic").await?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("setup-card-aidbox").await?;
    window.fill("setup-field-url", &between.url()).await?;
    assert_eq!(between.received(), [], "an address alone sends nothing");
    hand.paste("setup-field-token", &world.token).await?;
    hand.attribute("setup-test-result", "data-result", "good").await?;
    let found = window.text("setup-test-result").await?;
    assert!(found.contains("Project “northwind”: 1 license"), "{found}");
    assert_eq!(hand.value("setup-field-url").await?, between.url());
    hand.click("setup-next").await?;
    window.find("setup-file-preview").await?;
    hand.click("setup-skip").await?;
    hand.selected("clinic").await?;

    let accounts = world.licet_json(&["accounts", "list"])?;
    assert_eq!(accounts[0]["name"], "northwind", "{accounts}");
    assert_eq!(accounts[0]["state"], "ready", "{accounts}");
    assert!(world.session.keyring()?.look_up(ENTRY)?.is_some());
    let secrets = Secrets::new(&[("token", &world.token)]);
    assert_eq!(secrets.in_folders(&[&licet_home(&world.session), world.session.folder()])?, []);
    assert_eq!(secrets.in_processes_of(world.session.folder())?, []);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_goes_nowhere_before_the_button_and_is_told_at_its_field() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("setup-card-aidbox").await?;
    window.fill("setup-field-url", &between.url()).await?;
    hand.paste("setup-field-token", "a-token-of-somewhere-else").await?;
    hand.name_account("north").await?;
    assert_eq!(between.received(), [], "nothing is sent before the button");
    hand.click("setup-next").await?;
    hand.attribute("setup-test-result", "data-result", "bad").await?;
    let told = window.text("setup-test-result").await?;
    assert!(told.contains("refused the login") && told.contains("Issue a new one"), "{told}");
    assert_eq!(hand.value("setup-field-url").await?, between.url(), "what was typed is still there");
    assert!(world.licet_json(&["accounts", "list"])?.as_array().is_some_and(Vec::is_empty));

    hand.paste("setup-field-token", &world.token).await?;
    hand.attribute("setup-test-result", "data-result", "good").await?;
    hand.click("setup-next").await?;
    window.find("setup-first-license-name").await?;
    assert_eq!(world.licet_json(&["accounts", "list"])?[0]["name"], "north");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_for_people_in_place_of_the_portal_is_told_as_such() -> anyhow::Result<()> {
    let world = World::new()?;
    let network = FaultServer::alone();
    network.otherwise(Answer::html(200, "<html><form action=/login>Log in to this network</form></html>"));
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("setup-card-aidbox").await?;
    window.fill("setup-field-url", &network.url()).await?;
    hand.paste("setup-field-token", &world.token).await?;
    hand.attribute("setup-test-result", "data-result", "bad").await?;
    let told = window.text("setup-test-result").await?;
    assert!(told.contains("not a licensing system") && told.contains("Check the address"), "{told}");
    assert!(world.licet_json(&["accounts", "list"])?.as_array().is_some_and(Vec::is_empty));
    window.close().await
}
