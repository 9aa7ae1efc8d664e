//! The AICA System: its keys, its license file and its Core, as data (`docs/protocols.md`, "AICA license file", [D]).

use super::{core::core, steps};
use crate::{
    CoreService, Fact, FileRule, Import, Mark, NextCommand, PackageRegistry, ProductForms, SecretSign, Text,
    WrittenFile,
};
use license::{KeyForm, file::Format};

pub(super) const PRODUCT: ProductForms = ProductForms {
    files: &[
        FileRule {
            is_looked_for: true,
            has_path_setting: true,
            next: Some(mounted),
            ..FileRule::named(Format::LauncherToml, ".aica-license.toml", ".aica-license-{license}.toml")
        },
        FileRule {
            is_named_after_license: true,
            ..FileRule::named(Format::Certificate, "license.lic", "{license}.lic")
        },
    ],
    own_forms: &[KeyForm::System, KeyForm::Deployment],
    import: Some(Import {
        title: text("product.aica.import", "AICA license"),
        summary: text(
            "product.aica.import.summary",
            "A license key or aica-license.toml. The launcher\u{2019}s file stays up to date.",
        ),
        keys: &["5614D1-\u{2026}-V3", "key/\u{2026}"],
        file: "aica-license.toml",
    }),
    facts: &[
        fact(
            "system",
            "product.aica.system.online",
            "Needs an active internet connection for the entire duration of the application.",
        ),
        fact(
            "system",
            "product.aica.system.instances",
            "Can be used on any machine, with one running instance at a time.",
        ),
        fact(
            "deployment",
            "product.aica.deployment.offline",
            "Works offline, with no limit on how long it stays active.",
        ),
    ],
    core: Some(CoreService { address: "http://localhost:8080/api", connect: core }),
    registry: Some(PackageRegistry { host: "registry.licensing.aica.tech", password: Format::LauncherToml }),
    steps: steps::STEPS,
    ..ProductForms::titled("aica", text("product.aica", "AICA"))
};

/// How the keys of both forms look, and the tokens of the service's sessions.
pub(super) const SECRET_SIGNS: &[SecretSign] = &[
    SecretSign::HexGroups { digits: 6, groups: 3 },
    SecretSign::Begins { with: "key/", length: 20 },
    SecretSign::Hex { after: "user-", digits: 12 },
];

/// The launcher's container reads the file where it is mounted.
fn mounted(file: &WrittenFile<'_>) -> NextCommand {
    NextCommand {
        command: format!("docker run {} IMAGE", file.mount),
        pickup: Format::LauncherToml.pickup(),
        snippets: Vec::new(),
    }
}

const fn fact(form: &'static str, key: &'static str, english: &'static str) -> Fact {
    Fact {
        about: ("form", form),
        text: text(key, english),
        mark: Mark::Reference,
        source: text("product.aica.source", "AICA documentation, Licensing"),
    }
}

const fn text(key: &'static str, english: &'static str) -> Text {
    Text { key, english }
}
