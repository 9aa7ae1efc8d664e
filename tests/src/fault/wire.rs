//! As much of HTTP/1.1 as a misbehaving server needs: one request, one answer, one connection.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

use anyhow::Context;

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// `POST`, and so on.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Received {
    /// The header of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether method and path, with a newline after them, or the body contain `part`.
    pub fn contains(&self, part: &str) -> bool {
        format!("{} {}\n", self.method, self.path).contains(part) || self.text().contains(part)
    }
}

/// Reads one request; `None` where the client closed without sending one.
pub(super) fn read(connection: &mut TcpStream) -> anyhow::Result<Option<Received>> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let method = words.next().context("no method")?.to_owned();
    let path = words.next().context("no path")?.to_owned();
    let headers = read_headers(&mut reader)?;
    let mut request = Received { method, path, headers, body: Vec::new() };
    if request.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        request.body = read_chunks(&mut reader)?;
    } else if let Some(length) = request.header("content-length") {
        request.body = vec![0; length.parse()?];
        reader.read_exact(&mut request.body)?;
    }
    Ok(Some(request))
}

fn read_headers(reader: &mut impl BufRead) -> anyhow::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { return Ok(headers) };
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_chunks(reader: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim(), 16)?;
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk)?;
        if length == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

/// Writes an answer that announces `announced` bytes, which may be more than it sends.
pub(super) fn write(
    connection: &mut TcpStream,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
    announced: usize,
) -> std::io::Result<()> {
    let mut head =
        format!("HTTP/1.1 {status} Scripted\r\ncontent-length: {announced}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    connection.write_all(head.as_bytes())?;
    connection.write_all(body)?;
    connection.flush()
}

/// Sends the request to another server under that server's own name, and reads all it answers. A name that is `renamed` is replaced
/// by the server's in the body too.
pub(super) fn ask(server: &str, request: &Received, renamed: Option<&str>) -> anyhow::Result<Vec<u8>> {
    let mut connection = TcpStream::connect(server)?;
    let body = match (renamed, std::str::from_utf8(&request.body)) {
        (Some(renamed), Ok(text)) => text.replace(renamed, server).into_bytes(),
        (_, Ok(_) | Err(_)) => request.body.clone(),
    };
    let mut head =
        format!("{} {} HTTP/1.1\r\nhost: {server}\r\nconnection: close\r\n", request.method, request.path);
    for (name, value) in &request.headers {
        if !["host", "connection", "content-length", "transfer-encoding"].contains(&name.as_str()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    connection.write_all(head.as_bytes())?;
    connection.write_all(&body)?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer)?;
    Ok(answer)
}

/// Passes an answer on as it came.
pub(super) fn relay(answer: &[u8], connection: &mut TcpStream) -> std::io::Result<()> {
    connection.write_all(answer)?;
    connection.flush()
}
