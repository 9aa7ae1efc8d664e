//! A license is replaced in one action, and what was killed in the middle goes on.

use std::path::Path;

use journeys::{Hand, Window, licet_home, readers, until};
use testkit::{Answer, FaultServer};

use crate::license_files::run::{compose_folder, picture};
use crate::world::{World, put};

#[tokio::test(flavor = "multi_thread")]
async fn a_license_is_replaced_in_every_file_and_at_the_portal() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    world.connect(&world.portal.url())?;
    let env = compose_folder(&world)?.join(".env");
    let jwt = world.session.home().join("license.jwt");
    world.licet(&["export", "clinic", "--format", "env", "--to", &env.display().to_string()])?;
    world.licet(&["export", "clinic", "--format", "jwt", "--to", &jwt.display().to_string()])?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    open(&hand, "clinic").await?;
    hand.paste("create-name", "clinic-2027").await?;
    hand.choose("create-type-prod").await?;
    let words = window.text("replace-dialog").await?;
    assert!(words.contains("box/.env") && words.contains("license.jwt"), "{words}");
    window.fill("replace-typed", "clini").await?;
    hand.enabled("replace-confirm", false).await?;
    hand.paste("replace-typed", "clinic").await?;
    picture(&window, "replace").await?;
    hand.click("replace-confirm").await?;
    let told = window.text("replace-done").await?;
    assert!(told.contains("clinic-2027") && told.contains("“clinic”"), "{told}");
    for step in ["create", "files", "check", "delete"] {
        hand.attribute(&format!("replace-step-{step}"), "data-state", "done").await?;
    }
    picture(&window, "replace-done").await?;
    hand.click("replace-close").await?;
    hand.selected("clinic-2027").await?;
    hand.no_row("clinic").await?;
    is_replaced(&world, &env, "clinic-2027").await?;
    assert_eq!(std::fs::read_to_string(&jwt)?.trim_end(), readers::dotenv(&env)?["BOX_LICENSE"]);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_killed_before_the_old_one_was_deleted_goes_on_at_the_next_start() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    let env = compose_folder(&world)?.join(".env");
    world.licet(&["export", "clinic", "--format", "env", "--to", &env.display().to_string()])?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    open(&hand, "clinic").await?;
    hand.paste("create-name", "clinic-2027").await?;
    hand.paste("replace-typed", "clinic").await?;
    between.once("remove-license", Answer::reply(503, "text/plain", "never").held());
    hand.click("replace-confirm").await?;
    until("the deletion on its way", || {
        Ok(between.received().iter().any(|request| request.contains("remove-license")))
    })
    .await?;
    window.kill();
    assert_eq!(world.project().licenses().await?.len(), 2, "nothing is deleted yet");

    // By then what was sent can no longer arrive, so it may be sent again.
    put(&licet_home(&world.session).join("clock-ahead"), "300")?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    window.shows("The replacement of “clinic” was interrupted").await?;
    picture(&window, "replace-interrupted-list").await?;
    hand.click(&hand.first_like("replacing-open-").await?).await?;
    hand.selected("clinic").await?;
    for (step, state) in [("create", "done"), ("files", "done"), ("check", "done"), ("delete", "now")] {
        hand.attribute(&format!("replace-step-{step}"), "data-state", state).await?;
    }
    picture(&window, "replace-interrupted").await?;
    hand.click("replace-go-on").await?;
    window.find("replace-done").await?;
    hand.click("replace-close").await?;
    hand.selected("clinic-2027").await?;
    is_replaced(&world, &env, "clinic-2027").await?;
    window.close().await
}

async fn open(hand: &Hand<'_>, name: &str) -> anyhow::Result<()> {
    hand.select(name).await?;
    hand.click("detail-menu").await?;
    hand.click("replace-open").await?;
    hand.there("create-type-dev").await.map(drop)
}

/// The new license alone is at the portal, and stands in the file beside what was there.
async fn is_replaced(world: &World, env: &Path, name: &str) -> anyhow::Result<()> {
    let licenses = world.project().licenses().await?;
    assert_eq!((licenses.len(), &licenses[0]["name"]), (1, &name.into()), "{licenses:?}");
    let read = readers::dotenv(env)?;
    assert_eq!(read["PGPASSWORD"], "postgres", "{read}");
    let claims = readers::jwt(read["BOX_LICENSE"].as_str().unwrap_or_default(), &world.portal.url())?;
    assert_eq!(claims["sub"], licenses[0]["id"], "{claims}");
    assert_eq!(world.listed(name)?["files"][0]["state"], "up-to-date");
    Ok(())
}
