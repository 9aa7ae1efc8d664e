//! The account, the caller, and licenses to read.

use axum::http::StatusCode;
use serde_json::json;

use super::ask::Ask;
use super::caller::Caller;
use super::listing;
use super::problem::{Problem, Reply};
use super::wire;
use crate::Portal;

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
        Caller::License(license) => listing::reply_from(ask, vec![wire::license(ask, &license)]),
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

pub(super) fn show(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let license = Caller::of(portal, ask)?.license(portal, ask, ask.id())?;
    Ok(Reply::of(wire::license(ask, &license)))
}

pub(super) fn entitlements(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let license = Caller::of(portal, ask)?.license(portal, ask, ask.id())?;
    let all = portal.storage().entitlements_of(&license)?;
    listing::reply_from(ask, all.iter().map(|one| wire::entitlement(ask, one)).collect())
}
