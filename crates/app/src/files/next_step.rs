//! What to do with a license file that was written: the exact next command.

use crate::context::shell::word;
use license::{
    Algorithm, Certificate, IssuerKey, Product,
    file::{Format, Pickup},
};
use std::path::Path;
use vault::{NewTrackedFile, files};
use vendors::{ContainerUser, FileRule, NextCommand, Registry, Snippet, WrittenFile};

/// What to do with a written file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// The exact command.
    pub command: String,
    /// What a container that is already running needs to see it; nothing where none can have read the file.
    pub running: Option<Pickup>,
    /// Texts for other files that make the written one read.
    pub snippets: Vec<Snippet>,
    /// The user of the container that the command starts, where it is known which.
    pub reader: Option<Reader>,
}

/// The user that a program runs as in its container: it reads the license file by these numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The user's number.
    pub user: u32,
    /// The number of the user's group.
    pub group: u32,
    /// Whether this user can read the file. A file that does not exist yet is for its owner alone.
    pub can_read: bool,
}

impl Reader {
    /// Who reads a product's license file of a format, where that is known.
    pub(crate) fn of(registry: Registry, product: &Product, format: Format, path: &Path) -> Option<Self> {
        registry.file_rule(Some(product), format).and_then(|rule| Self::by(rule, path))
    }

    fn by(rule: &FileRule, path: &Path) -> Option<Self> {
        let ContainerUser { user, group } = rule.reader?;
        Some(Self { user, group, can_read: files::can_be_read_by(path, user, group) })
    }
}

impl NextStep {
    /// What comes after writing `text`, by the vendor's rule for such files. A certificate is verified elsewhere by its
    /// issuer's key.
    pub(crate) fn after(
        registry: Registry,
        file: &NewTrackedFile,
        product: Option<&Product>,
        text: &str,
        was_there: bool,
        issuer: Option<&IssuerKey>,
    ) -> Self {
        let path = word(&file.path.display().to_string());
        let rule = registry.format(&file.format).and_then(|format| registry.file_rule(product, format));
        let reader = rule.and_then(|rule| Reader::by(rule, &file.path));
        let next = rule.and_then(|rule| rule.next).map(|next| {
            next(&WrittenFile {
                path: &file.path,
                word: &path,
                mount: &mounted(&file.path),
                compose: &compose(&file.path),
                text,
                can_be_read: reader.map(|reader| reader.can_read),
            })
        });
        let Some(NextCommand { command, pickup, snippets }) = next else {
            return Self {
                command: import(&path, text, issuer),
                running: None,
                snippets: Vec::new(),
                reader,
            };
        };
        // Only what is there already can have been read by something that runs.
        Self { command, running: pickup.filter(|_| was_there), snippets, reader }
    }
}

/// Brings a certificate in on a computer without network; an encrypted one is opened by its license key, and it is
/// verified by its issuer's public key.
fn import(path: &str, certificate: &str, issuer: Option<&IssuerKey>) -> String {
    let is_encrypted = Certificate::parse(certificate).is_ok_and(|one| one.algorithm() == Algorithm::AesGcm);
    let key = if is_encrypted { " --license-key-file KEYFILE" } else { "" };
    let issuer = issuer.map(|key| format!(" --issuer-key {}", key.hex())).unwrap_or_default();
    format!("licet import {path}{key}{issuer}")
}

/// Mounts a license file. `-v` splits at colons, and `--mount` is a line of CSV.
fn mounted(path: &Path) -> String {
    let path = path.display().to_string();
    if !path.contains(':') {
        return format!("-v {}", word(&format!("{path}:/license:ro")));
    }
    let source = format!("src={path}");
    let field =
        if path.contains([',', '"']) { format!("\"{}\"", source.replace('"', "\"\"")) } else { source };
    format!("--mount {}", word(&format!("type=bind,{field},dst=/license,readonly")))
}

/// Compose finds a `.env` beside its file by itself; any other must be named.
fn compose(path: &Path) -> String {
    let named = |path: &Path| word(&path.display().to_string());
    if path.file_name().is_some_and(|name| name == ".env") {
        format!("docker compose --project-directory {} up", named(path.parent().unwrap_or(Path::new("."))))
    } else {
        format!("docker compose --env-file {} up", named(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compose_is_told_of_an_env_file_that_it_would_not_find() {
        assert_eq!(compose(Path::new("/box/.env")), "docker compose --project-directory /box up");
        assert_eq!(compose(Path::new("/box/prod.env")), "docker compose --env-file /box/prod.env up");
        assert_eq!(compose(Path::new("/my box/a.env")), "docker compose --env-file '/my box/a.env' up");
    }

    #[test]
    fn a_path_that_would_end_early_is_mounted_by_name() {
        for (path, expected) in [
            ("/a/l.toml", "-v /a/l.toml:/license:ro"),
            ("/a b/l.toml", "-v '/a b/l.toml:/license:ro'"),
            ("/a:b/l.toml", "--mount 'type=bind,src=/a:b/l.toml,dst=/license,readonly'"),
            ("/a:b,c/l.toml", "--mount 'type=bind,\"src=/a:b,c/l.toml\",dst=/license,readonly'"),
        ] {
            assert_eq!(mounted(Path::new(path)), expected);
        }
    }
}
