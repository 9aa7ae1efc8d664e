//! The name that a user gives to a new license, and how typed names are compared.

use errors_derive::Declared;
use unicode_normalization::UnicodeNormalization;

/// The most characters that Licet sends as a name. The vendors document no limit; this one keeps a name on a line.
pub const MAX_NAME_CHARS: usize = 200;

/// A name that may be sent to a vendor: one line, not empty, at most [`MAX_NAME_CHARS`] characters, in NFC.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LicenseName(String);

/// Why a text cannot be a license's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Declared)]
pub enum NameError {
    /// The name is empty.
    #[error("the name is empty")]
    #[declared("name-empty", kind = Usage, help = "a name is one line of at most 200 characters")]
    Empty,
    /// The name is too long.
    #[error("the name has {chars} characters, at most {MAX_NAME_CHARS} fit")]
    #[declared("name-too-long", kind = Usage, args(chars, most = MAX_NAME_CHARS), help = "a name is one line of at most 200 characters")]
    TooLong {
        /// How many it has.
        chars: usize,
    },
    /// The name contains a line break or another control character.
    #[error("the name holds a line break or another control character, at character {at}")]
    #[declared("name-control", kind = Usage, args(at), help = "a name is one line of at most 200 characters")]
    Control {
        /// Which character, counted from 1.
        at: usize,
    },
}

impl LicenseName {
    /// Takes a name as typed: white space at both ends is dropped, quotes, emoji and every script are fine.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name: String = text.trim().nfc().collect();
        if name.is_empty() {
            return Err(NameError::Empty);
        }
        if let Some(at) = name.chars().position(is_line_breaking) {
            return Err(NameError::Control { at: at + 1 });
        }
        match name.chars().count() {
            chars if chars > MAX_NAME_CHARS => Err(NameError::TooLong { chars }),
            _ => Ok(Self(name)),
        }
    }

    /// The name as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether two names are the same to a user: compared in NFC, without white space at the ends.
pub fn same_name(one: &str, other: &str) -> bool {
    one.trim().nfc().eq(other.trim().nfc())
}

/// Whether a name was typed by a user who sees it: the same name, but for dots and quotes that no keyboard has.
pub fn is_typed(typed: &str, name: &str) -> bool {
    as_typed(typed).eq(as_typed(name))
}

/// A name as it is typed by someone who sees it: no keyboard has `…` or curly quotes.
fn as_typed(name: &str) -> impl Iterator<Item = char> {
    name.trim().nfc().flat_map(|c| {
        let (typed, times) = match c {
            '\u{2026}' => ('.', 3),
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => ('\'', 1),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => ('"', 1),
            other => (other, 1),
        };
        std::iter::repeat_n(typed, times)
    })
}

/// Control characters, and the two separators that Unicode counts as formatting but that break a line.
fn is_line_breaking(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_emoji_html_and_right_to_left_text_are_names() {
        for name in ["it's \"mine\"", "🚀 rocket", "<b>bold</b> & co", "שלום עולם", "名前"] {
            assert_eq!(LicenseName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn an_empty_name_is_refused() {
        assert_eq!(LicenseName::parse(" \t "), Err(NameError::Empty));
    }

    #[test]
    fn three_hundred_characters_are_too_many_and_the_error_counts_them() {
        assert_eq!(LicenseName::parse(&"ž".repeat(300)), Err(NameError::TooLong { chars: 300 }));
        assert!(LicenseName::parse(&"ž".repeat(MAX_NAME_CHARS)).is_ok());
    }

    #[test]
    fn a_line_break_is_refused_and_the_error_says_where() {
        assert_eq!(LicenseName::parse("two\nlines"), Err(NameError::Control { at: 4 }));
        assert_eq!(LicenseName::parse("two\u{2028}lines"), Err(NameError::Control { at: 4 }));
    }

    #[test]
    fn names_typed_on_different_systems_are_the_same_name() {
        assert!(same_name("Caf\u{e9}", " Cafe\u{301} "));
        assert!(!same_name("cafe", "Cafe"));
    }

    #[test]
    fn a_name_is_typed_with_the_dots_and_quotes_of_a_keyboard() {
        assert!(is_typed("AICA license ...0F2", "AICA license \u{2026}0F2"));
        assert!(is_typed("it's \"mine\"", "it\u{2019}s \u{201c}mine\u{201d}"));
        assert!(is_typed(" Caf\u{e9} ", "Cafe\u{301}"));
        assert!(!is_typed("AICA license ..0F2", "AICA license \u{2026}0F2"));
        assert!(!same_name("a...", "a\u{2026}"), "two licenses may be called so");
    }

    proptest! {
        #[test]
        fn a_name_that_was_taken_is_taken_again_unchanged(text in "\\PC{1,200}") {
            if let Ok(name) = LicenseName::parse(&text) {
                prop_assert_eq!(LicenseName::parse(name.as_str()).unwrap(), name.clone());
                prop_assert!(same_name(&text, name.as_str()));
            }
        }
    }
}
