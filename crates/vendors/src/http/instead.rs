//! What answered where a licensing system was expected, by the look of it.

use super::Answer;
use crate::Instead;

/// A page for people, where that is what came.
pub(crate) fn page(answer: &Answer) -> Option<Instead> {
    let start =
        String::from_utf8_lossy(&answer.body[..answer.body.len().min(16 * 1024)]).to_ascii_lowercase();
    let says_so = matches!(answer.content_type.as_deref(), Some("text/html" | "application/xhtml+xml"));
    let looks_so = ["<!doctype html", "<html"]
        .iter()
        .any(|sign| start.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with(sign));
    if !says_so && !looks_so {
        return (answer.status == 511).then_some(Instead::CaptiveLogin);
    }
    let asks_for_login =
        ["type=\"password\"", "type='password'", "type=password", "wisp", "captive portal", "hotspot"];
    if answer.status == 511 || asks_for_login.iter().any(|sign| start.contains(sign)) {
        return Some(Instead::CaptiveLogin);
    }
    Some(Instead::HtmlPage)
}
