//! What a journey stands in: a session, a portal with a project, and that project as any other program sees it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use journeys::{KeyringState, Portal, Session, licet_home, licet_json, licet_says, program};
use serde_json::{Value, json};

/// A desktop session with an open keyring, and beside it a separately running portal with one project.
pub(crate) struct World {
    // Dropped in this order: what runs in the session's folder ends before the folder goes.
    pub portal: Portal,
    pub session: Session,
    pub token: String,
}

impl World {
    /// Nobody has started Licet here yet.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let session = Session::start(KeyringState::Unlocked)?;
        let portal = journeys::portal(&session.folder().join("vendor"))?;
        let token = portal.token("northwind")?;
        Ok(Self { portal, session, token })
    }

    /// The project is connected as the account “north”, by the command line.
    pub(crate) fn connected() -> anyhow::Result<Self> {
        let world = Self::new()?;
        world.connect(&world.portal.url())?;
        Ok(world)
    }

    /// Connects the project as the account “north”, at an address of the journey's choice.
    pub(crate) fn connect(&self, url: &str) -> anyhow::Result<()> {
        let arguments = ["accounts", "add", "aidbox", "--name", "north", "--url", url, "--token-file", "-"];
        licet_says(&self.session, &arguments, &self.token).map(drop)
    }

    /// The project as any other program sees it.
    pub(crate) fn project(&self) -> Project {
        Project { url: self.portal.url(), token: self.token.clone() }
    }

    /// What the command line prints.
    pub(crate) fn licet(&self, arguments: &[&str]) -> anyhow::Result<String> {
        licet_says(&self.session, arguments, "")
    }

    /// The JSON that the command line prints.
    pub(crate) fn licet_json(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        licet_json(&self.session, arguments)
    }

    /// The one license of this name, as the command line lists it.
    pub(crate) fn listed(&self, name: &str) -> anyhow::Result<Value> {
        let all = self.licet_json(&["list"])?;
        let mut named = all.as_array().context("a list")?.iter().filter(|one| one["name"] == name);
        let one = named.next().with_context(|| format!("{name:?} is not in {all}"))?;
        anyhow::ensure!(named.next().is_none(), "{name:?} is there twice: {all}");
        Ok(one.clone())
    }
}

/// A project at a portal, seen by plain HTTP.
pub(crate) struct Project {
    pub url: String,
    pub token: String,
}

impl Project {
    /// A project of the portal that the window itself runs.
    pub(crate) fn of_this_computer(session: &Session, name: &str) -> anyhow::Result<Self> {
        let data = licet_home(session).join("portal");
        let mut command = session.command(program("LICET_PORTAL_BIN")?);
        let output = command.args(["token", "issue", "--project", name, "--data"]).arg(&data).output()?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let port = std::fs::read_to_string(data.join("port"))?;
        Ok(Self {
            url: format!("http://127.0.0.1:{}", port.trim()),
            token: String::from_utf8(output.stdout)?.trim().to_owned(),
        })
    }

    /// Every license, as the portal lists it.
    pub(crate) async fn licenses(&self) -> anyhow::Result<Vec<Value>> {
        let answer = self.call("get-licenses", json!({})).await?;
        Ok(answer.as_array().context("the portal's list")?.clone())
    }

    /// The licenses of this name.
    pub(crate) async fn named(&self, name: &str) -> anyhow::Result<Vec<Value>> {
        Ok(self.licenses().await?.into_iter().filter(|license| license["name"] == name).collect())
    }

    /// The one license of this name.
    pub(crate) async fn the_one(&self, name: &str) -> anyhow::Result<Value> {
        let mut named = self.named(name).await?;
        anyhow::ensure!(named.len() == 1, "the portal has {} licenses called {name:?}", named.len());
        Ok(named.remove(0))
    }

    /// Issues a development license, and answers its id.
    pub(crate) async fn issue(&self, name: &str) -> anyhow::Result<String> {
        let wanted = json!({"name": name, "product": "aidbox", "type": "development"});
        let answer = self.call("issue-license", wanted).await?;
        Ok(answer["license"]["id"].as_str().context("an id")?.to_owned())
    }

    /// A license with its string.
    pub(crate) async fn get(&self, id: &str) -> anyhow::Result<Value> {
        self.call("get-license", json!({"id": id})).await
    }

    async fn call(&self, method: &str, params: Value) -> anyhow::Result<Value> {
        let client = reqwest::Client::new();
        let answer = testkit::rpc::request(&client, &self.url, &self.token, method, params).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        anyhow::ensure!(status.is_success(), "the portal said {status}: {text}");
        let mut answer: Value = serde_json::from_str(&text)?;
        Ok(answer["result"].take())
    }
}

/// The permission bits of a file.
pub(crate) fn mode(file: &Path) -> anyhow::Result<u32> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::metadata(file)?.permissions().mode() & 0o777)
}

/// Writes a file as another program would.
pub(crate) fn put(file: &Path, text: &str) -> anyhow::Result<PathBuf> {
    xtask::repository::write(file, text.as_bytes())?;
    Ok(file.to_path_buf())
}
