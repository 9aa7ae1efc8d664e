//! What a vendor's documents say of license files: where they are, who reads them, and what to do with one that was written.

use crate::Text;
use license::file::{Format, Pickup};
use std::path::Path;

/// How the license files of a product in one format are named and used.
#[derive(Debug, Clone, Copy)]
pub struct FileRule {
    /// The format.
    pub format: Format,
    /// The usual name of such a file.
    pub usual: &'static str,
    /// The name where the usual one is another license's; `{license}` stands for the license's name.
    pub named: &'static str,
    /// Whether each license's file has its own name from the start, and the usual one is only for a license without a name.
    pub is_named_after_license: bool,
    /// Whether the vendor's documents put the file into the home folder, so that one found there is offered for import.
    pub is_looked_for: bool,
    /// Whether the settings can hold the path of this file. At most one rule has it.
    pub has_path_setting: bool,
    /// The usual format that this one replaces on request.
    pub variant: Option<Variant>,
    /// The user that the vendor's image runs as, where it is known.
    pub reader: Option<ContainerUser>,
    /// What to do with a file that was written. Without it, the file is only imported elsewhere.
    pub next: Option<fn(&WrittenFile<'_>) -> NextCommand>,
}

/// A format that is offered as an option of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// The other format.
    pub of: Format,
    /// When to use it.
    pub when: Text,
}

/// The numbers of the user that a program runs as in its container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContainerUser {
    /// The user.
    pub user: u32,
    /// The user's group.
    pub group: u32,
}

/// A license file that was written, with its path as a command needs it.
#[derive(Debug, Clone, Copy)]
pub struct WrittenFile<'a> {
    /// The path.
    pub path: &'a Path,
    /// The path as one word of a shell.
    pub word: &'a str,
    /// The options of `docker run` that mount the file as `/license`.
    pub mount: &'a str,
    /// The docker compose command that reads the file as its environment.
    pub compose: &'a str,
    /// The file's text. Nothing of the license key in it may be in a command.
    pub text: &'a str,
    /// Whether the vendor's image can read the file, where its user is known.
    pub can_be_read: Option<bool>,
}

/// What to do with a license file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextCommand {
    /// The exact command.
    pub command: String,
    /// What a container that is already running needs to read the new file; nothing where none reads it.
    pub pickup: Option<Pickup>,
    /// Texts for other files that make a program read this one.
    pub snippets: Vec<Snippet>,
}

/// A text to copy into another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// What it is for, in one word that the page and the command line have their own words for.
    pub purpose: &'static str,
    /// The text; never a key.
    pub text: String,
}

impl FileRule {
    /// The rule of a format whose files have a usual name and another one for each license.
    pub const fn named(format: Format, usual: &'static str, named: &'static str) -> Self {
        Self {
            format,
            usual,
            named,
            is_named_after_license: false,
            is_looked_for: false,
            has_path_setting: false,
            variant: None,
            reader: None,
            next: None,
        }
    }

    /// The name of a license's own file.
    pub fn name_for(&self, license: &str) -> String {
        self.named.replace("{license}", license)
    }
}
