//! `cargo xtask test`: every check of the repository, counted by test case.

mod count;
mod steps;
mod watched;

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use clap::Args;

use crate::setup;
use count::Tally;
use steps::{Chosen, Row, Step};
use watched::Shown;

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

/// How a step went.
#[derive(Debug)]
struct StepResult {
    step: &'static Step,
    time: Duration,
    tally: Tally,
}

/// Runs the steps; a failed one does not stop the next.
pub(crate) fn everything(options: &Options) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let mut total = Tally::default();
    let mut results = Vec::new();
    match setup::everything() {
        Err(error) => total.fail(format!("setup: {error:#}")),
        Ok(()) => {
            let is_alone = [Row::Page, Row::Lints].iter().any(|row| options.steps(*row).next().is_none());
            let of_page = if is_alone { Shown::AsItGoes } else { Shown::AtItsEnd };
            let lints = std::thread::scope(|scope| {
                let page = scope.spawn(|| in_a_row(Row::Page, options, of_page));
                let lints = in_a_row(Row::Lints, options, Shown::AsItGoes);
                match page.join() {
                    Ok(of_page) => results = of_page,
                    Err(_) => total.fail("the checks of the page panicked".to_owned()),
                }
                lints
            });
            results.extend(lints);
            results.extend(in_a_row(Row::Tests, options, Shown::AsItGoes));
        }
    }
    println!("\n== summary");
    for StepResult { step, time, tally } in results {
        let (time, passed, failed) = (time.as_secs_f32(), tally.passed(), tally.failures().len());
        println!("{:<12} {time:>7.1} s  {passed:>5} passed  {failed:>3} failed", step.name);
        total.add(step.name, tally);
    }
    println!("{:<12} {:>7.1} s", "together", start.elapsed().as_secs_f32());
    for failure in total.failures() {
        println!("failed: {failure}");
    }
    println!("{} passed, {} failed", total.passed(), total.failures().len());
    Ok(if total.failures().is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn in_a_row(row: Row, options: &Options, shown: Shown) -> Vec<StepResult> {
    let chosen = Chosen { shown, package: options.package.clone(), name: options.filter.clone() };
    let run = |step: &'static Step| {
        println!("\n== {}: {}", step.name, step.about);
        let began = Instant::now();
        let tally = (step.run)(&chosen).unwrap_or_else(|error| Tally::of_one(&format!("{error:#}"), false));
        StepResult { step, time: began.elapsed(), tally }
    };
    options.steps(row).map(run).collect()
}

impl Options {
    /// The steps of a row that were asked for.
    fn steps(&self, row: Row) -> impl Iterator<Item = &'static Step> {
        steps::ALL.iter().filter(move |step| step.row == row && self.wants(step.name))
    }

    fn wants(&self, step: &str) -> bool {
        match self.package {
            Some(_) => step == steps::TESTS,
            None => self.only.is_empty() || self.only.iter().any(|name| name == step),
        }
    }
}
