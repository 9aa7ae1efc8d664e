//! The machines that a license is in use on, and whether its key is good.

use crate::view::crossing;

crossing! {
    /// The machines that a license is in use on.
    pub struct SeatsView {
        pub seats: Vec<SeatView>,
        /// Whether they are all: not where the vendor counted more than it sent, or sent one that cannot be read.
        pub whole: bool,
        /// On how many it may be in use at once, where its vendor tells.
        pub most: Option<u32>,
        /// When the vendor was asked.
        pub as_of: String,
    }

    /// One machine.
    pub struct SeatView {
        /// The vendor's id of it.
        pub id: String,
        /// What it is called: its name, host, or the beginning of its fingerprint.
        pub label: String,
        pub fingerprint: String,
        pub host: Option<String>,
        pub platform: Option<String>,
        pub ip: Option<String>,
        /// When it was last heard of.
        pub last_heartbeat: Option<String>,
        /// `ALIVE`, `DEAD`, `NOT_STARTED`, `RESURRECTED`, or another word as the vendor gave it.
        pub heartbeat: Option<String>,
        /// When it took the seat.
        pub activated: Option<String>,
    }

    /// What a vendor says of a key.
    pub struct ValidationView {
        pub valid: bool,
        /// `VALID`, `EXPIRED`, …, or another word as the vendor gave it.
        pub code: String,
        /// The vendor's own words.
        pub detail: Option<String>,
        /// When the vendor looked.
        pub at: Option<String>,
    }
}
