//! Who may see the page: a one-time ticket is exchanged for a cookie; forms must come from the page itself.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::{Served, failed, html, views};
use crate::Result;
use crate::portal::now;
use crate::secret::{digest, random_hex};

const SESSION_SECONDS: i64 = 8 * 60 * 60;

pub(super) const OPEN_FROM_LICET: &str = "Open this page from Licet, with \u{201c}Open the local portal\u{201d} \
    below the accounts. If you started licet-portal yourself, open the address that it printed when it started.";
const USED_UP: &str = "This link was opened before, or is older than ten minutes. Open the page from Licet \
    again, or restart licet-portal for a new address.";

/// Exchanges the ticket for a session and leads to the page without the ticket in its address.
pub(super) async fn enter(served: &Served, headers: &HeaderMap, ticket: String) -> Response {
    match exchange(served, ticket).await {
        Ok(Some(session)) => {
            let cookie = format!(
                "{}={session}; Path=/; Max-Age={SESSION_SECONDS}; HttpOnly; SameSite=Strict",
                cookie_name(served)
            );
            ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        Ok(None) => match is_inside(served, headers).await {
            Ok(true) => Redirect::to("/").into_response(),
            Ok(false) => turn_away(USED_UP),
            Err(error) => failed(&error),
        },
        Err(error) => failed(&error),
    }
}

async fn exchange(served: &Served, ticket: String) -> Result<Option<String>> {
    let session = random_hex::<32>()?;
    let hashes = (digest(&ticket), digest(&session));
    let exchanged = served.run(move |portal| {
        let now = now();
        portal.storage().exchange_ticket(&hashes.0, &hashes.1, now + SESSION_SECONDS, now)
    });
    Ok(exchanged.await?.then_some(session))
}

/// Whether the request bears the cookie of a living session.
pub(super) async fn is_inside(served: &Served, headers: &HeaderMap) -> Result<bool> {
    let name = cookie_name(served);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let session = cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(given, value)| (given == name).then(|| digest(value)));
    match session {
        Some(hash) => served.run(move |portal| portal.storage().has_session(&hash, now())).await,
        None => Ok(false),
    }
}

/// Lets a request through that has a session and, where it changes something, comes from the page itself.
pub(super) async fn admit(State(served): State<Served>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if request.method() != Method::GET && !comes_from_here(headers) {
        let words = "The form was not sent from the portal's own page, so nothing was changed.";
        return html(StatusCode::FORBIDDEN, views::words("Not from here", words));
    }
    match is_inside(&served, headers).await {
        Ok(true) => next.run(request).await,
        Ok(false) => turn_away(OPEN_FROM_LICET),
        Err(error) => failed(&error),
    }
}

pub(super) fn turn_away(words: &str) -> Response {
    html(StatusCode::UNAUTHORIZED, views::words("The local portal", words))
}

/// `Origin` names the host that the request is sent to. Browsers send it with every form that is posted.
fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, from)| text(header::HOST) == Some(from))
}

/// Cookies know no ports: the port in the name keeps two portals of one computer apart.
fn cookie_name(served: &Served) -> String {
    format!("licet_portal_{}", served.address.port())
}
