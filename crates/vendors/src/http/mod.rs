//! The one way out: requests with bounds on time and size, and a typed error for every failure.
//!
//! An address on this computer is asked directly; any other goes through the proxy that the environment names
//! (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`), and through none where it names none.

pub(crate) mod bounds;
mod exchange;
mod failure;
mod instead;
mod proxy;
mod redirects;
pub(crate) mod refused;
mod retry_after;
mod tls;

pub(crate) use instead::page;
pub(crate) use retry_after::date;

use crate::{ConnectError, Detail, SecretSigns, VendorError, Why, redact::Redactor};
use license::host;
use reqwest::{
    Client, Method,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use rustls::{ClientConfig, pki_types::CertificateDer};
use std::{
    sync::{Arc, OnceLock},
    time::{Duration, SystemTime},
};
use url::Url;

/// Sent with every request.
const USER_AGENT: &str = concat!("licet/", env!("CARGO_PKG_VERSION"));

/// How long is waited. The defaults suit people; tests are less patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until the answer is complete. Of a listing in one answer: until the next part of it.
    pub whole: Duration,
    /// Until a listing is complete, all of its answers together.
    pub listing: Duration,
    /// Before a read is tried again; doubled each time, with jitter.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            whole: Duration::from_secs(30),
            listing: bounds::LISTING_TIME,
            pause: Duration::from_millis(150),
        }
    }
}

/// The web client that all accounts share: cheap to make and to clone, and nothing is set up before the first
/// request, since reading the system's certificates takes longer than opening the window's list.
#[derive(Debug, Clone)]
pub struct Http {
    shared: Arc<Shared>,
    /// The same for every client that was made from one.
    refused: Arc<refused::Refused>,
    /// How the secrets look that are taken out of a vendor's words.
    signs: SecretSigns,
}

/// A client that masks the secrets which look the same at every vendor. [`Registry::connect`](crate::Registry::connect) makes one of
/// it that masks every vendor's.
impl Default for Http {
    fn default() -> Self {
        Self { shared: Arc::default(), refused: Arc::default(), signs: SecretSigns::common() }
    }
}

#[derive(Debug, Default)]
struct Shared {
    patience: Patience,
    /// Authorities and servers that are trusted besides the system's authorities.
    trusted: Vec<CertificateDer<'static>>,
    /// What all clients encrypt with: it holds the authorities, which take long to read.
    tls: OnceLock<ClientConfig>,
    /// For addresses on this computer.
    near: Clients,
    /// For all others.
    far: Clients,
}

/// A change is sent on a connection of its own: a server may close one that was kept open just as the change is sent on it, and
/// the outcome would be unknown.
#[derive(Debug, Default)]
struct Clients {
    reading: OnceLock<Client>,
    changing: OnceLock<Client>,
}

/// One request.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    /// `GET`, `POST`, ….
    pub method: Method,
    /// Where to.
    pub url: &'a Url,
    /// Further headers; what proves whose account it is has to be marked as sensitive.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// What is sent.
    pub body: Option<Body>,
    /// The media types that are understood.
    pub accept: &'static str,
    /// The most that is read of a good answer.
    pub cap: u64,
    /// Whether anything is different afterwards.
    pub effect: Effect,
    /// How long the answer may take.
    pub pace: Pace,
}

impl<'a> Ask<'a> {
    /// Reads a JSON document that needs no login.
    pub(crate) fn json(url: &'a Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: Vec::new(),
            body: None,
            accept: "application/json",
            cap: bounds::ANSWER,
            effect: Effect::Reads,
            pace: Pace::Whole,
        }
    }
}

/// How long an answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// It has to be complete within [`Patience::whole`].
    Whole,
    /// It may take longer, as long as its next part arrives within [`Patience::whole`]. The caller bounds its whole time.
    Parts,
}

/// What a request sends.
#[derive(Clone)]
pub(crate) struct Body {
    /// Its media type.
    pub content_type: &'static str,
    /// The bytes, which may hold a login.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Body({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

/// Whether a request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It only looks.
    Reads,
    /// It creates or deletes, so it is sent at most once.
    Changes,
    /// It changes nothing that has to be settled, and is sent at most once all the same: a login, which counts.
    Once,
}

impl Effect {
    /// What a failure means once the request was on its way.
    pub(crate) fn after_sending(self, cause: VendorError) -> VendorError {
        match self {
            Self::Reads | Self::Once => cause,
            Self::Changes => VendorError::OutcomeUnknown { cause: Box::new(cause), is_over: false },
        }
    }

    /// What a refusal means. A server that failed may have made the change first, and a redirection says nothing of it; any other
    /// refusal is a clear no.
    pub(crate) fn after_refusal(self, answer: &Answer, cause: VendorError) -> VendorError {
        match self {
            Self::Changes if !answer.is_a_clear_no() => {
                let is_over = answer.status >= 500 && !answer.is_from_in_between();
                VendorError::OutcomeUnknown { cause: Box::new(cause), is_over }
            }
            Self::Reads | Self::Once | Self::Changes => cause,
        }
    }
}

/// A complete answer; of a refusal at least the status and the beginning of the body.
#[derive(Clone)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type, in lower case and without parameters.
    pub content_type: Option<String>,
    /// Every header.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// Whether more came than was read.
    pub cut: bool,
}

impl Answer {
    /// How long the vendor asks to wait.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        retry_after::read(&self.headers, SystemTime::now())
    }

    /// Whether the status says that it was done.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the status says that nothing was done. 408 does not: some servers send it while they still work on a request.
    fn is_a_clear_no(&self) -> bool {
        (400..500).contains(&self.status) && self.status != 408
    }

    /// Whether the status is that of something in between that had no answer from the vendor, whatever its words.
    pub(crate) fn is_from_in_between(&self) -> bool {
        matches!(self.status, 502..=504 | 511)
    }
}

