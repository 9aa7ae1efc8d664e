use super::*;
use crate::Entitlement;
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use serde_json::json;

const KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

fn signing() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn issuer(signing: &SigningKey) -> IssuerKey {
    IssuerKey::parse(&BASE64_STANDARD.encode(signing.verifying_key().as_bytes())).unwrap()
}

fn key(text: &str) -> LicenseKey {
    LicenseKey::new(text.to_owned())
}

fn content() -> Value {
    json!({
        "meta": {"issued": "2026-06-01T00:00:00.000Z", "expiry": "2026-07-01T00:00:00.000Z", "ttl": 2_592_000},
        "data": {"type": "licenses", "id": "1a", "attributes": {"name": "Cell 7", "key": KEY, "expiry": "2026-12-31T00:00:00Z",
            "status": "ACTIVE", "maxMachines": 1}},
        "included": [{"type": "entitlements", "id": "e", "attributes": {"code": "MOTION", "name": "Motion"}}],
    })
}

fn encrypted(content: &Value, key: &str) -> String {
    let nonce = [3; NONCE];
    let cipher = Aes256Gcm::new(&Sha256::digest(key));
    let sealed = cipher.encrypt(&nonce.into(), content.to_string().as_bytes()).unwrap();
    let (sealed, tag) = sealed.split_at(sealed.len() - TAG);
    [sealed, &nonce, tag].map(|part| BASE64_STANDARD.encode(part)).join(".")
}

fn plain(content: &Value) -> String {
    BASE64_STANDARD.encode(content.to_string())
}

/// A certificate as the vendor writes it: 60 characters a line.
fn written(enc: &str, algorithm: &str) -> String {
    let sig = BASE64_STANDARD.encode(signing().sign(format!("license/{enc}").as_bytes()).to_bytes());
    enveloped(&json!({"enc": enc, "sig": sig, "alg": algorithm}))
}

fn enveloped(envelope: &Value) -> String {
    let body = BASE64_STANDARD.encode(envelope.to_string());
    let lines: Vec<&str> =
        body.as_bytes().chunks(60).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("{BEGIN}\n{}\n{END}\n", lines.join("\n"))
}

#[test]
fn both_algorithms_are_verified_and_opened_without_anyone_else() {
    for (text, algorithm) in [
        (written(&plain(&content()), "base64+ed25519"), Algorithm::Base64),
        (written(&encrypted(&content(), KEY), "aes-256-gcm+ed25519"), Algorithm::AesGcm),
    ] {
        let certificate = Certificate::parse(&text).unwrap();
        assert_eq!(certificate.algorithm(), algorithm);
        assert_eq!(certificate.verify(&issuer(&signing())), Ok(()));
        let certified = certificate.open(Some(&key(KEY))).unwrap();
        assert_eq!(certified.license.name.as_deref(), Some("Cell 7"));
        let motion = Entitlement { code: "MOTION".to_owned(), name: "Motion".to_owned() };
        assert_eq!(certified.license.entitlements, Some(vec![motion]));
        assert_eq!(certified.ttl, Some(2_592_000));
        assert!(!format!("{certificate:?} {certified:?}").contains(KEY));
    }
}

#[test]
fn a_readable_certificate_needs_no_key_and_an_encrypted_one_its_own() {
    assert!(Certificate::parse(&written(&plain(&content()), "base64+ed25519")).unwrap().open(None).is_ok());
    let sealed = Certificate::parse(&written(&encrypted(&content(), KEY), "aes-256-gcm+ed25519")).unwrap();
    assert_eq!(sealed.open(None), Err(CertificateError::NeedsKey));
    let other = key("0A1B2C-3D4E5F-60718A-9BACBD-CEDFE0-V3");
    assert_eq!(sealed.open(Some(&other)), Err(CertificateError::OtherLicense));
}

#[test]
fn another_issuers_certificate_and_a_changed_one_are_not_genuine() {
    let good = Certificate::parse(&written(&plain(&content()), "base64+ed25519")).unwrap();
    let other = issuer(&SigningKey::from_bytes(&[8; 32]));
    assert_eq!(good.verify(&other), Err(CertificateError::NotGenuine));
    let mut longer = content();
    longer["meta"]["expiry"] = json!("2099-01-01T00:00:00Z");
    let forged = Certificate { enc: Zeroizing::new(plain(&longer)), ..good };
    assert_eq!(forged.verify(&issuer(&signing())), Err(CertificateError::NotGenuine));
}

#[test]
fn how_lines_end_does_not_matter() {
    let text = written(&plain(&content()), "base64+ed25519");
    let expected = Certificate::parse(&text).unwrap();
    for spelling in
        [text.replace('\n', "\r\n"), text.replace('\n', ""), format!("\n  {}  ", text.replace('\n', " \n "))]
    {
        assert_eq!(Certificate::parse(&spelling).unwrap(), expected, "{spelling}");
    }
}

