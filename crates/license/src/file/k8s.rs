//! A Kubernetes `Secret` with the data key `BOX_LICENSE` (`protocols.md`, "Aidbox portal", [D]).

use super::{FileText, FormatError};
use crate::LicenseKey;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

const NAME: &str = "BOX_LICENSE";

/// What of a Secret is looked at; whatever else it has stays as it is in the text.
#[derive(Deserialize)]
struct Secret {
    kind: Option<String>,
    #[serde(default)]
    data: BTreeMap<String, String>,
}

/// The base64 that stands for the key.
pub(super) fn encoded(key: &LicenseKey) -> String {
    BASE64_STANDARD.encode(key.expose())
}

/// Sets the one line of `data` and leaves every other line as it is; a text in which that cannot be done safely is
/// refused.
pub fn render(existing: Option<&str>, key: &LicenseKey) -> Result<FileText, FormatError> {
    let encoded = Zeroizing::new(encoded(key));
    let text = match existing.filter(|text| !text.trim().is_empty()) {
        None => format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: aidbox-license\ntype: Opaque\ndata:\n  {NAME}: {}\n",
            encoded.as_str()
        ),
        Some(existing) => with_line(existing, &encoded)?,
    };
    let text = FileText::new(text);
    match parse(text.expose()) {
        Ok(read) if read == *key => Ok(text),
        _ => Err(FormatError::NotALicenseFile {
            what: "the Secret there cannot be changed without touching the rest of it",
        }),
    }
}

/// The key in `data`.
pub fn parse(text: &str) -> Result<LicenseKey, FormatError> {
    let secret = secret(text)?;
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

/// Replaces the line of the key within `data:`, or adds it as the first one there, or adds `data:` at the end.
fn with_line(existing: &str, encoded: &str) -> Result<String, FormatError> {
    secret(existing)?;
    let lines: Vec<&str> = existing.lines().collect();
    let Some(start) = lines.iter().position(|line| line.trim_end() == "data:") else {
        return Ok(format!("{}\ndata:\n  {NAME}: {encoded}\n", existing.trim_end()));
    };
    let inside = |line: &&str| line.is_empty() || line.starts_with([' ', '#']);
    let end = lines[start + 1..].iter().position(|line| !inside(line)).map_or(lines.len(), |n| start + 1 + n);
    let block = &lines[start + 1..end];
    let indent = block.iter().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let indent: String =
        indent.map_or("  ".to_owned(), |line| line.chars().take_while(|c| *c == ' ').collect());
    let own = block
        .iter()
        .position(|line| line.trim_start().strip_prefix(NAME).is_some_and(|rest| rest.starts_with(':')));
    let new = format!("{indent}{NAME}: {encoded}");
    let mut changed: Vec<&str> = lines.clone();
    match own {
        Some(at) => changed[start + 1 + at] = &new,
        None => changed.insert(start + 1, &new),
    }
    Ok(changed.join("\n") + "\n")
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
    fn what_is_no_single_secret_is_refused() {
        for text in [
            "kind: ConfigMap\ndata: {}\n",
            "kind: Secret\ndata: {A: eA==}\n",
            "a: [",
            "kind: Secret\n---\nkind: Secret\n",
        ] {
            assert!(render(Some(text), &key()).is_err(), "{text}");
        }
    }
}
