//! License JWTs: decoded for display, and verified where the issuer publishes its key (RFC 7515, RFC 8037).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Why a text is not a JWT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwtError {
    /// Not three parts with dots between them.
    #[error("it has {found} parts, a JWT has 3 with dots between them")]
    Parts {
        /// How many there are.
        found: usize,
    },
    /// The part before the first dot is not a JSON object in base64url.
    #[error("its first part, the header, is cut off or mistyped")]
    Header,
    /// The part between the dots is not a JSON object in base64url.
    #[error("its second part, the claims, is cut off or mistyped")]
    Claims,
    /// The part after the last dot is not base64url.
    #[error("its third part, the signature, is cut off or mistyped")]
    Signature,
}

/// A JWT taken apart. That it could be decoded says nothing of who made it: see [`verify`].
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The key that it names as its signer's.
    pub kid: Option<String>,
    /// The signing algorithm that it names.
    pub alg: Option<String>,
    /// Whether its header requires a check that is not known here, so that a signature that fits proves nothing (`crit` in RFC 7515,
    /// 4.1.11, and `b64` in RFC 7797).
    pub requires_more: bool,
    /// What it claims.
    pub claims: Map<String, Value>,
}

/// Whether a JWT was signed by its issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// By a key that the issuer publishes.
    Verified,
    /// The issuer's keys are not known, none of them is the one that it names, or it requires a check that is not known here.
    NotVerified,
    /// It names a known key, and its signature is not by it.
    Failed,
}

/// The Ed25519 keys that an issuer publishes as a JSON Web Key Set.
#[derive(Debug, Clone, Default)]
pub struct IssuerKeys(Vec<(String, VerifyingKey)>);

/// A text that is no JSON Web Key Set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a JSON Web Key Set")]
pub struct NotAKeySet;

/// Whether a text without white space is near enough to a JWT that its mistakes are worth naming.
pub fn resembles(text: &str) -> bool {
    text.starts_with("eyJ") || (text.split('.').count() == 3 && text.split('.').all(|part| part.len() > 8))
}

/// Takes a JWT apart without verifying it.
pub fn decode(text: &str) -> Result<Decoded, JwtError> {
    let [header, claims, signature] = parts(text)?;
    let header = object(header).ok_or(JwtError::Header)?;
    let claims = object(claims).ok_or(JwtError::Claims)?;
    if signature.is_empty() || BASE64_URL_SAFE_NO_PAD.decode(signature).is_err() {
        return Err(JwtError::Signature);
    }
    let word = |name| header.get(name).and_then(Value::as_str).map(str::to_owned);
    let requires_more =
        header.contains_key("crit") || header.get("b64").is_some_and(|b64| *b64 != Value::Bool(true));
    Ok(Decoded { kid: word("kid"), alg: word("alg"), requires_more, claims })
}

/// Checks the signature of a JWT against its issuer's keys. Times are not judged here: [`crate::status`] does.
pub fn verify(text: &str, keys: &IssuerKeys) -> Verification {
    let Ok(decoded) = decode(text) else { return Verification::Failed };
    if decoded.requires_more {
        return Verification::NotVerified;
    }
    let named = keys.0.iter().find(|(kid, _)| Some(kid) == decoded.kid.as_ref());
    let (Some((_, key)), Some("EdDSA")) = (named, decoded.alg.as_deref()) else {
        return Verification::NotVerified;
    };
    match signature_of(text) {
        Some((signed, signature)) if key.verify_strict(signed.as_bytes(), &signature).is_ok() => {
            Verification::Verified
        }
        _ => Verification::Failed,
    }
}

impl IssuerKeys {
    /// Reads a JSON Web Key Set; keys of other kinds than Ed25519 are passed over.
    pub fn from_jwks(json: &str) -> Result<Self, NotAKeySet> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Map<String, Value>>,
        }
        let set: Set = serde_json::from_str(json).map_err(|_| NotAKeySet)?;
        Ok(Self(set.keys.iter().filter_map(ed25519_key).collect()))
    }
}

fn ed25519_key(jwk: &Map<String, Value>) -> Option<(String, VerifyingKey)> {
    let word = |name| jwk.get(name).and_then(Value::as_str);
    if word("kty")? != "OKP" || word("crv")? != "Ed25519" {
        return None;
    }
    let bytes: [u8; 32] = BASE64_URL_SAFE_NO_PAD.decode(word("x")?).ok()?.try_into().ok()?;
    Some((word("kid")?.to_owned(), VerifyingKey::from_bytes(&bytes).ok()?))
}

