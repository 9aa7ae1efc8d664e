//! Finds the assignments in a `.env` with the grammar of docker compose's own parser (compose-go, package `dotenv`, as
//! docker compose 2.40 behaves).
//!
//! A value is bare up to the end of its line or to ` #`, or in quotes, where it may span lines. `export` may come before a
//! name, and `:` in place of `=`. After a closing quote, a comment or another assignment may follow on the same line.

use super::FormatError;
use std::ops::Range;

/// How a value is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    Single,
    Double,
}

impl Quote {
    pub(super) const fn mark(self) -> char {
        match self {
            Self::Single => '\'',
            Self::Double => '"',
        }
    }
}

/// A variable that is set. All ranges are of bytes in the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assignment<'a> {
    pub name: &'a str,
    /// Where the separator ends: after `=` or `:`.
    pub separated: usize,
    /// The value as it is written, with its quotes.
    pub written: Range<usize>,
    pub quote: Option<Quote>,
}

impl Assignment<'_> {
    /// The value with its escapes resolved, as docker compose does; variables in it are not replaced.
    pub(super) fn value(&self, text: &str) -> String {
        let written = &text[self.written.clone()];
        match self.quote {
            None => written.to_owned(),
            Some(quote) => unescaped(&written[1..written.len() - 1], quote),
        }
    }

    /// Whether docker compose would put another variable's value into this one.
    pub(super) fn has_variable(&self, text: &str) -> bool {
        let is_start = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '{';
        self.quote != Some(Quote::Single)
            && self.value(text).replace("$$", "").split('$').skip(1).any(|rest| rest.starts_with(is_start))
    }
}

/// The assignments of a text, in order.
///
/// A line that is no assignment is skipped, although docker compose refuses the whole file for it: other programs read
/// such files. Where such a line has a quote, nothing after it is certain, so the text is refused, as it is where a
/// quoted value has no end.
pub(super) fn assignments(text: &str) -> Result<Vec<Assignment<'_>>, FormatError> {
    let mut lexer = Lexer { text, at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 } };
    let mut found = Vec::new();
    while lexer.skip_to_statement() {
        found.extend(lexer.statement()?);
    }
    Ok(found)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips white space and comments. False at the end of the text.
    fn skip_to_statement(&mut self) -> bool {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            if !self.rest().starts_with('#') {
                return !self.rest().is_empty();
            }
            self.at += self.line().len();
        }
    }

    /// What is left of the line, without its end.
    fn line(&self) -> &'a str {
        self.rest().split('\n').next().unwrap_or_default()
    }

    /// An assignment; nothing for a name alone, which takes its value from the environment, and for other lines.
    fn statement(&mut self) -> Result<Option<Assignment<'a>>, FormatError> {
        self.skip_export();
        let line = self.line();
        let Some(separator) = line.find(|c: char| !is_in_name(c) && !is_space(c)) else {
            self.at += line.len();
            return Ok(None);
        };
        let name = line[..separator].trim_end_matches(is_space);
        if !line[separator..].starts_with(['=', ':']) || name.is_empty() || name.contains(is_space) {
            return self.other_line(line);
        }
        self.at += separator + 1;
        let separated = self.at;
        self.skip_spaces();
        let (written, quote) = self.value()?;
        Ok(Some(Assignment { name, separated, written, quote }))
    }

    fn other_line(&mut self, line: &str) -> Result<Option<Assignment<'a>>, FormatError> {
        if line.contains(['"', '\'']) {
            return Err(self.syntax("docker compose cannot read this line"));
        }
        self.at += line.len();
        Ok(None)
    }

    fn skip_export(&mut self) {
        if let Some(rest) = self.rest().strip_prefix("export")
            && rest.starts_with(char::is_whitespace)
        {
            self.at = self.text.len() - rest.trim_start().len();
        }
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(is_space).len();
    }

    fn value(&mut self) -> Result<(Range<usize>, Option<Quote>), FormatError> {
        let start = self.at;
        let quote = match self.rest().chars().next() {
            Some('\'') => Quote::Single,
            Some('"') => Quote::Double,
            _ => {
                let line = self.line();
                self.at += line.len();
                let value = line.split(" #").next().unwrap_or_default().trim_end();
                return Ok((start..start + value.len(), None));
            }
        };
        let inside = &self.rest()[1..];
        let mut is_escaped = false;
        let end = inside.char_indices().find(|(_, c)| {
            let is_end = *c == quote.mark() && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            is_end
        });
        let (length, _) = end.ok_or_else(|| self.syntax("the quoted value has no closing quote"))?;
        self.at = start + length + 2;
        Ok((start..self.at, Some(quote)))
    }

    fn syntax(&self, words: &str) -> FormatError {
        let line = self.text[..self.at].matches('\n').count() + 1;
        FormatError::Syntax { line, words: words.to_owned() }
    }
}

/// White space within a line.
fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{85}' | '\u{a0}')
}

fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || "_.-[]".contains(c)
}

fn unescaped(inside: &str, quote: Quote) -> String {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside.chars();
    while let Some(c) = rest.next() {
        let next = if c == '\\' { rest.next() } else { None };
        match (next, quote) {
            (None, _) => value.push(c),
            (Some('\''), Quote::Single) => value.push('\''),
            (Some('n'), Quote::Double) => value.push('\n'),
            (Some('r'), Quote::Double) => value.push('\r'),
            (Some('t'), Quote::Double) => value.push('\t'),
            (Some(escaped @ ('"' | '\\')), Quote::Double) => value.push(escaped),
            // Left to whoever replaces variables: here it only must not look like one.
            (Some('$'), Quote::Double) => value.push_str("$$"),
            (Some(other), _) => value.extend(['\\', other]),
        }
    }
    value
}
