//! The portal inside other programs: the first process of a data folder serves it, the others connect and
//! take over when it ends.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::Error;
use crate::Portal;
use crate::Result;
use crate::Serving;
use crate::folder::Folder;
use crate::secret::{TicketUrl, Token};

const LOCK: &str = "serving.lock";
const PORT: &str = "port";

/// How long the process that serves has to answer, and a port that was just left to become free.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

/// The local portal of this computer, running in this process or in another one.
pub struct Embedded {
    portal: Portal,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

/// Makes sure that the portal of `data_dir` runs on this computer, and says where.
///
/// The first process serves; every other one connects, and serves when that one has ended, at the same
/// address: the port is chosen once and kept in the data folder. Call it within a Tokio runtime that lives
/// as long as the portal is wanted. Fails with [`Error::PortTaken`] where another program has the port.
pub async fn ensure(data_dir: impl AsRef<Path>) -> Result<Embedded> {
    let folder = Folder::open(data_dir.as_ref())?;
    let portal = {
        let folder = folder.clone();
        blocking(move || Portal::open(folder.path())).await?
    };
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(lock) = try_lock(&folder)? {
            let serving = serve(&portal, &folder).await?;
            return Ok(Embedded::serving(portal, serving, lock));
        }
        if let Some(address) = kept_address(&folder)? {
            let kid = portal.signer().kid().to_owned();
            if blocking(move || Ok(answers(address, &kid))).await? {
                return Ok(Embedded::connected(portal, address, folder));
            }
        }
        if Instant::now() > deadline {
            return Err(Error::NoAnswer);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

impl Embedded {
    fn serving(portal: Portal, serving: Serving, lock: File) -> Self {
        let (stop, stopped) = oneshot::channel();
        let address = serving.address();
        let task = tokio::spawn(keep_serving(serving, lock, stopped));
        Self { portal, address, stop: Some(stop), task }
    }

    fn connected(portal: Portal, address: SocketAddr, folder: Folder) -> Self {
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(take_over(portal.clone(), folder, stopped));
        Self { portal, address, stop: Some(stop), task }
    }

    /// Where the portal answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The portal itself, whichever process serves it: issuing goes through the shared storage.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Issues a token for the project of that name, which is made where it is new.
    pub fn issue_token(&self, project: &str) -> Result<Token> {
        self.portal.issue_token(project)
    }

    /// A URL that opens the portal's page once.
    pub fn ticket(&self) -> Result<TicketUrl> {
        self.portal.ticket(self.address)
    }

    /// Ends this process's part: it no longer serves, or no longer waits to take over.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Err(error) = (&mut self.task).await {
            tracing::error!(%error, "the embedded portal ended badly");
        }
    }
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Serves until stopped, then lets the next process in.
async fn keep_serving(serving: Serving, lock: File, stopped: oneshot::Receiver<()>) {
    // A dropped `Embedded` stops it as well.
    drop(stopped.await);
    serving.stop().await;
    drop(lock);
}

/// Waits until the serving process has ended, then serves in its place.
async fn take_over(portal: Portal, folder: Folder, mut stopped: oneshot::Receiver<()>) {
    let lock = tokio::select! {
        _ = &mut stopped => return,
        lock = await_lock(&folder) => lock,
    };
    let lock = match lock {
        Ok(lock) => lock,
        Err(error) => return tracing::error!(%error, "cannot wait for the local portal's lock"),
    };
    loop {
        match serve(&portal, &folder).await {
            Ok(serving) => return keep_serving(serving, lock, stopped).await,
            // Whoever has the port may leave it again; until then clients see that nobody answers.
            Err(error) => tracing::warn!(%error, "cannot take the local portal over yet"),
        }
        tokio::select! {
            _ = &mut stopped => return,
            () = tokio::time::sleep(PATIENCE) => {}
        }
    }
}

/// Binds the kept port, or chooses one and keeps it. The caller holds the lock.
async fn serve(portal: &Portal, folder: &Folder) -> Result<Serving> {
    let kept = kept_address(folder)?;
    let address = kept.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    let listener = bind(address).await?;
    let serving = portal.serve(listener)?;
    if kept.is_none() {
        folder.create_whole(PORT, serving.address().port().to_string().as_bytes())?;
    }
    Ok(serving)
}

/// Binds the address; a process that has just ended may still hold it for a moment.
async fn bind(address: SocketAddr) -> Result<TcpListener> {
    let deadline = Instant::now() + Duration::from_secs(1);
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                if Instant::now() > deadline {
                    return Err(Error::PortTaken { port: address.port() });
                }
                tokio::time::sleep(PAUSE).await;
            }
            Err(source) => return Err(Error::Listen { address: address.to_string(), source }),
        }
    }
}

fn try_lock(folder: &Folder) -> Result<Option<File>> {
    let file = folder.open_private(LOCK)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(folder.error(source)),
    }
}

/// Waits for the lock on a thread of its own: the wait cannot be called off, and the runtime would wait for
/// its own blocking threads when it ends. A lock that nobody waits for any more is dropped with its file.
async fn await_lock(folder: &Folder) -> Result<File> {
    let file = folder.open_private(LOCK)?;
    let (sender, receiver) = oneshot::channel();
    let waiting = std::thread::Builder::new().name("portal-lock".to_owned()).spawn(move || {
        let locked = file.lock().map(|()| file);
        drop(sender.send(locked));
    });
    waiting.map_err(|source| folder.error(source))?;
    match receiver.await {
        Ok(locked) => locked.map_err(|source| folder.error(source)),
        Err(ended) => Err(Error::Ended(ended.to_string())),
    }
}

/// The address whose port was chosen before. A file that holds no port counts as none: a new one is chosen.
fn kept_address(folder: &Folder) -> Result<Option<SocketAddr>> {
    match std::fs::read_to_string(folder.file(PORT)) {
        Ok(text) => Ok(text.trim().parse().ok().map(|port: u16| (Ipv4Addr::LOCALHOST, port).into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(folder.error(error)),
    }
}

/// Whether the portal with that signing key answers there: another program may have the port.
fn answers(address: SocketAddr, kid: &str) -> bool {
    let ask = || -> io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        // While it has more clients than it serves at a time, it answers after a few seconds.
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.take(16 * 1024).read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200") && answer.contains(kid))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = Handle::current().spawn_blocking(work).await;
    done.unwrap_or_else(|ended| Err(Error::Ended(ended.to_string())))
}
