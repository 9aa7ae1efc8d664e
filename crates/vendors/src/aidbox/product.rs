//! Aidbox: where an instance reads its license, as data (`docs/protocols.md`, "Where Aidbox reads its license", [D]).

use crate::{FileRule, NextCommand, ProductForms, Snippet, Text, Variant, WrittenFile};
use license::file::{AIDBOX_LICENSE, BOX_LICENSE, Format, compose};

pub(super) const PRODUCT: ProductForms = ProductForms {
    files: &[
        FileRule { next: Some(env), ..FileRule::named(Format::BOX_ENV, ".env", "{license}.env") },
        FileRule { next: Some(jwt), ..FileRule::named(Format::Jwt, "license.jwt", "{license}.jwt") },
        FileRule {
            next: Some(secret),
            ..FileRule::named(Format::K8sSecret, "aidbox-license.yaml", "{license}-license.yaml")
        },
        FileRule {
            variant: Some(Variant {
                of: Format::BOX_ENV,
                when: text(
                    "product.aidbox.old-variable",
                    "For an instance from before version 2401, which does not read BOX_LICENSE.",
                ),
            }),
            next: Some(old_env),
            ..FileRule::named(Format::AIDBOX_ENV, ".env", "{license}.env")
        },
    ],
    unknown_jwt: &[Format::Jwt, Format::BOX_ENV, Format::K8sSecret],
    ..ProductForms::titled("aidbox", text("product.aidbox", "Aidbox"))
};

fn env(file: &WrittenFile<'_>) -> NextCommand {
    in_compose(file, BOX_LICENSE)
}

fn old_env(file: &WrittenFile<'_>) -> NextCommand {
    in_compose(file, AIDBOX_LICENSE)
}

fn in_compose(file: &WrittenFile<'_>, variable: &str) -> NextCommand {
    NextCommand {
        command: file.compose.to_owned(),
        pickup: Format::BOX_ENV.pickup(),
        snippets: vec![Snippet { purpose: "compose", text: compose::snippet(variable) }],
    }
}

fn jwt(file: &WrittenFile<'_>) -> NextCommand {
    NextCommand {
        command: format!("{BOX_LICENSE}=\"$(cat {})\" docker compose up", file.word),
        pickup: Format::Jwt.pickup(),
        snippets: vec![Snippet { purpose: "compose", text: compose::snippet(BOX_LICENSE) }],
    }
}

fn secret(file: &WrittenFile<'_>) -> NextCommand {
    NextCommand {
        command: format!("kubectl apply -f {}", file.word),
        pickup: Format::K8sSecret.pickup(),
        snippets: vec![Snippet { purpose: "pod", text: compose::pod_snippet(file.text) }],
    }
}

const fn text(key: &'static str, english: &'static str) -> Text {
    Text { key, english }
}
