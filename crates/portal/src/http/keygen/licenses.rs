//! The account, the caller, and licenses to read.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::ask::Ask;
use super::caller::Caller;
use super::listing;
use super::problem::{Problem, Reply};
use super::wire;
use crate::Portal;
use crate::storage::{Entitled, Part};

/// The account with the key that verifies its answers and license files.
pub(super) fn account(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let keys = json!({"keys": {"ed25519": portal.public_key_hex()}});
    Ok(Reply::Document(StatusCode::OK, json!({"data": wire::account(ask), "meta": keys})))
}

pub(super) fn me(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    Ok(Reply::of(match Caller::of(portal, ask)? {
        Caller::User(user, _) => wire::user(ask, &user),
        Caller::License(license) => wire::license(ask, &license),
    }))
}

/// The user's licenses, newest first; a license sees only itself.
pub(super) fn list(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    match Caller::of(portal, ask)? {
        Caller::License(license) => listing::reply_from(ask, of_status(ask, std::slice::from_ref(&license))),
        Caller::User(user, _) if ask.parameter("status").is_some() => {
            let all = portal.storage().entitled_of(&user, Part::Skip(0), u32::MAX)?.unwrap_or_default();
            listing::reply_from(ask, of_status(ask, &all))
        }
        Caller::User(user, _) => listing::reply(
            ask,
            || Ok(portal.storage().count_entitled(&user)?),
            |part, most| {
                let licenses = portal.storage().entitled_of(&user, part, most)?;
                Ok(licenses.map(|all| all.iter().map(|license| wire::license(ask, license)).collect()))
            },
        ),
    }
}

/// The licenses of the status that is asked for, whatever its case; all where none is.
fn of_status(ask: &Ask, all: &[Entitled]) -> Vec<Value> {
    let wanted = ask.parameter("status").map(str::to_uppercase);
    let is_wanted = |status: &Value| wanted.as_deref().is_none_or(|wanted| status == wanted);
    let licenses = all.iter().map(|license| wire::license(ask, license));
    licenses.filter(|license| is_wanted(&license["attributes"]["status"])).collect()
}

pub(super) fn show(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let license = Caller::of(portal, ask)?.license(portal, ask, ask.id())?;
    Ok(Reply::of(wire::license(ask, &license)))
}

pub(super) fn entitlements(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let license = Caller::of(portal, ask)?.license(portal, ask, ask.id())?;
    let all = portal.storage().entitlements_of(&license)?;
    listing::reply_from(ask, all.iter().map(|one| wire::entitlement(ask, one)).collect())
}