fn parts(text: &str) -> Result<[&str; 3], JwtError> {
    let parts: Vec<&str> = text.split('.').collect();
    <[&str; 3]>::try_from(parts).map_err(|parts| JwtError::Parts { found: parts.len() })
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn signature_of(text: &str) -> Option<(&str, Signature)> {
    let (signed, signature) = text.rsplit_once('.')?;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).ok()?;
    Some((signed, Signature::from_slice(&bytes).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};
    use proptest::prelude::*;
    use serde_json::json;

    fn part(value: &Value) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
    }

    fn signed(by: &SigningKey, kid: &str, claims: &Value) -> String {
        signed_under(by, &json!({"alg": "EdDSA", "kid": kid}), claims)
    }

    fn signed_under(by: &SigningKey, header: &Value, claims: &Value) -> String {
        let text = format!("{}.{}", part(header), part(claims));
        let signature = by.sign(text.as_bytes());
        format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    fn published(kid: &str, key: &SigningKey) -> IssuerKeys {
        let x = BASE64_URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "kid": kid, "x": x});
        let other = json!({"kty": "RSA", "kid": "old", "n": "AQAB", "e": "AQAB"});
        IssuerKeys::from_jwks(&json!({"keys": [other, jwk]}).to_string()).unwrap()
    }

    #[test]
    fn claims_are_decoded_for_display() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let decoded =
            decode(&signed(&key, "k1", &json!({"sub": "north", "entitlements": ["fhir"]}))).unwrap();
        assert_eq!(decoded.claims["sub"], "north");
        assert_eq!(decoded.kid.as_deref(), Some("k1"));
    }

    #[test]
    fn only_the_issuers_own_signature_is_verified() {
        let (issuer, forger) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let keys = published("k1", &issuer);
        let claims = json!({"sub": "north"});
        assert_eq!(verify(&signed(&issuer, "k1", &claims), &keys), Verification::Verified);
        assert_eq!(verify(&signed(&forger, "k1", &claims), &keys), Verification::Failed);
        assert_eq!(verify(&signed(&issuer, "k2", &claims), &keys), Verification::NotVerified);
        assert_eq!(
            verify(&signed(&issuer, "k1", &claims), &IssuerKeys::default()),
            Verification::NotVerified
        );
    }

    #[test]
    fn jwt_that_requires_more_is_not_verified() {
        let issuer = SigningKey::from_bytes(&[1; 32]);
        let keys = published("k1", &issuer);
        let verified = |more: Value| {
            let mut header = json!({"alg": "EdDSA", "kid": "k1"});
            header.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            verify(&signed_under(&issuer, &header, &json!({"sub": "north"})), &keys)
        };
        for more in [
            json!({"crit": ["exp"], "exp": 1}),
            json!({"crit": ["b64"], "b64": false}),
            json!({"crit": []}),
            json!({"crit": null}),
            json!({"b64": false}),
            json!({"b64": "false"}),
        ] {
            assert_eq!(verified(more.clone()), Verification::NotVerified, "{more}");
        }
        assert_eq!(verified(json!({"b64": true, "typ": "JWT"})), Verification::Verified);
    }

    #[test]
    fn a_cut_off_jwt_says_which_part_is_wrong() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let whole = signed(&key, "k1", &json!({"sub": "north"}));
        let [header, claims, signature]: [&str; 3] = whole.split('.').collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(decode(&format!("{header}.{claims}")), Err(JwtError::Parts { found: 2 }));
        assert_eq!(decode(&format!("{}.{claims}.{signature}", &header[1..])), Err(JwtError::Header));
        assert_eq!(decode(&format!("{header}.{}.{signature}", &claims[..5])), Err(JwtError::Claims));
        assert_eq!(decode(&format!("{header}.{claims}.")), Err(JwtError::Signature));
    }

    proptest! {
        #[test]
        fn a_changed_claim_is_never_verified(at in 0usize..200, with in "[A-Za-z0-9_-]") {
            let issuer = SigningKey::from_bytes(&[1; 32]);
            let mut text = signed(&issuer, "k1", &json!({"sub": "north", "max-instances": 1}));
            let at = at % text.len();
            let before = text.clone();
            text.replace_range(at..=at, &with);
            if text != before {
                prop_assert_ne!(verify(&text, &published("k1", &issuer)), Verification::Verified);
            }
        }
    }
}
