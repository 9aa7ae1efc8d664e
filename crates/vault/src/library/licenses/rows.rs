//! A license as the library keeps it.

use crate::library::{
    LibraryError,
    database::codec::{from_json, to_expiry, to_instant, to_optional_instant},
    licenses::filter::Condition,
};
use jiff::Timestamp;
use license::{
    AccountId, Goal, Hosting, InUse, KeyForm, License, LicenseId, Product, Status, StatusSources, Tier,
    VendorStatus,
};
use rusqlite::{Row, Rows, Statement};

/// A license as the library keeps it: the vendor's facts and what Licet knows besides.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredLicense {
    /// Licet's own id.
    pub id: LicenseId,
    /// Whose it is.
    pub account: AccountId,
    /// The vendor's facts.
    pub license: License,
    /// Since when complete listings of its account have not had it.
    pub gone_since: Option<Timestamp>,
    /// The form of its key, where that is known.
    pub key_form: Option<KeyForm>,
    /// Whether its key is kept: in the library, sealed, or in memory for this session.
    pub has_key: bool,
    /// Whether a fact of it changed since its key was kept, so that its vendor may have issued another key.
    pub key_is_stale: bool,
    /// When the library first had it.
    pub first_seen: Timestamp,
    /// When a fact of it last changed.
    pub last_changed: Timestamp,
    /// Since when its key is known to be in other hands.
    pub leaked_since: Option<Timestamp>,
    /// How many seats or users its vendor last counted.
    pub used: Option<u64>,
}

impl StoredLicense {
    /// Its status at an instant, with the user's threshold.
    pub fn status(&self, now: Timestamp, threshold_days: i64) -> Status {
        let sources = StatusSources {
            vendor_status: self.license.vendor_status.as_ref(),
            expiry: self.license.expiry,
            gone: self.gone_since.is_some(),
            leaked: self.leaked_since.is_some(),
        };
        Status::at(now, threshold_days, sources)
    }

    /// How much of it is in use, by the last count.
    pub fn in_use(&self) -> Option<InUse> {
        self.license.in_use().map(|counted| InUse { used: self.used, ..counted })
    }
}

/// The columns that [`stored_license`] reads, of a table called `l`.
pub(in crate::library) const COLUMNS: &str = "l.id, l.account, l.vendor_id, l.name, l.product, l.tier, l.hosting, l.goal, l.status, l.created, l.expires, \
     l.entitlements, l.limits, l.instance_origin, l.gone_since, l.key_form, l.has_key, l.first_seen, l.last_changed, \
     l.key_is_stale, l.leaked_since, l.in_use";

/// Reads a row of [`COLUMNS`].
pub(in crate::library) fn stored_license(row: &Row<'_>) -> Result<StoredLicense, LibraryError> {
    let entitlements: Option<String> = row.get(11)?;
    let product: String = row.get(4)?;
    let vendor_status: Option<String> = row.get(8)?;
    Ok(StoredLicense {
        id: LicenseId(row.get(0)?),
        account: AccountId(row.get(1)?),
        license: License {
            vendor_id: row.get(2)?,
            name: row.get(3)?,
            product: Product::from_word(&product),
            tier: word(row, 5, "type", Tier::from_word)?,
            hosting: word(row, 6, "hosting", Hosting::from_word)?,
            goal: word(row, 7, "goal", Goal::from_word)?,
            vendor_status: vendor_status.as_deref().map(VendorStatus::from_word),
            created: to_optional_instant(row.get(9)?)?,
            expiry: row.get::<_, Option<i64>>(10)?.map(to_expiry).transpose()?,
            entitlements: entitlements.map(|text| from_json(&text, "list of entitlements")).transpose()?,
            limits: from_json(&row.get::<_, String>(12)?, "list of limits")?,
            instance_origin: row.get(13)?,
        },
        gone_since: to_optional_instant(row.get(14)?)?,
        key_form: word(row, 15, "key form", key_form)?,
        has_key: row.get(16)?,
        first_seen: to_instant(row.get(17)?)?,
        last_changed: to_instant(row.get(18)?)?,
        key_is_stale: row.get(19)?,
        leaked_since: to_optional_instant(row.get(20)?)?,
        used: row.get::<_, Option<i64>>(21)?.and_then(|used| u64::try_from(used).ok()),
    })
}

fn word<T>(
    row: &Row<'_>,
    column: usize,
    what: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, LibraryError> {
    let stored: Option<String> = row.get(column)?;
    stored.map(|word| read(&word).ok_or(LibraryError::Unreadable { what })).transpose()
}

fn key_form(word: &str) -> Option<KeyForm> {
    [KeyForm::System, KeyForm::Deployment, KeyForm::Jwt, KeyForm::Certificate]
        .into_iter()
        .find(|form| form.word() == word)
}

/// Reads a count, which fits into 32 bits.
pub(in crate::library) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    row.get::<_, u32>(column).map(|count| count as usize)
}

/// Binds the values of a condition, leaving out those that the statement does not name.
pub(in crate::library) fn bound<'s>(
    statement: &'s mut Statement<'_>,
    condition: &Condition,
) -> rusqlite::Result<Rows<'s>> {
    for (n, value) in condition.values.iter().enumerate().take(statement.parameter_count()) {
        statement.raw_bind_parameter(n + 1, value)?;
    }
    Ok(statement.raw_query())
}
