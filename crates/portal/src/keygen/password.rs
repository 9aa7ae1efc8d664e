//! Passwords of users and server administrators: kept as Argon2id hashes (PHC strings) alone.

use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::Error;
use crate::Result;

/// One hash at a time: each takes 19 MiB and a whole core, and wrong passwords come in bursts.
static TURN: Mutex<()> = Mutex::new(());

/// What the password of an unknown name is compared with, so that an unknown name takes as long as a known one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash("nobody's").ok());

/// The hash to keep of a password.
pub(crate) fn hash(password: &str) -> Result<String> {
    let mut salt = [0u8; 16];
    getrandom::fill(&mut salt).map_err(Error::Random)?;
    let hash: PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map_err(Error::Password)?;
    Ok(hash.to_string())
}

/// Whether a password is the one that was hashed; never, but as slowly, where there is no hash.
pub(crate) fn fits(password: &str, hash: Option<&str>) -> bool {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let against = hash.or(NOBODY.as_deref());
    let same = against
        .and_then(|hash| PasswordHash::new(hash).ok())
        .is_some_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    same && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_alone() {
        let kept = hash("correct horse").unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert!(fits("correct horse", Some(&kept)));
        assert!(!fits("correct horse ", Some(&kept)));
        assert!(!fits("nobody's", None));
        assert_ne!(hash("correct horse").unwrap(), kept, "each has a salt of its own");
    }
}
