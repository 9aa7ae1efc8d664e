//! What has to hold after a fault, whatever it was.

use std::collections::BTreeSet;

use anyhow::Context;
use journeys::tracer::{Ended, Fault, Traced};
use serde_json::Value;

use super::{
    operations::Operation,
    promise::{Promise, Reference, files_in, is_certificate},
    start::Start,
    world::{Ran, SENTINEL, World},
};

/// Looks at what one fault left, and keeps what is wrong.
pub(super) struct Check<'a> {
    pub world: &'a World,
    pub operation: &'a Operation,
    pub start: &'a Start,
    /// What is done first afterwards.
    pub next: Next,
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
        let may_be_torn = self.operation.is_in_place && fault == Some(Fault::Kill);
        self.files_are_whole(may_be_torn)?;
        self.library_opens()?;
        self.nothing_counts_as_gone()?;
        self.outcome_is_true(run)?;
        self.goes_on(run)
    }

    fn wrong(&mut self, what: impl Into<String>) {
        self.wrong.push(what.into());
    }

    /// It ended by itself, or by the kill.
    fn ended_well(&mut self, run: &Traced, fault: Option<Fault>) {
        let is_meant = match run.ended {
            Ended::Code(code) => (0..=8).contains(&code) && code != 2,
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

    fn says_no_secret(&mut self, who: &str, output: &[u8], errors: &[u8]) {
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

    /// What may change something was sent at most once.
    fn sent_once(&mut self, sent: &[journeys::Received]) {
        for kind in self.start.requests.iter().filter(|kind| kind.may_change) {
            let expected = self.start.sent.get(&kind.to_string()).copied().unwrap_or(1);
            let count = kind.count(sent);
            if count > expected {
                self.wrong(format!("it sent {kind} {count} times"));
            }
        }
    }

    /// Each license file has its old or its new text.
    fn files_are_whole(&mut self, may_be_torn: bool) -> anyhow::Result<()> {
        let files = files_in(&self.world.files())?;
        for name in self.start.files.keys().filter(|name| !files.contains_key(*name)) {
            self.wrong(format!("{name} is gone"));
        }
        for (name, bytes) in &files {
            let is_known = is_leftover(name)
                || [&self.start.files, &self.start.reference.files]
                    .iter()
                    .any(|known| known.get(name) == Some(bytes))
                || self.is_new_text(name, bytes)?;
            if !is_known && !may_be_torn {
                self.wrong(format!("{name} has neither its old nor its new text ({} bytes)", bytes.len()));
            }
        }
        Ok(())
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
        let (listed, at_portal) = (listed(self.world)?, self.world.vendor.licenses()?);
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
            0 if !is_kept => self.wrong(format!("it claimed success, but {promise:?} is not so")),
            1..=6 if is_kept && promise.is_vendors() => {
                self.wrong(format!("it claimed failure (exit {code}), but {promise:?} is so: {errors}"));
            }
            _ => {}
        }
        Ok(())
    }

    /// An unknown outcome is settled by one refresh; the same command once more works or says why; in the end all is as if
    /// nothing had happened.
    fn goes_on(&mut self, run: &Traced) -> anyhow::Result<()> {
        self.nothing_is_drifted(run)?;
        if self.next == Next::Refresh || run.ended == Ended::Code(7) {
            self.refreshes()?;
            self.nothing_is_left()?;
            self.is_connected_whole()?;
        }
        if run.ended != Ended::Code(0) {
            let command = self.operation.command.clone();
            let code = self.again(&command)?;
            if let (Some(resume), true) = (self.operation.resume, code != Some(0)) {
                self.again(resume)?;
            }
        }
        self.is_connected_whole()?;
        self.refreshes()?;
        self.nothing_twice()?;
        self.files_are_whole(false)?;
        self.nothing_is_left()
    }

    /// No file that Licet wrote whole counts as changed by somebody else.
    fn nothing_is_drifted(&mut self, run: &Traced) -> anyhow::Result<()> {
        let is_half_written = self.operation.is_in_place && run.ended != Ended::Code(0);
        let licenses = self.world.json("list")?;
        let licenses = licenses.as_array().context("a list of licenses")?;
        for file in licenses.iter().filter_map(|license| license["files"].as_array()).flatten() {
            if file["state"] == "drifted" && !is_half_written {
                self.wrong(format!("{} counts as changed by somebody else", file["path"]));
            }
        }
        Ok(())
    }

    /// Runs a command once more; it works or says why.
    fn again(&mut self, line: &str) -> anyhow::Result<Option<i32>> {
        let (promise, reference) = (self.operation.promise, &self.start.reference);
        let was_kept =
            matches!(promise, Promise::Restored(..)) && promise.is_kept(self.world, reference, "")?;
        let promise = promise.once_more(was_kept);
        let ran = self.world.licet(line)?;
        let short = line.split(" --").next().unwrap_or_default();
        self.says_no_secret("the second run", ran.output.as_bytes(), ran.errors.as_bytes());
        match ran.code {
            Some(0) if promise.is_kept(self.world, reference, &ran.output)? => {}
            Some(0) => {
                self.wrong(format!("licet {short}, once more, claimed success, but {promise:?} is not so"))
            }
            Some(1 | 3 | 4 | 5 | 7) if has_words(ran.errors.as_bytes()) => {}
            // It is logged out already.
            Some(6) if matches!(promise, Promise::LoggedOut(_)) => {}
            Some(8) => {}
            _ => self.wrong(format!("licet {short}, once more: {}", said(&ran))),
        }
        Ok(ran.code)
    }

    /// An account that is there has its login.
    fn is_connected_whole(&mut self) -> anyhow::Result<()> {
        let Promise::Connected(name) = self.operation.promise else { return Ok(()) };
        let accounts = self.world.json("accounts list")?;
        let is_there =
            accounts.as_array().is_some_and(|all| all.iter().any(|account| account["name"] == name));
        let tested = self.world.licet(&format!("accounts test {name}"))?;
        if is_there && tested.code != Some(0) {
            self.wrong(format!("the account {name} is there without its login: {}", said(&tested)));
        }
        Ok(())
    }

    /// An honest refresh works, and the library then agrees with the portal.
    fn refreshes(&mut self) -> anyhow::Result<()> {
        let ran = self.world.licet("refresh")?;
        self.says_no_secret("the refresh", ran.output.as_bytes(), ran.errors.as_bytes());
        // A session that was ended before its account was removed needs a login, as one that was logged out does.
        let may_need_a_login =
            matches!(self.operation.promise, Promise::LoggedOut(_) | Promise::Disconnected(_));
        let asks_for_a_login =
            ["log in to the account", "is not kept"].iter().any(|words| ran.errors.contains(words));
        let is_meant = ran.code == Some(0) || may_need_a_login && asks_for_a_login;
        if !is_meant {
            self.wrong(format!("licet refresh: {}", said(&ran)));
        }
        if !agrees(self.world)? {
            self.wrong("after a refresh, the library and the portal have different licenses");
        }
        self.is_settled()
    }

    /// What is still open did not happen: it may arrive for two minutes after it was sent.
    fn is_settled(&mut self) -> anyhow::Result<()> {
        for account in self.world.json("accounts list")?.as_array().context("a list of accounts")? {
            for open in account["unsettled"].as_array().context("what is unsettled")? {
                let (verb, name) =
                    (open["verb"].as_str().unwrap_or_default(), open["name"].as_str().unwrap_or_default());
                let is_there = !self.world.vendor.named(name)?.is_empty();
                let happened = if verb == "delete" { !is_there } else { is_there };
                if happened {
                    self.wrong(format!("after a refresh, the {verb} of {name} is still unsettled"));
                }
            }
        }
        Ok(())
    }

    fn nothing_twice(&mut self) -> anyhow::Result<()> {
        let mut seen = BTreeSet::new();
        for name in self.world.vendor.licenses()?.into_values() {
            if !seen.insert(name.clone()) {
                self.wrong(format!("the portal has {name} twice"));
            }
        }
        Ok(())
    }

    /// No part of a write and no lock of an ended process stays.
    fn nothing_is_left(&mut self) -> anyhow::Result<()> {
        for name in files_in(&self.world.files())?.into_keys().filter(|name| is_leftover(name)) {
            self.wrong(format!("{name}, which holds a key, is left in the folder of license files"));
        }
        let home = self.world.home();
        for entry in std::fs::read_dir(home)?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("sending-") || is_leftover(&name) {
                self.wrong(format!("{name} is left in the home"));
            }
        }
        Ok(())
    }
}

