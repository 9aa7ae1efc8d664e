//! The portal over HTTP.

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

use crate::{Error, Portal, Result};

const BODY_LIMIT: usize = 1024 * 1024;
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// What every handler knows: the portal, and where it is served.
#[derive(Clone)]
struct Served {
    portal: Portal,
    address: SocketAddr,
    base: Arc<str>,
}

/// The portal's routes, for a server that listens on `address`.
pub(crate) fn router(portal: Portal, address: SocketAddr) -> Router {
    let served = Served { portal, address, base: format!("http://{address}").into() };
    Router::new()
        .route("/rpc", post(rpc::rpc))
        .route("/rpc/capabilities", get(rpc::capabilities))
        .route("/.well-known/jwks.json", get(jwks))
        .route("/healthz", get(healthz))
        .merge(page::routes(served.clone()))
        .merge(instance::routes())
        .merge(keygen::routes())
        .merge(core::routes())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(served.clone(), host::check))
        .layer(middleware::from_fn_with_state(served.clone(), keygen::sign))
        .with_state(served)
}

impl Served {
    /// Runs work on the storage off the threads that answer.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Portal) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let portal = self.portal.clone();
        let done = tokio::task::spawn_blocking(move || work(&portal)).await;
        done.unwrap_or_else(|ended| Err(Error::Ended(ended.to_string())))
    }
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIME_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "The request took too long.\n").into_response(),
    }
}

async fn jwks(State(served): State<Served>) -> Json<Value> {
    Json(served.portal.signer().jwks())
}

/// Says that the portal answers, and which one it is: its signing key's id.
async fn healthz(State(served): State<Served>) -> Json<Value> {
    Json(json!({"status": "ok", "kid": served.portal.signer().kid()}))
}
