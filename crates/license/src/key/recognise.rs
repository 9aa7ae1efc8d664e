//! What a pasted text is: a bare key, a license file's text, a JWT, a portal token, a URL, or nearly one of them.

use super::{KeyForm, SystemProblem, deployment, system};
use crate::{
    LicenseKey, Token, certificate,
    file::{self, Format, FormatError},
    jwt, pasted,
};
use std::fmt;
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

/// Why a text is none of the known forms, and where it went wrong when it is nearly one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// Nothing but white space.
    #[error("there is no text")]
    Empty,
    /// It resembles nothing known.
    #[error("this is no license key, license file, JWT, portal token or address")]
    Unknown,
    /// Nearly a System key.
    #[error("nearly a System License key, but {0}")]
    System(#[from] SystemProblem),
    /// A Deployment Key without its dot.
    #[error("a Deployment Key has two parts with a dot between them after `key/`")]
    DeploymentParts,
    /// A Deployment Key whose first part is not base64url.
    #[error("the part of the Deployment Key before the dot is cut off or mistyped")]
    DeploymentPayload,
    /// A Deployment Key whose signature is not of its length.
    #[error("the signature of the Deployment Key, after the dot, is cut off or mistyped")]
    DeploymentSignature,
    /// Nearly a JWT.
    #[error("nearly a JWT, but {0}")]
    Jwt(#[from] jwt::JwtError),
    /// A certificate that is damaged.
    #[error("the license certificate's {0} is missing or damaged")]
    Certificate(Damage),
    /// A certificate for a machine.
    #[error("this is a machine certificate, not a license certificate")]
    MachineCertificate,
    /// A Kubernetes Secret from which the key cannot be read.
    #[error("this looks like a Kubernetes Secret, but {0}")]
    Secret(file::FormatError),
    /// A `.env` from which the key cannot be read.
    #[error("this looks like a .env file, but {0}")]
    Env(file::FormatError),
    /// A `.env` with other variables only.
    #[error("this .env file has no variable `BOX_LICENSE`")]
    EnvWithoutLicense,
    /// TOML that cannot be read.
    #[error("this looks like an AICA license file, but line {line} cannot be read: {words}")]
    Toml {
        /// Which line, counted from 1.
        line: usize,
        /// The parser's words, without the text itself.
        words: String,
    },
    /// TOML without a license.
    #[error("this file has no key named `License`")]
    TomlWithoutLicense,
    /// A local portal's token that is cut off or mistyped.
    #[error("this begins like a local portal's token, but is cut off or mistyped")]
    PortalToken,
}

/// Which part of a certificate is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// `-----BEGIN LICENSE FILE-----`.
    FirstLine,
    /// `-----END LICENSE FILE-----`.
    LastLine,
}

impl Damage {
    /// The one spelling, for the page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstLine => "first-line",
            Self::LastLine => "last-line",
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FirstLine => "first line",
            Self::LastLine => "last line",
        })
    }
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

/// The license key in a text, and nothing else of it, to be sent to a vendor. A certificate is not a key.
pub fn key_alone(text: &str) -> Result<LicenseKey, Mistake> {
    match recognise(text)? {
        Recognised::Key { form: KeyForm::Certificate, .. }
        | Recognised::PortalToken(_)
        | Recognised::Address(_) => Err(Mistake::Unknown),
        Recognised::Key { key, .. } => Ok(key),
    }
}

