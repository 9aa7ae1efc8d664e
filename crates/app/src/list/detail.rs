//! Everything about one license: what is known at once, and what can be asked of the vendor when it is opened.

use crate::certificates::{CertificateStatus, check_out};
use crate::changes::{ReplaceStatus, replacing};
use crate::context::{AppError, Context, ErrorReport, host::is_recent};
use crate::files::{TrackedState, drift, formats};
use crate::keys::{issuers, license_keys};
use crate::list::{Row, query};
use crate::listing::{detail_fetches::DetailFetches, found};
use crate::offers::StepStatus;
use jiff::Timestamp;
use license::{KeyForm, LicenseId, LicenseKey, file::Format, jwt, key};
use serde_json::{Map, Value};
use vault::{Account, FILES_PROVIDER, LockState, RecordedActivity, StoredLicense};
use vendors::{Facet, Reference};

/// How many activities of a license are shown with it.
const RECENT: u32 = 20;

/// Everything about one license.
#[derive(Debug)]
pub struct Detail {
    /// As the list shows it.
    pub row: Row,
    /// Its account.
    pub account: Account,
    /// What is known of its key.
    pub key: KeyStatus,
    /// Files that were written from it.
    pub files: Vec<TrackedState>,
    /// What happened with it, newest first.
    pub activity: Vec<RecordedActivity>,
    /// Formats that it can be written in, the usual one first.
    pub formats: Vec<Format>,
    /// How it can be taken away.
    pub removal: Removal,
    /// What it certifies, where it is an imported certificate.
    pub certificate: Option<CertificateStatus>,
    /// What its account offers beside the list; nothing for an imported key.
    pub facets: &'static [Facet],
    /// Whether its product has a Core on this computer that can be asked.
    pub has_core: bool,
    /// What to do next with it.
    pub steps: Vec<StepStatus>,
    /// Its replacement by another license, where one is under way.
    pub replacing: Option<ReplaceStatus>,
    /// When its account was last listed.
    pub as_of: Option<Timestamp>,
    /// Why the last closer look failed.
    pub fetch_problem: Option<ErrorReport>,
}

/// How a license can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// Deleted at its vendor.
    Delete,
    /// Taken out of the library: it was imported.
    Remove,
    /// Not from here: its vendor deletes no license that a program asks for.
    Nowhere,
}

/// What is known of a key without showing it.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyStatus {
    /// Sealed in the library, and at hand.
    Kept {
        /// All but its end as dots.
        masked: String,
        /// Its form.
        form: Option<KeyForm>,
        /// What a JWT claims.
        claims: Map<String, Value>,
        /// Whether its issuer signed it; nothing for forms that have no signature to check.
        verified: Option<jwt::Verification>,
    },
    /// Sealed in the library, which is locked.
    Locked {
        /// Its form.
        form: Option<KeyForm>,
    },
    /// To be fetched from the vendor when it is needed.
    AtVendor,
    /// Nowhere: it was brought in for a session that is over.
    Lost,
}

/// Everything about one license that is known here. Nothing is sent but, for a JWT, the question for its issuer's
/// published keys.
pub async fn detail(context: &Context, id: LicenseId) -> Result<Detail, AppError> {
    let row = query::row(context, id).await?;
    let (_, account) = context.license_and_account(id).await?;
    let key = seen_key(context, &row, &account).await?;
    let files = drift::files_of(context, id).await?;
    let activity = context.off_thread(move |vault| Ok(vault.library().recent_of(id, RECENT)?)).await?;
    let formats = formats::formats(context, &row.stored, &account);
    let certificate = check_out::certificate(context, id).await?;
    let removal = removal(context, &account);
    let facets = context.registry.facets(&account.provider);
    let has_core = crate::offers::local_core::is_of(context, &row.stored);
    let steps = crate::offers::steps::of_license(context, &row.stored, &account);
    let as_of = crate::context::last_refresh::last(&account).as_of;
    let replacing = replacing::replacing_of(context, id).await?;
    let fetch_problem = context.state::<DetailFetches>().problem(id).await;
    Ok(Detail {
        row,
        account,
        key,
        files,
        activity,
        formats,
        removal,
        certificate,
        facets,
        has_core,
        steps,
        replacing,
        as_of,
        fetch_problem,
    })
}

