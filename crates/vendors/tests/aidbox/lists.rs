//! Lists that the portal answers with: whole, in pages, unchanged, incomplete or with an error beside them.

use crate::fault::{json, yaml};
use crate::playing;
use crate::whole;
use vendors::{Listing, ListingBound, Turn, VendorError};

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
        let (_server, project) = playing([yaml(200, list)]);
        let read = whole(&*project).await.unwrap().licenses;
        let ids: Vec<&str> = read.iter().map(|listed| listed.license.vendor_id.as_str()).collect();
        let keys: Vec<Option<&str>> =
            read.iter().map(|listed| listed.key.as_ref().map(|key| key.expose())).collect();
        assert_eq!((ids, keys), (vec!["a", "b"], vec![Some("k.k.k"), None]), "{list}");
    }
}

#[tokio::test]
async fn an_entry_that_is_no_license_is_counted_so_that_nobody_calls_the_list_complete() {
    let (_server, project) = playing([yaml(200, "result: [{id: a}, {name: no id}, 7, null, {id: b}]")]);
    let read = whole(&*project).await.unwrap();
    assert_eq!((read.licenses.len(), read.unreadable), (2, 3));
}

#[tokio::test]
async fn an_unchanged_list_says_so_and_a_changed_one_is_read() {
    let (one, two) = (yaml(200, "result: [{id: a}]"), yaml(200, "result: [{id: a}, {id: b}]"));
    let (_server, project) = playing([one.clone(), one, two]);
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
    let (_server, project) = playing([json(200, &format!(r#"{{"result":[{}]}}"#, entries.join(",")))]);
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
        let (_server, project) = playing([json(200, &body)]);
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
        let (_server, project) = playing([json(200, &format!(r#"{{"result":[{{"id":"a"}},{entry}]}}"#))]);
        let read = whole(&*project).await.unwrap();
        assert_eq!((read.licenses.len(), read.unreadable), (1, 1), "{entry}");
    }
}

#[tokio::test]
async fn a_missing_list_is_not_an_empty_list() {
    for document in ["result: null", "{}", "result: {}", "null", "result: word"] {
        let (_server, project) = playing([yaml(200, document)]);
        let error = whole(&*project).await.err().unwrap();
        assert!(matches!(error, VendorError::Unreadable { .. }), "{document}: {error:?}");
    }
}

#[tokio::test]
async fn empty_list_needs_a_result_envelope() {
    for body in ["[]", "{}", r#"{"licenses":[]}"#, r#"{"data":[]}"#, r#"{"result":null}"#, r#"{"result":{}}"#]
    {
        let (_server, project) = playing([json(200, body)]);
        assert_eq!(project.list(None).await.err().unwrap().code(), "vendor-unreadable", "{body}");
    }
    for body in [r#"{"result":[]}"#, r#"{"result":{"licenses":[]}}"#] {
        let (_server, project) = playing([json(200, body)]);
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
            let (_server, project) = playing([act]);
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
        let (_server, project) = playing([yaml(200, list)]);
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
        let (_server, project) = playing([json(200, &body)]);
        let error = whole(&*project).await.err().unwrap();
        let words = error.words().unwrap().as_str();
        assert_eq!((error.code(), words), ("vendor-rejected", "database unavailable"), "{body}");
    }
    let (_server, project) = playing([json(200, r#"{"result":{"licenses":[],"error":"no"}}"#)]);
    assert_eq!(whole(&*project).await.err().unwrap().code(), "vendor-rejected");
    for nothing in ["null", "false", "0", "\"\"", "{}", "[]"] {
        let (_server, project) = playing([json(200, &format!(r#"{{"result":[],"error":{nothing}}}"#))]);
        assert!(project.list(None).await.is_ok(), "{nothing}");
    }
}

#[tokio::test]
async fn long_error_beside_a_list_is_not_read_for_its_words() {
    let said = format!(r#"{{"message":"no","more":[{}1]}}"#, "1,".repeat(100_000));
    let (_server, project) = playing([json(200, &format!(r#"{{"result":[],"error":{said}}}"#))]);
    let error = whole(&*project).await.err().unwrap();
    assert_eq!((error.code(), error.words().unwrap().as_str()), ("vendor-rejected", ""));
}
