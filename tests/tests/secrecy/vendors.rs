//! An account with one-time codes and an instance, and every secret that either of them has.

use anyhow::Context;
use jiff::Timestamp;
use journeys::{Finding, Secrets, Session};
use portal::{NewEntitled, OtpUrl, Portal};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use tempfile::TempDir;
use testkit::FaultServer;

pub(crate) const EMAIL: &str = "ada@plant.example";
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const ADMINISTRATOR: &str = "another staple entirely";

/// Both systems, away from the session's folder, with a server before them that sees what is sent.
pub(crate) struct Vendors {
    pub portal: journeys::Portal,
    pub between: FaultServer,
    pub data: TempDir,
    /// The System key of the license “cell”.
    pub key: String,
    /// Two tokens for the instance “play”.
    pub tokens: [String; 2],
    authenticator: OtpUrl,
    authority_key: String,
    authority: String,
    codes: Vec<String>,
}

impl Vendors {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        let portal = journeys::portal(data.path())?;
        let service = Portal::open(data.path())?;
        let authenticator = service.add_user("plant", EMAIL, PASSWORD, true)?.context("one-time codes")?;
        let license = NewEntitled {
            name: Some("cell".to_owned()),
            entitlements: vec!["motion-control".to_owned()],
            ..NewEntitled::default()
        };
        let key = service.add_license("plant", EMAIL, license)?.expose().to_owned();
        service.add_instance("play", "admin", ADMINISTRATOR)?;
        let token = || service.instance_token("play", None, None).map(|token| token.expose().to_owned());
        let (tokens, between) = ([token()?, token()?], FaultServer::before(portal.address()));
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pair = KeyPair::generate()?;
        let (authority, authority_key) = (params.self_signed(&pair)?.pem(), pair.serialize_pem());
        let codes = Vec::new();
        Ok(Self { portal, between, data, key, tokens, authenticator, authority_key, authority, codes })
    }

    /// The code that the authenticator shows now.
    pub(crate) fn code(&mut self) -> anyhow::Result<String> {
        let now = u64::try_from(Timestamp::now().as_second())?;
        let code = portal::one_time_code(&self.authenticator, now).context("a code")?;
        self.codes.push(code.clone());
        Ok(code)
    }

    /// The instance's root URL.
    pub(crate) fn root(&self) -> String {
        format!("{}/instances/play", self.portal.url())
    }

    /// A careless PEM file: the authority's certificate and its private key beside it.
    pub(crate) fn careless_pem(&self) -> String {
        format!("{}{}", self.authority, self.authority_key)
    }

    /// Every secret so far; the session's token is the one that was sent.
    pub(crate) fn secrets(&self) -> anyhow::Result<Secrets> {
        let (session, second) = (self.session_token()?, self.authenticator_secret()?);
        let inside = self.authority_key.lines().nth(1).context("the inside of a key")?;
        Ok(Secrets::new(&[
            ("password", PASSWORD),
            ("administrator's password", ADMINISTRATOR),
            ("session token", &session),
            ("one-time code's secret", &second),
            ("license key", &self.key),
            ("first instance token", &self.tokens[0]),
            ("second instance token", &self.tokens[1]),
            ("authority's private key", inside),
        ]))
    }

    /// Of these the vendor itself keeps nothing in the clear either.
    pub(crate) fn found_at_the_vendor(&self) -> anyhow::Result<Vec<Finding>> {
        let (session, second) = (self.session_token()?, self.authenticator_secret()?);
        let own = [
            ("password", PASSWORD),
            ("administrator's password", ADMINISTRATOR),
            ("session token", session.as_str()),
            ("one-time code's secret", second.as_str()),
        ];
        Secrets::new(&own).in_folders(&[self.data.path()])
    }

    /// Fails where a code stands in a text as a number of its own.
    pub(crate) fn no_code_in(&self, place: &str, text: &str) {
        let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let shown = self.codes.iter().any(|code| numbers.contains(&code.as_str()));
        assert!(!shown, "a one-time code is in {place}");
    }

    fn session_token(&self) -> anyhow::Result<String> {
        let received = self.between.received();
        let mut sent = received.iter().filter_map(|request| request.header("authorization"));
        let token = sent.find_map(|header| header.strip_prefix("Bearer ")).context("a session was used")?;
        Ok(token.to_owned())
    }

    fn authenticator_secret(&self) -> anyhow::Result<String> {
        let url = self.authenticator.expose();
        let (_, secret) = url.split_once("secret=").context("an otpauth URL has its secret")?;
        Ok(secret.split('&').next().unwrap_or_default().to_owned())
    }
}

/// Nothing is in the arguments or the environment of whatever runs in the session.
pub(crate) fn nothing_in_processes(secrets: &Secrets, session: &Session) -> anyhow::Result<()> {
    assert_eq!(secrets.in_processes_of(session.folder())?, []);
    Ok(())
}
