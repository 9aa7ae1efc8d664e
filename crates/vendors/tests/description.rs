//! What vendors say of themselves as data: whole, without contradictions, and enough to connect.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use license::{Goal, Hosting, Tier, Token};
use std::collections::{BTreeMap, HashMap};
use url::Url;
use vendors::{
    Accepts, ConnectError, Connection, Description, Facet, FieldKind, Http, Obstacle, Registry, Text,
    registration, registry,
};

fn aidbox() -> &'static Description {
    registration("aidbox").unwrap().description
}

fn obstacle(param: &str, word: &str, accepts: &Accepts) -> Option<Obstacle> {
    let choice = aidbox().choice(param).unwrap();
    let value = choice.values.iter().find(|value| value.word == word).unwrap();
    choice.obstacle(value, accepts)
}

fn connection(address: &str, token: Option<&str>) -> Connection {
    let secrets = token.map(|token| ("token".to_owned(), Token::new(token.to_owned())));
    Connection {
        address: address.parse().unwrap(),
        fields: BTreeMap::new(),
        secrets: secrets.into_iter().collect(),
    }
}

fn connect_error(provider: &str, at: &Connection) -> ConnectError {
    vendors::connect(&Http::default(), provider, at).unwrap_err()
}

/// Every text of a description.
fn texts(description: &Description) -> Vec<Text> {
    let fields = description.connect.iter().flat_map(|field| {
        [Some(field.label), Some(field.where_to_find), field.link.map(|link| link.text)].into_iter().flatten()
    });
    let choices = description.create.iter().flat_map(|choice| {
        let values =
            choice.values.iter().flat_map(|value| [Some(value.label), value.guide.map(|guide| guide.text)]);
        [choice.label].into_iter().chain(values.flatten())
    });
    let facts = description.facts.iter().flat_map(|fact| [fact.text, fact.source]);
    let hints = [description.hints.new_login, description.hints.not_found, description.hints.address];
    let own = [description.title, description.summary, description.page.text].into_iter().chain(hints);
    let own = own
        .chain(description.invitation)
        .chain(description.with_key)
        .chain(description.subject)
        .chain(description.hints.refused);
    let own = own.chain(description.login_note).chain(description.vendor_page.iter().copied());
    own.chain(fields).chain(choices).chain(facts).collect()
}

#[test]
fn a_key_of_a_text_means_one_text() {
    let mut known = HashMap::new();
    for text in registry().iter().flat_map(|known| texts(known.description)) {
        assert!(!text.english.trim().is_empty(), "{}", text.key);
        assert_eq!(known.entry(text.key).or_insert(text.english), &text.english, "{}", text.key);
    }
}

#[test]
fn every_choice_begins_with_a_value_that_it_has() {
    for choice in registry().iter().flat_map(|known| known.description.create) {
        assert!(choice.values.iter().any(|value| value.word == choice.default), "{}", choice.param);
        assert!(choice.implied.is_none_or(|word| choice.values.iter().any(|value| value.word == word)));
    }
}

#[test]
fn what_a_choice_waits_for_and_what_a_fact_is_about_exist() {
    for description in registry().iter().map(|known| known.description) {
        let waits = description.create.iter().filter_map(|choice| choice.shown_when);
        let facts = description.facts.iter().map(|fact| fact.about);
        for (param, word) in waits.chain(facts) {
            let choice = description.choice(param).unwrap();
            assert!(choice.values.iter().any(|value| value.word == word), "{param}={word}");
        }
    }
}

#[test]
fn every_page_is_an_encrypted_address() {
    for description in registry().iter().map(|known| known.description) {
        let fields = description.connect.iter().filter_map(|field| field.link);
        let guides =
            description.create.iter().flat_map(|choice| choice.values).filter_map(|value| value.guide);
        for link in [description.page].into_iter().chain(fields).chain(guides) {
            assert_eq!(Url::parse(link.url).unwrap().scheme(), "https");
        }
    }
}

#[test]
fn the_words_of_the_create_form_are_the_words_of_the_domain() {
    let words =
        |param: &str| aidbox().choice(param).unwrap().values.iter().map(|v| v.word).collect::<Vec<_>>();
    assert_eq!(words("type"), Tier::ALL.iter().map(|tier| tier.word()).collect::<Vec<_>>());
    assert_eq!(words("goal"), Goal::ALL.iter().map(|goal| goal.word()).collect::<Vec<_>>());
    assert_eq!(words("hosting"), Hosting::ALL.iter().map(|hosting| hosting.word()).collect::<Vec<_>>());
}

#[test]
fn what_a_documented_portal_cannot_carry_is_disabled_with_the_reason() {
    let documented = Accepts::documented();
    for (param, word) in [("goal", "research"), ("hosting", "sandbox"), ("fhir-version", "4.0.1")] {
        let Some(Obstacle::NotCarried(reason)) = obstacle(param, word, &documented) else {
            panic!("{param}={word}")
        };
        assert!(reason.english.contains("portal"), "{reason:?}");
    }
    for (param, word) in [("type", "ci"), ("hosting", "self-hosted")] {
        assert_eq!(obstacle(param, word, &documented), None, "{param}={word}");
    }
}

#[test]
fn a_telling_portal_takes_everything_but_aws_which_is_a_guide() {
    let all = Accepts::these(["goal", "hosting", "aidbox-version", "fhir-version"]);
    for choice in aidbox().create {
        for value in choice.values {
            let is_guide = matches!(choice.obstacle(value, &all), Some(Obstacle::Guide(_)));
            assert_eq!(is_guide, value.word == "aws", "{}={}", choice.param, value.word);
        }
    }
}

