//! The checks after a fault.

use std::collections::BTreeMap;

use anyhow::Context;
use journeys::tracer::{Ended, Fault, Traced};
use testkit::Received;

use super::{
    broken::Kind,
    library,
    operations::Operation,
    promise::{Promise, files_in, is_certificate},
    start::Start,
    world::{Ran, SENTINEL, World, may_change},
};

/// Checks the state after one fault and collects what is wrong.
pub(super) struct Check<'a> {
    pub world: &'a World,
    pub operation: &'a Operation,
    pub start: &'a Start,
    /// What is done first afterwards.
    pub next: Next,
    /// Whether its outcome has to be known: the vendor said that it is done with the request, and answers a look.
    pub must_be_decided: bool,
    /// Whether the command may be refused as one that cannot be: the vendor was asked what it takes, and gave no usable answer.
    pub may_be_refused: bool,
    pub wrong: Vec<String>,
}

/// What is done first after a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The same command once more.
    Again,
    /// A refresh, which is another program's start that knows nothing of the command.
    Refresh,
}

impl Check<'_> {
    /// Checks everything, from what the run left to what a second run and an honest refresh make of it. `fault` is the one that
    /// was injected; none where the answers were broken.
    pub(super) fn everything(&mut self, run: &Traced, fault: Option<Fault>) -> anyhow::Result<()> {
        let sent = self.world.honest();
        self.start.serve(self.world);
        self.ended_well(run, fault);
        self.says_no_secret("it", &run.output, &run.errors);
        self.sent_once(&sent);
        self.files_are_whole(fault.map(|fault| (fault, run)))?;
        self.library_opens()?;
        self.nothing_counts_as_gone()?;
        self.outcome_is_true(run)?;
        self.goes_on(run)
    }

    pub(super) fn wrong(&mut self, what: impl Into<String>) {
        self.wrong.push(what.into());
    }

    /// It ended by itself, or by the kill.
    fn ended_well(&mut self, run: &Traced, fault: Option<Fault>) {
        let is_meant = match run.ended {
            Ended::Code(2) => self.may_be_refused,
            Ended::Code(code) => (0..=8).contains(&code),
            Ended::Signal(signal) => {
                fault == Some(Fault::Kill) && run.was_injected && signal == nix::sys::signal::Signal::SIGKILL
            }
            Ended::Hung => false,
        };
        if !is_meant {
            let words = String::from_utf8_lossy(&run.errors).trim().to_owned();
            self.wrong(format!("it ended with {}: {words}", run.ended));
        }
        if matches!(run.ended, Ended::Code(1..)) && !has_words(&run.errors) && run.ended != Ended::Code(8) {
            self.wrong(format!("it ended with {} and no word why", run.ended));
        }
    }

    pub(super) fn says_no_secret(&mut self, who: &str, output: &[u8], errors: &[u8]) {
        for (place, bytes) in [("output", output), ("errors", errors)] {
            for found in self.world.secrets.in_bytes(place, bytes) {
                self.wrong(format!("{who} printed the {} ({}) to its {place}", found.secret, found.form));
            }
            // The key of a license that is new cannot be known before.
            if String::from_utf8_lossy(bytes).contains("eyJhbGci") {
                self.wrong(format!("{who} printed a license string to its {place}"));
            }
        }
    }

    /// What may change something was sent as often as without a fault, at most. A session that is not kept may be ended.
    fn sent_once(&mut self, sent: &[Received]) {
        let mut counts = BTreeMap::<_, usize>::new();
        for kind in sent.iter().filter(|request| may_change(request)).map(Kind::of) {
            *counts.entry(kind.to_string()).or_default() += 1;
        }
        for (kind, count) in counts {
            let expected = self.start.sent.get(&kind).copied().unwrap_or(0);
            if count > expected && !(count == 1 && ends_a_session(&kind)) {
                self.wrong(format!("it sent {kind} {count} times, and {expected} times without the fault"));
            }
        }
    }

    /// Each license file has its old or its new text. Just `after` a fault, a file that was written in place may be incomplete, if a
    /// backup has its whole old text; the next start removes a backup that is not needed.
    pub(super) fn files_are_whole(&mut self, after: Option<(Fault, &Traced)>) -> anyhow::Result<()> {
        let files = files_in(&self.world.files())?;
        let in_place = after.filter(|_| self.operation.is_in_place);
        for name in self.start.files.keys().filter(|name| !files.contains_key(*name)) {
            let is_meant =
                matches!(self.operation.promise, Promise::BackupRemoved(removed) if removed == name);
            if !is_meant {
                self.wrong(format!("{name} is gone"));
            }
        }
        for (name, bytes) in &files {
            let is_known = is_leftover(name)
                || [&self.start.files, &self.start.reference.files]
                    .iter()
                    .any(|known| known.get(name) == Some(bytes))
                || self.is_new_text(name, bytes)?
                || in_place.is_some_and(|(fault, run)| {
                    self.is_old_text_beside(name, bytes) || self.may_be_incomplete(name, &files, fault, run)
                });
            if !is_known {
                self.wrong(format!("{name} has neither its old nor its new text ({} bytes)", bytes.len()));
            }
        }
        Ok(())
    }

    /// Whether a file is a backup of an old text.
    fn is_old_text_beside(&self, name: &str, bytes: &[u8]) -> bool {
        let old = name.split_once(".bak").and_then(|(file, _)| self.start.files.get(file));
        old.is_some_and(|old| old == bytes)
    }

    /// Whether a file may have a part of each text: a backup has the whole old one, and a program that was not killed has named it.
    fn may_be_incomplete(
        &self,
        name: &str,
        files: &BTreeMap<String, Vec<u8>>,
        fault: Fault,
        run: &Traced,
    ) -> bool {
        let backup = format!("{name}.bak");
        let mut backups = files.iter().filter(|(other, _)| other.starts_with(&backup));
        let is_kept = backups.any(|(other, bytes)| self.is_old_text_beside(other, bytes));
        let is_named = || String::from_utf8_lossy(&run.errors).contains(&backup);
        match fault {
            Fault::Kill => is_kept,
            Fault::DiskFull => is_kept && is_named(),
            Fault::Error => false,
        }
    }

    /// Whether a file has a text that no run before could know: a new license's, or a new certificate.
    fn is_new_text(&self, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
        if let Promise::Certificate(file) = self.operation.promise {
            return Ok(name == file && is_certificate(bytes));
        }
        let Promise::Replaced { old, new, file } = self.operation.promise else { return Ok(false) };
        if name != file {
            return Ok(false);
        }
        let vendor = &self.world.vendor;
        let before = self.start.files.get(file).context("the old file")?;
        let before = String::from_utf8_lossy(before).into_owned();
        let old = self.start.strings.get(old).context("the old license's string")?;
        let strings = vendor.named(new)?.into_iter().map(|id| vendor.license_string(&id));
        let texts = strings.map(|string| Ok(before.replace(old, &string?).into_bytes()));
        Ok(texts.collect::<anyhow::Result<Vec<_>>>()?.iter().any(|text| text == bytes))
    }

    /// The library opens, and the key that exists nowhere else can be read.
    fn library_opens(&mut self) -> anyhow::Result<()> {
        let (line, expected) = match self.operation.has_sentinel() {
            true => ("export sentinel --format launcher-toml --stdout", SENTINEL),
            false => ("list", ""),
        };
        let ran = self.world.licet(line)?;
        if ran.code != Some(0) || !ran.output.contains(expected) {
            self.wrong(format!("licet {line}: {}", said(&ran)));
        }
        Ok(())
    }

    /// Each license that was listed before is listed still, unless its vendor really lost it.
    fn nothing_counts_as_gone(&mut self) -> anyhow::Result<()> {
        let promise = self.operation.promise;
        if matches!(promise, Promise::Disconnected(_) | Promise::Connected(_)) {
            return Ok(());
        }
        let (listed, at_portal) = (library::listed(self.world)?, self.world.vendor.licenses()?);
        for missing in self.start.listed.difference(&listed) {
            let (account, id) = missing;
            if account != "ab" || at_portal.contains_key(id) {
                self.wrong(format!("a license of {account} counts as gone, and is not"));
            }
        }
        Ok(())
    }

    /// What it claimed is so.
    fn outcome_is_true(&mut self, run: &Traced) -> anyhow::Result<()> {
        let output = String::from_utf8_lossy(&run.output).into_owned();
        let Ended::Code(code) = run.ended else { return Ok(()) };
        // Without an answer there is nothing to compare.
        if self.operation.promise == Promise::Answered && code != 0 {
            return Ok(());
        }
        let promise = self.operation.promise;
        let is_kept = promise.is_kept(self.world, &self.start.reference, &output)?;
        let errors = String::from_utf8_lossy(&run.errors).trim().replace('\n', " / ");
        match code {
            0 if !is_kept && promise == Promise::Answered => {
                self.wrong(format!(
                    "it printed {} without a fault, now {}",
                    self.start.reference.output.trim(),
                    output.trim()
                ));
            }
            7 if self.must_be_decided => {
                self.wrong("it left the outcome open, although the vendor had answered and could be asked");
            }
            0 if !is_kept => self.wrong(format!("it claimed success, but {promise:?} is not so")),
            1..=6 if is_kept && promise.is_vendors() => {
                self.wrong(format!("it claimed failure (exit {code}), but {promise:?} is so: {errors}"));
            }
            _ => {}
        }
        Ok(())
    }
}

/// A file that a write makes and renames.
pub(super) fn is_leftover(name: &str) -> bool {
    name.starts_with(".licet-") && (name.ends_with(".tmp") || name.ends_with(".swap"))
}

/// Whether requests of a kind end a session.
fn ends_a_session(kind: &str) -> bool {
    kind.starts_with("DELETE /v1/accounts/demo/tokens/")
}

pub(super) fn has_words(errors: &[u8]) -> bool {
    let text = String::from_utf8_lossy(errors);
    text.contains("error: ") || text.contains("\"error\"")
}

pub(super) fn said(ran: &Ran) -> String {
    let code = ran.code.map_or_else(|| "a signal".to_owned(), |code| format!("exit {code}"));
    format!("{code}: {}", ran.errors.trim().replace('\n', " / "))
}
