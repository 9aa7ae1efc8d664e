//! Packages, their releases and artifacts, as far as the caller's licenses open them.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::ask::Ask;
use super::caller::Caller;
use super::listing;
use super::problem::{Problem, Reply};
use super::wire::{related, time};
use crate::Portal;
use crate::storage::{Artifact, Package, Release};

/// What the caller may see.
struct Seen {
    packages: Vec<Package>,
    releases: Vec<Release>,
    artifacts: Vec<Artifact>,
}

impl Seen {
    fn by(portal: &Portal, ask: &Ask) -> Result<Self, Problem> {
        let codes = codes(portal, &Caller::of(portal, ask)?)?;
        let storage = portal.storage();
        let mut packages = storage.packages(&ask.account)?;
        packages.retain(|package| package.entitlement.as_ref().is_none_or(|code| codes.contains(code)));
        let mut releases = storage.releases(&ask.account)?;
        releases.retain(|release| packages.iter().any(|package| package.uid == release.package));
        let mut artifacts = storage.artifacts(&ask.account)?;
        artifacts.retain(|artifact| releases.iter().any(|release| release.uid == artifact.release));
        Ok(Self { packages, releases, artifacts })
    }
}

/// The codes of all entitlements of the caller's licenses.
fn codes(portal: &Portal, caller: &Caller) -> Result<HashSet<String>, Problem> {
    Ok(match caller {
        Caller::License(license) => {
            let all = portal.storage().entitlements_of(license)?;
            all.into_iter().map(|entitlement| entitlement.code).collect()
        }
        Caller::User(user, _) => portal.storage().codes_of_owner(user)?.into_iter().collect(),
    })
}

pub(super) fn packages(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Seen::by(portal, ask)?;
    listing::reply_from(ask, seen.packages.iter().map(|package| package_json(ask, package)).collect())
}

pub(super) fn package(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Seen::by(portal, ask)?;
    let named = |package: &&Package| package.uid == ask.id() || package.key == ask.id();
    let package = seen.packages.iter().find(named).ok_or_else(Problem::not_found)?;
    Ok(Reply::of(package_json(ask, package)))
}

/// The releases, of one package, channel or status where the query names them.
pub(super) fn releases(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Seen::by(portal, ask)?;
    let is_of = |release: &Release, named: &str| {
        let package = seen.packages.iter().find(|package| package.uid == release.package);
        package.is_some_and(|package| package.uid == named || package.key == named)
    };
    let asked = |name: &str, is: &dyn Fn(&str) -> bool| ask.parameter(name).is_none_or(is);
    let wanted = seen.releases.iter().filter(|release| {
        asked("package", &|named| is_of(release, named))
            && asked("channel", &|channel| release.channel == channel)
            && asked("status", &|status| release.status == status)
    });
    listing::reply_from(ask, wanted.map(|release| release_json(ask, release)).collect())
}

pub(super) fn release(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Seen::by(portal, ask)?;
    let release = seen.releases.iter().find(|release| release.uid == ask.id());
    Ok(Reply::of(release_json(ask, release.ok_or_else(Problem::not_found)?)))
}

pub(super) fn artifacts_of_release(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Seen::by(portal, ask)?;
    if !seen.releases.iter().any(|release| release.uid == ask.id()) {
        return Err(Problem::not_found());
    }
    let wanted = seen.artifacts.iter().filter(|artifact| artifact.release == ask.id());
    listing::reply_from(ask, wanted.map(|artifact| artifact_json(ask, artifact)).collect())
}

pub(super) fn artifacts(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Seen::by(portal, ask)?;
    let release = ask.parameter("release");
    let wanted = seen.artifacts.iter().filter(|artifact| release.is_none_or(|uid| artifact.release == uid));
    listing::reply_from(ask, wanted.map(|artifact| artifact_json(ask, artifact)).collect())
}

pub(super) fn artifact(portal: &Portal, ask: &Ask) -> Result<Reply, Problem> {
    let seen = Seen::by(portal, ask)?;
    let artifact = seen.artifacts.iter().find(|artifact| artifact.uid == ask.id());
    Ok(Reply::of(artifact_json(ask, artifact.ok_or_else(Problem::not_found)?)))
}

fn package_json(ask: &Ask, package: &Package) -> Value {
    let created = time(package.created);
    json!({
        "id": package.uid,
        "type": "packages",
        "attributes": {
            "name": package.name, "key": package.key, "engine": package.engine, "metadata": {},
            "created": created, "updated": created,
        },
        "relationships": {
            "account": related("accounts", &ask.account.uid),
            "product": related("products", &ask.account.product),
        },
        "links": {"self": ask.place(&format!("packages/{}", package.uid))},
    })
}

fn release_json(ask: &Ask, release: &Release) -> Value {
    let created = time(release.created);
    json!({
        "id": release.uid,
        "type": "releases",
        "attributes": {
            "name": release.name, "description": null, "version": release.version,
            "semver": semver(&release.version), "channel": release.channel, "status": release.status,
            "tag": release.tag, "metadata": {}, "created": created, "updated": created, "yanked": null,
        },
        "relationships": {
            "account": related("accounts", &ask.account.uid),
            "product": related("products", &ask.account.product),
            "package": related("packages", &release.package),
        },
        "links": {"self": ask.place(&format!("releases/{}", release.uid))},
    })
}

/// The parts of a version; null where it is not one of semantic versioning.
fn semver(version: &str) -> Value {
    let (rest, build) = version.split_once('+').map_or((version, None), |(rest, build)| (rest, Some(build)));
    let (rest, prerelease) = rest.split_once('-').map_or((rest, None), |(rest, pre)| (rest, Some(pre)));
    let numbers: Option<Vec<u64>> = rest.split('.').map(|number| number.parse().ok()).collect();
    match numbers.as_deref() {
        Some([major, minor, patch]) => json!({
            "major": major, "minor": minor, "patch": patch, "prerelease": prerelease, "build": build,
        }),
        Some(_) | None => Value::Null,
    }
}

fn artifact_json(ask: &Ask, artifact: &Artifact) -> Value {
    let created = time(artifact.created);
    json!({
        "id": artifact.uid,
        "type": "artifacts",
        "attributes": {
            "filename": artifact.filename, "filetype": artifact.filetype, "filesize": artifact.filesize,
            "platform": artifact.platform, "arch": artifact.arch, "signature": null,
            "checksum": artifact.checksum, "status": "UPLOADED", "metadata": {}, "created": created,
            "updated": created, "yanked": null,
        },
        "relationships": {
            "account": related("accounts", &ask.account.uid), "release": related("releases", &artifact.release),
        },
        "links": {"self": ask.place(&format!("artifacts/{}", artifact.uid))},
    })
}
