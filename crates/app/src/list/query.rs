//! What the list answers: filtered, sorted, searched, and only the visible window of rows.

use crate::context::{AppError, Context, Thing, settings::threshold, shown::unescaped};
use crate::files::drift;
use crate::list::{
    Chip, GroupBy,
    filter::{self, Surroundings},
    groups::grouping,
};
use jiff::{Timestamp, tz::TimeZone};
use license::{AccountId, Hosting, LicenseId, Status, Tier};
use std::collections::{HashMap, HashSet};
use vault::{
    Direction, Filter, Group, IntentVerb, Query, Sort, StoredLicense, Vault, ViewCounts, files::FileState,
};

/// A view of the left pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Every license that is not gone.
    All,
    /// Those that end within the user's threshold.
    ExpiringSoon,
    /// Those whose time is over.
    Expired,
    /// Those for development.
    Development,
    /// Those for production.
    Production,
    /// Those of instances that the vendor hosts.
    Sandbox,
}

/// Which licenses, in which order, and which part of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery {
    /// The view.
    pub view: View,
    /// Only this account's.
    pub account: Option<AccountId>,
    /// The filter language.
    pub text: String,
    /// What it is grouped by.
    pub group: Option<GroupBy>,
    /// The keys of the groups whose licenses are left out.
    pub folded: Vec<String>,
    /// What it is sorted by.
    pub sort: Sort,
    /// Which way.
    pub direction: Direction,
}

/// The visible window of the list.
#[derive(Debug)]
pub struct ListWindow {
    /// How many rows there are in all.
    pub total: usize,
    /// The groups in order, if the list is grouped.
    pub groups: Vec<Group>,
    /// The rows that were asked for.
    pub rows: Vec<Row>,
    /// What the text filters by.
    pub chips: Vec<Chip>,
    /// The first word of the text that could not be read. The list has no rows then: what was meant is not known.
    pub problem: Option<AppError>,
}

/// A license as the list shows it.
#[derive(Debug, Clone)]
pub struct Row {
    /// What is kept of it.
    pub stored: StoredLicense,
    /// Its account's name.
    pub account: String,
    /// Whether it can be relied on now.
    pub status: Status,
    /// Whole days until it ends.
    pub days: Option<i64>,
    /// The worst of its files, where it has any.
    pub files: Option<FileState>,
    /// Whether a delete of it was sent without an answer.
    pub delete_unknown: bool,
}

/// How many licenses each view has.
pub type Counts = ViewCounts;

/// The visible window of the list.
pub async fn list(
    context: &Context,
    query: ListQuery,
    offset: usize,
    limit: Option<usize>,
) -> Result<ListWindow, AppError> {
    let (now, registry) = (context.clock.now(), context.registry);
    context
        .off_thread(move |vault| {
            let accounts = accounts(vault)?;
            let around = Surroundings { accounts: &accounts, registry, now, zone: TimeZone::system() };
            let reading = filter::read(&query.text, &around);
            let chips = reading.chips;
            if let Some(problem) = reading.problem {
                let problem = Some(problem);
                return Ok(ListWindow { total: 0, groups: Vec::new(), rows: Vec::new(), chips, problem });
            }
            let query = Query { offset, limit, ..vault_query(query, reading.filter, &around) };
            let days = threshold(vault)?;
            let window = vault.library().window(&query, now, days)?;
            let at = Moment { now, days };
            let rows = rows(vault, window.rows, &accounts, &at)?;
            Ok(ListWindow { total: window.total, groups: window.groups, rows, chips, problem: None })
        })
        .await
}

/// The place of a license in a query's order.
pub async fn place(context: &Context, query: ListQuery, id: LicenseId) -> Result<Option<usize>, AppError> {
    let (now, registry) = (context.clock.now(), context.registry);
    context
        .off_thread(move |vault| {
            let accounts = accounts(vault)?;
            let around = Surroundings { accounts: &accounts, registry, now, zone: TimeZone::system() };
            let reading = filter::read(&query.text, &around);
            if reading.problem.is_some() {
                return Ok(None);
            }
            let query = vault_query(query, reading.filter, &around);
            Ok(vault.library().position(&query, id, now, threshold(vault)?)?)
        })
        .await
}

/// How many licenses each view has.
pub async fn counts(context: &Context) -> Result<Counts, AppError> {
    let now = context.clock.now();
    context.off_thread(move |vault| Ok(vault.library().count_by_view(now, threshold(vault)?)?)).await
}

