//! What a name or an id can stand for.

use errors_derive::Declared;
use std::fmt;

/// Something that is looked for by a name or an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Declared)]
pub enum Thing {
    /// There is no such account.
    #[declared("account-not-found", kind = NotFound, help = "look at the list of accounts")]
    Account,
    /// There is no such license.
    #[declared("license-not-found", kind = NotFound, help = "look at the list of licenses; refresh the account to fetch new ones")]
    License,
    /// The license is not used by such a machine.
    #[declared("seat-not-found", kind = NotFound, help = "look at the list of machines of the license")]
    Machine,
    /// The license has no such package.
    #[declared("package-not-found", kind = NotFound, help = "look at the list of packages of the license")]
    Package,
    /// There is no such replacement: it was finished or given up.
    #[declared("replacement-not-found", kind = NotFound)]
    Replacement,
    /// There is no such file.
    #[declared("file-missing", kind = NotFound)]
    File,
}

impl Thing {
    /// The path of what was looked for, where it is a file.
    pub(crate) const fn path(self, named: &str) -> Option<&str> {
        match self {
            Self::File => Some(named),
            Self::Account | Self::License | Self::Machine | Self::Package | Self::Replacement => None,
        }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Account => "account",
            Self::License => "license",
            Self::Machine => "machine",
            Self::Package => "package",
            Self::Replacement => "replacement",
            Self::File => "file",
        })
    }
}
