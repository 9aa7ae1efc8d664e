//! What an AICA account is and accepts, as data.

use super::listing::WITH_ENTITLEMENTS;
use crate::{ConnectField, Description, Facet, FieldKind, Hints, Link, Text};

/// The vendor's own domain: what the license document calls the official one.
pub(super) const OWN_DOMAIN: &str = "aica.tech";

/// The whole of it.
pub(super) const DESCRIPTION: Description = Description {
    invitation: Some(text(
        "vendor.aica.invitation",
        "Log in with e-mail and password: see the account\u{2019}s System Licenses and Deployment Keys.",
    )),
    connect: CONNECT,
    keeps: &["token"],
    own_domain: Some(OWN_DOMAIN),
    password_once: true,
    entitled_with_list: Some(WITH_ENTITLEMENTS),
    login_note: Some(text(
        "vendor.aica.login-note",
        "AICA does not document this API. Licet speaks the Keygen-compatible one at an address that you give. Such a \
         service takes 5 password logins a minute for each account, address and e-mail, successful ones too. The \
         password is exchanged for a session and not kept.",
    )),
    with_key: Some(text("vendor.aica.with-key", "I also have an AICA account (seats, packages)")),
    facets: &[Facet::SignIn, Facet::Seats, Facet::Packages, Facet::Validation, Facet::Certificates],
    ..Description::listing(
        "aica",
        text("vendor.aica.title", "AICA"),
        text(
            "vendor.aica.summary",
            "System Licenses and Deployment Keys of an account, with their machines and packages.",
        ),
        Link { text: text("vendor.aica.page", "Open AICA's site"), url: "https://aica.tech" },
        HINTS,
    )
};

const HINTS: Hints = Hints {
    new_login: text("vendor.aica.hint.new-login", "log in again with the e-mail and password of the account"),
    refused: None,
    not_found: text("vendor.aica.hint.not-found", "it is gone, or it belongs to another user of the account"),
    address: text(
        "vendor.aica.hint.address",
        "check the address: it is the root of the Keygen-compatible service, before /v1",
    ),
};

const CONNECT: &[ConnectField] = &[
    ConnectField {
        placeholder: Some("https://"),
        ..ConnectField::needed(
            "url",
            FieldKind::Url,
            text("vendor.aica.url.label", "Service address"),
            text(
                "vendor.aica.url.where",
                "The root address of the licensing service, from whoever gave you the account.",
            ),
        )
    },
    ConnectField::needed(
        "vendor-account",
        FieldKind::Text,
        text("vendor.aica.vendor-account.label", "Account"),
        text("vendor.aica.vendor-account.where", "The account's short name or id at the service."),
    ),
    ConnectField::needed(
        "email",
        FieldKind::Text,
        text("vendor.aica.email.label", "E-mail"),
        text("vendor.aica.email.where", "The e-mail address that you log in with."),
    ),
    ConnectField::needed(
        "password",
        FieldKind::Password,
        text("vendor.aica.password.label", "Password"),
        text("vendor.aica.password.where", "Exchanged for a session when you connect, and not kept."),
    ),
    ConnectField::optional(
        "otp",
        FieldKind::OneTimeCode,
        text("vendor.aica.otp.label", "One-time code"),
        text(
            "vendor.aica.otp.where",
            "The code that your authenticator shows now, where the account asks for one.",
        ),
    ),
    ConnectField::optional(
        "public-key",
        FieldKind::PublicKey,
        text("vendor.aica.public-key.label", "Public key"),
        text(
            "vendor.aica.public-key.where",
            "The account's Ed25519 key, 64 hex digits. With it, every answer has to be signed; without it, answers are \
             not verified.",
        ),
    ),
    ConnectField {
        placeholder: Some("registry.licensing.aica.tech"),
        is_editable: true,
        ..ConnectField::optional(
            "registry",
            FieldKind::Text,
            text("vendor.aica.registry.label", "Package registry"),
            text(
                "vendor.aica.registry.where",
                "The host of the container registry, where it is not AICA's own.",
            ),
        )
    },
    ConnectField {
        is_editable: true,
        ..ConnectField::optional(
            "confirm-registry",
            FieldKind::Text,
            text("vendor.aica.confirm-registry.label", "Confirm the registry"),
            text(
                "vendor.aica.confirm-registry.where",
                "The registry is given the license key. To use one outside AICA's own domain, type its host once more.",
            ),
        )
    },
    ConnectField::optional(
        "confirm-host",
        FieldKind::ConfirmHost,
        text("vendor.aica.confirm-host.label", "Confirm the host"),
        text(
            "vendor.aica.confirm-host.where",
            "AICA asks not to enter a license key on sites other than its own domain. To use another host, type it \
             once more.",
        ),
    ),
    ConnectField::ALLOW_HTTP,
];

const fn text(key: &'static str, english: &'static str) -> Text {
    Text { key, english }
}
