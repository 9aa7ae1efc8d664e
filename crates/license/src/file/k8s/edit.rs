//! Setting the key in the text of a Secret, byte for byte as the rest was written.

use super::{
    BLOCKS, NAME, UNCHANGEABLE, own, secret,
    tree::{Entry, Mapping, Node, Scalar, documents},
};
use crate::{LicenseKey, file::FormatError};
use serde_saphyr::granit_parser::ScalarStyle;
use std::ops::Range;
use zeroize::Zeroizing;

/// Sets the key where it is, or adds it. Fails if anything else would change.
pub(super) fn with_key(
    existing: &str,
    key: &LicenseKey,
    encoded: &str,
) -> Result<Zeroizing<String>, FormatError> {
    let before = documents(existing)?;
    let secret = secret(&before)?;
    let mut edits = Vec::new();
    for (block, value) in BLOCKS.into_iter().zip([key.expose(), encoded]) {
        if let Some(scalar) = own(secret, block)? {
            edits.push(replacement(existing, secret, block, scalar, value)?);
        }
    }
    if edits.is_empty() {
        edits.push(addition(existing, secret, encoded)?);
    }
    edits.sort_by_key(|edit| edit.place.start);
    let mut text = Zeroizing::new(String::with_capacity(existing.len() + 2 * encoded.len()));
    let mut copied = 0;
    for Edit { place, new } in edits {
        text.extend([&existing[copied..place.start], &new]);
        copied = place.end;
    }
    text.push_str(&existing[copied..]);
    match without_key(before) == without_key(documents(&text)?) {
        true => Ok(text),
        false => Err(UNCHANGEABLE),
    }
}

/// What a part of the text becomes.
struct Edit {
    place: Range<usize>,
    new: Zeroizing<String>,
}

/// Puts another value in the place of one, in its quotes if it has some.
fn replacement(
    text: &str,
    secret: &Mapping,
    block: &'static str,
    scalar: &Scalar,
    value: &str,
) -> Result<Edit, FormatError> {
    let (place, is_quoted) = match scalar.style {
        ScalarStyle::Plain if scalar.place.is_empty() => {
            let key = entry(secret, block)?;
            let colon = text[key.key_place.end..].find(':').ok_or(UNCHANGEABLE)? + key.key_place.end + 1;
            (colon..colon, false)
        }
        ScalarStyle::Plain => (scalar.place.clone(), false),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => (scalar.place.clone(), true),
        ScalarStyle::Literal | ScalarStyle::Folded => (block_scalar(text, secret, block)?, false),
    };
    let is_safe = value.chars().all(|c| c.is_ascii_alphanumeric() || "._-+/=".contains(c));
    let new = match (is_quoted || !is_safe, &text[place.clone()]) {
        (true, _) => Zeroizing::new(serde_json::Value::from(value).to_string()),
        // An empty value: nothing may stand between the colon and it.
        (false, "") if text[..place.start].ends_with(':') => Zeroizing::new(format!(" {value}")),
        (false, _) => Zeroizing::new(value.to_owned()),
    };
    Ok(Edit { place, new })
}

/// The key and its value in a block that has it.
fn entry<'a>(secret: &'a Mapping, block: &'static str) -> Result<&'a Entry, FormatError> {
    match secret.get(block)? {
        Some(Entry { node: Node::Mapping(block), .. }) => block.get(NAME)?.ok_or(UNCHANGEABLE),
        Some(_) | None => Err(UNCHANGEABLE),
    }
}

