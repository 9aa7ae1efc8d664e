//! The data key and the secrets that are kept in memory.

use crate::library::{SecretKind, SecretOwner};
use crate::seal::{DataKey, KeptBy};
use std::collections::HashMap;
use zeroize::Zeroizing;

/// Secrets that live no longer than this process.
pub(crate) type SessionSecrets = HashMap<(SecretOwner, SecretKind), SessionSecret>;

/// A secret that is kept in memory.
pub(crate) struct SessionSecret {
    pub(in crate::library) secret: Zeroizing<String>,
    /// Where it belongs, as for a sealed one.
    pub(in crate::library) place: String,
}

/// What is in memory of the library's secrets.
pub(crate) enum Held {
    /// Nothing: what is sealed stays sealed.
    Nothing,
    /// The key that the library's secrets are sealed with.
    Key(DataKey, KeptBy),
    /// The secrets themselves, on the user's word that nothing secret is kept beyond this session.
    Session(SessionSecrets),
}
