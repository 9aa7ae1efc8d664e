//! What a list is narrowed to, as a tree, and its SQL.

use crate::library::database::codec::{fold, instant};
use jiff::Timestamp;
use license::{AccountId, Hosting, Tier};
use rusqlite::types::Value;

/// What a list is narrowed to. The words that a user types are read into this elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Everything that all of these let through; with none, everything.
    And(Vec<Filter>),
    /// Everything that any of these lets through; with none, nothing.
    Or(Vec<Filter>),
    /// Everything that this does not let through.
    Not(Box<Filter>),
    /// Of a type.
    Type(Tier),
    /// Running at a place.
    Hosting(Hosting),
    /// For the use of a product, by its stored word.
    Product(String),
    /// Of a status, by its word; see [`license::Status::WORDS`].
    Status(String),
    /// Of an account.
    Account(AccountId),
    /// With an entitlement of this code or name, without regard to case.
    Entitlement(String),
    /// Ending, and before this instant.
    ExpiresBefore(Timestamp),
    /// Ending at or after this instant, or never.
    ExpiresAfter(Timestamp),
    /// With this in its name, product, id or entitlements, or in its account's name; without regard to case.
    Text(String),
}

impl Filter {
    /// Whether the filter asks for licenses that are gone; a list that does not leaves them out.
    pub(in crate::library) fn asks_for_gone(&self) -> bool {
        match self {
            Self::And(filters) | Self::Or(filters) => filters.iter().any(Self::asks_for_gone),
            Self::Not(inner) => inner.asks_for_gone(),
            Self::Status(word) => word == "gone",
            Self::Type(_)
            | Self::Hosting(_)
            | Self::Product(_)
            | Self::Account(_)
            | Self::Entitlement(_)
            | Self::ExpiresBefore(_)
            | Self::ExpiresAfter(_)
            | Self::Text(_) => false,
        }
    }
}

/// The status of a license row `l`, in line with [`license::Status::at`]: `?1` is the present instant and `?2` the one
/// from which an end is no longer soon.
pub(in crate::library) const STATUS: &str = "(CASE WHEN l.gone_since IS NOT NULL THEN 'gone' \
     WHEN l.leaked_since IS NOT NULL THEN 'leaked' \
     WHEN l.status = 'mismatched' THEN 'wrong-instance' \
     WHEN l.status IN ('banned', 'suspended', 'expired') THEN l.status \
     WHEN l.expires <= ?1 THEN 'expired' \
     WHEN l.status NOT IN ('active', 'inactive') THEN 'unknown' \
     WHEN l.status IS NULL AND l.expires IS NULL THEN 'unknown' \
     WHEN l.expires < ?2 THEN 'expires-soon' \
     ELSE 'valid' END)";

const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// A condition on a license row `l`, with its values. Never null, so that `NOT` is the opposite.
#[derive(Debug)]
pub(in crate::library) struct Condition {
    pub sql: String,
    /// The values of `?1`, `?2` and so on; the first two are those of [`STATUS`].
    pub values: Vec<Value>,
}

impl Condition {
    /// A condition that lets everything through, at an instant and with the user's threshold.
    pub(in crate::library) fn at(now: Timestamp, threshold_days: i64) -> Self {
        let days = threshold_days.saturating_add(1).saturating_mul(MICROSECONDS_A_DAY);
        let values = vec![Value::from(instant(now)), Value::from(instant(now).saturating_add(days))];
        Self { sql: String::new(), values }
    }

    /// Adds a filter.
    pub(in crate::library) fn push(&mut self, filter: &Filter) {
        match filter {
            Filter::And(all) => self.join(all, " AND ", "1"),
            Filter::Or(any) => self.join(any, " OR ", "0"),
            Filter::Not(inner) => {
                self.sql.push_str("NOT (");
                self.push(inner);
                self.sql.push(')');
            }
            Filter::Type(tier) => self.add("l.tier IS ?", [text(tier.word())]),
            Filter::Hosting(hosting) => self.add("l.hosting IS ?", [text(hosting.word())]),
            Filter::Product(word) => self.add("l.product = ?", [text(word)]),
            Filter::Account(AccountId(id)) => self.add("l.account = ?", [Value::from(*id)]),
            Filter::Status(word) => {
                self.sql.push_str(STATUS);
                self.add(" = ?", [text(word)]);
            }
            Filter::Entitlement(code) => {
                let line = format!("\n{}\n", fold(code.trim()));
                self.add("instr(l.folded_entitlements, ?) > 0", [text(&line)]);
            }
            Filter::ExpiresBefore(at) => self.add("ifnull(l.expires < ?, 0)", [Value::from(instant(*at))]),
            Filter::ExpiresAfter(at) => self.add("ifnull(l.expires >= ?, 0)", [Value::from(instant(*at))]),
            Filter::Text(word) => {
                let folded = text(&fold(word.trim()));
                self.add(
                    "(instr(l.folded_text, ?) > 0 OR instr(l.folded_entitlements, ?) > 0 OR ('l' || l.id) = ? \
                     OR l.account IN (SELECT a.id FROM accounts a WHERE instr(a.folded_name, ?) > 0))",
                    [folded.clone(), folded.clone(), folded.clone(), folded],
                );
            }
        }
    }

    fn join(&mut self, filters: &[Filter], word: &str, none: &str) {
        self.sql.push('(');
        for (n, filter) in filters.iter().enumerate() {
            if n > 0 {
                self.sql.push_str(word);
            }
            self.push(filter);
        }
        if filters.is_empty() {
            self.sql.push_str(none);
        }
        self.sql.push(')');
    }

    /// Adds a condition, giving each of its question marks the number of its value.
    pub(in crate::library) fn add<const N: usize>(&mut self, sql: &str, values: [Value; N]) {
        let mut values = values.into_iter();
        for part in sql.split_inclusive('?') {
            self.sql.push_str(part);
            if let (true, Some(value)) = (part.ends_with('?'), values.next()) {
                let number = self.value(value);
                self.sql.push_str(&number.to_string());
            }
        }
    }

    /// Adds a value. Returns the number of its question mark.
    pub(in crate::library) fn value(&mut self, value: Value) -> usize {
        self.values.push(value);
        self.values.len()
    }
}

fn text(word: &str) -> Value {
    Value::from(word.to_owned())
}
