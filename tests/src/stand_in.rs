//! Stand-ins for programs of others, which write down what they are told.

use std::{os::unix::fs::PermissionsExt, path::PathBuf};

use xtask::{repository::write, session::Session};

/// A program of this session's own, found before the real one, that notes its arguments and its standard input.
#[derive(Debug)]
pub struct StandIn {
    folder: PathBuf,
}

impl StandIn {
    /// Stands in for the program of this name; then it runs these lines of shell.
    pub fn of(session: &Session, name: &str, then: &str) -> anyhow::Result<Self> {
        let (folder, program) =
            (session.folder().join("told").join(name), session.folder().join("bin").join(name));
        let told = folder.display();
        let script = format!(
            "#!/bin/sh\nmkdir -p '{told}'\nprintf '%s\\n' \"$@\" > '{told}/arguments'\ncat > '{told}/input'\n\
             env > '{told}/environment'\n{then}\n"
        );
        write(&program, script.as_bytes())?;
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755))?;
        Ok(Self { folder })
    }

    /// Its arguments, one a line.
    pub fn arguments(&self) -> anyhow::Result<String> {
        Ok(std::fs::read_to_string(self.folder.join("arguments"))?)
    }

    /// What it was given on its standard input.
    pub fn input(&self) -> anyhow::Result<String> {
        Ok(std::fs::read_to_string(self.input_file())?)
    }

    /// Where that is: the one place where a secret may be.
    pub fn input_file(&self) -> PathBuf {
        self.folder.join("input")
    }

    /// The folder of all that it was told.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }
}
