//! What the Aidbox portal is and accepts, as data.
//!
//! The choices are those of the portal's own create form, the facts those of its licensing page.

use crate::{Carried, Choice, ConnectField, Description, Fact, FieldKind, Hints, Link, Mark, Text, Value};

/// Where licenses are created and deleted by hand.
pub(super) const PORTAL_PAGE: &str = "https://aidbox.app/ui/portal";
/// The vendor's site. Its licensing page names the guide for AWS by a path inside the documentation, and no address.
const SITE: &str = "https://aidbox.app";

/// The whole of it.
pub(super) const DESCRIPTION: Description = Description {
    provider: "aidbox",
    title: text("vendor.aidbox.title", "Aidbox portal"),
    summary: text("vendor.aidbox.summary", "Licenses of Aidbox instances, a project's at a time."),
    with_key: None,
    invitation: Some(text(
        "vendor.aidbox.invitation",
        "Connect a project by its token: see, create and delete its licenses.",
    )),
    subject: Some(text("vendor.aidbox.subject", "Project")),
    product: "aidbox",
    connect: CONNECT,
    keeps: &["token"],
    own_domain: None,
    password_once: false,
    entitled_with_list: None,
    by_address: false,
    login_note: None,
    facets: &[],
    create: CHOICES,
    deletes: true,
    license_of_claims: Some(super::license_of_claims),
    vendor_page: VENDOR_PAGE,
    facts: FACTS,
    page: PAGE,
    hints: HINTS,
};

const HINTS: Hints = Hints {
    new_login: text(
        "vendor.aidbox.hint.new-login",
        "issue a new token at the portal: project → Settings → Issue Token",
    ),
    refused: Some(text(
        "vendor.aidbox.hint.refused",
        "The token may be revoked, mistyped, or of another project. Issue a new one and enter it again.",
    )),
    not_found: text(
        "vendor.aidbox.hint.not-found",
        "the portal does not tell whether it was deleted or belongs to another project",
    ),
    address: text(
        "vendor.aidbox.hint.address",
        "check the address: it is the portal's root, such as https://aidbox.app",
    ),
};

const PAGE: Link = Link { text: text("vendor.aidbox.page", "Open the Aidbox portal"), url: PORTAL_PAGE };

const CONNECT: &[ConnectField] = &[
    ConnectField {
        name: "url",
        label: text("vendor.aidbox.url.label", "Portal address"),
        kind: FieldKind::Url,
        optional: false,
        placeholder: None,
        default: Some(SITE),
        where_to_find: text("vendor.aidbox.url.where", "The address that you open the portal with."),
        link: None,
        is_editable: false,
    },
    ConnectField {
        name: "token",
        label: text("vendor.aidbox.token.label", "Project token"),
        kind: FieldKind::Secret,
        optional: false,
        placeholder: None,
        default: None,
        where_to_find: text(
            "vendor.aidbox.token.where",
            "In the portal: project → Settings → Issue Token. A token opens one project.",
        ),
        link: Some(PAGE),
        is_editable: false,
    },
    ConnectField::CONFIRM_HOST,
    ConnectField::ALLOW_HTTP,
];

/// As the vendor's documentation has them, in the section "Create license".
const VENDOR_PAGE: &[Text] = &[
    text("vendor.aidbox.by-hand.project", "In the portal's main navigation, click the project's name."),
    text("vendor.aidbox.by-hand.assets", "In the menu that opens, click Assets."),
    text("vendor.aidbox.by-hand.new", "At the upper right, click New Aidbox."),
    text("vendor.aidbox.by-hand.type", "Select the license type: Dev or Prod."),
    text("vendor.aidbox.by-hand.name", "Enter the license name."),
    text("vendor.aidbox.by-hand.goal", "Select the goal: Development, Research or Evaluation."),
    text("vendor.aidbox.by-hand.hosting", "Specify the hosting: Self-hosted or Sandbox."),
    text(
        "vendor.aidbox.by-hand.versions",
        "For a sandbox, specify the Aidbox version, Latest or Edge, and the FHIR version.",
    ),
    text("vendor.aidbox.by-hand.create", "Click Create."),
];

