//! A license JWT alone in a file.

use super::{FileText, FormatError};
use crate::{LicenseKey, jwt, pasted};

/// The JWT and a line end. Another text is not overwritten: a JWT file holds nothing else that could stay.
pub fn render(existing: Option<&str>, key: &LicenseKey) -> Result<FileText, FormatError> {
    if jwt::decode(key.expose()).is_err() {
        return Err(FormatError::KeyDoesNotFit { format: "jwt" });
    }
    match existing {
        Some(text) if !text.trim().is_empty() && parse(text).is_err() => {
            Err(FormatError::NotALicenseFile { what: "the file contains something other than a JWT" })
        }
        _ => Ok(FileText::new(format!("{}\n", key.expose()))),
    }
}

/// The JWT.
pub fn parse(text: &str) -> Result<LicenseKey, FormatError> {
    let text = pasted::cleaned(text);
    jwt::decode(text).map_err(|error| FormatError::Syntax { line: 1, words: error.to_string() })?;
    Ok(LicenseKey::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub3J0aCJ9.c2lnbmF0dXJl";

    #[test]
    fn another_text_is_not_overwritten() {
        let key = LicenseKey::new(TOKEN.to_owned());
        assert!(matches!(render(Some("my notes\n"), &key), Err(FormatError::NotALicenseFile { .. })));
        assert_eq!(render(Some("\n"), &key).unwrap().expose(), format!("{TOKEN}\n"));
    }

    #[test]
    fn only_a_jwt_fits() {
        let key = LicenseKey::new("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3".to_owned());
        assert_eq!(render(None, &key), Err(FormatError::KeyDoesNotFit { format: "jwt" }));
    }
}
