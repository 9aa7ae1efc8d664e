//! Every page of the list, by number and by cursor, and pages that repeat or drop a license.

use crate::{
    TOKEN, answering_by, connection, license, nothing,
    server::{OfAccount as _, calls, json_api, refusal},
    whole,
};
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use testkit::{Answer, FaultServer, Received};
use vendors::{Http, ListingBound, Patience, VendorError};

const ACCOUNT: &str = "/v1/accounts/demo";

fn number(seen: &Received, name: &str) -> Option<usize> {
    seen.query(name)?.parse().ok()
}

fn entries(ids: impl IntoIterator<Item = usize>) -> Vec<Value> {
    ids.into_iter().map(|id| license(&format!("l{id}"), json!({"name": format!("license {id}")}))).collect()
}

/// A page by number with what the vendor tells of the others.
fn by_number(ids: Vec<usize>, page: usize, pages: usize, count: usize) -> Answer {
    let next = (page < pages)
        .then(|| format!("{ACCOUNT}/licenses?page%5Bnumber%5D={}&page%5Bsize%5D=100", page + 1));
    let links = json!({"self": "x", "next": next, "meta": {"pages": pages, "count": count}});
    json_api(200, &json!({"data": entries(ids), "links": links}))
}

/// A list of so many, by number and by cursor.
fn listing(count: usize) -> impl Fn(&Received) -> Answer + Send + Sync {
    move |seen| {
        if seen.path() != "licenses" {
            return nothing();
        }
        let size = number(seen, "page[size]").unwrap();
        assert!(size <= 100);
        if let Some(page) = number(seen, "page[number]") {
            assert!(page <= 100, "pages are counted to 100");
            return by_number(
                ((page - 1) * size..(page * size).min(count)).collect(),
                page,
                count.div_ceil(size),
                count,
            );
        }
        let after = seen.query("page[cursor]").unwrap();
        let from = after.strip_prefix('l').map_or(0, |id| id.parse::<usize>().unwrap() + 1);
        let to = (from + size).min(count);
        let next = (to < count)
            .then(|| format!("{ACCOUNT}/licenses?page%5Bcursor%5D=l{}&page%5Bsize%5D={size}", to - 1));
        json_api(200, &json!({"data": entries(from..to), "links": {"self": "x", "next": next}}))
    }
}

fn of_list(calls: &[String]) -> usize {
    calls.iter().filter(|call| *call == "GET licenses").count()
}

#[tokio::test]
async fn two_hundred_and_fifty_come_by_number() {
    let (server, account) = answering_by(listing(250));
    let all = whole(&*account).await.unwrap();
    let ids: Vec<String> = all.licenses.iter().map(|one| one.license.vendor_id.clone()).collect();
    assert_eq!(ids, (0..250).map(|id| format!("l{id}")).collect::<Vec<_>>());
    assert_eq!((all.unreadable, all.missing), (0, 0));
    assert_eq!(of_list(&calls(&server)), 3);
}

#[tokio::test]
async fn ten_thousand_and_one_hundred_come_by_cursor() {
    let (server, account) = answering_by(listing(10_100));
    let all = whole(&*account).await.unwrap();
    let ids: HashSet<&str> = all.licenses.iter().map(|one| one.license.vendor_id.as_str()).collect();
    assert_eq!((all.licenses.len(), ids.len()), (10_100, 10_100));
    assert_eq!((all.unreadable, all.missing), (0, 0));
    assert_eq!(
        of_list(&calls(&server)),
        102,
        "the first by number, which tells that there are too many, then by cursor"
    );
}

#[tokio::test]
async fn a_service_that_does_not_tell_how_many_pages_there_are_is_read_to_the_end() {
    let whole_list = listing(10_100);
    let (_server, account) = answering_by(move |seen| {
        let reply = whole_list(seen);
        let mut document: Value = serde_json::from_slice(reply.body()).unwrap();
        if document["links"].get("meta").is_some() {
            document["links"].as_object_mut().unwrap().remove("meta");
        }
        json_api(200, &document)
    });
    let all = whole(&*account).await.unwrap();
    assert_eq!((all.licenses.len(), all.missing), (10_100, 0));
}

