//! A portal that refuses, stalls, loses answers or is not there: clear words, and nothing lost or done twice.

use journeys::{Hand, PATIENCE, Window, eventually};
use serde_json::json;
use testkit::{Answer, FaultServer};

use crate::world::World;

/// The one request that creates.
const CREATE: &str = "issue-license";
/// What the portal says to a token that it does not know any more.
const REVOKED: &str = "The project token is missing, unknown or revoked";

/// A project with the license “clinic”, connected through a server that misbehaves on request.
async fn behind_faults() -> anyhow::Result<(World, FaultServer)> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    let between = FaultServer::before(world.portal.address());
    world.connect(&between.url())?;
    Ok((world, between))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_says_so_and_the_list_stays() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    between.otherwise(Answer::json(401, &json!({"error": {"message": REVOKED}})));
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    window.shows("north could not be refreshed").await?;
    window.shows("refused the login").await?;
    window.shows("Issue a new one and enter it again").await?;
    let account = hand.first_like("account-").await?;
    hand.attribute(&account, "data-state", "failed").await?;
    hand.row("clinic").await?;
    between.otherwise(Answer::Forward);
    hand.click("refresh").await?;
    hand.attribute(&account, "data-state", "ready").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_between_and_a_busy_portal_are_told_apart_and_the_list_stays() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("clinic").await?;
    let account = hand.first_like("account-").await?;
    hand.attribute(&account, "data-state", "ready").await?;

    between.otherwise(Answer::html(
        200,
        "<html><form>Log in to this network <input type=password></form></html>",
    ));
    hand.click("refresh").await?;
    window.shows("This is not a licensing system of this kind").await?;
    hand.row("clinic").await?;

    between.otherwise(Answer::json(429, &json!({"error": "slow down"})).with_header("retry-after", "37"));
    hand.click("refresh").await?;
    window.shows("asks to wait before the next request. Try again in 37 s.").await?;
    hand.row("clinic").await?;

    between.otherwise(Answer::Forward);
    hand.click("refresh").await?;
    hand.attribute(&account, "data-state", "ready").await?;
    window.gone("banner").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_whose_answer_is_lost_is_found_and_sent_once() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    between.once(CREATE, Answer::CommitThenDrop);
    order(&hand, "lost-and-found").await?;
    window.gone("create-dialog").await?;
    hand.selected("lost-and-found").await?;
    assert_eq!(hand.rows().await?.len(), 2);
    world.project().the_one("lost-and-found").await?;
    assert_eq!(between.count(CREATE), 1, "it was sent once");
    hand.unfold("history").await?;
    hand.text_that("history", "its history", |text| text.contains("Created")).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_told_in_the_portals_own_words_and_what_was_typed_stays() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    let words = "Your plan has no more licenses of this type";
    between.once(CREATE, Answer::json(422, &json!({"error": {"message": words}})));
    order(&hand, "one-too-many").await?;
    let told = window.text("create-error").await?;
    assert!(told.contains(words) && told.contains("said no"), "{told}");
    assert_eq!(hand.value("create-name").await?, "one-too-many");
    assert!(world.project().named("one-too-many").await?.is_empty());
    hand.click("create-submit").await?;
    hand.selected("one-too-many").await?;
    world.project().the_one("one-too-many").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_hangs_is_unknown_and_settled_after_a_restart() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("clinic").await?;
    between.once(CREATE, Answer::CommitThenHang);
    order(&hand, "half-answered").await?;
    sent(&between).await?;
    // Neither the answer comes to its end nor can be looked.
    between.otherwise(Answer::Drop);
    between.release();
    let told = window.text("create-unknown").await?;
    assert!(told.contains("not known whether the license was created"), "{told}");
    assert!(told.contains("sends nothing again"), "{told}");
    hand.click_named("button", "Close").await?;
    window.shows("1 request without an answer").await?;
    window.shows("Whether “half-answered” was created is not known yet").await?;
    let accounts = world.licet_json(&["accounts", "list"])?;
    assert!(accounts.to_string().contains("half-answered"), "{accounts}");

    order(&hand, "half-answered").await?;
    let refused = window.text("create-error").await?;
    assert!(!refused.is_empty());
    assert_eq!(between.count(CREATE), 1, "nothing is sent again before it is known");
    window.close().await?;

    between.otherwise(Answer::Forward);
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("half-answered").await?;
    window.shows("“half-answered” was created after all").await?;
    assert!(!window.everything_shown().await?.contains("request without an answer"));
    world.project().the_one("half-answered").await?;
    assert_eq!(between.count(CREATE), 1);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_killed_in_the_middle_of_a_create_settles_at_the_next_start() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("clinic").await?;
    between.once(CREATE, Answer::CommitThenHang);
    order(&hand, "cut-off").await?;
    sent(&between).await?;
    eventually("the license at the portal", PATIENCE, || async {
        Ok(world.project().the_one("cut-off").await.ok())
    })
    .await?;
    window.kill();

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.row("cut-off").await?;
    window.shows("“cut-off” was created after all").await?;
    world.project().the_one("cut-off").await?;
    assert_eq!(between.count(CREATE), 1, "it was sent once in both lives of the window");
    assert_eq!(hand.rows().await?.len(), 2);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_that_takes_long_goes_on_without_its_dialog() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    between.once(CREATE, Answer::Forward.held());
    order(&hand, "takes-its-time").await?;
    sent(&between).await?;
    hand.click_named("button", "Go on in the background").await?;
    window.gone("create-dialog").await?;
    between.release();
    window.shows("“takes-its-time” was created").await?;
    hand.selected("takes-its-time").await?;
    world.project().the_one("takes-its-time").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delete_whose_answer_is_lost_is_looked_for_and_done_once() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    between.once("remove-license", Answer::CommitThenDrop);
    hand.select("clinic").await?;
    hand.click("detail-menu").await?;
    hand.click("delete-open").await?;
    hand.paste("delete-typed", "clinic").await?;
    hand.click("delete-confirm").await?;
    hand.no_row("clinic").await?;
    window.gone("delete-dialog").await?;
    assert!(world.project().licenses().await?.is_empty());
    assert_eq!(between.count("remove-license"), 1);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_killed_in_the_middle_of_a_delete_settles_at_the_next_start() -> anyhow::Result<()> {
    let (world, between) = behind_faults().await?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    between.once("remove-license", Answer::CommitThenHang);
    hand.select("clinic").await?;
    hand.click("detail-menu").await?;
    hand.click("delete-open").await?;
    hand.paste("delete-typed", "clinic").await?;
    hand.click("delete-confirm").await?;
    eventually("the end of the license at the portal", PATIENCE, || async {
        Ok(world.project().licenses().await?.is_empty().then_some(()))
    })
    .await?;
    window.kill();

    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    window.shows("“clinic” was deleted after all").await?;
    hand.no_row("clinic").await?;
    assert_eq!(between.count("remove-license"), 1);
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wizard_waits_for_a_portal_that_went_away() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("clinic").await?;
    let between = FaultServer::before(world.portal.address());
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("setup-card-aidbox").await?;
    window.fill("setup-field-url", &between.url()).await?;
    hand.paste("setup-field-token", &world.token).await?;
    hand.attribute("setup-test-result", "data-result", "good").await?;
    between.otherwise(Answer::Drop);
    hand.click("setup-next").await?;
    let told = window.text("setup-file-trouble").await?;
    assert!(told.contains("broke before the answer was complete"), "{told}");
    between.otherwise(Answer::Forward);
    hand.click_named("button", "Try again").await?;
    hand.text_that("setup-file-preview", "the variable", |text| text.contains("BOX_LICENSE=")).await?;
    window.close().await
}

/// Fills in the dialog for a license of the usual kind and sends it.
async fn order(hand: &Hand<'_>, name: &str) -> anyhow::Result<()> {
    hand.click("create-open").await?;
    hand.there("create-type-dev").await?;
    hand.paste("create-name", name).await?;
    hand.click("create-submit").await
}

/// Waits until the create is on its way.
async fn sent(between: &FaultServer) -> anyhow::Result<()> {
    eventually("the create's request", PATIENCE, || async { Ok((between.count(CREATE) == 1).then_some(())) })
        .await
}
