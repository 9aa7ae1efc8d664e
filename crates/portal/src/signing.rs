//! The portal's Ed25519 key: kept in the data folder, published as a JWK set, and what every license string and
//! box token is made with. Both are the same each time, so that neither is stored.

use std::fs;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Error;
use crate::Result;
use crate::folder::Folder;
use crate::secret::digest;

const FILE: &str = "signing-key";

/// What stands before a license's id where its box token is made, so that no other use of the key makes one.
const BOX: &[u8] = b"box token of ";

/// Makes license strings and box tokens, and recognises them again.
pub(crate) struct Signer {
    key: SigningKey,
    boxes: Hmac<Sha256>,
    kid: String,
    header: String,
}

impl Signer {
    /// Reads the key of the folder, or makes one where there is none yet. The folder is locked for setup.
    pub(crate) fn open(folder: &Folder) -> Result<Self> {
        let path = folder.file(FILE);
        let seed = match fs::read(&path).map(Zeroizing::new) {
            Ok(text) => decode_seed(&text).ok_or(Error::DamagedKey { path })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => create_seed(folder)?,
            Err(error) => return Err(folder.error(error)),
        };
        Ok(Self::from_seed(&seed))
    }

    #[expect(clippy::expect_used, reason = "HMAC accepts keys of any length")]
    fn from_seed(seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        let kid = thumbprint(key.verifying_key().as_bytes());
        // Written out: a JWT is checked by being signed again, and the order of a map's members is the build's.
        let header = format!(r#"{{"alg":"EdDSA","kid":"{kid}","typ":"JWT"}}"#);
        // Invariant: HMAC takes a key of any length.
        let boxes = Hmac::<Sha256>::new_from_slice(seed).expect("a key of any length").chain_update(BOX);
        Self { key, boxes, kid, header: URL_SAFE_NO_PAD.encode(header) }
    }

    /// The key's id: its thumbprint by RFC 7638.
    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// Signs the claims, JSON, as a compact JWS (RFC 7515) with EdDSA (RFC 8037): the same string every time.
    pub(crate) fn sign(&self, claims: &str) -> String {
        let mut jwt = format!("{}.{}", self.header, URL_SAFE_NO_PAD.encode(claims));
        let signature = self.key.sign(jwt.as_bytes());
        jwt.push('.');
        URL_SAFE_NO_PAD.encode_string(signature.to_bytes(), &mut jwt);
        jwt
    }

    /// The claims of a license string that this key signed; nothing for any other text.
    pub(crate) fn claims(&self, jwt: &str) -> Option<String> {
        let payload = jwt.split('.').nth(1)?;
        let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        (self.sign(&claims) == jwt).then_some(claims)
    }

    /// The token that opens the sandbox of a license: 40 hexadecimal digits.
    pub(crate) fn box_token(&self, uid: &str) -> String {
        let code = self.boxes.clone().chain_update(uid.as_bytes()).finalize().into_bytes();
        HEXLOWER.encode(&code[..20])
    }

    /// Whether a text is the token that opens the sandbox of a license; as quick for a near miss as for a far one.
    pub(crate) fn opens_box(&self, uid: &str, token: &str) -> bool {
        digest(token) == digest(&self.box_token(uid))
    }

    /// Signs bytes as they are (RFC 8032).
    pub(crate) fn signature(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// The public key as hexadecimal digits.
    pub(crate) fn public_key_hex(&self) -> String {
        HEXLOWER.encode(self.key.verifying_key().as_bytes())
    }

    /// The public key as a JWK set (RFC 7517; key type OKP of RFC 8037).
    pub(crate) fn jwks(&self) -> Value {
        let x = URL_SAFE_NO_PAD.encode(self.key.verifying_key().as_bytes());
        json!({"keys": [
            {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": self.kid, "x": x}
        ]})
    }
}

fn decode_seed(text: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut seed = Zeroizing::new([0u8; 32]);
    let length = URL_SAFE_NO_PAD.decode_slice(text.trim_ascii(), seed.as_mut()).ok()?;
    (length == seed.len()).then_some(seed)
}

fn create_seed(folder: &Folder) -> Result<Zeroizing<[u8; 32]>> {
    let mut seed = Zeroizing::new([0u8; 32]);
    getrandom::fill(seed.as_mut()).map_err(Error::Random)?;
    let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(seed.as_ref()));
    folder.create_whole(FILE, text.as_bytes())?;
    Ok(seed)
}

/// RFC 7638: SHA-256 over the required members in lexical order, without spaces.
fn thumbprint(public: &[u8; 32]) -> String {
    let x = URL_SAFE_NO_PAD.encode(public);
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(canonical.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 8037, appendix A.1 to A.3: the seed, its public key's thumbprint.
    const SEED: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    const THUMBPRINT: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

    #[test]
    fn the_key_id_is_the_thumbprint_of_the_rfc() {
        let seed = decode_seed(SEED.as_bytes()).unwrap();
        assert_eq!(Signer::from_seed(&seed).kid(), THUMBPRINT);
    }

    #[test]
    fn the_public_key_is_the_one_of_the_rfc() {
        let seed = decode_seed(SEED.as_bytes()).unwrap();
        let jwks = Signer::from_seed(&seed).jwks();
        assert_eq!(jwks["keys"][0]["x"], "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }

    #[test]
    fn a_truncated_seed_is_not_taken_for_a_key() {
        assert!(decode_seed(&SEED.as_bytes()[..40]).is_none());
    }

    #[test]
    fn a_string_is_recognised_by_the_key_that_signed_it_alone() {
        let seed = decode_seed(SEED.as_bytes()).unwrap();
        let signer = Signer::from_seed(&seed);
        let jwt = signer.sign("{}");
        assert_eq!(signer.sign("{}"), jwt);
        assert_eq!(signer.claims(&jwt).as_deref(), Some("{}"));
        assert_eq!(Signer::from_seed(&[7; 32]).claims(&jwt), None);
        let unsigned = jwt.rsplit_once('.').unwrap().0;
        for text in ["", "a", "a.b.c", "a.bm90IGpzb24.c", "..", "a.e30.c", unsigned, &format!("{jwt}.")] {
            assert_eq!(signer.claims(text), None, "{text}");
        }
    }

    #[test]
    fn a_box_token_is_the_licenses_and_the_keys_own() {
        let seed = decode_seed(SEED.as_bytes()).unwrap();
        let (signer, other) = (Signer::from_seed(&seed), Signer::from_seed(&[7; 32]));
        let token = signer.box_token("a");
        assert_eq!(token.len(), 40);
        assert!(signer.opens_box("a", &token));
        for (signer, uid) in [(&signer, "b"), (&other, "a")] {
            assert!(!signer.opens_box(uid, &token));
        }
    }
}
