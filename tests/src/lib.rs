//! What journeys are told with: a desktop session, its window, a portal, and a search for secrets where none may be. The server that
//! misbehaves on request is in `testkit`.
//!
//! `cargo xtask test --package journeys -- NAME` builds the programs and runs the journeys whose names contain NAME.

#[cfg(target_os = "linux")]
mod accessibility;
mod axe;
mod desktop;
mod drag;
mod driver;
mod eventually;
mod hand;
mod looks;
mod opened;
mod programs;
pub mod readers;
mod recorder;
mod secrecy;
mod stand_in;
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
pub mod tracer;
mod window;

#[cfg(target_os = "linux")]
pub use accessibility::{Accessible, Role};
pub use axe::{Rules, Violation};
pub use eventually::{PATIENCE, eventually, until};
pub use hand::{Hand, Row};
pub use looks::Looks;
pub use opened::Opened;
pub use programs::{licet, licet_home, licet_json, licet_says, portal, program, small_browser};
pub use recorder::{Answered, Heard, Recorder};
pub use secrecy::{Finding, Secrets};
pub use stand_in::StandIn;
pub use window::Window;
pub use xtask::portal::Portal;
pub use xtask::session::{Keyring, KeyringState, LockState, Session};
