//! Reads: bounded in time and size, tried again where that may help and only there.

use crate::{
    fault::{calls, json, portal, yaml},
    id, impatient, playing, project_at, whole,
};
use std::time::{Duration, Instant};
use testkit::Answer;
use vendors::{Http, ListingBound, Patience, VendorError};

async fn listing_fails_with(act: Answer) -> (VendorError, usize) {
    let server = portal([act]);
    let error = whole(&*project_at(&impatient(), &server.url())).await.err().unwrap();
    (error, calls(&server).len())
}

#[tokio::test]
async fn a_silent_portal_times_out_and_is_not_asked_again() {
    for act in [Answer::Silence, Answer::Hang { body: b"{".to_vec(), announced: 9 }] {
        let (error, calls) = listing_fails_with(act.clone()).await;
        assert!(matches!(error, VendorError::TimedOut { .. }), "{act:?}: {error:?}");
        assert_eq!(calls, 1);
    }
}

#[tokio::test]
async fn answer_that_only_drips_times_out() {
    let server = portal([Answer::drip()]);
    let error = project_at(&impatient(), &server.url()).get(&id("a")).await.unwrap_err();
    assert!(matches!(error, VendorError::TimedOut { .. }), "{error:?}");
    assert_eq!(calls(&server).len(), 1, "the bound is on the whole answer, not on each byte");
}

#[tokio::test]
async fn slow_list_may_take_longer_than_another_answer() {
    let entries = vec![r#"{"id":"a"}"#; 50].join(",");
    let body = format!(r#"{{"result":[{entries}]}}"#);
    let server = portal([Answer::trickle(body, 40)]);
    let http = Http::with_patience(Patience { whole: Duration::from_millis(1500), ..Patience::default() });
    let read = whole(&*project_at(&http, &server.url())).await.unwrap();
    assert_eq!((read.licenses.len(), calls(&server).len()), (50, 1));
}

#[tokio::test]
async fn list_that_only_drips_is_refused_after_the_longest_time() {
    let limit = Duration::from_millis(500);
    let server = portal([Answer::drip()]);
    let http = Http::with_patience(Patience { listing: limit, ..Patience::default() });
    let error = whole(&*project_at(&http, &server.url())).await.err().unwrap();
    assert_eq!(error, VendorError::ListingTooLarge { bound: ListingBound::Time(limit) });
}

fn too_many_bytes() -> VendorError {
    VendorError::ListingTooLarge { bound: ListingBound::Bytes(256 << 20) }
}

#[tokio::test]
async fn an_announced_size_beyond_measure_is_refused_at_once() {
    let (error, _) = listing_fails_with(Answer::Hang { body: Vec::new(), announced: 257 << 20 }).await;
    assert_eq!(error, too_many_bytes());
}

#[tokio::test]
async fn a_list_without_end_is_cut_off_at_the_bound() {
    let (_server, project) = playing([Answer::flood()]);
    assert_eq!(whole(&*project).await.err().unwrap(), too_many_bytes());
    let (_server, project) = playing([Answer::flood()]);
    assert_eq!(project.get(&id("a")).await.unwrap_err(), VendorError::TooLarge { limit: 1 << 20 });
}

#[tokio::test]
async fn a_read_is_tried_again_after_a_dropped_connection() {
    let (server, project) = playing([Answer::Drop, Answer::Drop, yaml(200, "result: [{id: a}]")]);
    assert_eq!(whole(&*project).await.unwrap().licenses.len(), 1);
    assert_eq!(calls(&server).len(), 3);
}

#[tokio::test]
async fn a_read_is_tried_again_while_something_in_between_is_busy() {
    for status in [502, 503, 504] {
        let (server, project) = playing([json(status, "{}"), yaml(200, "result: []")]);
        whole(&*project).await.unwrap();
        assert_eq!(calls(&server).len(), 2);
    }
}

#[tokio::test]
async fn a_read_is_tried_three_times_at_most() {
    let (error, calls) = listing_fails_with(Answer::Drop).await;
    assert_eq!((error.code(), calls), ("vendor-interrupted", 3));
    let (error, calls) = listing_fails_with(json(503, r#"{"message":"busy"}"#)).await;
    assert_eq!((error.code(), error.words().unwrap().as_str(), calls), ("vendor-rejected", "busy", 3));
}

#[tokio::test]
async fn a_refusal_is_not_tried_again() {
    for act in [json(400, "{}"), json(401, "{}"), json(429, "{}"), json(500, "{}")] {
        assert_eq!(listing_fails_with(act.clone()).await.1, 1, "{act:?}");
    }
}

#[tokio::test]
async fn a_busy_portal_that_names_a_long_wait_is_left_alone() {
    let (error, calls) =
        listing_fails_with(json(503, r#"{"message":"back tomorrow"}"#).with_header("Retry-After", "3600"))
            .await;
    assert_eq!((error.words().unwrap().as_str(), calls), ("back tomorrow", 1));
}

#[tokio::test]
async fn a_busy_portal_that_names_a_short_wait_is_given_it() {
    let (server, project) =
        playing([json(503, "{}").with_header("Retry-After", "1"), yaml(200, "result: []")]);
    let begun = Instant::now();
    whole(&*project).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(calls(&server).len(), 2);
}
