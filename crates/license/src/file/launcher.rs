//! `aica-license.toml`: one key, `License` (`docs/protocols.md`, "AICA license file", [R]).

use super::{FileText, FormatError};
use crate::LicenseKey;
use toml_edit::{Document, Item, TomlError, Value};
use zeroize::Zeroizing;

const NAME: &str = "License";

/// Sets `License` and leaves every other byte as it is.
///
/// Fails where the text is not TOML, and where `License` is a table.
pub fn render(existing: Option<&str>, key: &LicenseKey) -> Result<FileText, FormatError> {
    let text = existing.unwrap_or_default();
    let before = document(text)?;
    let value = Zeroizing::new(Value::from(key.expose()).to_string());
    let written = match before.get(NAME) {
        Some(Item::Value(present)) => {
            let place = present.span().ok_or(UNCHANGEABLE)?;
            Zeroizing::new([&text[..place.start], value.trim(), &text[place.end..]].concat())
        }
        Some(Item::None) | None => with_line(text, &before, value.trim()),
        Some(Item::Table(_) | Item::ArrayOfTables(_)) => {
            return Err(FormatError::NotALicenseFile { what: "`License` is a table, not a text" });
        }
    };
    let is_kept = others(&before) == others(&document(&written)?);
    match is_kept && parse(&written).as_ref() == Ok(key) {
        true => Ok(FileText::new(written.to_string())),
        false => Err(UNCHANGEABLE),
    }
}

const UNCHANGEABLE: FormatError =
    FormatError::NotALicenseFile { what: "`License` cannot be set without changing the rest of the file" };

/// Adds a line after the last plain key, where no table has begun yet, or else at the top.
fn with_line(text: &str, document: &Document<&str>, value: &str) -> Zeroizing<String> {
    let after_bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let ends = document.iter().filter_map(|(_, item)| item.as_value()?.span()).map(|span| span.end);
    let at =
        ends.max().map_or(after_bom, |end| text[end..].find('\n').map_or(text.len(), |line| end + line + 1));
    let line_before = text[..at].trim_end_matches(|c| c != '\n');
    // The end of the line before, or of the first one.
    let line = if line_before.is_empty() {
        text[at..].split_inclusive('\n').next().unwrap_or_default()
    } else {
        line_before
    };
    let ending = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    let is_open = at > after_bom && !text[..at].ends_with('\n');
    let lead = if is_open { ending } else { "" };
    Zeroizing::new([&text[..at], lead, NAME, " = ", value, ending, &text[at..]].concat())
}

/// Everything but `License`, as values.
fn others(document: &Document<&str>) -> Vec<(String, String)> {
    let others = document.iter().filter(|(name, _)| *name != NAME);
    others.map(|(name, item)| (name.to_owned(), item.to_string())).collect()
}

/// The value of `License`.
pub fn parse(text: &str) -> Result<LicenseKey, FormatError> {
    let document = document(text)?;
    let key = document.get(NAME).and_then(Item::as_str).ok_or(FormatError::Missing { name: NAME })?;
    Ok(LicenseKey::new(key.to_owned()))
}

fn document(text: &str) -> Result<Document<&str>, FormatError> {
    Document::parse(text).map_err(|error: TomlError| syntax(text, &error))
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
    fn every_other_byte_stays() {
        for (before, after) in [
            (
                "# my key\r\nLicense = \"OLD\" # c\r\nOther = 1\r\n",
                "# my key\r\nLicense = \"KEY\" # c\r\nOther = 1\r\n",
            ),
            ("A = 1\nB = 2\r\n\"License\"='''\nO\nLD'''  #c", "A = 1\nB = 2\r\n\"License\"=\"KEY\"  #c"),
            ("A = 1 # a\r\n\n[b]\nc = 1", "A = 1 # a\r\nLicense = \"KEY\"\r\n\n[b]\nc = 1"),
            ("# top\n[b]\nLicense = \"x\"\n", "License = \"KEY\"\n# top\n[b]\nLicense = \"x\"\n"),
            ("A = 1", "A = 1\nLicense = \"KEY\"\n"),
            ("\u{feff}License = 1\n", "\u{feff}License = \"KEY\"\n"),
            ("\u{feff}[b]\r\n", "\u{feff}License = \"KEY\"\r\n[b]\r\n"),
        ] {
            let written = render(Some(before), &key()).unwrap();
            assert_eq!(written.expose(), after.replace("KEY", key().expose()), "{before:?}");
        }
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
