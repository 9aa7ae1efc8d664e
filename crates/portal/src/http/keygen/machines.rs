//! Machines: where licenses are in use.

use serde_json::Value;

use super::ask::Ask;
use super::caller::Caller;
use super::listing;
use super::problem::{Problem, Reply};
use super::wire;
use crate::Portal;
use crate::secret::random_id;
use crate::storage::{Activation, Entitled, Machine};

pub(super) fn of_license(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let license = Caller::of(portal, ask)?.license(portal, ask, ask.id())?;
    let machines = portal.storage().machines_of(&license)?;
    listing::reply_from(ask, machines.iter().map(|machine| wire::machine(ask, machine, &license)).collect())
}

pub(super) fn list(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let machines = match Caller::of(portal, ask)? {
        Caller::License(license) => portal.storage().machines_of(&license)?,
        Caller::User(user, _) => portal.storage().machines_of_owner(user.row)?,
    };
    let resources = machines.iter().map(|machine| {
        let license = portal.storage().entitled_of_row(machine.license)?.ok_or_else(Problem::not_found)?;
        Ok(wire::machine(ask, machine, &license))
    });
    listing::reply_from(ask, resources.collect::<Result<_, Problem>>()?)
}

pub(super) fn show(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let (machine, license) = named(portal, ask)?;
    Ok(Reply::of(wire::machine(ask, &machine, &license)))
}

/// Activates a machine for a license.
pub(super) fn activate(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let caller = Caller::of(portal, ask)?;
    let body = ask.json()?;
    let data = &body["data"];
    let Some(license) = data["relationships"]["license"]["data"]["id"].as_str() else {
        return Err(Problem::unprocessable("LICENSE_BLANK", "must have a license")
            .at("pointer", "/data/relationships/license"));
    };
    let license = caller.license(portal, ask, license)?;
    if license.suspended {
        return Err(Problem::unprocessable("LICENSE_SUSPENDED", "The license is suspended"));
    }
    if license.expires.is_some_and(|expires| expires <= ask.now) {
        return Err(Problem::unprocessable("LICENSE_EXPIRED", "The license has ended"));
    }
    let machine = read(&data["attributes"], &license, ask.now)?;
    match portal.storage().add_machine(&license, &machine)? {
        Activation::Done => Ok(Reply::created(wire::machine(ask, &machine, &license))),
        Activation::FingerprintTaken => {
            Err(Problem::unprocessable("FINGERPRINT_TAKEN", "has already been taken")
                .at("pointer", "/data/attributes/fingerprint"))
        }
        Activation::LimitExceeded => {
            let words = format!(
                "machine count has exceeded maximum allowed for license ({})",
                license.max_machines.unwrap_or_default()
            );
            Err(Problem::unprocessable("MACHINE_LIMIT_EXCEEDED", words).at("pointer", "/data"))
        }
    }
}

fn read(attributes: &Value, license: &Entitled, now: i64) -> Result<Machine, Problem> {
    let text = |name: &str| attributes[name].as_str().map(str::to_owned);
    let Some(fingerprint) = text("fingerprint").filter(|text| !text.trim().is_empty()) else {
        return Err(Problem::unprocessable("FINGERPRINT_BLANK", "can't be blank")
            .at("pointer", "/data/attributes/fingerprint"));
    };
    Ok(Machine {
        row: 0,
        uid: random_id()?,
        license: license.row,
        fingerprint,
        name: text("name"),
        hostname: text("hostname"),
        platform: text("platform"),
        ip: text("ip"),
        cores: attributes["cores"].as_u64().and_then(|cores| u32::try_from(cores).ok()),
        heartbeat: None,
        created: now,
    })
}

/// Takes a sign of life of a machine.
pub(super) fn ping(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let (mut machine, license) = named(portal, ask)?;
    portal.storage().note_heartbeat(&machine, ask.now)?;
    machine.heartbeat = Some(ask.now);
    Ok(Reply::of(wire::machine(ask, &machine, &license)))
}

/// Releases a seat.
pub(super) fn release(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let (machine, _) = named(portal, ask)?;
    match portal.storage().remove_machine(&machine)? {
        true => Ok(Reply::Nothing),
        false => Err(Problem::not_found()),
    }
}

/// The caller's machine of the id or fingerprint in the path.
fn named(portal: &Portal, ask: &Ask) -> Result<(Machine, Entitled), Problem> {
    let caller = Caller::of(portal, ask)?;
    for machine in portal.storage().machines(&ask.account, ask.id())? {
        let license = portal.storage().entitled_of_row(machine.license)?;
        if let Some(license) = license.filter(|license| caller.owns(license)) {
            return Ok((machine, license));
        }
    }
    Err(Problem::not_found())
}
