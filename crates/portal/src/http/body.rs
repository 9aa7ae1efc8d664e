//! Reads the body of every request before the request is answered, also of those that are refused. The rest
//! of a body that was not read would be taken for the next request on the connection.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use crate::server::{bounds, slots::Slot};

/// Passes a request on when its body is there. Where a body is not read to its end, the answer announces that
/// the connection is closed.
pub(super) async fn receive(Extension(slot): Extension<Arc<Slot>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let received = match timeout(bounds::RECEIVE, Received::read(body)).await {
        Ok(Ok(received)) => received,
        Ok(Err(error)) => {
            return closing((StatusCode::BAD_REQUEST, format!("The body cannot be read: {error}.\n")));
        }
        Err(_) => return closing((StatusCode::REQUEST_TIMEOUT, "The body did not arrive in time.\n")),
    };
    if !slot.begin_work() {
        return closing((StatusCode::SERVICE_UNAVAILABLE, "The portal has too many clients.\n"));
    }
    let response = next.run(Request::from_parts(parts, Body::from(received.kept))).await;
    if received.whole { response } else { closing(response) }
}

/// What was read of a body.
struct Received {
    /// At most one byte more than a body may have: with it, each handler refuses a long body in its own form.
    kept: Vec<u8>,
    whole: bool,
}

impl Received {
    async fn read(mut body: Body) -> Result<Self, axum::Error> {
        let (mut kept, mut length) = (Vec::new(), 0);
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            // The other frames are trailers, which no call has.
            let Ok(data) = frame?.into_data() else { continue };
            let room = bounds::BODY + 1 - kept.len();
            kept.extend_from_slice(&data[..data.len().min(room)]);
            length += data.len();
            if length > bounds::DRAINED_BODY {
                return Ok(Self { kept, whole: false });
            }
        }
        Ok(Self { kept, whole: true })
    }
}

fn closing(response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
