//! Takes secrets out of the words of vendors and of other programs before anyone else sees them.

use crate::{Detail, SecretSigns};
use license::key;
use serde_json::{Map, Value};
use url::form_urlencoded;

/// What stands where a secret stood.
const REDACTED: &str = "<redacted>";
/// The most characters of a vendor's words that are kept.
const MOST_CHARS: usize = 400;
/// A run of letters and digits that is at least this long says nothing to a user and may be a key.
const SUSPICIOUS_RUN: usize = 40;
/// No key of any form is shorter.
const SHORTEST_KEY: usize = 12;
/// A text that is shorter is no secret, and taking it out would only garble the words.
const SHORTEST_SECRET: usize = 4;

/// Knows what was sent as a secret, so that it is recognised when it comes back, and what other secrets look like.
pub(crate) struct Redactor<'a> {
    sent: Vec<&'a str>,
    signs: SecretSigns,
}

impl<'a> Redactor<'a> {
    /// One that knows these secrets.
    pub(crate) fn knowing(signs: &SecretSigns, sent: impl IntoIterator<Item = &'a str>) -> Self {
        let sent = sent.into_iter().filter(|secret| secret.len() >= SHORTEST_SECRET).collect();
        Self { sent, signs: signs.clone() }
    }

    /// The words as one bounded line without secrets. Of words that were cut off, the last piece is dropped, since
    /// it may be the beginning of a secret.
    pub(crate) fn clean(&self, words: &str, cut: bool) -> Detail {
        let whole =
            if cut { words.rsplit_once(char::is_whitespace).map_or("", |(whole, _)| whole) } else { words };
        Detail::cleaned(on_one_line(&self.without_secrets(whole)))
    }

    fn without_secrets(&self, words: &str) -> String {
        without_suspicious_runs(&self.without_sent(words), &self.signs)
    }

    fn without_sent(&self, words: &str) -> String {
        let mut text = words.to_owned();
        for secret in &self.sent {
            let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            let escaped = serde_json::Value::from(*secret).to_string();
            for form in [*secret, escaped.trim_matches('"'), encoded.as_str()] {
                text = text.replace(form, REDACTED);
            }
        }
        text
    }

    /// The output of a program, which may have several lines, so a certificate is masked as a whole: its last line alone may look
    /// like nothing. Lines stay lines; other control characters are dropped.
    pub(crate) fn clean_output(&self, output: &str) -> String {
        let without_given = self.without_sent(output);
        let without_secrets = without_suspicious_runs(&key::mask_keys(&without_given), &self.signs);
        let is_shown = |c: &char| !c.is_control() || *c == '\n';
        without_secrets.chars().filter(is_shown).collect::<String>().trim().to_owned()
    }
}

impl SecretSigns {
    /// Whether a value can be kept and shown: nothing in it looks like a secret.
    pub(crate) fn is_plain(&self, text: &str) -> bool {
        text.split(|c| !is_run_char(c)).all(|run| first_suspicious(run, self).is_none())
    }

    /// Fields as they can be shown: without those whose name or value looks like a secret, at any depth.
    pub(crate) fn shown_fields(&self, fields: Map<String, Value>) -> Map<String, Value> {
        fields
            .into_iter()
            .filter(|(name, _)| !names_a_secret(name))
            .filter_map(|(name, value)| Some((name, self.shown(value)?)))
            .collect()
    }

    fn shown(&self, value: Value) -> Option<Value> {
        match value {
            Value::Object(fields) => Some(Value::Object(self.shown_fields(fields))),
            Value::Array(entries) => {
                Some(Value::Array(entries.into_iter().filter_map(|one| self.shown(one)).collect()))
            }
            Value::String(text) => self.is_plain(&text).then_some(Value::String(text)),
            Value::Null | Value::Bool(_) | Value::Number(_) => Some(value),
        }
    }
}

fn without_suspicious_runs(text: &str, signs: &SecretSigns) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_run_char) {
        let (before, from_run) = rest.split_at(start);
        let end = from_run.find(|c| !is_run_char(c)).unwrap_or(from_run.len());
        let (run, after) = from_run.split_at(end);
        clean.push_str(before);
        match first_suspicious(run, signs) {
            Some(at) => {
                clean.push_str(&run[..at]);
                clean.push_str(REDACTED);
            }
            None => clean.push_str(run),
        }
        rest = after;
    }
    clean.push_str(rest);
    clean
}

fn is_run_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '=' | '/' | '+' | '%' | '~')
}

