use crate::{FILES, JWT, pairs, readers};
use base64::{Engine, prelude::BASE64_STANDARD};
use license::file::Format;
use proptest::prelude::*;
use serde_json::Value;

const NAME: &str = "BOX_LICENSE";

/// An entry of `data` or `stringData`; `<pad>` becomes the indentation of the block.
fn entry(is_own: bool) -> impl Strategy<Value = String> {
    let name = if is_own { Just(NAME.to_owned()).boxed() } else { "[A-Z]{1,3}[0-9]".boxed() };
    let value = prop_oneof![
        Just("b2xk"),
        Just("b2xk # ours"),
        Just("'b2xk'"),
        Just("\"b2xk\"  # don't"),
        Just("|\n<pad>  b2\n<pad>  xk\n"),
        Just(">-\n<pad>  b2\n\n<pad>  xk"),
        Just("b2\n<pad>  xk"),
    ];
    (name, value).prop_map(|(name, value)| format!("<pad>{name}: {value}\n"))
}

fn block() -> impl Strategy<Value = String> {
    let other = || prop::collection::vec(entry(false), 0..2);
    let own =
        prop_oneof![1 => Just(Vec::new()).boxed(), 2 => prop::collection::vec(entry(true), 1..2).boxed()];
    let comment = prop_oneof![2 => Just(""), 1 => Just("<pad># BOX_LICENSE: x\n")];
    (prop_oneof![Just("data"), Just("stringData")], other(), comment, own, other()).prop_map(
        |(name, first, comment, own, last)| {
            // A name that is there twice is refused.
            let mut lines: Vec<String> = first;
            lines.extend(own);
            lines.extend(last.into_iter().map(|line| line.replacen("<pad>", "<pad>Z", 1)));
            match lines.is_empty() {
                true => String::new(),
                false => format!("<indent>{name}:\n{comment}{}", lines.concat()),
            }
        },
    )
}

/// A Secret, alone, among other documents, or in a `List`.
fn file() -> impl Strategy<Value = String> {
    let around = prop_oneof![Just(0), Just(1), Just(2)];
    let head = prop_oneof![
        Just("<indent>metadata: {name: box}\n"),
        Just("<indent>metadata:\n<indent>  name: box\n")
    ];
    (around, head, block(), any::<bool>(), any::<bool>(), prop_oneof![Just("  "), Just("    ")]).prop_map(
        |(around, head, block, is_windows, is_first, pad)| {
            let kind = "<indent>kind: Secret\n";
            let secret = if is_first { [head, kind, &block] } else { [&block, head, kind] }.concat();
            let (indent, text) = match around {
                0 => ("", secret),
                1 => (
                    "",
                    format!(
                        "# ours\nkind: ConfigMap\ndata:\n  {NAME}: no\n---\n{secret}---\nkind: Service\n"
                    ),
                ),
                _ => ("  ", format!("kind: List\nitems:\n- kind: Service\n-\n{secret}- kind: ConfigMap\n")),
            };
            let text = text.replace("<pad>", &format!("{indent}{pad}")).replace("<indent>", indent);
            if is_windows { text.replace('\n', "\r\n") } else { text }
        },
    )
}

/// Takes the license out of every Secret; the texts that it had come back.
fn take_license(read: &mut Value) -> Vec<String> {
    let mut found = Vec::new();
    match read {
        Value::Array(parts) => parts.iter_mut().for_each(|part| found.extend(take_license(part))),
        Value::Object(map) => {
            let is_secret = map.get("kind").is_some_and(|kind| kind == "Secret");
            for (name, part) in map.iter_mut() {
                if !is_secret || !["data", "stringData"].contains(&name.as_str()) {
                    found.extend(take_license(part));
                } else if let Some(Value::String(text)) =
                    part.as_object_mut().and_then(|data| data.remove(NAME))
                {
                    let text = if name == "data" { decoded(&text) } else { text };
                    found.push(text);
                }
            }
            map.retain(|name, part| name != "data" || part.as_object().is_none_or(|data| !data.is_empty()));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}

fn decoded(text: &str) -> String {
    let text: String = text.split_whitespace().collect();
    String::from_utf8(BASE64_STANDARD.decode(text).unwrap()).unwrap()
}

#[test]
fn pyyaml_reads_the_key_and_everything_besides_as_before() {
    let pairs = pairs(file(), Format::K8sSecret, JWT, FILES);
    for (pair, (mut before, mut after)) in pairs.iter().zip(readers::both(&pairs, readers::pyyaml)) {
        take_license(&mut before);
        let found = take_license(&mut after);
        assert!(!found.is_empty() && found.iter().all(|text| text == JWT), "{:?}", pair.after);
        assert_eq!(before, after, "{:?}\n{:?}", pair.before, pair.after);
    }
}
