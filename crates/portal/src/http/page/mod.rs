//! The portal's page: a user sees the projects here, and issues and revokes their tokens.

mod views;
mod visit;

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, map_response};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::Markup;
use serde::Deserialize;

use super::Served;
use crate::Error;
use crate::Portal;
use crate::Result;
use crate::order::Refusal;
use crate::portal::now;
use crate::secret::Token;
use crate::storage::{Project, TokenRow};

const STYLE: &str = include_str!("page.css");
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) fn routes(served: Served) -> Router<Served> {
    let inside = Router::new()
        .route("/projects", post(create_project))
        .route("/projects/{project}", get(show_project))
        .route("/projects/{project}/tokens", post(issue_token))
        .route("/projects/{project}/tokens/{token}/revoke", post(revoke_token))
        .route_layer(middleware::from_fn_with_state(served, visit::admit));
    Router::new()
        .route("/", get(front))
        .route("/page.css", get(style))
        .route("/sandbox/{license}/_sudo", get(sandbox))
        .merge(inside)
        .layer(map_response(harden))
}

/// No scripts, no frames, nothing cached. The referrer stays within the site rather than being left out,
/// because a browser that sends none sends no `Origin` with a form either.
async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

#[derive(Deserialize)]
struct Entry {
    ticket: Option<String>,
}

/// The list of projects; or, with a ticket, the way in to it.
async fn front(
    State(served): State<Served>,
    Query(entry): Query<Entry>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    // A desktop that first asks with HEAD what an address leads to must not use the ticket up.
    match entry.ticket.filter(|_| method == Method::GET) {
        Some(ticket) => visit::enter(&served, &headers, ticket).await,
        None => match visit::is_inside(&served, &headers).await {
            Ok(true) => projects(&served, None).await,
            Ok(false) => visit::turn_away(visit::OPEN_FROM_LICET),
            Err(error) => failed(&error),
        },
    }
}

async fn projects(served: &Served, refused: Option<(&str, &Refusal)>) -> Response {
    let shown = served.run(|portal| {
        let (storage, accounts) = (portal.storage(), portal.storage().accounts()?);
        Ok((
            storage.projects()?,
            accounts.into_iter().map(|account| account.slug).collect(),
            storage.instance_names()?,
        ))
    });
    match shown.await {
        Ok((projects, accounts, instances)) => {
            let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            html(status, views::front(&projects, &views::Others { accounts, instances }, refused))
        }
        Err(error) => failed(&error),
    }
}

#[derive(Deserialize)]
struct NewProject {
    name: String,
}

async fn create_project(State(served): State<Served>, Form(new): Form<NewProject>) -> Response {
    let name = new.name.clone();
    match served.run(move |portal| portal.project_named(&name)).await {
        Ok(project) => Redirect::to(&address_of(&project)).into_response(),
        Err(Error::Refused(refusal)) => projects(&served, Some((&new.name, &refusal))).await,
        Err(error) => failed(&error),
    }
}

async fn show_project(State(served): State<Served>, Path(uid): Path<String>) -> Response {
    let shown = served.run(move |portal| {
        let Some(project) = portal.storage().project(&uid)? else { return Ok(None) };
        let tokens = portal.storage().tokens(&project)?;
        Ok(Some((project, tokens, None)))
    });
    project_page(&served, shown.await)
}

async fn issue_token(State(served): State<Served>, Path(uid): Path<String>) -> Response {
    let issued = served.run(move |portal| {
        let Some(project) = portal.storage().project(&uid)? else { return Ok(None) };
        let token = portal.issue_token_for(&project)?;
        let tokens = portal.storage().tokens(&project)?;
        Ok(Some((project, tokens, Some(token))))
    });
    project_page(&served, issued.await)
}

async fn revoke_token(State(served): State<Served>, Path((uid, token)): Path<(String, i64)>) -> Response {
    let revoked = served.run(move |portal| revoke(portal, &uid, token));
    match revoked.await {
        Ok(Some(project)) => Redirect::to(&address_of(&project)).into_response(),
        Ok(None) => not_found(),
        Err(error) => failed(&error),
    }
}

fn revoke(portal: &Portal, uid: &str, token: i64) -> Result<Option<Project>> {
    let Some(project) = portal.storage().project(uid)? else { return Ok(None) };
    let known = portal.storage().revoke_token(&project, token, now())?;
    Ok(known.then_some(project))
}

#[derive(Deserialize)]
struct BoxEntry {
    token: Option<String>,
}

/// Where a sandbox's address leads: this portal issues sandbox licenses, and runs no instances.
async fn sandbox(
    State(served): State<Served>,
    Path(uid): Path<String>,
    Query(entry): Query<BoxEntry>,
) -> Response {
    let token = entry.token.unwrap_or_default();
    match served.run(move |portal| portal.opens_box(&uid, &token)).await {
        Ok(true) => html(StatusCode::OK, views::sandbox()),
        Ok(false) => not_found(),
        Err(error) => failed(&error),
    }
}

type Shown = Option<(Project, Vec<TokenRow>, Option<Token>)>;

fn project_page(served: &Served, shown: Result<Shown>) -> Response {
    match shown {
        Ok(Some((project, tokens, new))) => {
            html(StatusCode::OK, views::project(&project, &tokens, new.as_ref(), &served.base))
        }
        Ok(None) => not_found(),
        Err(error) => failed(&error),
    }
}

fn address_of(project: &Project) -> String {
    format!("/projects/{}", project.uid)
}

fn not_found() -> Response {
    html(StatusCode::NOT_FOUND, views::words("Not found", "There is nothing at this address."))
}

fn failed(error: &Error) -> Response {
    tracing::error!(%error, "a page failed");
    html(StatusCode::INTERNAL_SERVER_ERROR, views::words("The portal failed", &error.to_string()))
}

fn html(status: StatusCode, markup: Markup) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response()
}
