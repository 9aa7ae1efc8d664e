//! The visible window of a list: narrowed, sorted and cut by the database.

use crate::library::{
    Library, LibraryError,
    licenses::{
        filter::{Condition, Filter, STATUS},
        groups::{Group, Grouped, Grouping},
        rows::{COLUMNS, StoredLicense, bound, count, stored_license},
    },
};
use jiff::Timestamp;
use license::{AccountId, LicenseId, Status};
use rusqlite::{Connection, Params, Rows};
use std::collections::BTreeMap;

/// Which rows of the list, and in which order.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What the list is narrowed to. Licenses that are gone are left out unless it asks for the status `gone`.
    pub filter: Filter,
    /// What it is grouped by, before it is sorted.
    pub grouping: Option<Grouping>,
    /// The keys of the groups whose licenses are left out.
    pub folded: Vec<String>,
    /// What it is sorted by; what is equal then is sorted by name.
    pub sort: Sort,
    /// Which way it is sorted.
    pub direction: Direction,
    /// How many rows are left out at the start.
    pub offset: usize,
    /// How many rows are wanted; `None` for all.
    pub limit: Option<usize>,
}

impl Default for Query {
    /// Everything that is not gone, by name.
    fn default() -> Self {
        Self {
            filter: Filter::And(Vec::new()),
            grouping: None,
            folded: Vec::new(),
            sort: Sort::Name,
            direction: Direction::Ascending,
            offset: 0,
            limit: None,
        }
    }
}

/// What a list is sorted by. What a license has no word for comes last in either direction, save for statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Its name, or what it is called for want of one; without regard to case.
    Name,
    /// Its product.
    Product,
    /// Its account's name.
    Account,
    /// Its type.
    Type,
    /// Where it runs.
    Hosting,
    /// When it ends; never is later than any date.
    Expires,
    /// How urgent its status is, in the order of [`Status::WORDS`].
    Status,
    /// When it was issued.
    Created,
    /// How many seats or users are in use.
    Used,
}

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest, earliest, most urgent first.
    Ascending,
    /// The other way round.
    Descending,
}

/// The rows of a list that are looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// How many rows the whole list has.
    pub total: usize,
    /// The groups in order, if the list is grouped.
    pub groups: Vec<Group>,
    /// The rows that were asked for.
    pub rows: Vec<StoredLicense>,
}

/// How many entries each view has; licenses that are gone count in `gone` alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ViewCounts {
    /// Every license.
    pub all: usize,
    /// Those that end within the user's threshold.
    pub expiring_soon: usize,
    /// Those whose time is over.
    pub expired: usize,
    /// Those for development.
    pub development: usize,
    /// Those for production.
    pub production: usize,
    /// Those of instances that the vendor hosts.
    pub sandbox: usize,
    /// Written files, those of licenses that are gone too.
    pub files: usize,
    /// Those that complete listings of their account no longer have.
    pub gone: usize,
}

impl Library {
    /// The rows of a list that are looked at, statuses being those of `now` with the user's threshold.
    pub fn window(&self, query: &Query, now: Timestamp, threshold_days: i64) -> Result<Window, LibraryError> {
        let mut condition = condition(query, now, threshold_days);
        let grouped = query.grouping.as_ref().map(|grouping| grouping.of(&mut condition));
        let limit = query.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let offset = i64::try_from(query.offset).unwrap_or(i64::MAX);
        let order = order(query, grouped.as_ref());
        let mut window = self.store.read(|view| {
            let groups = match &grouped {
                Some(grouped) => grouped.counted(view, &condition, &query.folded)?,
                None => Vec::new(),
            };
            if let Some(grouped) = &grouped {
                grouped.leave_out(&query.folded, &mut condition);
            }
            let sql = &condition.sql;
            let select = format!(
                "SELECT {COLUMNS} FROM licenses l WHERE {sql} ORDER BY {order} LIMIT {limit} OFFSET {offset}"
            );
            let mut statement = view.prepare(&select)?;
            let rows = all(bound(&mut statement, &condition)?)?;
            if grouped.is_some() {
                let shown = groups.iter().filter(|group| !group.is_folded);
                return Ok::<_, LibraryError>(Window {
                    total: shown.map(|group| group.count).sum(),
                    groups,
                    rows,
                });
            }
            if query.limit.is_none() && query.offset == 0 {
                return Ok(Window { total: rows.len(), groups, rows });
            }
            let mut counting =
                view.prepare_cached(&format!("SELECT count(*) FROM licenses l WHERE {sql}"))?;
            let total = bound(&mut counting, &condition)?.next()?.map_or(Ok(0), |row| count(row, 0))?;
            Ok(Window { total, groups, rows })
        })?;
        self.store.mark_session_keys(&mut window.rows);
        Ok(window)
    }

    /// How many rows of the list come before a license; nothing where the list does not have it. The query's offset
    /// and limit do not matter.
    pub fn position(
        &self,
        query: &Query,
        id: LicenseId,
        now: Timestamp,
        threshold_days: i64,
    ) -> Result<Option<usize>, LibraryError> {
        let mut condition = condition(query, now, threshold_days);
        let grouped = query.grouping.as_ref().map(|grouping| grouping.of(&mut condition));
        if let Some(grouped) = &grouped {
            grouped.leave_out(&query.folded, &mut condition);
        }
        let select = format!(
            "SELECT n FROM (SELECT l.id AS id, row_number() OVER (ORDER BY {}) - 1 AS n FROM licenses l WHERE {}) \
             WHERE id = {}",
            order(query, grouped.as_ref()),
            condition.sql,
            id.0
        );
        self.store.read(|view| {
            let mut statement = view.prepare(&select)?;
            let position = bound(&mut statement, &condition)?.next()?.map(|row| count(row, 0)).transpose()?;
            Ok(position)
        })
    }

