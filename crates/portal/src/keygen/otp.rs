//! One-time codes (RFC 6238): six digits of 30 seconds, the step before and after accepted.

use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::Error;
use crate::Result;
use crate::secret::OtpUrl;

const ISSUER: &str = "Licet portal";

/// Makes a new secret: 160 bits, as RFC 4226 recommends.
pub(crate) fn new_secret() -> Result<Zeroizing<[u8; 20]>> {
    let mut secret = Zeroizing::new([0u8; 20]);
    getrandom::fill(secret.as_mut()).map_err(Error::Random)?;
    Ok(secret)
}

/// What an authenticator is given of a secret.
pub(crate) fn url(secret: &[u8], email: &str) -> Result<OtpUrl> {
    let url = codes(secret, email).and_then(|codes| codes.to_url().ok());
    url.map(|url| OtpUrl::new(Zeroizing::new(url))).ok_or_else(|| Error::Email(email.to_owned()))
}

/// The step of 30 seconds whose code this is, where that is the present one, the one before or the one after.
pub(crate) fn step_of(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    let step = codes(secret, "")?.check(code, u64::try_from(now).ok()?)?;
    i64::try_from(step).ok()
}

/// The code that an authenticator shows at a time, in seconds since 1970; nothing for a URL of another kind.
pub fn one_time_code(url: &OtpUrl, unix_seconds: u64) -> Option<String> {
    Totp::from_url(url.expose()).ok().map(|codes| codes.generate(unix_seconds).to_string())
}

fn codes(secret: &[u8], email: &str) -> Option<Totp> {
    Builder::new()
        .with_secret(secret.to_vec())
        .with_account_name(email)
        .with_issuer(Some(ISSUER))
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 6238, appendix B, the SHA-1 rows: the last six digits of each.
    #[test]
    fn the_codes_are_those_of_the_rfc() {
        let secret = b"12345678901234567890";
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(step_of(secret, code, time), Some(time / 30), "{time}");
            assert_eq!(step_of(secret, code, time + 30), Some(time / 30), "a step late");
            assert_eq!(step_of(secret, code, time + 90), None, "too late");
        }
    }

    #[test]
    fn the_url_holds_what_an_authenticator_needs() {
        let url = url(b"12345678901234567890", "ada@demo.example").unwrap();
        assert!(url.expose().starts_with("otpauth://totp/Licet%20portal:ada"), "{}", url.expose());
        assert_eq!(one_time_code(&url, 59).unwrap(), "287082");
    }
}
