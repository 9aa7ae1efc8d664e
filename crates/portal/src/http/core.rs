//! An AICA Core's license endpoint, under `/core/api`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use super::Served;

pub(super) fn routes() -> Router<Served> {
    Router::new().route("/core/api/v3/license", get(license))
}

async fn license(State(served): State<Served>) -> Response {
    match served.run(|portal| portal.storage().core()).await {
        Ok(Some(state)) => Json(state).into_response(),
        Ok(None) => refuse(StatusCode::NOT_FOUND, "UNDETERMINED", "The license state is not determined yet"),
        Err(error) => {
            tracing::error!(%error, "the core endpoint failed");
            refuse(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", &error.to_string())
        }
    }
}

fn refuse(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({"error": {"code": code, "message": message}}))).into_response()
}