/// One license as the list shows it.
pub async fn row(context: &Context, id: LicenseId) -> Result<Row, AppError> {
    let now = context.clock.now();
    context
        .off_thread(move |vault| {
            let not_found = || AppError::NotFound { what: Thing::License, named: id.to_string() };
            let stored = vault.library().license(id)?.ok_or_else(not_found)?;
            let at = Moment { now, days: threshold(vault)? };
            let mut rows = rows(vault, vec![stored], &accounts(vault)?, &at)?;
            rows.pop().ok_or_else(not_found)
        })
        .await
}

/// The licenses of these ids that are in the library, in this order.
pub async fn rows_of(context: &Context, ids: Vec<LicenseId>) -> Result<Vec<Row>, AppError> {
    let now = context.clock.now();
    context
        .off_thread(move |vault| {
            let mut found = Vec::new();
            for id in ids {
                found.extend(vault.library().license(id)?);
            }
            let at = Moment { now, days: threshold(vault)? };
            rows(vault, found, &accounts(vault)?, &at)
        })
        .await
}

/// The one license that a user means by Licet's id, a vendor's id or a name.
pub async fn resolve_license(context: &Context, named: &str) -> Result<LicenseId, AppError> {
    let named = named.to_owned();
    context
        .off_thread(move |vault| {
            let accounts: HashMap<AccountId, String> =
                accounts(vault)?.into_iter().map(|(name, id)| (id, name)).collect();
            let mut found = vault.library().find(&named)?;
            if let (true, Some(meant)) = (found.is_empty(), unescaped(&named)) {
                found = vault.library().find(&meant)?;
            }
            match found.as_slice() {
                [] => Err(AppError::NotFound { what: Thing::License, named }),
                [one] => Ok(one.id),
                several => {
                    let account =
                        |one: &StoredLicense| accounts.get(&one.account).cloned().unwrap_or_default();
                    let candidates = several
                        .iter()
                        .map(|one| format!("{} ({}, {})", one.id, one.license.label(), account(one)));
                    Err(AppError::Ambiguous { named, candidates: candidates.collect() })
                }
            }
        })
        .await
}

fn accounts(vault: &Vault) -> Result<Vec<(String, AccountId)>, AppError> {
    Ok(vault.library().accounts()?.into_iter().map(|account| (account.name, account.id)).collect())
}

fn vault_query(query: ListQuery, text: Filter, around: &Surroundings<'_>) -> Query {
    let mut all = vec![text];
    all.extend(query.account.map(Filter::Account));
    all.extend(match query.view {
        View::All => None,
        View::ExpiringSoon => Some(Filter::Status(Status::ExpiresSoon.word().to_owned())),
        View::Expired => Some(Filter::Status(Status::Expired.word().to_owned())),
        View::Development => Some(Filter::Type(Tier::Development)),
        View::Production => Some(Filter::Type(Tier::Production)),
        View::Sandbox => Some(Filter::Hosting(Hosting::Sandbox)),
    });
    Query {
        filter: Filter::And(all),
        grouping: query.group.map(|by| grouping(by, around.registry, around.now, around.zone.clone())),
        folded: query.folded,
        sort: query.sort,
        direction: query.direction,
        ..Query::default()
    }
}

/// What rows are shown by, besides what is kept of them.
struct Moment {
    now: Timestamp,
    days: i64,
}

fn rows(
    vault: &Vault,
    stored: Vec<StoredLicense>,
    accounts: &[(String, AccountId)],
    at: &Moment,
) -> Result<Vec<Row>, AppError> {
    let names: HashMap<AccountId, &str> = accounts.iter().map(|(name, id)| (*id, name.as_str())).collect();
    let mut files: HashMap<LicenseId, Vec<_>> = HashMap::new();
    for tracked in vault.library().files_of_each(stored.iter().map(|one| one.id))? {
        files.entry(tracked.file.license).or_default().push(tracked);
    }
    let unanswered = crate::changes::in_flight::unanswered(vault, at.now)?;
    let deletes = unanswered.iter().filter(|intent| intent.record.verb == IntentVerb::Delete);
    let deleting: HashSet<LicenseId> = deletes.filter_map(|intent| intent.record.license).collect();
    let row = |stored: StoredLicense| Row {
        account: names.get(&stored.account).copied().unwrap_or_default().to_owned(),
        status: stored.status(at.now, at.days),
        days: stored.license.expiry.and_then(|expiry| expiry.days_from(at.now)),
        files: files.remove(&stored.id).and_then(drift::worst_states),
        delete_unknown: deleting.contains(&stored.id),
        stored,
    };
    Ok(stored.into_iter().map(row).collect())
}
