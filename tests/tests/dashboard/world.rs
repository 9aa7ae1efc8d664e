//! What a journey stands in: a session, and an instance “play” of the Metrics Dashboard with its administrator.

use journeys::{Hand, KeyringState, Session, Window, licet_json, licet_says};
use portal::Portal;
use serde_json::Value;
use testkit::FaultServer;

/// Blanks and all: a password is taken to the letter.
pub(crate) const PASSWORD: &str = " correct horse battery ";

/// A desktop session with an open keyring, and beside it a separately running instance.
pub(crate) struct World {
    // Dropped in this order: what runs in the session's folder ends before the folder goes.
    pub portal: journeys::Portal,
    pub session: Session,
    /// The issuer's and the instance's own side, on the data that is served.
    pub issuer: Portal,
}

impl World {
    /// The instance has no license; nobody has started Licet here.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let session = Session::start(KeyringState::Unlocked)?;
        let data = session.folder().join("vendor");
        let portal = journeys::portal(&data)?;
        let issuer = Portal::open(&data)?;
        issuer.add_instance("play", "admin", PASSWORD)?;
        Ok(Self { portal, session, issuer })
    }

    /// The instance is connected as the account “play”, by the command line.
    pub(crate) fn connected() -> anyhow::Result<Self> {
        let world = Self::new()?;
        world.connect(&world.root(), "admin")?;
        Ok(world)
    }

    /// The instance behind a server that counts and fails on request, connected as “play” at that server's address.
    pub(crate) fn connected_behind() -> anyhow::Result<(Self, FaultServer)> {
        let world = Self::new()?;
        let between = FaultServer::before(world.portal.address());
        world.connect(&root_at(&between.url()), "admin")?;
        Ok((world, between))
    }

    /// Connects it as the account “play”, at an address and by a user of the journey's choice.
    pub(crate) fn connect(&self, root: &str, user: &str) -> anyhow::Result<()> {
        let arguments = ["accounts", "add", "dashboard", "--name", "play", "--url", root, "--user", user];
        let arguments = [&arguments[..], &["--password-file", "-"]].concat();
        licet_says(&self.session, &arguments, PASSWORD).map(drop)
    }

    /// The instance's own root URL.
    pub(crate) fn root(&self) -> String {
        root_at(&self.portal.url())
    }

    /// A token for the instance, under the root URL that it knows itself by.
    pub(crate) fn token(&self) -> anyhow::Result<String> {
        Ok(self.issuer.instance_token("play", None, None)?.expose().to_owned())
    }

    /// A token for the instance at another root URL.
    pub(crate) fn token_for(&self, root: &str) -> anyhow::Result<String> {
        Ok(self.issuer.instance_token("play", None, Some(root))?.expose().to_owned())
    }

    /// Gives the instance a token by the command line, and answers its text.
    pub(crate) fn applied(&self) -> anyhow::Result<String> {
        let (source, token) = (self.session.home().join("given.jwt"), self.token()?);
        xtask::repository::write(&source, token.as_bytes())?;
        self.licet(&["instance", "apply", &source.display().to_string(), "--account", "play"])?;
        Ok(token)
    }

    /// What the command line prints.
    pub(crate) fn licet(&self, arguments: &[&str]) -> anyhow::Result<String> {
        licet_says(&self.session, arguments, "")
    }

    /// The JSON that the command line prints.
    pub(crate) fn licet_json(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        licet_json(&self.session, arguments)
    }

    /// The id of the token that the instance has, as the command line tells it.
    pub(crate) fn token_id(&self) -> anyhow::Result<Value> {
        Ok(self.licet_json(&["instance", "token", "--account", "play"])?["token"]["jti"].take())
    }
}

/// The instance's root URL at a server's address.
pub(crate) fn root_at(url: &str) -> String {
    format!("{url}/instances/play")
}

/// Opens the window and in it the dialog that applies a token, from its account's menu.
pub(crate) async fn opened(world: &World) -> anyhow::Result<Window> {
    let window = Window::open(&world.session, &[]).await?;
    open_instance(&Hand::at(&window)).await?;
    Ok(window)
}

/// Opens the dialog that applies a token, from its account's menu.
pub(crate) async fn open_instance(hand: &Hand<'_>) -> anyhow::Result<()> {
    let menu = hand.first_like("account-menu-").await?;
    hand.click(&menu).await?;
    hand.click(&menu.replace("account-menu-", "apply-open-")).await?;
    hand.window.find("instance-paste").await?;
    Ok(())
}

/// Applies a token that looks valid in the open dialog, and selects the instance's license.
pub(crate) async fn apply(hand: &Hand<'_>, token: &str) -> anyhow::Result<()> {
    hand.paste("instance-paste", token).await?;
    hand.click("apply-send").await?;
    hand.text_that("instance-done", "the token", |text| text.contains("has the token")).await?;
    hand.click("apply-close").await?;
    hand.window.gone("apply-dialog").await?;
    hand.select("Licet local portal").await?;
    Ok(())
}
