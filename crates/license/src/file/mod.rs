//! License files: what a launcher or an instance reads, rendered and parsed as pure functions.
//!
//! Rendering starts from the text that the file has already, so that other keys and comments in it stay. Each format
//! parses back to the key that it was rendered from.

pub mod certificate;
pub mod compose;
pub mod env;
pub mod jwt;
pub mod k8s;
pub mod launcher;
mod pickup;

pub use env::EnvFile;
pub use pickup::Pickup;

use crate::{LicenseKey, key};
use errors_derive::Declared;
use zeroize::Zeroizing;

/// A kind of license file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `aica-license.toml`, which the AICA launcher reads.
    LauncherToml,
    /// A `.env` beside docker compose with the variable that an instance reads.
    Env(&'static EnvFile),
    /// The license JWT alone.
    Jwt,
    /// A Kubernetes `Secret` with the data key `BOX_LICENSE`.
    K8sSecret,
    /// A certificate for use offline, as it was checked out.
    Certificate,
}

/// Why a license file cannot be rendered into, or read from, a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Declared)]
pub enum FormatError {
    /// The file is not in the format that was chosen.
    #[error("line {line} cannot be read: {words}")]
    #[declared("file-syntax", args(line), detail = words.clone(), help = "nothing was written; fix the file, or choose another")]
    Syntax {
        /// Which line, counted from 1.
        line: usize,
        /// What is wrong, without the text itself.
        words: String,
    },
    /// The file is in the right format, but is not a license file.
    #[error("{what}")]
    #[declared("file-not-a-license-file", detail = (*what).to_owned(), help = "nothing was written; choose another file")]
    NotALicenseFile {
        /// What stands there instead.
        what: &'static str,
    },
    /// The license file does not contain the key that its format requires.
    #[error("it has no `{name}`")]
    #[declared("file-without-key", args(name))]
    Missing {
        /// The key's name.
        name: &'static str,
    },
    /// The key of this license cannot be written in this format.
    #[error("this key cannot be written as {format}")]
    #[declared("file-key-does-not-fit", args(format))]
    KeyDoesNotFit {
        /// The format's word.
        format: &'static str,
    },
}

/// A license file's text: it holds the key, so it can be neither printed nor serialized.
#[derive(Clone, PartialEq, Eq)]
pub struct FileText(Zeroizing<String>);

impl FileText {
    pub(crate) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself, for the disk.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for FileText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileText(<redacted>)")
    }
}

impl Format {
    /// Every format of this crate. A vendor may have env files with variables of its own besides.
    pub const ALL: &'static [Self] =
        &[Self::LauncherToml, Self::BOX_ENV, Self::Jwt, Self::K8sSecret, Self::AIDBOX_ENV, Self::Certificate];

    /// A `.env` with `BOX_LICENSE`.
    pub const BOX_ENV: Self =
        Self::Env(&EnvFile { word: "env", variable: BOX_LICENSE, beside: Some(AIDBOX_LICENSE) });

    /// A `.env` with `AIDBOX_LICENSE`, the deprecated name that instances from before 2401 read.
    pub const AIDBOX_ENV: Self = Self::Env(&EnvFile {
        word: "env-aidbox-license",
        variable: AIDBOX_LICENSE,
        beside: Some(BOX_LICENSE),
    });

    /// The one spelling, the same in the library, the CLI and the page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LauncherToml => "launcher-toml",
            Self::Env(file) => file.word,
            Self::Jwt => "jwt",
            Self::K8sSecret => "k8s-secret",
            Self::Certificate => "certificate",
        }
    }

    /// The format of this crate that a word means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.word() == word)
    }

    /// The file name that is suggested for it.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::LauncherToml => "aica-license.toml",
            Self::Env(_) => ".env",
            Self::Jwt => "license.jwt",
            Self::K8sSecret => "aidbox-license.yaml",
            Self::Certificate => "license.lic",
        }
    }
}

/// The variable that an instance reads its license from, since 2401 (`docs/protocols.md`, "Where Aidbox reads its license", [D]).
pub const BOX_LICENSE: &str = "BOX_LICENSE";

/// The deprecated name of the same.
pub const AIDBOX_LICENSE: &str = "AIDBOX_LICENSE";

/// The text of a license file with `key`, made from what the file has already.
pub fn render(format: Format, existing: Option<&str>, key: &LicenseKey) -> Result<FileText, FormatError> {
    render_over(format, existing, None, key)
}

