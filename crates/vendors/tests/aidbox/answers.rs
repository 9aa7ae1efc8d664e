//! What the portal answers becomes licenses, in every spelling that is known or can be expected.

use crate::JWT;
use crate::fault::{answer, json, yaml};
use crate::id;
use crate::key;
use crate::playing;
use crate::wanted;
use crate::whole;
use license::{Entitlement, Expiry, Hosting, License, Product, Tier, VendorStatus};
use vendors::VendorError;

/// The answer of issue-license and get-license (`docs/protocols.md`, "Aidbox license").
const FULL: &str = r#"
result:
  jwt: eyJhbGciOiJSUzI1NiJ9.eyJlbnRpdGxlbWVudHMiOlsiZmhpciIsInNxbCJdfQ.c2lnbmF0dXJl
  license:
    id: "7a"
    resourceType: License
    name: my-box
    product: aidbox
    type: production
    status: active
    created: "2026-01-02T03:04:05Z"
    expiration: "2026-12-31T00:00:00Z"
    max-instances: 1
    offline: false
    issuer: "https://aidbox.app"
    creator: {id: "u1", resourceType: User}
    project: {id: "p1", resourceType: Project}
    info: {hosting: self-hosted}
    meta: {lastUpdated: "2026-01-02T03:04:05Z", createdAt: "2026-01-02T03:04:05Z", versionId: "1"}
    additional: {expiration-days: 14, box-url: null}
"#;

async fn read_one(document: &str) -> License {
    let (_server, project) = playing([yaml(200, document)]);
    project.get(&id("x")).await.unwrap().license
}

/// A license with an id and these further fields, in YAML's flow style.
async fn read_with(fields: &str) -> License {
    read_one(&format!("result: {{license: {{id: x, {fields}}}, jwt: a.b.c}}")).await
}

fn at(text: &str) -> Option<Expiry> {
    Some(Expiry::On(text.parse().unwrap()))
}

#[tokio::test]
async fn every_field_of_the_known_answer_finds_its_place() {
    let (_server, project) = playing([yaml(200, FULL)]);
    let found = project.get(&id("7a")).await.unwrap();
    assert_eq!(found.key.unwrap().expose(), JWT);
    let license = found.license;
    assert_eq!((license.vendor_id.as_str(), license.name.as_deref()), ("7a", Some("my-box")));
    assert_eq!((license.product, license.tier), (Product::Aidbox, Some(Tier::Production)));
    assert_eq!(
        (license.hosting, license.vendor_status),
        (Some(Hosting::SelfHosted), Some(VendorStatus::Active))
    );
    assert_eq!(license.created, Some("2026-01-02T03:04:05Z".parse().unwrap()));
    assert_eq!(license.expiry, at("2026-12-31T00:00:00Z"));
    assert_eq!(license.instance_origin, None);
    let limits = serde_json::to_value(&license.limits).unwrap();
    let expected = serde_json::json!({
        "max-instances": 1, "offline": false, "issuer": "https://aidbox.app", "expiration-days": 14,
    });
    assert_eq!(limits, expected);
}

