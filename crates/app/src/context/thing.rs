//! What a name or an id can stand for.

use std::fmt;

/// Something that is looked for by a name or an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// An account.
    Account,
    /// A license.
    License,
    /// A machine that uses a license.
    Machine,
    /// A package of a license.
    Package,
    /// A replacement that is not finished.
    Replacement,
    /// A license file.
    File,
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
