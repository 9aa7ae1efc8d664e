//! The license that an instance's token is of, as a row of the library.

use super::{InstanceStatus, TokenFields};
use crate::{Expiry, License, Product, VendorStatus};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The fact that tells which token an instance has.
const TOKEN_ID: &str = "token-id";

impl TokenFields {
    /// Whether there is a license at all: one of `lid`, `sub`, `jti` and `company` is told.
    pub fn is_there(&self) -> bool {
        [&self.lid, &self.sub, &self.jti, &self.company].into_iter().any(Option::is_some)
    }

    /// The license that the token is of, as a row of the library. When the *license* was issued it does not tell.
    pub fn license(&self) -> License {
        let id = self.lid.as_ref().or(self.jti.as_ref());
        let id = id.cloned().unwrap_or_else(|| "current".to_owned());
        License {
            name: self.company.clone(),
            vendor_status: self.status.and_then(InstanceStatus::of_a_license),
            expiry: self.license_expires.or(self.token_expires).map(Expiry::at),
            limits: self.limits(),
            ..License::untold(id, Product::Dashboard)
        }
    }

    fn limits(&self) -> BTreeMap<String, Value> {
        let numbers = [
            ("included-users", self.included_users),
            ("max-concurrent-user-sessions", self.max_concurrent_user_sessions),
            ("anonymous-ratio", self.anonymous_ratio),
            ("license-warn-days", self.license_warn_days),
            ("token-warn-days", self.token_warn_days),
            ("update-days", self.update_days),
        ];
        let numbers = numbers.into_iter().filter_map(|(name, number)| Some((name, Value::from(number?))));
        let end = self.token_expires.map(|end| ("token-expires", Value::from(end.to_string())));
        let id = self.jti.as_ref().map(|id| (TOKEN_ID, Value::from(id.as_str())));
        numbers.chain(end).chain(id).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl License {
    /// Whether its instance has another token by now than the one with these claims: it renews its token by itself and gives
    /// its text to nobody. Nothing where no vendor tells which token it has.
    pub fn is_outdated(&self, claims: &Map<String, Value>) -> Option<bool> {
        Some(self.limits.get(TOKEN_ID)? != claims.get("jti")?)
    }
}

impl InstanceStatus {
    /// The word of a library's row; an instance that has loaded nothing says nothing of the license.
    fn of_a_license(self) -> Option<VendorStatus> {
        match self {
            Self::NotLoaded => None,
            Self::Valid => Some(VendorStatus::Active),
            Self::Expired => Some(VendorStatus::Expired),
            Self::InvalidSubject => Some(VendorStatus::Mismatched),
            Self::Loaded | Self::Invalid | Self::NotFound | Self::Other(_) => {
                Some(VendorStatus::Other(self.word().into_owned()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use serde_json::json;

    fn license(value: &Value) -> License {
        TokenFields::from_json(value.as_object().unwrap()).license()
    }

    fn end(seconds: i64) -> Option<Expiry> {
        Some(Expiry::On(Timestamp::from_second(seconds).unwrap()))
    }

    #[test]
    fn row_expiry_is_the_license_expiry() {
        let license = license(&json!({
            "jti": "2", "lid": "1", "company": "Northwind", "status": 1, "exp": 300, "lexp": 400,
            "included_users": 15,
        }));
        assert_eq!((license.vendor_id.as_str(), license.label()), ("1", "Northwind"));
        assert_eq!(license.expiry, end(400));
        assert_eq!(license.limits["token-expires"], json!("1970-01-01T00:05:00Z"));
        assert_eq!(license.limits["included-users"], json!(15));
        assert_eq!(
            (license.product, license.vendor_status),
            (Product::Dashboard, Some(VendorStatus::Active))
        );
    }

    #[test]
    fn a_license_that_tells_little_still_has_an_id_and_an_end() {
        let of_token = license(&json!({"jti": "9", "exp": 300}));
        assert_eq!((of_token.vendor_id.as_str(), of_token.expiry), ("9", end(300)));
        assert_eq!(license(&json!({"company": "Northwind"})).vendor_id, "current");
    }

    #[test]
    fn every_status_reads_back_and_an_unknown_one_is_said_as_given() {
        for number in -1..=9 {
            assert_eq!(InstanceStatus::from_number(number).number(), number);
        }
        let of = |number: i64| license(&json!({"lid": "1", "status": number})).vendor_status;
        assert_eq!(of(0), None);
        assert_eq!((of(5), of(6)), (Some(VendorStatus::Expired), Some(VendorStatus::Mismatched)));
        assert_eq!(of(3), Some(VendorStatus::Other("invalid".to_owned())));
        assert_eq!(of(9), Some(VendorStatus::Other("status 9".to_owned())));
    }

    #[test]
    fn a_token_is_outdated_once_its_instance_has_another() {
        let license = license(&json!({"lid": "1", "jti": "2"}));
        let claims = |jti: &str| json!({"jti": jti}).as_object().unwrap().clone();
        assert_eq!(license.is_outdated(&claims("2")), Some(false));
        assert_eq!(license.is_outdated(&claims("1")), Some(true));
        assert_eq!(license.is_outdated(&Map::new()), None);
    }
}
