//! What happened, for the activity page: every create, delete, reveal, copy, export, import and connect, and what changed of an account.

use crate::context::{AppError, Context, ErrorReport};
use license::LicenseId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vault::{Activity, IntentVerb, LibraryError, RecordedActivity};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// An account was connected.
    Connected,
    /// An account's login was replaced by another.
    Renewed,
    /// An account was given another name.
    Renamed,
    /// An account's settings were changed.
    Edited,
    /// An account was removed.
    Disconnected,
    /// An account's session was ended.
    SignedOut,
    /// A license was created.
    Created,
    /// A license was deleted at its vendor.
    Deleted,
    /// A key was brought in.
    Imported,
    /// An imported key was taken out of the library.
    Removed,
    /// A key was shown.
    Revealed,
    /// A key was copied.
    Copied,
    /// A license file was written.
    Exported,
    /// A license took another one's place.
    Replaced,
    /// A license file that had drifted was written again.
    Repaired,
    /// A machine's seat was taken from it.
    Released,
    /// A certificate was checked out.
    CheckedOut,
    /// A container client was logged in to a package registry.
    RegistryLogin,
    /// An instance was given a token.
    Applied,
    /// An instance was told to ask its issuer for a new token.
    TokenRenewed,
    /// An instance's token was taken from it.
    TokenRemoved,
    /// An instance was given the token that it had before.
    TokenRestored,
    /// A key was marked as leaked.
    Leaked,
    /// The mark on a key was taken back: it had not leaked.
    LeakTakenBack,
    /// A leaked key was forgotten, since its successor was there.
    KeyRemoved,
    /// A backup of a license file was restored.
    BackupRestored,
    /// A backup of a license file was removed.
    BackupRemoved,
}

impl Verb {
    /// What an intent does.
    pub(crate) const fn of(intent: IntentVerb) -> Self {
        match intent {
            IntentVerb::Create => Self::Created,
            IntentVerb::Delete => Self::Deleted,
        }
    }

    /// The one spelling.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Renewed => "renewed",
            Self::Renamed => "renamed",
            Self::Edited => "edited",
            Self::Disconnected => "disconnected",
            Self::SignedOut => "signed-out",
            Self::Created => "created",
            Self::Deleted => "deleted",
            Self::Imported => "imported",
            Self::Removed => "removed",
            Self::Revealed => "revealed",
            Self::Copied => "copied",
            Self::Exported => "exported",
            Self::Replaced => "replaced",
            Self::Repaired => "repaired",
            Self::Released => "released",
            Self::CheckedOut => "checked-out",
            Self::RegistryLogin => "registry-login",
            Self::Applied => "applied",
            Self::TokenRenewed => "token-renewed",
            Self::TokenRemoved => "token-removed",
            Self::Leaked => "leaked",
            Self::LeakTakenBack => "leak-taken-back",
            Self::KeyRemoved => "key-removed",
            Self::BackupRestored => "backup-restored",
            Self::BackupRemoved => "backup-removed",
            Self::TokenRestored => "token-restored",
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was done, with something worth knowing, such as a path.
    With(String),
    /// It was refused or failed.
    Failed(String),
    /// It was sent, and no answer came.
    Unknown(String),
}

/// What came of something, as a code with arguments that the window and the command line word themselves. It is recorded in place of
/// a plain detail, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// A stable code: that of an error, or what an instance reports.
    pub code: String,
    /// Arguments as text. Never a secret.
    pub args: BTreeMap<String, String>,
    /// The vendor's own words, redacted.
    pub words: Option<String>,
}

impl Report {
    /// Returns the report that was recorded with an activity; other details are plain text.
    pub fn of(activity: &Activity) -> Option<Self> {
        serde_json::from_str(activity.detail.as_deref()?).ok()
    }

    /// Returns the detail that is recorded.
    pub(crate) fn to_detail(&self) -> String {
        #[expect(clippy::expect_used, reason = "a struct of texts becomes JSON")]
        serde_json::to_string(self).expect("texts become JSON")
    }
}

impl From<ErrorReport> for Report {
    fn from(ErrorReport { code, args, detail }: ErrorReport) -> Self {
        Self { code, args, words: detail }
    }
}

impl Context {
    /// What happened last, newest first; `before` pages on from an id.
    pub async fn activity(&self, before: Option<i64>, limit: u32) -> Result<Vec<RecordedActivity>, AppError> {
        self.off_thread(move |vault| Ok(vault.library().recent_activity(before, limit)?)).await
    }

    /// Writes down what happened.
    pub(crate) async fn note(
        &self,
        verb: Verb,
        account: Option<&str>,
        license: Option<LicenseId>,
        label: &str,
        outcome: Outcome,
    ) -> Result<(), AppError> {
        // Nothing that needs the library to be changed comes this far.
        if self.is_read_only() {
            return Ok(());
        }
        let (word, detail) = match outcome {
            Outcome::Done => ("done", None),
            Outcome::With(detail) => ("done", Some(detail)),
            Outcome::Failed(detail) => ("failed", Some(detail)),
            Outcome::Unknown(detail) => ("unknown", Some(detail)),
        };
        let activity = Activity {
            at: self.clock.now(),
            verb: verb.word().to_owned(),
            account: account.map(str::to_owned),
            license,
            label: Some(label.to_owned()),
            outcome: word.to_owned(),
            detail,
        };
        let recorded = self.off_thread(move |vault| Ok(vault.library().record(&activity).map(drop)?)).await;
        match recorded {
            // A key can be read on a full disk.
            Err(AppError::Library(LibraryError::DiskFull))
                if matches!(verb, Verb::Revealed | Verb::Copied) =>
            {
                Ok(())
            }
            recorded => recorded,
        }
    }
}
