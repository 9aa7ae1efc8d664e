//! What the service means by an answer that is not a good one: told by the error's code, where it has one.

use crate::{
    Instead, VendorError,
    http::{Answer, page},
    redact::Redactor,
};
use license::resource;
use serde_json::Value;

/// What was asked, as far as it decides what a refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The exchange of a login for a session.
    Login,
    /// The session itself.
    Session,
    /// The account: who is logged in, and the list.
    Account,
    /// One license, or something that belongs to one.
    License,
}

/// What was asked, with what, and whether the session's own time is over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub about: About,
    pub session_is_over: bool,
    /// Whether a license key was sent in place of a login.
    pub by_key: bool,
}

/// What a refusal says.
struct Said {
    code: Option<String>,
    words: String,
    /// Whether it came in the service's own form.
    is_own: bool,
}

/// The error of an answer whose status is not a success.
pub(super) fn error(answer: &Answer, asked: Asked, redactor: &Redactor<'_>) -> VendorError {
    if answer.status == 429 {
        let retry_after = answer.retry_after();
        return match asked.about {
            About::Login => VendorError::LoginLimited { retry_after },
            About::Session | About::Account | About::License => VendorError::RateLimited { retry_after },
        };
    }
    if let Some(page) = page(answer).filter(|_| answer.status < 500 || answer.status == 511) {
        return VendorError::NotAPortal { what: page };
    }
    let said = said(answer);
    let shown = redactor.clean(&said.words, answer.cut);
    let words = (!shown.as_str().is_empty()).then_some(shown.clone());
    match said.code.as_deref() {
        Some("OTP_REQUIRED") => VendorError::OneTimeCodeNeeded,
        Some("OTP_INVALID") => VendorError::OneTimeCodeWrong,
        Some("SSO_REQUIRED" | "PASSWORD_NOT_SUPPORTED") => VendorError::SignInElsewhere { words },
        Some("EMAIL_REQUIRED" | "EMAIL_INVALID" | "PASSWORD_REQUIRED" | "PASSWORD_INVALID") => {
            VendorError::WrongPassword { words }
        }
        Some("USER_BANNED" | "ACCOUNT_BANNED" | "ACCOUNT_SUSPENDED") => VendorError::SwitchedOff { words },
        Some("TOKEN_EXPIRED") => VendorError::SessionExpired,
        code => match (answer.status, asked.about) {
            // The key was refused: nothing was said about the account's login.
            (401, _) if asked.by_key => match code {
                Some(code) if code.starts_with("LICENSE_") && code != "LICENSE_INVALID" => {
                    VendorError::Rejected { status: 401, words: shown }
                }
                Some(_) | None => VendorError::NotFound { words },
            },
            (401, About::Login) if code.is_none() => VendorError::WrongPassword { words },
            (401, _) if asked.session_is_over => VendorError::SessionExpired,
            (401, _) => VendorError::Unauthorized { words },
            // It is the license that may not, whoever asks.
            (403, _) if code.is_some_and(|code| code.starts_with("LICENSE_")) => {
                VendorError::Rejected { status: 403, words: shown }
            }
            (403, _) => VendorError::Forbidden { permission: permission(&said.words), words },
            (404, About::License | About::Session) if said.is_own => VendorError::NotFound { words },
            (404, _) if !said.is_own => VendorError::NotAPortal {
                what: Instead::OtherContent(
                    answer.content_type.clone().unwrap_or_else(|| "unknown".to_owned()),
                ),
            },
            (status, _) => VendorError::Rejected { status, words: shown },
        },
    }
}

/// What a refusal says: of several errors the first.
fn said(answer: &Answer) -> Said {
    let document: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let first = document.as_ref().and_then(|document| document.pointer("/errors/0"));
    match first {
        Some(first) => {
            let of = |name| resource::text(first, name);
            let words = of("detail").or_else(|| of("title")).unwrap_or_default();
            Said { code: of("code"), words, is_own: true }
        }
        None => {
            let is_text = document.is_none();
            let words =
                if is_text { String::from_utf8_lossy(&answer.body).into_owned() } else { String::new() };
            Said { code: None, words, is_own: false }
        }
    }
}

/// The permission that words name: two words in lower case with a dot between them, such as `machine.delete`.
fn permission(words: &str) -> Option<String> {
    let is_name =
        |part: &str| part.len() >= 3 && part.chars().all(|c| c.is_ascii_lowercase() || "-_".contains(c));
    let pieces = words.split(|c: char| !(c.is_ascii_alphanumeric() || ".-_".contains(c)));
    let mut named = pieces
        .map(|piece| piece.trim_matches('.'))
        .filter(|piece| piece.split_once('.').is_some_and(|(what, verb)| is_name(what) && is_name(verb)));
    named.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_told_from_the_words_around_it() {
        assert_eq!(permission("You lack the permission machine.delete.").as_deref(), Some("machine.delete"));
        assert_eq!(permission("needs 'license.check-out'").as_deref(), Some("license.check-out"));
        assert_eq!(permission("You may not do this. Ask your administrator."), None);
        assert_eq!(permission("see licensing.aica.tech, e.g. v1.8"), None);
    }
}
