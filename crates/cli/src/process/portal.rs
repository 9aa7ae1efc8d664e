//! The local portal of a home, started in this process when a command first needs it.

use app::context::{LocalPortal, PortalUnavailable};
use async_trait::async_trait;
use license::{SecretUrl, Token};
use portal::embedded::{self, Embedded};
use std::path::PathBuf;
use tokio::sync::Mutex;
use url::Url;

/// The portal that a command may need. Until it does, nothing is started.
#[derive(Debug)]
pub(crate) struct OnDemand {
    data: PathBuf,
    running: Mutex<Option<Embedded>>,
}

impl OnDemand {
    /// The portal whose data lies in a folder.
    pub(crate) fn new(data: PathBuf) -> Self {
        Self { data, running: Mutex::default() }
    }

    /// Stops it after the requests that other processes have sent to it are answered; one of them serves it from then on.
    pub(crate) async fn stop(&self) {
        if let Some(portal) = self.running.lock().await.take() {
            portal.stop().await;
        }
    }

    /// Serves it, or connects where another process serves it already.
    async fn with<T>(
        &self,
        work: impl FnOnce(&Embedded) -> portal::Result<T>,
    ) -> Result<T, PortalUnavailable> {
        let mut running = self.running.lock().await;
        let portal = match &*running {
            Some(portal) => portal,
            None => running.insert(embedded::ensure(&self.data).await.map_err(unavailable)?),
        };
        work(portal).map_err(unavailable)
    }
}

#[async_trait]
impl LocalPortal for OnDemand {
    async fn address(&self) -> Result<Url, PortalUnavailable> {
        let address = self.with(|portal| Ok(portal.address())).await?;
        Url::parse(&format!("http://{address}"))
            .map_err(|error| PortalUnavailable { words: error.to_string() })
    }

    async fn issue_token(&self, project: &str) -> Result<Token, PortalUnavailable> {
        self.with(|portal| portal.issue_token(project))
            .await
            .map(|token| Token::new(token.expose().to_owned()))
    }

    async fn page(&self) -> Result<SecretUrl, PortalUnavailable> {
        self.with(Embedded::ticket).await.map(|page| SecretUrl::new(page.expose().to_owned()))
    }
}

fn unavailable(error: portal::Error) -> PortalUnavailable {
    PortalUnavailable { words: error.to_string() }
}
