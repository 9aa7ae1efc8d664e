//! Certificates on the command line: how one is wanted, and what it certifies.

use crate::{output::Lines, shape::verification, words};
use app::certificates::CertificateSeen;
use jiff::{Span, SpanRelativeTo, Timestamp, Unit};
use license::{Entitlement, Expiry, file::Format};
use serde::Serialize;
use std::io;
use vendors::CheckOut;

/// How a certificate is checked out.
#[derive(Debug, clap::Args)]
pub(crate) struct Terms {
    /// Of a certificate: for how long, such as 30d or 12h, at least 1h [default: the vendor's, a month]
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    pub ttl: Option<u64>,
    /// Of a certificate: with the license's entitlements in it
    #[arg(long)]
    pub entitlements: bool,
    /// Of a certificate: readable with the license key alone
    #[arg(long)]
    pub encrypt: bool,
}

impl Terms {
    /// What is asked of the vendor.
    pub(crate) fn check_out(&self) -> CheckOut {
        CheckOut { ttl: self.ttl, entitlements: self.entitlements, encrypted: self.encrypt }
    }

    /// Whether any was given for something else than a certificate.
    pub(crate) fn are_misplaced(&self, format: Format) -> bool {
        format != Format::Certificate && self.check_out() != CheckOut::default()
    }
}

/// What a certificate certifies, as `--json` prints it.
#[derive(Debug, Serialize)]
pub(crate) struct Certificate<'a> {
    verified: &'static str,
    encrypted: bool,
    issued: Option<Timestamp>,
    expires: Option<Timestamp>,
    license_expires: Option<Timestamp>,
    expired: bool,
    entitlements: Option<&'a [Entitlement]>,
}

impl<'a> Certificate<'a> {
    pub(crate) fn new(seen: &'a CertificateSeen) -> Self {
        Self {
            verified: verification(seen.verified),
            encrypted: seen.encrypted,
            issued: seen.issued.map(words::to_the_second),
            expires: seen.expires.map(words::to_the_second),
            license_expires: seen.license_expires.and_then(Expiry::instant).map(words::to_the_second),
            expired: seen.is_expired,
            entitlements: seen.entitlements.as_deref(),
        }
    }
}

/// Tells in words what a certificate certifies.
pub(crate) fn tell(lines: &mut Lines<'_>, seen: &CertificateSeen) -> io::Result<()> {
    let now = Timestamp::now();
    let codes =
        |all: &Vec<Entitlement>| all.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(", ");
    let entitlements = seen.entitlements.as_ref().map_or_else(|| "none in the certificate".to_owned(), codes);
    lines.tell(&format!("the certificate ends: {}", words::ends(seen.expires.map(Expiry::On), now)))?;
    lines.tell(&format!("the license ends: {}", words::ends(seen.license_expires, now)))?;
    lines.tell(&format!("entitlements: {entitlements}"))?;
    lines.tell(match verification(seen.verified) {
        "verified" => "signed by its issuer",
        "failed" => "NOT signed by an issuer that is known here",
        _ => "not verified: no public key of its issuer is known; --issuer-key HEX gives it",
    })
}

/// A time such as `30d`, in seconds; a day has 24 hours.
fn seconds(text: &str) -> Result<u64, String> {
    let unclear = |_| "a time such as 30d or 12h is expected".to_owned();
    let span: Span = text.parse().map_err(unclear)?;
    let seconds = span.total((Unit::Second, SpanRelativeTo::days_are_24_hours()));
    let seconds = seconds.map_err(|_| "days are the longest unit".to_owned())?;
    if seconds >= 1.0 { Ok(seconds as u64) } else { Err("it lies in the past".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (text, expected) in
            [("30d", 2_592_000), ("12h", 43_200), ("1d 12h", 129_600), ("90m", 5400), ("2w", 1_209_600)]
        {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
        for text in ["", "30", "-1d", "0s", "soon", "1mo"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
