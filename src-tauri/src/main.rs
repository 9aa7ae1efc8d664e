//! Licet's window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod automation;
mod clock;
mod commands;
mod host;
mod opened;
#[cfg(target_os = "linux")]
mod painting;
mod portal;
mod present;
mod sample;
mod start;
mod view;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    painting::without_layers();
    let arguments = arguments::Arguments::parse();
    if let Err(refused) = automation::check() {
        return start::fail(&refused);
    }
    match start::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => start::fail(&error),
    }
}
