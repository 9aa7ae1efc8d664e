//! Signing answers: each is bound to the request that it answers, whatever it says.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use sha2::{Digest as _, Sha256};

use super::Served;
use super::problem::Problem;
use crate::signing::Signer;

const DATES: DateTimePrinter = DateTimePrinter::new();
const JSON_API: &str = "application/vnd.api+json";

/// The address as it was asked for; nested routes see a part of it.
#[derive(Clone)]
pub(super) struct Whole(pub Uri);

/// Signs every answer under `/v1`, and gives those a document that come without one.
pub(in crate::http) async fn sign(
    State(served): State<Served>,
    mut request: Request,
    next: Next,
) -> Response {
    let uri = request.uri().clone();
    if uri.path() != "/v1" && !uri.path().starts_with("/v1/") {
        return next.run(request).await;
    }
    let method = request.method().clone();
    let host = request.headers().get(header::HOST).cloned();
    request.extensions_mut().insert(Whole(uri.clone()));
    let (mut parts, body) = documented(next.run(request).await).await.into_parts();
    // Every answer is made of bytes that are there already.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let asked = Asked { method, uri, host };
    write(&mut parts.headers, parts.status, &asked, &body, served.portal.signer());
    Response::from_parts(parts, Body::from(body))
}

/// The request that is answered, as far as it is signed.
struct Asked {
    method: Method,
    uri: Uri,
    host: Option<HeaderValue>,
}

/// Whatever refuses before a call is read (another method, too large a body) says so in plain text or not at all.
async fn documented(response: Response) -> Response {
    let (status, headers) = (response.status(), response.headers());
    let json =
        headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/"));
    if json || status.is_success() {
        return response;
    }
    let kept = [header::ALLOW, header::CONNECTION]
        .map(|name| headers.get(&name).cloned().map(|value| (name, value)));
    let text = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
    let words = match text.is_empty() {
        true => status.canonical_reason().unwrap_or("The call was refused").to_owned(),
        false => String::from_utf8_lossy(&text).into_owned(),
    };
    let mut response = Problem::of_status(status, words).into_response();
    response.headers_mut().extend(kept.into_iter().flatten());
    response
}

#[expect(clippy::expect_used, reason = "base64 and dates are visible ASCII, and this year has four digits")]
fn write(headers: &mut HeaderMap, status: StatusCode, asked: &Asked, body: &Bytes, signer: &Signer) {
    let date = DATES.timestamp_to_rfc9110_string(&Timestamp::now()).expect("a year of four digits");
    let digest = format!("sha-256={}", STANDARD.encode(Sha256::digest(body)));
    let target = asked.uri.path_and_query().map_or("/", |target| target.as_str());
    let host = asked.host.as_ref().and_then(|host| host.to_str().ok()).unwrap_or_default();
    let method = asked.method.as_str().to_lowercase();
    let signed = format!("(request-target): {method} {target}\nhost: {host}\ndate: {date}\ndigest: {digest}");
    let signature = format!(
        r#"keyid="{}", algorithm="ed25519", signature="{}", headers="(request-target) host date digest""#,
        signer.kid(),
        STANDARD.encode(signer.signature(signed.as_bytes())),
    );
    let plain =
        headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if status == StatusCode::NO_CONTENT {
        headers.remove(header::CONTENT_TYPE);
    } else if !plain {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON_API));
    }
    headers.insert(HeaderName::from_static("keygen-version"), HeaderValue::from_static("1.8"));
    // Clients in the wild read the pairs with the vendor's name; proxies may change those without.
    for (name, value) in [
        ("date", &date),
        ("keygen-date", &date),
        ("digest", &digest),
        ("keygen-digest", &digest),
        ("keygen-signature", &signature),
    ] {
        // Invariant: dates, base64 and key ids are visible ASCII.
        let value = HeaderValue::from_str(value).expect("visible ASCII");
        headers.insert(HeaderName::from_static(name), value);
    }
}
