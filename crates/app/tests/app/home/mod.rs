//! What is kept on this computer.

mod inventory;
mod setup;
