use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::secret::TicketUrl;
use crate::{Error, Portal, Result, http};

/// How long running requests have to end when the portal stops.
const GRACE: Duration = Duration::from_secs(5);

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
        // Logins are counted by who sends them.
        let router = http::router(self.clone(), address).into_make_service_with_connect_info::<SocketAddr>();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            // A dropped sender stops it as well as a sent word.
            let until = async move { drop(stopped.await) };
            if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(until).await {
                tracing::error!(%error, "the portal stopped answering");
            }
        });
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

    /// Ends it: nothing new is accepted, running requests get a moment to finish.
    pub async fn stop(mut self) {
        drop(self.stop);
        if tokio::time::timeout(GRACE, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

impl fmt::Debug for Serving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serving").field("address", &self.address).finish_non_exhaustive()
    }
}
