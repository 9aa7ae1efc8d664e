//! Licenses that are created, deleted or replaced at a vendor, each request sent at most once.

pub(crate) mod claim;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod deleted;
pub(crate) mod in_flight;
pub(crate) mod intent;
pub(crate) mod look_up;
pub(crate) mod open_intents;
pub(crate) mod payload;
pub(crate) mod replace;
pub(crate) mod replacing;

pub use create::{CreateForm, Wanted, count_same_name, create, create_form};
pub use delete::{delete, delete_by_key};
pub use in_flight::Sent;
pub use look_up::{LookedUp, look_up};
pub use open_intents::Unsettled;
pub use replace::{Replaced, give_up_replace, replace, resume_replace};
pub use replacing::{ReplaceStatus, replacing};
