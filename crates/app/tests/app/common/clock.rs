//! A clock that a test sets.

use app::context::Clock;
use async_trait::async_trait;
use jiff::{Timestamp, ToSpan};
use std::{fs, path::PathBuf, sync::Mutex};
use tokio::sync::watch;

/// Stands still until a test moves it on.
#[derive(Debug)]
pub(crate) struct TestClock {
    now: watch::Sender<Timestamp>,
    dies_after: Mutex<Option<(PathBuf, Vec<u8>)>>,
}

impl Default for TestClock {
    fn default() -> Self {
        Self { now: watch::Sender::new(Timestamp::now()), dies_after: Mutex::default() }
    }
}

impl TestClock {
    pub(crate) fn advance(&self, seconds: i64) {
        self.now.send_modify(|now| *now += seconds.seconds());
    }

    /// Ends the use case that asks for the time once this file was written, as a kill at that moment would.
    pub(crate) fn dies_after_writing(&self, file: PathBuf) {
        let before = fs::read(&file).unwrap();
        *self.dies_after.lock().unwrap() = Some((file, before));
    }
}

#[async_trait]
impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let was_written = |(file, before): &mut (PathBuf, Vec<u8>)| fs::read(file).unwrap() != *before;
        let is_over = self.dies_after.lock().unwrap().take_if(was_written).is_some();
        assert!(!is_over, "killed, as the test asked for");
        *self.now.borrow()
    }

    async fn sleep_until(&self, instant: Timestamp) {
        let mut now = self.now.subscribe();
        now.wait_for(|now| *now >= instant).await.unwrap();
    }
}
