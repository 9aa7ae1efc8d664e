//! Texts of every form, and of nearly every form.

use super::*;
use crate::key::{Damage, SystemProblem, key_alone, token_alone};
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
    for format in [file::Format::BOX_ENV, file::Format::K8sSecret, file::Format::AIDBOX_ENV] {
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
