//! An instance whose certificate is from a private authority: trusted for one account, by its PEM file.

use journeys::{Hand, Window};
use testkit::{FaultServer, Identity};

use crate::world::{PASSWORD, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_private_authority_is_trusted_for_the_account_that_names_its_file() -> anyhow::Result<()> {
    let world = World::new()?;
    let identity = Identity::new();
    let between = FaultServer::encrypted_before(&identity, world.portal.address());
    let url = between.localhost_url();
    let file = world.session.home().join("authority.pem");
    xtask::repository::write(&file, identity.authority.as_bytes())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("setup-card-dashboard").await?;
    window.fill("setup-field-url", &format!("{url}/instances/play")).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-next").await?;
    window.shows("not trusted on this computer").await?;
    assert_eq!(between.received(), [], "the password goes to nobody whom it does not know");
    window.fill("setup-field-ca-file", &file.display().to_string()).await?;
    window.fill("setup-account-name", "play").await?;
    hand.click("setup-next").await?;
    window.find("setup-summary").await?;
    std::fs::remove_file(&file)?;
    let asked = between.received().len();
    world.licet(&["refresh", "--account", "play"])?;
    assert!(between.received().len() > asked, "the file may go: its text is kept");
    window.close().await
}
