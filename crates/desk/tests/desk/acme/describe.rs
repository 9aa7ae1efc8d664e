//! What the Acme works are and accept, as data.

use desk::vendors::{ConnectField, Description, Facet, FieldKind, Hints, Link, Text};

pub static ACME: Description = Description {
    provider: "acme",
    title: text("Acme works"),
    summary: text("Licenses for the presses of the Acme works."),
    product: "acme",
    connect: &[
        ConnectField::needed("url", FieldKind::Url, text("Gate"), text("Painted on the wall.")),
        ConnectField::needed("badge", FieldKind::Secret, text("Badge"), text("Ask the porter.")),
    ],
    keeps: &["badge"],
    own_domain: None,
    password_once: false,
    entitled_with_list: None,
    by_address: false,
    login_note: None,
    facets: &[Facet::Seats],
    create: &[],
    deletes: false,
    by_hand: &[],
    facts: &[],
    page: Link { text: text("Open the works"), url: "https://acme.example" },
    hints: Hints { new_login: text("ask again"), not_found: text("scrapped"), address: text("look up") },
};

const fn text(english: &'static str) -> Text {
    Text { key: english, english }
}
