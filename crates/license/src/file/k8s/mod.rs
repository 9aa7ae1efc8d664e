//! A Kubernetes `Secret` with the data key `BOX_LICENSE` (`docs/protocols.md`, "Where Aidbox reads its license", [D]): alone, among other
//! documents, or as an item of a `List`.

mod tree;

use super::{BOX_LICENSE as NAME, FileText, FormatError};
use crate::LicenseKey;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_saphyr::granit_parser::ScalarStyle;
use std::ops::Range;
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

fn with_key(existing: &str, key: &LicenseKey, encoded: &str) -> Result<Zeroizing<String>, FormatError> {
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
                "kind: Secret\ndata:\n  BOX_LICENSE: {coded}\nstringData:\n  A: b\n",
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
    fn only_the_value_changes() {
        for (before, after) in [
            (
                "kind: Secret\ndata:\n  BOX_LICENSE: b2xk # ours\n  A: eA==",
                "kind: Secret\ndata:\n  BOX_LICENSE: CODED # ours\n  A: eA==",
            ),
            (
                "kind: Secret\ndata:\n  A: eA==\r\n  BOX_LICENSE: 'b2xk'\n",
                "kind: Secret\ndata:\n  A: eA==\r\n  BOX_LICENSE: \"CODED\"\n",
            ),
            (
                "kind: Secret\nstringData: {BOX_LICENSE: old, A: b}\n",
                "kind: Secret\nstringData: {BOX_LICENSE: PLAIN, A: b}\n",
            ),
            (
                "{\"kind\": \"Secret\", \"data\": {\"BOX_LICENSE\": \"b2xk\"}}",
                "{\"kind\": \"Secret\", \"data\": {\"BOX_LICENSE\": \"CODED\"}}",
            ),
            (
                "kind: Secret\nstringData:\n  BOX_LICENSE: |\n    old\n\n  A: b\n",
                "kind: Secret\nstringData:\n  BOX_LICENSE: PLAIN\n\n  A: b\n",
            ),
            (
                "data:\r\n  BOX_LICENSE: >-\r\n    b2\r\n    xk\r\nkind: Secret\r\n",
                "data:\r\n  BOX_LICENSE: CODED\r\nkind: Secret\r\n",
            ),
            (
                "kind: Secret\ndata:\n  BOX_LICENSE:\n  A: eA==\n",
                "kind: Secret\ndata:\n  BOX_LICENSE: CODED\n  A: eA==\n",
            ),
            (
                "kind: Secret\ndata:\n  # none yet\n",
                "kind: Secret\ndata:\n  BOX_LICENSE: CODED\n  # none yet\n",
            ),
            (
                "kind: ConfigMap\n---\nkind: Secret # ours\n...\n",
                "kind: ConfigMap\n---\nkind: Secret # ours\ndata:\n  BOX_LICENSE: CODED\n...\n",
            ),
            (
                "kind: Secret\n---\nkind: Secret\ndata:\n  BOX_LICENSE: b2xk\n",
                "kind: Secret\n---\nkind: Secret\ndata:\n  BOX_LICENSE: CODED\n",
            ),
            (
                "kind: List\nitems:\n- kind: Secret\n  data:\n    A: eA==\n- kind: Service\n",
                "kind: List\nitems:\n- kind: Secret\n  data:\n    BOX_LICENSE: CODED\n    A: eA==\n- kind: Service\n",
            ),
        ] {
            let written = render(Some(before), &key()).unwrap_or_else(|error| panic!("{before:?}: {error}"));
            let after = after.replace("CODED", &encoded(&key())).replace("PLAIN", key().expose());
            assert_eq!(written.expose(), after, "{before:?}");
        }
    }

    #[test]
    fn folded_and_literal_base64_is_read() {
        let coded = encoded(&key());
        let (one, other) = coded.split_at(20);
        for text in [
            format!("kind: Secret\ndata:\n  BOX_LICENSE: |\n    {one}\n    {other}\n"),
            format!("kind: Secret\ndata:\n  BOX_LICENSE: >-\n    {one}\n    {other}\n"),
            format!("kind: Secret\ndata:\n  BOX_LICENSE: \"{one}\\\n    {other}\"\n"),
        ] {
            assert_eq!(parse(&text).unwrap(), key(), "{text}");
            assert_eq!(parse(render(Some(&text), &key()).unwrap().expose()).unwrap(), key());
        }
    }

    #[test]
    fn a_text_without_one_clear_secret_is_refused() {
        for text in [
            "kind: ConfigMap\ndata: {}\n",
            "kind: Secret\ndata: {A: eA==}\n",
            "a: [",
            "kind: Secret\n---\nkind: Secret\n",
            "kind: Secret\ndata:\n  BOX_LICENSE: &a b2xk\n  A: *a\n",
            "kind: Secret\ndata:\n  BOX_LICENSE: a\n  BOX_LICENSE: b\n",
            "{\"kind\": \"Secret\"}",
            "kind: Secret\ndata: [a]\n",
            "kind: Secret\ndata:\n  &éééé foo: YmFy\n",
            "kind: Secret\ndata:\n  !!str foo: YmFy\n",
            "kind: Secret\ndata:\n  BOX_LICENSE: a\n---\nkind: Secret\nstringData:\n  BOX_LICENSE: b\n",
            &"[".repeat(100_000),
        ] {
            assert!(render(Some(text), &key()).is_err(), "{text}");
        }
    }
}
