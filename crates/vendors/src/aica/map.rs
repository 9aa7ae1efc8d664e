//! From the service's resources to what this program has words for.

use crate::{SecretSigns, redact};
use license::{
    Artifact, Heartbeat, License, LicenseKey, Package, Release, Seat,
    resource::{self, instant, text},
};
use serde_json::Value;

/// A license, with its key where the resource has one. Nothing in it that is shown looks like a secret.
pub(super) fn license(entry: &Value, signs: &SecretSigns) -> Option<(License, Option<LicenseKey>)> {
    let (mut license, key) = resource::license(entry)?;
    license.limits.retain(|name, value| {
        !redact::names_a_secret(name) && value.as_str().is_none_or(|text| signs.is_plain(text))
    });
    Some((license, key))
}

/// A machine.
pub(super) fn seat(entry: &Value) -> Option<Seat> {
    let attributes = entry.get("attributes")?;
    let of = |name| text(attributes, name);
    let at = |name| attributes.get(name).and_then(instant);
    let seat = Seat::untold(text(entry, "id")?);
    Some(Seat {
        fingerprint: of("fingerprint").unwrap_or_else(|| seat.fingerprint.clone()),
        name: of("name"),
        host: of("hostname"),
        platform: of("platform"),
        ip: of("ip"),
        last_heartbeat: at("lastHeartbeat"),
        heartbeat: of("heartbeatStatus").map(|word| Heartbeat::from_word(&word)),
        activated: at("created"),
        ..seat
    })
}

/// A package; one without a key or name goes by what it has.
pub(super) fn package(entry: &Value) -> Option<Package> {
    let attributes = entry.get("attributes")?;
    let id = text(entry, "id")?;
    let key = text(attributes, "key").unwrap_or_else(|| id.clone());
    let name = text(attributes, "name").unwrap_or_else(|| key.clone());
    Some(Package { id, key, name, engine: text(attributes, "engine") })
}

/// A version of a package.
pub(super) fn release(entry: &Value) -> Option<Release> {
    let attributes = entry.get("attributes")?;
    let of = |name| text(attributes, name);
    Some(Release {
        id: text(entry, "id")?,
        name: of("name"),
        version: of("version")?,
        channel: of("channel"),
        status: of("status"),
        tag: of("tag"),
        created: attributes.get("created").and_then(instant),
    })
}

/// A file of a release.
pub(super) fn artifact(entry: &Value) -> Option<Artifact> {
    let attributes = entry.get("attributes")?;
    let of = |name| text(attributes, name);
    Some(Artifact {
        id: text(entry, "id")?,
        filename: of("filename")?,
        filetype: of("filetype"),
        filesize: attributes.get("filesize").and_then(Value::as_u64),
        platform: of("platform"),
        arch: of("arch"),
        checksum: of("checksum"),
    })
}
