//! A program with a WebKit view, and the WebDriver that works it.

use std::{
    ffi::OsString,
    fs::File,
    net::{Ipv4Addr, SocketAddrV4},
    path::Path,
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use anyhow::Context;
use thirtyfour::{Capabilities, WebDriver};
use xtask::{process::Group, session::Session};

use crate::eventually;

/// Far longer than a start takes under load.
const OPENING: Duration = Duration::from_secs(60);

/// What runs for one window: the program itself, and who passes on what the journey asks of it.
#[derive(Debug)]
pub(crate) struct Driven {
    pub program: Group,
    pub driver: Group,
}

impl Driven {
    /// Starts the program and its driver, writes what both say into `log`, and waits until they have met.
    pub(crate) async fn start(
        session: &Session,
        program: &Path,
        arguments: &[OsString],
        log: &Path,
    ) -> anyhow::Result<(Self, WebDriver)> {
        let log = File::options().create(true).append(true).open(log)?;
        let (at, inspector) = addresses();
        let mut command = session.command("WebKitWebDriver");
        command.args([format!("--host={}", at.ip()), format!("--port={}", at.port())]);
        command.arg(format!("--target={inspector}"));
        let driver = Group::spawn(command.stdout(log.try_clone()?).stderr(log.try_clone()?))?;
        let mut command = session.command(program);
        command.args(arguments).env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.env("WEBKIT_INSPECTOR_SERVER", inspector.to_string());
        // In a window that lives for seconds, the last of four compilers costs more than its code saves.
        command.env("JSC_useFTLJIT", "0");
        let program = Group::spawn(command.stdout(log.try_clone()?).stderr(log))?;
        let mut driven = Self { program, driver };
        let opened = driven.meet(at).await?;
        Ok((driven, opened))
    }

    /// The driver waits for the program to listen; neither may end meanwhile.
    async fn meet(&mut self, at: SocketAddrV4) -> anyhow::Result<WebDriver> {
        eventually("WebKitWebDriver", OPENING, || {
            let ended = self.driver.status();
            async move {
                anyhow::ensure!(ended?.is_none(), "WebKitWebDriver ended");
                Ok(tokio::net::TcpStream::connect(at).await.is_ok().then_some(()))
            }
        })
        .await?;
        let opening =
            WebDriver::builder(format!("http://{at}"), Capabilities::new()).request_timeout(OPENING);
        let ended = async {
            loop {
                match self.program.status() {
                    Ok(None) => tokio::time::sleep(Duration::from_millis(20)).await,
                    Ok(Some(status)) => return anyhow::anyhow!("the program ended with {status}"),
                    Err(error) => return error,
                }
            }
        };
        tokio::select! {
            opened = opening.into_future() => opened.context("the driver found no window"),
            error = ended => Err(error),
        }
    }
}

/// Where a driver listens, and where its program does.
///
/// Both have to be told beforehand, and nobody may take either meanwhile. So each test program has a loopback address of
/// its own, made from its process id, and counts ports there from below those that the system gives away.
fn addresses() -> (SocketAddrV4, SocketAddrV4) {
    static NEXT: AtomicU16 = AtomicU16::new(20_000);
    let [_, high, middle, low] = std::process::id().to_be_bytes();
    // A process id has 22 bits at most.
    let own = Ipv4Addr::new(127, 64 | (high & 0x3f), middle, low);
    let port = NEXT.fetch_add(2, Ordering::Relaxed);
    (SocketAddrV4::new(own, port), SocketAddrV4::new(own, port + 1))
}
