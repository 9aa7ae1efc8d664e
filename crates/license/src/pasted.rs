//! What copying and mailing add to a text, taken away again: the one place that every pasted or read text goes through.

use std::borrow::Cow;

/// Pairs of quotes that programs put around a text that is copied.
const QUOTES: [(char, char); 8] =
    [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('„', '“'), ('‘', '’'), ('«', '»'), ('<', '>')];

/// The text without white space, byte order marks, invisible characters and quotes at its ends.
pub fn cleaned(text: &str) -> &str {
    let mut text = text.trim_matches(is_blank);
    while let Some(inside) = QUOTES.iter().find_map(|pair| unquoted(text, *pair)) {
        text = inside.trim_matches(is_blank);
    }
    text
}

/// A password or passphrase, without the one line end that editors add, and without byte order marks and invisible characters at
/// its ends. Quotes, spaces and further line ends may belong to it.
pub fn password(text: &str) -> &str {
    let line = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    line.trim_matches(is_invisible)
}

/// A key or token as its issuer wrote it: [`cleaned`], with the lines joined that a mail program wrapped and with plain
/// dashes. A text of several words stays as it is.
pub fn key(text: &str) -> Cow<'_, str> {
    let text = cleaned(text);
    let joined = joined(text);
    let is_one_word = !joined.contains(char::is_whitespace);
    if !is_one_word || (joined == text && !text.contains(is_dash)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(joined.chars().map(|c| if is_dash(c) { '-' } else { c }).collect())
}

/// The lines in one, without the marks of a quoted mail and without invisible characters.
fn joined(text: &str) -> String {
    let lines = text.lines().map(|line| unmarked(line).trim_matches(is_blank));
    lines.collect::<String>().replace(is_invisible, "")
}

/// A line without the marks (`> `) that mail programs put before the lines of a quoted mail.
pub(crate) fn unmarked(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || is_blank(c))
}

fn unquoted(text: &str, (open, close): (char, char)) -> Option<&str> {
    let inside = text.strip_prefix(open)?.strip_suffix(close)?;
    // Quotes inside belong to a text of several parts, as in a file with quoted values at both ends.
    (!inside.contains([open, close])).then_some(inside)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Characters that show nothing, and control characters but for white space.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// Dashes that word processors and mail programs write for a hyphen, and the minus sign.
fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

    #[test]
    fn what_copying_adds_is_removed() {
        for text in [
            format!("\u{feff}{KEY}\r\n"),
            format!("\u{200b}“{KEY}”\u{a0}"),
            format!(" \"'{KEY}'\" \0"),
            format!("<{KEY}>"),
            KEY.replace('-', "\u{2011}"),
            KEY.replace('-', "–"),
            KEY.replace("932", "\n932"),
            format!("> {}", KEY.replace("DEB", "DEB\r\n> > ")),
            KEY.replace("F6", "\u{ad}F6\u{200b}"),
        ] {
            assert_eq!(key(&text), KEY, "{text:?}");
        }
    }

    #[test]
    fn several_words_stay_apart() {
        for text in ["hello world", "a\nb c", "\"a\" and \"b\"", "A=1 – B=2"] {
            assert_eq!(key(text), text);
        }
    }

    #[test]
    fn a_password_keeps_its_quotes_and_spaces() {
        assert_eq!(password("\u{feff} \"open sesame\" \u{200b}\r\n"), " \"open sesame\" ");
        assert_eq!(password("open sesame\n\n"), "open sesame\n");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in "[\\PC\n\u{feff}\u{200b}\"'“”>–-]{0,40}") {
            let once = key(&text).into_owned();
            prop_assert_eq!(key(&once), once.as_str());
            prop_assert_eq!(cleaned(cleaned(&text)), cleaned(&text));
        }
    }
}
