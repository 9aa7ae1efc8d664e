//! What needs attention: seen at a glance, and settled from one place.

use journeys::{Hand, Looks, Window, readers};
use testkit::{Answer, FaultServer};
use thirtyfour::Key;

use crate::world::{World, put};

#[tokio::test(flavor = "multi_thread")]
async fn problems_are_counted_and_settled_from_one_view() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    let env = world.session.home().join("clinic.env");
    world.licet(&["export", "clinic", "--format", "env", "--to", &env.display().to_string()])?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("clinic").await?;

    put(&env, "BOX_LICENSE=somebody-elses\n")?;
    hand.text_that("view-attention", "one problem", |text| text.contains('1')).await?;
    between.otherwise(Answer::Drop);
    hand.click("refresh").await?;
    hand.text_that("view-attention", "two problems", |text| text.contains('2')).await?;

    window.press(Key::Control + "1").await?;
    let line =
        hand.text_that("attention-file", "the file", |text| text.contains("changed by another program"));
    line.await?;
    hand.text_that("attention-offline", "the account", |text| text.contains("north")).await?;
    let mut looks = Looks::default();
    looks.at(&window, "attention").await?;
    hand.click("attention-settle-0").await?;
    window.gone("attention-file").await?;
    assert_ne!(readers::dotenv(&env)?["BOX_LICENSE"], "somebody-elses");

    between.otherwise(Answer::Forward);
    hand.click("attention-settle-0").await?;
    window.find("attention-none").await?;
    looks.at(&window, "attention-none").await?;
    hand.text_that("view-attention", "no problem", |text| !text.contains('1')).await?;
    window.press(Key::Control + "2").await?;
    hand.row("clinic").await?;
    window.close().await?;
    looks.judged()
}
