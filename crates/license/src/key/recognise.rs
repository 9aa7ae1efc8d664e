//! What a pasted text is: a bare key, a license file's text, a JWT, a portal token, a URL, or nearly one of them.

use super::{Damage, KeyForm, Mistake, deployment, system};
use crate::{
    LicenseKey, Token, certificate,
    file::{self, Format, FormatError},
    jwt, pasted,
};
use url::Url;
use zeroize::Zeroizing;

/// What a text was recognised as.
#[derive(Debug, Clone, PartialEq)]
pub enum Recognised {
    /// A license key.
    Key {
        /// The key, without what stood around it.
        key: LicenseKey,
        /// Its form.
        form: KeyForm,
        /// Whether it stood in a license file's text.
        in_file: bool,
        /// A System key's version, where it is not the one that the vendor documents.
        other_version: Option<String>,
    },
    /// A project token of the local portal.
    PortalToken(Token),
    /// An address on the web.
    Address(Url),
}

/// What every token of a local portal begins with.
pub(super) const PORTAL_TOKEN_PREFIX: &str = "licet_";

/// Recognises a pasted text. What copying and mailing add to it does not matter.
pub fn recognise(text: &str) -> Result<Recognised, Mistake> {
    let text = pasted::cleaned(text);
    if text.is_empty() {
        return Err(Mistake::Empty);
    }
    if let Some(address) = web_address(text) {
        return Ok(Recognised::Address(address));
    }
    if let Some(recognised) = certificate_in(text)? {
        return Ok(recognised);
    }
    if let Some(recognised) = in_named_file(text) {
        return recognised;
    }
    let word = Zeroizing::new(pasted::key(text).into_owned());
    match one_word(&word)? {
        Some(recognised) => Ok(recognised),
        None => Err(nameless_file(text)),
    }
}

/// A key or token with nothing around it, or nothing where the text is not even nearly one.
fn one_word(text: &str) -> Result<Option<Recognised>, Mistake> {
    if text.starts_with(PORTAL_TOKEN_PREFIX) && !text.contains(char::is_whitespace) {
        return portal_token(text).map(Some);
    }
    bare_key(text)
}

fn portal_token(text: &str) -> Result<Recognised, Mistake> {
    let rest = &text[PORTAL_TOKEN_PREFIX.len()..];
    let is_whole = rest.len() >= 32 && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_whole {
        Ok(Recognised::PortalToken(Token::new(text.to_owned())))
    } else {
        Err(Mistake::PortalToken)
    }
}

fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    (is_web && !text.contains(char::is_whitespace)).then_some(url)
}

/// A license key, or nothing where the text is not even nearly one.
fn bare_key(text: &str) -> Result<Option<Recognised>, Mistake> {
    let key = |form, other_version| {
        let key = LicenseKey::new(text.to_owned());
        Ok(Some(Recognised::Key { key, form, in_file: false, other_version }))
    };
    if text.contains(char::is_whitespace) {
        return Ok(None);
    }
    if text.starts_with(deployment::PREFIX) {
        deployment::check(text)?;
        return key(KeyForm::Deployment, None);
    }
    if jwt::resembles(text) {
        jwt::decode(text)?;
        return key(KeyForm::Jwt, None);
    }
    if system::resembles(text) {
        let version = system::check(text)?;
        let other = (version != system::DOCUMENTED_VERSION).then(|| version.to_owned());
        return key(KeyForm::System, other);
    }
    Ok(None)
}

