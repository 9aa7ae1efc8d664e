//! A `.env` beside docker compose: the variable `BOX_LICENSE`, or `AIDBOX_LICENSE` for an instance from before 2401
//! (`protocols.md`, "Aidbox portal", [D]).

use super::{FileText, FormatError};
use crate::{LicenseKey, jwt::decode};

/// Sets the variable `name` and leaves every other line as it is; a second setting of it goes, since the last one counts.
pub fn render(existing: Option<&str>, key: &LicenseKey, name: &'static str) -> Result<FileText, FormatError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-+/=".contains(c);
    if key.expose().is_empty() || !key.expose().chars().all(plain) {
        return Err(FormatError::KeyDoesNotFit { format: "env" });
    }
    let existing = existing.unwrap_or_default();
    let ending = if existing.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = String::with_capacity(existing.len() + key.expose().len() + name.len() + 2);
    let mut is_written = false;
    for line in existing.lines() {
        let Some((lead, _)) = setting(line, name) else {
            text.push_str(line);
            text.push_str(ending);
            continue;
        };
        if !is_written {
            text.extend([lead, name, "=", key.expose(), ending]);
            is_written = true;
        }
    }
    if !is_written {
        text.extend(["", name, "=", key.expose(), ending]);
    }
    match parse(&text, name) {
        Ok(read) if read == *key => Ok(FileText::new(text)),
        _ => {
            Err(FormatError::NotALicenseFile { what: "a text of several lines in it swallows the variable" })
        }
    }
}

/// The same, and the variable `beside` too where it holds the key that is replaced, or one of the same license: whoever
/// reads that one would go on with a key that is over.
pub fn render_both(
    existing: Option<&str>,
    old: Option<&LicenseKey>,
    key: &LicenseKey,
    [name, beside]: [&'static str; 2],
) -> Result<FileText, FormatError> {
    let written = render(existing, key, name)?;
    let is_over = |held: &LicenseKey| old == Some(held) || is_of_one_license(held, key);
    if !parse(written.expose(), beside).is_ok_and(|held| is_over(&held)) {
        return Ok(written);
    }
    match render(Some(written.expose()), key, beside) {
        Ok(both) if parse(both.expose(), name).as_ref() == Ok(key) => Ok(both),
        // What is around it does not let it be written by itself: it stays, and who looks for the old key finds it.
        Ok(_) | Err(_) => Ok(written),
    }
}

/// Whether two keys are issued for the same license, as far as they tell.
fn is_of_one_license(one: &LicenseKey, other: &LicenseKey) -> bool {
    let subject = |key: &LicenseKey| {
        let claims = decode(key.expose()).ok()?.claims;
        claims.get("sub").and_then(|subject| subject.as_str()).map(str::to_owned)
    };
    subject(one).is_some_and(|of_one| subject(other) == Some(of_one))
}

/// The value of the variable `name`; where it stands twice, the last one, as docker compose reads it.
pub fn parse(text: &str, name: &'static str) -> Result<LicenseKey, FormatError> {
    let last = lines_outside_quotes(text).filter_map(|line| setting(line, name)).next_back();
    let (_, value) = last.ok_or(FormatError::Missing { name })?;
    Ok(LicenseKey::new(unquoted(value).to_owned()))
}

/// A line that sets the variable: what stands before the name (`export `), and the value.
fn setting<'a>(line: &'a str, variable: &str) -> Option<(&'a str, &'a str)> {
    let (name, value) = line.split_once('=')?;
    let lead = name.trim_end().strip_suffix(variable)?;
    matches!(lead.trim(), "" | "export").then_some((lead, value.trim()))
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inner.0;
        }
    }
    value.split(" #").next().unwrap_or_default().trim_end()
}

/// The lines that begin outside a quoted value of several lines.
fn lines_outside_quotes(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let mut open: Option<char> = None;
    let mut outside = Vec::new();
    for line in text.lines() {
        if open.is_none() {
            outside.push(line);
        }
        let value = if open.is_some() { Some(line) } else { opened_value(line) };
        for c in value.into_iter().flat_map(str::chars) {
            match open {
                None if c == '"' || c == '\'' => open = Some(c),
                Some(quote) if c == quote => open = None,
                _ => {}
            }
        }
    }
    outside.into_iter()
}

