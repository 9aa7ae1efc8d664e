//! The local portal of this home, started when it is first needed.

use app::context::{LocalPortal, PortalUnavailable};
use async_trait::async_trait;
use license::{SecretUrl, Token};
use portal::embedded::{self, Embedded};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::Mutex;
use url::Url;

/// The portal in this process, or the one of another process on the same home.
#[derive(Debug)]
pub(crate) struct HomePortal {
    data: PathBuf,
    running: Mutex<Option<Arc<Embedded>>>,
}

impl HomePortal {
    /// A portal with its data in this folder; nothing runs yet.
    pub(crate) fn new(data: PathBuf) -> Self {
        Self { data, running: Mutex::default() }
    }

    /// The portal, running.
    pub(crate) async fn running(&self) -> Result<Arc<Embedded>, PortalUnavailable> {
        let mut running = self.running.lock().await;
        if let Some(portal) = &*running {
            return Ok(portal.clone());
        }
        let portal = embedded::ensure(&self.data).await.map(Arc::new).map_err(unavailable)?;
        Ok(running.insert(portal).clone())
    }

    /// Stops it after the requests that other processes have sent to it are answered; one of them serves it from then on.
    pub(crate) async fn stop(&self) {
        let portal = self.running.lock().await.take();
        // One that is in use stops when that ends.
        if let Some(portal) = portal.and_then(Arc::into_inner) {
            portal.stop().await;
        }
    }
}

#[async_trait]
impl LocalPortal for HomePortal {
    async fn address(&self) -> Result<Url, PortalUnavailable> {
        let address = self.running().await?.address();
        Url::parse(&format!("http://{address}/")).map_err(unavailable)
    }

    async fn issue_token(&self, project: &str) -> Result<Token, PortalUnavailable> {
        let (portal, project) = (self.running().await?, project.to_owned());
        let issued =
            tokio::task::spawn_blocking(move || portal.issue_token(&project)).await.map_err(unavailable)?;
        issued.map(|token| Token::new(token.expose().to_owned())).map_err(unavailable)
    }

    async fn page(&self) -> Result<SecretUrl, PortalUnavailable> {
        let portal = self.running().await?;
        let ticket = tokio::task::spawn_blocking(move || portal.ticket()).await.map_err(unavailable)?;
        ticket.map(|url| SecretUrl::new(url.expose().to_owned())).map_err(unavailable)
    }
}

fn unavailable(error: impl std::fmt::Display) -> PortalUnavailable {
    PortalUnavailable { words: error.to_string() }
}
