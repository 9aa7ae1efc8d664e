//! A wanted license as the portal's parameters: only those that the portal at hand takes.

use super::describe::{CHOICES, PORTAL_PAGE};
use crate::{Accepts, Elsewhere, NewLicense, VendorError};
use license::Tier;

/// The parameters of `issue-license` after the token, in the order of the portal's own example.
pub(super) fn params<'a>(
    wanted: &'a NewLicense,
    accepts: &Accepts,
) -> Result<Vec<(&'static str, &'a str)>, VendorError> {
    let mut params = vec![("name", wanted.name.as_str()), ("product", "aidbox"), ("type", tier(wanted.tier))];
    for (param, value) in wanted.chosen() {
        let refuse = || VendorError::NotCarried {
            param: param.into(),
            value: value.into(),
            elsewhere: Elsewhere::Page(PORTAL_PAGE),
        };
        let choice = CHOICES.iter().find(|choice| choice.param == param).ok_or_else(refuse)?;
        let known = choice.values.iter().find(|known| known.word == value).ok_or_else(refuse)?;
        if choice.obstacle(known, accepts).is_some() {
            return Err(refuse());
        }
        if param != "type" && choice.is_taken_by(accepts) {
            params.push((choice.param, value));
        }
    }
    Ok(params)
}

/// The portal's word for a type.
fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Development => "development",
        Tier::Production => "production",
        Tier::Ci => "ci",
    }
}