/// Where a block scalar is written: its mark and its lines, without a comment behind the mark and the end of the last line.
fn block_scalar(text: &str, secret: &Mapping, block: &'static str) -> Result<Range<usize>, FormatError> {
    let key = entry(secret, block)?;
    let head = text[key.key_place.end..].find(['|', '>']).ok_or(UNCHANGEABLE)? + key.key_place.end;
    let mut lines = text[head..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.contains('#') {
        return Err(FormatError::NotALicenseFile {
            what: "`BOX_LICENSE` is a block of several lines with a comment in the first one",
        });
    }
    let (mut length, mut read) = (first.trim_end().len(), first.len());
    for line in lines {
        let indent = line.chars().take_while(|c| *c == ' ').count();
        if !line.trim().is_empty() && indent <= key.column {
            break;
        }
        read += line.len();
        if !line.trim().is_empty() {
            length = read - (line.len() - line.trim_end().len());
        }
    }
    Ok(head..head + length)
}

/// Adds the key to `data`, or `data` to the Secret.
fn addition(text: &str, secret: &Mapping, encoded: &str) -> Result<Edit, FormatError> {
    if secret.is_flow {
        return Err(FormatError::NotALicenseFile {
            what: "the Secret is written in braces, like JSON, and has no `BOX_LICENSE` yet",
        });
    }
    let Some(data) = secret.get("data")? else {
        let kind = secret.get("kind")?.ok_or(UNCHANGEABLE)?;
        let indent = " ".repeat(kind.column);
        return Ok(line_after(text, &kind.node, |ending| {
            format!("{indent}data:{ending}{indent}  {NAME}: {encoded}")
        }));
    };
    match &data.node {
        Node::Mapping(Mapping { is_flow: false, entries }) => {
            let first = entries.first().ok_or(UNCHANGEABLE)?;
            let start = text[..first.key_place.start].rfind('\n').map_or(0, |end| end + 1);
            if !text[start..first.key_place.start].bytes().all(|byte| byte == b' ') {
                return Err(UNCHANGEABLE);
            }
            let line = text[start..].split_inclusive('\n').next().unwrap_or_default();
            let ending = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
            let new = format!("{}{NAME}: {encoded}{ending}", &text[start..first.key_place.start]);
            Ok(Edit { place: start..start, new: Zeroizing::new(new) })
        }
        Node::Scalar(empty) if empty.place.is_empty() => {
            let indent = " ".repeat(data.column);
            let at = Node::Scalar(Scalar { place: data.key_place.clone(), ..empty.clone() });
            Ok(line_after(text, &at, |_| format!("{indent}  {NAME}: {encoded}")))
        }
        Node::Mapping(_) => Err(FormatError::NotALicenseFile {
            what: "`data` is written in braces and has no `BOX_LICENSE` yet",
        }),
        Node::Scalar(_) | Node::Sequence(_) | Node::Alias(_) => {
            Err(FormatError::NotALicenseFile { what: "`data` is not a mapping" })
        }
    }
}

/// Adds lines behind the one in which a scalar ends.
fn line_after(text: &str, node: &Node, lines: impl FnOnce(&str) -> String) -> Edit {
    let end = match node {
        Node::Scalar(scalar) => scalar.place.end,
        Node::Mapping(_) | Node::Sequence(_) | Node::Alias(_) => text.len(),
    };
    let line = text[end..].split_inclusive('\n').next().unwrap_or_default();
    let at = end + line.len();
    let ending = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    let lead = if line.ends_with('\n') { "" } else { ending };
    Edit { place: at..at, new: Zeroizing::new(format!("{lead}{}{ending}", lines(ending))) }
}

/// The documents without the key, and without a `data` that has nothing besides.
fn without_key(mut documents: Vec<Node>) -> Vec<Node> {
    documents.iter_mut().for_each(drop_key);
    documents
}

fn drop_key(node: &mut Node) {
    match node {
        Node::Mapping(mapping) => {
            for entry in &mut mapping.entries {
                if let (Some("data" | "stringData"), Node::Mapping(block)) =
                    (entry.key.as_deref(), &mut entry.node)
                {
                    block.entries.retain(|entry| entry.key.as_deref() != Some(NAME));
                }
                drop_key(&mut entry.node);
            }
            mapping.entries.retain(|entry| {
                let is_empty = match &entry.node {
                    Node::Mapping(block) => block.entries.is_empty(),
                    Node::Scalar(scalar) => scalar.place.is_empty(),
                    Node::Sequence(_) | Node::Alias(_) => false,
                };
                !(is_empty && entry.key.as_deref() == Some("data"))
            });
        }
        Node::Sequence(items) => items.iter_mut().for_each(drop_key),
        Node::Scalar(_) | Node::Alias(_) => {}
    }
}
