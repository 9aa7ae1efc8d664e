//! A license as its vendor describes it: facts alone, nothing computed from the time of day.

use crate::{Expiry, Goal, Hosting, Product, Tier};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a vendor tells of a license. What it does not tell is `None`, never a guess.
#[derive(Debug, Clone, PartialEq)]
pub struct License {
    /// The vendor's id; of an imported key, the id that Licet derived from it.
    pub vendor_id: String,
    /// The name; a vendor may allow none.
    pub name: Option<String>,
    /// What it is for the use of.
    pub product: Product,
    /// Development, production or ci.
    pub tier: Option<Tier>,
    /// Where the instance runs.
    pub hosting: Option<Hosting>,
    /// What the holder wants it for.
    pub goal: Option<Goal>,
    /// The vendor's word on whether it may be used.
    pub vendor_status: Option<VendorStatus>,
    /// When it was issued.
    pub created: Option<Timestamp>,
    /// When it ends.
    pub expiry: Option<Expiry>,
    /// What it entitles to. `None` where the vendor was not asked or does not tell.
    pub entitlements: Option<Vec<Entitlement>>,
    /// Bounds and further facts for display, in the vendor's words, such as `max-instances`.
    pub limits: BTreeMap<String, serde_json::Value>,
    /// Where a hosted instance answers: scheme, host and port only, since the full address may hold a token.
    pub instance_origin: Option<String>,
}

/// The vendor's word on whether a license may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VendorStatus {
    /// It may.
    Active,
    /// Valid, but not used for 90 days (Keygen's INACTIVE).
    Inactive,
    /// Its time is over.
    Expired,
    /// Taken back for a while.
    Suspended,
    /// Its holder is shut out.
    Banned,
    /// It belongs to another instance.
    Mismatched,
    /// A word that this program does not know, as given.
    Other(String),
}

impl VendorStatus {
    /// Reads a vendor's word without regard to case. Sources: `docs/protocols.md`, "Aidbox license" and
    /// "Keygen license".
    pub fn from_word(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "active" | "valid" | "expiring" => Self::Active,
            "inactive" => Self::Inactive,
            "expired" => Self::Expired,
            "suspended" => Self::Suspended,
            "banned" => Self::Banned,
            "mismatched" => Self::Mismatched,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// The word that is stored; [`VendorStatus::from_word`] reads it back.
    pub fn word(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Expired => "expired",
            Self::Suspended => "suspended",
            Self::Banned => "banned",
            Self::Mismatched => "mismatched",
            Self::Other(word) => word,
        }
    }
}

/// One thing that a license entitles to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entitlement {
    /// The vendor's code, unique within a license.
    pub code: String,
    /// The name for people; vendors that have none repeat the code.
    pub name: String,
}

/// How much of a license is in use, as far as its vendor reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InUse {
    /// What is counted.
    pub unit: UseUnit,
    /// How many are in use.
    pub used: Option<u64>,
    /// How many the license includes.
    pub most: Option<u64>,
}

/// What the use of a license is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseUnit {
    /// Machines that run with it.
    Seats,
    /// Users of the instance that has it.
    Users,
}

impl License {
    /// A license of which nothing is told but its id and what it is for.
    pub const fn untold(vendor_id: String, product: Product) -> Self {
        Self {
            vendor_id,
            name: None,
            product,
            tier: None,
            hosting: None,
            goal: None,
            vendor_status: None,
            created: None,
            expiry: None,
            entitlements: None,
            limits: BTreeMap::new(),
            instance_origin: None,
        }
    }

    /// The vendor's own text for when it expires, where that is not a date that can be read.
    pub fn unreadable_expiry(&self) -> Option<&str> {
        let text = ["expiration", "expiry"].iter().find_map(|name| self.limits.get(*name)?.as_str());
        text.filter(|_| self.expiry.is_none())
    }

    /// How much of it is in use, where its vendor counts seats or users.
    pub fn in_use(&self) -> Option<InUse> {
        let number = |name: &str| self.limits.get(name).and_then(serde_json::Value::as_u64);
        let seats = InUse { unit: UseUnit::Seats, used: number("machines"), most: number("max-machines") };
        let users = InUse { unit: UseUnit::Users, used: None, most: number("included-users") };
        [seats, users].into_iter().find(|counted| counted.used.is_some() || counted.most.is_some())
    }

    /// What the license is called on the screen and what is typed to delete it: its name, or where it has
    /// none the last six characters of its id.
    pub fn label(&self) -> &str {
        label(self.name.as_deref(), &self.vendor_id)
    }
}

/// A license's name, or where it has none the last six characters of its id.
pub fn label<'a>(name: Option<&'a str>, vendor_id: &'a str) -> &'a str {
    match name {
        Some(name) if !name.trim().is_empty() => name,
        _ => vendor_id.char_indices().rev().nth(5).map_or(vendor_id, |(at, _)| &vendor_id[at..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_license_without_a_name_is_called_by_the_end_of_its_id() {
        assert_eq!(label(Some("north"), "0123456789"), "north");
        assert_eq!(label(None, "0123456789"), "456789");
        assert_eq!(label(Some("  "), "žluťoučký"), "ťoučký");
        assert_eq!(label(None, "abc"), "abc");
    }

    #[test]
    fn use_is_counted_in_seats_or_users() {
        let of = |limits: &[(&str, u64)]| {
            let limits = limits.iter().map(|(name, number)| ((*name).to_owned(), (*number).into())).collect();
            License { limits, ..License::untold("1".to_owned(), Product::Aica) }.in_use()
        };
        let seats = InUse { unit: UseUnit::Seats, used: Some(1), most: Some(2) };
        assert_eq!(of(&[("machines", 1), ("max-machines", 2)]), Some(seats));
        assert_eq!(of(&[("machines", 1)]), Some(InUse { most: None, ..seats }));
        let users = InUse { unit: UseUnit::Users, used: None, most: Some(15) };
        assert_eq!(of(&[("included-users", 15)]), Some(users));
        assert_eq!(of(&[("max-instances", 3)]), None);
    }

    #[test]
    fn every_status_reads_back_as_it_is_written() {
        for word in ["active", "inactive", "expired", "suspended", "banned", "mismatched", "Under Review"] {
            assert_eq!(VendorStatus::from_word(word).word(), word);
        }
    }
}
