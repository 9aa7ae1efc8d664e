//! The vendor's side as it really is: asked directly, not through Licet or the server that breaks answers.

use std::collections::BTreeMap;

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// The password of the sample user and of the sample instance's administrator, as `licet-portal serve` prints it.
pub(super) const PASSWORD: &str = "demo-password";

/// The portal with its samples.
pub(super) struct Vendor {
    url: String,
    token: String,
    client: Client,
    runtime: Runtime,
}

impl Vendor {
    pub(super) fn at(url: String, token: String) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // The portal is restarted between two questions, which would end connections that are kept.
        let client = Client::builder().no_proxy().pool_max_idle_per_host(0).build()?;
        Ok(Self { url, token, client, runtime })
    }

    /// The names of the project's licenses by id.
    pub(super) fn licenses(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let answer = self.portal_call("get-licenses", json!({}))?;
        let all = answer["result"].as_array().context("the portal's list")?.iter().map(|item| {
            let license = if item["license"].is_object() { &item["license"] } else { item };
            Some((license["id"].as_str()?.to_owned(), license["name"].as_str()?.to_owned()))
        });
        all.collect::<Option<_>>().context("a license without id or name")
    }

    /// The ids of the project's licenses of this name.
    pub(super) fn named(&self, name: &str) -> anyhow::Result<Vec<String>> {
        Ok(self.licenses()?.into_iter().filter(|(_, found)| found == name).map(|(id, _)| id).collect())
    }

    /// The license string of a license by id.
    pub(super) fn license_string(&self, id: &str) -> anyhow::Result<String> {
        let answer = self.portal_call("get-license", json!({"id": id}))?;
        Ok(answer["result"]["jwt"].as_str().context("a license string")?.to_owned())
    }

    /// Creates a development license, as another user would.
    pub(super) fn issue(&self, name: &str) -> anyhow::Result<()> {
        let wanted = json!({"name": name, "product": "aidbox", "type": "development"});
        self.portal_call("issue-license", wanted).map(drop)
    }

    /// Deletes a license, as another user would.
    pub(super) fn remove(&self, name: &str) -> anyhow::Result<()> {
        let ids = self.named(name)?;
        let id = ids.first().context("a license of this name")?;
        self.portal_call("remove-license", json!({"id": id})).map(drop)
    }

    /// The id of the token that the sample instance has; nothing where it has none.
    pub(super) fn instance_token(&self) -> anyhow::Result<Option<String>> {
        let login = STANDARD.encode(format!("admin:{PASSWORD}"));
        let request = self.get("/instances/demo/api/licensing/token");
        let token = self.send(request.header("authorization", format!("Basic {login}")))?;
        let id = token["jti"].as_str().context("a token's id")?;
        Ok(Some(id.to_owned()).filter(|id| !id.is_empty()))
    }

    /// How many machines the license of this key is in use on.
    pub(super) fn machines(&self, key: &str) -> anyhow::Result<usize> {
        let request = self.get(&format!("/v1/accounts/demo/licenses/{key}/machines"));
        let answer = self.send(request.header("authorization", format!("License {key}")))?;
        Ok(answer["data"].as_array().context("a list of machines")?.len())
    }

    /// The public key that the sample account's answers and certificates are signed with.
    pub(super) fn public_key(&self) -> anyhow::Result<String> {
        let answer = self.send(self.get("/v1/accounts/demo"))?;
        Ok(answer["meta"]["keys"]["ed25519"].as_str().context("a public key")?.to_owned())
    }

    fn portal_call(&self, method: &str, params: Value) -> anyhow::Result<Value> {
        self.send(testkit::rpc::request(&self.client, &self.url, &self.token, method, params))
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    fn send(&self, request: RequestBuilder) -> anyhow::Result<Value> {
        let answered = self.runtime.block_on(async {
            let answer = request.send().await?;
            anyhow::Ok((answer.status(), answer.text().await?))
        });
        let (status, text) = answered?;
        anyhow::ensure!(status.is_success(), "the portal answered {status}: {text}");
        serde_json::from_str(&text).with_context(|| format!("the portal answered {text}"))
    }
}
