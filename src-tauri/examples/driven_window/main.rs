//! The window as the journeys drive it: open to WebDriver, and with a clock that can be set ahead. Not released.

use app::context::Clock;
use jiff::{Timestamp, ToSpan};
use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

/// How often a sleeper looks whether the clock was set.
const LOOK: Duration = Duration::from_millis(20);

fn main() -> ExitCode {
    licet_desktop::run(&licet_desktop::Build::Driven {
        clock: |home| Arc::new(AheadClock { file: home.join("clock-ahead") }),
    })
}

/// A clock that is ahead by the seconds in a file.
#[derive(Debug)]
struct AheadClock {
    file: PathBuf,
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
