//! `cargo xtask bench`: how fast Licet is, beside references that are measured in the same run.

mod fetch;
mod figures;
mod frames;
mod list;
mod lookup;
mod search;
mod start;
mod stock;

use std::process::ExitCode;

use clap::Args;
use xtask::session::{KeyringState, Session};

use crate::{build, setup};
use figures::Comparison;
use stock::Stock;

/// How to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often each side runs; the medians are compared
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(5..))]
    runs: u16,
    /// How many licenses the account has
    #[arg(long, default_value_t = 10_000)]
    licenses: usize,
}

/// Measures everything, prints a table, and fails where a bound is missed.
pub(crate) fn everything(options: &Options) -> anyhow::Result<ExitCode> {
    setup::everything()?;
    let programs = build::programs(&build::page()?, build::Purpose::Measuring)?;
    let empty_window = build::empty_window()?;
    let session = Session::start(KeyringState::Unlocked)?;
    println!("issuing {} licenses", options.licenses);
    let stock = Stock::new(&session, &programs, options.licenses)?;
    let runs = usize::from(options.runs);

    let mut comparisons = vec![fetch::compare(&session, &programs, &stock, runs)?];
    comparisons.push(list::compare(&session, &programs, &stock, runs)?);
    comparisons.push(search::compare(&session, &programs, &stock, runs)?);
    comparisons.push(lookup::compare(&session, &programs, &stock, runs)?);
    comparisons.extend(start::compare(&session, &programs.window, &empty_window, &stock.home(), runs)?);

    println!("\nmedians of {runs} runs each, {} licenses", options.licenses);
    for comparison in &comparisons {
        println!("{comparison}");
    }
    let kept = comparisons.iter().all(Comparison::is_within_its_bound);
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
