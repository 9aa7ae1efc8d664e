//! A Kubernetes `Secret` with the data key `BOX_LICENSE` (`docs/protocols.md`, "Where Aidbox reads its license", [D]): alone, among other
//! documents, or as an item of a `List`.

mod edit;
mod tree;

use super::{BOX_LICENSE as NAME, FileText, FormatError};
use crate::LicenseKey;
use base64::{Engine, prelude::BASE64_STANDARD};
use edit::with_key;
use tree::{Entry, Mapping, Node, Scalar, documents};
use zeroize::Zeroizing;

/// The name of a Secret that Licet writes into a new file.
pub(super) const SECRET: &str = "aidbox-license";

/// The blocks that can hold the key; the cluster puts `stringData` over `data`, key by key (Kubernetes API, `Secret` v1).
const BLOCKS: [&str; 2] = ["stringData", "data"];

const UNCHANGEABLE: FormatError = FormatError::NotALicenseFile {
    what: "the Secret cannot be changed without changing the rest of the file",
};

/// The name of the Secret in a file.
pub(super) fn secret_name(text: &str) -> Option<String> {
    let documents = documents(text).ok()?;
    match secret(&documents).ok()?.get("metadata").ok()?.map(|entry| &entry.node) {
        Some(Node::Mapping(metadata)) => {
            let name =
                metadata.text("name").ok().flatten().filter(|name| !matches!(*name, "" | "~" | "null"));
            name.map(str::to_owned)
        }
        Some(Node::Scalar(_) | Node::Sequence(_) | Node::Alias(_)) | None => None,
    }
}

/// The key in base64, as `data` holds it.
pub(super) fn encoded(key: &LicenseKey) -> String {
    BASE64_STANDARD.encode(key.expose())
}

/// Sets the key in `data`, and in `stringData` where it is there; every other byte stays as it is.
///
/// Fails where a text is not YAML, has no Secret or several that could be meant, and where the key cannot be set without
/// changing anything besides.
pub fn render(existing: Option<&str>, key: &LicenseKey) -> Result<FileText, FormatError> {
    let encoded = Zeroizing::new(encoded(key));
    let text = match existing.filter(|text| !text.trim().is_empty()) {
        None => Zeroizing::new(format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {SECRET}\ntype: Opaque\ndata:\n  {NAME}: {}\n",
            encoded.as_str()
        )),
        Some(existing) => with_key(existing, key, &encoded)?,
    };
    match parse(&text) {
        Ok(read) if read == *key => Ok(FileText::new(text.to_string())),
        _ => Err(UNCHANGEABLE),
    }
}

/// The key in `stringData`, or else in `data`.
pub fn parse(text: &str) -> Result<LicenseKey, FormatError> {
    let documents = documents(text)?;
    let secret = secret(&documents)?;
    if let Some(plain) = own(secret, BLOCKS[0])? {
        return Ok(LicenseKey::new(plain.value.trim().to_owned()));
    }
    let encoded = own(secret, BLOCKS[1])?.ok_or(FormatError::Missing { name: NAME })?;
    let encoded: Zeroizing<String> = Zeroizing::new(encoded.value.split_whitespace().collect());
    let decoded =
        BASE64_STANDARD.decode(encoded.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    // Often made with `base64` from a file, which ends in a line feed.
    decoded
        .map(|key| LicenseKey::new(key.trim().to_owned()))
        .ok_or(FormatError::NotALicenseFile { what: "`BOX_LICENSE` is not base64" })
}

/// The Secret that holds the key, or the only one.
fn secret(documents: &[Node]) -> Result<&Mapping, FormatError> {
    let mut secrets = Vec::new();
    documents.iter().try_for_each(|document| collect(document, &mut secrets))?;
    let mut holding = Vec::new();
    for secret in &secrets {
        if own(secret, BLOCKS[0])?.is_some() || own(secret, BLOCKS[1])?.is_some() {
            holding.push(*secret);
        }
    }
    match (&holding[..], &secrets[..]) {
        ([one], _) | ([], [one]) => Ok(one),
        ([], []) => Err(FormatError::NotALicenseFile { what: "the YAML is not a Kubernetes Secret" }),
        ([], _) => Err(FormatError::NotALicenseFile {
            what: "the file has several Secrets, and none of them has `BOX_LICENSE`",
        }),
        _ => Err(FormatError::NotALicenseFile { what: "several Secrets in the file have `BOX_LICENSE`" }),
    }
}

/// Finds the Secrets in a document, and in a `List`.
fn collect<'a>(node: &'a Node, secrets: &mut Vec<&'a Mapping>) -> Result<(), FormatError> {
    let Node::Mapping(mapping) = node else { return Ok(()) };
    match mapping.text("kind")? {
        Some("Secret") => secrets.push(mapping),
        Some("List" | "SecretList") => {
            if let Some(Entry { node: Node::Sequence(items), .. }) = mapping.get("items")? {
                items.iter().try_for_each(|item| collect(item, secrets))?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The value of the key in a block.
fn own<'a>(secret: &'a Mapping, block: &'static str) -> Result<Option<&'a Scalar>, FormatError> {
    let Some(Entry { node: Node::Mapping(block), .. }) = secret.get(block)? else { return Ok(None) };
    match block.get(NAME)?.map(|entry| &entry.node) {
        None => Ok(None),
        Some(Node::Scalar(scalar)) if !scalar.is_special => Ok(Some(scalar)),
        Some(_) => {
            Err(FormatError::NotALicenseFile { what: "`BOX_LICENSE` has an anchor, an alias or a tag" })
        }
    }
}

#[cfg(test)]
mod tests;
