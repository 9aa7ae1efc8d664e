//! Measures what a long list costs in memory. Memory is counted for a whole process, so each case is a test program of its own.

use license::Token;
use std::{
    collections::BTreeMap,
    io::{BufWriter, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
};
use vendors::{Connection, Http, Listing, Patience, Turn, Vendor};

/// How a portal writes a list.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub media_type: &'static str,
    pub start: &'static str,
    /// A license with its string; `NUMBER` stands for its number.
    pub entry: &'static str,
    pub between: &'static str,
    pub end: &'static str,
}

/// Reads a list of about so many bytes, and checks that it costs at most four times its size.
pub(crate) async fn costs_at_most_four_times(size: usize, form: Form) {
    let count = size / (form.entry.len() + form.between.len());
    // Everything that the first request sets up is there before it is counted.
    assert_eq!(read(&*project(form, 1)).await, 1);
    let before = memory("VmRSS:");
    assert_eq!(read(&*project(form, count)).await, count);
    let cost = memory("VmHWM:") - before;
    assert!(cost <= 4 * size, "{} MB for {} MB", cost / 1_000_000, size / 1_000_000);
}

/// The memory of this process now, or the most that it used so far, in bytes.
fn memory(line: &str) -> usize {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).unwrap();
    let line = status.lines().find_map(|found| found.strip_prefix(line)).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<usize>().unwrap() * 1024
}

/// Answers a call with a list of so many licenses, which is never whole in this process's own memory.
fn serve(listener: &TcpListener, form: Form, count: usize) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let is_list = read_request(&mut stream).starts_with("POST /rpc ");
        let mut out = BufWriter::new(stream);
        if !is_list {
            write!(out, "HTTP/1.1 404 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
            continue;
        }
        write!(out, "HTTP/1.1 200 X\r\nContent-Type: {}\r\nConnection: close\r\n\r\n", form.media_type)
            .unwrap();
        write!(out, "{}", form.start).unwrap();
        for number in 0..count {
            let between = if number == 0 { "" } else { form.between };
            write!(out, "{between}{}", form.entry.replace("NUMBER", &format!("{number:06}"))).unwrap();
        }
        write!(out, "{}", form.end).unwrap();
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

fn project(form: Form, count: usize) -> Box<dyn Vendor> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || serve(&listener, form, count));
    let at = Connection {
        address: address.parse().unwrap(),
        fields: BTreeMap::new(),
        secrets: [("token".to_owned(), Token::new("t".to_owned()))].into(),
    };
    vendors::connect(&Http::with_patience(Patience::default()), "aidbox", &at).unwrap()
}

async fn read(project: &dyn Vendor) -> usize {
    let Listing::Pages(mut pages) = project.list(None).await.unwrap() else { panic!("it is the first") };
    let mut count = 0;
    while let Turn::Page { licenses, .. } = pages.next().await.unwrap() {
        count += licenses.len();
    }
    count
}
