//! What the Acme works are and accept, as data.

use vendors::{ConnectField, Description, Facet, FieldKind, Hints, Link, Text};

pub(super) static ACME: Description = Description {
    connect: &[
        ConnectField::needed("url", FieldKind::Url, text("Gate"), text("Painted on the wall.")),
        ConnectField::needed("badge", FieldKind::Secret, text("Badge"), text("Ask the porter.")),
    ],
    keeps: &["badge"],
    facets: &[Facet::Seats, Facet::Validation],
    ..Description::listing(
        "acme",
        text("Acme works"),
        text("Licenses for the presses of the Acme works."),
        Link { text: text("Open the works"), url: "https://acme.example" },
        Hints {
            refused: None,
            new_login: text("ask"),
            not_found: text("scrapped"),
            address: text("look up"),
        },
    )
};

const fn text(english: &'static str) -> Text {
    Text { key: english, english }
}
