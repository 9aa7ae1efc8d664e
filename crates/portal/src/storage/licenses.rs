//! Issued licenses. Nothing here lets software run: license strings and box tokens are made when they are
//! asked for.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::{Project, Storage};
use crate::Result;
use crate::order::{Hosting, Order, Product};

const COLUMNS: &str = "license.id, uid, name, product, type, goal, hosting, aidbox_version, fhir_version, \
                       created, expires, max_instances, entitlements";

/// A license as it is stored.
#[derive(Debug)]
pub(crate) struct License {
    row: i64,
    pub uid: String,
    pub name: String,
    pub product: String,
    pub tier: String,
    pub goal: Option<String>,
    pub hosting: String,
    pub aidbox_version: Option<String>,
    pub fhir_version: Option<String>,
    pub created: i64,
    pub expires: Option<i64>,
    pub max_instances: u32,
    pub entitlements: String,
}

impl License {
    // By index: looking ten thousand rows' columns up by name is what a listing would spend its time on.
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: row.get(0)?,
            uid: row.get(1)?,
            name: row.get(2)?,
            product: row.get(3)?,
            tier: row.get(4)?,
            goal: row.get(5)?,
            hosting: row.get(6)?,
            aidbox_version: row.get(7)?,
            fhir_version: row.get(8)?,
            created: row.get(9)?,
            expires: row.get(10)?,
            max_instances: row.get(11)?,
            entitlements: row.get(12)?,
        })
    }
}

/// A license that is about to be stored.
pub(crate) struct Draft {
    pub uid: String,
    pub order: Order,
    pub created: i64,
    pub expires: Option<i64>,
    /// What its string says, as JSON.
    pub claims: String,
}

/// How a caller points at one license.
#[derive(Debug)]
pub(crate) enum Which {
    /// By its id.
    Id(String),
    /// By what its license string says, together with the id in it.
    Claims { uid: String, claims: String },
}

impl Storage {
    /// Stores the licenses, all or none.
    pub(crate) fn add_licenses(
        &self,
        project: &Project,
        drafts: impl IntoIterator<Item = Result<Draft>>,
    ) -> Result<()> {
        self.write(|transaction| drafts.into_iter().try_for_each(|draft| add(transaction, project, &draft?)))
    }

    /// The project's licenses in the order in which they were issued.
    pub(crate) fn licenses(&self, project: &Project) -> Result<Vec<License>> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM license WHERE project = ? ORDER BY id");
            let mut select = connection.prepare_cached(&sql)?;
            let rows = select.query_map([project.row], License::read)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One license of the project, with what its string says.
    pub(crate) fn license(&self, project: &Project, which: &Which) -> Result<Option<(License, String)>> {
        self.read(|connection| find(connection, project, which))
    }

    /// Takes one license out of the project for good; returns what it was.
    pub(crate) fn remove_license(&self, project: &Project, which: &Which) -> Result<Option<License>> {
        self.write(|transaction| {
            let Some((license, _)) = find(transaction, project, which)? else { return Ok(None) };
            transaction.prepare_cached("DELETE FROM license WHERE id = ?")?.execute([license.row])?;
            Ok(Some(license))
        })
    }

    /// Whether a sandbox has that id.
    pub(crate) fn has_sandbox(&self, uid: &str) -> Result<bool> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT 1 FROM license WHERE uid = ? AND hosting = ?")?;
            Ok(select.exists([uid, Hosting::Sandbox.as_str()])?)
        })
    }
}

fn add(transaction: &Transaction<'_>, project: &Project, draft: &Draft) -> Result<()> {
    let order = &draft.order;
    transaction
        .prepare_cached(
            "INSERT INTO license (uid, project, name, product, type, goal, hosting, aidbox_version, fhir_version,
                                  created, expires, max_instances, entitlements)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            draft.uid,
            project.row,
            order.name.as_str(),
            Product::Aidbox.as_str(),
            order.tier.as_str(),
            order.goal.map(|goal| goal.as_str()),
            order.hosting.as_str(),
            order.sandbox.map(|(aidbox, _)| aidbox.as_str()),
            order.sandbox.map(|(_, fhir)| fhir.as_str()),
            draft.created,
            draft.expires,
            order.tier.max_instances(),
            order.entitlements().join(" "),
        ])?;
    transaction
        .prepare_cached("INSERT INTO license_claims (license, claims) VALUES (last_insert_rowid(), ?)")?
        .execute([&draft.claims])?;
    Ok(())
}

fn find(
    connection: &rusqlite::Connection,
    project: &Project,
    which: &Which,
) -> Result<Option<(License, String)>> {
    let (uid, given) = match which {
        Which::Id(uid) => (uid, None),
        Which::Claims { uid, claims } => (uid, Some(claims)),
    };
    let sql = format!(
        "SELECT {COLUMNS}, claims FROM license JOIN license_claims ON license_claims.license = license.id
         WHERE uid = ? AND project = ?"
    );
    let found = connection
        .prepare_cached(&sql)?
        .query_row(params![uid, project.row], |row| Ok((License::read(row)?, row.get::<_, String>(13)?)))
        .optional()?;
    Ok(found.filter(|(_, claims)| given.is_none_or(|given| given == claims)))
}
