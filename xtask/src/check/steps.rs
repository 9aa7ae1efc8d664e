//! The steps of `cargo xtask test`, in their order: the quick ones first.

use std::process::Command;

use anyhow::Context;
use xtask::repository;

use super::{count::Tally, watched};
use crate::{
    build::{self, cargo, npm},
    setup,
};

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub name: &'static str,
    pub about: &'static str,
    pub run: fn(Option<&str>) -> anyhow::Result<Tally>,
}

/// Every step; the page is built before any crate that takes it in is compiled.
pub(super) const ALL: &[Step] = &[
    Step { name: "format", about: "Rust is formatted", run: format },
    Step { name: "page", about: "the page is formatted, linted and typed, and builds", run: page },
    Step { name: "page-tests", about: "unit tests of the page", run: page_tests },
    Step { name: "clippy", about: "no warning in any crate", run: clippy },
    Step { name: "crates", about: "unit, property, integration and documentation tests", run: crates },
    Step { name: "journeys", about: "the real window, command line, portal and keyring", run: journeys },
];

/// What `--only` takes.
pub(super) fn names() -> Vec<&'static str> {
    ALL.iter().map(|step| step.name).collect()
}

fn format(_filter: Option<&str>) -> anyhow::Result<Tally> {
    one("cargo fmt", &mut cargo(&["fmt", "--all", "--check"]))
}

fn page(_filter: Option<&str>) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    for script in ["lint", "check", "build"] {
        tally.add("npm run", one(script, &mut npm(&["run", script]))?);
    }
    Ok(tally)
}

fn page_tests(filter: Option<&str>) -> anyhow::Result<Tally> {
    let report = repository::target().join("page-tests.json");
    // Written anew, so that an earlier run is never counted.
    repository::write(&report, b"")?;
    let mut command = npm(&["run", "test", "--", "--reporter=default", "--reporter=json"]);
    command.arg(format!("--outputFile.json={}", report.display()));
    if let Some(filter) = filter {
        command.args(["--testNamePattern", filter]);
    }
    let outcome = watched::run(&mut command)?;
    let report = std::fs::read_to_string(&report).context("vitest left no report")?;
    Tally::of_vitest(&outcome, &report)
}

fn clippy(_filter: Option<&str>) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    // The driven window has code of its own.
    let driven = ["--package", "licet-desktop", "--features", "e2e"];
    for (name, what) in [("everything", &["--workspace"][..]), ("the driven window", &driven)] {
        let mut command = cargo(&["clippy", "--all-targets"]);
        tally.add("cargo clippy", one(name, command.args(what).args(["--", "-D", "warnings"]))?);
    }
    Ok(tally)
}

fn crates(filter: Option<&str>) -> anyhow::Result<Tally> {
    // Of every kind at once: only so are examples built as the programs that some tests start. The journeys are tests of
    // a package as well, and have a step of their own.
    cases(&mut cargo(&["test", "--workspace", "--exclude", "journeys"]), filter)
}

fn journeys(filter: Option<&str>) -> anyhow::Result<Tally> {
    let page = build::page()?;
    let shipped = build::programs(&page, build::Purpose::Opening)?;
    let driven = build::programs(&page, build::Purpose::Driving)?;
    let mut command = cargo(&["test", "--package", "journeys"]);
    command
        .env("LICET_DESKTOP_SHIPPED", shipped.window)
        .env("LICET_DESKTOP_E2E", driven.window)
        .env("LICET_BIN", driven.licet)
        .env("LICET_PORTAL_BIN", driven.portal);
    cases(&mut command, filter)
}

fn one(name: &str, command: &mut Command) -> anyhow::Result<Tally> {
    Ok(Tally::of_one(name, watched::run(command)?.success))
}

fn cases(command: &mut Command, filter: Option<&str>) -> anyhow::Result<Tally> {
    command.arg("--no-fail-fast").env("LICET_TEST_PYTHON", setup::python());
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    Ok(Tally::of_cargo_test(&watched::run(command)?))
}
