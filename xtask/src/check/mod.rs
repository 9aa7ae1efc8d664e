//! `cargo xtask test`: every check of the repository, counted by test case.

mod count;
mod steps;
mod watched;

use std::{process::ExitCode, time::Instant};

use clap::Args;

use crate::setup;
use count::Tally;
use steps::Chosen;

/// What to check.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only these steps, by their names
    #[arg(long, num_args = 1.., value_name = "STEP", value_parser = steps::names())]
    only: Vec<String>,
    /// Only the tests of this package, and no other step
    #[arg(long, value_name = "PACKAGE", conflicts_with = "only")]
    package: Option<String>,
    /// Only test cases whose names contain this, where a step can choose
    #[arg(last = true)]
    filter: Option<String>,
}

/// Runs the steps one after the other; a failed one does not stop the next.
pub(crate) fn everything(options: &Options) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let chosen = Chosen { package: options.package.clone(), name: options.filter.clone() };
    let mut total = Tally::default();
    let mut times = Vec::new();
    match setup::everything() {
        Err(error) => total.fail(format!("setup: {error:#}")),
        Ok(()) => {
            for step in steps::ALL.iter().filter(|step| options.wants(step.name)) {
                println!("\n== {}: {}", step.name, step.about);
                let began = Instant::now();
                let tally = (step.run)(&chosen).unwrap_or_else(|error| {
                    let mut tally = Tally::default();
                    tally.fail(format!("{error:#}"));
                    tally
                });
                times.push((step.name, began.elapsed(), tally.passed(), tally.failures().len()));
                total.add(step.name, tally);
            }
        }
    }
    println!("\n== summary");
    for (name, time, passed, failed) in times {
        println!("{name:<12} {:>7.1} s  {passed:>5} passed  {failed:>3} failed", time.as_secs_f32());
    }
    println!("{:<12} {:>7.1} s", "together", start.elapsed().as_secs_f32());
    for failure in total.failures() {
        println!("failed: {failure}");
    }
    println!("{} passed, {} failed", total.passed(), total.failures().len());
    Ok(if total.failures().is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Options {
    fn wants(&self, step: &str) -> bool {
        match self.package {
            Some(_) => step == steps::TESTS,
            None => self.only.is_empty() || self.only.iter().any(|name| name == step),
        }
    }
}
