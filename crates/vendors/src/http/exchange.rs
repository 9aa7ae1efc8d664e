//! One request and its answer: redirections within one origin, bounds on the body, status before body.

use super::{Answer, Ask, Effect, Http, Pace, bounds, failure, proxy};
use crate::{Instead, VendorError, Why};
use license::host;
use reqwest::{
    Method, Response, StatusCode,
    header::{self, HeaderMap},
};
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

impl Http {
    /// Sends a request once, and follows redirections within its origin where that cannot repeat a change.
    pub(super) async fn exchange(&self, ask: &Ask<'_>) -> Result<Answer, VendorError> {
        let mut url = ask.url.clone();
        for _ in 0..bounds::REDIRECTIONS {
            let response = self.send(ask, &url).await?;
            if response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED
                && let Some(proxy) = proxy::of(&url)
            {
                return Err(VendorError::ProxyUnreachable { proxy, why: Why::ProxyLogin });
            }
            match redirection(&response, &url) {
                None => return read(response, ask, &url, self.shared.patience.whole).await,
                Some(to) if may_follow(&url, &to, ask, response.status().as_u16()) => url = to,
                Some(to) => return Err(ask.effect.after_sending(self.redirected(&to))),
            }
        }
        Err(ask.effect.after_sending(self.redirected(&url)))
    }

    fn redirected(&self, to: &Url) -> VendorError {
        let place = format!("{}{}", to.origin().ascii_serialization(), to.path());
        let to = self.words(&place, &[]).as_str().to_owned();
        VendorError::NotAPortal { what: Instead::Redirected { to } }
    }

    async fn send(&self, ask: &Ask<'_>, url: &Url) -> Result<Response, VendorError> {
        let whole = self.shared.patience.whole;
        let mut request = self
            .client(url, ask.effect)?
            .request(ask.method.clone(), url.clone())
            .header(header::ACCEPT, ask.accept);
        if ask.pace == Pace::Whole {
            request = request.timeout(whole);
        }
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        if let Some(body) = &ask.body {
            request = request.header(header::CONTENT_TYPE, body.content_type).body(body.bytes.clone());
        }
        let sent = part(ask, url, whole, request.send()).await?;
        sent.map_err(|error| failure::classify(url, &error, ask.effect, whole))
    }
}

/// Waits for the next part of an answer: its head, or more of its body. Where the whole answer has a time limit, the client itself
/// watches that.
async fn part<T>(
    ask: &Ask<'_>,
    url: &Url,
    longest: Duration,
    next: impl Future<Output = T>,
) -> Result<T, VendorError> {
    match ask.pace {
        Pace::Whole => Ok(next.await),
        Pace::Parts => timeout(longest, next).await.map_err(|_| {
            ask.effect.after_sending(VendorError::TimedOut {
                host: host::with_port(url).to_owned(),
                after: longest,
            })
        }),
    }
}

/// Where an answer sends the client on to.
pub(super) fn redirection(response: &Response, from: &Url) -> Option<Url> {
    let is_one = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(header::LOCATION).filter(|_| is_one)?;
    let mut to = from.join(location.to_str().ok()?).ok()?;
    // A login that a redirection names is not this account's: the client would send it, and the account would keep it.
    // Only an address without a host, and so without a login, refuses this.
    let _has_none = to.set_username("").and_then(|()| to.set_password(None));
    Some(to)
}

/// Whether the same request is sent to the place that a redirection names: only within its origin, and only where it is a GET or
/// changes nothing. A login that was neither accepted nor refused yet may follow too: a redirection is not a
/// refusal.
fn may_follow(from: &Url, to: &Url, ask: &Ask<'_>, status: u16) -> bool {
    let is_get = ask.method == Method::GET && ask.effect != Effect::Changes;
    let is_read_again = ask.effect == Effect::Reads && matches!(status, 307 | 308);
    from.origin() == to.origin() && (is_get || is_read_again)
}

async fn read(
    mut response: Response,
    ask: &Ask<'_>,
    url: &Url,
    longest: Duration,
) -> Result<Answer, VendorError> {
    let mut answer = Answer {
        status: response.status().as_u16(),
        content_type: media_type(response.headers()),
        headers: response.headers().clone(),
        body: Vec::new(),
        cut: false,
    };
    if !answer.is_success() {
        let in_time = timeout(longest, read_refusal(&mut response, &mut answer)).await;
        answer.cut |= in_time.is_err();
        return Ok(answer);
    }
    let too_large = || ask.effect.after_sending(VendorError::TooLarge { limit: ask.cap });
    let announced = response.content_length().unwrap_or_default();
    if announced > ask.cap {
        return Err(too_large());
    }
    answer.body.reserve_exact(usize::try_from(announced.min(bounds::SET_ASIDE)).unwrap_or_default());
    loop {
        match part(ask, url, longest, response.chunk()).await? {
            Ok(None) => return Ok(answer),
            Ok(Some(chunk)) if (answer.body.len() + chunk.len()) as u64 > ask.cap => return Err(too_large()),
            Ok(Some(chunk)) => answer.body.extend_from_slice(&chunk),
            Err(error) => return Err(failure::classify(url, &error, ask.effect, longest)),
        }
    }
}

/// Reads what there is of a refusal's words: its status has said already what became of the request, so a body
/// that breaks off is not another failure.
async fn read_refusal(response: &mut Response, answer: &mut Answer) {
    loop {
        match response.chunk().await {
            Ok(None) => return,
            Ok(Some(chunk)) => {
                let room = bounds::REFUSAL.saturating_sub(answer.body.len() as u64);
                let room = usize::try_from(room).unwrap_or_default();
                answer.body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    answer.cut = true;
                    return;
                }
            }
            Err(_) => {
                answer.cut = true;
                return;
            }
        }
    }
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let full = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let kind = full.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    (!kind.is_empty()).then_some(kind)
}
