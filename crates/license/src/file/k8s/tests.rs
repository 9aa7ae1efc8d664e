//! Secrets as users write them, before and after the key is set.

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
    assert_eq!(gained.expose(), format!("kind: Secret\r\ndata:\r\n  BOX_LICENSE: {}\r\n", encoded(&key())));
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
        ("kind: Secret\ndata:\n  # none yet\n", "kind: Secret\ndata:\n  BOX_LICENSE: CODED\n  # none yet\n"),
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
