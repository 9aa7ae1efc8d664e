//! Where an address leads, asked without a login.

use super::{Http, bounds, exchange::redirection};
use reqwest::Response;
use url::Url;

impl Http {
    /// Follows an address as far as it leads within what is meant: to the place that answers, or to the first that is not meant,
    /// which is not asked. Nothing where the address itself does not answer. Encryption, once there, is not given up.
    pub(crate) async fn leads_to(&self, address: &Url, is_meant: impl Fn(&Url) -> bool) -> Option<Url> {
        let mut at = address.clone();
        for nth in 0..bounds::REDIRECTIONS {
            let response = match self.ask_where(&at).await {
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

    async fn ask_where(&self, address: &Url) -> Option<Response> {
        let ask = self.client(address).ok()?.get(address.clone()).timeout(self.shared.patience.whole);
        ask.send().await.ok()
    }
}
