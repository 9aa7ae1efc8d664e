//! The command line as scripts and people meet it: the real program, a real portal over HTTP, real files.

mod accounts;
mod aica;
mod create;
mod delete;
mod documentation;
mod export;
mod home;
mod import;
mod instance;
mod keygen;
mod keyring;
mod list;
mod look_up;
mod outcomes;
mod proxy;
mod refresh;
mod refused;
mod schema;
mod secrecy;
mod show;
mod terminal;
mod world;
