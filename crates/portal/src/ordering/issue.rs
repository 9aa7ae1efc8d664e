//! Turning an order into a license, and what its string says.

use serde::Serialize;

use crate::Result;
use crate::order::{Order, Product};
use crate::secret::{random_hex, random_id};
use crate::storage::{Draft, Project};

/// Who issues: a name rather than an address, since the address of a local portal may change.
pub(crate) const ISSUER: &str = "licet-portal";

/// The claims of a license string: the registered ones of RFC 7519, then the license's own.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Claims<'a> {
    iss: &'static str,
    sub: &'a str,
    jti: String,
    iat: i64,
    nbf: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    name: &'a str,
    product: &'static str,
    #[serde(rename = "type")]
    tier: &'static str,
    hosting: &'static str,
    project: &'a str,
    max_instances: u32,
    entitlements: &'a [&'static str],
}

/// Makes a license of the project out of the order, valid from `created`.
#[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
pub(crate) fn draft(project: &Project, order: Order, created: i64) -> Result<Draft> {
    let uid = random_id()?;
    let expires = order.tier.expires(created);
    let claims = Claims {
        iss: ISSUER,
        sub: &uid,
        jti: random_hex::<16>()?,
        iat: created,
        nbf: created,
        exp: expires,
        name: order.name.as_str(),
        product: Product::Aidbox.as_str(),
        tier: order.tier.as_str(),
        hosting: order.hosting.as_str(),
        project: &project.uid,
        max_instances: order.tier.max_instances(),
        entitlements: &order.entitlements(),
    };
    // Invariant: claims are strings and numbers, which always serialize.
    let claims = serde_json::to_string(&claims).expect("claims serialize");
    Ok(Draft { uid, order, created, expires, claims })
}
