//! What a program says through a pipe, which another program may keep open after it.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};

/// The most that is kept of what a program says.
pub(super) const MOST_WORDS: usize = 16 * 1024;

/// An end of a pipe to be read.
#[cfg(unix)]
pub(super) trait Pipe: AsyncRead + Unpin + std::os::fd::AsFd {}
#[cfg(unix)]
impl<T: AsyncRead + Unpin + std::os::fd::AsFd> Pipe for T {}

/// An end of a pipe to be read.
#[cfg(not(unix))]
pub(super) trait Pipe: AsyncRead + Unpin {}
#[cfg(not(unix))]
impl<T: AsyncRead + Unpin> Pipe for T {}

/// What was said up to now.
pub(super) struct Words<P> {
    pipe: Option<P>,
    said: Vec<u8>,
    failure: Option<io::Error>,
}

impl<P: Pipe> Words<P> {
    pub(super) fn of(pipe: Option<P>) -> Self {
        Self { pipe, said: Vec::new(), failure: None }
    }

    /// Reads until nobody can say more. What is beyond the bound is read as well, so that the program does not stop in the middle.
    pub(super) async fn hear(&mut self) {
        let mut chunk = [0; 4096];
        while let Some(pipe) = &mut self.pipe {
            match pipe.read(&mut chunk).await {
                Ok(0) => self.pipe = None,
                Ok(read) => self.keep(&chunk[..read]),
                Err(error) => self.fail(error),
            }
        }
    }

    /// Everything that a program said that has ended: what is left of it is in the pipe already.
    pub(super) async fn read_to_end(mut self) -> io::Result<String> {
        self.hear_the_rest().await;
        match self.failure {
            Some(error) => Err(error),
            None => Ok(String::from_utf8_lossy(&self.said).into_owned()),
        }
    }

    #[cfg(unix)]
    async fn hear_the_rest(&mut self) {
        use rustix::io::{Errno, read};
        let mut chunk = [0; 4096];
        // A program that goes on writing ends this with the bound.
        while let Some(pipe) = self.pipe.as_ref().filter(|_| self.said.len() < MOST_WORDS) {
            match read(pipe.as_fd(), &mut chunk[..]) {
                Ok(0) | Err(Errno::AGAIN) => self.pipe = None,
                Ok(read) => self.keep(&chunk[..read]),
                Err(Errno::INTR) => {}
                Err(error) => self.fail(error.into()),
            }
        }
    }

    /// Elsewhere it cannot be asked whether more is in the pipe, so it is heard for a moment. Not tried on Windows yet.
    #[cfg(not(unix))]
    async fn hear_the_rest(&mut self) {
        let moment = std::time::Duration::from_millis(200);
        let _ = tokio::time::timeout(moment, self.hear()).await;
    }

    fn keep(&mut self, chunk: &[u8]) {
        let room = MOST_WORDS.saturating_sub(self.said.len());
        self.said.extend(&chunk[..chunk.len().min(room)]);
    }

    fn fail(&mut self, error: io::Error) {
        self.pipe = None;
        self.failure = Some(error);
    }
}
