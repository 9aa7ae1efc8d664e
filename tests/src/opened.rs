//! What the window has the system open: pages in the browser, messages in the mail program.

use std::{os::unix::fs::PermissionsExt, path::PathBuf};

use xtask::{repository::write, session::Session};

use crate::{PATIENCE, eventually};

/// The kinds of addresses that are noted.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Stands in for this user's browser and mail program: a program that writes down the last address it was given.
#[derive(Debug)]
pub struct Opened {
    note: PathBuf,
}

impl Opened {
    /// From now on the session opens addresses with it.
    pub fn noted_in(session: &Session) -> anyhow::Result<Self> {
        let note = session.folder().join("opened");
        let program = session.folder().join("opener");
        write(&program, format!("#!/bin/sh\nprintf %s \"$1\" > '{}'\n", note.display()).as_bytes())?;
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755))?;
        let entry =
            format!("[Desktop Entry]\nType=Application\nName=Opener\nExec={} %u\n", program.display());
        write(&session.folder().join("data/applications/opener.desktop"), entry.as_bytes())?;
        let handlers = SCHEMES.map(|scheme| format!("x-scheme-handler/{scheme}=opener.desktop\n")).concat();
        let list = format!("[Default Applications]\n{handlers}");
        write(&session.folder().join("config/mimeapps.list"), list.as_bytes())?;
        Ok(Self { note })
    }

    /// Waits for an address that was opened since the last one, and answers it.
    pub async fn next(&self) -> anyhow::Result<String> {
        let address = eventually("an address to be opened", PATIENCE, || async {
            let noted = std::fs::read_to_string(&self.note).ok();
            Ok(noted.filter(|address| !address.is_empty()))
        })
        .await?;
        std::fs::remove_file(&self.note)?;
        Ok(address)
    }
}