/// The licenses of the accounts `ab` and `ai` that are listed: the account and the vendor's id of each.
pub(super) fn listed(world: &World) -> anyhow::Result<BTreeSet<(String, String)>> {
    let licenses = world.json("list")?;
    let licenses = licenses.as_array().context("a list of licenses")?.iter();
    let named = licenses.filter_map(|license| {
        let (account, id) = (license["account"].as_str()?, license["vendor_id"].as_str()?);
        ["ab", "ai"].contains(&account).then(|| (account.to_owned(), id.to_owned()))
    });
    Ok(named.collect())
}

/// Whether the library has the portal's licenses and no others, where it is connected to it.
pub(super) fn agrees(world: &World) -> anyhow::Result<bool> {
    let accounts = world.json("accounts list")?;
    if !accounts.as_array().is_some_and(|all| all.iter().any(|account| account["name"] == "ab")) {
        return Ok(true);
    }
    let listed = world.json("list account:ab")?;
    let id = |license: &Value| license["vendor_id"].as_str().map(str::to_owned);
    let listed: Option<BTreeSet<_>> =
        listed.as_array().context("a list of licenses")?.iter().map(id).collect();
    Ok(listed == Some(world.vendor.licenses()?.into_keys().collect()))
}

/// A file that a write makes and renames.
fn is_leftover(name: &str) -> bool {
    name.starts_with(".licet-") && name.ends_with(".tmp")
}

fn has_words(errors: &[u8]) -> bool {
    let text = String::from_utf8_lossy(errors);
    text.contains("error: ") || text.contains("\"error\"")
}

fn said(ran: &Ran) -> String {
    let code = ran.code.map_or_else(|| "a signal".to_owned(), |code| format!("exit {code}"));
    format!("{code}: {}", ran.errors.trim().replace('\n', " / "))
}

impl Reference {
    /// Before there is one.
    pub(super) fn nothing() -> Self {
        Self { token_before: None, files: Default::default(), output: String::new() }
    }
}