#[test]
fn what_is_advertised_can_be_kept_and_read_again() {
    let accepts = Accepts::these(["hosting", "goal"]);
    assert_eq!(Accepts::these(accepts.names()), accepts);
}

#[test]
fn a_vendor_asks_for_its_address_and_masks_its_secrets() {
    let fields = aidbox().connect;
    assert_eq!(
        fields.iter().map(|field| (field.name, field.kind)).collect::<Vec<_>>(),
        [
            ("url", FieldKind::Url),
            ("token", FieldKind::Secret),
            ("confirm-host", FieldKind::ConfirmHost),
            ("allow-http", FieldKind::AllowHttp),
        ]
    );
    assert_eq!(fields[0].default, Some("https://aidbox.app"));
}

#[test]
fn a_client_is_not_made_without_what_it_needs() {
    let good = connection("https://aidbox.app", Some("t"));
    assert!(vendors::connect(&Http::default(), "aidbox", &good).is_ok());
    assert_eq!(connect_error("acme", &good), ConnectError::UnknownProvider { provider: "acme".to_owned() });
    for token in [None, Some(""), Some(" \n")] {
        let error = connect_error("aidbox", &connection("https://aidbox.app", token));
        assert_eq!(error, ConnectError::MissingField { field: "token" });
    }
    let torn = connection("https://aidbox.app", Some("two\nlines"));
    assert_eq!(connect_error("aidbox", &torn), ConnectError::UnusableField { field: "token" });
    assert_eq!(
        connect_error("aidbox", &connection("ftp://aidbox.app", Some("t"))),
        ConnectError::NotAnAddress
    );
    let with_login = connection("https://me:secret@aidbox.app", Some("t"));
    assert_eq!(connect_error("aidbox", &with_login), ConnectError::LoginInAddress);
}

#[test]
fn a_registry_of_other_systems_knows_these_and_no_other() {
    let none = Registry::of(&[]);
    assert!(none.all().is_empty() && none.registration("aidbox").is_none());
    let unknown = ConnectError::UnknownProvider { provider: "aidbox".to_owned() };
    let good = connection("https://aidbox.app", Some("t"));
    assert_eq!(none.connect(&Http::default(), "aidbox", &good).unwrap_err(), unknown);
    assert_eq!(none.base("aidbox", &good.address).unwrap_err(), unknown);
}

#[test]
fn what_is_trusted_besides_the_systems_authorities_has_to_be_a_certificate() {
    for text in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let error = Http::default().trusting(text).unwrap_err();
        assert_eq!(error, ConnectError::NotACertificate { field: "ca-file" }, "{text}");
    }
}

/// What a user types into the fields that have to be filled in.
fn filled(description: &Description) -> Connection {
    let mut at = connection("https://licensing.aica.tech", None);
    for field in description.connect.iter().filter(|field| !field.optional && field.name != "url") {
        let text = "demo".to_owned();
        if field.kind.is_secret() {
            at.secrets.insert(field.name.to_owned(), Token::new(text));
        } else {
            at.fields.insert(field.name.to_owned(), text);
        }
    }
    at
}

#[test]
fn what_a_vendor_says_that_it_has_is_what_its_client_hands_out() {
    for description in registry().iter().map(|known| known.description) {
        let client = vendors::connect(&Http::default(), description.provider, &filled(description)).unwrap();
        let has = [
            (Facet::SignIn, client.sign_in().is_some()),
            (Facet::Seats, client.seats().is_some()),
            (Facet::Packages, client.packages().is_some()),
            (Facet::Validation, client.validation().is_some()),
            (Facet::Certificates, client.certificates().is_some()),
            (Facet::InstanceToken, client.instance_token().is_some()),
        ];
        assert_eq!(has.map(|(facet, _)| facet), Facet::ALL);
        for (facet, has) in has {
            assert_eq!(has, description.facets.contains(&facet), "{} {}", description.provider, facet.word());
        }
    }
}

#[test]
fn what_is_kept_of_a_login_is_typed_or_a_session() {
    for description in registry().iter().map(|known| known.description) {
        let signs_in = description.facets.contains(&Facet::SignIn);
        for kept in description.keeps {
            assert!(signs_in || description.secret_fields().any(|name| name == *kept), "{kept}");
        }
        let mut codes = description.connect.iter().filter(|field| field.kind == FieldKind::OneTimeCode);
        assert!(codes.all(|field| !description.keeps.contains(&field.name)));
    }
}

#[test]
fn an_aica_account_asks_for_all_that_a_login_there_needs_and_has_no_address_of_its_own() {
    let description = registration("aica").unwrap().description;
    let fields: Vec<_> =
        description.connect.iter().map(|field| (field.name, field.kind, field.optional)).collect();
    let expected = [
        ("url", FieldKind::Url, false),
        ("vendor-account", FieldKind::Text, false),
        ("email", FieldKind::Text, false),
        ("password", FieldKind::Password, false),
        ("otp", FieldKind::OneTimeCode, true),
        ("public-key", FieldKind::PublicKey, true),
        ("registry", FieldKind::Text, true),
        ("confirm-registry", FieldKind::Text, true),
        ("confirm-host", FieldKind::ConfirmHost, true),
        ("allow-http", FieldKind::AllowHttp, true),
    ];
    assert_eq!(fields, expected);
    assert_eq!(description.connect[0].default, None);
    assert_eq!((description.own_domain, description.keeps), (Some("aica.tech"), ["token"].as_slice()));
}

#[test]
fn vendor_has_the_product_that_it_describes() {
    for known in registry() {
        let products: Vec<_> = known.products.iter().map(|product| product.product).collect();
        assert!(products.contains(&known.description.product), "{products:?}");
    }
}
