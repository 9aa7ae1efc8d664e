//! As much of HTTP/1.1 as a scripted server needs.

use serde_json::Value;
use std::{
    fmt,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// The first byte of a client that wants encryption; a server without it answers in plain text.
const TLS_HANDSHAKE: u8 = 0x16;

/// A request as it arrived. Its debug output has the body as text, so that a test can look for a secret anywhere in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Received {
    /// `POST`, and so on.
    pub method: String,
    /// The path with its query; the whole address where the server was asked as a proxy.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
    /// The number of its connection, counted from 0.
    pub connection: usize,
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

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Method and target, such as `GET /licenses?page=2`.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    /// Whether method and target, with a newline after them, or the body contain `part`.
    pub fn contains(&self, part: &str) -> bool {
        format!("{}\n", self.line()).contains(part) || self.text().contains(part)
    }

    /// The target without scheme and host, as a server is asked for it by a proxy.
    fn origin_form(&self) -> &str {
        match self.target.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |place| &rest[place..]),
            None => &self.target,
        }
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} {}", self.line(), self.headers, self.text())
    }
}

/// Reads one request; `None` where the client leaves before its end.
pub(crate) fn read<S: Read + Write>(
    stream: &mut BufReader<S>,
    connection: usize,
) -> io::Result<Option<Received>> {
    match stream.fill_buf()?.first() {
        None => return Ok(None),
        Some(&TLS_HANDSHAKE) => {
            stream.get_mut().write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")?;
            return Ok(None);
        }
        Some(_) => {}
    }
    let line = read_line(stream)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let headers = read_headers(stream)?;
    let mut request = Received { method, target, headers, body: Vec::new(), connection };
    if request.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        request.body = read_chunks(stream)?;
    } else if let Some(length) = request.header("content-length") {
        request.body = vec![0; length.parse().map_err(io::Error::other)?];
        stream.read_exact(&mut request.body)?;
    }
    Ok(Some(request))
}

fn read_line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    match stream.read_line(&mut line)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(line),
    }
}

fn read_headers(stream: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = read_line(stream)?;
        let Some((name, value)) = line.split_once(':') else { return Ok(headers) };
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_chunks(stream: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = read_line(stream)?;
        let length = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk)?;
        if length == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

/// The head of an answer. A status without a body announces no length.
pub(crate) fn head(status: u16, headers: &[(String, String)], announced: Option<usize>) -> String {
    let mut head = format!("HTTP/1.1 {status} Scripted\r\n");
    if let Some(length) = announced.filter(|_| status != 204) {
        head.push_str(&format!("content-length: {length}\r\n"));
    }
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("connection")) {
        head.push_str("connection: close\r\n");
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head
}

/// Sends a request to another server under that server's own name, and reads all it answers. A name that is `renamed` is replaced
/// by the server's in the body too.
pub(crate) fn ask(server: &str, request: &Received, renamed: Option<&str>) -> io::Result<Vec<u8>> {
    let mut connection = TcpStream::connect(server)?;
    let body = match (renamed, std::str::from_utf8(&request.body)) {
        (Some(renamed), Ok(text)) => text.replace(renamed, server).into_bytes(),
        (_, Ok(_) | Err(_)) => request.body.clone(),
    };
    let mut head = format!(
        "{} {} HTTP/1.1\r\nhost: {server}\r\nconnection: close\r\n",
        request.method,
        request.origin_form()
    );
    for (name, value) in &request.headers {
        if !["host", "connection", "content-length", "transfer-encoding"].contains(&name.as_str()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    connection.write_all(&[head.as_bytes(), &body].concat())?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer)?;
    Ok(answer)
}

/// What the head of an answer says of its body alone: its length, and which version of it this is.
const OF_BODY: [&str; 3] = ["content-length", "etag", "last-modified"];

/// An answer with another body and its length.
pub(crate) fn edited(answer: &[u8], edit: &dyn Fn(String) -> String) -> Vec<u8> {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let body = edit(body.to_owned());
    let is_of_body = |line: &str| {
        let name = line.split(':').next().unwrap_or_default();
        OF_BODY.iter().any(|header| name.eq_ignore_ascii_case(header))
    };
    let kept = head.lines().filter(|line| !is_of_body(line));
    let head = kept.collect::<Vec<_>>().join("\r\n");
    format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
