//! One license whole, activities, and what is stored where.

use super::{certificate, errors, files, list};
use crate::view::{
    ActivityView, DetailView, EntitlementView, FactView, KeyPlace, KeyView, RemovalView, ReportView,
    StoredThing, Verification,
};
use app::context::Report;
use app::files::TrackedState;
use app::home::Stored;
use app::list::{Detail, KeyStatus, Removal};
use jiff::Timestamp;
use serde_json::{Map, Value};
use vault::{RecordedActivity, StoredLicense};

/// Everything about one license.
pub(crate) fn detail(detail: Detail) -> DetailView {
    let license = &detail.row.stored.license;
    let entitlement =
        |one: &license::Entitlement| EntitlementView { code: one.code.clone(), name: one.name.clone() };
    // What is told of a certificate has a place of its own.
    let has_place =
        |name: &str| detail.certificate.is_some() && app::certificates::CERTIFICATE_FACTS.contains(&name);
    let limits = license.limits.iter().filter(|(name, _)| !has_place(name));
    DetailView {
        vendor_id: license.vendor_id.clone(),
        goal: license.goal.map(|goal| goal.word().to_owned()),
        created: license.created.map(|at| at.to_string()),
        entitlements: license.entitlements.as_ref().map(|all| all.iter().map(entitlement).collect()),
        limits: limits.map(|(name, value)| fact(name, value)).collect(),
        instance_origin: license.instance_origin.clone(),
        confirm_with: super::name(license.label()),
        key: key(detail.key, &detail.row.stored),
        files: detail.files.iter().map(files::file).collect(),
        activity: detail.activity.into_iter().map(activity).collect(),
        formats: detail.formats.iter().map(|format| format.word().to_owned()).collect(),
        removal: match detail.removal {
            Removal::Delete => RemovalView::Vendor,
            Removal::Remove => RemovalView::Remove,
            Removal::Nowhere => RemovalView::Nowhere,
        },
        certificate: detail.certificate.map(certificate::certificate),
        facets: super::facets(detail.facets),
        core: detail.has_core,
        steps: super::next::steps(detail.steps),
        leaked_since: detail.row.stored.leaked_since.map(|at| at.to_string()),
        offline_until: offline_until(&detail.files).map(|at| at.to_string()),
        replacing: detail.replacing.map(super::replacing),
        as_of: detail.as_of.map(|at| at.to_string()),
        fetch_problem: detail.fetch_problem.map(errors::facts),
        row: list::row(detail.row),
    }
}

/// When the certificate that was written last expires.
fn offline_until(files: &[TrackedState]) -> Option<Timestamp> {
    let last =
        files.iter().filter(|file| file.expires.is_some()).max_by_key(|file| file.tracked.file.written)?;
    last.expires
}

fn key(key: KeyStatus, stored: &StoredLicense) -> KeyView {
    let stale = stored.key_is_stale;
    let nothing = |place, form: Option<license::KeyForm>| KeyView {
        place,
        form: form.map(|form| form.word().to_owned()),
        masked: None,
        stale: false,
        outdated: false,
        verified: Verification::NotApplicable,
        claims: Vec::new(),
    };
    match key {
        KeyStatus::AtVendor => nothing(KeyPlace::AtVendor, None),
        KeyStatus::Lost => nothing(KeyPlace::Lost, None),
        KeyStatus::Locked { form } => KeyView { stale, ..nothing(KeyPlace::Locked, form) },
        KeyStatus::Kept { masked, form, claims, verified } => {
            let outdated = stored.license.is_outdated(&claims);
            KeyView {
                masked: Some(masked),
                // Where it is told which key the vendor has, nothing has to be guessed.
                stale: stale && outdated.is_none(),
                outdated: outdated == Some(true),
                verified: certificate::verification(verified),
                claims: facts(&claims),
                ..nothing(KeyPlace::Kept, form)
            }
        }
    }
}

fn facts(all: &Map<String, Value>) -> Vec<FactView> {
    all.iter().map(|(name, value)| fact(name, value)).collect()
}

/// A text as it is, anything else as JSON.
pub(super) fn fact(name: &str, value: &Value) -> FactView {
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    FactView { name: name.to_owned(), value }
}

/// One thing that happened.
pub(crate) fn activity(recorded: RecordedActivity) -> ActivityView {
    let activity = recorded.activity;
    let report = Report::of(&activity);
    ActivityView {
        id: recorded.id,
        at: activity.at.to_string(),
        verb: activity.verb,
        account: activity.account.as_deref().map(super::name),
        license: activity.license.map(|id| id.to_string()),
        label: activity.label.as_deref().map(super::name),
        outcome: activity.outcome,
        detail: activity.detail.filter(|_| report.is_none()),
        report: report.map(|Report { code, args, words }| ReportView { code, args, words }),
    }
}

/// One thing that is stored.
pub(crate) fn stored(stored: Stored) -> StoredThing {
    StoredThing {
        what: stored.what.to_owned(),
        label: super::name(&stored.label),
        place: stored.place.word().to_owned(),
        path: stored.path.map(|path| path.display().to_string()),
        count: super::count(stored.count),
        sent_to: stored.sent_to,
    }
}
