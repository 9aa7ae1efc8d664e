//! A call as it arrives, and the orders in it.

use serde::Deserialize;

use super::fault::Fault;
use crate::order::{AidboxVersion, FhirVersion, Goal, Hosting, Name, Order, Product, Refusal, Tier};
use crate::signing::Signer;
use crate::storage::Which;

/// The body of a call.
#[derive(Deserialize)]
pub(super) struct Call {
    pub method: String,
    #[serde(default)]
    pub params: Option<Params>,
}

/// Every parameter of every method; each method reads its own.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Params {
    pub token: Option<String>,
    id: Option<String>,
    license: Option<String>,
    name: Option<String>,
    product: Option<String>,
    #[serde(rename = "type")]
    tier: Option<String>,
    goal: Option<String>,
    hosting: Option<String>,
    aidbox_version: Option<String>,
    fhir_version: Option<String>,
}

/// The license that a license string is of.
#[derive(Deserialize)]
struct Subject {
    sub: String,
}

impl Params {
    /// The license that is meant: by `id` or by `license`, the license string.
    pub(super) fn which(self, signer: &Signer) -> Result<Which, Fault> {
        match (self.id, self.license) {
            (Some(id), None) => Ok(Which::Id(id)),
            (None, Some(jwt)) => {
                let claims = signer.claims(jwt.trim()).ok_or(Fault::NotAMember)?;
                let Subject { sub } = serde_json::from_str(&claims).map_err(|_| Fault::NotAMember)?;
                Ok(Which::Claims { uid: sub, claims })
            }
            (None, None) | (Some(_), Some(_)) => Err(Fault::Which),
        }
    }

    /// The license that is asked for.
    pub(super) fn order(&self) -> Result<Order, Refusal> {
        let name = Name::parse("license", self.name.as_deref().unwrap_or_default())?;
        Product::parse(required("product", &self.product, Product::known)?)?;
        let tier = Tier::parse(required("type", &self.tier, Tier::known)?)?;
        let goal = self.goal.as_deref().map(Goal::parse).transpose()?;
        let hosting = self.hosting.as_deref().map_or(Ok(Hosting::SelfHosted), Hosting::parse)?;
        let aidbox = self.aidbox_version.as_deref().map(AidboxVersion::parse).transpose()?;
        let fhir = self.fhir_version.as_deref().map(FhirVersion::parse).transpose()?;
        let sandbox = match (hosting, aidbox, fhir) {
            (Hosting::Sandbox, aidbox, fhir) => {
                Some((aidbox.unwrap_or(AidboxVersion::Latest), fhir.unwrap_or(FhirVersion::V401)))
            }
            (Hosting::SelfHosted, None, None) => None,
            (Hosting::SelfHosted, Some(_), _) => return Err(Refusal::SandboxOnly("aidbox-version")),
            (Hosting::SelfHosted, None, Some(_)) => return Err(Refusal::SandboxOnly("fhir-version")),
            (Hosting::Aws, _, _) => return Err(Refusal::AwsIsAGuide),
        };
        Ok(Order { name, tier, goal, hosting, sandbox })
    }
}

fn required<'a>(
    parameter: &'static str,
    given: &'a Option<String>,
    known: fn() -> String,
) -> Result<&'a str, Refusal> {
    given.as_deref().ok_or_else(|| Refusal::Missing { parameter, known: known() })
}
