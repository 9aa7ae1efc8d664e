//! Packages, releases and files.

use crate::view::{ArtifactView, PackageView, PackagesView, RegistryView, ReleaseView};
use app::offers::{PackagesStatus, RegistryLogin};
use license::{Artifact, Package, Release};

/// What a license gives access to.
pub(crate) fn packages(seen: PackagesStatus) -> PackagesView {
    PackagesView {
        packages: seen.packages.into_iter().map(package).collect(),
        registry: seen.registry.map(registry),
        as_of: seen.at.to_string(),
    }
}

fn package(package: Package) -> PackageView {
    PackageView { id: package.id, key: package.key, name: package.name, engine: package.engine }
}

fn registry(login: RegistryLogin) -> RegistryView {
    let name = |path: &std::path::PathBuf| path.file_stem().map(|name| name.to_string_lossy().into_owned());
    RegistryView {
        program: login.program.as_ref().and_then(name),
        host: login.host,
        user: login.user,
        command: login.command,
        has_file: login.has_file,
    }
}

/// A version of a package.
pub(crate) fn release(release: Release) -> ReleaseView {
    ReleaseView {
        id: release.id,
        name: release.name,
        version: release.version,
        channel: release.channel,
        status: release.status,
        tag: release.tag,
        created: release.created.map(|at| at.to_string()),
    }
}

/// A file of a release.
pub(crate) fn artifact(artifact: Artifact) -> ArtifactView {
    ArtifactView {
        id: artifact.id,
        filename: artifact.filename,
        filetype: artifact.filetype,
        filesize: artifact.filesize,
        platform: artifact.platform,
        arch: artifact.arch,
        checksum: artifact.checksum,
    }
}
