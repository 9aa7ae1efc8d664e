//! What a long list costs in memory. In a test program of its own, since memory is counted for a whole process.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use license::Token;
use std::{
    collections::BTreeMap,
    io::{BufWriter, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
};
use vendors::{Connection, Http, Listing, Patience, Turn, Vendor};

/// A license as the portal lists it, with its string.
const ENTRY: &str = r#"{"jwt":"eyJhbGciOiJSUzI1NiJ9.eyJlbnRpdGxlbWVudHMiOlsiZmhpciIsInNxbCJdfQ.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl","license":{"id":"NUMBER","resourceType":"License","name":"box-NUMBER","product":"aidbox","type":"development","status":"active","created":"2026-01-02T03:04:05Z","max-instances":1,"offline":false,"issuer":"https://aidbox.app","creator":{"id":"u1","resourceType":"User"},"project":{"id":"p1","resourceType":"Project"},"info":{"hosting":"self-hosted"},"meta":{"lastUpdated":"2026-01-02T03:04:05Z","createdAt":"2026-01-02T03:04:05Z","versionId":"1"},"additional":{"expiration-days":14,"box-url":null}}}"#;

/// How many of them make an answer of 60 MB.
const COUNT: usize = 60_000_000 / (ENTRY.len() + 1);

/// The most memory that this process used so far, in bytes.
fn peak() -> usize {
    memory("VmHWM:")
}

fn memory(line: &str) -> usize {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).unwrap();
    let line = status.lines().find_map(|found| found.strip_prefix(line)).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<usize>().unwrap() * 1024
}

/// Answers a call with a list of so many licenses, which is never whole in this process's own memory.
fn serve(listener: TcpListener, count: usize) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let is_list = read_request(&mut stream).starts_with("POST /rpc ");
        let mut out = BufWriter::new(stream);
        if !is_list {
            write!(out, "HTTP/1.1 404 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
            continue;
        }
        write!(out, "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n").unwrap();
        write!(out, r#"{{"result":["#).unwrap();
        for number in 0..count {
            let comma = if number == 0 { "" } else { "," };
            let number = format!("{number:06}");
            write!(out, "{comma}{}", ENTRY.replace("NUMBER", &number)).unwrap();
        }
        write!(out, "]}}").unwrap();
    }
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut request = String::new();
    let mut part = [0; 4096];
    loop {
        let count = stream.read(&mut part).unwrap();
        request.push_str(std::str::from_utf8(&part[..count]).unwrap());
        let Some((head, body)) = request.split_once("\r\n\r\n") else { continue };
        let length = head.to_ascii_lowercase();
        let length =
            length.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return request;
        }
    }
}

fn project(count: usize) -> Box<dyn Vendor> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || serve(listener, count));
    let at = Connection {
        address: address.parse().unwrap(),
        fields: BTreeMap::new(),
        secrets: [("token".to_owned(), Token::new("t".to_owned()))].into(),
    };
    let patient = Patience { whole: Patience::default().listing, ..Patience::default() };
    vendors::connect(&Http::with_patience(patient), "aidbox", &at).unwrap()
}

async fn read(project: &dyn Vendor) -> usize {
    let Listing::Pages(mut pages) = project.list(None).await.unwrap() else { panic!("it is the first") };
    let mut count = 0;
    while let Turn::Page { licenses, .. } = pages.next().await.unwrap() {
        count += licenses.len();
    }
    count
}

#[tokio::test]
async fn list_of_60_mb_costs_at_most_four_times_its_size() {
    // Everything that the first request sets up is there before it is counted.
    assert_eq!(read(&*project(1)).await, 1);
    let before = memory("VmRSS:");
    assert_eq!(read(&*project(COUNT)).await, COUNT);
    let cost = peak() - before;
    let size = COUNT * (ENTRY.len() + 1);
    assert!(cost <= 4 * size, "{} MB for {} MB", cost / 1_000_000, size / 1_000_000);
}
