//! A Kubernetes `Secret` with the data key `BOX_LICENSE` (`protocols.md`, "Aidbox portal", [D]).

use super::{BOX_LICENSE as NAME, FileText, FormatError};
use crate::LicenseKey;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// What a Secret is called that is written where there is none.
pub(super) const SECRET: &str = "aidbox-license";

/// What of a Secret is looked at; whatever else it has stays as it is in the text.
#[derive(Deserialize)]
struct Secret {
    kind: Option<String>,
    metadata: Option<Metadata>,
    #[serde(default)]
    data: BTreeMap<String, String>,
    /// What the cluster puts in place of `data`'s, key by key (Kubernetes API, `Secret` v1).
    #[serde(default, rename = "stringData")]
    string_data: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Metadata {
    name: Option<String>,
}

/// What the Secret in a file is called.
pub(super) fn secret_name(text: &str) -> Option<String> {
    secret(text).ok()?.metadata?.name
}

/// The base64 that stands for the key.
pub(super) fn encoded(key: &LicenseKey) -> String {
    BASE64_STANDARD.encode(key.expose())
}

/// Sets the one line of `data`, and that of `stringData` where there is one, since it counts; every other line stays as
/// it is. A text in which that cannot be done safely is refused.
pub fn render(existing: Option<&str>, key: &LicenseKey) -> Result<FileText, FormatError> {
    let encoded = Zeroizing::new(encoded(key));
    let text = match existing.filter(|text| !text.trim().is_empty()) {
        None => format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {SECRET}\ntype: Opaque\ndata:\n  {NAME}: {}\n",
            encoded.as_str()
        ),
        Some(existing) => with_key(existing, key, &encoded)?,
    };
    let text = FileText::new(text);
    match parse(text.expose()) {
        Ok(read) if read == *key => Ok(text),
        _ => Err(FormatError::NotALicenseFile {
            what: "the Secret there cannot be changed without touching the rest of it",
        }),
    }
}

