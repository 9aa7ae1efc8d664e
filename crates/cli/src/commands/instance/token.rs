//! What an instance's license token tells, as JSON and as lines.

use crate::output::lines::Lines;
use jiff::Timestamp;
use license::{Finding, TokenFields};
use serde::Serialize;
use serde_json::Value;
use std::{collections::BTreeMap, io};

/// The fields of a token: `instance-token.json`.
#[derive(Debug, Serialize)]
pub(crate) struct Token<'a> {
    status: Option<String>,
    status_number: Option<i64>,
    jti: Option<&'a str>,
    iss: Option<&'a str>,
    sub: Option<&'a str>,
    lid: Option<&'a str>,
    company: Option<&'a str>,
    account: Option<&'a str>,
    slug: Option<&'a str>,
    details_url: Option<&'a str>,
    limit_by: Option<&'a str>,
    prod: &'a [String],
    issued: Option<Timestamp>,
    valid_from: Option<Timestamp>,
    token_expires: Option<Timestamp>,
    license_expires: Option<Timestamp>,
    trial: Option<bool>,
    trial_expires: Option<Timestamp>,
    usage_billing: Option<bool>,
    included_users: Option<i64>,
    max_concurrent_user_sessions: Option<i64>,
    anonymous_ratio: Option<i64>,
    license_warn_days: Option<i64>,
    token_warn_days: Option<i64>,
    update_days: Option<i64>,
    other: &'a BTreeMap<String, Value>,
}

/// Something that is wrong with a token, or worth knowing.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    word: &'static str,
    sentence: String,
    notice: bool,
}

impl<'a> Token<'a> {
    /// What a token tells.
    pub(crate) fn new(token: &'a TokenFields) -> Self {
        Self {
            status: token.status.map(|status| status.word().into_owned()),
            status_number: token.status.map(|status| status.number()),
            jti: token.jti.as_deref(),
            iss: token.iss.as_deref(),
            sub: token.sub.as_deref(),
            lid: token.lid.as_deref(),
            company: token.company.as_deref(),
            account: token.account.as_deref(),
            slug: token.slug.as_deref(),
            details_url: token.details_url.as_deref(),
            limit_by: token.limit_by.as_deref(),
            prod: &token.prod,
            issued: token.issued,
            valid_from: token.valid_from,
            token_expires: token.token_expires,
            license_expires: token.license_expires,
            trial: token.trial,
            trial_expires: token.trial_expires,
            usage_billing: token.usage_billing,
            included_users: token.included_users,
            max_concurrent_user_sessions: token.max_concurrent_user_sessions,
            anonymous_ratio: token.anonymous_ratio,
            license_warn_days: token.license_warn_days,
            token_warn_days: token.token_warn_days,
            update_days: token.update_days,
            other: &token.other,
        }
    }

    /// Every field that is told, one a line. The status is a number whose meaning the vendor does not document.
    pub(crate) fn tell(&self, lines: &mut Lines<'_>) -> io::Result<()> {
        let Ok(Value::Object(fields)) = serde_json::to_value(self) else { return Ok(()) };
        // The map's own order depends on a feature of serde_json that other crates may turn on.
        let fields: BTreeMap<_, _> = fields.into_iter().collect();
        let told = fields.iter().filter(|(name, value)| is_told(name, value));
        let names: Vec<_> = told.map(|(name, value)| (name.replace('_', " "), shown(value))).collect();
        let mut facts: Vec<_> = names.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
        let further: Vec<_> = self.other.iter().map(|(name, value)| (name.as_str(), shown(value))).collect();
        if let (Some(number), Some(word)) = (self.status_number, &self.status) {
            facts.insert(0, ("status", format!("{number} (probably {word})")));
        }
        lines.facts(&facts)?;
        if further.is_empty() {
            return Ok(());
        }
        lines.answer("Further fields, as given:")?;
        lines.facts(&further)
    }
}

impl From<&Finding> for Found {
    fn from(finding: &Finding) -> Self {
        Self { word: finding.word(), sentence: finding.sentence(), notice: finding.is_notice() }
    }
}

fn is_told(name: &str, value: &Value) -> bool {
    let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    !is_empty && !["status", "status_number", "other"].contains(&name)
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(each) => each.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}
