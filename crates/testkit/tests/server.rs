//! The scripted server itself: a test is only worth what its tools are.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::json;
use std::{
    io::{Read, Write},
    net::TcpStream,
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};
use testkit::{Answer, FaultServer, until};

fn sent(server: &FaultServer, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: here\r\n\r\n")
}

fn post(body: &str) -> String {
    format!("POST /rpc HTTP/1.1\r\nhost: here\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Everything that is answered, up to the end of the connection.
fn ask(server: &FaultServer, request: &str) -> String {
    let mut answer = String::new();
    sent(server, request).read_to_string(&mut answer).unwrap();
    answer
}

/// A server that says "done" to everything, and one before it.
fn two() -> (FaultServer, FaultServer) {
    let portal = FaultServer::answering(|_| Answer::json(200, &json!("done")));
    let between = FaultServer::before(&portal.url());
    (portal, between)
}

/// What a server complains of when it goes.
fn complaint(server: FaultServer) -> Option<String> {
    let failed = catch_unwind(AssertUnwindSafe(|| drop(server))).err()?;
    Some(failed.downcast_ref::<String>().unwrap().clone())
}

#[test]
fn scripted_answer_is_given_once_and_requests_are_kept() {
    let server = FaultServer::alone();
    server.once("get-licenses", Answer::json(429, &json!({"wait": true})).with_header("retry-after", "7"));
    let first = ask(&server, &post("get-licenses"));
    assert!(first.starts_with("HTTP/1.1 429 ") && first.contains("retry-after: 7\r\n"), "{first}");
    assert!(first.ends_with("\r\n\r\n{\"wait\":true}"), "{first}");
    assert!(ask(&server, &post("get-licenses")).starts_with("HTTP/1.1 404 "));
    assert_eq!((server.count("get-licenses"), server.lines()), (2, vec!["POST /rpc".to_owned(); 2]));
}

#[test]
fn answers_come_in_turn_and_the_last_one_stays() {
    let server = FaultServer::in_turn([1, 2].map(|number| Answer::json(200, &json!(number))));
    let answers = [(); 3].map(|()| ask(&server, &get("/")).chars().last().unwrap());
    assert_eq!(answers, ['1', '2', '2']);
}

#[test]
fn unused_answers_fail_the_test() {
    let unmet = FaultServer::alone();
    unmet.once("delete", Answer::Drop);
    assert!(complaint(unmet).unwrap().contains("delete"));
    assert!(complaint(FaultServer::in_turn([Answer::Drop, Answer::Drop])).is_some());
    let lenient = FaultServer::alone();
    lenient.always("delete", Answer::Drop);
    assert_eq!(complaint(lenient), None);
}

#[test]
fn strict_server_fails_for_every_unused_answer() {
    let unmet = FaultServer::alone().strict();
    unmet.always("delete", Answer::Drop);
    assert!(complaint(unmet).unwrap().contains("delete"));
    let unmet = FaultServer::alone().strict();
    unmet.always_after("create", "list", Answer::Drop);
    assert!(complaint(unmet).unwrap().contains("create"));
    let met = FaultServer::alone().strict();
    met.always("delete", Answer::Drop);
    ask(&met, &get("/delete"));
    assert_eq!(complaint(met), None);
}

#[test]
fn answer_can_begin_with_another_request() {
    let server = FaultServer::alone();
    server.always_after("/create", "/list", Answer::Drop);
    assert_ne!(ask(&server, &get("/list")), "");
    ask(&server, &get("/create"));
    assert_eq!(ask(&server, &get("/list")), "");
}

#[test]
fn request_can_be_done_and_its_answer_lost() {
    let (portal, between) = two();
    between.once("issue", Answer::CommitThenDrop);
    assert_eq!(ask(&between, &post("issue")), "");
    assert_eq!(portal.count("issue"), 1, "the portal did it all the same");
    assert!(ask(&between, &post("issue")).ends_with("\"done\""));
}

#[test]
fn answer_can_stop_in_the_middle() {
    let server = FaultServer::alone();
    server.once("/", Answer::hang("{\"half\""));
    let mut stream = sent(&server, &get("/"));
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let mut bytes = Vec::new();
    assert!(stream.read_to_end(&mut bytes).is_err(), "the connection stays open");
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("content-length: 8\r\n") && text.ends_with("{\"half\""), "{text}");
}

#[test]
fn request_can_be_done_and_its_answer_stop_in_the_middle() {
    let (portal, between) = two();
    between.once("issue", Answer::CommitThenHang);
    let mut stream = sent(&between, &post("issue"));
    until("the request is done", || portal.count("issue") == 1);
    between.release();
    let mut half = String::new();
    stream.read_to_string(&mut half).unwrap();
    assert!(half.starts_with("HTTP/1.1 200 ") && !half.ends_with("\"done\""), "{half}");
}

#[test]
fn held_answer_comes_when_it_is_released() {
    for (answer, done) in [(Answer::Forward.held(), 0), (Answer::CommitThenHold, 1)] {
        let (portal, between) = two();
        between.once("issue", answer);
        let mut stream = sent(&between, &post("issue"));
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        assert!(stream.read(&mut [0]).is_err(), "nothing comes");
        assert_eq!(portal.count("issue"), done);
        between.release();
        stream.set_read_timeout(None).unwrap();
        let mut whole = String::new();
        stream.read_to_string(&mut whole).unwrap();
        assert!(whole.ends_with("\"done\""), "{whole}");
    }
}

#[test]
fn edited_answer_announces_its_new_length() {
    let (_portal, between) = two();
    between.once("GET /", Answer::replacing("done", "something else"));
    let answer = ask(&between, &get("/"));
    assert!(answer.ends_with("\r\n\r\n\"something else\""), "{answer}");
    assert!(
        answer.contains("content-length: 16\r\n") && !answer.contains("content-length: 6\r\n"),
        "{answer}"
    );
}

#[test]
fn server_can_go_away_and_come_back() {
    let server = FaultServer::alone();
    server.go_away();
    assert!(TcpStream::connect(server.address()).is_err());
    server.come_back();
    assert!(ask(&server, &get("/")).starts_with("HTTP/1.1 404 "));
}

#[test]
fn connection_can_be_kept_for_another_request() {
    let server = FaultServer::answering(|request| match request.target.as_str() {
        "/first" => Answer::reply(200, "text/plain", "").kept_open(),
        _ => Answer::Drop,
    });
    let mut stream = sent(&server, &get("/first"));
    until("the first request came", || server.received().len() == 1);
    stream.write_all(get("/second").as_bytes()).unwrap();
    until("the second request came", || server.received().len() == 2);
    assert!(server.received().iter().all(|request| request.connection == 0));
}
