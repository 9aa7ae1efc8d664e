//! Waiting for a condition, never for a time.

use std::{
    future::Future,
    time::{Duration, Instant},
};

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
            anyhow::bail!("waited {deadline:?} in vain for {what}{why}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
