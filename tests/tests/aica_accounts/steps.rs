//! What to do next: each step is one message, prepared, to the address that the vendor names.

use journeys::{Hand, Opened, Window};

use crate::world::World;

const SALES: &str = "contact@aica.tech";
const SUPPORT: &str = "support@aica.tech";

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_license_yet_writes_to_the_sales_contact() -> anyhow::Result<()> {
    let world = World::new()?;
    world.connect(&world.portal.url())?;
    let opened = Opened::noted_in(&world.session)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    window.find("list-empty").await?;
    hand.click("step-no-license").await?;
    assert_eq!(window.text("step-mail").await?, SALES);
    window.shows("I would like to use the AICA System and need a System License.").await?;
    hand.click("step-open").await?;
    let address = opened.next().await?;
    assert!(address.starts_with(&format!("mailto:{SALES}?subject=")), "{address}");
    assert!(address.contains("need%20a%20System%20License"), "{address}");
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_add_on_production_and_a_leak_are_one_message_each() -> anyhow::Result<()> {
    let world = World::new()?;
    let key = world.cell()?;
    world.connect(&world.portal.url())?;
    let opened = Opened::noted_in(&world.session)?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.select("cell").await?;
    hand.unfold("rules").await?;
    for (step, in_menu, mail, words) in [
        ("entitlements-ask", false, SALES, "does not entitle me to a component"),
        ("step-not-entitled", true, SALES, "does not entitle me to a component"),
        ("step-production", true, SALES, "need a Deployment Key"),
        ("detail-renew", false, SALES, "would like to renew my license"),
        ("step-leaked", false, SUPPORT, "may have gained access to the key"),
    ] {
        if in_menu {
            hand.click("detail-menu").await?;
        }
        hand.click(step).await?;
        assert_eq!(window.text("step-mail").await?, mail, "{step}");
        let body = window.text("step-body").await?;
        assert!(body.contains(words) && body.contains("“cell” (id "), "{step}: {body}");
        hand.click("step-copy").await?;
        window.shows("Message copied").await?;
        hand.click("step-open").await?;
        let address = opened.next().await?;
        assert!(address.starts_with(&format!("mailto:{mail}?subject=")), "{step}: {address}");
        assert!(address.contains("%E2%80%9Ccell%E2%80%9D"), "{step}: {address}");
        assert!(!address.contains(&key), "{step}");
        window.gone("step-dialog").await?;
    }
    hand.row_with("cell", "Leaked").await?;
    hand.attribute("detail-status", "data-status", "leaked").await?;
    window.close().await
}
