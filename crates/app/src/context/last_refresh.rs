//! How the last refresh of an account ended, as the library keeps it.

use super::{AppError, Context, ErrorReport};
use jiff::Timestamp;
use license::AccountId;
use serde::{Deserialize, Serialize};
use vault::{Account, Refresh};

/// How an account fares.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// What is shown is what the last listing had.
    Ready,
    /// A listing is under way.
    Refreshing {
        /// Licenses taken over so far.
        done: u64,
        /// How many there are, where the vendor tells.
        total: Option<u64>,
    },
    /// The vendor could not be reached; what was known stays.
    Offline(ErrorReport),
    /// The vendor answered, and said no; what was known stays.
    Failed(ErrorReport),
}

/// How the last listing ended, as it is kept with the account.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Last {
    /// When a listing was last complete.
    pub as_of: Option<Timestamp>,
    pub error: Option<ErrorReport>,
    pub offline: bool,
    /// How many entries of the last listing could not be read as licenses.
    pub unreadable: u64,
    /// How many licenses were missing from what the last listing counted, or came more than once.
    pub missing: u64,
}

impl Last {
    /// How the account fares since.
    pub(crate) fn state(self) -> State {
        match self.error {
            None => State::Ready,
            Some(facts) if self.offline => State::Offline(facts),
            Some(facts) => State::Failed(facts),
        }
    }

    /// Whether the last listing was complete, so that what it lacked was not there.
    pub(crate) fn is_complete(&self) -> bool {
        self.error.is_none() && self.unreadable == 0 && self.missing == 0
    }

    /// The code of what went wrong last.
    pub(crate) fn problem(&self) -> Option<&str> {
        self.error.as_ref().map(|facts| facts.code.as_str())
    }

    #[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
    pub(crate) fn written(&self) -> String {
        // Timestamps and texts by text keys: there is nothing that JSON cannot hold.
        serde_json::to_string(self).expect("plain facts become JSON")
    }
}

/// How the last listing of an account ended. What another version of the program wrote down counts as none: the next
/// listing tells anew.
pub(crate) fn last(account: &Account) -> Last {
    let kept = account.refresh_outcome.as_deref().and_then(|text| serde_json::from_str(text).ok());
    kept.unwrap_or_default()
}

impl Context {
    /// Writes down how an account fares now, apart from any listing: what a vendor said to its login, or that there is
    /// another login.
    pub(crate) async fn note_login(
        &self,
        id: AccountId,
        problem: Option<ErrorReport>,
    ) -> Result<(), AppError> {
        let at = self.clock.now();
        self.off_thread(move |vault| {
            let Some(account) = vault.library().account(id)? else { return Ok(()) };
            let last = Last { error: problem, offline: false, ..last(&account) };
            let refresh = Refresh {
                at: account.refreshed.unwrap_or(at),
                outcome: last.written(),
                validator: account.validator,
                subject: None,
                capabilities: None,
            };
            Ok(vault.library().note_refresh(id, &refresh)?)
        })
        .await
    }
}