#[tokio::test]
async fn json_and_yaml_answers_mean_the_same() {
    let as_json = serde_json::to_string(&serde_saphyr::from_str::<serde_json::Value>(FULL).unwrap()).unwrap();
    let (_server, in_yaml) = playing([yaml(200, FULL)]);
    let (_server, in_json) = playing([json(200, &as_json)]);
    let (_server, unlabelled) = playing([answer(200, "text/plain", FULL)]);
    let (_server, json_called_yaml) = playing([yaml(200, &as_json)]);
    let expected = in_yaml.get(&id("7a")).await.unwrap();
    for project in [in_json, unlabelled, json_called_yaml] {
        assert_eq!(project.get(&id("7a")).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn the_entitlements_of_the_license_string_are_shown_where_the_answer_has_none() {
    let entitlement = |code: &str| Entitlement { code: code.to_owned(), name: code.to_owned() };
    let license = read_one(FULL).await;
    assert_eq!(license.entitlements, Some(vec![entitlement("fhir"), entitlement("sql")]));
}

#[tokio::test]
async fn entitlements_in_the_answer_come_first_and_may_be_words_or_have_names() {
    let license = read_one(&format!(
        "result: {{license: {{id: x, entitlements: [b, {{code: a, name: Alpha}}, b, 7, [], {{}}]}}, jwt: {JWT}}}"
    ))
    .await;
    let codes: Vec<_> = license.entitlements.unwrap().into_iter().map(|e| (e.code, e.name)).collect();
    let expected =
        [("7", "7"), ("a", "Alpha"), ("b", "b")].map(|(code, name)| (code.to_owned(), name.to_owned()));
    assert_eq!(codes, expected);
}

#[tokio::test]
async fn where_nobody_tells_entitlements_none_are_invented() {
    assert_eq!(read_with("type: ci").await.entitlements, None);
}

#[tokio::test]
async fn the_test_of_a_login_says_what_it_opens() {
    let list = "result: [{id: a}, {id: b, project: {id: p, name: northwind}}]";
    let (_server, project) = playing([yaml(200, list)]);
    let probe = project.probe().await.unwrap();
    assert_eq!((probe.subject.as_deref(), probe.licenses), (Some("northwind"), Some(2)));
}

#[tokio::test]
async fn the_old_word_standard_means_production() {
    assert_eq!(read_with("type: standard").await.tier, Some(Tier::Production));
    assert_eq!(read_with("type: Development").await.tier, Some(Tier::Development));
}

#[tokio::test]
async fn a_type_that_is_not_known_is_kept_in_the_portals_word() {
    let license = read_with("type: galactic").await;
    assert_eq!((license.tier, license.limits["type"].as_str()), (None, Some("galactic")));
}

#[tokio::test]
async fn a_development_license_without_a_date_does_not_end_and_of_others_nothing_is_said() {
    assert_eq!(read_with("type: development").await.expiry, Some(Expiry::Never));
    assert_eq!(read_with("type: development, expiration: null").await.expiry, Some(Expiry::Never));
    assert_eq!(read_with("type: production").await.expiry, None);
    assert_eq!(read_with("name: no type at all").await.expiry, None);
}

#[tokio::test]
async fn dates_are_read_in_every_spelling() {
    let midnight = at("2026-12-31T00:00:00Z");
    for spelling in [
        "2026-12-31T00:00:00Z",
        "2026-12-31T00:00:00.000Z",
        "2026-12-31T01:00:00+01:00",
        "2026-12-31T00:00:00",
        "2026-12-31 00:00:00",
        "2026-12-31",
        "1798675200",
        "1798675200000",
    ] {
        assert_eq!(
            read_with(&format!("type: ci, expiration: {spelling}")).await.expiry,
            midnight,
            "{spelling}"
        );
        assert_eq!(
            read_with(&format!("type: ci, expiration: \"{spelling}\"")).await.expiry,
            midnight,
            "{spelling:?}"
        );
    }
}

#[tokio::test]
async fn a_date_that_cannot_be_read_is_shown_as_it_came_and_never_taken_for_endless() {
    let license = read_with("type: development, expiration: next spring").await;
    assert_eq!((license.expiry, license.limits["expiration"].as_str()), (None, Some("next spring")));
}

#[tokio::test]
async fn hosting_and_goal_are_found_wherever_the_portal_keeps_them() {
    for fields in ["hosting: sandbox", "info: {hosting: sandbox}", "additional: {hosting: Sandbox}"] {
        assert_eq!(read_with(fields).await.hosting, Some(Hosting::Sandbox), "{fields}");
    }
    assert_eq!(read_with("info: {goal: research}").await.goal, Some(license::Goal::Research));
}

#[tokio::test]
async fn an_unquoted_name_that_looks_like_a_number_is_a_name() {
    assert_eq!(read_with("name: 2026").await.name.as_deref(), Some("2026"));
    assert_eq!(read_with("name: no").await.name.as_deref(), Some("no"));
    assert_eq!(read_with("name: ''").await.name, None);
}

#[tokio::test]
async fn fields_of_the_wrong_kind_do_not_hide_the_license() {
    let license = read_with(
        "name: [1], status: {a: b}, type: 5, info: word, additional: [], created: [], max-instances: {}",
    )
    .await;
    assert_eq!((license.vendor_id.as_str(), license.name, license.vendor_status), ("x", None, None));
}

#[tokio::test]
async fn a_license_string_that_was_asked_with_is_the_key_where_the_answer_has_none() {
    let (_server, project) = playing([yaml(200, "result: {license: {id: a}}")]);
    assert_eq!(project.get(&key(JWT)).await.unwrap().key.unwrap().expose(), JWT);
    let (_server, project) = playing([yaml(200, "result: {license: {id: a}}")]);
    assert_eq!(project.get(&id("a")).await.unwrap().key, None);
}

#[tokio::test]
async fn yaml_that_points_back_to_what_it_said_before_is_read() {
    let list = "result:\n- {id: a, project: &p {id: p, name: north}}\n- {id: b, project: *p}\n";
    let (_server, project) = playing([yaml(200, list)]);
    assert_eq!(whole(&*project).await.unwrap().licenses.len(), 2);
}

#[tokio::test]
async fn a_yaml_bomb_is_refused_and_not_unfolded() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = level - 1;
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{before}"); 9].join(", "));
    }
    let (_server, project) = playing([yaml(200, &format!("{bomb}result: []"))]);
    assert!(matches!(whole(&*project).await, Err(VendorError::Unreadable { .. })));
    let (_server, project) = playing([yaml(200, &"[".repeat(100_000))]);
    assert!(matches!(whole(&*project).await, Err(VendorError::Unreadable { .. })));
}

#[tokio::test]
async fn deeply_nested_json_is_refused() {
    let (_server, project) = playing([json(200, &"[".repeat(100_000))]);
    assert!(matches!(whole(&*project).await, Err(VendorError::Unreadable { .. })));
}

#[tokio::test]
async fn error_beside_a_license_leaves_a_change_open() {
    let license = r#"{"license":{"id":"a","name":"b"}}"#;
    for body in [
        format!(r#"{{"result":{license},"error":{{"message":"database unavailable"}}}}"#),
        r#"{"error":{"trace":[]}}"#.to_owned(),
    ] {
        let (_server, project) = playing([json(200, &body)]);
        let error = project.create(&wanted("b", Tier::Ci)).await.unwrap_err();
        assert!(error.outcome_is_unknown(), "{body}: {error:?}");
        let (_server, project) = playing([json(200, &body)]);
        assert!(project.delete(&id("a")).await.unwrap_err().outcome_is_unknown(), "{body}");
    }
}

#[tokio::test]
async fn an_error_inside_a_good_status_is_an_error() {
    let said = r#"{"error":{"message":"The name is taken"}}"#;
    let (_server, project) = playing([json(200, said)]);
    let error = project.create(&wanted("b", Tier::Ci)).await.unwrap_err();
    assert_eq!((error.code(), error.words().unwrap().as_str()), ("vendor-rejected", "The name is taken"));
    let (_server, project) = playing([json(200, said)]);
    assert_eq!(project.delete(&id("a")).await.unwrap_err().code(), "vendor-rejected");
}

#[tokio::test]
async fn a_key_in_a_block_of_yaml_is_the_key_without_its_line_break() {
    let block = |indicator: &str| {
        format!("result:\n  jwt: {indicator}\n    {JWT}\n  license:\n    id: |\n      7a\n    name: box\n")
    };
    for indicator in ["|", ">", "|+", ">-"] {
        let (_server, project) = playing([yaml(200, &block(indicator))]);
        let found = project.get(&id("7a")).await.unwrap();
        assert_eq!(
            (found.key.unwrap().expose(), found.license.vendor_id.as_str()),
            (JWT, "7a"),
            "{indicator}"
        );
    }
    let flat = format!("result:\n  id: 7a\n  name: box\n  license: |\n    {JWT}\n");
    let (_server, project) = playing([yaml(200, &flat)]);
    assert_eq!(project.get(&id("7a")).await.unwrap().key.unwrap().expose(), JWT);
}
