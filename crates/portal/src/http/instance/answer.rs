//! What an instance answers.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::instances::{Admission, Claims};
use crate::storage::Instance;

/// An answer in the making.
pub(super) enum Answer {
    Found(Value),
    /// The token: its state, and what it says.
    Token(i64, Box<Claims>),
    /// 202, whether there was something to remove or not.
    Accepted,
    No(Refused),
}

impl Answer {
    pub(super) fn respond(self) -> Response {
        match self {
            Self::Found(json) => Json(json).into_response(),
            Self::Token(status, claims) => Json(Token { status, claims: &claims }).into_response(),
            Self::Accepted => (StatusCode::ACCEPTED, Json(json!({}))).into_response(),
            Self::No(refused) => refused.respond(),
        }
    }
}

/// Why a call is not done.
pub(super) enum Refused {
    NotFound,
    NoLogin,
    ServiceAccount,
    WrongPassword,
    Lacks(&'static str),
    BadRequest,
    Body(StatusCode, String),
    InvalidToken,
    NoToken,
    OtherInstance,
    Failed(String),
}

impl Refused {
    pub(super) fn unless_granted(admission: Admission) -> Result<Instance, Self> {
        match admission {
            Admission::Granted(instance) => Ok(instance),
            Admission::NoInstance => Err(Self::NotFound),
            Admission::NoLogin => Err(Self::NoLogin),
            Admission::ServiceAccount => Err(Self::ServiceAccount),
            Admission::WrongPassword => Err(Self::WrongPassword),
            Admission::Lacks(permission) => Err(Self::Lacks(permission)),
        }
    }

    pub(super) fn respond(self) -> Response {
        let (status, words) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "Not found".to_owned()),
            Self::NoLogin => (StatusCode::UNAUTHORIZED, "Unauthorized".to_owned()),
            Self::ServiceAccount => (
                StatusCode::UNAUTHORIZED,
                "Service accounts cannot use the licensing API: use Basic authentication".to_owned(),
            ),
            Self::WrongPassword => (StatusCode::UNAUTHORIZED, "Invalid username or password".to_owned()),
            Self::Lacks(permission) => return lacking(permission),
            Self::BadRequest => (StatusCode::BAD_REQUEST, "bad request data".to_owned()),
            Self::Body(status, words) => (status, words),
            Self::InvalidToken => (StatusCode::BAD_REQUEST, "license token is invalid".to_owned()),
            Self::NoToken => (StatusCode::NOT_FOUND, "no license token".to_owned()),
            Self::OtherInstance => {
                (StatusCode::UNPROCESSABLE_ENTITY, "instance does not match the root URL".to_owned())
            }
            Self::Failed(words) => (StatusCode::INTERNAL_SERVER_ERROR, words),
        };
        (status, Json(json!({"message": words}))).into_response()
    }
}

fn lacking(permission: &str) -> Response {
    let words = format!(
        "You'll need additional permissions to perform this action. Permissions needed: licensing:{permission}"
    );
    (StatusCode::FORBIDDEN, Json(json!({"message": words, "title": "Access denied"}))).into_response()
}

/// The token as an instance tells it: its state first, then what it says.
#[derive(Serialize)]
struct Token<'a> {
    status: i64,
    #[serde(flatten)]
    claims: &'a Claims,
}
