//! Sealing with XChaCha20-Poly1305.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// Where the data key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeptBy {
    /// In the system's keyring.
    Keyring,
    /// In the library, wrapped with a passphrase.
    Passphrase,
    /// Nowhere: secrets are in memory and end with this process.
    Session,
}

/// The key that secrets are sealed with: 32 random bytes, wiped on drop.
#[derive(Clone)]
pub(crate) struct DataKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(<redacted>)")
    }
}

impl DataKey {
    /// A new key.
    pub(crate) fn random() -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        fill(&mut *bytes);
        Self(bytes)
    }

    /// A key of bytes that were derived or unwrapped.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The key's bytes, for wrapping.
    pub(crate) fn bytes(&self) -> &[u8] {
        &*self.0
    }

    /// What tells this key from another without telling the key: a digest of its 256 random bits.
    pub(crate) fn id(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(b"licet data key id");
        digest.update(*self.0);
        HEXLOWER.encode(&digest.finalize()[..16])
    }

    /// Seals bytes so that they open only with this key and at this place: a random nonce, then the sealed bytes.
    #[expect(clippy::expect_used, reason = "only texts beyond 256 GiB cannot be sealed")]
    pub(crate) fn seal(&self, bytes: &[u8], place: &str) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        fill(&mut nonce);
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: bytes, aad: place.as_bytes() })
            .expect("only a message of 256 GiB or more is too long");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what was sealed; nothing where it was changed, or sealed with another key or for another place.
    pub(crate) fn open(&self, sealed: &[u8], place: &str) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.0))
    }
}

/// A data key as a slot keeps it.
#[derive(Debug)]
pub(crate) struct KeptKey {
    /// The key.
    pub key: DataKey,
    /// Whether the logins that it seals are bound to where they may be sent. The mark is kept with the key and sealed like it,
    /// so a library that is edited from outside cannot remove it. The keyring's mark also outlives a library that is put back
    /// whole; that of a passphrase is in the library and is put back with it.
    pub is_bound: bool,
}

/// What the keyring's text begins with once logins are bound.
const BOUND_TEXT: &str = "2:";

/// What the wrapped bytes begin with once logins are bound.
const BOUND_BYTE: u8 = 2;

impl KeptKey {
    /// A key whose logins are bound.
    pub(crate) const fn bound(key: DataKey) -> Self {
        Self { key, is_bound: true }
    }

    /// The text for the keyring.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        let mark = if self.is_bound { BOUND_TEXT } else { "" };
        let mut text = Zeroizing::new(String::with_capacity(64));
        text.push_str(mark);
        STANDARD.encode_string(*self.key.0, &mut text);
        text
    }

    /// Reads the text of the keyring.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let (text, is_bound) = text.strip_prefix(BOUND_TEXT).map_or((text, false), |text| (text, true));
        let bytes = Zeroizing::new(STANDARD.decode(text).ok()?);
        Some(Self { key: DataKey::from_bytes(&bytes)?, is_bound })
    }

    /// The bytes that a passphrase wraps.
    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(33));
        bytes.extend(self.is_bound.then_some(BOUND_BYTE));
        bytes.extend_from_slice(self.key.bytes());
        bytes
    }

    /// Reads the bytes that a passphrase wrapped.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [BOUND_BYTE, key @ ..] if key.len() == 32 => {
                Some(Self { key: DataKey::from_bytes(key)?, is_bound: true })
            }
            key => Some(Self { key: DataKey::from_bytes(key)?, is_bound: false }),
        }
    }
}

/// Random bytes as hexadecimal digits.
pub(crate) fn random_hex(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    fill(&mut random);
    HEXLOWER.encode(&random)
}

/// Fills with randomness of the system.
#[expect(clippy::expect_used, reason = "without randomness nothing can be kept secret")]
pub(crate) fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("a system that has no randomness cannot keep secrets at all");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_never_printed() {
        let key = DataKey::random();
        assert_eq!(format!("{key:?}"), "DataKey(<redacted>)");
    }

    #[test]
    fn a_kept_key_reads_back_from_text_and_bytes() {
        for is_bound in [true, false] {
            let kept = KeptKey { key: DataKey::random(), is_bound };
            let text = KeptKey::from_text(&kept.to_text()).unwrap();
            let bytes = KeptKey::from_bytes(&kept.to_bytes()).unwrap();
            for read in [text, bytes] {
                assert_eq!((read.key.bytes(), read.is_bound), (kept.key.bytes(), is_bound));
            }
        }
        for text in ["c2hvcnQ=", "not base64!", "2:c2hvcnQ="] {
            assert!(KeptKey::from_text(text).is_none(), "{text}");
        }
    }

    #[test]
    fn two_sealings_of_the_same_are_not_alike() {
        let key = DataKey::random();
        assert_ne!(key.seal(b"same", "place"), key.seal(b"same", "place"));
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_with_its_key_at_its_place(bytes: Vec<u8>, place: String) {
            let key = DataKey::random();
            let sealed = key.seal(&bytes, &place);
            prop_assert_eq!(&*key.open(&sealed, &place).unwrap(), &bytes);
        }

        #[test]
        fn another_place_or_another_key_opens_nothing(bytes: Vec<u8>, place: String, other: String) {
            prop_assume!(place != other);
            let key = DataKey::random();
            let sealed = key.seal(&bytes, &place);
            prop_assert!(key.open(&sealed, &other).is_none());
            prop_assert!(DataKey::random().open(&sealed, &place).is_none());
        }

        #[test]
        fn a_single_changed_bit_opens_nothing(bytes: Vec<u8>, at: prop::sample::Index, bit in 0..8u8) {
            let key = DataKey::random();
            let mut sealed = key.seal(&bytes, "place");
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert!(key.open(&sealed, "place").is_none());
        }

        #[test]
        fn what_was_never_sealed_opens_nothing(bytes: Vec<u8>) {
            prop_assert!(DataKey::random().open(&bytes, "place").is_none());
        }
    }
}
