//! Listing an account's licenses, and what belongs to each.

use portal::NewEntitled;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::accounts::keygen::{Account, EMAIL, answer, code};

fn names(answer: &Value) -> Vec<String> {
    let licenses = answer["data"].as_array().unwrap_or_else(|| panic!("{answer}"));
    licenses.iter().map(|license| license["attributes"]["name"].as_str().unwrap().to_owned()).collect()
}

async fn with_seven() -> Account {
    let account = Account::logged_in().await;
    let new = |n| NewEntitled { name: Some(format!("cell-{n}")), ..NewEntitled::default() };
    account.local.portal.add_licenses("acme", EMAIL, 7, new).unwrap();
    account
}

#[tokio::test]
async fn pages_by_number_and_by_cursor_hold_every_license_once() {
    let account = with_seven().await;
    let base = account.local.base();
    for first in ["/licenses?page[number]=1&page[size]=3", "/licenses?page[cursor]=&page[size]=3"] {
        let (mut all, mut page) = (Vec::new(), account.get(first).await.1);
        loop {
            all.extend(names(&page));
            let Some(next) = page["links"]["next"].as_str() else { break };
            let request = account.client.get(format!("{base}{next}")).bearer_auth(&account.token);
            page = answer(request).await.1;
        }
        assert_eq!(all, (0..7).rev().map(|n| format!("cell-{n}")).collect::<Vec<_>>(), "{first}");
    }
    let (_, page) = account.get("/licenses?page[number]=2&page[size]=3").await;
    assert_eq!(page["links"]["meta"], json!({"pages": 3, "count": 7}));
    assert_eq!(page["links"]["prev"], "/v1/accounts/acme/licenses?page%5Bnumber%5D=1&page%5Bsize%5D=3");
}

#[tokio::test]
async fn only_licenses_of_the_status_that_is_asked_for_are_listed() {
    let account = with_seven().await;
    let key = account.license("resting", &[], None);
    account.local.portal.set_suspended(&key, true).unwrap();
    assert_eq!(names(&account.get("/licenses?status=SUSPENDED").await.1), ["resting"]);
    assert_eq!(
        names(&account.get("/licenses?status=suspended&page[number]=1&page[size]=3").await.1),
        ["resting"]
    );
    assert_eq!(names(&account.get("/licenses?status=ACTIVE&limit=100").await.1).len(), 7);
    let (_, page) = account.get("/licenses?status=ACTIVE&page[number]=2&page[size]=3").await;
    assert_eq!(page["links"]["meta"], json!({"pages": 3, "count": 7}));
    assert!(page["links"]["next"].as_str().unwrap().contains("status=ACTIVE"), "{}", page["links"]);
    assert!(names(&account.get("/licenses?status=EXPIRED").await.1).is_empty());
}

#[tokio::test]
async fn a_page_that_cannot_be_is_refused() {
    let account = with_seven().await;
    for query in ["page[number]=0", "page[number]=101", "page[size]=101", "page[cursor]=nobody", "limit=x"] {
        let (status, refused) = account.get(&format!("/licenses?{query}")).await;
        assert_eq!((status.as_u16(), code(&refused)), (400, "PARAMETER_INVALID"), "{query}");
    }
    assert_eq!(names(&account.get("/licenses?limit=2").await.1), ["cell-6", "cell-5"]);
}

#[tokio::test]
async fn a_license_is_its_owners_alone_and_its_key_sees_itself() {
    let account = Account::logged_in().await;
    let key = account.license("cell-07", &["motion-control", "vision"], Some(1));
    account.local.portal.add_user("acme", "bo@demo.example", "other", false).unwrap();
    let other = NewEntitled { name: None, ..NewEntitled::default() };
    let hidden = account.local.portal.add_license("acme", "bo@demo.example", other).unwrap();
    assert_eq!(names(&account.get("/licenses").await.1), ["cell-07"]);
    assert_eq!(account.get(&format!("/licenses/{}", hidden.expose())).await.0, StatusCode::NOT_FOUND);

    let by_key = |path: &str| {
        answer(account.request(Method::GET, path).header("authorization", format!("License {key}")))
    };
    let (_, me) = by_key("/me").await;
    assert_eq!(me["data"]["attributes"]["key"], key);
    let id = me["data"]["id"].as_str().unwrap();
    let (_, entitlements) = by_key(&format!("/licenses/{id}/entitlements")).await;
    let codes: Vec<&Value> =
        entitlements["data"].as_array().unwrap().iter().map(|one| &one["attributes"]["code"]).collect();
    assert_eq!(codes, ["vision", "motion-control"]);
    assert_eq!(entitlements["data"][1]["attributes"]["name"], "Motion control");
    let (status, refused) = by_key("/tokens").await;
    assert_eq!((status.as_u16(), code(&refused)), (403, "TOKEN_NOT_ALLOWED"));
    account.local.portal.set_suspended(&key, true).unwrap();
    let (status, refused) = by_key("/me").await;
    assert_eq!((status.as_u16(), code(&refused)), (403, "LICENSE_SUSPENDED"));
    assert_eq!(account.get(&format!("/licenses/{id}")).await.1["data"]["attributes"]["status"], "SUSPENDED");
}

#[tokio::test]
async fn a_renewed_key_opens_the_same_license_and_the_old_one_none() {
    let account = Account::logged_in().await;
    let old = account.license("cell-07", &[], None);
    let id = account.get(&format!("/licenses/{old}")).await.1["data"]["id"].clone();
    let new = account.local.portal.renew_key(&old).unwrap();
    assert_eq!(account.get(&format!("/licenses/{}", new.expose())).await.1["data"]["id"], id);
    assert_eq!(account.get(&format!("/licenses/{old}")).await.0, StatusCode::NOT_FOUND);
}
