//! `aica-license.toml`: one key, `License` (`protocols.md`, "AICA licensing", [R]).

use super::{FileText, FormatError};
use crate::LicenseKey;
use toml_edit::{DocumentMut, Item, TomlError, Value, value};

const NAME: &str = "License";

/// Whether a text is meant as TOML: a line that sets something.
pub(crate) fn looks_like_toml(text: &str) -> bool {
    text.lines().any(|line| {
        let name = line.split_once('=').map(|(name, _)| name.trim());
        name.is_some_and(|name| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.\"".contains(c))
        })
    })
}

/// Sets `License` and leaves every other key and comment as it is.
pub fn render(existing: Option<&str>, key: &LicenseKey) -> Result<FileText, FormatError> {
    let mut document = document(existing.unwrap_or_default())?;
    match document.get_mut(NAME) {
        Some(Item::Value(present)) => {
            let decor = present.decor().clone();
            *present = Value::from(key.expose());
            *present.decor_mut() = decor;
        }
        Some(Item::None) | None => {
            document.insert(NAME, value(key.expose()));
        }
        Some(Item::Table(_) | Item::ArrayOfTables(_)) => {
            return Err(FormatError::NotALicenseFile { what: "`License` is a table there, not a text" });
        }
    }
    Ok(FileText::new(document.to_string()))
}

/// The value of `License`.
pub fn parse(text: &str) -> Result<LicenseKey, FormatError> {
    let document = document(text)?;
    let key = document.get(NAME).and_then(Item::as_str).ok_or(FormatError::Missing { name: NAME })?;
    Ok(LicenseKey::new(key.to_owned()))
}

fn document(text: &str) -> Result<DocumentMut, FormatError> {
    text.parse().map_err(|error: TomlError| syntax(text, &error))
}

/// The place and the parser's one-line message; its longer form would repeat the text, and so the key.
fn syntax(text: &str, error: &TomlError) -> FormatError {
    let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    FormatError::Syntax { line, words: error.message().lines().next().unwrap_or_default().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> LicenseKey {
        LicenseKey::new("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3".to_owned())
    }

    #[test]
    fn a_new_file_is_the_one_that_the_vendor_prints() {
        assert_eq!(
            render(None, &key()).unwrap().expose(),
            "License = \"5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3\"\n"
        );
    }

    #[test]
    fn other_keys_and_comments_stay() {
        let before = "# cell 7\nLicense = \"000000-000000-000000-000000-000000-V3\" # renewed yearly\n\n[launcher]\nport = 8080\n";
        let after = render(Some(before), &key()).unwrap();
        let expected = before.replace("000000-000000-000000-000000-000000-V3", key().expose());
        assert_eq!(after.expose(), expected);
    }

    #[test]
    fn what_is_not_toml_is_refused_with_the_line() {
        let error = render(Some("[launcher]\nport = = 8080\n"), &key()).unwrap_err();
        assert!(matches!(error, FormatError::Syntax { line: 2, .. }), "{error:?}");
    }

    #[test]
    fn a_table_named_license_is_not_overwritten() {
        assert!(matches!(
            render(Some("[License]\na = 1\n"), &key()),
            Err(FormatError::NotALicenseFile { .. })
        ));
    }
}
