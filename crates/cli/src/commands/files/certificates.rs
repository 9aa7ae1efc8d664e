//! Certificates on the command line: how one is wanted, and what it certifies.

use crate::output::{lines::Lines, shape::verification, words};
use app::certificates::CertificateStatus;
use jiff::Timestamp;
use license::{Entitlement, Expiry};
use serde::Serialize;
use std::io;

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
    pub(crate) fn new(seen: &'a CertificateStatus) -> Self {
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
pub(crate) fn tell(lines: &mut Lines<'_>, seen: &CertificateStatus) -> io::Result<()> {
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
