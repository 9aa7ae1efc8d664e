//! From the JSON of an instance, or of a token's claims, to what it tells.

use super::{InstanceStatus, TokenFields, Usage};
use crate::dates;
use jiff::Timestamp;
use serde_json::{Map, Value};

impl TokenFields {
    /// Reads a JSON object: an API answer, or the claims of a license JWT. An empty text and the time 0 mean that it is
    /// not told; a field of another type than expected stands in `other`, as do those that are not known.
    pub fn from_json(object: &Map<String, Value>) -> Self {
        let mut read = Self::default();
        for (name, value) in object {
            if !value.is_null() && read.take(name, value).is_none() {
                read.other.insert(name.clone(), value.clone());
            }
        }
        read
    }

    /// Takes a field that is known and of its type.
    fn take(&mut self, name: &str, value: &Value) -> Option<()> {
        match name {
            "jti" => self.jti = text(value)?,
            "iss" => self.iss = text(value)?,
            "sub" => self.sub = text(value)?,
            "lid" => self.lid = text(value)?,
            "company" => self.company = text(value)?,
            "account" => self.account = text(value)?,
            "slug" => self.slug = text(value)?,
            "details_url" => self.details_url = text(value)?,
            "limit_by" => self.limit_by = text(value)?,
            "prod" => self.prod = texts(value)?,
            "iat" => self.issued = instant(value)?,
            "nbf" => self.valid_from = instant(value)?,
            "exp" => self.token_expires = instant(value)?,
            "lexp" => self.license_expires = instant(value)?,
            "trial_exp" => self.trial_expires = instant(value)?,
            "trial" => self.trial = Some(value.as_bool()?),
            "usage_billing" => self.usage_billing = Some(value.as_bool()?),
            "status" => self.status = Some(InstanceStatus::from_number(value.as_i64()?)),
            "included_users" => self.included_users = Some(value.as_i64()?),
            "max_concurrent_user_sessions" => self.max_concurrent_user_sessions = Some(value.as_i64()?),
            "anonymousRatio" => self.anonymous_ratio = Some(value.as_i64()?),
            "lic_exp_warn_days" => self.license_warn_days = Some(value.as_i64()?),
            "tok_exp_warn_days" => self.token_warn_days = Some(value.as_i64()?),
            "update_days" => self.update_days = Some(value.as_i64()?),
            _ => return None,
        }
        Some(())
    }
}

impl Usage {
    /// Reads the answer of `refresh-stats`; what it does not tell as a whole number is not known.
    pub fn from_json(object: &Map<String, Value>) -> Self {
        let number = |name| object.get(name).and_then(Value::as_i64);
        Self {
            active_users: number("active_users"),
            active_admins_and_editors: number("active_admins_and_editors"),
            active_viewers: number("active_viewers"),
            active_anonymous_devices: number("active_anonymous_devices"),
        }
    }
}

/// A text; within, nothing where it is empty.
fn text(value: &Value) -> Option<Option<String>> {
    let text = value.as_str()?.trim();
    Some((!text.is_empty()).then(|| text.to_owned()))
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|entry| entry.as_str().map(str::to_owned)).collect()
}

/// Seconds since 1970, whole or not (RFC 7519); within, nothing where it is 0.
fn instant(value: &Value) -> Option<Option<Timestamp>> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "beyond the range of a time it saturates, and is refused"
    )]
    let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds.floor() as i64))?;
    match seconds {
        0 => Some(None),
        // Some issuers write it for no end; it is later than any instant that can be counted.
        dates::END_OF_9999 => Some(Some(Timestamp::MAX)),
        _ => Timestamp::from_second(seconds).ok().map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn fields(value: &Value) -> TokenFields {
        TokenFields::from_json(value.as_object().unwrap())
    }

    fn at(seconds: i64) -> Option<Timestamp> {
        Some(Timestamp::from_second(seconds).unwrap())
    }

    /// Every field that the vendor's document and its published description name.
    fn everything() -> Value {
        json!({
            "status": 1, "jti": "2", "iss": "https://issuer.example", "sub": "https://play.example/", "iat": 100,
            "exp": 300, "nbf": 200, "lexp": 400, "lid": "1", "limit_by": "users", "included_users": 15,
            "lic_exp_warn_days": 30, "tok_exp_warn_days": 2, "update_days": 1,
            "prod": ["metrics-dashboard-enterprise"], "company": "Northwind", "account": "7", "slug": "northwind",
            "usage_billing": false, "max_concurrent_user_sessions": 3, "details_url": "https://issuer.example/1",
            "trial": true, "trial_exp": 500, "anonymousRatio": 4,
        })
    }

    #[test]
    fn every_field_of_the_document_is_read_and_none_is_left_over() {
        let read = fields(&everything());
        let text = |word: &str| Some(word.to_owned());
        let expected = TokenFields {
            status: Some(InstanceStatus::Valid),
            jti: text("2"),
            iss: text("https://issuer.example"),
            sub: text("https://play.example/"),
            lid: text("1"),
            company: text("Northwind"),
            account: text("7"),
            slug: text("northwind"),
            details_url: text("https://issuer.example/1"),
            limit_by: text("users"),
            prod: vec!["metrics-dashboard-enterprise".to_owned()],
            issued: at(100),
            valid_from: at(200),
            token_expires: at(300),
            license_expires: at(400),
            trial: Some(true),
            trial_expires: at(500),
            usage_billing: Some(false),
            included_users: Some(15),
            max_concurrent_user_sessions: Some(3),
            anonymous_ratio: Some(4),
            license_warn_days: Some(30),
            token_warn_days: Some(2),
            update_days: Some(1),
            other: BTreeMap::new(),
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn the_documents_empty_answer_is_no_license() {
        let empty = json!({
            "status": 0, "jti": "", "iss": "", "sub": "", "iat": 0, "exp": 0, "nbf": 0, "lexp": 0, "lid": "",
            "limit_by": "", "included_users": 0, "lic_exp_warn_days": 0, "tok_exp_warn_days": 0, "update_days": 0,
            "prod": null, "company": "", "account": "", "slug": "", "usage_billing": false,
            "max_concurrent_user_sessions": 0, "details_url": "", "trial": false, "trial_exp": 0, "anonymousRatio": 0,
        });
        let read = fields(&empty);
        assert!(!read.is_there());
        assert_eq!((read.token_expires, read.license_expires, read.trial_expires), (None, None, None));
        assert!(read.other.is_empty());
        assert!(!TokenFields::default().is_there());
    }

    #[test]
    fn what_is_not_known_or_of_another_type_is_kept_as_given() {
        let read = fields(&json!({
            "company": "Northwind", "status": "fine", "exp": "tomorrow", "prod": "all", "lexp": 1e300,
            "grace": {"days": 3}, "lid": null,
        }));
        assert_eq!(read.other.len(), 5, "{read:?}");
        assert_eq!(read.other["grace"], json!({"days": 3}));
        assert_eq!((read.status, read.token_expires, read.license_expires), (None, None, None));
        assert!(read.is_there());
    }

    #[test]
    fn a_time_may_have_a_fraction() {
        assert_eq!(fields(&json!({"exp": 300.9})).token_expires, at(300));
    }

    #[test]
    fn numbers_of_use_that_are_not_told_stay_unknown() {
        let read = Usage::from_json(json!({"active_users": 11, "active_viewers": "7"}).as_object().unwrap());
        assert_eq!(read, Usage { active_users: Some(11), ..Usage::default() });
    }
}
