//! What is answered: a document, or why there is none.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::Error;
use crate::secret::random_id;

/// A call that was done.
pub(super) enum Reply {
    Document(StatusCode, Value),
    Text(String),
    Nothing,
}

impl Reply {
    /// 200 with a resource.
    pub(super) fn of(resource: Value) -> Self {
        Self::Document(StatusCode::OK, json!({"data": resource}))
    }

    /// 201 with a resource.
    pub(super) fn created(resource: Value) -> Self {
        Self::Document(StatusCode::CREATED, json!({"data": resource}))
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self {
            Self::Document(status, document) => (status, Json(document)).into_response(),
            Self::Text(text) => text.into_response(),
            Self::Nothing => StatusCode::NO_CONTENT.into_response(),
        }
    }
}

/// Why a call is not done.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    source: Option<(&'static str, &'static str)>,
    limited: Option<Limited>,
}

/// When the next login is possible.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limited {
    pub seconds: i64,
    /// In seconds since 1970.
    pub until: i64,
    pub most: u32,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), source: None, limited: None }
    }

    pub(super) fn bad_request(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    pub(super) fn unauthorized(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, detail)
    }

    pub(super) fn forbidden(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, detail)
    }

    pub(super) fn not_found() -> Self {
        let words = "The requested resource was not found. Please check the path, and that it is yours.";
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", words)
    }

    pub(super) fn unprocessable(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }

    pub(super) fn limited(limited: Limited) -> Self {
        let words = format!("Too many logins. Try again in {} seconds.", limited.seconds);
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", words);
        Self { limited: Some(limited), ..problem }
    }

    /// A refusal that something before the call decided.
    pub(super) fn of_status(status: StatusCode, detail: String) -> Self {
        let code = match status {
            StatusCode::METHOD_NOT_ALLOWED => "METHOD_NOT_ALLOWED",
            StatusCode::PAYLOAD_TOO_LARGE => "PAYLOAD_TOO_LARGE",
            StatusCode::NOT_FOUND => "NOT_FOUND",
            StatusCode::FORBIDDEN => "FORBIDDEN",
            StatusCode::REQUEST_TIMEOUT => "REQUEST_TIMEOUT",
            _ if status.is_server_error() => "INTERNAL_SERVER_ERROR",
            _ => "BAD_REQUEST",
        };
        Self::new(status, code, detail)
    }

    /// Where in the body, the query or the headers it lies: `pointer`, `parameter` or `header`.
    pub(super) fn at(self, kind: &'static str, place: &'static str) -> Self {
        Self { source: Some((kind, place)), ..self }
    }

    pub(super) fn document(&self) -> Value {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let mut error = json!({"title": title, "detail": self.detail, "code": self.code});
        if let Some((kind, place)) = self.source {
            error["source"] = json!({kind: place});
        }
        // The id is for people who compare it with a log; without one the answer stands as well.
        json!({"meta": {"id": random_id().ok()}, "errors": [error]})
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        tracing::error!(%error, "an account's call failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.document())).into_response();
        if let Some(Limited { seconds, until, most }) = self.limited {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
            for (name, value) in [
                ("x-ratelimit-window", HeaderValue::from_static("60s")),
                ("x-ratelimit-limit", most.into()),
                ("x-ratelimit-count", most.into()),
                ("x-ratelimit-remaining", 0.into()),
                ("x-ratelimit-reset", until.into()),
            ] {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
