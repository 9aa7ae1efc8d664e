//! A clock that a test sets.

use app::context::Clock;
use async_trait::async_trait;
use jiff::{Timestamp, ToSpan};
use tokio::sync::watch;

/// Stands still until a test moves it on.
#[derive(Debug)]
pub(crate) struct TestClock(watch::Sender<Timestamp>);

impl Default for TestClock {
    fn default() -> Self {
        Self(watch::Sender::new(Timestamp::now()))
    }
}

impl TestClock {
    pub(crate) fn advance(&self, seconds: i64) {
        self.0.send_modify(|now| *now += seconds.seconds());
    }
}

#[async_trait]
impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    async fn sleep_until(&self, instant: Timestamp) {
        let mut now = self.0.subscribe();
        now.wait_for(|now| *now >= instant).await.unwrap();
    }
}
