//! Creating each kind of license, and deleting one by its name.

use journeys::{Hand, PATIENCE, Window, eventually};
use serde_json::json;
use testkit::{Answer, FaultServer};
use thirtyfour::Key;

use crate::world::World;

/// What is chosen in the dialog, what the portal then says, and what the user reads.
struct Kind {
    name: &'static str,
    tier: &'static str,
    portal_tier: &'static str,
    hosting: &'static str,
    goal: &'static str,
    expiry: &'static str,
}

#[rustfmt::skip]
const KINDS: &[Kind] = &[
    Kind { name: "dev-here", tier: "dev", portal_tier: "development", hosting: "self-hosted", goal: "research", expiry: "Never expires" },
    Kind { name: "dev-hosted", tier: "dev", portal_tier: "development", hosting: "sandbox", goal: "development", expiry: "Never expires" },
    Kind { name: "prod-here", tier: "prod", portal_tier: "production", hosting: "self-hosted", goal: "evaluation", expiry: "in 1" },
    Kind { name: "prod-hosted", tier: "prod", portal_tier: "production", hosting: "sandbox", goal: "development", expiry: "in 1" },
    Kind { name: "ci-here", tier: "ci", portal_tier: "ci", hosting: "self-hosted", goal: "development", expiry: "in " },
    Kind { name: "ci-hosted", tier: "ci", portal_tier: "ci", hosting: "sandbox", goal: "research", expiry: "in " },
];

#[tokio::test(flavor = "multi_thread")]
async fn each_type_and_hosting_is_created_and_selected() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    for kind in KINDS {
        create(&hand, kind).await?;
        let row = hand.selected(kind.name).await?;
        assert!(row.cells.iter().any(|cell| cell.starts_with(kind.expiry)), "{}: {row:?}", kind.name);
        hand.text_that("detail-name", kind.name, |text| text == kind.name).await?;

        let issued = world.project().the_one(kind.name).await?;
        assert_eq!(issued["type"], kind.portal_tier, "{issued}");
        assert_eq!(issued["info"]["hosting"], kind.hosting, "{issued}");
        assert_eq!(issued["info"]["goal"], kind.goal, "{issued}");
        let versions = match kind.hosting {
            "sandbox" => (json!("edge"), json!("5.0.0")),
            _ => (json!(null), json!(null)),
        };
        assert_eq!(
            (issued["info"]["aidbox-version"].clone(), issued["info"]["fhir-version"].clone()),
            versions
        );
        let listed = world.listed(kind.name)?;
        assert_eq!((&listed["type"], &listed["hosting"]), (&json!(kind.tier), &json!(kind.hosting)));
        assert_eq!(listed["vendor_id"], issued["id"]);
    }
    assert_eq!(world.project().licenses().await?.len(), KINDS.len());
    window.close().await
}

async fn create(hand: &Hand<'_>, kind: &Kind) -> anyhow::Result<()> {
    hand.click("create-open").await?;
    hand.window.fill("create-name", kind.name).await?;
    hand.choose(&format!("create-type-{}", kind.tier)).await?;
    hand.choose(&format!("create-goal-{}", kind.goal)).await?;
    hand.choose(&format!("create-hosting-{}", kind.hosting)).await?;
    if kind.hosting == "sandbox" {
        assert_eq!(
            hand.value("create-fhir-version").await?,
            "4.0.1",
            "the recommended one is chosen at first"
        );
        hand.choose("create-aidbox-version-edge").await?;
        hand.choose_from("create-fhir-version", "5.0.0").await?;
    } else {
        hand.window.gone("create-fhir-version").await?;
    }
    hand.click("create-submit").await?;
    hand.window.gone("create-dialog").await
}