/// A certificate, also one in the middle of a mail.
fn certificate_in(text: &str) -> Result<Option<Recognised>, Mistake> {
    if !text.contains(certificate::BEGIN) || !text.contains(certificate::END) {
        return match certificate_resembled(text) {
            Some(mistake) => Err(mistake),
            None => Ok(None),
        };
    }
    let lines = text.lines().map(|line| pasted::unmarked(line).trim_end());
    let plain = Zeroizing::new(lines.collect::<Vec<_>>().join("\n"));
    let start = plain.find(certificate::BEGIN);
    let found = start.and_then(|start| {
        let length = plain[start..].find(certificate::END)? + certificate::END.len();
        Some(&plain[start..start + length])
    });
    let found = found.ok_or(Mistake::Certificate(Damage::LastLine))?;
    let key = LicenseKey::new(found.to_owned());
    let in_file = found != text;
    Ok(Some(Recognised::Key { key, form: KeyForm::Certificate, in_file, other_version: None }))
}

fn certificate_resembled(text: &str) -> Option<Mistake> {
    if text.contains("BEGIN MACHINE FILE") {
        Some(Mistake::MachineCertificate)
    } else if text.contains(certificate::BEGIN) {
        Some(Mistake::Certificate(Damage::LastLine))
    } else if ["BEGIN LICENSE FILE", "END LICENSE FILE"].iter().any(|words| text.contains(words)) {
        Some(Mistake::Certificate(Damage::FirstLine))
    } else {
        None
    }
}

/// The key in a license file, or what is wrong there. Nothing where no line has the name that such a file has.
fn in_named_file(text: &str) -> Option<Result<Recognised, Mistake>> {
    let is_secret =
        |line: &str| line.trim_start_matches("- ").starts_with("kind:") || line.contains("\"kind\"");
    if has_line(text, is_secret) {
        return Some(in_file(Format::K8sSecret, text, Mistake::Secret));
    }
    let variables = [(Format::BOX_ENV, file::BOX_LICENSE), (Format::AIDBOX_ENV, file::AIDBOX_LICENSE)];
    for (format, name) in variables {
        if has_line(text, |line| sets(line, name)) {
            return Some(in_file(format, text, Mistake::Env));
        }
    }
    has_line(text, |line| sets(line, "License")).then(|| {
        in_file(Format::LauncherToml, text, |error| match error {
            FormatError::Syntax { line, words } => Mistake::Toml { line, words },
            FormatError::NotALicenseFile { .. }
            | FormatError::Missing { .. }
            | FormatError::KeyDoesNotFit { .. } => Mistake::TomlWithoutLicense,
        })
    })
}

fn in_file(
    format: Format,
    text: &str,
    mistake: impl FnOnce(FormatError) -> Mistake,
) -> Result<Recognised, Mistake> {
    bare_in_file(&file::parse(format, text).map_err(mistake)?)
}

/// What a text is nearest to that is neither a key nor a license file.
fn nameless_file(text: &str) -> Mistake {
    match file::parse(Format::LauncherToml, text) {
        Err(FormatError::Syntax { .. }) if file::env::resembles(text) => Mistake::EnvWithoutLicense,
        Err(FormatError::Missing { .. }) => Mistake::TomlWithoutLicense,
        _ => Mistake::Unknown,
    }
}

fn has_line(text: &str, mut is_wanted: impl FnMut(&str) -> bool) -> bool {
    text.lines().any(|line| is_wanted(line.trim_start()))
}

/// Whether a line begins like one that sets a name.
fn sets(line: &str, name: &str) -> bool {
    let line = line.strip_prefix("export").map_or(line, str::trim_start);
    let rest =
        line.trim_start_matches('"').strip_prefix(name).map(|rest| rest.trim_start_matches('"').trim_start());
    rest.is_some_and(|rest| rest.starts_with(['=', ':']))
}

/// A key that was in a file.
fn bare_in_file(key: &LicenseKey) -> Result<Recognised, Mistake> {
    let key = Zeroizing::new(pasted::key(key.expose()).into_owned());
    match bare_key(&key)? {
        Some(Recognised::Key { key, form, other_version, .. }) => {
            Ok(Recognised::Key { key, form, in_file: true, other_version })
        }
        Some(Recognised::PortalToken(_) | Recognised::Address(_)) | None => Err(Mistake::Unknown),
    }
}

#[cfg(test)]
mod tests;