/// Where in a run something begins that looks like a secret.
fn first_suspicious(run: &str, signs: &SecretSigns) -> Option<usize> {
    let parameter = run
        .split_once('=')
        .filter(|(name, value)| !value.is_empty() && names_a_secret(name))
        .map(|(name, _)| name.len() + 1);
    if run.len() < SHORTEST_KEY {
        return parameter;
    }
    let long = longest_piece(run).filter(|(_, piece)| piece.len() >= SUSPICIOUS_RUN).map(|(at, _)| at);
    signs.find(run).into_iter().chain(parameter).chain(long).min()
}

/// Whether a parameter of this name holds something that nobody else should see.
pub(crate) fn names_a_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["token", "secret", "password", "passwd", "jwt", "credential", "key", "otp", "authorization"]
        .iter()
        .any(|word| name.contains(word))
}

/// The longest piece without punctuation other than that of base64url, and where it begins.
fn longest_piece(run: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    run.split(['.', '=', '/', '%', '~'])
        .map(|piece| {
            let here = (at, piece);
            at += piece.len() + 1;
            here
        })
        .max_by_key(|(_, piece)| piece.len())
}

fn on_one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Registry;
    use proptest::prelude::*;

    fn clean(text: &str) -> String {
        Redactor::knowing(&Registry::default().secret_signs(), []).clean(text, false).as_str().to_owned()
    }

    #[test]
    fn what_was_sent_does_not_come_back_in_any_spelling() {
        let redactor = Redactor::knowing(&SecretSigns::common(), ["top/se cret\"!"]);
        for words in ["bad top/se cret\"!", r#"bad top/se cret\"!"#, "bad top%2Fse+cret%22%21"] {
            assert_eq!(redactor.clean(words, false).as_str(), "bad <redacted>", "{words}");
        }
    }

    #[test]
    fn what_looks_like_a_key_is_taken_out_even_if_it_was_not_sent() {
        assert_eq!(clean("jwt eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2ln expired"), "jwt <redacted> expired");
        assert_eq!(clean("token licet_0123456789abcdef is unknown"), "token <redacted> is unknown");
        assert_eq!(clean("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3"), "<redacted>");
        assert_eq!(
            clean("at https://a.example/_sudo?token=abc&x=1"),
            "at https://a.example/_sudo?token=<redacted>&x=1"
        );
        assert_eq!(clean(&format!("key/{}.{}", "a".repeat(30), "b".repeat(30))), "<redacted>");
        assert_eq!(clean(&format!("hash {}", "0a".repeat(32))), "hash <redacted>");
        assert_eq!(clean("user-5f0c2a9e7b1d4c3fv3 ended"), "<redacted> ended");
    }

    #[test]
    fn ordinary_words_ids_and_dates_stay() {
        for words in [
            "You are not a member of the project",
            "license 3f2504e0-4f89-41d3-9a0c-0305e82c3301 was not found on 2026-06-01T12:00:00Z",
            "unknown type: enterprise (allowed: production, development)",
            "user-authentication-is-required here",
        ] {
            assert_eq!(clean(words), words);
        }
    }

    #[test]
    fn words_are_one_bounded_line() {
        assert_eq!(clean("two\r\n\tlines"), "two lines");
        assert_eq!(clean(&"word ".repeat(1000)).chars().count(), MOST_CHARS + 1);
    }

    #[test]
    fn output_keeps_its_lines_and_loses_its_secrets_and_control_characters() {
        let output = "got north-42\n\u{1b}[1m 5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3\n\n";
        let redacted = Registry::default().redacted_output(output, ["north-42"]);
        assert!(redacted.starts_with("got <redacted>\n[1m ") && !redacted.contains("5614D1"), "{redacted}");
    }

    #[test]
    fn certificate_in_an_output_is_masked_to_its_last_line() {
        let body = format!("{}\n{}\nc2hvcnQ", "Q".repeat(60), "R".repeat(60));
        let output =
            format!("got\n-----BEGIN LICENSE FILE-----\n{body}\n-----END LICENSE FILE-----\nthat is all");
        let redacted = Registry::default().redacted_output(&output, []);
        assert!(!redacted.contains("c2hvcnQ") && redacted.ends_with("that is all"), "{redacted}");
    }

    #[test]
    fn the_torn_end_of_words_that_were_cut_is_dropped() {
        let redactor = Redactor::knowing(&SecretSigns::common(), ["a-secret-of-some-length"]);
        assert_eq!(redactor.clean("bad token a-secret-of-so", true).as_str(), "bad token");
    }

    proptest! {
        #[test]
        fn a_secret_never_survives(before in "\\PC{0,40}", secret in "[A-Za-z0-9_-]{12,80}", after in "\\PC{0,40}") {
            let words = format!("{before}{secret}{after}");
            let detail = Redactor::knowing(&SecretSigns::common(), [secret.as_str()]).clean(&words, false);
            prop_assert!(!detail.as_str().contains(&secret));
        }
    }
}