/// The key in `stringData`, else in `data`.
pub fn parse(text: &str) -> Result<LicenseKey, FormatError> {
    let secret = secret(text)?;
    if let Some(plain) = secret.string_data.get(NAME) {
        return Ok(LicenseKey::new(plain.clone()));
    }
    let encoded = Zeroizing::new(secret.data.get(NAME).ok_or(FormatError::Missing { name: NAME })?.clone());
    let decoded = BASE64_STANDARD.decode(encoded.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded
        .map(LicenseKey::new)
        .ok_or(FormatError::NotALicenseFile { what: "`BOX_LICENSE` there is not base64" })
}

fn secret(text: &str) -> Result<Secret, FormatError> {
    let secret: Secret = serde_saphyr::from_str(text).map_err(|error| {
        let line = error.location().map_or(1, |place| place.line() as usize);
        FormatError::Syntax {
            line,
            words: "it is not a single YAML document of the form of a Secret".to_owned(),
        }
    })?;
    match secret.kind.as_deref() {
        Some("Secret") => Ok(secret),
        _ => Err(FormatError::NotALicenseFile { what: "the YAML there is not a Kubernetes Secret" }),
    }
}

fn with_key(existing: &str, key: &LicenseKey, encoded: &str) -> Result<String, FormatError> {
    let secret = secret(existing)?;
    if !secret.string_data.contains_key(NAME) {
        return Ok(with_line(existing, "data", encoded));
    }
    let text = Zeroizing::new(with_line(existing, "stringData", key.expose()));
    Ok(if secret.data.contains_key(NAME) { with_line(&text, "data", encoded) } else { text.to_string() })
}

/// Replaces the line of the key within a block, or adds it as the first one there, or adds the block at the end.
fn with_line(existing: &str, block: &str, value: &str) -> String {
    let ending = if existing.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<&str> = existing.lines().collect();
    let head = format!("{block}:");
    let Some(start) = lines.iter().position(|line| line.trim_end() == head).map(|at| at + 1) else {
        return format!("{}{ending}{head}{ending}  {NAME}: {value}{ending}", existing.trim_end());
    };
    let is_inside = |line: &&str| line.is_empty() || line.starts_with([' ', '#']);
    let inside: Vec<&str> = lines[start..].iter().copied().take_while(is_inside).collect();
    let indent = inside.iter().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let indent: String =
        indent.map_or("  ".to_owned(), |line| line.chars().take_while(|c| *c == ' ').collect());
    let is_own = |line: &&str| line.trim_start().strip_prefix(NAME).is_some_and(|rest| rest.starts_with(':'));
    let new = Zeroizing::new(format!("{indent}{NAME}: {value}"));
    match inside.iter().position(is_own) {
        Some(at) => lines[start + at] = &new,
        None => lines.insert(start, &new),
    }
    lines.join(ending) + ending
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> LicenseKey {
        LicenseKey::new("eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub3J0aCJ9.c2lnbmF0dXJl".to_owned())
    }

    #[test]
    fn other_data_labels_and_comments_stay() {
        let before = "# ours\napiVersion: v1\nkind: Secret\ndata:\n    # from the vault\n    BOX_LICENSE: b2xk\n    PGPASSWORD: cGc=\nmetadata:\n  name: box\n";
        let after = render(Some(before), &key()).unwrap();
        assert_eq!(after.expose(), before.replace("b2xk", &encoded(&key())));
    }

    #[test]
    fn a_secret_without_the_key_gains_it() {
        let before = "kind: Secret\nmetadata:\n  name: box\ndata:\n  A: eA==\n";
        let after = render(Some(before), &key()).unwrap();
        assert!(after.expose().contains("  A: eA==\n"));
        assert_eq!(parse(after.expose()).unwrap(), key());
        assert_eq!(parse(render(Some("kind: Secret\n"), &key()).unwrap().expose()).unwrap(), key());
    }

    #[test]
    fn a_plain_text_that_counts_more_than_the_encoded_one_is_set_too() {
        for (before, after) in [
            (
                "kind: Secret\nstringData:\n  BOX_LICENSE: old\n",
                "kind: Secret\nstringData:\n  BOX_LICENSE: {plain}\n",
            ),
            (
                "kind: Secret\ndata:\n  BOX_LICENSE: b2xk\nstringData:\n  # ours\n  BOX_LICENSE: old\n  A: b\n",
                "kind: Secret\ndata:\n  BOX_LICENSE: {coded}\nstringData:\n  # ours\n  BOX_LICENSE: {plain}\n  A: b\n",
            ),
            (
                "kind: Secret\nstringData:\n  A: b\n",
                "kind: Secret\nstringData:\n  A: b\ndata:\n  BOX_LICENSE: {coded}\n",
            ),
        ] {
            let expected = after.replace("{plain}", key().expose()).replace("{coded}", &encoded(&key()));
            assert_eq!(render(Some(before), &key()).unwrap().expose(), expected);
            assert_eq!(parse(&expected).unwrap(), key());
        }
    }

    #[test]
    fn the_ends_of_lines_stay_as_they_are() {
        let before = "kind: Secret\r\ndata:\r\n  BOX_LICENSE: b2xk\r\n  A: eA==\r\n";
        let after = render(Some(before), &key()).unwrap();
        assert_eq!(after.expose(), before.replace("b2xk", &encoded(&key())));
        let gained = render(Some("kind: Secret\r\n"), &key()).unwrap();
        assert_eq!(
            gained.expose(),
            format!("kind: Secret\r\ndata:\r\n  BOX_LICENSE: {}\r\n", encoded(&key()))
        );
    }

    #[test]
    fn what_is_no_single_secret_is_refused() {
        for text in [
            "kind: ConfigMap\ndata: {}\n",
            "kind: Secret\ndata: {A: eA==}\n",
            "a: [",
            "kind: Secret\n---\nkind: Secret\n",
            "kind: Secret\nstringData: {BOX_LICENSE: old}\n",
            "kind: Secret\nstringData:\n  BOX_LICENSE: |\n    old\n",
        ] {
            assert!(render(Some(text), &key()).is_err(), "{text}");
        }
    }
}
