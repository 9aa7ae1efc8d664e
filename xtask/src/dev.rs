//! `cargo xtask dev`: opens the window with hot reload of the page.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

use anyhow::Context;

use xtask::{process::Group, wait};

use crate::{
    build::{self, npm},
    run, setup,
};

/// Where the page is served; `ui/vite.config.ts` and `src-tauri/tauri.conf.json` say so too.
const PAGE: ([u8; 4], u16) = ([127, 0, 0, 1], 5173);

/// Sets up, serves the page, builds the window around it, and opens that; returns when it is closed.
pub(crate) fn window(options: &run::Options) -> anyhow::Result<()> {
    setup::everything()?;
    // A window must not open around another program's page.
    TcpListener::bind(SocketAddr::from(PAGE))
        .with_context(|| format!("port {} is needed for the page", PAGE.1))?;
    let mut server = Group::spawn(&mut npm(&["run", "dev"]))?;
    wait::until("the page's server", Duration::from_secs(60), || {
        if let Some(status) = server.status()? {
            anyhow::bail!("the page's server ended with {status}");
        }
        Ok(TcpStream::connect(SocketAddr::from(PAGE)).ok())
    })?;
    run::open(&build::window_in_development()?, options)
}
