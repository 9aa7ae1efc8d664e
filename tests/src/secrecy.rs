//! Looks for secrets where none may be.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD, engine::general_purpose::URL_SAFE_NO_PAD};
use data_encoding::{HEXLOWER, HEXUPPER};

/// The secrets of one test, in every form in which they could leak.
pub struct Secrets {
    forms: Vec<Form>,
    allowed: Vec<PathBuf>,
}

struct Form {
    secret: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
}

/// A secret that was found; it says which and where, never the secret itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The name that the test gave the secret.
    pub secret: &'static str,
    /// Raw, base64 or hexadecimal.
    pub form: &'static str,
    /// The file, process or text.
    pub place: String,
}

impl Secrets {
    /// Looks for these, each under a name that may be shown.
    pub fn new(secrets: &[(&'static str, &str)]) -> Self {
        let forms = secrets.iter().flat_map(|(name, value)| forms(name, value.as_bytes())).collect();
        Self { forms, allowed: Vec::new() }
    }

    /// Takes this file out of the search: the user asked for it.
    pub fn allowing(mut self, file: impl Into<PathBuf>) -> Self {
        self.allowed.push(file.into());
        self
    }

    /// The raw bytes and the name of every file below these folders.
    pub fn in_folders(&self, folders: &[&Path]) -> anyhow::Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let mut open: Vec<PathBuf> = folders.iter().map(|folder| folder.to_path_buf()).collect();
        while let Some(path) = open.pop() {
            if self.allowed.contains(&path) {
                continue;
            }
            let place = path.display().to_string();
            findings.extend(self.in_bytes(&place, path.as_os_str().as_encoded_bytes()));
            // Programs that run on may take a file away between listing and reading.
            let Ok(kind) = std::fs::symlink_metadata(&path) else { continue };
            if kind.is_dir() {
                open.extend(std::fs::read_dir(&path)?.flatten().map(|entry| entry.path()));
            } else if kind.is_file()
                && let Ok(bytes) = std::fs::read(&path)
            {
                findings.extend(self.in_bytes(&place, &bytes));
            }
        }
        Ok(findings)
    }

    /// Arguments and environment of every process that belongs to the session in `folder`.
    pub fn in_processes_of(&self, folder: &Path) -> anyhow::Result<Vec<Finding>> {
        let mut findings = Vec::new();
        for entry in std::fs::read_dir("/proc")?.flatten() {
            let process = entry.path();
            let read = |name: &str| std::fs::read(process.join(name)).unwrap_or_default();
            let environment = read("environ");
            if contains(&environment, folder.as_os_str().as_encoded_bytes()) {
                let name = String::from_utf8_lossy(&read("comm")).trim().to_owned();
                findings.extend(self.in_bytes(&format!("arguments of {name}"), &read("cmdline")));
                findings.extend(self.in_bytes(&format!("environment of {name}"), &environment));
            }
        }
        Ok(findings)
    }

    /// Any other bytes: a log, an answer, a title.
    pub fn in_bytes(&self, place: &str, bytes: &[u8]) -> Vec<Finding> {
        let found = self.forms.iter().filter(|form| contains(bytes, &form.bytes));
        let found =
            found.map(|form| Finding { secret: form.secret, form: form.name, place: place.to_owned() });
        let mut findings: Vec<_> = found.collect();
        // The alphabets of base64 often agree.
        findings.dedup();
        findings
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.forms.iter().map(|form| (form.secret, form.name)).collect();
        f.debug_struct("Secrets").field("forms", &names).field("allowed", &self.allowed).finish()
    }
}

fn forms(secret: &'static str, value: &[u8]) -> Vec<Form> {
    assert!(value.len() >= 8, "{secret} is too short to be looked for");
    let mut forms = vec![
        Form { secret, name: "raw", bytes: value.to_vec() },
        Form { secret, name: "raw, UTF-16", bytes: value.iter().flat_map(|byte| [*byte, 0]).collect() },
        Form { secret, name: "hexadecimal", bytes: HEXLOWER.encode(value).into_bytes() },
        Form { secret, name: "hexadecimal", bytes: HEXUPPER.encode(value).into_bytes() },
    ];
    for skipped in 0..3 {
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            forms.push(Form { secret, name: "base64", bytes: inside_base64(value, skipped, engine) });
        }
    }
    forms
}

/// The part of its base64 that the secret has wherever it stands in a longer text: three ways, by the
/// place of its first byte; groups that also hold a neighbour's bits are left out.
fn inside_base64(value: &[u8], skipped: usize, engine: &impl Engine) -> Vec<u8> {
    let whole = &value[skipped..];
    engine.encode(&whole[..whole.len() - whole.len() % 3]).into_bytes()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    let Some(first) = part.first() else { return false };
    let mut rest = bytes;
    while let Some(place) = rest.iter().position(|byte| byte == first) {
        rest = &rest[place..];
        if rest.starts_with(part) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}
