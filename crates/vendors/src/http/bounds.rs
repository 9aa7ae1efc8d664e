//! The bounds on what a vendor may answer, as numbers in one place. An answer that exceeds one is refused; none of it is used.

use crate::{ListingBound, VendorError};
use std::time::Duration;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// The most bytes of one answer.
pub(crate) const ANSWER: u64 = MIB;
/// The most bytes of one page of a listing that comes page by page.
pub(crate) const PAGE: u64 = 8 * MIB;
/// The most bytes of a short list as a whole, such as the machines of a license.
pub(crate) const SHORT_LIST: u64 = 32 * MIB;
/// The most bytes that are read of a refusal: a signed one has to be whole.
pub(crate) const REFUSAL: u64 = 64 * KIB;
/// The most memory that is set aside for a body because of its `Content-Length` alone.
pub(crate) const SET_ASIDE: u64 = 8 * MIB;
/// The most redirections that are followed.
pub(crate) const REDIRECTIONS: u32 = 4;
/// How often a read that failed is sent again.
pub(crate) const MORE_TRIES: u32 = 2;
/// The longest wait that a vendor may ask for before Licet sends a read again by itself.
pub(crate) const LONGEST_UNSEEN_WAIT: Duration = Duration::from_secs(3);

/// The most pages that are requested by number; Keygen numbers no more (`docs/protocols.md`, "Keygen pages").
pub(crate) const NUMBERED_PAGES: u64 = 100;

/// The most licenses of a listing as a whole.
pub(crate) const LISTING_LICENSES: u64 = 200_000;
/// The most bytes of a listing as a whole, over all of its answers.
pub(crate) const LISTING_BYTES: u64 = 256 * MIB;
/// The longest that a listing as a whole takes.
pub(crate) const LISTING_TIME: Duration = Duration::from_secs(10 * 60);

/// What is read of a YAML text, whose anchors can make it a thousand times longer than it is.
pub(crate) mod yaml {
    use super::LISTING_BYTES;

    /// The deepest nesting; licenses have three levels.
    pub(crate) const DEPTH: usize = 32;
    /// The most bytes of text.
    pub(crate) const TEXT: usize = LISTING_BYTES as usize;
    /// The most anchors.
    pub(crate) const ANCHORS: usize = 20_000;
    /// The most references to anchors.
    pub(crate) const ALIASES: usize = 100_000;
    /// The most pieces that those references repeat. Some writers refer to a project or creator that they wrote before; an honest
    /// list stays far below.
    pub(crate) const REPEATED: usize = 500_000;
    /// The most pieces that a parser meets: beginnings, ends and values.
    pub(crate) const EVENTS: usize = 32_000_000;
    /// The most values.
    pub(crate) const NODES: usize = 16_000_000;
}

/// What came of a listing so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    licenses: u64,
    bytes: u64,
}

impl Tally {
    /// Counts another answer of a listing.
    pub(crate) fn add(&mut self, licenses: u64, bytes: u64) -> Result<(), VendorError> {
        self.licenses += licenses;
        self.bytes += bytes;
        let bound = if self.licenses > LISTING_LICENSES {
            ListingBound::Licenses(LISTING_LICENSES)
        } else if self.bytes > LISTING_BYTES {
            ListingBound::Bytes(LISTING_BYTES)
        } else {
            return Ok(());
        };
        Err(VendorError::ListingTooLarge { bound })
    }

    /// Counts the licenses from the first one again, because the service is asked for all of them again. Bytes stay counted.
    pub(crate) fn restart(&mut self) {
        self.licenses = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(outcome: Result<(), VendorError>) -> Option<ListingBound> {
        let Err(VendorError::ListingTooLarge { bound }) = outcome else { return None };
        Some(bound)
    }

    #[test]
    fn licenses_are_counted_over_all_answers() {
        let mut tally = Tally::default();
        assert_eq!(refused(tally.add(LISTING_LICENSES, 1)), None);
        assert_eq!(refused(tally.add(1, 1)), Some(ListingBound::Licenses(LISTING_LICENSES)));
    }

    #[test]
    fn restart_counts_licenses_again_and_keeps_bytes() {
        let mut tally = Tally::default();
        assert_eq!(refused(tally.add(LISTING_LICENSES, LISTING_BYTES)), None);
        tally.restart();
        assert_eq!(refused(tally.add(LISTING_LICENSES, 0)), None);
        assert_eq!(refused(tally.add(0, 1)), Some(ListingBound::Bytes(LISTING_BYTES)));
    }

    #[test]
    fn bytes_are_counted_over_all_answers() {
        let mut tally = Tally::default();
        for _ in 0..LISTING_BYTES / PAGE {
            assert_eq!(refused(tally.add(1, PAGE)), None);
        }
        assert_eq!(refused(tally.add(1, 1)), Some(ListingBound::Bytes(LISTING_BYTES)));
    }
}
