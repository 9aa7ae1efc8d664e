//! The groups of a list: by what, in which order, and how many licenses each has.

use crate::library::{
    LibraryError,
    database::codec::{NEVER, instant},
    licenses::{
        filter::Condition,
        rows::{bound, count},
    },
};
use jiff::Timestamp;
use license::Tier;
use rusqlite::{Connection, types::Value};

/// The key of a group whose licenses have no value to group by.
pub const NO_GROUP: &str = "none";

/// What a list is grouped by. Groups come before the list's own order.
#[derive(Debug, Clone, PartialEq)]
pub enum Grouping {
    /// The vendor of the product: each product's word with its vendor's. A product that is not named is a group of its own.
    Vendor(Vec<(String, String)>),
    /// The account, by its id, in the order of their names.
    Account,
    /// The type.
    Type,
    /// When they expire.
    Expiry(Periods),
}

/// Spans of time, one after the other. Groups are what is expired, each span, what expires later, and what never does.
#[derive(Debug, Clone, PartialEq)]
pub struct Periods(pub Vec<(String, Timestamp)>);

/// One group of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What it has in common: a vendor, an account's id, a type's word, or the key of a period.
    pub key: String,
    /// How many licenses it has, folded or not.
    pub count: usize,
    /// Whether its licenses are left out of the rows.
    pub is_folded: bool,
}

impl Periods {
    /// The key of what is expired.
    pub const EXPIRED: &str = "expired";
    /// The key of what expires after the last span.
    pub const LATER: &str = "later";
    /// The key of what never expires.
    pub const NEVER: &str = "never";

    /// Every group in order; the last one is of licenses whose expiry is not known.
    fn keys(&self) -> Vec<String> {
        let spans = self.0.iter().map(|(key, _)| key.as_str());
        let all = [Self::EXPIRED].into_iter().chain(spans).chain([Self::LATER, Self::NEVER, NO_GROUP]);
        all.map(str::to_owned).collect()
    }
}

/// How a grouping is computed of a license row `l`.
pub(in crate::library) struct Grouped {
    /// What a group has in common: one of `keys` by its place, or where there are none, the key itself.
    value: String,
    /// What orders the groups.
    order: String,
    keys: Vec<String>,
}

impl Grouping {
    /// Adds the values that the grouping compares with to those of a condition.
    pub(in crate::library) fn of(&self, condition: &mut Condition) -> Grouped {
        match self {
            Self::Vendor(vendors) => {
                let mut value = "CASE l.product".to_owned();
                for (product, vendor) in vendors {
                    let product = condition.value(product.clone().into());
                    let vendor = condition.value(vendor.clone().into());
                    value.push_str(&format!(" WHEN ?{product} THEN ?{vendor}"));
                }
                value =
                    if vendors.is_empty() { "l.product".to_owned() } else { value + " ELSE l.product END" };
                Grouped { order: value.clone(), value, keys: Vec::new() }
            }
            Self::Account => Grouped {
                value: "l.account".to_owned(),
                order: "(SELECT a.folded_name FROM accounts a WHERE a.id = l.account)".to_owned(),
                keys: Vec::new(),
            },
            Self::Type => {
                let words: Vec<_> = Tier::ALL.iter().map(|tier| tier.word()).collect();
                let whens = words.iter().enumerate().map(|(n, word)| format!(" WHEN '{word}' THEN {n}"));
                let value = format!("CASE l.tier{} ELSE {} END", whens.collect::<String>(), words.len());
                let keys = words.iter().copied().chain([NO_GROUP]).map(str::to_owned).collect();
                Grouped { order: value.clone(), value, keys }
            }
            Self::Expiry(periods) => {
                let keys = periods.keys();
                let (unknown, never, later) = (keys.len() - 1, keys.len() - 2, keys.len() - 3);
                let mut value = format!(
                    "CASE WHEN l.expires IS NULL THEN {unknown} WHEN l.expires = {NEVER} THEN {never} \
                     WHEN l.expires <= ?1 THEN 0"
                );
                for (n, (_, end)) in periods.0.iter().enumerate() {
                    let end = condition.value(instant(*end).into());
                    value.push_str(&format!(" WHEN l.expires < ?{end} THEN {}", n + 1));
                }
                value.push_str(&format!(" ELSE {later} END"));
                Grouped { order: value.clone(), value, keys }
            }
        }
    }
}

impl Grouped {
    /// What orders the groups, before anything else.
    pub(in crate::library) fn order(&self) -> &str {
        &self.order
    }

    /// Leaves out the licenses of folded groups.
    pub(in crate::library) fn leave_out(&self, folded: &[String], condition: &mut Condition) {
        let place = |key: &String| match self.keys.is_empty() {
            // An account's id is a number to the database.
            true => Some(key.parse().map_or_else(|_| Value::from(key.clone()), Value::Integer)),
            false => {
                self.keys.iter().zip(0..).find(|(known, _)| *known == key).map(|(_, at)| Value::Integer(at))
            }
        };
        for value in folded.iter().filter_map(place) {
            condition.sql.push_str(&format!(" AND {} ", self.value));
            condition.add("IS NOT ?", [value]);
        }
    }

    /// The groups that a condition lets through, in order.
    pub(in crate::library) fn counted(
        &self,
        view: &Connection,
        condition: &Condition,
        folded: &[String],
    ) -> Result<Vec<Group>, LibraryError> {
        let select = format!(
            "SELECT {value}, count(*) FROM licenses l WHERE {} GROUP BY 1 ORDER BY min({})",
            condition.sql,
            self.order,
            value = self.value,
        );
        let mut statement = view.prepare_cached(&select)?;
        let mut rows = bound(&mut statement, condition)?;
        let mut groups = Vec::new();
        while let Some(row) = rows.next()? {
            let key = match row.get::<_, Value>(0)? {
                Value::Text(key) => key,
                Value::Integer(at) => {
                    let place = usize::try_from(at).ok();
                    place.and_then(|place| self.keys.get(place).cloned()).unwrap_or_else(|| at.to_string())
                }
                Value::Null | Value::Real(_) | Value::Blob(_) => NO_GROUP.to_owned(),
            };
            let is_folded = folded.contains(&key);
            groups.push(Group { key, count: count(row, 1)?, is_folded });
        }
        Ok(groups)
    }
}
