//! What `--json` prints: the shapes of `docs/schemas`. None of them has room for a key.

use crate::output::words::to_the_second;
use app::{accounts::AccountStatus, changes::LookedUp, context::State, files::TrackedState, list::Row};
use jiff::Timestamp;
use license::{Entitlement, Expiry, Goal, Hosting, LicenseId, Tier, VendorStatus, jwt::Verification};
use serde::Serialize;
use std::{collections::BTreeMap, path::Path};
use vault::{FileState, TrackedFile};

/// A license as `list` and whatever changes one print it: `license.json`.
#[derive(Debug, Serialize)]
pub(crate) struct License<'a> {
    id: LicenseId,
    vendor_id: &'a str,
    account: &'a str,
    name: Option<&'a str>,
    product: &'a str,
    #[serde(rename = "type")]
    tier: Option<Tier>,
    hosting: Option<Hosting>,
    goal: Option<Goal>,
    status: &'static str,
    /// The vendor's own word.
    vendor_status: Option<&'a str>,
    /// Whether the vendor reports that it was not used for 90 days. It still works.
    unused: bool,
    created: Option<Timestamp>,
    expires: Option<Timestamp>,
    expires_in_days: Option<i64>,
    entitlements: &'a [Entitlement],
    limits: &'a BTreeMap<String, serde_json::Value>,
    files: Vec<File<'a>>,
}

/// A file that was written from a license.
#[derive(Debug, Serialize)]
pub(crate) struct File<'a> {
    path: &'a Path,
    format: &'a str,
    state: &'static str,
}

/// A license that a key was looked up by: `look-up.json`.
#[derive(Debug, Serialize)]
pub(crate) struct Found<'a> {
    id: Option<LicenseId>,
    vendor_id: &'a str,
    account: &'a str,
    name: Option<&'a str>,
    product: &'a str,
    #[serde(rename = "type")]
    tier: Option<Tier>,
    hosting: Option<Hosting>,
    goal: Option<Goal>,
    created: Option<Timestamp>,
    expires: Option<Timestamp>,
    entitlements: &'a [Entitlement],
    limits: &'a BTreeMap<String, serde_json::Value>,
}

/// An account: `account.json`.
#[derive(Debug, Serialize)]
pub(crate) struct Account<'a> {
    name: &'a str,
    provider: &'a str,
    address: &'a str,
    subject: Option<&'a str>,
    licenses: usize,
    as_of: Option<Timestamp>,
    state: &'static str,
    problem: Option<&'a str>,
    unsettled: Vec<Unsettled<'a>>,
}

/// A create or delete that was sent and whose outcome is not known.
#[derive(Debug, Serialize)]
struct Unsettled<'a> {
    verb: &'static str,
    name: &'a str,
    at: Timestamp,
}

impl<'a> License<'a> {
    /// A row of the list with its files.
    pub(crate) fn new(row: &'a Row, files: impl IntoIterator<Item = &'a TrackedState>) -> Self {
        let license = &row.stored.license;
        Self {
            id: row.stored.id,
            vendor_id: &license.vendor_id,
            account: &row.account,
            name: license.name.as_deref(),
            product: license.product.word(),
            tier: license.tier,
            hosting: license.hosting,
            goal: license.goal,
            status: row.status.word(),
            vendor_status: license.vendor_status.as_ref().map(VendorStatus::word),
            unused: is_unused(license),
            created: license.created,
            expires: license.expiry.and_then(Expiry::instant),
            expires_in_days: row.days,
            entitlements: license.entitlements.as_deref().unwrap_or_default(),
            limits: &license.limits,
            files: files.into_iter().map(File::new).collect(),
        }
    }
}

impl<'a> File<'a> {
    /// A file that was written.
    pub(crate) fn new(file: &'a TrackedState) -> Self {
        let TrackedFile { file: tracked, .. } = &file.tracked;
        Self { path: &tracked.path, format: &tracked.format, state: state(file) }
    }
}

impl<'a> Found<'a> {
    /// What the vendor tells of the license that a key belongs to.
    pub(crate) fn new(found: &'a LookedUp, account: &'a str) -> Self {
        let license = &found.license;
        Self {
            id: found.id,
            vendor_id: &license.vendor_id,
            account,
            name: license.name.as_deref(),
            product: license.product.word(),
            tier: license.tier,
            hosting: license.hosting,
            goal: license.goal,
            created: license.created,
            expires: license.expiry.and_then(Expiry::instant),
            entitlements: license.entitlements.as_deref().unwrap_or_default(),
            limits: &license.limits,
        }
    }
}

impl<'a> Account<'a> {
    /// An account with how it fares.
    pub(crate) fn new(status: &'a AccountStatus) -> Self {
        let account = &status.account;
        let unsettled = status.unsettled.iter();
        Self {
            name: &account.name,
            provider: &account.provider,
            address: &account.address,
            subject: account.subject.as_deref(),
            licenses: status.licenses,
            as_of: status.as_of.map(to_the_second),
            state: account_state(&status.state),
            problem: problem(&status.state),
            unsettled: unsettled
                .map(|one| Unsettled { verb: one.verb.word(), name: &one.label, at: to_the_second(one.at) })
                .collect(),
        }
    }
}

/// Whether a license's vendor reports that it was not used for 90 days.
pub(crate) fn is_unused(license: &license::License) -> bool {
    license.vendor_status == Some(VendorStatus::Inactive)
}

/// The state of an account in one word.
pub(crate) fn account_state(state: &State) -> &'static str {
    match state {
        State::Ready => "ready",
        State::Refreshing { .. } => "refreshing",
        State::Offline(_) => "offline",
        State::Failed(_) => "failed",
    }
}

/// The code of what went wrong with an account last.
fn problem(state: &State) -> Option<&str> {
    match state {
        State::Offline(facts) | State::Failed(facts) => Some(&facts.code),
        State::Ready | State::Refreshing { .. } => None,
    }
}

/// Whether an issuer signed something, in one word.
pub(crate) fn verification(verified: Verification) -> &'static str {
    match verified {
        Verification::Verified => "verified",
        Verification::NotVerified => "not-verified",
        Verification::Failed => "failed",
    }
}

/// How a written file is now, in one word.
pub(crate) fn state(file: &TrackedState) -> &'static str {
    let is_outdated = file.is_outdated && file.state == FileState::UpToDate;
    if is_outdated { "outdated" } else { file_state(file.state) }
}

/// How a file is by its bytes alone, in one word.
pub(crate) fn file_state(state: FileState) -> &'static str {
    match state {
        FileState::UpToDate => "up-to-date",
        FileState::Drifted => "drifted",
        FileState::Interrupted => "interrupted",
        FileState::Missing => "missing",
    }
}