fn removal(context: &Context, account: &Account) -> Removal {
    if account.provider == FILES_PROVIDER {
        return Removal::Remove;
    }
    let deletes = context.registry.description(&account.provider).is_ok_and(|known| known.deletes);
    if deletes { Removal::Delete } else { Removal::Nowhere }
}

async fn seen_key(context: &Context, row: &Row, account: &Account) -> Result<KeyStatus, AppError> {
    let (id, form) = (row.stored.id, row.stored.key_form);
    if license_keys::is_lost(&row.stored, account) {
        return Ok(KeyStatus::Lost);
    }
    if !row.stored.has_key {
        return Ok(KeyStatus::AtVendor);
    }
    let is_imported = account.provider == FILES_PROVIDER;
    let key = context.off_thread(move |vault| match vault.lock().state()? {
        LockState::Unlocked(_) => Ok(Some(license_keys::read_kept(vault, id, is_imported)?)),
        LockState::New | LockState::Locked(_) | LockState::SlotsLost => Ok(None),
    });
    let key = match key.await? {
        None => return Ok(KeyStatus::Locked { form }),
        Some(None) => return Ok(KeyStatus::AtVendor),
        Some(Some(key)) => key,
    };
    // Keys that come with a list are kept as they come, without a look at each.
    let form = form.or_else(|| Some(license_keys::form_of(&key)));
    let (claims, verified) = match form {
        Some(KeyForm::Jwt) => (claims(context, &key), Some(issuers::verify(context, account, &key).await)),
        Some(KeyForm::System | KeyForm::Deployment | KeyForm::Certificate) | None => (Map::new(), None),
    };
    Ok(KeyStatus::Kept { masked: key::masked(&key), form, claims, verified })
}

/// Asks the vendor for what the list did not bring: entitlements, and the key, also where a fact changed since it was
/// kept. A license that was looked at within
/// the last minute is left at that, so that showing the outcome does not ask again.
pub async fn look_closer(context: &Context, id: LicenseId) -> Result<(), AppError> {
    let now = context.clock.now();
    let is_fresh = |at| is_recent(at, now, LOOK_AGAIN_AFTER_SECONDS);
    if context.state::<DetailFetches>().at(id).await.is_some_and(is_fresh) {
        return Ok(());
    }
    let (stored, account) = context.license_and_account(id).await?;
    let looked = ask_for_more(context, &stored, &account).await;
    if let Ok(false) = looked {
        return Ok(());
    }
    let problem = looked.as_ref().err().map(AppError::report);
    context.state::<DetailFetches>().note(id, now, problem).await;
    context.account_changed(account.id);
    looked.map(|_| ())
}

/// The same on a user's word, which does not wait.
pub async fn fetch_again(context: &Context, id: LicenseId) -> Result<(), AppError> {
    context.state::<DetailFetches>().forget(id).await;
    look_closer(context, id).await
}

/// Whether there was something to ask for.
async fn ask_for_more(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<bool, AppError> {
    let has_present_key = stored.has_key && !stored.key_is_stale;
    let is_complete = stored.license.entitlements.is_some() && has_present_key;
    let is_asked = account.provider != FILES_PROVIDER && stored.gone_since.is_none();
    if !is_asked || is_complete || context.is_read_only() {
        return Ok(false);
    }
    let client = context.client(account).await?;
    let which = Reference::Id(stored.license.vendor_id.clone());
    let doing = format!("opening {:?}", stored.license.label());
    let found = client.get(&which).await.map_err(Context::at(account, doing))?;
    let (_, succeeded) = found::take_found_and_succeed(context, account.id, found).await?;
    succeeded.map(|()| true)
}

/// For how long a closer look is not repeated.
const LOOK_AGAIN_AFTER_SECONDS: i64 = 60;

/// What a license string claims, without secrets. One that cannot be decoded claims nothing: its form is not documented.
fn claims(context: &Context, key: &LicenseKey) -> Map<String, Value> {
    let claims = jwt::decode(key.expose()).map(|decoded| decoded.claims).unwrap_or_default();
    context.registry.shown_claims(claims)
}
