//! Projects and their tokens.

use rusqlite::{OptionalExtension as _, Row, params};

use super::Storage;
use crate::Result;
use crate::order::Name;

/// A project: what a token opens.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    pub row: i64,
    pub uid: String,
    pub name: String,
}

impl Project {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { row: row.get("id")?, uid: row.get("uid")?, name: row.get("name")? })
    }
}

/// A project with how many licenses and valid tokens it has.
pub(crate) struct ProjectSummary {
    pub project: Project,
    pub licenses: i64,
    pub tokens: i64,
}

/// What is known of an issued token.
pub(crate) struct TokenRow {
    pub row: i64,
    pub ending: String,
    pub issued: i64,
    pub revoked: Option<i64>,
}

impl Storage {
    /// The project of that name, made with the id `uid` where it is new.
    pub(crate) fn project_named(&self, name: &Name, uid: &str, now: i64) -> Result<Project> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO project (uid, name, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                )?
                .execute(params![uid, name.as_str(), now])?;
            let mut select =
                transaction.prepare_cached("SELECT id, uid, name FROM project WHERE name = ?")?;
            Ok(select.query_row([name.as_str()], Project::read)?)
        })
    }

    pub(crate) fn project(&self, uid: &str) -> Result<Option<Project>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT id, uid, name FROM project WHERE uid = ?")?;
            Ok(select.query_row([uid], Project::read).optional()?)
        })
    }

    /// The project that a token opens; nothing for an unknown or revoked one.
    pub(crate) fn project_of_token(&self, hash: &[u8; 32]) -> Result<Option<Project>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT project.id, project.uid, project.name FROM token JOIN project ON project.id = token.project
                 WHERE token.hash = ? AND token.revoked IS NULL",
            )?;
            Ok(select.query_row([hash], Project::read).optional()?)
        })
    }

    pub(crate) fn projects(&self) -> Result<Vec<ProjectSummary>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT id, uid, name,
                        (SELECT count(*) FROM license WHERE license.project = project.id) AS licenses,
                        (SELECT count(*) FROM token WHERE token.project = project.id AND revoked IS NULL) AS tokens
                 FROM project ORDER BY name",
            )?;
            let rows = select.query_map([], |row| {
                Ok(ProjectSummary {
                    project: Project::read(row)?,
                    licenses: row.get("licenses")?,
                    tokens: row.get("tokens")?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    pub(crate) fn add_token(&self, project: &Project, hash: &[u8; 32], ending: &str, now: i64) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached("INSERT INTO token (project, hash, ending, issued) VALUES (?, ?, ?, ?)")?
                .execute(params![project.row, hash, ending, now])?;
            Ok(())
        })
    }

    pub(crate) fn tokens(&self, project: &Project) -> Result<Vec<TokenRow>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT id, ending, issued, revoked FROM token WHERE project = ? ORDER BY id",
            )?;
            let rows = select.query_map([project.row], |row| {
                Ok(TokenRow {
                    row: row.get("id")?,
                    ending: row.get("ending")?,
                    issued: row.get("issued")?,
                    revoked: row.get("revoked")?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Revokes a token of the project; false where it has no such token. Revoking twice changes nothing.
    pub(crate) fn revoke_token(&self, project: &Project, token: i64, now: i64) -> Result<bool> {
        self.write(|transaction| {
            let changed = transaction
                .prepare_cached(
                    "UPDATE token SET revoked = coalesce(revoked, ?) WHERE id = ? AND project = ?",
                )?
                .execute(params![now, token, project.row])?;
            Ok(changed == 1)
        })
    }
}
