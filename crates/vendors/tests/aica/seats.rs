//! The machines of a license, and the release of one.

use crate::{
    answering, answering_by,
    server::{OfAccount as _, calls, gone, json_api, refusal},
};
use license::Heartbeat;
use serde_json::json;
use testkit::{Answer, FaultServer};
use vendors::{Taken, Vendor, VendorError};

async fn release(account: &dyn Vendor) -> Result<(), VendorError> {
    account.seats().unwrap().release("m1").await
}

fn sent(server: &FaultServer) -> usize {
    server.received().len()
}

#[tokio::test]
async fn machines_come_with_all_that_is_told_of_them() {
    let (server, account) = answering_by(|seen| {
        let first = json!({"type": "machines", "id": "m1", "attributes": {"fingerprint": "aa:bb", "name": "Cell 7",
            "hostname": "cell-07", "platform": "linux", "ip": "10.0.0.7", "heartbeatStatus": "ALIVE",
            "lastHeartbeat": "2026-06-01T00:00:00.000Z", "created": "2026-05-01T00:00:00.000Z"}});
        let second = json!({"type": "machines", "id": "m2", "attributes": {"heartbeatStatus": "Dozing"}});
        match seen.query("page[number]").as_deref() {
            Some("1") => json_api(200, &json!({"data": [first], "links": {"next": "/x?page[number]=2"}})),
            _ => json_api(200, &json!({"data": [first, second, {"type": "machines"}]})),
        }
    });
    let Taken { seats, is_whole } = account.seats().unwrap().taken("1a").await.unwrap();
    assert!(!is_whole, "one entry is no machine");
    assert_eq!(calls(&server), ["GET licenses/1a/machines", "GET licenses/1a/machines"]);
    assert_eq!(seats.len(), 2);
    assert_eq!((seats[0].fingerprint.as_str(), seats[0].host.as_deref()), ("aa:bb", Some("cell-07")));
    assert_eq!((seats[0].platform.as_deref(), seats[0].ip.as_deref()), (Some("linux"), Some("10.0.0.7")));
    assert_eq!(seats[0].heartbeat, Some(Heartbeat::Alive));
    assert_eq!(seats[0].last_heartbeat, Some("2026-06-01T00:00:00Z".parse().unwrap()));
    assert_eq!(seats[0].activated, Some("2026-05-01T00:00:00Z".parse().unwrap()));
    assert_eq!(seats[1].heartbeat, Some(Heartbeat::Other("Dozing".to_owned())));
}

#[tokio::test]
async fn only_a_list_of_machines_that_is_whole_says_that_a_machine_is_not_there() {
    let machine = json!({"type": "machines", "id": "m1", "attributes": {}});
    let more = "/x?page[number]=2";
    for (first, second, is_whole) in [
        (json!({"next": null}), json!({}), true),
        (json!({"next": null, "meta": {"count": 1}}), json!({}), true),
        (json!({"next": null, "meta": {"count": 2}}), json!({}), false),
        // The same machine again: the listing does not move on.
        (json!({"next": more, "meta": {"count": 1}}), json!({"next": more, "meta": {"count": 1}}), false),
        // Nothing tells whether one was released between the pages and another moved past.
        (json!({ "next": more }), json!({"next": null}), false),
        (json!({"next": more, "meta": {"count": 2}}), json!({"next": null, "meta": {"count": 1}}), false),
    ] {
        let (links, machine) = ([first, second], machine.clone());
        let (_server, account) = answering_by(move |seen| {
            let at = usize::from(seen.query("page[number]").as_deref() != Some("1"));
            json_api(200, &json!({"data": [machine], "links": links[at]}))
        });
        let taken = account.seats().unwrap().taken("1a").await.unwrap();
        assert_eq!((taken.seats.len(), taken.is_whole), (1, is_whole));
    }
}

#[tokio::test]
async fn empty_list_of_machines_is_whole_only_with_links() {
    for (document, is_whole) in [
        (json!({"data": []}), false),
        (json!({"data": [], "links": null}), false),
        (json!({"data": [], "links": {"next": null}}), true),
    ] {
        let said = document.clone();
        let (_server, account) = answering(json_api(200, &said));
        let taken = account.seats().unwrap().taken("1a").await.unwrap();
        assert_eq!((taken.seats.len(), taken.is_whole), (0, is_whole), "{document}");
    }
}

#[tokio::test]
async fn a_seat_is_released_by_its_id() {
    let (server, account) = answering(gone());
    release(&*account).await.unwrap();
    assert_eq!(calls(&server), ["DELETE machines/m1"]);
}

#[tokio::test]
async fn a_seat_that_is_gone_already_is_not_found() {
    let (_server, account) = answering(refusal(404, "NOT_FOUND", "no such machine"));
    assert!(matches!(release(&*account).await, Err(VendorError::NotFound { .. })));
}

#[tokio::test]
async fn a_release_that_no_answer_came_to_is_sent_once_and_left_open() {
    for reply in [
        Answer::Drop,
        Answer::reply(502, "text/html", "<html>"),
        Answer::reply(500, "text/plain", "oops"),
        refusal(500, "SERVER_ERROR", "no"),
        Answer::reply(200, "text/html", "<html>"),
        json_api(200, &json!(null)),
        json_api(200, &json!({})),
    ] {
        let (server, account) = answering(reply.clone());
        let error = release(&*account).await.unwrap_err();
        assert!(error.outcome_is_unknown(), "{reply:?}: {error:?}");
        assert_eq!(sent(&server), 1);
    }
}

#[tokio::test]
async fn a_clear_no_is_no_open_outcome() {
    for (status, code) in [(403, "NOT_ALLOWED"), (422, "WHATEVER")] {
        let (_server, account) = answering(refusal(status, code, "no"));
        assert!(!release(&*account).await.unwrap_err().outcome_is_unknown(), "{status}");
    }
}
