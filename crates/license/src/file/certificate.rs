//! A certificate alone in a file, as it was checked out (`docs/protocols.md`, "Check out a certificate").

use super::{FileText, FormatError};
use crate::{Certificate, LicenseKey, pasted};

/// The certificate and a line end. Another text is not overwritten: a certificate's file holds nothing else that could
/// stay.
pub fn render(existing: Option<&str>, key: &LicenseKey) -> Result<FileText, FormatError> {
    if Certificate::parse(key.expose()).is_err() {
        return Err(FormatError::KeyDoesNotFit { format: "certificate" });
    }
    match existing {
        Some(text) if !text.trim().is_empty() && parse(text).is_err() => {
            Err(FormatError::NotALicenseFile { what: "the file contains something other than a certificate" })
        }
        _ => Ok(FileText::new(format!("{}\n", key.expose().trim()))),
    }
}

/// The certificate, without what copying adds at its ends.
pub fn parse(text: &str) -> Result<LicenseKey, FormatError> {
    let text = pasted::cleaned(text);
    Certificate::parse(text).map_err(|error| FormatError::Syntax { line: 1, words: error.to_string() })?;
    Ok(LicenseKey::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, prelude::BASE64_STANDARD};

    fn certificate() -> LicenseKey {
        let envelope =
            format!(r#"{{"enc":"e30=","sig":"{}","alg":"base64+ed25519"}}"#, BASE64_STANDARD.encode([7; 64]));
        let body = BASE64_STANDARD.encode(envelope);
        LicenseKey::new(format!("-----BEGIN LICENSE FILE-----\n{body}\n-----END LICENSE FILE-----\n"))
    }

    #[test]
    fn another_text_is_not_overwritten_and_an_earlier_certificate_is() {
        let key = certificate();
        assert!(matches!(render(Some("my notes\n"), &key), Err(FormatError::NotALicenseFile { .. })));
        let written = render(Some("\n"), &key).unwrap();
        assert_eq!(written.expose(), key.expose());
        assert_eq!(render(Some(written.expose()), &key).unwrap(), written);
    }

    #[test]
    fn only_a_certificate_fits() {
        let key = LicenseKey::new("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3".to_owned());
        assert_eq!(render(None, &key), Err(FormatError::KeyDoesNotFit { format: "certificate" }));
    }
}
