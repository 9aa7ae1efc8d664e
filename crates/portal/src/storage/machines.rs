//! The machines that licenses are in use on.

use rusqlite::{Row, params};

use super::{Account, Entitled, Storage};
use crate::Result;

/// A machine, as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    pub row: i64,
    pub uid: String,
    /// The license's row.
    pub license: i64,
    pub fingerprint: String,
    pub name: Option<String>,
    pub hostname: Option<String>,
    pub platform: Option<String>,
    pub ip: Option<String>,
    pub cores: Option<u32>,
    pub heartbeat: Option<i64>,
    pub created: i64,
}

impl Machine {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: row.get("id")?,
            uid: row.get("uid")?,
            license: row.get("license")?,
            fingerprint: row.get("fingerprint")?,
            name: row.get("name")?,
            hostname: row.get("hostname")?,
            platform: row.get("platform")?,
            ip: row.get("ip")?,
            cores: row.get("cores")?,
            heartbeat: row.get("heartbeat")?,
            created: row.get("created")?,
        })
    }
}

/// What comes of activating a machine.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Activation {
    Done,
    FingerprintTaken,
    LimitExceeded,
}

impl Storage {
    /// Activates a machine for its license, within the license's limit.
    pub(crate) fn add_machine(&self, license: &Entitled, machine: &Machine) -> Result<Activation> {
        self.write(|transaction| {
            let (count, taken): (u32, u32) = transaction
                .prepare_cached(
                    "SELECT count(*), coalesce(sum(fingerprint = ?), 0) FROM machine WHERE license = ?",
                )?
                .query_row(params![machine.fingerprint, license.row], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if taken > 0 {
                return Ok(Activation::FingerprintTaken);
            }
            if license.max_machines.is_some_and(|most| count >= most) {
                return Ok(Activation::LimitExceeded);
            }
            transaction
                .prepare_cached(
                    "INSERT INTO machine (uid, license, fingerprint, name, hostname, platform, ip, cores, heartbeat, created)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    machine.uid,
                    license.row,
                    machine.fingerprint,
                    machine.name,
                    machine.hostname,
                    machine.platform,
                    machine.ip,
                    machine.cores,
                    machine.heartbeat,
                    machine.created,
                ])?;
            Ok(Activation::Done)
        })
    }

    /// The machines of a license, newest first.
    pub(crate) fn machines_of(&self, license: &Entitled) -> Result<Vec<Machine>> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT * FROM machine WHERE license = ? ORDER BY id DESC")?;
            let rows = select.query_map([license.row], Machine::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The account's machines of that id or fingerprint: a fingerprint may stand under several licenses.
    pub(crate) fn machines(&self, account: &Account, named: &str) -> Result<Vec<Machine>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT machine.* FROM machine JOIN entitled ON entitled.id = machine.license
                 WHERE entitled.account = ?1 AND (machine.uid = ?2 OR machine.fingerprint = ?2)
                 ORDER BY machine.id DESC",
            )?;
            let rows = select.query_map(params![account.row, named], Machine::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Every machine of a user's licenses, newest first.
    pub(crate) fn machines_of_owner(&self, owner: i64) -> Result<Vec<Machine>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT machine.* FROM machine JOIN entitled ON entitled.id = machine.license
                 WHERE entitled.owner = ? ORDER BY machine.id DESC",
            )?;
            let rows = select.query_map([owner], Machine::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    pub(crate) fn note_heartbeat(&self, machine: &Machine, now: i64) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached("UPDATE machine SET heartbeat = ? WHERE id = ?")?
                .execute(params![now, machine.row])?;
            Ok(())
        })
    }

    /// Releases a machine; false where it is gone already.
    pub(crate) fn remove_machine(&self, machine: &Machine) -> Result<bool> {
        self.write(|transaction| {
            let removed =
                transaction.prepare_cached("DELETE FROM machine WHERE id = ?")?.execute([machine.row])?;
            Ok(removed == 1)
        })
    }
}
