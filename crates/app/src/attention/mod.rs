//! What needs attention: problems of licenses, of their files and of accounts, the most urgent first.

use crate::accounts;
use crate::changes::{ReplaceStatus, Unsettled};
use crate::context::{AppError, Context, ErrorReport, State, settings::threshold};
use crate::files::{TrackedState, drift};
use jiff::Timestamp;
use license::{AccountId, LicenseId, Status};
use vault::{Account, Direction, Filter, Query, Sort, StoredLicense, Vault, files::FileState};
use vendors::{Facet, Registry};

/// How many licenses are listed one by one; of more, there is only the number.
const MOST_LICENSES: usize = 200;
/// How long before it expires an instance's token or an account's session needs attention. Both are usually renewed by themselves
/// before that.
const SHORT_LIVED_DAYS: i64 = 2;
/// How long before it expires a certificate needs attention. Nothing renews it by itself.
const CERTIFICATE_DAYS: i64 = 7;

/// What needs attention.
#[derive(Debug, Default)]
pub struct Attention {
    /// Each problem, the most urgent first.
    pub items: Vec<Item>,
    /// How many more licenses have expired or expire soon.
    pub more_licenses: usize,
}

impl Attention {
    /// How many problems there are.
    pub fn count(&self) -> usize {
        self.items.len() + self.more_licenses
    }
}

/// One problem, with what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The problem.
    pub problem: Problem,
    /// The license that it is about.
    pub license: Option<LicenseId>,
    /// The account that it is about, or that its license is from.
    pub account: Option<AccountId>,
    /// The license's or the account's name.
    pub label: String,
}

/// What is wrong, by what settles it.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// The key of the license is marked as leaked.
    Leaked,
    /// The instance has a token that is for another instance.
    WrongInstance,
    /// The license has expired.
    Expired(Option<Timestamp>),
    /// The license expires within the user's threshold.
    ExpiresSoon(Option<Timestamp>),
    /// The vendor has suspended the license, or banned its holder.
    Withdrawn(Status),
    /// The token of an instance expires soon, although instances renew theirs.
    TokenExpires(Timestamp),
    /// A license file is not as it was written, or its instance has another token by now.
    File(TrackedState),
    /// A certificate in a file has expired or expires soon.
    CertificateExpires {
        /// The file, which is as it was written.
        file: TrackedState,
        /// When.
        at: Timestamp,
    },
    /// A create or delete has no answer yet.
    Unsettled(Unsettled),
    /// A replacement was interrupted.
    Replacement {
        /// The name of the license that takes the place of this one.
        name: String,
    },
    /// The account needs a new login, or its vendor refused the last refresh.
    Refused(ErrorReport),
    /// The session of the account expires soon.
    SessionExpires(Timestamp),
    /// The vendor could not be reached.
    Offline(ErrorReport),
}

impl Problem {
    /// Problems of a smaller number come first.
    fn urgency(&self) -> u8 {
        match self {
            Self::Leaked => 0,
            Self::WrongInstance => 1,
            Self::Refused(_) => 2,
            Self::Unsettled(_) | Self::Replacement { .. } => 3,
            Self::File(_) => 4,
            Self::Withdrawn(_) => 5,
            Self::Expired(_) => 6,
            Self::TokenExpires(_) => 7,
            Self::CertificateExpires { .. } => 8,
            Self::ExpiresSoon(_) => 9,
            Self::SessionExpires(_) => 10,
            Self::Offline(_) => 11,
        }
    }
}

/// Returns what needs attention now.
pub async fn attention(context: &Context) -> Result<Attention, AppError> {
    let accounts = accounts::accounts(context).await?;
    let (registry, now) = (context.registry, context.clock.now());
    context
        .off_thread(move |vault| {
            let mut found = licenses(vault, now)?;
            found.items.extend(files(vault, now)?);
            for one in accounts {
                found.items.extend(tokens(vault, registry, &one.account, now)?);
                found.items.extend(of_account(one, now));
            }
            // Within a problem the order stays: licenses come by when they expire, accounts by name.
            found.items.sort_by_key(|item| item.problem.urgency());
            Ok(found)
        })
        .await
}

