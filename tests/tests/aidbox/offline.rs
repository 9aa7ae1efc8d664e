//! A portal that takes requests and answers none.

use std::time::Duration;

use journeys::{Hand, Window, eventually, readers};
use testkit::{Answer, FaultServer};

use crate::world::{World, put};

/// Longer than Licet waits for an answer.
const GIVEN_UP: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_answers_nothing_is_offline_and_what_was_known_stays() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    // Its string is kept, so that it can be written without the portal.
    let kept = world.session.home().join("kept.env").display().to_string();
    world.licet(&["export", "clinic", "--format", "env", "--to", &kept])?;
    between.otherwise(Answer::Forward.held());

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("clinic").await?;
    let account = hand.first_like("account-").await?;
    hand.attribute(&account, "data-state", "refreshing").await?;
    // While it waits, everything that is here works.
    hand.select("clinic").await?;
    let env = put(&world.session.home().join("compose/.env"), "AIDBOX_PORT=8888\n")?;
    hand.click("export-open").await?;
    hand.paste("export-path", &env.display().to_string()).await?;
    hand.text_that("export-preview", "the other lines", |text| text.contains("AIDBOX_PORT=8888")).await?;
    hand.enabled("export-write", true).await?;
    hand.click("export-write").await?;
    window.find("export-done").await?;
    hand.click("export-close").await?;
    assert!(readers::dotenv(&env)?["BOX_LICENSE"].is_string());

    eventually("the end of waiting", GIVEN_UP, || async {
        let state = window.find(&account).await?.attr("data-state").await?;
        Ok((state.as_deref() == Some("offline")).then_some(()))
    })
    .await?;
    window.shows("north is offline").await?;
    window.shows("did not answer").await?;
    window.shows("You see what was known as of ").await?;
    hand.row("clinic").await?;
    let seen = world.licet_json(&["accounts", "list"])?;
    assert!(seen.to_string().contains("as_of"), "{seen}");
    assert_eq!(world.listed("clinic")?["status"], "valid", "nothing is marked as gone");

    between.otherwise(Answer::Forward);
    world.project().issue("newcomer").await?;
    hand.click_named("button", "Try again").await?;
    hand.row("newcomer").await?;
    hand.attribute(&account, "data-state", "ready").await?;
    window.close().await
}
