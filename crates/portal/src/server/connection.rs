//! One client's connection: requests in, answers out, within the bounds.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{Notify, watch};

use crate::server::{bounds, slots::Slot};

/// A connection that was accepted and has its slot.
pub(crate) struct Connection {
    pub stream: TcpStream,
    pub peer: SocketAddr,
    pub slot: Arc<Slot>,
}

impl Connection {
    /// Answers requests until the client leaves, is too slow, or makes room for another. When the sender of
    /// `stopping` is dropped, the request in progress is the last one.
    pub(crate) async fn serve(self, router: Router, mut stopping: watch::Receiver<()>) {
        let Self { stream, peer, slot } = self;
        let routes = TowerToHyperService::new(router);
        let answering = slot.clone();
        let arrived = Arc::new(Notify::new());
        let arriving = arrived.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            arriving.notify_one();
            // Logins are counted by who sends them.
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(answering.clone());
            let (answer, slot) = (routes.call(request), answering.clone());
            async move {
                let response = answer.await;
                slot.end_work();
                response
            }
        });
        let stream = Observed { stream: TokioIo::new(stream), slot: slot.clone() };
        let mut connection = pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                // Also closes connections on which the next request does not arrive.
                .header_read_timeout(bounds::RECEIVE)
                .serve_connection(stream, service)
        );
        // Hyper would close a connection at once whose first request has not arrived: it is on its way.
        tokio::select! {
            // An error is the client's: it left, or sent what is not HTTP.
            _ = connection.as_mut() => return,
            () = slot.closed(bounds::SEND) => return,
            () = arrived.notified() => {}
        }
        let mut is_last = false;
        loop {
            tokio::select! {
                _ = connection.as_mut() => return,
                () = slot.closed(bounds::SEND) => return,
                _ = stopping.changed(), if !is_last => {
                    is_last = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    }
}

/// A stream whose slot knows whether the client reads its answers.
struct Observed {
    stream: TokioIo<TcpStream>,
    slot: Arc<Slot>,
}

impl Observed {
    fn note(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(_) => self.slot.sent(),
            Poll::Pending => self.slot.unsent(),
        }
        written
    }
}

impl Read for Observed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Observed {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
