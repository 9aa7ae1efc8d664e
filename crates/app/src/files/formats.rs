//! Which files can be written from a license, and what stands in each.

use crate::context::{AppError, Context};
use crate::files::target::Target;
use license::{KeyForm, file::Format};
use vault::{Account, StoredLicense};
use vendors::{Facet, Registry};

/// The formats that a license can be written in, the usual one first. A certificate is checked out where its vendor has
/// them; an imported one is what it is.
pub(crate) fn formats(context: &Context, stored: &StoredLicense, account: &Account) -> Vec<Format> {
    let mut formats = formats_of_key(context.registry, stored);
    if stored.key_form != Some(KeyForm::Certificate)
        && !context.registry.facets(&account.provider).contains(&Facet::Certificates)
    {
        formats.retain(|format| *format != Format::Certificate);
    }
    formats
}

/// Refuses a format that the license cannot be written in.
pub(crate) fn can_be_written(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
    format: Format,
) -> Result<(), AppError> {
    refuse_gone(stored)?;
    let formats = formats(context, stored, account);
    if formats.contains(&format) {
        return Ok(());
    }
    Err(does_not_fit(stored, format.word(), formats))
}

/// The formats that a license's key can be written in, the usual one first.
fn formats_of_key(registry: Registry, stored: &StoredLicense) -> Vec<Format> {
    match stored.key_form {
        Some(KeyForm::Certificate) => vec![Format::Certificate],
        form => registry.formats_of(&stored.license.product, form),
    }
}

/// The format of the env file that docker compose reads for a license.
pub(crate) fn env(context: &Context, stored: &StoredLicense, account: &Account) -> Result<Format, AppError> {
    let formats = formats(context, stored, account);
    let env = formats.iter().find(|format| matches!(format, Format::Env(_))).copied();
    env.ok_or_else(|| does_not_fit(stored, "env", formats))
}

/// The words of every format.
pub(crate) fn words(registry: Registry) -> String {
    listed(registry.formats())
}

fn listed(formats: Vec<Format>) -> String {
    formats.into_iter().map(Format::word).collect::<Vec<_>>().join(", ")
}

fn does_not_fit(stored: &StoredLicense, format: &str, possible: Vec<Format>) -> AppError {
    AppError::FormatDoesNotFit {
        label: stored.license.label().to_owned(),
        format: format.to_owned(),
        possible: listed(possible),
    }
}

/// A certificate is of its moment: there is nothing to keep up to date.
pub(crate) fn refuse_keeping(target: &Target) -> Result<(), AppError> {
    if target.format != Format::Certificate || !target.keep {
        return Ok(());
    }
    Err(AppError::CertificateNotKept)
}

/// The key of a license that its vendor no longer has runs nothing.
pub(crate) fn refuse_gone(stored: &StoredLicense) -> Result<(), AppError> {
    match stored.gone_since {
        Some(_) => Err(AppError::Gone { label: stored.license.label().to_owned() }),
        None => Ok(()),
    }
}