/// The same in place of another key. The variable that an env file may have beside its own is written too where it holds
/// that key, or an earlier one of the same license.
pub fn render_over(
    format: Format,
    existing: Option<&str>,
    old: Option<&LicenseKey>,
    key: &LicenseKey,
) -> Result<FileText, FormatError> {
    match format {
        Format::LauncherToml => launcher::render(existing, key),
        Format::Env(file) => env::render_both(existing, old, key, file),
        Format::Jwt => jwt::render(existing, key),
        Format::K8sSecret => k8s::render(existing, key),
        Format::Certificate => certificate::render(existing, key),
    }
}

/// The key in a license file's text.
pub fn parse(format: Format, text: &str) -> Result<LicenseKey, FormatError> {
    match format {
        Format::LauncherToml => launcher::parse(text),
        Format::Env(file) => env::parse(text, file.variable),
        Format::Jwt => jwt::parse(text),
        Format::K8sSecret => k8s::parse(text),
        Format::Certificate => certificate::parse(text),
    }
}

/// The text that [`render`] makes, with the key masked, and every other that stands there, for the screen.
pub fn preview(format: Format, existing: Option<&str>, key: &LicenseKey) -> Result<String, FormatError> {
    let text = render(format, existing, key)?;
    if format == Format::Certificate {
        // Its first and last line tell what it is.
        return Ok(key::mask_keys(text.expose()));
    }
    let shown = Zeroizing::new(text.expose().replace(key.expose(), &key::masked(key)));
    let shown = Zeroizing::new(shown.replace(&*Zeroizing::new(k8s::encoded(key)), &key::masked(key)));
    Ok(key::mask_keys(&shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, prelude::BASE64_STANDARD};
    use proptest::prelude::*;

    const SYSTEM: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
    const TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub3J0aCJ9.c2lnbmF0dXJl";

    fn sample(format: Format) -> LicenseKey {
        LicenseKey::new(match format {
            Format::LauncherToml => SYSTEM.to_owned(),
            Format::Certificate => certificate(),
            Format::Env(_) | Format::Jwt | Format::K8sSecret => TOKEN.to_owned(),
        })
    }

    fn certificate() -> String {
        let sig = BASE64_STANDARD.encode([7; 64]);
        let envelope = format!(r#"{{"enc":"e30=","sig":"{sig}","alg":"base64+ed25519"}}"#);
        let body = BASE64_STANDARD.encode(envelope);
        format!("-----BEGIN LICENSE FILE-----\n{body}\n-----END LICENSE FILE-----")
    }

    #[test]
    fn every_format_renders_and_parses_back_to_the_same() {
        for format in Format::ALL {
            let key = sample(*format);
            let text = render(*format, None, &key).unwrap();
            assert_eq!(parse(*format, text.expose()).unwrap(), key, "{format:?}");
            assert_eq!(render(*format, Some(text.expose()), &key).unwrap(), text, "{format:?} settles");
        }
    }

    #[test]
    fn a_preview_is_the_file_without_the_key() {
        for format in Format::ALL {
            let key = sample(*format);
            let preview = preview(*format, None, &key).unwrap();
            assert!(!preview.contains(key.expose()) && !preview.contains(&k8s::encoded(&key)), "{preview}");
            assert!(preview.contains("••••"), "{preview}");
        }
    }

    #[test]
    fn an_older_key_in_the_file_is_masked_as_well() {
        let old = "0A1B2C-3D4E5F-60718A-9BACBD-CEDFE0-V3";
        let old_token = TOKEN.replace("Z", "Y");
        let encoded = k8s::encoded(&LicenseKey::new(old_token.clone()));
        for (format, before) in [
            (Format::LauncherToml, format!("# License = \"{old}\"\nLicense = \"x\"\n")),
            (Format::BOX_ENV, format!("# BOX_LICENSE={old_token}\nAIDBOX_LICENSE={old_token}\n")),
            (
                Format::K8sSecret,
                format!("kind: Secret\ndata:\n  OLD: {encoded}\n  # BOX_LICENSE: {encoded}\n"),
            ),
        ] {
            let preview = preview(format, Some(&before), &sample(format)).unwrap();
            for secret in [old, &old_token, &encoded] {
                assert!(!preview.contains(secret), "{preview}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_or_writing_stumble(text in "(?s).{0,200}") {
            for format in Format::ALL {
                let _ = parse(*format, &text);
                if let Ok(written) = render(*format, Some(&text), &sample(*format)) {
                    prop_assert_eq!(parse(*format, written.expose()).unwrap(), sample(*format));
                }
            }
        }
    }
}
