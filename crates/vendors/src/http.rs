//! The one way out: a web client built when it is first needed.

use std::time::Duration;

/// How long is waited. The defaults suit people; tests are less patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until the answer is complete.
    pub whole: Duration,
    /// Before a read is tried again; doubled each time, with jitter.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            whole: Duration::from_secs(30),
            pause: Duration::from_millis(250),
        }
    }
}

/// The web client that all accounts share: cheap to make and to clone, and nothing is set up before the first request.
#[derive(Debug, Clone, Default)]
pub struct Http {
    patience: Patience,
}

impl Http {
    /// A client with a patience of its own.
    pub fn with_patience(patience: Patience) -> Self {
        Self { patience }
    }
}
