//! A `.env` beside docker compose, with the license in the variable that the instance reads.

mod lexer;

use super::{FileText, FormatError};
use crate::{LicenseKey, jwt::decode};
use lexer::{Assignment, Quote, assignments};
use std::ops::Range;
use zeroize::Zeroizing;

/// The variables of an env file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EnvFile {
    /// The format's word.
    pub word: &'static str,
    /// The variable that contains the license key.
    pub variable: &'static str,
    /// Another variable that the same instance may read instead.
    pub beside: Option<&'static str>,
}

/// Sets the variable `name`: only its value changes, wherever the text sets it. Where it does not, a line is added.
///
/// Fails where the text cannot be read with certainty, and where another variable would not be what it was.
pub fn render(existing: Option<&str>, key: &LicenseKey, name: &'static str) -> Result<FileText, FormatError> {
    let existing = existing.unwrap_or_default();
    let before = assignments(existing)?;
    let mut text =
        Zeroizing::new(String::with_capacity(existing.len() + key.expose().len() + name.len() + 4));
    let mut copied = 0;
    for own in before.iter().filter(|assignment| assignment.name == name) {
        let value = replaced(existing, own);
        text.push_str(&existing[copied..value.start]);
        text.push_str(&written(key, own.quote, &existing[value.end..])?);
        copied = value.end;
    }
    text.push_str(&existing[copied..]);
    if copied == 0 {
        append(&mut text, name, &written(key, None, "")?);
    }
    let after = assignments(&text)?;
    let is_kept = others(existing, &before, name).eq(others(&text, &after, name));
    match is_kept && parse(&text, name).as_ref() == Ok(key) {
        true => Ok(FileText::new(text.to_string())),
        false => Err(FormatError::NotALicenseFile {
            what: "the variable cannot be set without changing another one",
        }),
    }
}

/// Whether a text has nothing but assignments and comments.
pub(crate) fn resembles(text: &str) -> bool {
    let is_other = |line: &str| {
        let sets =
            line.split_once('=').is_some_and(|(name, value)| !name.contains(' ') && !value.trim().is_empty());
        !sets && !line.is_empty() && !line.starts_with('#')
    };
    !text.lines().map(str::trim).any(is_other)
}

/// What of an assignment gives way to the new value. A comment stays: also one after an empty value or after a tab, which
/// docker compose takes for a part of the value.
fn replaced(text: &str, own: &Assignment<'_>) -> Range<usize> {
    if own.quote.is_some() {
        return own.written.clone();
    }
    let value = &text[own.written.clone()];
    if value.is_empty() {
        let spaces =
            text[own.separated..].len() - text[own.separated..].trim_start_matches([' ', '\t']).len();
        return own.separated + spaces..own.separated + spaces;
    }
    if value.starts_with('#') && own.separated < own.written.start {
        return own.separated..own.separated;
    }
    let is_comment = |(at, _): &(usize, &str)| value[..*at].ends_with(char::is_whitespace);
    let comment = value.match_indices('#').find(is_comment);
    let length = comment.map_or(value.len(), |(at, _)| value[..at].trim_end().len());
    own.written.start..own.written.start + length
}

/// The key as a value that every reader takes for the same: bare or in the quotes that were there, in single quotes where
/// it has characters that mean something. `rest` is what follows it.
fn written(key: &LicenseKey, quote: Option<Quote>, rest: &str) -> Result<Zeroizing<String>, FormatError> {
    let key = key.expose();
    if key.is_empty() || key.contains(['\'', '\\']) || key.contains(char::is_control) {
        return Err(FormatError::KeyDoesNotFit { format: "env" });
    }
    let is_plain = key.chars().all(|c| c.is_ascii_alphanumeric() || "._-+/=".contains(c));
    let line = rest.split('\n').next().unwrap_or_default();
    let ends_by_itself = line.trim().is_empty() || line.starts_with(" #");
    let mark = match quote {
        _ if !is_plain => "'",
        Some(Quote::Single) => "'",
        None if ends_by_itself => "",
        Some(Quote::Double) | None => "\"",
    };
    Ok(Zeroizing::new([mark, key, mark].concat()))
}

