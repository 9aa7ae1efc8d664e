//! The process around a command: its home, its standard streams, the local portal, and secrets that are read.

pub(crate) mod command_line;
pub(crate) mod host;
pub(crate) mod portal;
pub(crate) mod read_only;
pub(crate) mod secrets;
pub(crate) mod shell;