/// The create form.
pub(super) const CHOICES: &[Choice] = &[
    Choice {
        param: "type",
        label: text("vendor.aidbox.type.label", "Type"),
        values: &[
            value("dev", text("vendor.aidbox.type.dev", "Dev")),
            value("prod", text("vendor.aidbox.type.prod", "Prod")),
            value("ci", text("vendor.aidbox.type.ci", "CI")),
        ],
        default: "dev",
        carried: Carried::Always,
        implied: None,
        shown_when: None,
    },
    Choice {
        param: "goal",
        label: text("vendor.aidbox.goal.label", "Goal"),
        values: &[
            value("development", text("vendor.aidbox.goal.development", "Development")),
            value("research", text("vendor.aidbox.goal.research", "Research")),
            value("evaluation", text("vendor.aidbox.goal.evaluation", "Evaluation")),
        ],
        default: "development",
        carried: only_if_advertised("goal"),
        implied: None,
        shown_when: None,
    },
    Choice {
        param: "hosting",
        label: text("vendor.aidbox.hosting.label", "Hosting"),
        values: &[
            value("self-hosted", text("vendor.aidbox.hosting.self-hosted", "Self-hosted")),
            value("sandbox", text("vendor.aidbox.hosting.sandbox", "Sandbox")),
            Value {
                word: "aws",
                label: text("vendor.aidbox.hosting.aws", "AWS"),
                guide: Some(Link {
                    text: text("vendor.aidbox.hosting.aws.guide", "run-aidbox-on-aws"),
                    url: SITE,
                }),
            },
        ],
        default: "self-hosted",
        carried: only_if_advertised("hosting"),
        implied: Some("self-hosted"),
        shown_when: None,
    },
    Choice {
        param: "aidbox-version",
        label: text("vendor.aidbox.aidbox-version.label", "Version"),
        values: &[
            value("latest", text("vendor.aidbox.aidbox-version.latest", "Latest")),
            value("edge", text("vendor.aidbox.aidbox-version.edge", "Edge")),
        ],
        default: "latest",
        carried: only_if_advertised("aidbox-version"),
        implied: None,
        shown_when: Some(("hosting", "sandbox")),
    },
    Choice {
        param: "fhir-version",
        label: text("vendor.aidbox.fhir-version.label", "FHIR version"),
        values: &[
            fhir("1.0.2"),
            fhir("1.4.0"),
            fhir("1.8.0"),
            fhir("3.0.1"),
            fhir("3.2.0"),
            fhir("3.3.0"),
            fhir("4.0.0"),
            fhir("4.0.1"),
            fhir("4.3.0"),
            fhir("5.0.0"),
        ],
        default: "4.0.1",
        carried: only_if_advertised("fhir-version"),
        implied: None,
        shown_when: Some(("hosting", "sandbox")),
    },
];

const FACTS: &[Fact] = &[
    fact(
        "dev",
        "vendor.aidbox.type.dev.fact",
        "Free, without patient data, a database of up to 5 GB. Does not expire.",
    ),
    fact("prod", "vendor.aidbox.type.prod.fact", "A 14-day trial, then extended by the vendor."),
    fact("ci", "vendor.aidbox.type.ci.fact", "Many instances, for 72 hours."),
    Fact {
        about: ("fhir-version", "4.0.1"),
        text: text("vendor.aidbox.fhir-version.fact", "Recommended by the vendor."),
        mark: Mark::Reference,
        source: text("vendor.aidbox.source.licenses", "Aidbox documentation, Licenses"),
    },
];

const fn text(key: &'static str, english: &'static str) -> Text {
    Text { key, english }
}

const fn value(word: &'static str, label: Text) -> Value {
    Value { word, label, guide: None }
}

/// Versions are called the same in every language.
const fn fhir(version: &'static str) -> Value {
    value(version, text(version, version))
}

const fn only_if_advertised(capability: &'static str) -> Carried {
    Carried::OnlyIfAdvertised {
        capability,
        reason: text(
            "vendor.aidbox.not-carried",
            "The portal's API does not carry this choice. Make it on the portal's own page.",
        ),
    }
}

const fn fact(tier: &'static str, key: &'static str, english: &'static str) -> Fact {
    Fact {
        about: ("type", tier),
        text: text(key, english),
        mark: Mark::Documented,
        source: text("vendor.aidbox.source.support", "Aidbox documentation, Licensing and Support"),
    }
}