/// Problems that the status of a license tells.
fn licenses(vault: &Vault, now: Timestamp) -> Result<Attention, AppError> {
    let statuses = [
        Status::Leaked,
        Status::WrongInstance,
        Status::Suspended,
        Status::Banned,
        Status::Expired,
        Status::ExpiresSoon,
    ];
    let filter = Filter::Or(statuses.iter().map(|status| Filter::Status(status.word().to_owned())).collect());
    let query = Query {
        filter,
        sort: Sort::Expires,
        direction: Direction::Ascending,
        limit: Some(MOST_LICENSES),
        ..Query::default()
    };
    let days = threshold(vault)?;
    let window = vault.library().window(&query, now, days)?;
    let more_licenses = window.total - window.rows.len();
    let item = |stored: StoredLicense| {
        let at = stored.license.expiry.and_then(license::Expiry::instant);
        let problem = match stored.status(now, days) {
            Status::Leaked => Problem::Leaked,
            Status::WrongInstance => Problem::WrongInstance,
            status @ (Status::Suspended | Status::Banned) => Problem::Withdrawn(status),
            Status::Expired => Problem::Expired(at),
            Status::ExpiresSoon => Problem::ExpiresSoon(at),
            Status::Valid | Status::Gone | Status::Unknown(_) => return None,
        };
        Some(about(problem, &stored))
    };
    Ok(Attention { items: window.rows.into_iter().filter_map(item).collect(), more_licenses })
}

/// License files that are not as they were written, and those with a certificate that expires.
fn files(vault: &Vault, now: Timestamp) -> Result<Vec<Item>, AppError> {
    let mut items = Vec::new();
    for tracked in vault.library().all_files()? {
        let seen = drift::seen(vault, tracked)?;
        let is_fine = seen.state == FileState::UpToDate && !seen.is_outdated;
        let license = seen.tracked.file.license;
        let problem = match seen.expires.filter(|at| is_within(*at, now, CERTIFICATE_DAYS)) {
            Some(at) if is_fine => Problem::CertificateExpires { file: seen, at },
            None if is_fine => continue,
            Some(_) | None => Problem::File(seen),
        };
        let listed = vault.library().license(license)?.filter(|one| one.gone_since.is_none());
        items.extend(listed.map(|stored| about(problem, &stored)));
    }
    Ok(items)
}

/// The token of an instance that expires soon.
fn tokens(
    vault: &Vault,
    registry: Registry,
    account: &Account,
    now: Timestamp,
) -> Result<Vec<Item>, AppError> {
    if !registry.facets(&account.provider).contains(&Facet::InstanceToken) {
        return Ok(Vec::new());
    }
    let query = Query { filter: Filter::Account(account.id), ..Query::default() };
    let rows = vault.library().window(&query, now, 0)?.rows;
    let expires = |stored: &StoredLicense| stored.license.limits.get("token-expires")?.as_str()?.parse().ok();
    let soon = rows.iter().filter_map(|stored| {
        let at = expires(stored).filter(|at| is_soon(*at, now))?;
        Some(about(Problem::TokenExpires(at), stored))
    });
    Ok(soon.collect())
}

fn of_account(status: accounts::AccountStatus, now: Timestamp) -> Vec<Item> {
    let account = status.account;
    let interrupted = status.replacing.into_iter().filter(|one| !one.is_running);
    let replacement = |one: ReplaceStatus| Item {
        problem: Problem::Replacement { name: one.name },
        license: Some(one.old),
        account: Some(account.id),
        label: one.label,
    };
    let mut items: Vec<Item> = interrupted.map(replacement).collect();
    let mut problems: Vec<Problem> = status.unsettled.into_iter().map(Problem::Unsettled).collect();
    problems.extend(match status.state {
        State::Offline(error) => Some(Problem::Offline(error)),
        State::Failed(error) => Some(Problem::Refused(error)),
        State::Ready | State::Refreshing { .. } => None,
    });
    problems.extend(status.session_expires.filter(|at| is_soon(*at, now)).map(Problem::SessionExpires));
    let item =
        |problem| Item { problem, license: None, account: Some(account.id), label: account.name.clone() };
    items.extend(problems.into_iter().map(item));
    items
}

fn is_soon(at: Timestamp, now: Timestamp) -> bool {
    is_within(at, now, SHORT_LIVED_DAYS)
}

fn is_within(at: Timestamp, now: Timestamp, days: i64) -> bool {
    at.duration_since(now) < jiff::SignedDuration::from_hours(days * 24)
}

fn about(problem: Problem, stored: &StoredLicense) -> Item {
    let label = stored.license.label().to_owned();
    Item { problem, license: Some(stored.id), account: Some(stored.account), label }
}
