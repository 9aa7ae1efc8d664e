//! What a journey stands in: a session, and a licensing service with the account “plant” and its user Ada.

use anyhow::Context;
use jiff::{Timestamp, ToSpan};
use journeys::{Hand, KeyringState, Session, licet_json, licet_says};
use portal::{NewArtifact, NewEntitled, NewPackage, NewRelease, OtpUrl, Portal};
use serde_json::Value;

/// The account's short name at the service.
pub(crate) const ACCOUNT: &str = "plant";
pub(crate) const EMAIL: &str = "ada@plant.example";
/// Blanks and all: a password is taken to the letter.
pub(crate) const PASSWORD: &str = " correct horse battery ";
/// The host that has to be confirmed, since it is not the vendor's own.
pub(crate) const HOST: &str = "127.0.0.1";

/// A desktop session with an open keyring, and beside it a separately running service.
pub(crate) struct World {
    // Dropped in this order: what runs in the session's folder ends before the folder goes.
    pub portal: journeys::Portal,
    pub session: Session,
    /// The service's own side, on the data that it serves: licenses, machines and packages are added here.
    pub service: Portal,
    /// What an authenticator is given, where logins need one-time codes.
    pub authenticator: Option<OtpUrl>,
}

impl World {
    /// Ada has a password and no license yet; nobody has started Licet here.
    pub(crate) fn new() -> anyhow::Result<Self> {
        Self::start(false)
    }

    /// The same, where each login needs a one-time code.
    pub(crate) fn with_codes() -> anyhow::Result<Self> {
        Self::start(true)
    }

    /// Ada's license “cell” for one machine, in use by cell-07; her account is connected as “plant” by the command line.
    pub(crate) fn connected() -> anyhow::Result<Self> {
        let world = Self::new()?;
        world.cell()?;
        world.connect(&world.portal.url())?;
        Ok(world)
    }

    fn start(one_time_codes: bool) -> anyhow::Result<Self> {
        let session = Session::start(KeyringState::Unlocked)?;
        let data = session.folder().join("vendor");
        let portal = journeys::portal(&data)?;
        let service = Portal::open(&data)?;
        let authenticator = service.add_user(ACCOUNT, EMAIL, PASSWORD, one_time_codes)?;
        Ok(Self { portal, session, service, authenticator })
    }

    /// Adds a license to Ada's, and answers its key.
    pub(crate) fn license(&self, new: NewEntitled) -> anyhow::Result<String> {
        Ok(self.service.add_license(ACCOUNT, EMAIL, new)?.expose().to_owned())
    }

    /// Adds the license “cell”: for one machine, in use by cell-07 since a while, last seen three minutes ago.
    pub(crate) fn cell(&self) -> anyhow::Result<String> {
        let key = self.license(NewEntitled {
            name: Some("cell".to_owned()),
            expires: Some(Timestamp::now() + (200 * 24).hours()),
            entitlements: vec!["motion-control".to_owned()],
            max_machines: Some(1),
        })?;
        let seen = Timestamp::now() - 3.minutes();
        self.service.add_machine(&key, "5c:1f:0a:77:21:e0", "cell-07", Some(seen))?;
        Ok(key)
    }

    /// Adds three packages to the service: for everybody, for “motion-control”, and for an entitlement that nobody has.
    pub(crate) fn packages(&self) -> anyhow::Result<()> {
        for (key, name, entitlement, versions) in [
            ("core", "Core", None, &[("4.4.2", "stable"), ("4.5.0-rc.1", "rc")][..]),
            ("motion-control", "Motion control", Some("motion-control"), &[("2.1.0", "stable")][..]),
            ("vision", "Vision", Some("vision"), &[("0.9.0-beta.3", "beta")][..]),
        ] {
            let releases = versions.iter().map(|(version, channel)| NewRelease {
                version: (*version).to_owned(),
                channel: (*channel).to_owned(),
                status: "PUBLISHED".to_owned(),
                artifacts: vec![NewArtifact {
                    filename: format!("{key}-{version}.tar.gz"),
                    filesize: Some(18_874_368),
                    platform: Some("linux".to_owned()),
                    arch: Some("amd64".to_owned()),
                    ..NewArtifact::default()
                }],
                ..NewRelease::default()
            });
            let package = NewPackage {
                key: key.to_owned(),
                name: name.to_owned(),
                engine: Some("oci".to_owned()),
                entitlement: entitlement.map(str::to_owned),
                releases: releases.collect(),
            };
            self.service.add_package(ACCOUNT, &package)?;
        }
        Ok(())
    }

    /// Connects Ada's account under the name “plant”, at an address of the journey's choice.
    pub(crate) fn connect(&self, url: &str) -> anyhow::Result<()> {
        self.connect_with(url, &[])
    }

    /// The same with further options.
    pub(crate) fn connect_with(&self, url: &str, options: &[&str]) -> anyhow::Result<()> {
        let arguments = [
            &["accounts", "add", "aica", "--name", ACCOUNT, "--url", url, "--vendor-account", ACCOUNT][..],
            &["--email", EMAIL, "--confirm-host", HOST, "--password-file", "-"],
            options,
        ];
        licet_says(&self.session, &arguments.concat(), PASSWORD).map(drop)
    }

    /// Gives the window this wizard's form: who logs in where, all but the password.
    pub(crate) async fn fill_in(&self, hand: &Hand<'_>, url: &str) -> anyhow::Result<()> {
        hand.click("setup-card-aica").await?;
        hand.window.fill("setup-field-url", url).await?;
        hand.window.fill("setup-field-vendor-account", ACCOUNT).await?;
        hand.window.fill("setup-field-email", EMAIL).await
    }

    /// The code that Ada's authenticator shows, so many seconds from now.
    pub(crate) fn code(&self, seconds: i64) -> anyhow::Result<String> {
        let url = self.authenticator.as_ref().context("an account with one-time codes")?;
        let at = u64::try_from(Timestamp::now().as_second() + seconds)?;
        portal::one_time_code(url, at).context("an authenticator's code")
    }

    /// The account “plant” as the command line lists it.
    pub(crate) fn account(&self) -> anyhow::Result<Value> {
        Ok(self.licet_json(&["accounts", "list"])?[0].take())
    }

    /// What the command line prints.
    pub(crate) fn licet(&self, arguments: &[&str]) -> anyhow::Result<String> {
        licet_says(&self.session, arguments, "")
    }

    /// The JSON that the command line prints.
    pub(crate) fn licet_json(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        licet_json(&self.session, arguments)
    }
}
