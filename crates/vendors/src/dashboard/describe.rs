//! What a Metrics Dashboard Enterprise instance is and accepts, as data. The facts are those of the vendor's document "Licensing
//! HTTP API".

use crate::{ConnectField, Description, Facet, FieldKind, Hints, Link, Text};

/// The whole of it.
pub(super) const DESCRIPTION: Description = Description {
    connect: CONNECT,
    keeps: &["password"],
    password_once: true,
    by_address: true,
    login_note: Some(text(
        "vendor.dashboard.login-note",
        "Only the name and password of a server administrator can be used (Basic authentication). A service account is limited to \
         an organization and cannot be given a server administrator's permissions, so the instance refuses its token here. A \
         password that was refused is not sent again.",
    )),
    facets: &[Facet::InstanceToken],
    license_of_claims: Some(super::license_of_claims),
    ..Description::listing(
        "dashboard",
        text("vendor.dashboard.title", "Metrics Dashboard"),
        text(
            "vendor.dashboard.summary",
            "The license of one Metrics Dashboard Enterprise instance: look at it, apply, renew and remove it.",
        ),
        // The issuer that the document's example of a token names.
        Link {
            text: text("vendor.dashboard.page", "Open the issuer's site"),
            url: "https://metrics-dashboard.com",
        },
        HINTS,
    )
};

const HINTS: Hints = Hints {
    new_login: text(
        "vendor.dashboard.hint.new-login",
        "use the name and password of a server administrator of this instance, such as the `admin` that it comes with",
    ),
    refused: None,
    not_found: text(
        "vendor.dashboard.hint.not-found",
        "an instance holds one license at most: it may have been replaced or removed there",
    ),
    address: text(
        "vendor.dashboard.hint.address",
        "check the address: it is the instance's root URL, with the path below which it is served",
    ),
};

const CONNECT: &[ConnectField] = &[
    ConnectField {
        name: "url",
        label: text("vendor.dashboard.url.label", "Root URL"),
        kind: FieldKind::Url,
        optional: false,
        placeholder: Some("https://dashboard.example/metrics"),
        default: None,
        where_to_find: text(
            "vendor.dashboard.url.where",
            "The address that you open the instance with, up to and with the path below which it is served.",
        ),
        link: None,
        is_editable: false,
    },
    ConnectField {
        name: "user",
        label: text("vendor.dashboard.user.label", "Server administrator"),
        kind: FieldKind::Text,
        optional: false,
        placeholder: None,
        default: Some("admin"),
        where_to_find: text(
            "vendor.dashboard.user.where",
            "The user \u{201c}admin\u{201d} that an instance comes with may do this. Another one needs licensing:read, licensing:write and \
             licensing:delete.",
        ),
        link: None,
        is_editable: false,
    },
    ConnectField::needed(
        "password",
        FieldKind::Password,
        text("vendor.dashboard.password.label", "Password"),
        text("vendor.dashboard.password.where", "The one that this user logs in with."),
    ),
    ConnectField::optional(
        "ca-file",
        FieldKind::CaFile,
        text("vendor.dashboard.ca-file.label", "Private certificate authority"),
        text(
            "vendor.dashboard.ca-file.where",
            "Only if the instance's certificate is self-signed or issued by a private authority: a PEM file with that certificate \
             or the authority's. Licet keeps a copy, so you can delete the file.",
        ),
    ),
    ConnectField::CONFIRM_HOST,
    ConnectField::ALLOW_HTTP,
];

const fn text(key: &'static str, english: &'static str) -> Text {
    Text { key, english }
}
