//! Packages, their releases and artifacts: rows to read.

use rusqlite::{Row, Transaction, params};

use super::{Account, Storage};
use crate::Result;
use crate::keygen::packages::{NewArtifact, NewPackage, NewRelease};
use crate::secret::random_id;

/// A package, as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub uid: String,
    pub key: String,
    pub name: String,
    pub engine: Option<String>,
    /// The code that a license needs for it.
    pub entitlement: Option<String>,
    pub created: i64,
}

impl Package {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            uid: row.get("uid")?,
            key: row.get("key")?,
            name: row.get("name")?,
            engine: row.get("engine")?,
            entitlement: row.get("entitlement")?,
            created: row.get("created")?,
        })
    }
}

/// A release of a package.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    pub uid: String,
    /// The package's id.
    pub package: String,
    pub name: Option<String>,
    pub version: String,
    pub channel: String,
    pub status: String,
    pub tag: Option<String>,
    pub created: i64,
}

impl Release {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            uid: row.get("uid")?,
            package: row.get("package_uid")?,
            name: row.get("name")?,
            version: row.get("version")?,
            channel: row.get("channel")?,
            status: row.get("status")?,
            tag: row.get("tag")?,
            created: row.get("created")?,
        })
    }
}

/// A file of a release.
#[derive(Debug, Clone)]
pub(crate) struct Artifact {
    pub uid: String,
    /// The release's id.
    pub release: String,
    pub filename: String,
    pub filetype: Option<String>,
    pub filesize: Option<i64>,
    pub platform: Option<String>,
    pub arch: Option<String>,
    pub checksum: Option<String>,
    pub created: i64,
}

impl Artifact {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            uid: row.get("uid")?,
            release: row.get("release_uid")?,
            filename: row.get("filename")?,
            filetype: row.get("filetype")?,
            filesize: row.get("filesize")?,
            platform: row.get("platform")?,
            arch: row.get("arch")?,
            checksum: row.get("checksum")?,
            created: row.get("created")?,
        })
    }
}

impl Storage {
    /// Adds a package with its releases and their artifacts; false where the account has one of that key.
    pub(crate) fn add_package(&self, account: &Account, new: &NewPackage, now: i64) -> Result<bool> {
        self.write(|transaction| {
            let added = transaction
                .prepare_cached(
                    "INSERT INTO package (uid, account, key, name, engine, entitlement, created)
                     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, key) DO NOTHING",
                )?
                .execute(params![
                    random_id()?,
                    account.row,
                    new.key,
                    new.name,
                    new.engine,
                    new.entitlement,
                    now
                ])?;
            if added == 1 {
                let package = transaction.last_insert_rowid();
                new.releases
                    .iter()
                    .try_for_each(|release| add_release(transaction, package, release, now))?;
            }
            Ok(added == 1)
        })
    }

    /// The account's packages, newest first.
    pub(crate) fn packages(&self, account: &Account) -> Result<Vec<Package>> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT * FROM package WHERE account = ? ORDER BY id DESC")?;
            let rows = select.query_map([account.row], Package::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The account's releases, newest first.
    pub(crate) fn releases(&self, account: &Account) -> Result<Vec<Release>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT release.*, package.uid AS package_uid FROM release
                 JOIN package ON package.id = release.package WHERE package.account = ? ORDER BY release.id DESC",
            )?;
            let rows = select.query_map([account.row], Release::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The account's artifacts, newest first.
    pub(crate) fn artifacts(&self, account: &Account) -> Result<Vec<Artifact>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT artifact.*, release.uid AS release_uid FROM artifact
                 JOIN release ON release.id = artifact.release JOIN package ON package.id = release.package
                 WHERE package.account = ? ORDER BY artifact.id DESC",
            )?;
            let rows = select.query_map([account.row], Artifact::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn add_release(transaction: &Transaction<'_>, package: i64, new: &NewRelease, now: i64) -> Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO release (uid, package, name, version, channel, status, tag, created)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            random_id()?,
            package,
            new.name,
            new.version,
            new.channel,
            new.status,
            new.tag,
            now
        ])?;
    let release = transaction.last_insert_rowid();
    new.artifacts.iter().try_for_each(|artifact| add_artifact(transaction, release, artifact, now))
}

fn add_artifact(transaction: &Transaction<'_>, release: i64, new: &NewArtifact, now: i64) -> Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO artifact (uid, release, filename, filetype, filesize, platform, arch, checksum, created)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            random_id()?,
            release,
            new.filename,
            new.filetype,
            new.filesize,
            new.platform,
            new.arch,
            new.checksum,
            now,
        ])?;
    Ok(())
}
