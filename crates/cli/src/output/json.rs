//! JSON that is safe to print on a terminal: what cannot be seen, or changes how the rest is shown, is written as its escape.

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::io::{self, Write};

/// Writes a document.
pub(crate) fn write<S: Serialize>(to: &mut impl Write, document: &S) -> io::Result<()> {
    document.serialize(&mut Serializer::with_formatter(to, Visible)).map_err(io::Error::from)
}

/// Writes what JSON lets stand for itself as escapes where it is invisible. Strings are the only place for it.
struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(app::context::is_invisible) {
            CompactFormatter.write_string_fragment(to, &rest[..at])?;
            let Some(hidden) = rest[at..].chars().next() else { break };
            let mut units = [0; 2];
            for unit in hidden.encode_utf16(&mut units) {
                write!(to, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hidden.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(to, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_escaped_and_read_as_they_were() {
        let name = "a\u{7f}\u{9b}\u{200b}\u{2028}\u{202e}\u{feff}\u{e0041}\n\u{1b} é名🚀 \"quoted\"";
        let mut written = Vec::new();
        write(&mut written, &serde_json::json!({ name: name })).unwrap();
        let text = String::from_utf8(written).unwrap();
        assert!(!text.contains(app::context::is_invisible), "{text:?}");
        assert!(
            text.contains("\\u202e") && text.contains("\\udb40\\udc41") && text.contains("é名🚀"),
            "{text}"
        );
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read[name], name);
    }
}
