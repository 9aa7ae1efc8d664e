//! A Keygen-compatible API, under `/v1/accounts/{account}`, and under `/v1` while the portal has exactly one account
//! (`docs/protocols.md`, "Keygen-compatible API").

mod ask;
mod caller;
mod check_out;
mod licenses;
mod listing;
mod machines;
mod packages;
mod problem;
mod signed;
mod tokens;
mod validation;
mod wire;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, on};

use super::Served;
use crate::Portal;
use crate::Result;
use ask::{Ask, Raw};
use problem::{Problem, Reply};
pub(super) use signed::sign;

/// What a call does, once it is known whose account it is for.
type Work = fn(&Portal, &Ask) -> std::result::Result<Reply, Problem>;

pub(super) fn routes() -> Router<Served> {
    let version = Router::new()
        .nest("/accounts/{account}", calls())
        .merge(calls())
        .fallback(async || Problem::not_found().into_response());
    Router::new().nest("/v1", version)
}

fn calls() -> Router<Served> {
    Router::new()
        .route("/", get(licenses::account))
        .route("/me", get(licenses::me))
        .route("/tokens", get(tokens::list).merge(post(tokens::create)))
        .route("/tokens/{id}", get(tokens::show).merge(delete(tokens::revoke)))
        .route("/licenses", get(licenses::list))
        .route("/licenses/{id}", get(licenses::show))
        .route("/licenses/{id}/entitlements", get(licenses::entitlements))
        .route("/licenses/{id}/machines", get(machines::of_license))
        .route("/licenses/actions/validate-key", post(validation::by_key))
        .route("/licenses/{id}/actions/validate", post(validation::by_id))
        .route(
            "/licenses/{id}/actions/check-out",
            post(check_out::resource).merge(get(check_out::certificate_alone)),
        )
        .route("/machines", get(machines::list).merge(post(machines::activate)))
        .route("/machines/{id}", get(machines::show).merge(delete(machines::release)))
        .route("/machines/{id}/actions/ping", post(machines::ping))
        .route("/packages", get(packages::packages))
        .route("/packages/{id}", get(packages::package))
        .route("/releases", get(packages::releases))
        .route("/releases/{id}", get(packages::release))
        .route("/releases/{id}/artifacts", get(packages::artifacts_of_release))
        .route("/artifacts", get(packages::artifacts))
        .route("/artifacts/{id}", get(packages::artifact))
}

fn get(work: Work) -> MethodRouter<Served> {
    to(MethodFilter::GET, work)
}

fn post(work: Work) -> MethodRouter<Served> {
    to(MethodFilter::POST, work)
}

fn delete(work: Work) -> MethodRouter<Served> {
    to(MethodFilter::DELETE, work)
}

fn to(method: MethodFilter, work: Work) -> MethodRouter<Served> {
    on(method, move |State(served): State<Served>, request: Request| answer(served, work, request))
}

async fn answer(served: Served, work: Work, request: Request) -> Response {
    let raw = match Raw::read(request).await {
        Ok(raw) => raw,
        Err(problem) => return problem.into_response(),
    };
    let done = served.run(move |portal| {
        let Some(ask) = raw.of_account(portal)? else { return Ok(Problem::not_found().into_response()) };
        Ok(match work(portal, &ask) {
            Ok(reply) => reply.into_response(),
            Err(problem) => problem.into_response(),
        })
    });
    done.await.unwrap_or_else(|error| Problem::from(error).into_response())
}
