//! Licet's window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    licet_desktop::run(&licet_desktop::Build::Shipped)
}
