//! Measures what a long list costs in memory. Memory is counted for a whole process, so each case is a test program of its own.

use license::Token;
use std::{
    collections::BTreeMap,
    io::{BufWriter, Write},
    path::Path,
};
use testkit::{Answer, FaultServer};
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
    assert_eq!(read(&*project(&serve(form, 1))).await, 1);
    let server = serve(form, count);
    let before = memory("VmRSS:");
    assert_eq!(read(&*project(&server)).await, count);
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
fn serve(form: Form, count: usize) -> FaultServer {
    let server = FaultServer::alone();
    let list = Answer::streamed(form.media_type, move |out| {
        let mut out = BufWriter::new(out);
        write!(out, "{}", form.start)?;
        for number in 0..count {
            let between = if number == 0 { "" } else { form.between };
            write!(out, "{between}{}", form.entry.replace("NUMBER", &format!("{number:06}")))?;
        }
        write!(out, "{}", form.end)?;
        out.flush()
    });
    server.always("POST /rpc\n", list);
    server
}

fn project(server: &FaultServer) -> Box<dyn Vendor> {
    let at = Connection {
        address: server.url().parse().unwrap(),
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
