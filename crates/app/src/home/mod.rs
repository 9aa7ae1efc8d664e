//! What Licet keeps on this computer: settings, the first run, and everything that can be removed.

pub(crate) mod inventory;
pub(crate) mod settings;
pub(crate) mod setup;

pub use inventory::{FORGET_EVERYTHING, Place, Stored, forget_everything, stored};
pub use settings::change_settings;
pub use setup::{Draft, Path, Step, draft, finish_setup, save_draft};
