//! The wizard's way to an account and what its licenses show, light and dark, for axe-core and for people to look at.

use journeys::{Hand, Looks, Window};

use crate::world::{ACCOUNT, HOST, PASSWORD, World};

#[tokio::test(flavor = "multi_thread")]
async fn an_aica_account_in_light_and_dark() -> anyhow::Result<()> {
    let world = World::with_codes()?;
    world.cell()?;
    let mut looks = Looks::default();
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.paste("setup-paste", &world.portal.url()).await?;
    window.shows("Choose the system at this address").await?;
    looks.at(&window, "aica-1-address").await?;
    window.fill("setup-paste", "x").await?;
    world.fill_in(&hand, &world.portal.url()).await?;
    looks.at(&window, "aica-2-connect").await?;
    window.fill("setup-confirm-host", HOST).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-next").await?;
    window.find("setup-field-otp").await?;
    looks.at(&window, "aica-3-code").await?;
    hand.paste("setup-field-otp", &world.code(0)?).await?;
    hand.name_account(ACCOUNT).await?;
    looks.at(&window, "aica-4-more").await?;
    hand.click("setup-next").await?;
    window.find("setup-file-preview").await?;
    looks.at(&window, "aica-5-connected").await?;
    hand.click("setup-skip").await?;

    hand.selected("cell").await?;
    window.find("seats-warning").await?;
    hand.click("validate").await?;
    window.find("validation").await?;
    looks.at(&window, "aica-detail").await?;
    scrolled(&window, "seats").await?;
    looks.at(&window, "aica-detail-seats").await?;
    let release = hand.first_like("seat-release-").await?;
    hand.click(&release).await?;
    window.fill("release-typed", "cell-07").await?;
    looks.at(&window, "aica-release").await?;
    hand.click("release-confirm").await?;
    window.find("seats-none").await?;

    hand.click("open-settings").await?;
    window.find("settings-accounts").await?;
    looks.at(&window, "aica-settings").await?;
    hand.click("page-back").await?;

    let account = hand.first_like("account-menu-").await?.replace("account-menu-", "");
    hand.click(&format!("account-menu-{account}")).await?;
    hand.click(&format!("sign-out-open-{account}")).await?;
    looks.at(&window, "aica-log-out").await?;
    hand.click("sign-out-confirm").await?;
    window.shows("Log in to “plant” again").await?;
    looks.at(&window, "aica-logged-out").await?;
    hand.click(&format!("renew-open-{account}")).await?;
    hand.click("setup-more").await?;
    looks.at(&window, "aica-log-in-again").await?;
    window.close().await?;
    looks.judged()
}

/// Scrolls what is shown so that this stands in the middle.
pub(crate) async fn scrolled(window: &Window, testid: &str) -> anyhow::Result<()> {
    let script =
        "document.querySelector(`[data-testid=${arguments[0]}]`).scrollIntoView({ block: 'center' })";
    window.driver().execute(script, vec![testid.into()]).await?;
    Ok(())
}
