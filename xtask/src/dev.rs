//! `cargo xtask dev`: the window around a page that is shown anew with each change of its sources.

use std::{
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use xtask::{process::Group, wait};

use crate::{
    build::{self, npm},
    run, setup,
};

/// Where the page is served; `ui/vite.config.ts` and `src-tauri/tauri.conf.json` say so too.
const PAGE: ([u8; 4], u16) = ([127, 0, 0, 1], 5173);

/// Sets up, serves the page, builds the window around it, and opens that; returns when it is closed.
pub fn window(options: &run::Options) -> anyhow::Result<()> {
    setup::everything()?;
    let mut server = Group::spawn(&mut npm(&["run", "dev", "--", "--host", "127.0.0.1"]))?;
    wait::until("the page's server", Duration::from_secs(60), || {
        if let Some(status) = server.status()? {
            anyhow::bail!("the page's server ended with {status}; does another program use port {}?", PAGE.1);
        }
        Ok(TcpStream::connect(SocketAddr::from(PAGE)).ok())
    })?;
    run::open(&build::window_in_development()?, options)
}
