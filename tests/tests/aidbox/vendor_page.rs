//! A license that is made on the vendor's own page arrives in the window, and is selected.

use journeys::{Hand, Opened, Window, until};
use testkit::{Answer, FaultServer};

use crate::license_files::run::picture;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn what_the_api_does_not_carry_is_finished_in_the_portal_and_arrives() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("there before").await?;
    let between = FaultServer::before(world.portal.address());
    // No vendor's portal says what it takes beyond what is documented.
    between.always("GET /rpc/capabilities", Answer::reply(404, "text/plain", "not found"));
    world.connect(&between.url())?;
    let opened = Opened::noted_in(&world.session)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("there before").await?;
    hand.click("create-open").await?;
    window.find("create-not-carried-hosting").await?;
    hand.click("by-hand-open").await?;
    let steps = window.text("by-hand-steps").await?;
    for step in [
        "project’s name",
        "Assets",
        "New Aidbox",
        "license type",
        "license name",
        "goal",
        "hosting",
        "Create",
    ] {
        assert!(steps.replace('\'', "’").contains(step), "{step}: {steps}");
    }
    assert_eq!(opened.next().await?, "https://aidbox.app/ui/portal");
    window.find("by-hand-watching").await?;
    picture(&window, "by-hand").await?;

    world.project().issue("sandbox by hand").await?;
    let told = hand.text_that("by-hand-arrived", "what arrived", |text| text.contains("is here")).await?;
    assert!(told.contains("sandbox by hand"), "{told}");
    picture(&window, "by-hand-arrived").await?;
    hand.click("by-hand-close").await?;
    hand.selected("sandbox by hand").await?;
    hand.text_that("detail-name", "its name", |text| text == "sandbox by hand").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn watching_stops_at_will_and_the_portal_is_left_alone() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    between.always("GET /rpc/capabilities", Answer::reply(404, "text/plain", "not found"));
    world.connect(&between.url())?;
    Opened::noted_in(&world.session)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("create-open").await?;
    hand.click("by-hand-open").await?;
    window.find("by-hand-watching").await?;
    hand.click("by-hand-stop").await?;
    window.gone("by-hand-dialog").await?;
    let looks = || between.received().iter().filter(|one| one.contains("get-licenses")).count();
    let before = looks();
    world.project().issue("later").await?;
    // Longer than lies between two looks.
    let is_over = std::time::Instant::now() + std::time::Duration::from_secs(7);
    until("seven seconds to pass", || Ok(std::time::Instant::now() > is_over)).await?;
    assert_eq!(looks(), before, "nobody looks");
    window.close().await
}
