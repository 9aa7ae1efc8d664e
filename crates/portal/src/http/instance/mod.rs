//! The licensing endpoints of a Metrics Dashboard instance, under `/instances/{name}` as its root URL
//! (Metrics Dashboard documentation, "Licensing HTTP API").

mod answer;
mod subject;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use axum::routing::{any, get, post};
use serde_json::{Map, Value, json};

use super::{Served, login};
use crate::Portal;
use crate::Result;
use crate::instances::{Claims, Login};
use crate::portal::now;
use crate::storage::Instance;

use answer::{Answer, Refused};

pub(super) fn routes() -> Router<Served> {
    Router::new()
        .route("/instances/{name}/api/licensing/check", get(check))
        .route("/instances/{name}/api/licensing/token", get(token).post(apply).delete(remove))
        .route("/instances/{name}/api/licensing/token/renew", post(renew))
        .route("/instances/{name}/api/licensing/refresh-stats", get(stats))
        .route("/instances/{name}/{*rest}", any(async || Refused::NotFound.respond()))
}

async fn check(State(served): State<Served>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let call = Call::new(&served, name, &headers, "read");
    call.answer(|instance, _, roots| Ok(Answer::Found(json!(status(&instance, roots) == VALID)))).await
}

async fn token(State(served): State<Served>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let call = Call::new(&served, name, &headers, "read");
    call.answer(|instance, _, roots| Ok(current(&instance, roots))).await
}

async fn stats(State(served): State<Served>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let call = Call::new(&served, name, &headers, "read");
    call.answer(|instance, _, _| Ok(Answer::Found(json!(instance.stats)))).await
}

type Body = std::result::Result<Bytes, BytesRejection>;

async fn apply(
    State(served): State<Served>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let call = Call::new(&served, name, &headers, "write");
    let work = move |instance: Instance, portal: &Portal, roots: &[String]| {
        let token = match object(body).map(|object| text(&object, "token")) {
            Ok(Some(token)) => token,
            Ok(None) => return Ok(Answer::No(Refused::BadRequest)),
            Err(refused) => return Ok(Answer::No(refused)),
        };
        let claims = portal.signer().claims(token.trim()).and_then(|json| Claims::read(&json));
        match claims {
            Some(claims) => keep(portal, instance, &claims, roots),
            None => Ok(Answer::No(Refused::InvalidToken)),
        }
    };
    call.answer(work).await
}

async fn renew(
    State(served): State<Served>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let call = Call::new(&served, name, &headers, "write");
    let work = move |instance: Instance, portal: &Portal, roots: &[String]| {
        let empty = body.as_ref().is_ok_and(|body| body.trim_ascii().is_empty());
        if !empty && let Err(refused) = object(body) {
            return Ok(Answer::No(refused));
        }
        match instance.claims.as_deref().and_then(Claims::read) {
            Some(claims) => keep(portal, instance, &claims.renewed(now())?, roots),
            None => Ok(Answer::No(Refused::NoToken)),
        }
    };
    call.answer(work).await
}

async fn remove(
    State(served): State<Served>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let call = Call::new(&served, name, &headers, "delete");
    let work = move |instance: Instance, portal: &Portal, roots: &[String]| {
        let named = match object(body).map(|object| text(&object, "instance")) {
            Ok(Some(named)) => named,
            Ok(None) => return Ok(Answer::No(Refused::BadRequest)),
            Err(refused) => return Ok(Answer::No(refused)),
        };
        let named = named.trim_end_matches('/');
        if !roots.iter().any(|root| root == named) {
            return Ok(Answer::No(Refused::OtherInstance));
        }
        portal.storage().set_instance_claims(instance.row, None)?;
        Ok(Answer::Accepted)
    };
    call.answer(work).await
}

/// One call of an instance: by whom, and under which root URLs the instance is known.
struct Call<'a> {
    served: &'a Served,
    name: String,
    login: Login,
    permission: &'static str,
    roots: Vec<String>,
}

impl<'a> Call<'a> {
    fn new(served: &'a Served, name: String, headers: &HeaderMap, permission: &'static str) -> Self {
        let login = match login::basic(headers) {
            Some((user, password)) => Login::Basic { user, password },
            None if login::credentials(headers, "bearer").is_some() => Login::Bearer,
            None => Login::Missing,
        };
        // A proxy in front sends its own name on.
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let bases = [Some(served.base.to_string()), host.map(|host| format!("http://{host}"))];
        let roots = bases.into_iter().flatten().map(|base| format!("{base}/instances/{name}")).collect();
        Self { served, name, login, permission, roots }
    }

    /// Lets the caller in, does the work and answers.
    async fn answer<W>(self, work: W) -> Response
    where
        W: FnOnce(Instance, &Portal, &[String]) -> Result<Answer> + Send + 'static,
    {
        let Self { served, name, login, permission, roots } = self;
        let done = served.run(move |portal| {
            Ok(match Refused::unless_granted(portal.admit(&name, &login, permission)?) {
                Ok(instance) => work(instance, portal, &roots)?,
                Err(refused) => Answer::No(refused),
            })
        });
        match done.await {
            Ok(answer) => answer.respond(),
            Err(error) => {
                tracing::error!(%error, "an instance's call failed");
                Refused::Failed(error.to_string()).respond()
            }
        }
    }
}

/// Keeps what a token says and answers with it.
fn keep(portal: &Portal, mut instance: Instance, claims: &Claims, roots: &[String]) -> Result<Answer> {
    let json = claims.json();
    portal.storage().set_instance_claims(instance.row, Some(&json))?;
    instance.claims = Some(json);
    Ok(current(&instance, roots))
}

// The numbers of `status` (`docs/protocols.md`, "Status numbers").
const VALID: i64 = 1;
const NOT_FOUND: i64 = 4;
const EXPIRED: i64 = 5;
const INVALID_SUBJECT: i64 = 6;

fn status(instance: &Instance, roots: &[String]) -> i64 {
    match instance.claims.as_deref().and_then(Claims::read) {
        None => NOT_FOUND,
        Some(claims) if claims.lexp.min(claims.exp) <= now() => EXPIRED,
        Some(claims) if !subject::fits(&claims.sub, roots) => INVALID_SUBJECT,
        Some(_) => VALID,
    }
}

fn current(instance: &Instance, roots: &[String]) -> Answer {
    let claims = instance.claims.as_deref().and_then(Claims::read).unwrap_or_default();
    Answer::Token(status(instance, roots), Box::new(claims))
}

fn object(body: Body) -> std::result::Result<Map<String, Value>, Refused> {
    let body = body.map_err(|rejection| Refused::Body(rejection.status(), rejection.body_text()))?;
    serde_json::from_slice(&body).map_err(|_| Refused::BadRequest)
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).map(str::to_owned)
}
