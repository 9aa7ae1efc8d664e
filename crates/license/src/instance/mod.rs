//! A dashboard instance's license token, as its API and its JWT tell it (`docs/protocols.md`, "Token fields").

mod read;
mod row;

use jiff::Timestamp;
use serde_json::Value;
use std::{borrow::Cow, collections::BTreeMap};

/// Everything that a license token tells; what it does not tell is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TokenFields {
    /// What the instance says of it.
    pub status: Option<InstanceStatus>,
    /// The token's id.
    pub jti: Option<String>,
    /// Who issued it.
    pub iss: Option<String>,
    /// The root URL of the instance that it is for.
    pub sub: Option<String>,
    /// The license's id.
    pub lid: Option<String>,
    /// Whose license it is.
    pub company: Option<String>,
    /// The holder's account at the issuer.
    pub account: Option<String>,
    /// The holder's word in the issuer's addresses.
    pub slug: Option<String>,
    /// The issuer's page about it.
    pub details_url: Option<String>,
    /// What it is limited by.
    pub limit_by: Option<String>,
    /// The products that it names.
    pub prod: Vec<String>,
    /// `iat`: when the token was issued.
    pub issued: Option<Timestamp>,
    /// `nbf`: from when on the token counts.
    pub valid_from: Option<Timestamp>,
    /// `exp`: when the token, not the license, ends.
    pub token_expires: Option<Timestamp>,
    /// `lexp`: when the license, not the token, ends.
    pub license_expires: Option<Timestamp>,
    /// Whether it is a trial.
    pub trial: Option<bool>,
    /// When the trial ends.
    pub trial_expires: Option<Timestamp>,
    /// Whether it is billed by use.
    pub usage_billing: Option<bool>,
    /// How many users it includes.
    pub included_users: Option<i64>,
    /// At how many places at once one user may be logged in.
    pub max_concurrent_user_sessions: Option<i64>,
    /// How many anonymous devices count as one user.
    pub anonymous_ratio: Option<i64>,
    /// How many days before the license's end the instance warns.
    pub license_warn_days: Option<i64>,
    /// How many days before the token's end the instance warns.
    pub token_warn_days: Option<i64>,
    /// How many days before the token's end the instance asks for a new one.
    pub update_days: Option<i64>,
    /// Fields that this program does not know, as given.
    pub other: BTreeMap<String, Value>,
}

/// What an instance says of its token. The numbers are not documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceStatus {
    /// 0
    NotLoaded,
    /// 1
    Valid,
    /// 2
    Loaded,
    /// 3
    Invalid,
    /// 4
    NotFound,
    /// 5
    Expired,
    /// 6: it is for another instance.
    InvalidSubject,
    /// Another number, as given.
    Other(i64),
}

impl InstanceStatus {
    /// Reads the number that an instance answers with.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::NotLoaded,
            1 => Self::Valid,
            2 => Self::Loaded,
            3 => Self::Invalid,
            4 => Self::NotFound,
            5 => Self::Expired,
            6 => Self::InvalidSubject,
            other => Self::Other(other),
        }
    }

    /// The number as the instance gave it.
    pub const fn number(self) -> i64 {
        match self {
            Self::NotLoaded => 0,
            Self::Valid => 1,
            Self::Loaded => 2,
            Self::Invalid => 3,
            Self::NotFound => 4,
            Self::Expired => 5,
            Self::InvalidSubject => 6,
            Self::Other(number) => number,
        }
    }

    /// What the number is believed to mean, such as `invalid-subject`; of an unknown one `status 9`.
    pub fn word(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::NotLoaded => "not-loaded",
            Self::Valid => "valid",
            Self::Loaded => "loaded",
            Self::Invalid => "invalid",
            Self::NotFound => "not-found",
            Self::Expired => "expired",
            Self::InvalidSubject => "invalid-subject",
            Self::Other(number) => return Cow::Owned(format!("status {number}")),
        })
    }
}

/// How much of what a license includes is in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Users that count.
    pub active_users: Option<i64>,
    /// Of these, those that administer or edit.
    pub active_admins_and_editors: Option<i64>,
    /// Of these, those that only look.
    pub active_viewers: Option<i64>,
    /// Devices of people who are not logged in.
    pub active_anonymous_devices: Option<i64>,
}
