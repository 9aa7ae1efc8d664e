//! Runs the local portal of a data folder inside this program until standard input ends.
//!
//! `cargo run -p portal --example embedded -- DIR`: start it twice, end the first, and the second answers at
//! the same address.

use std::io::{self, Read as _, Write as _};

#[tokio::main]
async fn main() -> portal::Result<()> {
    let data = std::env::args_os().nth(1).unwrap_or_else(|| "portal-data".into());
    let embedded = portal::embedded::ensure(data).await?;
    // Whoever started this program may have stopped reading; the portal serves all the same.
    let mut out = io::stdout();
    drop(writeln!(out, "{}", embedded.address()).and_then(|()| out.flush()));
    drop(tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new())).await);
    embedded.stop().await;
    Ok(())
}
