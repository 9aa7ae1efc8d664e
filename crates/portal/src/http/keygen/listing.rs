//! Lists in pages: by number, by cursor, or just so many.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::ask::Ask;
use super::problem::{Problem, Reply};
use crate::storage::Part;

const MOST: u32 = 100;
const USUAL: u32 = 10;

/// Which part of a list is asked for, and how links to others are written.
enum Paging<'a> {
    Number {
        number: u32,
        size: u32,
    },
    /// After an item's id; from the start where it is empty.
    Cursor {
        after: &'a str,
        size: u32,
    },
    Limit(u32),
}

impl<'a> Paging<'a> {
    fn of(ask: &'a Ask) -> Result<Self, Problem> {
        let size = number(ask, "page[size]")?.unwrap_or(USUAL);
        if let Some(after) = ask.parameter("page[cursor]") {
            return Ok(Self::Cursor { after, size });
        }
        let page = number(ask, "page[number]")?;
        match (page, ask.parameter("page[size]")) {
            (None, None) => Ok(Self::Limit(number(ask, "limit")?.unwrap_or(USUAL))),
            (page, _) => Ok(Self::Number { number: page.unwrap_or(1), size }),
        }
    }
}

/// A parameter that counts from 1 to 100.
fn number(ask: &Ask, name: &'static str) -> Result<Option<u32>, Problem> {
    let Some(given) = ask.parameter(name) else { return Ok(None) };
    match given.parse() {
        Ok(number) if (1..=MOST).contains(&number) => Ok(Some(number)),
        Ok(_) | Err(_) => {
            let words = format!("{name} is a number from 1 to {MOST}");
            Err(Problem::bad_request("PARAMETER_INVALID", words).at("parameter", name))
        }
    }
}

/// Answers a list whose items `part` finds: at most so many, from a place on; nothing where the place is unknown.
pub(super) fn reply(
    ask: &Ask,
    count: impl FnOnce() -> Result<u32, Problem>,
    part: impl FnOnce(Part<'_>, u32) -> Result<Option<Vec<Value>>, Problem>,
) -> Result<Reply, Problem> {
    let unknown = || {
        Problem::bad_request("PARAMETER_INVALID", "page[cursor] is not an item of this list")
            .at("parameter", "page[cursor]")
    };
    let (items, links) = match Paging::of(ask)? {
        Paging::Number { number, size } => {
            let items = part(Part::Skip((number - 1) * size), size)?.unwrap_or_default();
            (items, numbered(ask, number, size, count()?))
        }
        Paging::Cursor { after, size } => {
            let from = if after.is_empty() { Part::Skip(0) } else { Part::After(after) };
            // One more than asked for tells whether there is a next page.
            let mut items = part(from, size + 1)?.ok_or_else(unknown)?;
            let more = items.len() > size as usize;
            items.truncate(size as usize);
            let last = items.last().and_then(|item| item["id"].as_str()).filter(|_| more);
            let link = |after: &str| address(ask, &[("cursor", after), ("size", &size.to_string())]);
            let links = json!({"self": link(after), "next": last.map(link)});
            (items, links)
        }
        Paging::Limit(most) => {
            let items = part(Part::Skip(0), most)?.unwrap_or_default();
            (items, json!({"self": address(ask, &[])}))
        }
    };
    Ok(Reply::Document(StatusCode::OK, json!({"data": items, "links": links})))
}

/// Answers a list whose items are all here.
pub(super) fn reply_from(ask: &Ask, items: Vec<Value>) -> Result<Reply, Problem> {
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let part = |part: Part<'_>, most: u32| {
        let start = match part {
            Part::Skip(skip) => Some(skip as usize),
            Part::After(id) => items.iter().position(|item| item["id"] == id).map(|at| at + 1),
        };
        Ok(start.map(|start| items.iter().skip(start).take(most as usize).cloned().collect()))
    };
    reply(ask, || Ok(count), part)
}

fn numbered(ask: &Ask, number: u32, size: u32, count: u32) -> Value {
    let pages = count.div_ceil(size);
    let link = |number: u32| address(ask, &[("number", &number.to_string()), ("size", &size.to_string())]);
    json!({
        "self": link(number),
        "prev": (number > 1).then(|| link(number - 1)),
        "next": (number < pages).then(|| link(number + 1)),
        "first": link(1),
        "last": link(pages.max(1)),
        "meta": {"pages": pages, "count": count},
    })
}

/// The address of this list with other parameters of paging; ids, numbers and sizes need no encoding.
fn address(ask: &Ask, page: &[(&str, &str)]) -> String {
    let page = page.iter().map(|(name, value)| format!("page%5B{name}%5D={value}"));
    let query: Vec<String> = ask.other_parameters().map(str::to_owned).chain(page).collect();
    match query.is_empty() {
        true => ask.path().to_owned(),
        false => format!("{}?{}", ask.path(), query.join("&")),
    }
}
