//! How much clients may ask of the portal. The portal runs inside Licet's window, so every number here also
//! protects the window: its file descriptors, its memory and its threads.

use std::time::Duration;

/// How many connections are open at the same time. Systems allow a process 256 (macOS) or 1024 (Linux)
/// descriptors, and the window needs most of them. Browsers open six connections to one server, HTTP
/// libraries about ten.
pub(crate) const CONNECTIONS: usize = 64;

/// How many requests use the storage at the same time. Each has a SQLite connection, which is up to three
/// descriptors, and a thread; a login also takes 19 MiB for Argon2id.
pub(crate) const WORKING: usize = 8;

/// How long a client may take to send a request's head, a request's body, or the next request. On loopback
/// all of them arrive within milliseconds. The number is not a round one, so that a client that asks every
/// five or ten seconds does not send its next request at the moment in which its idle connection is closed.
pub(crate) const RECEIVE: Duration = Duration::from_secs(7);

/// How long the portal may work on a request.
pub(crate) const WORK: Duration = Duration::from_secs(30);

/// How long a client may read nothing of its answer. Longer than [`RECEIVE`], because a client may process a
/// long list as it reads it.
pub(crate) const SEND: Duration = Duration::from_secs(30);

/// From when on a connection whose client has not sent its request may be closed for another client, while
/// all are in use. A client sends its request as soon as it is connected. At most 1024 connections wait to be accepted
/// (Tokio's backlog), so a client behind 1024 silent ones waits for `1024 / CONNECTIONS * SILENT`, which is
/// 3.2 seconds.
pub(crate) const SILENT: Duration = Duration::from_millis(200);

/// The same for a connection whose client reads nothing of its answer.
pub(crate) const UNREAD: Duration = Duration::from_secs(2);

/// How long the portal waits before it accepts again after the system refused, which is when there are no
/// free descriptors.
pub(crate) const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How many bytes a request's body may have. License strings and tokens have a few thousand.
pub(crate) const BODY: usize = 1024 * 1024;

/// How many bytes of a longer body are read and dropped, so that the refusal reaches a client that sends
/// before it reads.
pub(crate) const DRAINED_BODY: usize = 8 * 1024 * 1024;

/// How long running requests may take to finish when the portal stops.
pub(crate) const GRACE: Duration = Duration::from_secs(5);
