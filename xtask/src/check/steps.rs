//! The steps of `cargo xtask test`.

use std::process::Command;

use anyhow::Context;
use xtask::repository;

use super::{
    count::Tally,
    watched::{self, Shown},
};
use crate::{
    build::{self, PROFILE, Purpose, WHOLE, cargo, npm},
    faults, setup,
};

/// The steps that run in a row. The page's run beside the lints of the crates, since a compiler often waits for one crate;
/// the tests run alone after both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    Page,
    Lints,
    Tests,
}

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub row: Row,
    pub name: &'static str,
    pub about: &'static str,
    pub run: fn(&Chosen) -> anyhow::Result<Tally>,
}

/// Which test cases a step runs, where it can choose.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// When the output of its programs is shown.
    pub shown: Shown,
    /// Only those of this package.
    pub package: Option<String>,
    /// Only those whose names contain this.
    pub name: Option<String>,
}

/// Every step, in the order of its row. The page is built before any crate that takes it in is compiled.
#[rustfmt::skip]
pub(super) const ALL: &[Step] = &[
    Step { row: Row::Page, name: "page", about: "the page is formatted, linted and typed, and builds", run: page },
    Step { row: Row::Page, name: "page-tests", about: "unit tests of the page", run: page_tests },
    Step { row: Row::Lints, name: "format", about: "Rust is formatted", run: format },
    Step { row: Row::Lints, name: "spelling", about: "no misspelled word", run: spelling },
    Step { row: Row::Lints, name: "dependencies", about: "licenses, sources and unused dependencies", run: dependencies },
    Step { row: Row::Lints, name: "clippy", about: "no warning in any crate", run: clippy },
    Step { row: Row::Tests, name: TESTS, about: "unit, property and integration tests, and journeys through the real window", run: tests },
    Step { row: Row::Tests, name: "faults", about: "a sample of kills, I/O errors and broken answers", run: sample_of_faults },
    Step { row: Row::Tests, name: "examples", about: "the examples in the documentation", run: examples },
];

/// The step that runs the tests of the crates.
pub(super) const TESTS: &str = "tests";

/// What `--only` takes.
pub(super) fn names() -> Vec<&'static str> {
    ALL.iter().map(|step| step.name).collect()
}

fn format(chosen: &Chosen) -> anyhow::Result<Tally> {
    one("cargo fmt", &mut cargo(&["fmt", "--all", "--check"]), chosen.shown)
}

fn spelling(chosen: &Chosen) -> anyhow::Result<Tally> {
    one("typos", &mut tool("typos", &[]), chosen.shown)
}

fn page(chosen: &Chosen) -> anyhow::Result<Tally> {
    // First, since the lints wait for it.
    build::page()?;
    let mut tally = Tally::of_one("build", true);
    for script in ["lint", "check"] {
        tally.add("npm run", one(script, &mut npm(&["run", script]), chosen.shown)?);
    }
    Ok(tally)
}

fn page_tests(chosen: &Chosen) -> anyhow::Result<Tally> {
    let report = repository::target().join("page-tests.json");
    // Emptied first, so that an earlier run is never counted.
    repository::write(&report, b"")?;
    let mut command = npm(&["run", "test", "--", "--reporter=default", "--reporter=json"]);
    command.arg(format!("--outputFile.json={}", report.display()));
    if let Some(name) = &chosen.name {
        command.args(["--testNamePattern", name]);
    }
    let outcome = watched::run(&mut command, chosen.shown)?;
    let report = std::fs::read_to_string(&report).context("vitest left no report")?;
    Tally::of_vitest(&outcome, &report)
}

fn dependencies(chosen: &Chosen) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    // The advisories check needs a server that not every machine can reach; .github/workflows runs it.
    let mut deny = tool("cargo-deny", &["check", "bans", "licenses", "sources"]);
    tally.add("cargo", one("deny", &mut deny, chosen.shown)?);
    let mut shear = tool("cargo-shear", &["--deny-warnings"]);
    tally.add("cargo", one("shear", &mut shear, chosen.shown)?);
    Ok(tally)
}

fn clippy(chosen: &Chosen) -> anyhow::Result<Tally> {
    build::page()?;
    let mut command = cargo(&["clippy", "--profile", PROFILE, "--all-targets"]);
    one("cargo clippy", command.args(WHOLE).args(["--", "-D", "warnings"]), chosen.shown)
}

