//! Certificates in license files: until when each proves its license, and whether it was made for the present key.

use crate::context::AppError;
use crate::files::tracked::TrackedState;
use license::{Certificate, CertificateError, Expiry, KeyForm, LicenseKey};
use vault::{SecretError, StoredLicense, Vault, files};

/// A written certificate with its expiry, and whether it is outdated: its license's key leaked, or the license has another
/// key now. An encrypted one shows neither while secrets are locked.
pub(crate) fn seen(vault: &Vault, seen: TrackedState) -> Result<TrackedState, AppError> {
    let Some(stored) = vault.library().license(seen.tracked.file.license)? else { return Ok(seen) };
    let is_leaked = stored.leaked_since.is_some();
    if stored.key_form == Some(KeyForm::Certificate) {
        // An imported certificate is its own key.
        let expires = stored.license.expiry.and_then(Expiry::instant);
        return Ok(TrackedState { is_outdated: is_leaked, expires, ..seen });
    }
    // A file that changed since its state was read is reported as drifted the next time.
    let text = files::read_text(&seen.tracked.file.path).ok();
    let Some(certificate) = text.and_then(|text| Certificate::parse(&text).ok()) else {
        return Ok(TrackedState { is_outdated: is_leaked, ..seen });
    };
    let key = present_key(vault, &stored)?;
    let certified = certificate.open(key.as_ref());
    let is_of_another_key = match &certified {
        Ok(certified) => {
            certified.key.as_ref().zip(key.as_ref()).is_some_and(|(of, now)| of.expose() != now.expose())
        }
        Err(error) => *error == CertificateError::OtherLicense,
    };
    let expires = certified.ok().and_then(|certified| certified.expires);
    Ok(TrackedState { is_outdated: is_leaked || is_of_another_key, expires, ..seen })
}

/// The key that is kept; nothing while secrets are locked, and nothing for a damaged one.
fn present_key(vault: &Vault, stored: &StoredLicense) -> Result<Option<LicenseKey>, AppError> {
    match vault.library().license_key(stored.id) {
        Err(SecretError::Locked | SecretError::Tampered { .. }) => Ok(None),
        read => Ok(read?),
    }
}
