//! A product's own service on this computer: whether it is in touch with the vendor, and what its license gives it. It is
//! asked without a login, and that it does not run is a state, not an error.

use crate::context::{AppError, Context, ErrorReport, settings};
use jiff::Timestamp;
use license::LicenseId;
use url::Url;
use vault::StoredLicense;
use vendors::{ConnectError, CoreState, ProductForms};

/// A Core on this computer, as it answered.
#[derive(Debug, Clone, PartialEq)]
pub struct CoreStatus {
    /// Where it was asked.
    pub address: String,
    /// What it tells, or why it tells nothing.
    pub state: Result<CoreState, ErrorReport>,
    /// When it was asked.
    pub at: Timestamp,
}

/// What the Core on this computer tells that a license's product has; nothing where the product has none.
pub async fn core(context: &Context, id: LicenseId) -> Result<Option<CoreStatus>, AppError> {
    let (stored, _) = context.license_and_account(id).await?;
    match context.registry.product(stored.license.product.word()) {
        Some(known) => core_of(context, known).await,
        None => Ok(None),
    }
}

/// What the Core on this computer tells, without any license.
pub async fn core_here(context: &Context) -> Result<Option<CoreStatus>, AppError> {
    match context.registry.products().find(|known| known.core.is_some()) {
        Some(known) => core_of(context, known).await,
        None => Ok(None),
    }
}

async fn core_of(context: &Context, known: &ProductForms) -> Result<Option<CoreStatus>, AppError> {
    let Some(usual) = known.core else { return Ok(None) };
    let address = settings::settings(context).await?.core_address.unwrap_or_else(|| usual.address.to_owned());
    let asked = Url::parse(&address).map_err(|_| ConnectError::NotAnAddress)?;
    let core = context
        .registry
        .local_core(&context.http, known.product, &asked)
        .ok_or(ConnectError::NotAnAddress)?;
    let state = core.state().await.map_err(|source| {
        let (provider, account) = (known.product.into(), address.as_str().into());
        AppError::Vendor { provider, account, doing: "asking the Core".to_owned(), source }.report()
    });
    Ok(Some(CoreStatus { address, state, at: context.clock.now() }))
}

/// Whether a license's product has a Core.
pub(crate) fn is_of(context: &Context, stored: &StoredLicense) -> bool {
    context.registry.product(stored.license.product.word()).is_some_and(|known| known.core.is_some())
}

/// Whether an address can be a Core's: what the settings refuse is asked by nobody.
pub(crate) fn can_be_asked(address: &str) -> Result<(), AppError> {
    let url = Url::parse(address).map_err(|_| ConnectError::NotAnAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ConnectError::LoginInAddress.into());
    }
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    if is_web { Ok(()) } else { Err(ConnectError::NotAnAddress.into()) }
}
