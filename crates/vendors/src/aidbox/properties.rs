//! Whatever a portal answers, reading it ends: in licenses that say what was said, or in a typed error.

use super::{
    decode::{self, Content},
    list::List,
    map,
    refusal::{self, About},
    wire::{Call, Node},
};
use crate::{SecretSigns, VendorError, http::Answer, redact::Redactor};
use jiff::Timestamp;
use license::{Expiry, Hosting, License, Product, Tier, VendorStatus};
use proptest::prelude::*;
use serde_json::{Value, json};

fn answer(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    let content_type = Some(content_type.to_owned());
    Answer { status, content_type, headers: reqwest::header::HeaderMap::new(), body: body.into(), cut: false }
}

/// Any JSON of moderate size, with the names that the portal uses among the others.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,24}".prop_map(Value::from),
        Just(Value::from("https://box.example/_sudo?token=s3cret-box-token&x=y")),
    ];
    let names = prop_oneof![
        Just("id"),
        Just("name"),
        Just("license"),
        Just("jwt"),
        Just("result"),
        Just("error"),
        Just("info"),
        Just("additional"),
        Just("box-url"),
        Just("expiration"),
        Just("type"),
        Just("entitlements"),
        Just("project"),
        Just("whatever"),
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..8).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

/// Reads an answer in every way in which one is read.
fn read_every_way(answer: &Answer) -> Vec<License> {
    let signs = SecretSigns::common();
    let redactor = Redactor::knowing(&signs, []);
    for about in [About::Project, About::License] {
        let error = refusal::error(answer, about, &redactor);
        assert!(!format!("{error:?}").contains("s3cret-box-token"), "{error:?}");
    }
    let mut licenses = List::of(answer.clone(), &redactor).map_or_else(|_| Vec::new(), listed);
    let Ok(document) = decode::document(answer, "anything", &redactor) else { return licenses };
    let entries = document.entries().unwrap_or_default();
    let read = entries.iter().chain([&document]).filter_map(|node| map::license(node, &signs));
    licenses.extend(read.map(|(license, _)| license));
    licenses
}

/// The licenses of a list, which counts each of its entries once.
fn listed(mut list: List) -> Vec<License> {
    let total = list.count();
    let (licenses, unreadable) = list.read(&SecretSigns::common());
    assert_eq!(licenses.len() as u64 + unreadable, total);
    assert_eq!(list.count(), 0, "these are short lists");
    licenses.into_iter().map(|listed| listed.license).collect()
}

/// A license that can be said in the portal's words without losing anything.
fn any_license() -> impl Strategy<Value = License> {
    let tier = prop::sample::select(Tier::ALL);
    let hosting = prop::option::of(prop::sample::select(Hosting::ALL));
    let name = prop::option::of("[\\PC&&[^\\s]]{1,40}");
    let seconds = 0_i64..4_000_000_000;
    ("[a-z0-9-]{1,36}", name, tier, hosting, prop::option::of(seconds.clone()), prop::option::of(seconds))
        .prop_map(|(vendor_id, name, tier, hosting, created, end)| License {
            vendor_id,
            name,
            product: Product::Aidbox,
            tier: Some(tier),
            hosting,
            goal: None,
            vendor_status: Some(VendorStatus::Active),
            created: created.map(|at| Timestamp::from_second(at).unwrap()),
            expiry: match end {
                Some(at) => Some(Expiry::On(Timestamp::from_second(at).unwrap())),
                None => (tier == Tier::Development).then_some(Expiry::Never),
            },
            entitlements: None,
            limits: [("max-instances".to_owned(), json!(3))].into(),
            instance_origin: Some("https://box.example".to_owned()),
        })
}

/// A license as the portal says it.
fn said(license: &License) -> Value {
    let word = match license.tier {
        Some(Tier::Production) => "production",
        Some(Tier::Ci) => "ci",
        Some(Tier::Development) | None => "development",
    };
    json!({
        "id": license.vendor_id, "resourceType": "License", "name": license.name, "product": "aidbox", "type": word,
        "status": "active", "created": license.created.map(|at| at.to_string()),
        "expiration": license.expiry.and_then(Expiry::instant).map(|at| at.to_string()), "max-instances": 3,
        "info": {"hosting": license.hosting.map(Hosting::word)},
        "additional": {"box-url": "https://box.example/_sudo?token=s3cret-box-token"},
    })
}

