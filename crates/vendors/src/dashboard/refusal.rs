//! What an instance means by an answer that is not a good one.

use super::call::Call;
use crate::{
    VendorError,
    http::{Answer, page},
    redact::Redactor,
};
use license::jwt;
use serde_json::Value;

/// What every permission for this begins with.
const PERMISSION: &str = "licensing:";

/// The error of an answer whose status is not a success.
pub(super) fn error(answer: &Answer, call: Call<'_>, redactor: &Redactor<'_>) -> VendorError {
    call.effect().after_refusal(answer, meaning(answer, call, redactor))
}

fn meaning(answer: &Answer, call: Call<'_>, redactor: &Redactor<'_>) -> VendorError {
    let said = said(answer);
    let shown = redactor.clean(said.as_deref().unwrap_or_default(), answer.cut);
    let words = (!shown.as_str().is_empty()).then_some(shown.clone());
    match answer.status {
        401 => VendorError::WrongPassword { words },
        404 => VendorError::NotEnterprise,
        429 => VendorError::RateLimited { retry_after: answer.retry_after() },
        status => match page(answer) {
            Some(what) if status < 500 || status == 511 => VendorError::NotAPortal { what },
            _ if status == 403 => {
                let named = said.as_deref().and_then(permission).unwrap_or(call.permission());
                VendorError::Forbidden { permission: Some(named.to_owned()), words }
            }
            _ if status == 422 => VendorError::WrongInstance { sent: sent(call), words },
            _ => VendorError::Rejected { status, words: shown },
        },
    }
}

/// The words of `{"message": "…"}`, or of a short text. A page says nothing.
fn said(answer: &Answer) -> Option<String> {
    if page(answer).is_some() {
        return None;
    }
    let text = match serde_json::from_slice(&answer.body) {
        Ok(Value::Object(object)) => object.get("message")?.as_str()?.trim().to_owned(),
        Ok(_) => return None,
        Err(_) => String::from_utf8_lossy(&answer.body).trim().to_owned(),
    };
    (!text.is_empty()).then_some(text)
}

/// The permission that words name.
fn permission(words: &str) -> Option<&'static str> {
    let from = &words[words.find(PERMISSION)? + PERMISSION.len()..];
    [("read", "licensing:read"), ("write", "licensing:write"), ("delete", "licensing:delete")]
        .into_iter()
        .find_map(|(word, permission)| from.starts_with(word).then_some(permission))
}

/// What an instance takes for another's: the root URL that was sent, or that of the token.
fn sent(call: Call<'_>) -> String {
    match call {
        Call::Remove(root) => root.as_str().trim_end_matches('/').to_owned(),
        Call::Apply(token) => {
            let claims = jwt::decode(token.expose().trim()).ok();
            let sub = claims.and_then(|decoded| Some(decoded.claims.get("sub")?.as_str()?.to_owned()));
            sub.unwrap_or_default()
        }
        Call::Check | Call::Token | Call::Stats | Call::Renew => String::new(),
    }
}
