//! The clipboard, as other programs see it.

use std::{io::Write, path::PathBuf, process::Stdio};

use anyhow::Context;
use journeys::{Session, eventually};
use xtask::process::Group;

use crate::common::DEADLINE;

/// Another program that has something on the clipboard, until this is dropped.
#[derive(Debug)]
pub(crate) struct Copier {
    _program: Group,
    told: PathBuf,
}

impl Copier {
    /// Copies this text in another program.
    pub(crate) async fn copies(session: &Session, text: &str) -> anyhow::Result<Self> {
        let told = session.folder().join("copier.log");
        let mut command = session.command("xclip");
        command.args(["-verbose", "-in", "-selection", "clipboard"]).stdin(Stdio::piped());
        command.stderr(std::fs::File::create(&told)?);
        let mut program = Group::spawn(&mut command)?;
        let mut input = program.child().stdin.take().context("xclip takes no input")?;
        input.write_all(text.as_bytes())?;
        drop(input);
        holds(session, text).await?;
        Ok(Self { _program: program, told })
    }

    /// How often another program has asked for the text so far.
    pub(crate) fn looks(&self) -> anyhow::Result<usize> {
        Ok(std::fs::read_to_string(&self.told)?.matches("Waiting for selection request").count())
    }

    /// Waits until another program has asked for the text again.
    pub(crate) async fn is_looked_at_after(&self, looks: usize) -> anyhow::Result<()> {
        eventually("a look at the clipboard", DEADLINE, || async {
            Ok((self.looks()? > looks).then_some(()))
        })
        .await
    }
}

/// Waits until the clipboard holds this.
pub(crate) async fn holds(session: &Session, text: &str) -> anyhow::Result<()> {
    eventually("the text on the clipboard", DEADLINE, || async {
        Ok((pasted(session)?.as_deref() == Some(text)).then_some(()))
    })
    .await
}

/// What another program would paste; nothing where the clipboard is empty.
pub(crate) fn pasted(session: &Session) -> anyhow::Result<Option<String>> {
    asked(session, &[])
}

/// The kinds of thing that are on the clipboard.
pub(crate) fn kinds(session: &Session) -> anyhow::Result<String> {
    Ok(asked(session, &["-target", "TARGETS"])?.unwrap_or_default())
}

fn asked(session: &Session, more: &[&str]) -> anyhow::Result<Option<String>> {
    // An owner that ends in the middle of being asked leaves xclip waiting for ever.
    let mut command = session.command("timeout");
    let output = command.args(["2", "xclip", "-out", "-selection", "clipboard"]).args(more).output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(output.status.success().then_some(text).filter(|text| !text.is_empty()))
}
