//! Instances of the Metrics Dashboard: who may ask, what their token says, and where the portal was served.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;

use super::Storage;
use crate::Result;

/// How many users an instance counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Users who were active within the last 30 days.
    pub active_users: i64,
    /// Those of them who may edit.
    pub active_admins_and_editors: i64,
    /// Those of them who may only view.
    pub active_viewers: i64,
    /// Devices that were active without a user.
    pub active_anonymous_devices: i64,
}

/// An instance as it is stored.
#[derive(Debug)]
pub(crate) struct Instance {
    pub row: i64,
    pub name: String,
    /// The id of its license, which stays the same over all its tokens.
    pub lid: String,
    /// What its token says, as JSON.
    pub claims: Option<String>,
    pub stats: Stats,
}

impl Instance {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let stats = Stats {
            active_users: row.get("users")?,
            active_admins_and_editors: row.get("editors")?,
            active_viewers: row.get("viewers")?,
            active_anonymous_devices: row.get("devices")?,
        };
        let (row_id, name) = (row.get("id")?, row.get("name")?);
        Ok(Self { row: row_id, name, lid: row.get("lid")?, claims: row.get("claims")?, stats })
    }
}

/// A user of an instance: the hash of the password, and what the user may do.
pub(crate) struct InstanceUser {
    pub password: String,
    pub permissions: String,
}

impl Storage {
    /// Adds an instance; false where one of that name is there.
    pub(crate) fn add_instance(&self, name: &str, lid: &str, stats: Stats) -> Result<bool> {
        self.write(|transaction| {
            let added = transaction
                .prepare_cached(
                    "INSERT INTO instance (name, lid, users, editors, viewers, devices)
                     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    name,
                    lid,
                    stats.active_users,
                    stats.active_admins_and_editors,
                    stats.active_viewers,
                    stats.active_anonymous_devices,
                ])?;
            Ok(added == 1)
        })
    }

    pub(crate) fn instance(&self, name: &str) -> Result<Option<Instance>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT * FROM instance WHERE name = ?")?;
            Ok(select.query_row([name], Instance::read).optional()?)
        })
    }

    /// The names of all instances, in order.
    pub(crate) fn instance_names(&self) -> Result<Vec<String>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT name FROM instance ORDER BY name")?;
            let rows = select.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Adds a user to an instance; false where one of that name is there.
    pub(crate) fn add_instance_user(&self, instance: i64, name: &str, user: &InstanceUser) -> Result<bool> {
        self.write(|transaction| {
            let added = transaction
                .prepare_cached(
                    "INSERT INTO instance_user (instance, name, password, permissions) VALUES (?, ?, ?, ?)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![instance, name, user.password, user.permissions])?;
            Ok(added == 1)
        })
    }

    pub(crate) fn instance_user(&self, instance: i64, name: &str) -> Result<Option<InstanceUser>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT password, permissions FROM instance_user WHERE instance = ? AND name = ?",
            )?;
            let read = |row: &Row<'_>| Ok(InstanceUser { password: row.get(0)?, permissions: row.get(1)? });
            Ok(select.query_row(params![instance, name], read).optional()?)
        })
    }

    /// How many wrong passwords came for a user since a time.
    pub(crate) fn wrong_passwords(&self, instance: i64, name: &str, since: i64) -> Result<u32> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT count(*) FROM wrong_password WHERE instance = ? AND name = ? AND at > ?",
            )?;
            Ok(select.query_row(params![instance, name, since], |row| row.get(0))?)
        })
    }

    /// Counts a wrong password, and forgets those up to `forget`.
    pub(crate) fn note_wrong_password(&self, instance: i64, name: &str, now: i64, forget: i64) -> Result<()> {
        self.write(|transaction| {
            transaction.prepare_cached("DELETE FROM wrong_password WHERE at <= ?")?.execute([forget])?;
            transaction
                .prepare_cached("INSERT INTO wrong_password (instance, name, at) VALUES (?, ?, ?)")?
                .execute(params![instance, name, now])?;
            Ok(())
        })
    }

    /// Keeps what an instance's token says, or that it has none.
    pub(crate) fn set_instance_claims(&self, instance: i64, claims: Option<&str>) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached("UPDATE instance SET claims = ? WHERE id = ?")?
                .execute(params![claims, instance])?;
            Ok(())
        })
    }

    pub(crate) fn set_instance_stats(&self, instance: i64, stats: Stats) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "UPDATE instance SET users = ?, editors = ?, viewers = ?, devices = ? WHERE id = ?",
                )?
                .execute(params![
                    stats.active_users,
                    stats.active_admins_and_editors,
                    stats.active_viewers,
                    stats.active_anonymous_devices,
                    instance,
                ])?;
            Ok(())
        })
    }

    /// Keeps where the portal is served.
    pub(crate) fn set_base(&self, base: &str) -> Result<()> {
        if self.base()?.as_deref() == Some(base) {
            return Ok(());
        }
        self.write(|transaction| {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO place (one, base) VALUES (1, ?)")?
                .execute([base])?;
            Ok(())
        })
    }

    /// Where the portal was served last.
    pub(crate) fn base(&self) -> Result<Option<String>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT base FROM place")?;
            Ok(select.query_row([], |row| row.get(0)).optional()?)
        })
    }
}
