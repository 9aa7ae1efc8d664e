//! The time of day that the window goes by: the computer's, and in a build for tests one that a journey can set ahead.

use desk::Clock;
use std::sync::Arc;

/// The computer's clock.
#[cfg(not(feature = "e2e"))]
pub fn clock(_home: &std::path::Path) -> Arc<dyn Clock> {
    Arc::new(desk::SystemClock)
}

/// A clock that is ahead by the seconds in the file `clock-ahead` of the home.
#[cfg(feature = "e2e")]
pub fn clock(home: &std::path::Path) -> Arc<dyn Clock> {
    Arc::new(ahead::AheadClock { file: home.join("clock-ahead") })
}

#[cfg(feature = "e2e")]
mod ahead {
    use desk::Clock;
    use jiff::{Timestamp, ToSpan};
    use std::{path::PathBuf, time::Duration};

    /// How often a sleeper looks whether the clock was set.
    const LOOK: Duration = Duration::from_millis(20);

    #[derive(Debug)]
    pub struct AheadClock {
        pub file: PathBuf,
    }

    #[async_trait::async_trait]
    impl Clock for AheadClock {
        fn now(&self) -> Timestamp {
            let seconds =
                std::fs::read_to_string(&self.file).ok().and_then(|text| text.trim().parse::<i64>().ok());
            Timestamp::now() + seconds.unwrap_or(0).seconds()
        }

        async fn sleep_until(&self, instant: Timestamp) {
            while self.now() < instant {
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}