#[tokio::test]
async fn entitlements_come_with_the_first_hundred() {
    let entitlement =
        json!({"type": "entitlements", "id": "e", "attributes": {"code": "MOTION", "name": "Motion"}});
    let list = listing(130);
    let (server, account) = answering_by(move |seen| {
        if seen.path().ends_with("/entitlements") {
            json_api(200, &json!({"data": [entitlement]}))
        } else {
            list(seen)
        }
    });
    let all = whole(&*account).await.unwrap();
    let told: Vec<bool> = all.licenses.iter().map(|one| one.license.entitlements.is_some()).collect();
    assert_eq!(told, (0..130).map(|at| at < 100).collect::<Vec<_>>());
    assert_eq!(all.licenses[0].license.entitlements.as_ref().unwrap()[0].code, "MOTION");
    assert_eq!(calls(&server).len(), 2 + 100);
}

/// A service that answers for the entitlements of a license as the test says, with a list of 130.
fn entitling(answer: impl Fn(&str) -> Answer + Send + Sync) -> impl Fn(&Received) -> Answer + Send + Sync {
    let list = listing(130);
    move |seen| {
        let path = seen.path();
        let license = path.strip_prefix("licenses/").and_then(|path| path.strip_suffix("/entitlements"));
        license.map_or_else(|| list(seen), &answer)
    }
}

#[tokio::test]
async fn entitlements_that_come_too_fast_for_the_service_are_left_until_a_license_is_opened() {
    let refused = refusal(429, "TOO_MANY_REQUESTS", "slow down");
    let (server, account) = answering_by(entitling(move |_| refused.clone()));
    let all = whole(&*account).await.unwrap();
    assert_eq!((all.licenses.len(), all.unreadable, all.missing), (130, 0, 0));
    assert!(all.licenses.iter().all(|one| one.license.entitlements.is_none()));
    let asked = calls(&server).iter().filter(|call| call.ends_with("/entitlements")).count();
    assert!(asked <= 4, "what was on its way at once, and no more: {asked}");
}

#[tokio::test]
async fn one_license_whose_entitlements_cannot_be_told_fails_no_listing() {
    for refused in [refusal(500, "SERVER_ERROR", "oops"), json_api(200, &json!({"data": 7}))] {
        let (_server, account) = answering_by(entitling(move |license| match license {
            "l1" => refused.clone(),
            _ => nothing(),
        }));
        let all = whole(&*account).await.unwrap();
        let told = |at: usize| all.licenses[at].license.entitlements.is_some();
        assert_eq!((told(0), told(1), told(2), told(99)), (true, false, true, true));
        assert_eq!((all.licenses.len(), all.missing), (130, 0));
    }
}

#[tokio::test]
async fn a_session_that_ends_while_entitlements_come_ends_the_listing() {
    let (_server, account) = answering_by(entitling(|_| refusal(401, "TOKEN_EXPIRED", "log in again")));
    assert_eq!(whole(&*account).await.err().unwrap().code(), "vendor-session-expired");
}

/// A service that counts nothing, where a license is deleted as soon as the first page was handed out.
fn shrinking(count: usize) -> impl Fn(&Received) -> Answer + Send + Sync {
    let listed = AtomicUsize::new(0);
    move |seen| {
        if seen.path() != "licenses" {
            return nothing();
        }
        let gone = usize::from(listed.fetch_add(1, Ordering::Relaxed) > 0);
        let from = match (number(seen, "page[number]"), seen.query("page[cursor]")) {
            (Some(page), _) => gone + (page - 1) * 100,
            (None, after) => {
                after.unwrap().strip_prefix('l').map_or(gone, |id| id.parse::<usize>().unwrap() + 1)
            }
        };
        let to = (from + 100).min(count);
        let name = if seen.query("page[cursor]").is_some() {
            format!("page%5Bcursor%5D=l{}", to - 1)
        } else {
            "page%5Bnumber%5D=2".to_owned()
        };
        let next = (to < count).then(|| format!("{ACCOUNT}/licenses?{name}"));
        json_api(200, &json!({"data": entries(from..to), "links": {"self": "x", "next": next}}))
    }
}

