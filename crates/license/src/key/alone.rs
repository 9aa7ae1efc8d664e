//! The key in a text, without anything else that is in it.

use super::{KeyForm, Mistake, Recognised, recognise};
use crate::{LicenseKey, pasted};

/// The license key in a text, and nothing else of it, to be sent to a vendor. A certificate is not a key.
pub fn key_alone(text: &str) -> Result<LicenseKey, Mistake> {
    match recognise(text)? {
        Recognised::Key { form: KeyForm::Certificate, .. }
        | Recognised::PortalToken(_)
        | Recognised::Address(_) => Err(Mistake::Unknown),
        Recognised::Key { key, .. } => Ok(key),
    }
}

/// The license JWT in a text, and nothing else of it; where there is none, the text without what copying adds.
pub fn token_alone(text: &str) -> LicenseKey {
    match recognise(text) {
        Ok(Recognised::Key { key, form: KeyForm::Jwt, .. }) => key,
        Ok(Recognised::Key { .. } | Recognised::PortalToken(_) | Recognised::Address(_)) | Err(_) => {
            LicenseKey::new(pasted::key(text).into_owned())
        }
    }
}