    /// How many licenses each view has at `now`, with the user's threshold.
    pub fn count_by_view(&self, now: Timestamp, threshold_days: i64) -> Result<ViewCounts, LibraryError> {
        let condition = Condition::at(now, threshold_days);
        self.store.read(|view| Ok(status_counts(view, &condition)?))
    }

    /// How many licenses that are not gone each account has; an account without any is left out.
    pub fn count_by_account(&self) -> Result<BTreeMap<AccountId, usize>, LibraryError> {
        self.store.read(|view| {
            let counts = view
                .prepare_cached(
                    "SELECT account, count(*) FROM licenses WHERE gone_since IS NULL GROUP BY account",
                )?
                .query_map([], |row| Ok((AccountId(row.get(0)?), count(row, 1)?)))?
                .collect::<Result<_, _>>()?;
            Ok(counts)
        })
    }

    /// How many licenses an account has, gone ones left out.
    pub fn count_of_account(&self, id: AccountId) -> Result<usize, LibraryError> {
        let sql = "SELECT count(*) FROM licenses WHERE account = ?1 AND gone_since IS NULL";
        self.store.read(|view| Ok(view.prepare_cached(sql)?.query_row([id.0], |row| count(row, 0))?))
    }
}

fn status_counts(view: &Connection, condition: &Condition) -> rusqlite::Result<ViewCounts> {
    let mut statement = view.prepare_cached(&format!(
        "SELECT count(*) FILTER (WHERE status <> 'gone'), count(*) FILTER (WHERE status = 'expires-soon'), \
         count(*) FILTER (WHERE status = 'expired'), \
         count(*) FILTER (WHERE status <> 'gone' AND tier = 'dev'), \
         count(*) FILTER (WHERE status <> 'gone' AND tier = 'prod'), \
         count(*) FILTER (WHERE status <> 'gone' AND hosting = 'sandbox'), \
         count(*) FILTER (WHERE status = 'gone'), \
         (SELECT count(*) FROM tracked_files) \
         FROM (SELECT {STATUS} AS status, l.tier AS tier, l.hosting AS hosting FROM licenses l)"
    ))?;
    let mut rows = bound(&mut statement, condition)?;
    let Some(row) = rows.next()? else { return Ok(ViewCounts::default()) };
    Ok(ViewCounts {
        all: count(row, 0)?,
        expiring_soon: count(row, 1)?,
        expired: count(row, 2)?,
        development: count(row, 3)?,
        production: count(row, 4)?,
        sandbox: count(row, 5)?,
        gone: count(row, 6)?,
        files: count(row, 7)?,
    })
}

/// The licenses that a condition on `l` lets through, by Licet's id.
pub(in crate::library) fn select(
    view: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<StoredLicense>, LibraryError> {
    let select = format!("SELECT {COLUMNS} FROM licenses l WHERE {condition} ORDER BY l.id");
    all(view.prepare_cached(&select)?.query(params)?)
}

fn all(mut rows: Rows<'_>) -> Result<Vec<StoredLicense>, LibraryError> {
    let mut licenses = Vec::new();
    while let Some(row) = rows.next()? {
        licenses.push(stored_license(row)?);
    }
    Ok(licenses)
}

fn condition(query: &Query, now: Timestamp, threshold_days: i64) -> Condition {
    let mut condition = Condition::at(now, threshold_days);
    if !query.filter.asks_for_gone() {
        condition.sql.push_str("l.gone_since IS NULL AND ");
    }
    condition.push(&query.filter);
    condition
}

/// What orders the rows. Expiry orders its own groups, with an index.
fn order(query: &Query, grouped: Option<&Grouped>) -> String {
    let is_ordered = matches!(query.grouping, Some(Grouping::Expiry(_)))
        && (query.sort, query.direction) == (Sort::Expires, Direction::Ascending);
    let rows = row_order(query.sort, query.direction);
    match grouped {
        Some(grouped) if !is_ordered => format!("{}, {rows}", grouped.order()),
        Some(_) | None => rows,
    }
}

fn row_order(sort: Sort, direction: Direction) -> String {
    let way = match direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    };
    let urgency = format!("instr('|{}|', '|' || {STATUS} || '|')", Status::WORDS.join("|"));
    let by = match sort {
        Sort::Name => return format!("l.folded_label {way}, l.id {way}"),
        Sort::Product => "l.product",
        Sort::Account => "(SELECT a.folded_name FROM accounts a WHERE a.id = l.account)",
        Sort::Type => "l.tier",
        Sort::Hosting => "l.hosting",
        Sort::Expires => "l.expires",
        Sort::Status => urgency.as_str(),
        Sort::Created => "l.created",
        Sort::Used => "l.in_use",
    };
    format!("{by} {way} NULLS LAST, l.folded_label, l.id")
}
