//! The starting state of an operation, and its result without a fault.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use journeys::tracer::{Ended, Traced};
use testkit::Answer;

use super::{
    broken::Kind,
    library,
    operations::{Operation, Step},
    promise::{Reference, files_in},
    world::{SUCCESSOR, World},
};

/// The name of the start that has nothing but what every operation needs.
pub(super) const BASE: &str = "base";

/// What is there before an operation, and what it does without a fault.
#[derive(Debug)]
pub(super) struct Start {
    name: &'static str,
    has_new_key: bool,
    /// The license files before it.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The licenses that are listed before it: the account and the vendor's id of each.
    pub listed: BTreeSet<(String, String)>,
    /// The strings of the portal's licenses before it, by name.
    pub strings: BTreeMap<String, String>,
    pub reference: Reference,
    /// The calls with which it writes.
    pub calls: Vec<String>,
    /// The kinds of requests that it sends.
    pub requests: Vec<Kind>,
    /// How often it sends each kind.
    pub sent: BTreeMap<String, usize>,
}

impl Start {
    /// Prepares the start, keeps it, and runs the operation once without a fault.
    pub(super) fn of(world: &mut World, operation: &Operation) -> anyhow::Result<Self> {
        world.bring_back(BASE, true)?;
        for step in &operation.prepare {
            prepare(world, step)?;
        }
        let name = operation.name;
        world.keep(name)?;
        let mut start = Self {
            name,
            has_new_key: operation.has_new_key,
            files: files_in(&world.files())?,
            listed: library::listed(world)?,
            strings: strings(world)?,
            reference: Reference::nothing(),
            calls: Vec::new(),
            requests: Vec::new(),
            sent: BTreeMap::new(),
        };
        start.reference.token_before = world.vendor.instance_token()?;
        // What was read may have written: a command with a passphrase makes a home that is missing.
        start.bring_back(world)?;
        let run = world.traced(&operation.command, None)?;
        start.learn(world, operation, run)?;
        Ok(start)
    }

    /// Records the run without a fault, which must keep the promise.
    fn learn(&mut self, world: &World, operation: &Operation, run: Traced) -> anyhow::Result<()> {
        let errors = String::from_utf8_lossy(&run.errors).into_owned();
        anyhow::ensure!(run.ended == Ended::Code(0), "without a fault it ended with {}: {errors}", run.ended);
        let received = world.honest();
        self.serve(world);
        for kind in received.iter().map(Kind::of) {
            if !self.requests.contains(&kind) {
                self.sent.insert(kind.to_string(), kind.count(&received));
                self.requests.push(kind);
            }
        }
        self.calls = run.calls;
        self.reference.files = files_in(&world.files())?;
        self.reference.output = String::from_utf8_lossy(&run.output).into_owned();
        let is_kept = operation.promise.is_kept(world, &self.reference, &self.reference.output)?;
        anyhow::ensure!(is_kept, "without a fault {:?} is not so", operation.promise);
        Ok(())
    }

    /// Brings it back, as it was before the operation.
    pub(super) fn bring_back(&self, world: &mut World) -> anyhow::Result<()> {
        world.bring_back(self.name, false)?;
        self.serve(world);
        Ok(())
    }

    /// Has the server between answer as the vendor does here.
    pub(super) fn serve(&self, world: &World) {
        if self.has_new_key {
            let answer = Answer::replacing(&world.cell_key, SUCCESSOR);
            world.answer("GET /v1/accounts/demo/licenses", answer);
        }
    }
}

fn prepare(world: &World, step: &Step) -> anyhow::Result<()> {
    match step {
        Step::Licet(line) => world.must(line).map(drop),
        Step::Write(name, text) => xtask::repository::write(&world.files().join(name), text.as_bytes()),
        Step::Issue(name) => world.vendor.issue(name),
        Step::Remove(name) => world.vendor.remove(name),
        Step::NewHome => std::fs::remove_dir_all(world.home()).context("could not take the home away"),
    }
}

fn strings(world: &World) -> anyhow::Result<BTreeMap<String, String>> {
    let licenses = world.vendor.licenses()?.into_iter();
    licenses.map(|(id, name)| Ok((name, world.vendor.license_string(&id)?))).collect()
}
