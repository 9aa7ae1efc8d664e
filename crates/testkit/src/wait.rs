//! Waiting for a condition, never for a time.

use std::time::{Duration, Instant};

/// Far longer than anything takes under load.
const DEADLINE: Duration = Duration::from_secs(20);

const PAUSE: Duration = Duration::from_millis(5);

/// Waits until something is so, and fails after 20 seconds.
#[track_caller]
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !is_so() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        std::thread::sleep(PAUSE);
    }
}

/// The same inside a Tokio runtime, which goes on meanwhile.
#[cfg(feature = "async")]
pub async fn until_async(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + DEADLINE;
    while !is_so().await {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        tokio::time::sleep(PAUSE).await;
    }
}
