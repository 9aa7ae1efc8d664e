//! The checks of what follows a fault: an honest refresh, and the same command once more.

use std::collections::BTreeSet;

use anyhow::Context;
use journeys::tracer::{Ended, Traced};

use super::{
    check::{Check, Next, has_words, is_leftover, said},
    library,
    promise::{Promise, files_in},
};

impl Check<'_> {
    /// An unknown outcome is settled by one refresh; the same command once more works or says why; in the end all is as if
    /// nothing had happened.
    pub(super) fn goes_on(&mut self, run: &Traced) -> anyhow::Result<()> {
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
        self.files_are_whole(None)?;
        self.nothing_is_left()
    }

    /// No file that Licet wrote whole counts as changed by somebody else.
    fn nothing_is_drifted(&mut self, run: &Traced) -> anyhow::Result<()> {
        if matches!(self.operation.promise, Promise::BackupRestored(_)) {
            return Ok(());
        }
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
        let may_need_a_login = matches!(
            self.operation.promise,
            Promise::LoggedOut(_) | Promise::Disconnected(_) | Promise::Forgotten
        );
        let asks_for_a_login = ["log in again", "log in to the account", "is not kept"]
            .iter()
            .any(|words| ran.errors.contains(words));
        let is_meant = ran.code == Some(0) || may_need_a_login && asks_for_a_login;
        if !is_meant {
            self.wrong(format!("licet refresh: {}", said(&ran)));
        }
        if !library::agrees(self.world)? {
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
            if name.starts_with("sending-") || name.starts_with("file-") || is_leftover(&name) {
                self.wrong(format!("{name} is left in the home"));
            }
        }
        Ok(())
    }
}