/// The value of a setting that begins with a quote: only there can a text of several lines begin.
fn opened_value(line: &str) -> Option<&str> {
    let (name, value) = line.split_once('=')?;
    let value = value.trim_start();
    (!name.trim_start().starts_with('#') && value.starts_with(['"', '\''])).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "BOX_LICENSE";

    fn key() -> LicenseKey {
        LicenseKey::new("eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub3J0aCJ9.c2lnbmF0dXJl".to_owned())
    }

    #[test]
    fn other_lines_and_comments_stay() {
        let before = "# compose\nPGPASSWORD=postgres\nexport BOX_LICENSE=\"old\"\n\nBOX_ID=box # the box\n";
        let expected = format!(
            "# compose\nPGPASSWORD=postgres\nexport BOX_LICENSE={}\n\nBOX_ID=box # the box\n",
            key().expose()
        );
        assert_eq!(render(Some(before), &key(), NAME).unwrap().expose(), expected);
    }

    #[test]
    fn a_missing_variable_comes_last_and_windows_line_ends_stay() {
        let expected = format!("A=1\r\nBOX_LICENSE={}\r\n", key().expose());
        assert_eq!(render(Some("A=1\r\n"), &key(), NAME).unwrap().expose(), expected);
        assert_eq!(render(Some("A=1"), &key(), NAME).unwrap().expose(), expected.replace("\r\n", "\n"));
    }

    #[test]
    fn of_two_settings_one_stays() {
        let text = render(Some("BOX_LICENSE=a\nX=1\nBOX_LICENSE=b\n"), &key(), NAME).unwrap();
        assert_eq!(text.expose().matches("BOX_LICENSE").count(), 1);
    }

    #[test]
    fn values_are_read_with_quotes_and_comments() {
        for line in [
            "BOX_LICENSE=abc",
            " BOX_LICENSE = 'abc'",
            "export BOX_LICENSE=\"abc\" # mine",
            "BOX_LICENSE=abc # mine",
        ] {
            assert_eq!(parse(line, NAME).unwrap().expose(), "abc", "{line}");
        }
        for line in ["MY_BOX_LICENSE=abc", "#BOX_LICENSE=abc", "A=\"x\nBOX_LICENSE=abc\n\""] {
            assert!(parse(line, NAME).is_err(), "{line}");
        }
    }

    #[test]
    fn either_variable_leaves_the_other_alone() {
        let before = "BOX_LICENSE=new\nAIDBOX_LICENSE=old\n";
        let text = render(Some(before), &key(), "AIDBOX_LICENSE").unwrap();
        assert_eq!(text.expose(), format!("BOX_LICENSE=new\nAIDBOX_LICENSE={}\n", key().expose()));
        assert_eq!(parse(text.expose(), NAME).unwrap().expose(), "new");
    }

    #[test]
    fn both_variables_are_written_where_both_hold_the_license_or_the_one_that_it_replaces() {
        let names = [NAME, "AIDBOX_LICENSE"];
        let earlier = LicenseKey::new(key().expose().replace("c2lnbmF0dXJl", "ZWFybGllcg"));
        let old = LicenseKey::new("eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJzb3V0aCJ9.c2lnbmF0dXJl".to_owned());
        for held in [&earlier, &old] {
            let before = format!("AIDBOX_LICENSE={}\nA=1\n", held.expose());
            let text = render_both(Some(&before), Some(&old), &key(), names).unwrap();
            let expected = format!("AIDBOX_LICENSE={0}\nA=1\nBOX_LICENSE={0}\n", key().expose());
            assert_eq!(text.expose(), expected);
        }
        let of_another = format!("AIDBOX_LICENSE={}\n", old.expose());
        let text = render_both(Some(&of_another), None, &key(), names).unwrap();
        assert!(text.expose().starts_with(&of_another), "another license's stays");
    }

    #[test]
    fn a_key_that_would_need_quotes_is_refused() {
        let key = LicenseKey::new("a b\nC=1".to_owned());
        assert_eq!(render(None, &key, NAME), Err(FormatError::KeyDoesNotFit { format: "env" }));
    }
}
