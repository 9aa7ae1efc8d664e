//! Where in a JSON:API document stands what was asked for (`docs/protocols.md`, "Keygen-compatible API" and "Keygen pages").

use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use url::Url;

/// The media type of every request and answer.
pub(super) const MEDIA_TYPE: &str = "application/vnd.api+json";

/// What a document is about, unless it is about nothing.
pub(super) fn data(document: &Value) -> Option<&Value> {
    document.get("data").filter(|data| !data.is_null())
}

/// A page of a listing, whose entries are well-formed and not read yet: as a tree of values each would cost several times its size.
#[derive(Debug, Deserialize)]
pub(super) struct Page<'a> {
    #[serde(borrow, default)]
    pub data: Option<Vec<&'a RawValue>>,
    #[serde(default)]
    pub links: Value,
}

/// What a page of a listing says of the others.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Links {
    /// Whether there is another page.
    pub has_next: bool,
    /// The cursor that the next page begins after.
    pub cursor: Option<String>,
    /// How many pages there are.
    pub pages: Option<u64>,
    /// How many entries there are.
    pub count: Option<u64>,
}

/// Reads the links of a page. Of the next one nothing but its cursor is taken: no address is followed that an answer
/// names.
pub(super) fn links(document: &Value, page: &Url) -> Links {
    document.get("links").map_or_else(Links::default, |links| links_of(links, page))
}

/// The same of the links themselves.
pub(super) fn links_of(links: &Value, page: &Url) -> Links {
    let next = links.get("next").and_then(Value::as_str).filter(|next| !next.is_empty());
    let cursor = next.and_then(|next| page.join(next).ok()).and_then(|next| {
        next.query_pairs().find(|(name, _)| name == "page[cursor]").map(|(_, value)| value.into_owned())
    });
    let told = |name| links.pointer(&format!("/meta/{name}")).and_then(Value::as_u64);
    Links { has_next: next.is_some(), cursor, pages: told("pages"), count: told("count") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_the_next_page_only_its_cursor_is_taken() {
        let page: Url = "https://licensing.aica.tech/v1/accounts/demo/licenses".parse().unwrap();
        let next = "/v1/accounts/demo/licenses?page%5Bcursor%5D=7a&page%5Bsize%5D=100";
        let read = links(&json!({"links": {"next": next, "meta": {"pages": 3, "count": 250}}}), &page);
        assert_eq!(
            read,
            Links { has_next: true, cursor: Some("7a".to_owned()), pages: Some(3), count: Some(250) }
        );
        assert_eq!(links(&json!({"links": {"next": null}}), &page), Links::default());
        assert_eq!(links(&json!({}), &page), Links::default());
    }
}