#[test]
fn each_broken_part_is_named() {
    let sig = BASE64_STANDARD.encode([0; 64]);
    let alg = "base64+ed25519";
    for (text, part) in [
        ("no certificate".to_owned(), "envelope"),
        (written(&plain(&content()), alg).replace(END, ""), "envelope"),
        (format!("{BEGIN}\n!!!\n{END}"), "base64"),
        (format!("{BEGIN}\n{}\n{END}", BASE64_STANDARD.encode("no json")), "json"),
        (enveloped(&json!({"enc": "x", "alg": alg})), "json"),
        (enveloped(&json!({"enc": "x", "alg": alg, "sig": "c2hvcnQ="})), "signature"),
        (enveloped(&json!({"enc": "x", "alg": alg, "sig": "*"})), "signature"),
    ] {
        assert_eq!(Certificate::parse(&text), Err(malformed(part)), "{text}");
    }
    let opened = |enc: String, alg: &str| {
        Certificate::parse(&enveloped(&json!({"enc": enc, "sig": sig, "alg": alg})))
            .unwrap()
            .open(Some(&key(KEY)))
    };
    assert_eq!(opened("*".to_owned(), alg), Err(malformed("content")));
    assert_eq!(opened(plain(&json!({"data": {}})), alg), Err(malformed("content")));
    for torn in ["a.b", "YQ==.YQ==.YQ==", "", "...."] {
        assert_eq!(opened(torn.to_owned(), "aes-256-gcm+ed25519"), Err(malformed("content")), "{torn}");
    }
    for meta in
        [json!({}), json!({"issued": "soon"}), json!({"issued": "2026-06-01T00:00:00Z", "expiry": "never"})]
    {
        let content = json!({"data": {"id": "1a"}, "meta": meta});
        assert_eq!(opened(plain(&content), alg), Err(malformed("dates")), "{content}");
    }
}

#[test]
fn another_algorithm_is_named_and_bounded() {
    for (alg, named) in
        [("base64+rsa-pss-sha256", "base64+rsa-pss-sha256"), (&"x\n".repeat(99), &"x".repeat(40))]
    {
        let text = enveloped(&json!({"enc": "x", "sig": "", "alg": alg}));
        assert_eq!(
            Certificate::parse(&text),
            Err(CertificateError::Unsupported { algorithm: named.to_owned() })
        );
    }
}

#[test]
fn it_is_usable_until_the_earlier_of_the_two_ends() {
    let opened = |certificate: Value, license: Value| {
        let mut content = content();
        content["meta"]["expiry"] = certificate;
        content["data"]["attributes"]["expiry"] = license;
        Certificate::parse(&written(&plain(&content), "base64+ed25519")).unwrap().open(None).unwrap()
    };
    let (early, late) = ("2026-07-01T00:00:00Z", "2026-12-31T00:00:00Z");
    let on = |text: &str| Some(Expiry::On(text.parse().unwrap()));
    assert_eq!(opened(json!(early), json!(late)).usable_until(), on(early));
    assert_eq!(opened(json!(late), json!(early)).usable_until(), on(early));
    assert_eq!(opened(json!(early), Value::Null).usable_until(), on(early));
    assert_eq!(opened(Value::Null, json!(late)).usable_until(), on(late));
    assert_eq!(opened(Value::Null, Value::Null).usable_until(), Some(Expiry::Never));
    let at = |text: &str| text.parse().unwrap();
    assert!(opened(json!(early), json!(late)).is_expired(at(early)));
    assert!(!opened(json!(early), json!(late)).is_expired(at("2026-06-30T23:59:59Z")));
    assert!(!opened(Value::Null, json!(early)).is_expired(at(late)), "the license's end is its own");
}

proptest! {
    #[test]
    fn no_text_makes_it_stumble(body in "[ -~\n]{0,200}", enc in "[A-Za-z0-9+/=.]{0,120}", encrypts in any::<bool>()) {
        let _ = Certificate::parse(&body);
        let _ = Certificate::parse(&format!("{BEGIN}\n{body}\n{END}"));
        let algorithm = if encrypts { Algorithm::AesGcm } else { Algorithm::Base64 };
        let _ = Certificate::parse(&written(&enc, algorithm.word())).unwrap().open(Some(&key(KEY)));
    }

    #[test]
    fn whatever_is_sealed_opens_with_its_key_alone(name in "\\PC{1,40}", other in "[0-9A-F]{6}") {
        let mut content = content();
        content["data"]["attributes"]["name"] = json!(name);
        let certificate = Certificate::parse(&written(&encrypted(&content, KEY), "aes-256-gcm+ed25519")).unwrap();
        let certified = certificate.open(Some(&key(KEY))).unwrap();
        let expected = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        prop_assert_eq!(certified.license.name, expected);
        prop_assert_eq!(certificate.open(Some(&key(&other))), Err(CertificateError::OtherLicense));
    }
}