#[tokio::test(flavor = "multi_thread")]
async fn aws_is_a_guide_and_nothing_is_sent() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("create-open").await?;
    window.fill("create-name", "in-the-cloud").await?;
    hand.choose("create-hosting-aws").await?;
    let told = window.text("create-guide").await?;
    assert!(told.contains("run-aidbox-on-aws") && told.contains("nothing for Licet to send"), "{told}");
    hand.enabled("create-submit", false).await?;
    window.press(thirtyfour::Key::Escape).await?;
    window.gone("create-dialog").await?;
    assert!(world.project().licenses().await?.is_empty());
    window.find("list-empty").await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_documented_portal_does_not_take_is_off_with_the_reason() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = FaultServer::before(world.portal.address());
    // No vendor's portal says what it takes beyond what is documented.
    between.always("GET /rpc/capabilities", Answer::reply(404, "text/plain", "not found"));
    world.connect(&between.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("create-open").await?;
    hand.there("create-type-prod").await?;
    for param in ["goal", "hosting"] {
        let told = window.text(&format!("create-not-carried-{param}")).await?;
        assert!(told.contains("Choose it on the vendor’s own page"), "{told}");
    }
    assert!(!hand.can_choose("create-hosting-sandbox").await?, "nothing can carry it");
    assert!(!hand.can_choose("create-goal-research").await?, "nothing can carry it");
    window.find("create-vendor-page").await?;
    hand.choose("create-type-prod").await?;
    hand.paste("create-name", "as-documented").await?;
    hand.click("create-submit").await?;
    hand.selected("as-documented").await?;

    let sent = between.received().into_iter().find(|request| request.contains("issue-license"));
    let sent = sent.map(|request| (request.header("content-type").map(str::to_owned), request.text()));
    let (content_type, body) = sent.unwrap_or_default();
    assert_eq!(content_type.as_deref(), Some("text/yaml"));
    assert!(body.contains("production") && !body.contains("goal") && !body.contains("hosting"), "{body}");
    assert_eq!(world.project().the_one("as-documented").await?["type"], "production");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_license_is_deleted_by_its_name_alone() -> anyhow::Result<()> {
    let world = World::new()?;
    for name in ["keep me", "clinic-dev"] {
        world.project().issue(name).await?;
    }
    world.connect(&world.portal.url())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.select("clinic-dev").await?;
    hand.click("detail-menu").await?;
    hand.click("delete-open").await?;
    let words = window.text("delete-dialog").await?;
    assert!(words.contains("stop working") && words.contains("Licet wrote no file from it"), "{words}");
    for wrong in ["clinic", "CLINIC-DEV", "keep me"] {
        window.fill("delete-typed", wrong).await?;
        hand.enabled("delete-confirm", false).await?;
        window.press(thirtyfour::Key::Enter).await?;
    }
    assert_eq!(world.project().licenses().await?.len(), 2, "a wrong name deletes nothing");
    hand.paste("delete-typed", "clinic-dev").await?;
    hand.enabled("delete-confirm", true).await?;
    hand.click("delete-confirm").await?;
    hand.no_row("clinic-dev").await?;
    window.shows("“clinic-dev” was deleted").await?;
    // The row that is in its place is selected.
    hand.selected("keep me").await?;

    assert_eq!(hand.names().await?, ["keep me"]);
    assert!(world.project().named("clinic-dev").await?.is_empty());
    assert_eq!(world.project().licenses().await?.len(), 1);
    let gone = world.licet_json(&["list", "status:gone"])?;
    assert_eq!(gone[0]["name"], "clinic-dev", "its history stays: {gone}");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn license_is_created_like_another_by_keyboard() -> anyhow::Result<()> {
    let world = World::connected()?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    create(&hand, &KINDS[2]).await?;
    hand.selected("prod-here").await?;

    // Shift+F10, the entry, Enter, Enter.
    window.press(Key::Shift + Key::F10).await?;
    window.find("create-like").await?;
    let active = "return document.activeElement?.dataset.testid ?? ''";
    while window.driver().execute(active, vec![]).await?.convert::<String>()? != "create-like" {
        window.press(Key::Down).await?;
    }
    window.press(Key::Enter).await?;
    eventually("the name", PATIENCE, || async {
        Ok((hand.value("create-name").await? == "prod-here-2").then_some(()))
    })
    .await?;
    hand.enabled("create-submit", true).await?;
    window.press(Key::Enter).await?;
    hand.selected("prod-here-2").await?;
    let (like, issued) =
        (world.project().the_one("prod-here").await?, world.project().the_one("prod-here-2").await?);
    for told in ["hosting", "goal"] {
        assert_eq!(issued["info"][told], like["info"][told], "{issued}");
    }
    assert_eq!(issued["type"], like["type"]);
    window.close().await
}
