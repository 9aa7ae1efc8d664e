use std::io;
use std::path::PathBuf;

use crate::order::Refusal;

/// What can go wrong, told apart by what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data folder cannot be made, read or written: choose another, or mend its permissions.
    #[error("cannot use the data folder {path}: {source}")]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system reported.
        source: io::Error,
    },
    /// The data folder, or a folder on the way to it, is a file: choose another.
    #[error("{path} is a file, not a folder")]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// The data folder was written by a newer program: update this one.
    #[error(
        "{path} was written by a newer version of the portal (its schema is {found}, this version knows {known})"
    )]
    Newer {
        /// The folder or file.
        path: PathBuf,
        /// The version of its schema.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The signing key's file does not hold a key: restore it from a backup.
    #[error("{path} does not hold a signing key; restore it from a backup")]
    DamagedKey {
        /// The folder or file.
        path: PathBuf,
    },
    /// SQLite refused.
    #[error("cannot read or write the portal's storage: {0}")]
    Storage(#[from] rusqlite::Error),
    /// The address cannot be listened on: choose another.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Host and port.
        address: String,
        /// What the system reported.
        source: io::Error,
    },
    /// Another program has the port that the embedded portal keeps: end that program.
    #[error("port {port}, which the local portal keeps on this computer, is taken by another program")]
    PortTaken {
        /// The port.
        port: u16,
    },
    /// The process that holds the portal's lock does not answer: end it, or try again.
    #[error("the local portal is held by another process that does not answer")]
    NoAnswer,
    /// What was asked for is not something the portal issues.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A name that is taken: choose another.
    #[error("there is a {what} named {name} already")]
    Taken {
        /// What is named: a license, a user, …
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A name that nothing bears: add it first.
    #[error("there is no {what} named {name}")]
    Unknown {
        /// What is named: a license, a user, …
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A name that cannot stand in an address: choose letters, digits, dots, dashes and underscores.
    #[error("the name of a {what} holds letters, digits, \".\", \"-\" and \"_\" only, 64 at most: {name}")]
    Unfit {
        /// What is named: a license, a user, …
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The license is in use on as many machines as it may be: release one.
    #[error("the license is in use on as many machines as it may be")]
    Full,
    /// Not an e-mail address.
    #[error("not an e-mail address: {0}")]
    Email(String),
    /// A password that cannot be kept.
    #[error("the password cannot be kept: {0}")]
    Password(argon2::password_hash::Error),
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers: {0}")]
    Random(getrandom::Error),
    /// The portal's own task ended before its answer.
    #[error("the portal's work ended before its answer: {0}")]
    Ended(String),
}

/// The portal's result.
pub type Result<T> = std::result::Result<T, Error>;
