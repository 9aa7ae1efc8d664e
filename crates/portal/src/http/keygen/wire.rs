//! Resources as they stand in documents (`docs/protocols.md`, "Keygen-compatible API").

use jiff::Timestamp;
use serde_json::{Value, json};

use super::ask::Ask;
use crate::order::SECONDS_A_DAY;
use crate::storage::{Entitled, Entitlement, Machine, User, UserToken};

/// How long a machine counts as alive after its last heartbeat.
const HEARTBEAT_SECONDS: i64 = 600;

/// A time with milliseconds, in UTC.
#[expect(clippy::expect_used, reason = "stored times were instants when they were stored")]
pub(super) fn time(seconds: i64) -> String {
    // Invariant: stored times come from timestamps.
    let time = Timestamp::from_second(seconds).expect("a stored time is in range");
    format!("{time:.3}")
}

/// A relationship to one resource.
pub(super) fn related(kind: &str, id: &str) -> Value {
    json!({"data": {"type": kind, "id": id}})
}

pub(super) fn account(ask: &Ask) -> Value {
    let account = &ask.account;
    let (created, path) = (time(account.created), format!("/v1/accounts/{}", account.slug));
    json!({
        "id": account.uid,
        "type": "accounts",
        "attributes": {
            "name": account.slug, "slug": account.slug, "apiVersion": "1.8", "protected": true,
            "status": "ACTIVE", "metadata": {}, "created": created, "updated": created,
        },
        "relationships": {},
        "links": {"self": path},
    })
}

pub(super) fn user(ask: &Ask, user: &User) -> Value {
    let created = time(user.created);
    json!({
        "id": user.uid,
        "type": "users",
        "attributes": {
            "fullName": null, "firstName": null, "lastName": null, "email": user.email, "status": "ACTIVE",
            "role": "user", "permissions": null, "metadata": {}, "created": created, "updated": created,
        },
        "relationships": {"account": related("accounts", &ask.account.uid)},
        "links": {"self": ask.place(&format!("users/{}", user.uid))},
    })
}

/// A user's token; its text only in the answer that makes it.
pub(super) fn token(ask: &Ask, token: &UserToken, owner: &User, text: Option<&str>) -> Value {
    let created = time(token.created);
    let mut attributes = json!({
        "kind": "user-token", "name": token.name, "expiry": token.expires.map(time), "permissions": null,
        "metadata": {}, "created": created, "updated": created,
    });
    if let Some(text) = text {
        attributes["token"] = text.into();
    }
    json!({
        "id": token.uid,
        "type": "tokens",
        "attributes": attributes,
        "relationships": {
            "account": related("accounts", &ask.account.uid), "bearer": related("users", &owner.uid),
        },
        "links": {"self": ask.place(&format!("tokens/{}", token.uid))},
    })
}

pub(super) fn license(ask: &Ask, license: &Entitled) -> Value {
    let path = ask.place(&format!("licenses/{}", license.uid));
    json!({
        "id": license.uid,
        "type": "licenses",
        "attributes": {
            "name": license.name, "key": license.key, "expiry": license.expires.map(time),
            "status": status(license, ask.now), "uses": 0, "suspended": license.suspended, "scheme": null,
            "encrypted": false, "strict": license.max_machines.is_some(),
            "floating": license.max_machines != Some(1), "protected": false, "version": null,
            "maxMachines": license.max_machines, "maxProcesses": null, "maxUsers": null, "maxCores": null,
            "maxUses": null, "maxMemory": null, "maxDisk": null, "requireHeartbeat": false,
            "requireCheckIn": false, "lastValidated": license.validated.map(time), "lastCheckIn": null,
            "nextCheckIn": null, "lastCheckOut": license.checked_out.map(time), "permissions": null,
            "metadata": {}, "created": time(license.created), "updated": time(license.updated),
        },
        "relationships": {
            "account": related("accounts", &ask.account.uid),
            "product": related("products", &ask.account.product),
            "policy": related("policies", &ask.account.policy),
            "owner": related("users", &license.owner_uid),
            "machines": {
                "links": {"related": format!("{path}/machines")}, "meta": {"cores": 0, "count": license.machines},
            },
            "entitlements": {"links": {"related": format!("{path}/entitlements")}},
        },
        "links": {"self": path},
    })
}

fn status(license: &Entitled, now: i64) -> &'static str {
    let left = license.expires.map(|expires| expires - now);
    let quiet = now - license.validated.unwrap_or(license.created);
    match left {
        _ if license.owner_banned => "BANNED",
        _ if license.suspended => "SUSPENDED",
        Some(left) if left <= 0 => "EXPIRED",
        Some(left) if left < 3 * SECONDS_A_DAY => "EXPIRING",
        Some(_) | None if quiet > 90 * SECONDS_A_DAY => "INACTIVE",
        Some(_) | None => "ACTIVE",
    }
}

pub(super) fn entitlement(ask: &Ask, entitlement: &Entitlement) -> Value {
    let created = time(entitlement.created);
    json!({
        "id": entitlement.uid,
        "type": "entitlements",
        "attributes": {
            "name": entitlement.name, "code": entitlement.code, "metadata": {}, "created": created,
            "updated": created,
        },
        "relationships": {"account": related("accounts", &ask.account.uid)},
        "links": {"self": ask.place(&format!("entitlements/{}", entitlement.uid))},
    })
}

pub(super) fn machine(ask: &Ask, machine: &Machine, license: &Entitled) -> Value {
    let (heartbeat, next) = match machine.heartbeat {
        None => ("NOT_STARTED", None),
        Some(last) if ask.now - last <= HEARTBEAT_SECONDS => ("ALIVE", Some(last + HEARTBEAT_SECONDS)),
        Some(_) => ("DEAD", None),
    };
    json!({
        "id": machine.uid,
        "type": "machines",
        "attributes": {
            "fingerprint": machine.fingerprint, "name": machine.name, "hostname": machine.hostname,
            "platform": machine.platform, "ip": machine.ip, "cores": machine.cores, "requireHeartbeat": false,
            "heartbeatStatus": heartbeat, "heartbeatDuration": HEARTBEAT_SECONDS,
            "lastHeartbeat": machine.heartbeat.map(time), "nextHeartbeat": next.map(time), "metadata": {},
            "created": time(machine.created), "updated": time(machine.heartbeat.unwrap_or(machine.created)),
        },
        "relationships": {
            "account": related("accounts", &ask.account.uid),
            "product": related("products", &ask.account.product),
            "license": related("licenses", &license.uid),
            "owner": related("users", &license.owner_uid),
        },
        "links": {"self": ask.place(&format!("machines/{}", machine.uid))},
    })
}
