//! Whether a license is good.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::ask::Ask;
use super::caller::Caller;
use super::problem::{Problem, Reply};
use super::wire;
use crate::Portal;
use crate::Result;
use crate::storage::Entitled;

/// What a scope's product may be named by, besides its id.
const PRODUCT: &str = "aica-system";

/// By key; nobody needs to be logged in.
pub(super) fn by_key(portal: &Portal, ask: &Ask) -> std::result::Result<Reply, Problem> {
    let body = ask.json()?;
    let Some(key) = body["meta"]["key"].as_str() else {
        return Err(Problem::bad_request("PARAMETER_MISSING", "is missing").at("pointer", "/meta/key"));
    };
    let license = portal.storage().entitled(&ask.account, key)?.filter(|license| license.key == key);
    answer(portal, ask, license, &body["meta"])
}

pub(super) fn by_id(portal: &Portal, ask: &Ask) -> std::result::Result<Reply, Problem> {
    let body = ask.json()?;
    let license = Caller::of(portal, ask)?.license(portal, ask, ask.id())?;
    answer(portal, ask, Some(license), &body["meta"])
}

fn answer(
    portal: &Portal,
    ask: &Ask,
    license: Option<Entitled>,
    meta: &Value,
) -> std::result::Result<Reply, Problem> {
    let scope = &meta["scope"];
    let verdict = match &license {
        Some(license) => judge(portal, ask, license, scope)?,
        None => Verdict::new("NOT_FOUND", "does not exist"),
    };
    let license = match license {
        Some(mut license) => {
            portal.storage().note_validated(&license, ask.now)?;
            license.validated = Some(ask.now);
            Some(license)
        }
        None => None,
    };
    let mut told = json!({
        "ts": wire::time(ask.now),
        "valid": verdict.code == "VALID",
        "detail": verdict.detail,
        "code": verdict.code,
        "scope": if scope.is_object() { scope.clone() } else { json!({}) },
    });
    if !meta["nonce"].is_null() {
        told["nonce"] = meta["nonce"].clone();
    }
    let data = license.map(|license| wire::license(ask, &license));
    Ok(Reply::Document(StatusCode::OK, json!({"data": data, "meta": told})))
}

struct Verdict {
    code: &'static str,
    detail: &'static str,
}

impl Verdict {
    fn new(code: &'static str, detail: &'static str) -> Self {
        Self { code, detail }
    }
}

/// The first thing that is wrong decides.
fn judge(portal: &Portal, ask: &Ask, license: &Entitled, scope: &Value) -> Result<Verdict> {
    if license.owner_banned {
        return Ok(Verdict::new("BANNED", "is banned"));
    }
    if license.suspended {
        return Ok(Verdict::new("SUSPENDED", "is suspended"));
    }
    if license.expires.is_some_and(|expires| expires <= ask.now) {
        return Ok(Verdict::new("EXPIRED", "is expired"));
    }
    let product = scope["product"].as_str().unwrap_or_default();
    if !product.is_empty() && product != ask.account.product && product != PRODUCT {
        return Ok(Verdict::new("PRODUCT_SCOPE_MISMATCH", "product scope does not match"));
    }
    let wanted: Vec<&str> =
        scope["entitlements"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let has = portal.storage().entitlements_of(license)?;
    if !wanted.iter().all(|code| has.iter().any(|entitlement| entitlement.code == *code)) {
        return Ok(Verdict::new("ENTITLEMENTS_MISSING", "is missing one or more required entitlements"));
    }
    match license.max_machines {
        None => Ok(Verdict::new("VALID", "is valid")),
        Some(most) => judge_machines(portal, license, most, scope),
    }
}

fn judge_machines(portal: &Portal, license: &Entitled, most: u32, scope: &Value) -> Result<Verdict> {
    let machines = portal.storage().machines_of(license)?;
    if machines.is_empty() {
        return Ok(match most {
            1 => Verdict::new("NO_MACHINE", "is not activated (has no associated machine)"),
            _ => Verdict::new("NO_MACHINES", "is not activated (has no associated machines)"),
        });
    }
    let one = scope["fingerprint"].as_str();
    let several = scope["fingerprints"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut wanted = one.into_iter().chain(several);
    if !wanted.all(|print| machines.iter().any(|machine| machine.fingerprint == print)) {
        let words = "fingerprint is not activated (does not match any associated machines)";
        return Ok(Verdict::new("FINGERPRINT_SCOPE_MISMATCH", words));
    }
    Ok(match machines.len() > most as usize {
        true => Verdict::new("TOO_MANY_MACHINES", "has too many associated machines"),
        false => Verdict::new("VALID", "is valid"),
    })
}
