//! What a pasted text is: a bare key, a license file's text, a JWT, a portal token, a URL, or nearly one of them.

use super::{KeyForm, SystemProblem, deployment, system};
use crate::{LicenseKey, Token, certificate, file, jwt};
use url::Url;

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
    /// A certificate without its last line.
    #[error("the certificate's last line is missing")]
    CertificateEnd,
    /// TOML that cannot be read.
    #[error("this looks like a license file, but line {line} cannot be read: {words}")]
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

/// What every token of a local portal begins with.
pub(super) const PORTAL_TOKEN_PREFIX: &str = "licet_";

/// Recognises a pasted text; white space around it does not matter.
pub fn recognise(text: &str) -> Result<Recognised, Mistake> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Mistake::Empty);
    }
    if text.starts_with(PORTAL_TOKEN_PREFIX) {
        return portal_token(text);
    }
    if let Some(address) = web_address(text) {
        return Ok(Recognised::Address(address));
    }
    if let Some(key) = instance_key(text) {
        return bare_in_file(&key);
    }
    match bare_key(text)? {
        Some(key) => Ok(key),
        None if file::launcher::looks_like_toml(text) => in_file(text),
        None => Err(Mistake::Unknown),
    }
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

/// A key with nothing around it, or nothing where the text is not even nearly one.
fn bare_key(text: &str) -> Result<Option<Recognised>, Mistake> {
    let key = |form, other_version| {
        let key = LicenseKey::new(text.to_owned());
        Ok(Some(Recognised::Key { key, form, in_file: false, other_version }))
    };
    if text.starts_with(certificate::BEGIN) {
        return if text.ends_with(certificate::END) {
            key(KeyForm::Certificate, None)
        } else {
            Err(Mistake::CertificateEnd)
        };
    }
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

/// The key in a launcher's license file.
fn in_file(text: &str) -> Result<Recognised, Mistake> {
    let value = match file::launcher::parse(text) {
        Ok(key) => key,
        Err(file::FormatError::Syntax { line, words }) => return Err(Mistake::Toml { line, words }),
        Err(
            file::FormatError::NotALicenseFile { .. }
            | file::FormatError::Missing { .. }
            | file::FormatError::KeyDoesNotFit { .. },
        ) => return Err(Mistake::TomlWithoutLicense),
    };
    bare_in_file(&value)
}

/// The key in an instance's file: a `.env` or a Kubernetes secret.
fn instance_key(text: &str) -> Option<LicenseKey> {
    let formats = [file::Format::Env, file::Format::K8sSecret, file::Format::EnvAidbox];
    formats.into_iter().find_map(|format| file::parse(format, text).ok())
}

/// A key that stood in a file.
fn bare_in_file(key: &LicenseKey) -> Result<Recognised, Mistake> {
    match bare_key(key.expose().trim())? {
        Some(Recognised::Key { key, form, other_version, .. }) => {
            Ok(Recognised::Key { key, form, in_file: true, other_version })
        }
        Some(Recognised::PortalToken(_) | Recognised::Address(_)) | None => Err(Mistake::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
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
        let certificate = format!("{}\nZW5j\n{}\n", certificate::BEGIN, certificate::END);
        assert_eq!(form_of(&certificate), (KeyForm::Certificate, false));
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
            ("-----BEGIN LICENSE FILE-----\nZW5j", Mistake::CertificateEnd),
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
