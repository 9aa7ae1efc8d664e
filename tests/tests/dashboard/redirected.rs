//! An instance whose address redirects to another host.

use journeys::{Hand, Looks, Window};
use testkit::{Answer, FaultServer, Received};

use crate::world::{PASSWORD, World, root_at};

#[tokio::test(flavor = "multi_thread")]
async fn login_goes_to_the_confirmed_host_only() -> anyhow::Result<()> {
    let world = World::new()?;
    let (old, new) = (FaultServer::alone(), FaultServer::before(world.portal.address()));
    let root = root_at(&new.url().replace("127.0.0.1", "localhost"));
    let to = format!("{root}/api/licensing/check");
    old.otherwise(Answer::reply(307, "text/plain", "").with_header("location", &to));
    let window = Window::open(&world.session, &[]).await?;
    let (hand, mut looks) = (Hand::at(&window), Looks::default());

    hand.click("setup-card-dashboard").await?;
    window.fill("setup-field-url", "http://metrics.example").await?;
    window.shows("Anyone on the network can read it").await?;
    looks.at(&window, "dashboard-unencrypted").await?;
    window.fill("setup-field-url", &root_at(&old.url())).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-next").await?;
    window.shows("redirects from 127.0.0.1 to localhost").await?;
    assert_eq!(new.received(), [], "it is not asked before it is confirmed");
    looks.at(&window, "dashboard-redirected").await?;
    hand.paste("setup-confirm-host", "localhost").await?;
    hand.name_account("play").await?;
    hand.click("setup-next").await?;
    window.find("setup-summary").await?;
    window.shows(&format!("redirects to {root}")).await?;
    looks.at(&window, "dashboard-redirect-kept").await?;
    window.close().await?;

    let redirected = old.received();
    assert!(!redirected.is_empty());
    let is_login = |request: &Received| request.header("authorization").is_some();
    assert!(!redirected.iter().any(is_login), "the login went to the first host: {redirected:?}");
    assert!(new.received().iter().any(is_login));
    assert_eq!(world.licet_json(&["accounts", "list"])?[0]["address"], root);
    looks.judged()
}
