//! The local portal of this home, started when it is first needed.

use app::{LocalPortal, PortalUnavailable};
use async_trait::async_trait;
use license::{SecretUrl, Token};
use portal::embedded::{self, Embedded};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::OnceCell;
use url::Url;

/// The portal in this process, or the one of another process on the same home.
#[derive(Debug)]
pub(crate) struct HomePortal {
    data: PathBuf,
    running: OnceCell<Arc<Embedded>>,
}

impl HomePortal {
    /// A portal with its data in this folder; nothing runs yet.
    pub(crate) fn new(data: PathBuf) -> Self {
        Self { data, running: OnceCell::new() }
    }

    /// The portal, running.
    pub(crate) async fn running(&self) -> Result<Arc<Embedded>, PortalUnavailable> {
        let start = || async { embedded::ensure(&self.data).await.map(Arc::new).map_err(unavailable) };
        self.running.get_or_try_init(start).await.cloned()
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
