use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;

use axum::Router;
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};
use tokio::sync::{oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use crate::Error;
use crate::Portal;
use crate::Result;
use crate::http;
use crate::secret::TicketUrl;
use crate::server::{bounds, connection::Connection, slots::Slots};

/// A portal that answers on an address, until it is stopped or dropped.
pub struct Serving {
    portal: Portal,
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Portal {
    /// Listens on `address` (port 0 picks a free one) and answers there in the background.
    pub async fn listen(&self, address: impl ToSocketAddrs + fmt::Display) -> Result<Serving> {
        match TcpListener::bind(&address).await {
            Ok(listener) => self.serve(listener),
            Err(source) => Err(Error::Listen { address: address.to_string(), source }),
        }
    }

    /// Answers on a listener in the background. Call it within a Tokio runtime.
    pub fn serve(&self, listener: TcpListener) -> Result<Serving> {
        let unbound = |source| Error::Listen { address: "an unbound socket".to_owned(), source };
        let address = listener.local_addr().map_err(unbound)?;
        self.storage().set_base(&format!("http://{address}"))?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(listener, http::router(self.clone(), address), stopped));
        Ok(Serving { portal: self.clone(), address, stop, task })
    }
}

impl Serving {
    /// Where it answers, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A URL that opens its page once.
    pub fn ticket(&self) -> Result<TicketUrl> {
        self.portal.ticket(self.address)
    }

    /// Ends it: nothing new is accepted, running requests get a moment to finish. Returns whether that was enough
    /// for all of them.
    pub async fn stop(mut self) -> bool {
        drop(self.stop);
        let in_time = timeout(bounds::GRACE, &mut self.task).await.is_ok();
        if !in_time {
            self.task.abort();
        }
        in_time
    }
}

impl fmt::Debug for Serving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serving").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Answers clients until the sender of `stopped` sends or is dropped.
async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    let slots = Slots::new(bounds::CONNECTIONS);
    let (stop, stopping) = watch::channel(());
    let mut open = JoinSet::new();
    let mut stopped = pin!(stopped);
    let mut last = None;
    while last.is_none() {
        let (stream, peer) = tokio::select! {
            _ = stopped.as_mut() => break,
            client = next(&listener, &slots) => client,
        };
        while open.try_join_next().is_some() {}
        tokio::select! {
            _ = stopped.as_mut() => last = Some((stream, peer)),
            slot = slots.take() => {
                open.spawn(Connection { stream, peer, slot }.serve(router.clone(), stopping.clone()));
            }
        }
    }
    drop(stop);
    // Whoever connected before the end is answered too: the request may be on its way, and would have an unknown outcome.
    for (stream, peer) in last.into_iter().chain(waiting(listener)) {
        let connection = Connection { stream, peer, slot: slots.take().await };
        open.spawn(connection.serve(router.clone(), stopping.clone()));
    }
    // An idle client must not delay the end.
    while !open.is_empty() {
        if timeout(bounds::SILENT, open.join_next()).await.is_err() {
            slots.close_idle();
        }
    }
}

/// Ends a listener. Returns the clients that connected and were not accepted yet.
fn waiting(listener: TcpListener) -> Vec<(TcpStream, SocketAddr)> {
    let Ok(listener) = listener.into_std() else { return Vec::new() };
    let accepted = std::iter::from_fn(|| listener.accept().ok());
    let usable = |(stream, peer): (std::net::TcpStream, SocketAddr)| {
        stream.set_nonblocking(true).ok()?;
        Some((TcpStream::from_std(stream).ok()?, peer))
    };
    accepted.filter_map(usable).collect()
}

/// The next client.
async fn next(listener: &TcpListener, slots: &Slots) -> (TcpStream, SocketAddr) {
    let mut reported = false;
    loop {
        match listener.accept().await {
            Ok(client) => return client,
            Err(error) if is_of_one_client(&error) => {}
            Err(error) => {
                if !reported {
                    tracing::warn!(%error, "cannot accept connections for now");
                    reported = true;
                }
                // The usual cause is that the process has no free descriptors, and these connections have some.
                slots.close_idle();
                sleep(bounds::ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Whether the client left before it was accepted: the next one may be accepted at once.
fn is_of_one_client(error: &io::Error) -> bool {
    [ErrorKind::ConnectionRefused, ErrorKind::ConnectionAborted, ErrorKind::ConnectionReset]
        .contains(&error.kind())
}
