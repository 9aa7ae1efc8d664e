//! The portal over HTTP.

mod body;
mod call;
mod core;
mod fault;
mod format;
mod host;
mod instance;
mod keygen;
mod login;
mod page;
mod rpc;
mod wire;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::Error;
use crate::Portal;
use crate::Result;
use crate::server::bounds;

/// What every handler knows: the portal, and where it is served.
#[derive(Clone)]
struct Served {
    portal: Portal,
    address: SocketAddr,
    base: Arc<str>,
    working: Arc<Semaphore>,
}

/// The portal's routes, for a server that listens on `address`.
pub(crate) fn router(portal: Portal, address: SocketAddr) -> Router {
    let served = Served {
        portal,
        address,
        base: format!("http://{address}").into(),
        working: Arc::new(Semaphore::new(bounds::WORKING)),
    };
    Router::new()
        .route("/rpc", post(rpc::rpc))
        .route("/rpc/capabilities", get(rpc::capabilities))
        .route("/.well-known/jwks.json", get(jwks))
        .route("/healthz", get(healthz))
        .merge(page::routes(served.clone()))
        .merge(instance::routes())
        .merge(keygen::routes())
        .merge(core::routes())
        .layer(DefaultBodyLimit::max(bounds::BODY))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(served.clone(), host::check))
        .layer(middleware::from_fn(body::receive))
        .layer(middleware::from_fn_with_state(served.clone(), keygen::sign))
        .with_state(served)
}

impl Served {
    /// Runs work on the storage off the threads that answer, only a few pieces at a time.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Portal) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = self.working.clone().acquire_owned().await;
        let turn = turn.map_err(|closed| Error::Ended(closed.to_string()))?;
        let portal = self.portal.clone();
        let done = tokio::task::spawn_blocking(move || {
            // Kept until the work is done, even if its client has left before.
            let _turn = turn;
            work(&portal)
        })
        .await;
        done.unwrap_or_else(|ended| Err(Error::Ended(ended.to_string())))
    }
}

async fn in_time(request: Request, next: Next) -> Response {
    within(bounds::WORK, next.run(request)).await
}

/// Returns the answer, or 504 if it takes too long. Work on the storage goes on, so the answer must not say that nothing was done:
/// 408 would.
async fn within(longest: Duration, answer: impl Future<Output = Response>) -> Response {
    match tokio::time::timeout(longest, answer).await {
        Ok(response) => response,
        Err(_) => (StatusCode::GATEWAY_TIMEOUT, "The request took too long.\n").into_response(),
    }
}

async fn jwks(State(served): State<Served>) -> Json<Value> {
    Json(served.portal.signer().jwks())
}

/// Says that the portal answers, and which one it is: its signing key's id.
async fn healthz(State(served): State<Served>) -> Json<Value> {
    Json(json!({"status": "ok", "kid": served.portal.signer().kid()}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn request_that_takes_too_long_leaves_its_outcome_open() {
        let answer = within(Duration::ZERO, std::future::pending()).await;
        assert_eq!(answer.status(), StatusCode::GATEWAY_TIMEOUT);
    }
}
