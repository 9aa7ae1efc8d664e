//! What is declared of the errors of one code.

use std::collections::{BTreeMap, BTreeSet};

/// What an error means to the caller, as the CLI's exit codes tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The vendor or the system refused it.
    Failed,
    /// The vendor could not be reached.
    Offline,
    /// The command or the input is not valid.
    Usage,
    /// There is no such thing.
    NotFound,
    /// There are several such things.
    Ambiguous,
    /// It was not confirmed.
    NotConfirmed,
    /// Secrets are locked, or the keyring is not available.
    Locked,
    /// It was sent and no answer came, or it was done and could not be noted here.
    OutcomeUnknown,
    /// The question was answered with no.
    AnsweredNo,
}

/// What is declared of the errors of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The stable code that programs branch on.
    pub code: &'static str,
    /// Its kinds: several variants can have one code.
    pub kinds: BTreeSet<Kind>,
    /// The names of the arguments that such an error can have.
    pub args: BTreeSet<&'static str>,
    /// What it means, for users.
    pub meaning: &'static str,
    /// What to do, without a command's option and without a button: those depend on where it is read.
    pub help: Option<&'static str>,
}

impl Declaration {
    /// Adds what an error that wraps this one knows besides.
    #[must_use]
    pub fn wrapped(mut self, kind: Option<Kind>, args: &[&'static str]) -> Self {
        self.args.extend(args);
        if let Some(kind) = kind {
            self.kinds = BTreeSet::from([kind]);
        }
        self
    }

    /// One declaration for each code, by code. The first meaning and the first help of a code count.
    pub fn by_code(all: impl IntoIterator<Item = Self>) -> BTreeMap<&'static str, Self> {
        let mut by_code = BTreeMap::<&'static str, Self>::new();
        for one in all {
            match by_code.get_mut(one.code) {
                None => {
                    by_code.insert(one.code, one);
                }
                Some(known) => {
                    known.kinds.extend(one.kinds);
                    known.args.extend(one.args);
                    known.help = known.help.or(one.help);
                }
            }
        }
        by_code
    }
}
