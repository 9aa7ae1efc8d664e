//! `cargo xtask …`: everything that is done to the repository as a whole.

#[cfg(target_os = "linux")]
mod bench;
mod build;
mod check;
mod dev;
mod faults;
mod run;
mod setup;
#[cfg(all(test, target_os = "linux"))]
mod small_browser;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::fault_points::FaultPoints;

/// Sets up, opens, tests and measures Licet.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Install missing system packages, Node packages, Python packages and checking tools
    Setup,
    /// Build Licet and open its window, on a virtual display where there is no other
    Run(run::Options),
    /// Open the window with hot reload of the page
    Dev(run::Options),
    /// Check everything; the last line counts the test cases
    Test(check::Options),
    /// Kill Licet wherever it writes, fail each of its writes and break each answer of a vendor
    Faults(FaultPoints),
    /// Measure start, memory, fetching and listing beside references
    #[cfg(target_os = "linux")]
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let outcome = xtask::process::end_with_this_process().and_then(|()| match Arguments::parse().task {
        Task::Setup => setup::everything().map(|()| ExitCode::SUCCESS),
        Task::Run(options) => run::window(&options).map(|()| ExitCode::SUCCESS),
        Task::Dev(options) => dev::window(&options).map(|()| ExitCode::SUCCESS),
        Task::Test(options) => check::everything(&options),
        Task::Faults(points) => faults::everything(&points),
        #[cfg(target_os = "linux")]
        Task::Bench(options) => bench::everything(&options),
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