/// Adds a line with the end that the last one has.
fn append(text: &mut String, name: &str, value: &str) {
    let ending = if text.trim_end_matches(|c| c != '\n').ends_with("\r\n") { "\r\n" } else { "\n" };
    if !text.is_empty() && !text.ends_with('\n') && *text != "\u{feff}" {
        text.push_str(ending);
    }
    text.extend([name, "=", value, ending]);
}

/// The variables of a text but one, as they are written.
fn others<'a>(
    text: &'a str,
    all: &'a [Assignment<'a>],
    name: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let others = all.iter().filter(move |assignment| assignment.name != name);
    others.map(|assignment| (assignment.name, &text[assignment.written.clone()]))
}

/// Sets the variable of an env file, and the one beside it too where it holds the key that is replaced, or one of the same license: a program
/// that reads that one would go on with a key that no longer works.
pub fn render_both(
    existing: Option<&str>,
    old: Option<&LicenseKey>,
    key: &LicenseKey,
    file: &EnvFile,
) -> Result<FileText, FormatError> {
    let written = render(existing, key, file.variable)?;
    let Some(beside) = file.beside else { return Ok(written) };
    let is_over = |held: &LicenseKey| old == Some(held) || is_of_one_license(held, key);
    if !parse(written.expose(), beside).is_ok_and(|held| is_over(&held)) {
        return Ok(written);
    }
    render(Some(written.expose()), key, beside)
}

/// Whether two keys are issued for the same license, as far as they say.
fn is_of_one_license(one: &LicenseKey, other: &LicenseKey) -> bool {
    let subject = |key: &LicenseKey| {
        let claims = decode(key.expose()).ok()?.claims;
        claims.get("sub").and_then(|subject| subject.as_str()).map(str::to_owned)
    };
    subject(one).is_some_and(|of_one| subject(other) == Some(of_one))
}