/// The license JWT in a text, and nothing else of it; where there is none, the text without what copying adds.
pub fn token_alone(text: &str) -> LicenseKey {
    match recognise(text) {
        Ok(Recognised::Key { key, form: KeyForm::Jwt, .. }) => key,
        Ok(Recognised::Key { .. } | Recognised::PortalToken(_) | Recognised::Address(_)) | Err(_) => {
            LicenseKey::new(pasted::key(text).into_owned())
        }
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
    let variables = [(Format::Env, file::BOX_LICENSE), (Format::EnvAidbox, file::AIDBOX_LICENSE)];
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
mod tests {
    use super::*;
    use base64::{
        Engine,
        prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
    };
    use proptest::prelude::*;

    /// The file that the vendor's licensing page prints.
    const DOCUMENTED_FILE: &str = "License = \"5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3\"\n";

    fn form_of(text: &str) -> (KeyForm, bool) {
        match recognise(text) {
            Ok(Recognised::Key { form, in_file, .. }) => (form, in_file),
            other => panic!("{text}: {other:?}"),
        }
    }

    fn deployment_key() -> String {
        let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        format!("key/{}.{}", part(b"{\"license\":\"cell-07\"}"), part(&[7; 64]))
    }

    fn jwt_text() -> String {
        let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.{}", part("{\"alg\":\"EdDSA\"}"), part("{\"sub\":\"north\"}"), part("signature"))
    }

    #[test]
    fn a_file_that_an_instance_reads_is_taken_for_the_key_in_it() {
        let key = LicenseKey::new(jwt_text());
        for format in [file::Format::Env, file::Format::K8sSecret, file::Format::EnvAidbox] {
            let text = file::render(format, None, &key).unwrap();
            assert_eq!(form_of(text.expose()), (KeyForm::Jwt, true), "{format:?}");
        }
        let beside = format!("PORT=8080\nBOX_LICENSE={}\n", key.expose());
        assert_eq!(form_of(&beside), (KeyForm::Jwt, true));
    }

    #[test]
    fn key_alone_leaves_out_the_rest_of_a_file() {
        let key = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
        for text in [key, DOCUMENTED_FILE, &format!("# hunter2\n{DOCUMENTED_FILE}password = \"hunter2\"\n")] {
            assert_eq!(key_alone(text).unwrap().expose(), key);
        }
        let env = format!("DB_PASSWORD=hunter2\nBOX_LICENSE={}\n", jwt_text());
        assert_eq!(key_alone(&env).unwrap().expose(), jwt_text());
        assert_eq!(token_alone(&env).expose(), jwt_text());
    }

    #[test]
    fn text_without_license_key_is_no_key_to_send() {
        let token = format!("licet_{}", "a1B2".repeat(8));
        for text in ["hunter2", "DB_PASSWORD=hunter2", "https://aidbox.app", &token, &certificate()] {
            assert!(key_alone(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_vendors_own_file_is_a_system_key_in_a_file() {
        assert_eq!(form_of(DOCUMENTED_FILE), (KeyForm::System, true));
        assert_eq!(form_of("  5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3\n"), (KeyForm::System, false));
    }

    #[test]
    fn a_deployment_key_is_recognised_bare_and_in_a_file() {
        assert_eq!(form_of(&deployment_key()), (KeyForm::Deployment, false));
        assert_eq!(
            form_of(&format!("# for cell 7\nLicense = \"{}\"", deployment_key())),
            (KeyForm::Deployment, true)
        );
    }

    #[test]
    fn a_jwt_and_a_certificate_are_recognised() {
        assert_eq!(form_of(&jwt_text()), (KeyForm::Jwt, false));
        let certificate = certificate();
        assert_eq!(form_of(&certificate), (KeyForm::Certificate, false));
        let quoted = certificate.replace('\n', "\r\n> ");
        let mail = format!("Dear customer,\r\n\r\n> {quoted}\r\n\r\nRegards");
        match recognise(&mail) {
            Ok(Recognised::Key { key, in_file: true, .. }) => assert_eq!(key.expose(), certificate),
            other => panic!("{other:?}"),
        }
    }

    fn certificate() -> String {
        let sig = BASE64_STANDARD.encode([7; 64]);
        let envelope = format!(r#"{{"enc":"e30=","sig":"{sig}","alg":"base64+ed25519"}}"#);
        let body = BASE64_STANDARD.encode(envelope);
        let (first, second) = body.split_at(60);
        format!("{}\n{first}\n{second}\n{}", certificate::BEGIN, certificate::END)
    }

    #[test]
    fn what_copying_adds_does_not_matter() {
        let token = format!("licet_{}", "a1B2".repeat(8));
        for text in [DOCUMENTED_FILE.trim(), &deployment_key(), &jwt_text(), &token] {
            let (start, end) = text.split_at(text.len() / 2);
            for pasted in [format!("\u{feff}{text}\u{200b}\r\n"), format!("“{text}”")] {
                assert_eq!(recognise(&pasted), recognise(text), "{pasted:?}");
            }
            if !text.contains(' ') {
                assert_eq!(recognise(&format!("> {start}\r\n> {end}\r\n")), recognise(text));
            }
        }
        let typographic = DOCUMENTED_FILE.replace('-', "–");
        assert_eq!(form_of(&typographic), (KeyForm::System, true));
        assert_eq!(form_of(&format!("BOX_LICENSE={}\r\n", jwt_text())), (KeyForm::Jwt, true));
    }

    #[test]
    fn another_version_is_taken_with_a_remark() {
        match recognise("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V4") {
            Ok(Recognised::Key { other_version, .. }) => assert_eq!(other_version.as_deref(), Some("V4")),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn tokens_and_addresses_are_recognised() {
        let token = format!("licet_{}", "a1B2".repeat(8));
        assert_eq!(recognise(&token), Ok(Recognised::PortalToken(Token::new(token.clone()))));
        assert!(matches!(recognise("https://aidbox.app"), Ok(Recognised::Address(_))));
        assert_eq!(recognise("licet_short"), Err(Mistake::PortalToken));
    }

    #[test]
    fn what_is_nearly_a_known_form_says_where_it_is_wrong() {
        let cut_key = deployment_key();
        let table = [
            ("", Mistake::Empty),
            ("hello", Mistake::Unknown),
            ("ftp://example.org", Mistake::Unknown),
            ("5614D1-3E7A6C-932DEB-8C4189-F6B0F2", SystemProblem::Version.into()),
            ("key/abc", Mistake::DeploymentParts),
            ("key/???.abc", Mistake::DeploymentPayload),
            (&cut_key[..cut_key.len() - 3], Mistake::DeploymentSignature),
            ("-----BEGIN LICENSE FILE-----\nZW5j", Mistake::Certificate(Damage::LastLine)),
            (
                "----BEGIN LICENSE FILE-----\nZW5j\n-----END LICENSE FILE-----",
                Mistake::Certificate(Damage::FirstLine),
            ),
            ("-----BEGIN MACHINE FILE-----\nZW5j\n-----END MACHINE FILE-----", Mistake::MachineCertificate),
            ("PORT=8080\nHOST=box\n", Mistake::EnvWithoutLicense),
            ("ZW5jcnlwdGVk=", Mistake::Unknown),
            (
                "BOX_LICENSE=\"ey",
                Mistake::Env(FormatError::Syntax {
                    line: 1,
                    words: "the quoted value has no closing quote".to_owned(),
                }),
            ),
            (
                "kind: Secret\ndata:\n  BOX_LICENSE: '?'\n",
                Mistake::Secret(FormatError::NotALicenseFile { what: "`BOX_LICENSE` is not base64" }),
            ),
            ("Licence = \"5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3\"", Mistake::TomlWithoutLicense),
            ("License = 7", Mistake::TomlWithoutLicense),
        ];
        for (text, mistake) in table {
            assert_eq!(recognise(text), Err(mistake), "{text}");
        }
        assert!(matches!(recognise("a = 1\nLicense = \"5614D1-"), Err(Mistake::Toml { line: 2, .. })));
    }

    #[test]
    fn a_mistake_never_repeats_the_key() {
        let text = "License = \"5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
        let words = recognise(text).unwrap_err().to_string();
        assert!(!words.contains("5614D1"), "{words}");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,300}") {
            let _ = recognise(&text);
        }

        #[test]
        fn white_space_around_a_key_does_not_matter(before in "[ \t\n]{0,4}", after in "[ \t\r\n]{0,4}") {
            let bare = recognise(&deployment_key());
            prop_assert_eq!(recognise(&format!("{before}{}{after}", deployment_key())), bare);
        }
    }
}
