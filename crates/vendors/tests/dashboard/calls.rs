//! The six documented calls: what is sent, and what the documented answers mean.

use super::{PASSWORD, as_documented, connection, empty, example, instance, jwt, patient, playing, token_of};
use license::{InstanceStatus, LicenseKey, Usage, VendorStatus};
use serde_json::json;
use testkit::{Answer, FaultServer};
use vendors::{Accepts, Listing, Reference, Turn, Vendor, VendorError};

async fn licenses(account: &dyn Vendor) -> Vec<vendors::Listed> {
    let Listing::Pages(mut pages) = account.list(None).await.unwrap() else { panic!("never unchanged") };
    let mut all = Vec::new();
    loop {
        match pages.next().await.unwrap() {
            Turn::Page { licenses, .. } => all.extend(licenses),
            Turn::End { unreadable, missing, .. } => {
                assert_eq!((unreadable, missing), (0, 0));
                return all;
            }
        }
    }
}

#[tokio::test]
async fn each_call_goes_where_the_document_says() {
    let (server, account) = playing(as_documented);
    let token = token_of(account.as_ref());
    assert_eq!(token.check().await, Ok(true));
    token.current().await.unwrap();
    token.usage().await.unwrap();
    token.apply(&LicenseKey::new("eyJ.eyJ.c2ln\n".to_owned())).await.unwrap();
    token.renew().await.unwrap();
    token.remove().await.unwrap();
    assert_eq!(
        server.lines(),
        [
            "GET /api/licensing/check",
            "GET /api/licensing/token",
            "GET /api/licensing/refresh-stats",
            "POST /api/licensing/token",
            "POST /api/licensing/token/renew",
            "DELETE /api/licensing/token",
        ]
    );
    let seen = server.received();
    assert_eq!(seen[3].json(), json!({"token": "eyJ.eyJ.c2ln"}));
    assert_eq!(seen[4].json(), json!({}));
    assert_eq!(seen[5].json(), json!({"instance": format!("{}/", server.localhost_url())}));
}

#[tokio::test]
async fn an_instance_below_a_path_is_asked_there() {
    let server = FaultServer::answering(as_documented);
    let pasted = format!("{}/instances/demo/api/licensing/check", server.localhost_url());
    let account = instance(&patient(), &connection(&pasted, PASSWORD, None));
    let token = token_of(account.as_ref());
    assert_eq!(token.root().as_str(), format!("{}/instances/demo", server.localhost_url()));
    token.remove().await.unwrap();
    let seen = &server.received()[0];
    assert_eq!(format!("{} {}", seen.method, seen.target), "DELETE /instances/demo/api/licensing/token");
    assert_eq!(seen.json(), json!({"instance": format!("{}/instances/demo/", server.localhost_url())}));
}

#[tokio::test]
async fn a_login_is_tested_by_looking_alone() {
    let (server, account) = playing(as_documented);
    let probe = account.probe().await.unwrap();
    assert_eq!(probe.subject.as_deref(), Some("Metrics Dashboard Labs"));
    assert_eq!((probe.licenses, probe.accepts), (Some(1), Accepts::documented()));
    assert!(server.received().iter().all(|seen| seen.method == "GET"));
}

#[tokio::test]
async fn an_instance_lists_the_one_license_that_it_holds() {
    let (_server, account) = playing(as_documented);
    let listed = licenses(account.as_ref()).await;
    assert_eq!(listed.len(), 1);
    let license = &listed[0].license;
    assert_eq!((license.vendor_id.as_str(), license.label()), ("1", "Metrics Dashboard Labs"));
    assert_eq!(license.vendor_status, Some(VendorStatus::Active));
    assert_eq!(license.limits["included-users"], json!(15));
    assert!(listed[0].key.is_none(), "an instance gives its token's text to nobody");
}

#[tokio::test]
async fn an_instance_without_a_license_lists_none() {
    for nothing in [empty(), json!({}), json!(null)] {
        let (_server, account) = playing(move |seen| match seen.target.ends_with("/check") {
            true => Answer::json(200, &json!(false)),
            false => Answer::json(200, &nothing),
        });
        assert_eq!(licenses(account.as_ref()).await, []);
        assert_eq!(token_of(account.as_ref()).current().await, Ok(None));
    }
}

#[tokio::test]
async fn an_empty_answer_alone_is_not_a_missing_license() {
    for check in [json!(true), json!({}), json!(null)] {
        let (_server, account) = playing(move |seen| match seen.target.ends_with("/check") {
            true => Answer::json(200, &check),
            false => Answer::json(200, &json!({})),
        });
        let error = account.list(None).await.err().unwrap();
        assert_eq!(error.code(), "vendor-unreadable");
    }
}

