//! What the portal answers becomes licenses, in every spelling that is known or can be expected.

use crate::{
    JWT,
    fault::{answer, json, yaml},
    id, key, playing, wanted, whole,
};
use license::{Entitlement, Expiry, Hosting, License, Product, Tier, VendorStatus};
use vendors::{Listing, ListingBound, Turn, VendorError};

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
    let (_server, project) = playing([yaml(200, document)]).await;
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
    let (_server, project) = playing([yaml(200, FULL)]).await;
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
    let (_server, in_yaml) = playing([yaml(200, FULL)]).await;
    let (_server, in_json) = playing([json(200, &as_json)]).await;
    let (_server, unlabelled) = playing([answer(200, "text/plain", FULL)]).await;
    let (_server, json_called_yaml) = playing([yaml(200, &as_json)]).await;
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
async fn a_list_may_be_flat_or_nested_with_or_without_license_strings() {
    let lists = [
        "result: [{id: a, name: n, jwt: k.k.k}, {id: b, name: m}]",
        "result: [{license: {id: a, name: n}, jwt: k.k.k}, {license: {id: b, name: m}}]",
        "result: [{license: {id: a, name: n, jwt: k.k.k}}, {id: b, name: m}]",
        "result: [{id: a, name: n, license: k.k.k}, {id: b, name: m}]",
        "result: {licenses: [{id: a, name: n, jwt: k.k.k}, {id: b, name: m}]}",
        "[{id: a, name: n, jwt: k.k.k}, {id: b, name: m}]",
    ];
    for list in lists {
        let (_server, project) = playing([yaml(200, list)]).await;
        let read = whole(&*project).await.unwrap().licenses;
        let ids: Vec<&str> = read.iter().map(|listed| listed.license.vendor_id.as_str()).collect();
        let keys: Vec<Option<&str>> =
            read.iter().map(|listed| listed.key.as_ref().map(|key| key.expose())).collect();
        assert_eq!((ids, keys), (vec!["a", "b"], vec![Some("k.k.k"), None]), "{list}");
    }
}

#[tokio::test]
async fn an_entry_that_is_no_license_is_counted_so_that_nobody_calls_the_list_complete() {
    let (_server, project) = playing([yaml(200, "result: [{id: a}, {name: no id}, 7, null, {id: b}]")]).await;
    let read = whole(&*project).await.unwrap();
    assert_eq!((read.licenses.len(), read.unreadable), (2, 3));
}

#[tokio::test]
async fn an_unchanged_list_says_so_and_a_changed_one_is_read() {
    let (one, two) = (yaml(200, "result: [{id: a}]"), yaml(200, "result: [{id: a}, {id: b}]"));
    let (_server, project) = playing([one.clone(), one, two]).await;
    let validator = whole(&*project).await.unwrap().validator.unwrap();
    assert!(matches!(project.list(Some(&validator)).await.unwrap(), Listing::Unchanged));
    let Listing::Pages(mut pages) = project.list(Some(&validator)).await.unwrap() else {
        panic!("it changed")
    };
    assert!(matches!(pages.next().await.unwrap(), Turn::Page { total: Some(2), .. }));
    let Turn::End { validator: Some(next), .. } = pages.next().await.unwrap() else {
        panic!("one page was all")
    };
    assert_ne!(next, validator);
}

