//! Answering the requests of a connection.

use super::{shared::Shared, start::Connection};
use crate::{
    answer::Answer,
    http::{self, Received},
    script::Script,
};
use std::{
    io::{self, BufReader},
    net::TcpStream,
    sync::atomic::Ordering,
};

impl Shared {
    /// Answers every request of a connection. Errors end it, and only the client notices them.
    pub(super) fn converse(&self, stream: TcpStream) {
        let number = self.connections.fetch_add(1, Ordering::Relaxed);
        let Ok(connection) = (self.accept)(stream) else { return };
        let mut connection = BufReader::new(connection);
        while let Ok(Some(request)) = http::read(&mut connection, number) {
            let answer = self.answer_to(&request);
            let played = self.play(&answer, &request, connection.get_mut());
            if played.is_err() || !answer.keeps_open() {
                return;
            }
        }
    }

    /// Records a request and returns the scripted answer to it.
    fn answer_to(&self, request: &Received) -> Answer {
        let mut state = self.lock();
        state.received.push(request.clone());
        let answer = state.script.answer_to(request);
        drop(state);
        if let Answer::By(script) = &answer { script(request) } else { answer }
    }

    /// Sends an answer, or what it scripts instead.
    fn play(&self, answer: &Answer, request: &Received, out: &mut dyn Connection) -> io::Result<()> {
        match answer {
            Answer::Reply { status, headers, body } => {
                let head = http::head(*status, headers, Some(body.len()));
                out.write_all(&[head.as_bytes(), body].concat())?;
            }
            Answer::Drop => {}
            Answer::Cut { body, announced } => begin(out, body, *announced)?,
            Answer::Hang { body, announced } => {
                begin(out, body, *announced)?;
                self.wait_to_the_end();
            }
            Answer::Silence => self.wait_to_the_end(),
            Answer::Written(writer) => writer(out)?,
            Answer::By(script) => self.play(&script(request), request, out)?,
            Answer::Forward => out.write_all(&self.ask(request)?)?,
            Answer::CommitThenDrop => drop(self.ask(request)?),
            Answer::CommitThenHang => {
                let theirs = self.ask(request)?;
                out.write_all(&theirs[..theirs.len() / 2])?;
                self.wait_for_release();
            }
            Answer::CommitThenCut => {
                let theirs = self.ask(request)?;
                out.write_all(&theirs[..theirs.len() / 2])?;
            }
            Answer::CommitThenHold => {
                let theirs = self.ask(request)?;
                if self.wait_for_release() {
                    out.write_all(&theirs)?;
                }
            }
            Answer::CommitThen(answer) => {
                self.ask(request)?;
                self.play(answer, request, out)?;
            }
            Answer::Edited(edit) => out.write_all(&http::edited(&self.ask(request)?, &**edit))?,
            Answer::Asked { from, to } => {
                let target = request.target.replacen(from, to, 1);
                out.write_all(&self.ask(&Received { target, ..request.clone() })?)?;
            }
            Answer::Held(answer) => {
                if self.wait_for_release() {
                    self.play(answer, request, out)?;
                }
            }
            Answer::Last(answer) => {
                self.lock().script = Script::new(Answer::Drop);
                self.play(answer, request, out)?;
            }
        }
        out.flush()
    }

    /// Sends a request to the server behind this one and returns its whole response.
    fn ask(&self, request: &Received) -> io::Result<Vec<u8>> {
        let upstream = self.upstream.as_deref();
        let upstream = upstream.ok_or_else(|| io::Error::other("there is no server behind this one"))?;
        http::ask(upstream, request, self.renamed.as_deref())
    }
}

/// Announces a body of this length, and sends the start of it.
fn begin(out: &mut dyn Connection, body: &[u8], announced: usize) -> io::Result<()> {
    let headers = [("content-type".to_owned(), "application/json".to_owned())];
    out.write_all(&[http::head(200, &headers, Some(announced)).as_bytes(), body].concat())?;
    out.flush()
}