impl Http {
    /// A client with a patience of its own.
    pub fn with_patience(patience: Patience) -> Self {
        Self { shared: Arc::new(Shared { patience, ..Shared::default() }), ..Self::default() }
    }

    /// A client that also trusts the certificates of a PEM text: authorities, or those of servers themselves.
    pub fn trusting(&self, pem: &str) -> Result<Self, ConnectError> {
        let trusted = tls::certificates(pem).ok_or(ConnectError::NotACertificate { field: "ca-file" })?;
        let patience = self.shared.patience;
        let shared = Arc::new(Shared { patience, trusted, ..Shared::default() });
        Ok(Self { shared, ..self.clone() })
    }

    /// Returns this client with the signs of the secrets to mask.
    pub(crate) fn masking(&self, signs: SecretSigns) -> Self {
        Self { signs, ..self.clone() }
    }

    /// The signs of the secrets that this client masks.
    pub(crate) fn signs(&self) -> &SecretSigns {
        &self.signs
    }

    /// Returns a redactor for these secrets and for whatever matches this client's signs.
    pub(crate) fn redactor<'a>(&self, sent: impl IntoIterator<Item = &'a str>) -> Redactor<'a> {
        Redactor::knowing(&self.signs, sent)
    }

    /// Returns a vendor's words without the secrets that were sent and without whatever matches this client's signs.
    pub fn words(&self, words: &str, sent: &[&str]) -> Detail {
        self.redactor(sent.iter().copied()).clean(words, false)
    }

    /// How long is waited.
    pub(crate) fn patience(&self) -> Patience {
        self.shared.patience
    }

    /// Sends a request and reads its answer. A read is tried again where that may help, a change only where nothing was sent: nothing
    /// listened on this computer, such as while the local portal moves from one process to another.
    pub(crate) async fn ask(&self, ask: &Ask<'_>) -> Result<Answer, VendorError> {
        for nth in 0..bounds::MORE_TRIES {
            let outcome = self.exchange(ask).await;
            let pause = self.shared.patience.pause * 2_u32.pow(nth);
            let pause = match ask.effect {
                Effect::Reads => pause_before_next(&outcome, pause),
                Effect::Changes | Effect::Once => was_refused(&outcome, ask.url).then(|| with_jitter(pause)),
            };
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return outcome,
            }
        }
        self.exchange(ask).await
    }

    /// The settings of encrypted connections, made once.
    fn tls(&self) -> Result<&ClientConfig, rustls::Error> {
        match self.shared.tls.get() {
            Some(made) => Ok(made),
            None => {
                let made = tls::config(&self.shared.trusted)?;
                Ok(self.shared.tls.get_or_init(|| made))
            }
        }
    }

    /// The client for requests with an effect to an address.
    fn client(&self, url: &Url, effect: Effect) -> Result<&Client, VendorError> {
        let near = host::is_on_this_computer(url);
        let clients = if near { &self.shared.near } else { &self.shared.far };
        let place = match effect {
            Effect::Reads => &clients.reading,
            Effect::Changes | Effect::Once => &clients.changing,
        };
        if let Some(client) = place.get() {
            return Ok(client);
        }
        let tls = self
            .tls()
            .map_err(|_| VendorError::Unreachable { host: host::with_port(url).to_owned(), why: Why::Tls })?
            .clone();
        let mut builder = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(self.shared.patience.connect)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .tls_backend_preconfigured(tls)
            .tcp_nodelay(true);
        if near {
            builder = builder.no_proxy();
        }
        if effect != Effect::Reads {
            builder = builder.pool_max_idle_per_host(0);
        }
        let built = builder.build().map_err(|error| failure::not_sent(url, &error))?;
        Ok(place.get_or_init(|| built))
    }
}

/// Whether nothing answers at an address on this computer, so that nothing was sent.
fn was_refused(outcome: &Result<Answer, VendorError>, url: &Url) -> bool {
    host::is_on_this_computer(url)
        && matches!(outcome, Err(VendorError::Unreachable { why: Why::Refused, .. }))
}

/// How long to wait before a read is tried again; nothing where trying again would not help.
fn pause_before_next(outcome: &Result<Answer, VendorError>, pause: Duration) -> Option<Duration> {
    match outcome {
        Ok(answer) if answer.is_from_in_between() => match answer.retry_after() {
            Some(asked) => (asked <= bounds::LONGEST_UNSEEN_WAIT).then_some(asked.max(pause)),
            None => Some(with_jitter(pause)),
        },
        Err(VendorError::Unreachable { why, .. } | VendorError::ProxyUnreachable { why, .. })
            if why.may_pass() =>
        {
            Some(with_jitter(pause))
        }
        Err(VendorError::Interrupted { .. }) => Some(with_jitter(pause)),
        Ok(_) | Err(_) => None,
    }
}

/// Between one and two times the pause, so that many clients do not come back at one instant.
fn with_jitter(pause: Duration) -> Duration {
    let share = getrandom::u32().unwrap_or_default();
    pause + pause.mul_f64(f64::from(share) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authorities_are_read_once_for_all_clients() {
        let http = Http::default();
        for address in ["https://localhost", "https://portal.example"] {
            for effect in [Effect::Reads, Effect::Changes] {
                let before = http.shared.tls.get().map(ClientConfig::crypto_provider).cloned();
                http.client(&address.parse().unwrap(), effect).unwrap();
                let after = http.shared.tls.get().unwrap().crypto_provider();
                assert!(before.is_none_or(|before| Arc::ptr_eq(&before, after)), "{address} {effect:?}");
            }
        }
    }
}
