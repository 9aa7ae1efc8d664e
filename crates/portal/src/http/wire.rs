//! The shapes of the answers (`docs/protocols.md`, "Aidbox license").

use jiff::Timestamp;
use serde::Serialize;

use super::fault::Fault;
use crate::order::{Hosting, SECONDS_A_DAY};
use crate::ordering::issue::ISSUER;
use crate::signing::Signer;
use crate::storage::{License, Project};

/// An answer to a call that was done.
#[derive(Serialize)]
pub(super) struct Answer {
    result: Outcome,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome {
    One {
        #[serde(skip_serializing_if = "Option::is_none")]
        jwt: Option<String>,
        license: Box<WireLicense>,
    },
    Many(Vec<WireLicense>),
}

impl Answer {
    pub(super) fn with_jwt(license: WireLicense, jwt: String) -> Self {
        Self { result: Outcome::One { jwt: Some(jwt), license: license.into() } }
    }

    pub(super) fn removed(license: WireLicense) -> Self {
        let license = WireLicense { status: "removed", ..license };
        Self { result: Outcome::One { jwt: None, license: license.into() } }
    }

    pub(super) fn list(licenses: Vec<WireLicense>) -> Self {
        Self { result: Outcome::Many(licenses) }
    }
}

/// An answer to a call that was not done.
#[derive(Serialize)]
pub(super) struct Refused {
    error: Words,
}

#[derive(Serialize)]
struct Words {
    message: String,
}

impl Refused {
    pub(super) fn new(fault: &Fault) -> Self {
        Self { error: Words { message: fault.to_string() } }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct WireLicense {
    id: String,
    #[serde(rename = "resourceType")]
    resource_type: &'static str,
    name: String,
    product: String,
    #[serde(rename = "type")]
    tier: String,
    status: &'static str,
    created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<String>,
    max_instances: u32,
    offline: bool,
    issuer: &'static str,
    creator: Reference,
    project: Reference,
    info: Details,
    entitlements: Vec<String>,
    meta: Meta,
    additional: Additional,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    id: String,
    resource_type: &'static str,
    /// Its name, as FHIR references carry it, so that a client can say which project a token opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Details {
    hosting: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aidbox_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fhir_version: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    last_updated: String,
    created_at: String,
    version_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Additional {
    expiration_days: Option<i64>,
    box_url: Option<String>,
}

/// From where and when a license is looked at.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub base: &'a str,
    pub now: i64,
    pub signer: &'a Signer,
}

impl Reader<'_> {
    pub(super) fn license(self, project: &Project, license: License) -> WireLicense {
        let created = instant(license.created);
        let expired = license.expires.is_some_and(|expires| expires <= self.now);
        let box_url = (license.hosting == Hosting::Sandbox.as_str()).then(|| {
            let token = self.signer.box_token(&license.uid);
            format!("{}/sandbox/{}/_sudo?token={token}", self.base, license.uid)
        });
        WireLicense {
            resource_type: "License",
            name: license.name,
            product: license.product,
            tier: license.tier,
            status: if expired { "expired" } else { "active" },
            expiration: license.expires.map(instant),
            max_instances: license.max_instances,
            offline: false,
            issuer: ISSUER,
            creator: Reference { id: "local".to_owned(), resource_type: "User", display: None },
            project: Reference {
                id: project.uid.clone(),
                resource_type: "Project",
                display: Some(project.name.clone()),
            },
            info: Details {
                hosting: license.hosting,
                goal: license.goal,
                aidbox_version: license.aidbox_version,
                fhir_version: license.fhir_version,
            },
            entitlements: license.entitlements.split_whitespace().map(str::to_owned).collect(),
            meta: Meta { last_updated: created.clone(), created_at: created.clone(), version_id: "1" },
            additional: Additional {
                expiration_days: license.expires.map(|expires| (expires - license.created) / SECONDS_A_DAY),
                box_url,
            },
            created,
            id: license.uid,
        }
    }
}

#[expect(clippy::expect_used, reason = "stored times were instants when they were stored")]
fn instant(seconds: i64) -> String {
    // Invariant: stored times are this program's own, far within what a timestamp holds.
    Timestamp::from_second(seconds).expect("a stored time is in range").to_string()
}
