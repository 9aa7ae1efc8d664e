//! Waiting for a condition, never for a time.

use std::{
    future::Future,
    time::{Duration, Instant},
};

/// How long a user would wait before calling it broken.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Asks again and again until `condition` gives a value; fails, naming `what`, when the deadline passes.
///
/// An error of the condition counts as "not yet", and is told when time is up.
pub async fn eventually<T, F>(
    what: &str,
    deadline: Duration,
    mut condition: impl FnMut() -> F,
) -> anyhow::Result<T>
where
    F: Future<Output = anyhow::Result<Option<T>>>,
{
    let start = Instant::now();
    loop {
        let last = match condition().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if start.elapsed() > deadline {
            let why = last.map(|error| format!("; the last try failed: {error:#}")).unwrap_or_default();
            let failure = format!("waited {deadline:?} in vain for {what}{why}");
            say(&failure);
            anyhow::bail!(failure);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Prints a failure when it happens: on the way out a fault server that is dropped may fail as well, and hide it.
#[expect(clippy::print_stderr, reason = "this is the output of a failed test")]
fn say(failure: &str) {
    eprintln!("{failure}");
}

/// Waits until something that can be looked at is so, as long as a user would.
pub async fn until(what: &str, mut is_so: impl FnMut() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    eventually(what, PATIENCE, || {
        let seen = is_so();
        async move { Ok(seen?.then_some(())) }
    })
    .await
}
