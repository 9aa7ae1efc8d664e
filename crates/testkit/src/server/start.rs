//! How a server starts: alone or in front of another one, encrypted or not.

use crate::answer::Answer;
use std::{
    io::{self, Read, Write},
    net::TcpStream,
};

/// A connection, encrypted or not.
pub(crate) trait Connection: Read + Write + Send {}
impl<T: Read + Write + Send> Connection for T {}

/// Turns an accepted TCP stream into a connection, such as an encrypted one.
pub(crate) type Accept = Box<dyn Fn(TcpStream) -> io::Result<Box<dyn Connection>> + Send + Sync>;

/// What a server starts with.
pub(super) struct Start {
    pub(super) upstream: Option<String>,
    pub(super) is_renamed: bool,
    pub(super) otherwise: Answer,
    pub(super) scheme: &'static str,
    pub(super) accept: Accept,
}

impl Start {
    /// A server without encryption and without another one behind it.
    pub(super) fn alone(otherwise: Answer) -> Self {
        let accept: Accept = Box::new(|stream| Ok(Box::new(stream)));
        Self { upstream: None, is_renamed: false, otherwise, scheme: "http", accept }
    }

    /// A server without encryption that forwards everything to another one.
    pub(super) fn before(upstream: &str) -> Self {
        let upstream = upstream.trim_start_matches("http://").to_owned();
        Self { upstream: Some(upstream), ..Self::alone(Answer::Forward) }
    }
}
