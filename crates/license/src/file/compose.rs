//! What stands in other files so that a written license reaches the instance: the container in docker compose, and the
//! one in Kubernetes (`docs/protocols.md`, "Where Aidbox reads its license", [D]). None of it holds a key.

use super::{BOX_LICENSE, k8s};

/// The lines of a compose file that hand the variable of the `.env` beside it on to the instance.
pub fn snippet(variable: &str) -> String {
    format!("services:\n  aidbox:\n    environment:\n      {variable}: ${{{variable}}}\n")
}

/// The lines of a pod that read the license from the `Secret` in `secret`, the text of its file.
pub fn pod_snippet(secret: &str) -> String {
    let name = k8s::secret_name(secret).unwrap_or_else(|| k8s::SECRET.to_owned());
    format!(
        "spec:\n  containers:\n    - name: aidbox\n      env:\n        - name: {BOX_LICENSE}\n          valueFrom:\n            secretKeyRef:\n              name: {}\n              key: {BOX_LICENSE}\n",
        scalar(&name)
    )
}

/// A text as one YAML value: quoted as in JSON, unless it can only be read as a text.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains('-')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        LicenseKey,
        file::{AIDBOX_LICENSE, Format, render},
    };
    use serde_json::Value;

    fn read(yaml: &str) -> Value {
        serde_saphyr::from_str(yaml).unwrap()
    }

    #[test]
    fn compose_hands_the_variable_of_its_env_file_on() {
        for name in [BOX_LICENSE, AIDBOX_LICENSE] {
            let read = read(&snippet(name));
            assert_eq!(read["services"]["aidbox"]["environment"][name], format!("${{{name}}}"));
        }
    }

    #[test]
    fn a_pod_reads_the_very_secret_that_was_written() {
        let key = LicenseKey::new("eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub3J0aCJ9.c2lnbmF0dXJl".to_owned());
        let fresh = render(Format::K8sSecret, None, &key).unwrap();
        for (secret, expected) in [
            (fresh.expose(), "aidbox-license"),
            ("kind: Secret\nmetadata:\n  name: ours-2\n", "ours-2"),
            ("kind: Secret\nmetadata:\n  name: \"no: \\\"joke\\\"\"\n", "no: \"joke\""),
            ("kind: Secret\nmetadata:\n  name: null\n", "aidbox-license"),
        ] {
            let snippet = pod_snippet(secret);
            let from = &read(&snippet)["spec"]["containers"][0]["env"][0]["valueFrom"]["secretKeyRef"];
            assert_eq!((&from["name"], &from["key"]), (&expected.into(), &BOX_LICENSE.into()), "{snippet}");
            assert!(!snippet.contains("eyJ"), "{snippet}");
        }
    }
}