proptest! {
    #[test]
    fn what_the_portal_says_of_a_license_is_what_is_read(license in any_license(), nested: bool) {
        let said = said(&license);
        let document = if nested { json!({"license": said, "jwt": "a.b.c"}) } else { said };
        let in_json = answer(200, "application/json", document.to_string());
        let in_yaml = answer(200, "text/yaml", serde_saphyr::to_string(&document).unwrap());
        for answer in [in_json, in_yaml] {
            let Content::Document(node) = decode::content(&answer) else { panic!("{:?}", answer.body) };
            prop_assert_eq!(map::license(&node, &SecretSigns::common()).unwrap().0, license.clone());
        }
    }

    #[test]
    fn list_means_the_same_in_json_and_in_yaml(licenses in prop::collection::vec(any_license(), 1..5), envelope in 0..4) {
        let entries: Vec<Value> = licenses.iter().map(said).collect();
        let document = match envelope {
            0 => json!(entries),
            1 => json!({"result": entries}),
            2 => json!({"result": {"licenses": entries, "total": licenses.len()}}),
            _ => json!({"meta": {"data": []}, "items": entries}),
        };
        let in_json = answer(200, "application/json", document.to_string());
        let in_yaml = answer(200, "text/yaml", serde_saphyr::to_string(&document).unwrap());
        for answer in [in_json, in_yaml] {
            let list = List::of(answer, &Redactor::knowing(&SecretSigns::common(), [])).unwrap();
            prop_assert_eq!(list.total(), Some(licenses.len() as u64));
            prop_assert_eq!(listed(list), licenses.clone());
        }
    }

    #[test]
    fn any_json_is_read_without_panic_and_without_leaking(value in any_json(), status in 200_u16..600) {
        for kind in ["application/json", "text/yaml", "text/html", ""] {
            for license in read_every_way(&answer(status, kind, value.to_string())) {
                // What the portal calls an id or a name is passed on as such; everything else is looked through.
                let further = format!("{:?} {:?}", license.limits, license.instance_origin);
                prop_assert!(!further.contains("s3cret-box-token"), "{:?}", license);
            }
        }
    }

    #[test]
    fn any_text_is_read_without_panic(body in ".{0,200}", status in 200_u16..600) {
        for kind in ["application/json", "text/yaml", "text/plain"] {
            read_every_way(&answer(status, kind, body.clone()));
        }
    }

    #[test]
    fn any_bytes_are_read_without_panic(body in prop::collection::vec(any::<u8>(), 0..200), status in 200_u16..600) {
        for kind in ["application/json", "text/yaml", "text/html"] {
            read_every_way(&answer(status, kind, body.clone()));
        }
    }

    #[test]
    fn lines_that_look_like_yaml_are_read_without_panic(lines in prop::collection::vec("[-a-z&*!|>{}\\[\\]:, #'\"0-9]{0,20}", 0..12)) {
        read_every_way(&answer(200, "text/yaml", lines.join("\n")));
    }

    #[test]
    fn a_call_is_the_same_in_json_and_in_yaml(name in "\\PC{0,80}") {
        let call = Call { method: "m", params: vec![("token", "t"), ("name", &name)] };
        let sent = serde_json::to_string(&call).unwrap();
        let expected = json!({"method": "m", "params": {"token": "t", "name": name}});
        prop_assert_eq!(serde_json::from_str::<Value>(&sent).unwrap(), expected.clone());
        prop_assert_eq!(serde_saphyr::from_str::<Value>(&sent).unwrap(), expected);
    }
}

#[test]
fn texts_of_an_answer_are_borrowed_and_not_copied() {
    let answer = answer(200, "application/json", r#"{"id":"abc"}"#);
    let Content::Document(node) = decode::content(&answer) else { panic!("it is JSON") };
    let Some(Node::Scalar(super::wire::Scalar::Text(text))) = node.fields().unwrap().get("id") else {
        panic!("a text")
    };
    assert!(matches!(text, std::borrow::Cow::Borrowed("abc")));
}

#[test]
fn an_unreadable_answer_names_what_was_expected() {
    let error = decode::document(
        &answer(200, "application/json", "{"),
        "a license",
        &Redactor::knowing(&SecretSigns::common(), []),
    )
    .unwrap_err();
    assert!(matches!(error, VendorError::Unreadable { what: "a license", .. }), "{error:?}");
}
