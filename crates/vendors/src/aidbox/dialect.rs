//! What a portal turned out to be: one that says what it takes, or one that is known by its document.

use super::wire::Capabilities;
use crate::{Accepts, http::Answer};

/// What a portal turned out to be.
#[derive(Debug, Clone)]
pub(super) enum Dialect {
    /// One that says what it takes, and speaks JSON.
    Telling(Accepts),
    /// One that takes what is documented, in the documented form.
    Documented,
}

impl Dialect {
    /// What an answer to the question for what it takes makes of a portal: only one that says so is known to take more.
    pub(super) fn told(answer: &Answer) -> Self {
        let told: Option<Capabilities> =
            serde_json::from_slice(&answer.body).ok().filter(|_| answer.status == 200);
        told.map_or(Self::Documented, |told| Self::Telling(Accepts::these(told.create)))
    }

    /// What a portal was when its account was connected, by the parameters that it took.
    pub(super) fn recalled(accepts: &Accepts) -> Self {
        match accepts.names().next() {
            Some(_) => Self::Telling(accepts.clone()),
            None => Self::Documented,
        }
    }

    /// The parameters that it takes.
    pub(super) fn accepts(&self) -> Accepts {
        match self {
            Self::Telling(accepts) => accepts.clone(),
            Self::Documented => Accepts::documented(),
        }
    }

    /// How requests and answers are written.
    pub(super) fn media_type(&self) -> &'static str {
        match self {
            Self::Telling(_) => "application/json",
            Self::Documented => "text/yaml",
        }
    }
}
