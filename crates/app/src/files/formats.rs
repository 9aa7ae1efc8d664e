//! Which files can be written from a license, and what stands in each.

use crate::context::{AppError, Context};
use crate::files::Target;
use license::{KeyForm, Product, file::Format};
use vault::{Account, StoredLicense};
use vendors::{Facet, products};

/// The formats that a license can be written in, the usual one first. A certificate is checked out where its vendor has
/// them; an imported one is what it is.
pub(crate) fn formats(context: &Context, stored: &StoredLicense, account: &Account) -> Vec<Format> {
    let mut formats = formats_of_key(stored);
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
    Err(AppError::FormatDoesNotFit {
        label: stored.license.label().to_owned(),
        format: format.word().to_owned(),
        possible: formats.into_iter().map(Format::word).collect::<Vec<_>>().join(", "),
    })
}

/// The formats that a license's key can be written in, the usual one first.
fn formats_of_key(stored: &StoredLicense) -> Vec<Format> {
    let by_product = products::formats(&stored.license.product)
        .iter()
        .filter_map(|word| Format::from_word(word))
        .collect();
    match (&stored.license.product, stored.key_form) {
        (_, Some(KeyForm::Certificate)) => vec![Format::Certificate],
        // A JWT from elsewhere, whatever its product is.
        (Product::Other(_), Some(KeyForm::Jwt)) => vec![Format::Jwt, Format::Env, Format::K8sSecret],
        (Product::Aidbox | Product::Aica | Product::Dashboard | Product::Other(_), _) => by_product,
    }
}

/// A certificate is of its moment: there is nothing to keep up to date.
pub(crate) fn refuse_keeping(target: &Target) -> Result<(), AppError> {
    if target.format != Format::Certificate || !target.keep {
        return Ok(());
    }
    Err(AppError::NotAChoice {
        param: "keep".to_owned(),
        value: target.format.word().to_owned(),
        possible: "every other format; a certificate is checked out anew".to_owned(),
    })
}

/// The key of a license that its vendor no longer has runs nothing.
pub(crate) fn refuse_gone(stored: &StoredLicense) -> Result<(), AppError> {
    match stored.gone_since {
        Some(_) => Err(AppError::Gone { label: stored.license.label().to_owned() }),
        None => Ok(()),
    }
}