#[tokio::test]
async fn long_list_comes_in_pages_in_its_order() {
    let entries: Vec<_> = (0..20_001).map(|nth| format!(r#"{{"id":"l{nth}"}}"#)).collect();
    let (_server, project) = playing([json(200, &format!(r#"{{"result":[{}]}}"#, entries.join(",")))]).await;
    let Listing::Pages(mut pages) = project.list(None).await.unwrap() else { panic!("it is the first") };
    let (mut ids, mut sizes) = (Vec::new(), Vec::new());
    while let Turn::Page { licenses, total } = pages.next().await.unwrap() {
        assert_eq!(total, Some(20_001));
        sizes.push(licenses.len());
        ids.extend(licenses.into_iter().map(|listed| listed.license.vendor_id));
    }
    assert_eq!(sizes, [10_000, 10_000, 1]);
    assert!(ids.into_iter().eq((0..20_001).map(|nth| format!("l{nth}"))));
}

#[tokio::test]
async fn list_of_too_many_licenses_is_refused_whole() {
    let list = format!("[{}{{}}]", r#"{"id":"a"},"#.repeat(200_000));
    for body in
        [list.clone(), format!(r#"{{"result":{list}}}"#), format!(r#"{{"result":{{"licenses":{list}}}}}"#)]
    {
        let (_server, project) = playing([json(200, &body)]).await;
        let bound = ListingBound::Licenses(200_000);
        assert_eq!(whole(&*project).await.err(), Some(VendorError::ListingTooLarge { bound }));
    }
}

#[tokio::test]
async fn entry_that_json_cannot_hold_is_unreadable() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let odd = [
        r#"{"id":"b","name":"\ud800"}"#,
        r#"{"id":"b","max-instances":1e999}"#,
        &format!(r#"{{"id":"b","x":{deep}}}"#),
    ];
    for entry in odd {
        let (_server, project) =
            playing([json(200, &format!(r#"{{"result":[{{"id":"a"}},{entry}]}}"#))]).await;
        let read = whole(&*project).await.unwrap();
        assert_eq!((read.licenses.len(), read.unreadable), (1, 1), "{entry}");
    }
}

#[tokio::test]
async fn the_test_of_a_login_says_what_it_opens() {
    let list = "result: [{id: a}, {id: b, project: {id: p, name: northwind}}]";
    let (_server, project) = playing([yaml(200, list)]).await;
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
    let (_server, project) = playing([yaml(200, "result: {license: {id: a}}")]).await;
    assert_eq!(project.get(&key(JWT)).await.unwrap().key.unwrap().expose(), JWT);
    let (_server, project) = playing([yaml(200, "result: {license: {id: a}}")]).await;
    assert_eq!(project.get(&id("a")).await.unwrap().key, None);
}

#[tokio::test]
async fn yaml_that_points_back_to_what_it_said_before_is_read() {
    let list = "result:\n- {id: a, project: &p {id: p, name: north}}\n- {id: b, project: *p}\n";
    let (_server, project) = playing([yaml(200, list)]).await;
    assert_eq!(whole(&*project).await.unwrap().licenses.len(), 2);
}

#[tokio::test]
async fn a_yaml_bomb_is_refused_and_not_unfolded() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = level - 1;
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{before}"); 9].join(", "));
    }
    let (_server, project) = playing([yaml(200, &format!("{bomb}result: []"))]).await;
    assert!(matches!(whole(&*project).await, Err(VendorError::Unreadable { .. })));
    let (_server, project) = playing([yaml(200, &"[".repeat(100_000))]).await;
    assert!(matches!(whole(&*project).await, Err(VendorError::Unreadable { .. })));
}

#[tokio::test]
async fn deeply_nested_json_is_refused() {
    let (_server, project) = playing([json(200, &"[".repeat(100_000))]).await;
    assert!(matches!(whole(&*project).await, Err(VendorError::Unreadable { .. })));
}

#[tokio::test]
async fn a_missing_list_is_not_an_empty_list() {
    for document in ["result: null", "{}", "result: {}", "null", "result: word"] {
        let (_server, project) = playing([yaml(200, document)]).await;
        let error = whole(&*project).await.err().unwrap();
        assert!(matches!(error, VendorError::Unreadable { .. }), "{document}: {error:?}");
    }
}

#[tokio::test]
async fn empty_list_needs_a_result_envelope() {
    for body in ["[]", "{}", r#"{"licenses":[]}"#, r#"{"data":[]}"#, r#"{"result":null}"#, r#"{"result":{}}"#]
    {
        let (_server, project) = playing([json(200, body)]).await;
        assert_eq!(project.list(None).await.err().unwrap().code(), "vendor-unreadable", "{body}");
    }
    for body in [r#"{"result":[]}"#, r#"{"result":{"licenses":[]}}"#] {
        let (_server, project) = playing([json(200, body)]).await;
        assert!(project.list(None).await.is_ok(), "{body}");
    }
}

#[tokio::test]
async fn list_shorter_than_its_total_is_not_complete() {
    for (body, missing) in [
        ("{result: {licenses: [{id: a}, {id: b}], total: 300}}", 298),
        ("{result: {licenses: [{id: a}, {id: b}]}, total: 300}", 298),
        ("{result: [{id: a}, {id: b}], count: 300}", 298),
        ("{licenses: [{id: a}, {id: b}], total: '300'}", 298),
        ("{result: {licenses: [], total: 3}}", 3),
        ("{result: [{id: a}], next: /rpc?page=2}", 1),
        ("{result: {items: [{id: a}], next: {page: 2}, total: 1}}", 1),
        ("{result: {licenses: [{id: a}, {id: b}], total: 2, next: null}}", 0),
        ("{result: [{id: a}, {id: b}], total: 1, next: ''}", 0),
        ("{result: [{id: a}], total: unknown, count: -1}", 0),
    ] {
        let as_json =
            serde_json::to_string(&serde_saphyr::from_str::<serde_json::Value>(body).unwrap()).unwrap();
        for act in [yaml(200, body), json(200, &as_json)] {
            let (_server, project) = playing([act]).await;
            assert_eq!(whole(&*project).await.unwrap().missing, missing, "{body}");
        }
    }
}

#[tokio::test]
async fn total_of_an_incomplete_list_is_the_one_it_names() {
    for (list, licenses) in [
        ("result: {licenses: [{id: a}], total: 300}", Some(300)),
        ("result: {licenses: [{id: a}], next: /more}", None),
        ("result: {licenses: [{id: a}]}", Some(1)),
    ] {
        let (_server, project) = playing([yaml(200, list)]).await;
        assert_eq!(project.probe().await.unwrap().licenses, licenses, "{list}");
    }
}

#[tokio::test]
async fn error_beside_a_list_refuses_the_list() {
    let said = r#"{"message":"database unavailable"}"#;
    for body in [
        format!(r#"{{"result":[],"error":{said}}}"#),
        format!(r#"{{"error":{said},"result":{{"licenses":[{{"id":"a"}}]}}}}"#),
    ] {
        let (_server, project) = playing([json(200, &body)]).await;
        let error = whole(&*project).await.err().unwrap();
        let words = error.words().unwrap().as_str();
        assert_eq!((error.code(), words), ("vendor-rejected", "database unavailable"), "{body}");
    }
    let (_server, project) = playing([json(200, r#"{"result":{"licenses":[],"error":"no"}}"#)]).await;
    assert_eq!(whole(&*project).await.err().unwrap().code(), "vendor-rejected");
    for nothing in ["null", "false", "0", "\"\"", "{}", "[]"] {
        let (_server, project) = playing([json(200, &format!(r#"{{"result":[],"error":{nothing}}}"#))]).await;
        assert!(project.list(None).await.is_ok(), "{nothing}");
    }
}

#[tokio::test]
async fn long_error_beside_a_list_is_not_read_for_its_words() {
    let said = format!(r#"{{"message":"no","more":[{}1]}}"#, "1,".repeat(100_000));
    let (_server, project) = playing([json(200, &format!(r#"{{"result":[],"error":{said}}}"#))]).await;
    let error = whole(&*project).await.err().unwrap();
    assert_eq!((error.code(), error.words().unwrap().as_str()), ("vendor-rejected", ""));
}

#[tokio::test]
async fn error_beside_a_license_leaves_a_change_open() {
    let license = r#"{"license":{"id":"a","name":"b"}}"#;
    for body in [
        format!(r#"{{"result":{license},"error":{{"message":"database unavailable"}}}}"#),
        r#"{"error":{"trace":[]}}"#.to_owned(),
    ] {
        let (_server, project) = playing([json(200, &body)]).await;
        let error = project.create(&wanted("b", Tier::Ci)).await.unwrap_err();
        assert!(error.outcome_is_unknown(), "{body}: {error:?}");
        let (_server, project) = playing([json(200, &body)]).await;
        assert!(project.delete(&id("a")).await.unwrap_err().outcome_is_unknown(), "{body}");
    }
}

#[tokio::test]
async fn an_error_inside_a_good_status_is_an_error() {
    let said = r#"{"error":{"message":"The name is taken"}}"#;
    let (_server, project) = playing([json(200, said)]).await;
    let error = project.create(&wanted("b", Tier::Ci)).await.unwrap_err();
    assert_eq!((error.code(), error.words().unwrap().as_str()), ("vendor-rejected", "The name is taken"));
    let (_server, project) = playing([json(200, said)]).await;
    assert_eq!(project.delete(&id("a")).await.unwrap_err().code(), "vendor-rejected");
}

#[tokio::test]
async fn a_key_in_a_block_of_yaml_is_the_key_without_its_line_break() {
    let block = |indicator: &str| {
        format!("result:\n  jwt: {indicator}\n    {JWT}\n  license:\n    id: |\n      7a\n    name: box\n")
    };
    for indicator in ["|", ">", "|+", ">-"] {
        let (_server, project) = playing([yaml(200, &block(indicator))]).await;
        let found = project.get(&id("7a")).await.unwrap();
        assert_eq!(
            (found.key.unwrap().expose(), found.license.vendor_id.as_str()),
            (JWT, "7a"),
            "{indicator}"
        );
    }
    let flat = format!("result:\n  id: 7a\n  name: box\n  license: |\n    {JWT}\n");
    let (_server, project) = playing([yaml(200, &flat)]).await;
    assert_eq!(project.get(&id("7a")).await.unwrap().key.unwrap().expose(), JWT);
}
