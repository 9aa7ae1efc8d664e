//! An instance, its token, and what would be wrong with another one.

use super::{detail, errors};
use crate::view::{
    AppliedView, ApplyPreviewView, FindingView, InstanceView, ReportedToken, ReportedUsage, ReportedValid,
    TokenFieldsView, UsageView,
};
use app::context::ErrorReport;
use app::instance::{Applied, ApplyPreview, Held, InstanceOverview};
use jiff::Timestamp;
use license::{Finding, TokenFields, Usage, jwt::JwtError};

/// What an instance tells.
pub(crate) fn instance(account: i64, status: InstanceOverview) -> InstanceView {
    InstanceView {
        account,
        root: status.root,
        valid: match status.valid {
            Ok(valid) => ReportedValid::Reported { valid },
            Err(facts) => ReportedValid::Failed { error: errors::facts(facts) },
        },
        token: told_token(status.token),
        findings: status.findings.iter().map(finding).collect(),
        usage: match status.usage {
            Ok(told) => ReportedUsage::Reported { usage: usage(told) },
            Err(facts) => ReportedUsage::Failed { error: errors::facts(facts) },
        },
        held: matches!(status.held, Held::Yes),
        can_restore: status.can_restore,
        at: status.at.to_string(),
    }
}

/// What giving an instance a token would mean.
pub(crate) fn apply_preview(preview: ApplyPreview) -> ApplyPreviewView {
    ApplyPreviewView {
        root: preview.root,
        current: told_token(preview.current),
        new: preview.new.as_ref().map(token_fields),
        findings: preview.findings.iter().map(finding).collect(),
        passes: preview.may_send,
    }
}

/// What a change of an instance's token came to.
pub(crate) fn applied(applied: Applied) -> AppliedView {
    AppliedView {
        token: token_fields(&applied.token),
        license: applied.license.map(|id| id.to_string()),
        findings: applied.findings.iter().map(finding).collect(),
        previous_kept: applied.previous_kept,
    }
}

fn told_token(token: Result<Option<TokenFields>, ErrorReport>) -> ReportedToken {
    match token {
        Ok(token) => ReportedToken::Reported { token: token.as_ref().map(token_fields).map(Box::new) },
        Err(facts) => ReportedToken::Failed { error: errors::facts(facts) },
    }
}

fn usage(told: Usage) -> UsageView {
    UsageView {
        active_users: told.active_users,
        active_admins_and_editors: told.active_admins_and_editors,
        active_viewers: told.active_viewers,
        active_anonymous_devices: told.active_anonymous_devices,
    }
}

fn token_fields(token: &TokenFields) -> TokenFieldsView {
    let instant = |at: Option<Timestamp>| at.map(|at| at.to_string());
    TokenFieldsView {
        status: token.status.map(|status| status.word().into_owned()),
        status_number: token.status.map(|status| status.number()),
        jti: token.jti.clone(),
        iss: token.iss.clone(),
        sub: token.sub.clone(),
        lid: token.lid.clone(),
        company: token.company.clone(),
        account: token.account.clone(),
        slug: token.slug.clone(),
        details_url: token.details_url.clone(),
        limit_by: token.limit_by.clone(),
        prod: token.prod.clone(),
        issued: instant(token.issued),
        valid_from: instant(token.valid_from),
        token_expires: instant(token.token_expires),
        license_expires: instant(token.license_expires),
        trial: token.trial,
        trial_expires: instant(token.trial_expires),
        usage_billing: token.usage_billing,
        included_users: token.included_users,
        max_concurrent_user_sessions: token.max_concurrent_user_sessions,
        anonymous_ratio: token.anonymous_ratio,
        license_warn_days: token.license_warn_days,
        token_warn_days: token.token_warn_days,
        update_days: token.update_days,
        other: token.other.iter().map(|(name, value)| detail::fact(name, value)).collect(),
    }
}

fn finding(finding: &Finding) -> FindingView {
    let args = match finding {
        Finding::NotAJwt(error) => not_a_jwt(*error),
        Finding::NotYetValid { from } => vec![("at", from.to_string())],
        Finding::TokenExpired { at } | Finding::LicenseExpired { at } => vec![("at", at.to_string())],
        Finding::WrongInstance { sub, root } => vec![("sub", sub.clone()), ("root", root.clone())],
        Finding::OtherProduct { found } => vec![("found", found.join(", "))],
        Finding::NoSubject | Finding::NoEnd => Vec::new(),
    };
    FindingView {
        word: finding.word().to_owned(),
        notice: finding.is_notice(),
        args: args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    }
}

/// Which part of a text keeps it from being a JWT, or how many parts it has.
fn not_a_jwt(error: JwtError) -> Vec<(&'static str, String)> {
    match error {
        JwtError::Parts { found } => vec![("parts", found.to_string())],
        JwtError::Header => vec![("part", "header".to_owned())],
        JwtError::Claims => vec![("part", "claims".to_owned())],
        JwtError::Signature => vec![("part", "signature".to_owned())],
    }
}
