//! Follows the redirects of an address without a login.

use super::{Effect, Http, bounds, exchange::redirection};
use reqwest::Response;
use url::Url;

impl Http {
    /// Follows redirects without a login and returns the last address, or the first one that `is_meant` rejects, which is not
    /// requested. Returns nothing where the address itself does not respond. A redirect from https:// to http:// is not followed.
    pub(crate) async fn redirects(&self, address: &Url, is_meant: impl Fn(&Url) -> bool) -> Option<Url> {
        let mut at = address.clone();
        for nth in 0..bounds::REDIRECTIONS {
            let response = match self.request_without_login(&at).await {
                Some(response) => response,
                None if nth == 0 => return None,
                None => return Some(at),
            };
            match redirection(&response, &at).filter(|to| matches!(to.scheme(), "http" | "https")) {
                Some(to) if (at.scheme(), to.scheme()) == ("https", "http") => return Some(at),
                Some(to) if is_meant(&to) => at = to,
                Some(to) => return Some(to),
                None => return Some(at),
            }
        }
        Some(at)
    }

    async fn request_without_login(&self, address: &Url) -> Option<Response> {
        let ask = self
            .client(address, Effect::Reads)
            .ok()?
            .get(address.clone())
            .timeout(self.shared.patience.whole);
        ask.send().await.ok()
    }
}
