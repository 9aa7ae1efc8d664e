//! `licet packages`

use crate::args::licenses::Packages;
use crate::output::{
    fail::Fail,
    lines::{Cell, Lines},
    words,
};
use crate::process::shell::Shell;
use app::offers::{PackagesStatus, RegistryLogin};
use license::{Artifact, LicenseId, Package, Release};
use serde::Serialize;
use std::io;

/// What `--json` prints: `packages.json`.
#[derive(Serialize)]
struct Shape<'a> {
    license: LicenseId,
    registry: Option<Registry<'a>>,
    packages: Vec<One<'a>>,
}

#[derive(Serialize)]
struct Registry<'a> {
    host: &'a str,
    command: &'a str,
}

#[derive(Serialize)]
struct One<'a> {
    id: &'a str,
    key: &'a str,
    name: &'a str,
    engine: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    releases: Option<Vec<Version<'a>>>,
}

#[derive(Serialize)]
struct Version<'a> {
    id: &'a str,
    name: Option<&'a str>,
    version: &'a str,
    channel: Option<&'a str>,
    status: Option<&'a str>,
    tag: Option<&'a str>,
    artifacts: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    filename: &'a str,
    filetype: Option<&'a str>,
    filesize: Option<u64>,
    platform: Option<&'a str>,
    arch: Option<&'a str>,
    checksum: Option<&'a str>,
}

/// What `--login` prints: `packages-login.json`.
#[derive(Serialize)]
struct LoggedIn<'a> {
    license: LicenseId,
    registry: &'a str,
    words: &'a str,
}

pub(crate) async fn run(shell: &Shell<'_>, asked: &Packages) -> Result<(), Fail> {
    let license = shell.license(&asked.license).await?;
    shell.ask_to_unlock().await?;
    if asked.login {
        return log_in(shell, license, &asked.user).await;
    }
    let seen = app::offers::packages(&shell.context, license).await?;
    match &asked.package {
        Some(named) => show(shell, license, &seen, named).await,
        None => list(shell, license, &seen, asked.search.as_deref().unwrap_or_default()),
    }
}

async fn log_in(shell: &Shell<'_>, license: LicenseId, user: &str) -> Result<(), Fail> {
    let registry = app::offers::registry_login(&shell.context, license).await?.host;
    let words = app::offers::log_in_registry(&shell.context, license, user).await?;
    let shape = LoggedIn { license, registry: &registry, words: &words };
    shell.out.print(&shape, |lines| {
        words.lines().try_for_each(|line| lines.tell(line))?;
        lines.tell(&format!("Logged in to {registry}."))
    })
}

fn list(shell: &Shell<'_>, license: LicenseId, seen: &PackagesStatus, search: &str) -> Result<(), Fail> {
    let found: Vec<&Package> = seen.packages.iter().filter(|package| package.matches(search)).collect();
    let packages = found.iter().map(|package| one(package, None)).collect();
    let shape = Shape { license, registry: seen.registry.as_ref().map(registry), packages };
    shell.out.print(&shape, |lines| {
        let row = |package: &&Package| {
            let engine = package.engine.as_deref().unwrap_or("-");
            [Cell::calm(&package.key), Cell::calm(&package.name), Cell::calm(engine)]
        };
        lines.table(["PACKAGE", "NAME", "ENGINE"], found.iter().map(row).collect())?;
        lines.tell(&words::count(found.len(), "package", "packages"))?;
        let Some(login) = &seen.registry else { return Ok(()) };
        if !login.has_file {
            let (format, file) = (login.format.word(), login.format.file_name());
            lines.tell(&format!(
                "Write the license file first: licet export {license} --format {format} --to {file}"
            ))?;
        }
        lines.tell(&format!("Log in with: {}", login.command))
    })
}

async fn show(shell: &Shell<'_>, license: LicenseId, seen: &PackagesStatus, named: &str) -> Result<(), Fail> {
    let package = seen.named(named)?;
    let versions = app::offers::releases_with_files(&shell.context, license, &package.id).await?;
    let shown = versions.iter().map(|(release, files)| version(release, files)).collect();
    let registry = seen.registry.as_ref().map(registry);
    let shape = Shape { license, registry, packages: vec![one(package, Some(shown))] };
    shell.out.print(&shape, |lines| table(lines, &versions))
}

fn table(lines: &mut Lines<'_>, versions: &[(Release, Vec<Artifact>)]) -> io::Result<()> {
    let told = |text: Option<&str>| Cell::calm(text.unwrap_or("-"));
    let mut rows = Vec::new();
    for (release, files) in versions {
        let mut row = |file: Option<&Artifact>| {
            rows.push([
                Cell::calm(&release.version),
                told(release.channel.as_deref()),
                told(release.status.as_deref()),
                told(file.map(|file| file.filename.as_str())),
                told(file.and_then(|file| file.platform.as_deref())),
                told(file.and_then(|file| file.arch.as_deref())),
            ]);
        };
        match files.as_slice() {
            [] => row(None),
            files => files.iter().for_each(|file| row(Some(file))),
        }
    }
    lines.table(["VERSION", "CHANNEL", "STATUS", "FILE", "PLATFORM", "ARCH"], rows)?;
    lines.tell(&words::count(versions.len(), "release", "releases"))
}

fn registry(login: &RegistryLogin) -> Registry<'_> {
    Registry { host: &login.host, command: &login.command }
}

fn one<'a>(package: &'a Package, releases: Option<Vec<Version<'a>>>) -> One<'a> {
    One {
        id: &package.id,
        key: &package.key,
        name: &package.name,
        engine: package.engine.as_deref(),
        releases,
    }
}

fn version<'a>(release: &'a Release, files: &'a [Artifact]) -> Version<'a> {
    Version {
        id: &release.id,
        name: release.name.as_deref(),
        version: &release.version,
        channel: release.channel.as_deref(),
        status: release.status.as_deref(),
        tag: release.tag.as_deref(),
        artifacts: files.iter().map(file).collect(),
    }
}

fn file(artifact: &Artifact) -> File<'_> {
    File {
        filename: &artifact.filename,
        filetype: artifact.filetype.as_deref(),
        filesize: artifact.filesize,
        platform: artifact.platform.as_deref(),
        arch: artifact.arch.as_deref(),
        checksum: artifact.checksum.as_deref(),
    }
}