#[tokio::test]
async fn the_license_is_found_by_its_id_and_by_the_tokens_text() {
    let (_server, account) = playing(as_documented);
    let by_id = account.get(&Reference::Id("1".to_owned())).await.unwrap();
    assert_eq!((by_id.license.vendor_id.as_str(), by_id.key), ("1", None));
    let same = jwt(&example());
    assert_eq!(account.get(&Reference::Key(same.clone())).await.unwrap().key, Some(same));
    for other in [
        Reference::Id("7".to_owned()),
        Reference::Key(jwt(&json!({"lid": "1", "jti": "1"}))),
        Reference::Key(LicenseKey::new("no token".to_owned())),
    ] {
        let error = account.get(&other).await.unwrap_err();
        assert_eq!(error, VendorError::NotFound { words: None });
    }
}

#[tokio::test]
async fn what_is_in_use_is_told_as_far_as_it_is() {
    let (_server, account) = playing(as_documented);
    let expected = Usage {
        active_users: Some(11),
        active_admins_and_editors: Some(4),
        active_viewers: Some(7),
        active_anonymous_devices: Some(0),
    };
    assert_eq!(token_of(account.as_ref()).usage().await, Ok(expected));
}

#[tokio::test]
async fn usage_without_any_number_is_unreadable() {
    let (_server, account) = playing(|_| Answer::json(200, &json!({})));
    let error = token_of(account.as_ref()).usage().await.unwrap_err();
    assert_eq!(error.code(), "vendor-unreadable");
}

#[tokio::test]
async fn an_unknown_status_and_unknown_fields_are_kept_but_nothing_that_looks_like_a_secret() {
    let (_server, account) = playing(|_| {
        let mut token = example();
        token["status"] = json!(9);
        token["grace"] = json!({"days": 3});
        token["token"] = json!("anything");
        token["raw"] = json!("eyJhbGciOiJFUzM4NCJ9.eyJhIjoxfQ.c2ln");
        Answer::json(200, &token)
    });
    let token = token_of(account.as_ref()).current().await.unwrap().unwrap();
    assert_eq!(token.status, Some(InstanceStatus::Other(9)));
    assert_eq!(token.other, [("grace".to_owned(), json!({"days": 3}))].into());
}

#[tokio::test]
async fn only_an_answer_with_a_token_says_it_was_changed() {
    // The document's own example of this answer lacks a comma.
    let documented = "{\"jti\":\"2\",\n \"sub\":\"https://x/\"\n \"lid\":\"1\"}";
    for body in [documented, "", "null", "{}", "[]", "\"ok\"", "<html></html>"] {
        let (server, account) = playing(move |_| Answer::reply(200, "application/json", body));
        let token = token_of(account.as_ref());
        let key = jwt(&example());
        for error in [token.renew().await.unwrap_err(), token.apply(&key).await.unwrap_err()] {
            assert!(error.outcome_is_unknown(), "{body}: {error:?}");
        }
        assert_eq!(server.received().len(), 2, "each is sent once");
    }
}

#[tokio::test]
async fn an_answer_with_another_token_says_nothing() {
    let mut another = example();
    another["jti"] = json!("another");
    let mut blank = example();
    blank["jti"] = json!("");
    for answer in [another, blank, json!({"company": "Northwind"}), json!({"lid": "1", "jti": null})] {
        let answered = answer.clone();
        let (_server, account) = playing(move |_| Answer::json(200, &answered));
        let error = token_of(account.as_ref()).apply(&jwt(&example())).await.unwrap_err();
        assert!(error.outcome_is_unknown(), "{answer}: {error:?}");
    }
}

#[tokio::test]
async fn only_the_documented_answer_says_it_was_removed() {
    for (status, body) in [(200, "{}"), (200, ""), (202, ""), (202, "null"), (202, "[]"), (204, "")] {
        let (_server, account) = playing(move |_| Answer::reply(status, "application/json", body));
        let error = token_of(account.as_ref()).remove().await.unwrap_err();
        assert!(error.outcome_is_unknown(), "{status} {body}: {error:?}");
    }
}

#[tokio::test]
async fn licenses_are_neither_created_nor_deleted_here() {
    let (server, account) = playing(as_documented);
    let error = account.delete(&Reference::Id("1".to_owned())).await.unwrap_err();
    assert_eq!(error.code(), "vendor-unsupported");
    assert!(server.received().is_empty());
}
