//! The clipboard, as other programs see it.

use std::{io::Write, process::Stdio};

use anyhow::Context;
use journeys::{Session, eventually};
use xtask::process::Group;

use crate::common::DEADLINE;

/// Another program that has something on the clipboard, until this is dropped.
#[derive(Debug)]
pub struct Copier {
    _program: Group,
}

impl Copier {
    /// Copies this text in another program.
    pub async fn copies(session: &Session, text: &str) -> anyhow::Result<Self> {
        let mut command = session.command("xclip");
        command
            .args(["-quiet", "-in", "-selection", "clipboard"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null());
        let mut program = Group::spawn(&mut command)?;
        let mut input = program.child().stdin.take().context("xclip takes no input")?;
        input.write_all(text.as_bytes())?;
        drop(input);
        holds(session, text).await?;
        Ok(Self { _program: program })
    }
}

/// Waits until the clipboard holds this.
pub async fn holds(session: &Session, text: &str) -> anyhow::Result<()> {
    eventually("the text on the clipboard", DEADLINE, || async {
        Ok((pasted(session)?.as_deref() == Some(text)).then_some(()))
    })
    .await
}

/// What another program would paste; nothing where the clipboard is empty.
pub fn pasted(session: &Session) -> anyhow::Result<Option<String>> {
    asked(session, &[])
}

/// The kinds of thing that are on the clipboard.
pub fn kinds(session: &Session) -> anyhow::Result<String> {
    Ok(asked(session, &["-target", "TARGETS"])?.unwrap_or_default())
}

fn asked(session: &Session, more: &[&str]) -> anyhow::Result<Option<String>> {
    let mut command = session.command("xclip");
    let output = command.args(["-out", "-selection", "clipboard"]).args(more).output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(output.status.success().then_some(text).filter(|text| !text.is_empty()))
}