#[tokio::test]
async fn where_nothing_is_counted_a_license_deleted_meanwhile_hides_no_other() {
    let (_server, account) = answering_by(shrinking(250));
    let all = whole(&*account).await.unwrap();
    let came: HashSet<&str> = all.licenses.iter().map(|one| one.license.vendor_id.as_str()).collect();
    let lacking: Vec<usize> = (1..250).filter(|id| !came.contains(format!("l{id}").as_str())).collect();
    assert!(lacking.is_empty() || all.missing > 0, "{lacking:?} would be taken for gone");
    assert_eq!(lacking, [0_usize; 0]);
}

/// What a listing of two pages by number ends with.
async fn two_pages(first: Vec<usize>, counted: usize, second: Vec<usize>, recounted: usize) -> (usize, u64) {
    let (_server, account) = answering_by(move |seen| match number(seen, "page[number]") {
        _ if seen.path() != "licenses" => nothing(),
        Some(1) => by_number(first.clone(), 1, 2, counted),
        _ => by_number(second.clone(), 2, 2, recounted),
    });
    let all = whole(&*account).await.unwrap();
    (all.licenses.len(), all.missing)
}

#[tokio::test]
async fn a_page_repeats() {
    assert_eq!(two_pages(vec![0, 1], 4, vec![1, 2], 4).await, (3, 1), "one came twice in another's place");
    assert_eq!(two_pages(vec![0, 1], 3, vec![1, 2], 3).await, (3, 0), "one came twice, and all came");
}

#[tokio::test]
async fn one_is_dropped() {
    assert_eq!(two_pages(vec![0, 1], 4, vec![3], 4).await, (3, 1));
}

#[tokio::test]
async fn a_list_that_changes_while_it_is_read_is_not_taken_for_whole() {
    let (_, missing) = two_pages(vec![0, 1], 4, vec![3], 3).await;
    assert_eq!(missing, 1, "one was deleted, and another moved to the page that was read already");
    let (_, missing) = two_pages(vec![0, 1], 4, vec![1, 2, 3], 5).await;
    assert!(missing >= 1, "one was added at the front");
}

#[tokio::test]
async fn a_cursor_that_leads_nowhere_ends_the_listing_as_incomplete() {
    let (server, account) = answering_by(|seen| match number(seen, "page[number]") {
        _ if seen.path() != "licenses" => nothing(),
        Some(_) => by_number(vec![0], 1, 101, 3),
        None => {
            let next = format!("{ACCOUNT}/licenses?page%5Bcursor%5D=l1");
            json_api(200, &json!({"data": entries([0, 1]), "links": {"next": next}}))
        }
    });
    let all = whole(&*account).await.unwrap();
    assert_eq!(all.licenses.len(), 2);
    assert!(all.missing >= 1);
    assert_eq!(of_list(&calls(&server)), 3);
}

#[tokio::test]
async fn an_address_that_an_answer_names_is_not_followed() {
    let (server, account) = answering_by(|seen| match number(seen, "page[number]") {
        _ if seen.path() != "licenses" => nothing(),
        Some(1) => {
            let next = "http://127.0.0.1:1/elsewhere?page[number]=2";
            let links = json!({"next": next, "meta": {"count": 2}});
            json_api(200, &json!({"data": entries([0]), "links": links}))
        }
        _ => json_api(200, &json!({"data": entries([1])})),
    });
    assert_eq!(whole(&*account).await.unwrap().licenses.len(), 2);
    assert_eq!(of_list(&calls(&server)), 2);
}

#[tokio::test]
async fn an_account_that_is_switched_off_in_the_middle_fails_after_the_first_page() {
    for (status, code) in [(401, "vendor-unauthorized"), (403, "vendor-forbidden")] {
        let (server, account) = answering_by(move |seen| match number(seen, "page[number]") {
            _ if seen.path() != "licenses" => nothing(),
            Some(1) => by_number(vec![0], 1, 2, 2),
            _ => refusal(status, "ACCOUNT_DISABLED", "no"),
        });
        assert_eq!(whole(&*account).await.err().unwrap().code(), code);
        assert_eq!(of_list(&calls(&server)), 2, "it is not asked again");
    }
}