/// The value of the variable `name`; where it is set twice, the last one, as docker compose reads it.
pub fn parse(text: &str, name: &'static str) -> Result<LicenseKey, FormatError> {
    let all = assignments(text)?;
    let last = all.iter().rfind(|assignment| assignment.name == name).ok_or(FormatError::Missing { name })?;
    match last.has_variable(text) {
        true => {
            Err(FormatError::NotALicenseFile { what: "the variable takes its value from another variable" })
        }
        false => Ok(LicenseKey::new(last.value(text))),
    }
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
            "# compose\nPGPASSWORD=postgres\nexport BOX_LICENSE=\"{}\"\n\nBOX_ID=box # the box\n",
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
    fn every_setting_of_the_variable_gets_the_key() {
        let text = render(Some("BOX_LICENSE=a\nX=1\nBOX_LICENSE='b'\n"), &key(), NAME).unwrap();
        assert_eq!(text.expose(), format!("BOX_LICENSE={0}\nX=1\nBOX_LICENSE='{0}'\n", key().expose()));
    }

    #[test]
    fn only_the_value_changes() {
        for (before, after) in [
            ("BOX_LICENSE=\"old\nolder\" # c\nA=1", "BOX_LICENSE=\"KEY\" # c\nA=1"),
            ("BOX_LICENSE='old\\'s'#c\nA=1\n", "BOX_LICENSE='KEY'#c\nA=1\n"),
            ("BOX_LICENSE=old # c\n", "BOX_LICENSE=KEY # c\n"),
            ("BOX_LICENSE= # put it here\n", "BOX_LICENSE=KEY # put it here\n"),
            ("BOX_LICENSE=\t# put it here\n", "BOX_LICENSE=\"KEY\"\t# put it here\n"),
            ("BOX_LICENSE=old\t# c\n", "BOX_LICENSE=\"KEY\"\t# c\n"),
            ("BOX_LICENSE=\nA=1\n", "BOX_LICENSE=KEY\nA=1\n"),
            ("BOX_LICENSE=\r\nA=1\n", "BOX_LICENSE=KEY\r\nA=1\n"),
            ("BOX_LICENSE: \r\n", "BOX_LICENSE: KEY\r\n"),
            ("BOX_LICENSE: old\n", "BOX_LICENSE: KEY\n"),
            ("export\tBOX_LICENSE = old \r\nA=1\n", "export\tBOX_LICENSE = KEY \r\nA=1\n"),
            ("A=\"x\" BOX_LICENSE=old\n", "A=\"x\" BOX_LICENSE=KEY\n"),
            ("# don't\nA=\"a \\\" b\"\nBOX_LICENSE=${OLD}\n", "# don't\nA=\"a \\\" b\"\nBOX_LICENSE=KEY\n"),
            ("A=\"x\nBOX_LICENSE=no\n\"\n", "A=\"x\nBOX_LICENSE=no\n\"\nBOX_LICENSE=KEY\n"),
            ("A=don't\nBOX_LICENSE", "A=don't\nBOX_LICENSE\nBOX_LICENSE=KEY\n"),
            ("\u{feff}", "\u{feff}BOX_LICENSE=KEY\n"),
            ("\u{feff}BOX_LICENSE=old", "\u{feff}BOX_LICENSE=KEY"),
            ("A=1\nB=2\r\n\n", "A=1\nB=2\r\n\nBOX_LICENSE=KEY\n"),
            ("A=1\nB=2\r\nC=3", "A=1\nB=2\r\nC=3\r\nBOX_LICENSE=KEY\r\n"),
        ] {
            let written = render(Some(before), &key(), NAME).unwrap();
            assert_eq!(written.expose(), after.replace("KEY", key().expose()), "{before:?}");
        }
    }

    #[test]
    fn a_text_that_is_not_certain_is_refused_with_its_line() {
        let texts = [("A=1\nB=\"x\nC=1\n", 2), ("A=\"\"\"x\"\"\"\n", 1), ("say \"x\"\nBOX_LICENSE=a\n", 1)];
        for (text, line) in texts {
            let refused = render(Some(text), &key(), NAME);
            assert!(
                matches!(&refused, Err(FormatError::Syntax { line: at, .. }) if *at == line),
                "{refused:?}"
            );
        }
        let text = render(Some("set -a\nBOX_LICENSE=old\n"), &key(), NAME).unwrap();
        assert!(text.expose().starts_with("set -a\nBOX_LICENSE="), "other lines are skipped");
    }

    #[test]
    fn values_are_read_with_quotes_and_comments() {
        for line in [
            "BOX_LICENSE=abc",
            " BOX_LICENSE = 'abc'",
            "export BOX_LICENSE=\"abc\" # mine",
            "BOX_LICENSE=abc # mine",
            "BOX_LICENSE: abc",
            "\u{feff}BOX_LICENSE=abc\r\n",
            "A=\"x\"BOX_LICENSE=\"abc\"#c",
            "BOX_LICENSE=\"a\"\nBOX_LICENSE=abc",
        ] {
            assert_eq!(parse(line, NAME).unwrap().expose(), "abc", "{line}");
        }
        for line in [
            "MY_BOX_LICENSE=abc",
            "#BOX_LICENSE=abc",
            "A=\"x\nBOX_LICENSE=abc\n\"",
            "BOX_LICENSE=$A",
            "exportBOX_LICENSE=abc",
        ] {
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
        let names = &EnvFile { word: "env", variable: NAME, beside: Some("AIDBOX_LICENSE") };
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
    fn a_key_with_other_characters_is_quoted_or_refused() {
        let key = LicenseKey::new("a$B #c".to_owned());
        assert_eq!(render(None, &key, NAME).unwrap().expose(), "BOX_LICENSE='a$B #c'\n");
        for text in ["", "a b\nC=1", "it's", "a\\"] {
            let key = LicenseKey::new(text.to_owned());
            assert_eq!(
                render(None, &key, NAME),
                Err(FormatError::KeyDoesNotFit { format: "env" }),
                "{text:?}"
            );
        }
    }
}
