//! Logins that were refused: the same one is not sent again for a while, since vendors lock accounts after a few.

use super::Http;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use url::Url;

/// How long a refused login is not sent again.
const PAUSE: Duration = Duration::from_secs(5 * 60);

/// The digests of what was refused, and when.
#[derive(Debug, Default)]
pub(super) struct Refused(Mutex<HashMap<[u8; 32], Instant>>);

impl Http {
    /// How long until a login may be sent again; nothing where it was not refused of late.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "who logs in with a password comes with the first such vendor")
    )]
    pub(crate) fn was_refused(&self, digest: &[u8; 32]) -> Option<Duration> {
        let mut refused = self.refused.0.lock().unwrap_or_else(PoisonError::into_inner);
        refused.retain(|_, at| at.elapsed() < PAUSE);
        refused.get(digest).map(|at| PAUSE.saturating_sub(at.elapsed()))
    }

    /// Remembers that a login was refused.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "who logs in with a password comes with the first such vendor")
    )]
    pub(crate) fn note_refused(&self, digest: [u8; 32]) {
        let mut refused = self.refused.0.lock().unwrap_or_else(PoisonError::into_inner);
        refused.insert(digest, Instant::now());
    }
}

/// What a login is remembered by: SHA-256 of its host, its user and its password, each with its length before it.
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "who logs in with a password comes with the first such vendor")
)]
pub(crate) fn digest(at: &Url, user: &str, password: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [at.origin().ascii_serialization().as_str(), user, password] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_login_is_known_again_whichever_authorities_are_trusted() {
        let http = Http::default();
        let at = "https://grafana.example/sub".parse().unwrap();
        let login = digest(&at, "admin", "wrong");
        assert_eq!(http.was_refused(&login), None);
        http.note_refused(login);
        assert!(http.clone().was_refused(&login).is_some_and(|wait| wait <= PAUSE));
        assert_eq!(http.was_refused(&digest(&at, "admin", "right")), None);
        assert_eq!(http.was_refused(&digest(&at, "adminw", "rong")), None, "parts do not run together");
    }
}
