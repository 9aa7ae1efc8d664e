//! What an operation promises once it says that it is done, and whether that is so.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

use super::{
    library,
    world::{Ran, World},
};

/// What is true once an operation says that it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    /// The portal has exactly one license of this name.
    Created(&'static str),
    /// The portal has no license of this name.
    Deleted(&'static str),
    /// The portal has the new license instead of the old one, and the file has its string.
    Replaced { old: &'static str, new: &'static str, file: &'static str },
    /// The instance has the token in this input.
    Token(&'static str),
    /// The instance has the token in the first input again; the command once more gives it the one in the second.
    Restored(&'static str, &'static str),
    /// The instance has another token than before.
    Renewed,
    /// The instance has no token.
    NoToken,
    /// The license is in use on no machine.
    Released,
    /// These files are as a run without a fault writes them.
    Written(&'static [&'static str]),
    /// The same of a file that was restored from a backup: it is not what Licet wrote last.
    BackupRestored(&'static [&'static str]),
    /// There is no backup of this name.
    BackupRemoved(&'static str),
    /// This file is a whole certificate.
    Certificate(&'static str),
    /// The account is in the library, and its login works.
    Connected(&'static str),
    /// The account is not in the library.
    Disconnected(&'static str),
    /// The account is in the library, and has no login.
    LoggedOut(&'static str),
    /// The library has an imported license of this name.
    Listed(&'static str),
    /// The library has no license of this name.
    NotListed(&'static str),
    /// The license is marked as leaked.
    Leaked(&'static str),
    /// The license is not marked as leaked.
    NotLeaked(&'static str),
    /// The library has no login and no key.
    Forgotten,
    /// The library has the licenses that the portal has.
    Refreshed,
    /// The container client was given the license file's text.
    RegistryLogin,
    /// It printed what it prints without a fault.
    Answered,
}

/// What a run without a fault came to.
#[derive(Debug)]
pub(super) struct Reference {
    /// The instance's token before it.
    pub token_before: Option<String>,
    /// The license files after it.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What it printed.
    pub output: String,
}

impl Reference {
    /// Before there is one.
    pub(super) fn nothing() -> Self {
        Self { token_before: None, files: Default::default(), output: String::new() }
    }
}

impl Promise {
    /// Whether it is about what the vendor has, so that an operation that failed must not have done it.
    pub(super) fn is_vendors(self) -> bool {
        match self {
            Self::Created(_)
            | Self::Deleted(_)
            | Self::Token(_)
            | Self::Restored(..)
            | Self::Renewed
            | Self::NoToken
            | Self::Released => true,
            // In steps, each of which may be done: it goes on later.
            Self::Replaced { .. }
            | Self::Written(_)
            | Self::BackupRestored(_)
            | Self::BackupRemoved(_)
            | Self::Certificate(_)
            | Self::Connected(_)
            | Self::Disconnected(_)
            | Self::LoggedOut(_)
            | Self::Listed(_)
            | Self::NotListed(_)
            | Self::Leaked(_)
            | Self::NotLeaked(_)
            | Self::Forgotten
            | Self::Refreshed
            | Self::RegistryLogin
            | Self::Answered => false,
        }
    }

    /// What the same command promises once more, after what it promised has become so or not.
    pub(super) fn once_more(self, was_kept: bool) -> Self {
        if let (Self::Restored(_, second), true) = (self, was_kept) { Self::Token(second) } else { self }
    }

    /// Whether it is so; `output` is what the operation printed.
    pub(super) fn is_kept(self, world: &World, reference: &Reference, output: &str) -> anyhow::Result<bool> {
        let vendor = &world.vendor;
        let file = |name: &str| std::fs::read(world.files().join(name)).ok();
        Ok(match self {
            Self::Created(name) => vendor.named(name)?.len() == 1,
            Self::Deleted(name) => vendor.named(name)?.is_empty(),
            Self::Replaced { old, new, file: name } => {
                let ids = vendor.named(new)?;
                let [id] = ids.as_slice() else { return Ok(false) };
                let text = file(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                let has_string = text.unwrap_or_default().contains(&vendor.license_string(id)?);
                vendor.named(old)?.is_empty() && has_string
            }
            Self::Token(input) | Self::Restored(input, _) => {
                vendor.instance_token()? == Some(token_id(&world.input(input)?)?)
            }
            Self::Renewed => vendor.instance_token()? != reference.token_before,
            Self::NoToken => vendor.instance_token()?.is_none(),
            Self::Released => vendor.machines(&world.cell_key)? == 0,
            Self::BackupRemoved(name) => file(name).is_none(),
            Self::Written(names) | Self::BackupRestored(names) => {
                names.iter().all(|name| file(name) == reference.files.get(*name).cloned())
            }
            Self::Certificate(name) => file(name).is_some_and(|bytes| is_certificate(&bytes)),
            Self::Connected(name) => {
                library::is_connected(world, name)? && test(world, name)?.code == Some(0)
            }
            Self::Disconnected(name) => !library::is_connected(world, name)?,
            Self::LoggedOut(name) => {
                library::is_connected(world, name)? && test(world, name)?.code != Some(0)
            }
            Self::Listed(name) => library::is_listed(world, name)?,
            Self::NotListed(name) => !library::is_listed(world, name)?,
            Self::Leaked(name) => world.json(&format!("show {name}"))?["leaked_since"].is_string(),
            Self::NotLeaked(name) => world.json(&format!("show {name}"))?["leaked_since"].is_null(),
            Self::Forgotten => {
                let key = world.licet("export sentinel --format launcher-toml --stdout")?;
                let logins = ["ab", "ai", "dash"].map(|account| test(world, account));
                let logins = logins.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
                key.code != Some(0) && logins.iter().all(|login| login.code != Some(0))
            }
            Self::Refreshed => library::agrees(world)?,
            Self::RegistryLogin => {
                let given = std::fs::read_to_string(world.watched().join("person/container-login"));
                given.unwrap_or_default().contains(&world.cell_key)
            }
            Self::Answered => is_same_answer(output, &reference.output),
        })
    }
}

/// A file that begins and ends as a certificate does.
pub(super) fn is_certificate(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.starts_with("-----BEGIN LICENSE FILE-----")
        && text.trim_end().ends_with("-----END LICENSE FILE-----")
}

fn test(world: &World, name: &str) -> anyhow::Result<Ran> {
    world.licet(&format!("accounts test {name}"))
}

/// The id in a token for an instance.
fn token_id(token: &str) -> anyhow::Result<String> {
    let claims = token.split('.').nth(1).context("a token with claims")?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?;
    Ok(claims["jti"].as_str().context("a token with an id")?.to_owned())
}

/// Whether an answer says what an honest one says, but for when it was given. It may leave open what it does not know.
fn is_same_answer(output: &str, honest: &str) -> bool {
    let read = |text: &str| {
        let mut value: Value = serde_json::from_str(text).ok()?;
        forget_times(&mut value);
        Some(value)
    };
    match (read(output), read(honest)) {
        (Some(said), Some(honest)) => is_part_of(&said, &honest),
        _ => false,
    }
}

/// Members that a command may print as null, because the vendor did not report them.
const MAY_BE_LEFT_OPEN: [&str; 2] = ["licenses", "subject"];

fn is_part_of(said: &Value, honest: &Value) -> bool {
    match (said, honest) {
        (Value::Object(said), Value::Object(honest)) => {
            let is_part = |(name, value): (&String, &Value)| {
                let is_left_open = value.is_null() && MAY_BE_LEFT_OPEN.contains(&name.as_str());
                is_left_open || honest.get(name).is_some_and(|honest| is_part_of(value, honest))
            };
            said.len() == honest.len() && said.iter().all(is_part)
        }
        (Value::Array(said), Value::Array(honest)) => {
            said.len() == honest.len()
                && said.iter().zip(honest).all(|(said, honest)| is_part_of(said, honest))
        }
        (said, honest) => said == honest,
    }
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !["as_of", "at"].contains(&name.as_str()));
            members.values_mut().for_each(forget_times);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_times),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every license file with its bytes, by name.
pub(super) fn files_in(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    std::fs::read_dir(folder)?
        .map(|entry| {
            let entry = entry?;
            Ok((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?))
        })
        .collect()
}
