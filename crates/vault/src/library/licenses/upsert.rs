//! Taking over one license that a vendor tells of: new, changed or as it was.

use crate::library::{
    LibraryError,
    database::{
        codec::{Columns, fold, folded_entitlements, instant, name_key},
        rev::rev_of_batch,
    },
    licenses::rows::{COLUMNS, stored_license},
};
use jiff::Timestamp;
use license::{AccountId, KeyForm, License, LicenseId};
use rusqlite::{OptionalExtension, ToSql, Transaction, named_params, params};

/// Marks what one listing of an account has seen; later marks are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefreshMark(pub(in crate::library) i64);

/// What is reported of a license, and when.
pub(in crate::library) struct Reported<'a> {
    pub account: AccountId,
    pub license: &'a License,
    /// The form of its key, where it comes with one.
    pub form: Option<KeyForm>,
    pub mark: RefreshMark,
    pub at: Timestamp,
}

/// What became of the license.
pub(in crate::library) enum Change {
    Added,
    Changed,
    None,
}

/// What the library has of it already.
struct Known {
    id: LicenseId,
    columns: Columns,
    is_gone: bool,
    has_form: bool,
}

/// Takes a license over. With another fact its key may be another too: what is kept is stale until a key is put. A mark
/// is never set back, so that of two listings of an account at the same time the later one
/// does not miss what the earlier one saw last.
pub(in crate::library) fn upsert(
    transaction: &Transaction<'_>,
    reported: &Reported<'_>,
    rev: &mut Option<i64>,
) -> Result<(LicenseId, Change), LibraryError> {
    let mut columns = Columns::of(reported.license);
    let Some(known) = known(transaction, reported.account, &reported.license.vendor_id)? else {
        let id = insert(transaction, reported, &columns, rev_of_batch(transaction, rev)?)?;
        return Ok((id, Change::Added));
    };
    if columns.name.is_none() {
        columns.name.clone_from(&known.columns.name);
    }
    if columns.entitlements.is_none() {
        columns.entitlements.clone_from(&known.columns.entitlements);
    }
    if columns.in_use.is_none() {
        columns.in_use = known.columns.in_use;
    }
    if columns == known.columns && !known.is_gone && (reported.form.is_none() || known.has_form) {
        transaction
            .prepare_cached("UPDATE licenses SET refresh = max(refresh, ?2) WHERE id = ?1")?
            .execute(params![known.id.0, reported.mark.0])?;
        return Ok((known.id, Change::None));
    }
    update(transaction, known.id, reported, &columns, rev_of_batch(transaction, rev)?)?;
    Ok((known.id, Change::Changed))
}

fn known(
    transaction: &Transaction<'_>,
    account: AccountId,
    vendor_id: &str,
) -> Result<Option<Known>, LibraryError> {
    let known = transaction
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM licenses l WHERE l.account = ?1 AND l.vendor_id = ?2"
        ))?
        .query_row(params![account.0, vendor_id], |row| Ok(stored_license(row)))
        .optional()?
        .transpose()?;
    Ok(known.map(|row| Known {
        id: row.id,
        columns: Columns {
            in_use: row.used.and_then(|used| i64::try_from(used).ok()),
            ..Columns::of(&row.license)
        },
        is_gone: row.gone_since.is_some(),
        has_form: row.key_form.is_some(),
    }))
}

fn insert(
    transaction: &Transaction<'_>,
    reported: &Reported<'_>,
    columns: &Columns,
    rev: i64,
) -> Result<LicenseId, LibraryError> {
    let sql = "INSERT INTO licenses (account, vendor_id, name, name_key, folded_label, folded_text, \
               folded_entitlements, product, tier, hosting, goal, status, created, expires, entitlements, limits, \
               instance_origin, in_use, key_form, first_seen, last_changed, refresh, rev) \
               VALUES (:account, :vendor_id, :name, :name_key, :folded_label, :folded_text, \
               ifnull(:folded_entitlements, ''), :product, :tier, :hosting, :goal, :status, :created, :expires, \
               :entitlements, :limits, :instance_origin, :in_use, :key_form, :at, :at, :refresh, :rev)";
    let whose = named_params! { ":account": reported.account.0, ":vendor_id": reported.license.vendor_id };
    // The one constraint that a checked license can break is that its account exists.
    let orphan = LibraryError::of_orphan(LibraryError::NoSuchAccount);
    write(transaction, sql, whose, reported, columns, rev).map_err(orphan)?;
    Ok(LicenseId(transaction.last_insert_rowid()))
}

fn update(
    transaction: &Transaction<'_>,
    id: LicenseId,
    reported: &Reported<'_>,
    columns: &Columns,
    rev: i64,
) -> Result<(), LibraryError> {
    let sql = "UPDATE licenses SET key_is_stale = 1, name = :name, name_key = :name_key, \
               folded_label = :folded_label, folded_text = :folded_text, \
               folded_entitlements = ifnull(:folded_entitlements, folded_entitlements), product = :product, \
               tier = :tier, hosting = :hosting, goal = :goal, status = :status, created = :created, \
               expires = :expires, entitlements = :entitlements, limits = :limits, \
               instance_origin = :instance_origin, in_use = :in_use, key_form = ifnull(:key_form, key_form), gone_since = NULL, \
               last_changed = :at, refresh = max(refresh, :refresh), rev = :rev WHERE id = :id";
    Ok(write(transaction, sql, named_params! { ":id": id.0 }, reported, columns, rev)?)
}

/// Runs a statement with what is reported of a license, and which row it is about.
fn write(
    transaction: &Transaction<'_>,
    sql: &str,
    which: &[(&str, &dyn ToSql)],
    reported: &Reported<'_>,
    columns: &Columns,
    rev: i64,
) -> rusqlite::Result<()> {
    let values = named_params! {
        ":name": columns.name,
        ":name_key": columns.name.as_deref().map(name_key),
        ":folded_label": fold(columns.name.as_deref().unwrap_or(reported.license.label())),
        ":folded_text": columns.folded_text(&reported.license.vendor_id),
        ":folded_entitlements": reported.license.entitlements.as_deref().map(folded_entitlements),
        ":product": columns.product,
        ":tier": columns.tier,
        ":hosting": columns.hosting,
        ":goal": columns.goal,
        ":status": columns.status,
        ":created": columns.created,
        ":expires": columns.expires,
        ":entitlements": columns.entitlements,
        ":limits": columns.limits,
        ":instance_origin": columns.instance_origin,
        ":in_use": columns.in_use,
        ":key_form": reported.form.map(KeyForm::word),
        ":at": instant(reported.at),
        ":refresh": reported.mark.0,
        ":rev": rev,
    };
    let parameters: Vec<_> = which.iter().chain(values).copied().collect();
    transaction.prepare_cached(sql)?.execute(&*parameters)?;
    Ok(())
}
