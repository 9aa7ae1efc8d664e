//! A hosted instance is opened by its origin alone, and the portal's old word for production is understood.

use journeys::{Hand, Opened, Secrets, Window, licet_home};
use serde_json::json;
use testkit::{Answer, FaultServer};

use crate::world::World;

const BOX_TOKEN: &str = "s3cret-box-token-0815";

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_opens_without_its_token_and_standard_is_production() -> anyhow::Result<()> {
    let world = World::new()?;
    world.project().issue("showroom").await?;
    let between = FaultServer::before(world.portal.address());
    let mut told = world.project().licenses().await?;
    told[0]["type"] = json!("standard");
    told[0]["info"] = json!({"hosting": "sandbox"});
    let address = format!("https://showroom.box.example/_sudo?token={BOX_TOKEN}&redirect=/");
    told[0]["additional"] = json!({ "box-url": address });
    between.always("get-licenses", Answer::json(200, &json!({ "result": told })));
    between
        .always("get-license\"", Answer::json(200, &json!({ "result": {"license": told[0], "jwt": null} })));
    world.connect(&between.url())?;
    let opened = Opened::noted_in(&world.session)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    let row = hand.select("showroom").await?;
    assert!(row.cells.iter().any(|cell| cell == "Prod"), "{row:?}");
    assert_eq!(world.listed("showroom")?["type"], "prod");
    hand.unfold("rules").await?;
    hand.text_that("detail", "its hosting", |text| text.contains("Sandbox")).await?;
    hand.click("hosted-open").await?;
    let url = opened.next().await?;
    assert_eq!(url.trim_end_matches('/'), "https://showroom.box.example");
    assert!(!window.everything_shown().await?.contains(BOX_TOKEN));
    window.close().await?;
    let home = licet_home(&world.session);
    let found = Secrets::new(&[("the instance's token", BOX_TOKEN)]).in_folders(&[&home])?;
    assert!(found.is_empty(), "{found:?}");
    Ok(())
}
