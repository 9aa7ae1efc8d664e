//! The wizard's way to an instance and what is seen of its license, light and dark, for axe-core and for people to look at.

use journeys::{Hand, Looks, Window};

use crate::world::{PASSWORD, World, apply, open_instance};

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_in_light_and_dark() -> anyhow::Result<()> {
    let world = World::new()?;
    let mut looks = Looks::default();
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);
    hand.click("setup-card-dashboard").await?;
    window.fill("setup-field-url", &world.root()).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    looks.at(&window, "dashboard-1-connect").await?;
    hand.name_account("play").await?;
    hand.click("setup-next").await?;
    window.find("setup-summary").await?;
    looks.at(&window, "dashboard-2-connected").await?;
    hand.click("setup-finish").await?;
    let account = hand.first_like("account-menu-").await?.replace("-menu", "");
    hand.click(&account).await?;
    window.find("list-empty-instance").await?;
    looks.at(&window, "dashboard-empty-list").await?;

    open_instance(&hand).await?;
    looks.at(&window, "instance-empty").await?;
    apply(&hand, &world.token()?).await?;
    window.find("instance-root").await?;
    looks.at(&window, "instance-applied").await?;
    let cut: Vec<String> = window.driver().execute(CUT, vec![]).await?.convert()?;
    assert_eq!(cut, Vec::<String>::new(), "the pane has room for its actions");
    hand.click("apply-open").await?;
    hand.paste("instance-paste", &world.token_for("https://other.example/metrics")?).await?;
    window.find("apply-send-anyway").await?;
    looks.at(&window, "instance-wrong").await?;
    window.press(thirtyfour::Key::Escape).await?;
    window.gone("apply-dialog").await?;
    hand.unfold("token").await?;
    shown(&window, "token-facts").await?;
    looks.at(&window, "instance-fields").await?;
    hand.click("detail-menu").await?;
    hand.click("token-remove").await?;
    window.find("token-remove-typed").await?;
    looks.at(&window, "instance-remove").await?;
    window.press(thirtyfour::Key::Escape).await?;
    window.gone("token-remove-dialog").await?;
    hand.text_that("detail-instance", "the users", |text| text.contains("included users")).await?;
    looks.at(&window, "dashboard-detail").await?;
    window.close().await?;
    looks.judged()
}

/// The buttons of the detail pane's head that reach over its edge.
const CUT: &str = r#"
const pane = document.querySelector('[data-testid=detail]');
const edge = pane.getBoundingClientRect().right;
const buttons = [...pane.querySelectorAll('header button')];
return buttons.filter((one) => one.getBoundingClientRect().right > edge).map((one) => one.dataset.testid ?? '');
"#;

async fn shown(window: &Window, testid: &str) -> anyhow::Result<()> {
    Ok(window.find(testid).await?.scroll_into_view().await?)
}