fn tests(chosen: &Chosen) -> anyhow::Result<Tally> {
    // Programs that tests start; nextest does not build the window itself.
    let purpose = if chosen.package.is_none() { Purpose::Testing } else { Purpose::Working };
    let programs = build::programs(&build::page()?, purpose)?;
    let report = repository::target().join("nextest/default/junit.xml");
    // Emptied first, so that an earlier run is never counted.
    repository::write(&report, b"")?;
    let mut command = tool("cargo-nextest", &["nextest", "run", "--cargo-profile", PROFILE]);
    command
        .args(WHOLE)
        // A difference fails unless the caller asked to update snapshots.
        .env("INSTA_UPDATE", std::env::var_os("INSTA_UPDATE").unwrap_or_else(|| "no".into()))
        .env("LICET_TEST_PYTHON", setup::python())
        .env("LICET_DESKTOP", programs.window)
        .env("LICET_DESKTOP_DRIVEN", programs.driven_window.context("no window to drive was built")?)
        .env("LICET_BIN", programs.licet)
        .env("LICET_PORTAL_BIN", programs.portal)
        .envs(temporary_folder());
    if let Some(package) = &chosen.package {
        command.args(targets_of(package)?).args(["--filterset", &format!("package(={package})")]);
    }
    command.args(&chosen.name);
    let outcome = watched::run(&mut command, chosen.shown)?;
    let report = std::fs::read_to_string(&report).context("nextest left no report")?;
    Tally::of_junit(&outcome, &report)
}

fn sample_of_faults(chosen: &Chosen) -> anyhow::Result<Tally> {
    if !faults::CAN_RUN {
        println!("skipped: {}", faults::WHY_NOT);
        return Ok(Tally::default());
    }
    let programs = build::programs(&build::page()?, Purpose::Testing)?;
    one("a sample of faults", faults::sample(&programs).envs(temporary_folder()), chosen.shown)
}

fn examples(chosen: &Chosen) -> anyhow::Result<Tally> {
    build::page()?;
    let mut command = cargo(&["test", "--doc", "--no-fail-fast", "--profile", PROFILE]);
    Ok(Tally::of_cargo_test(&watched::run(command.args(WHOLE), chosen.shown)?))
}

/// Where tests make their temporary folders: in memory where there is room, since they wait for the disk thousands of times.
#[cfg(target_os = "linux")]
fn temporary_folder() -> Option<(&'static str, &'static str)> {
    const IN_MEMORY: &str = "/dev/shm";
    const ROOM: u64 = 4 << 30;
    let found = rustix::fs::statvfs(IN_MEMORY).ok()?;
    (found.f_bavail * found.f_frsize >= ROOM).then_some(("TMPDIR", IN_MEMORY))
}

#[cfg(not(target_os = "linux"))]
fn temporary_folder() -> Option<(&'static str, &'static str)> {
    None
}

/// What is compiled for one package's tests: with `--package` cargo would compile the dependencies for it alone.
fn targets_of(package: &str) -> anyhow::Result<Vec<String>> {
    let output = cargo(&["metadata", "--no-deps", "--format-version", "1"]).output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let found = packages.iter().find(|found| found["name"] == package);
    let found = found.with_context(|| format!("this workspace has no package {package}"))?;
    let targets = found["targets"].as_array().context("a package without targets")?;
    let tests = targets.iter().filter(|target| target["kind"][0] == "test").filter_map(|target| {
        let name = target["name"].as_str()?;
        Some(["--test".to_owned(), name.to_owned()])
    });
    // The library of the journeys has no tests beside its code; every other package's has.
    let beside_code: &[&str] = if package == "journeys" { &["--bins"] } else { &["--lib", "--bins"] };
    Ok(tests.flatten().chain(beside_code.iter().map(|target| (*target).to_owned())).collect())
}

/// A program that the setup installed.
fn tool(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(setup::tool(name));
    command.args(arguments).current_dir(repository::root());
    command
}

fn one(name: &str, command: &mut Command, shown: Shown) -> anyhow::Result<Tally> {
    Ok(Tally::of_one(name, watched::run(command, shown)?.success))
}