#[tokio::test]
async fn what_is_no_license_is_counted_and_what_is_no_list_is_an_error() {
    let (_server, account) = answering_by(|seen| match seen.path().as_str() {
        "licenses" => json_api(
            200,
            &json!({"data": [{"type": "licenses"}, license("a", json!({}))],
            "links": {"next": null, "meta": {"pages": 1, "count": 2}}}),
        ),
        _ => nothing(),
    });
    let all = whole(&*account).await.unwrap();
    assert_eq!((all.licenses.len(), all.unreadable, all.missing), (1, 1, 0));
    let without_links = [json!({"data": []}), json!({"data": [], "links": null})];
    for document in [json!({}), json!({"data": {}}), json!([])].into_iter().chain(without_links) {
        let (_server, account) = answering_by(move |_| json_api(200, &document));
        assert_eq!(whole(&*account).await.err().unwrap().code(), "vendor-unreadable");
    }
}

/// A service that always names another page, each with new licenses.
fn endless(of_a_page: usize) -> impl Fn(&Received) -> Answer + Send + Sync {
    let pages = AtomicUsize::new(0);
    move |seen| {
        if seen.path() != "licenses" {
            return nothing();
        }
        let page = pages.fetch_add(1, Ordering::Relaxed);
        let entries: Vec<Value> =
            (0..of_a_page).map(|nth| json!({"type": "licenses", "id": format!("l{page}-{nth}")})).collect();
        let next = format!("{ACCOUNT}/licenses?page%5Bcursor%5D=c{page}");
        json_api(200, &json!({"data": entries, "links": {"next": next}}))
    }
}

#[tokio::test]
async fn licenses_of_numbered_pages_are_not_counted_twice() {
    const ALL: usize = 200_000;
    const OF_A_PAGE: usize = 20_000;
    let (_server, account) = answering_by(|seen| {
        if seen.path() != "licenses" {
            return nothing();
        }
        let (ids, next) = match number(seen, "page[number]") {
            Some(page) => (page - 1..page, Some(format!("page%5Bnumber%5D={}", page + 1))),
            None => {
                let after = seen.query("page[cursor]").unwrap();
                let from = after.strip_prefix('l').map_or(0, |id| id.parse::<usize>().unwrap() + 1);
                let to = from + OF_A_PAGE;
                (from..to, (to < ALL).then(|| format!("page%5Bcursor%5D=l{}", to - 1)))
            }
        };
        let entries: Vec<Value> = ids.map(|id| json!({"type": "licenses", "id": format!("l{id}")})).collect();
        let next = next.map(|name| format!("{ACCOUNT}/licenses?{name}"));
        json_api(200, &json!({"data": entries, "links": {"next": next, "meta": {"count": ALL}}}))
    });
    let all = whole(&*account).await.unwrap();
    assert_eq!((all.licenses.len(), all.missing), (ALL, 0));
}

#[tokio::test]
async fn endless_pages_are_refused_at_the_most_licenses() {
    let (server, account) = answering_by(endless(20_000));
    let bound = ListingBound::Licenses(200_000);
    assert_eq!(whole(&*account).await.err(), Some(VendorError::ListingTooLarge { bound }));
    assert_eq!(of_list(&calls(&server)), 1 + 10 + 1, "the first by number, ten by cursor, and one too many");
}

#[tokio::test]
async fn endless_pages_are_refused_after_the_longest_time() {
    let server = FaultServer::answering(endless(1));
    let limit = Duration::from_millis(500);
    let http = Http::with_patience(Patience { listing: limit, ..Patience::default() });
    let at = connection(&server.url(), &[], &[("token", TOKEN)]);
    let account = vendors::connect(&http, "aica", &at).unwrap();
    let bound = ListingBound::Time(limit);
    assert_eq!(whole(&*account).await.err(), Some(VendorError::ListingTooLarge { bound }));
}

#[tokio::test]
async fn short_list_without_end_is_refused() {
    let padding = "x".repeat(4 << 20);
    let (server, account) = answering_by(move |seen| {
        let page = seen.query("page[number]").unwrap();
        let machine = json!({"type": "machines", "id": format!("m{page}"), "attributes": {"name": padding}});
        json_api(200, &json!({"data": [machine], "links": {"next": "/more"}}))
    });
    let error = account.seats().unwrap().taken("l1").await.unwrap_err();
    assert_eq!(error.code(), "vendor-listing-too-large");
    assert!(calls(&server).len() <= 9, "{}", calls(&server).len());
}
