//! From the portal's words to a license.

use super::wire::{Fields, Node, Scalar};
use crate::redact;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{Timestamp, civil, tz::TimeZone};
use license::{Entitlement, Expiry, Goal, Hosting, License, LicenseKey, Product, Status, Tier};
use std::{borrow::Cow, collections::BTreeMap};
use url::Url;

/// The longest text that is kept as a further fact.
const LONGEST_FACT: usize = 200;
/// The most further facts that are kept of one license.
const MOST_FACTS: usize = 32;
/// What has a place of its own in [`License`], or says nothing about the license.
const HAS_A_PLACE: [&str; 12] = [
    "id",
    "name",
    "product",
    "status",
    "created",
    "jwt",
    "license",
    "resourceType",
    "entitlements",
    "meta",
    "project",
    "creator",
];
/// The names of the address of a hosted instance, which lets in whoever knows it.
const BOX_URL: [&str; 3] = ["box-url", "box_url", "boxUrl"];

/// A license as read, with its key where the answer has one. Nothing where the answer names no license.
pub(super) fn license(node: &Node<'_>) -> Option<(License, Option<LicenseKey>)> {
    let outer = node.fields()?;
    let fields = outer.get("license").and_then(Node::fields).unwrap_or(outer);
    let key = [outer, fields].into_iter().find_map(key_text);
    let read = Reading { fields, info: inside(fields, "info"), additional: inside(fields, "additional") };
    let vendor_id = fields.text("id")?.into_owned();
    let (tier, expiry) = (read.tier(), read.expiry());
    let license = License {
        vendor_id,
        name: fields.text("name").map(Cow::into_owned),
        product: fields.text("product").map_or(Product::Aidbox, |word| Product::from_word(&word)),
        tier,
        hosting: read.first("hosting", hosting),
        goal: read.first("goal", |word| Goal::from_word(&word.to_ascii_lowercase())),
        status: fields.text("status").map(|word| Status::from_word(&word)),
        created: read.created(),
        expiry,
        entitlements: [outer, fields]
            .into_iter()
            .find_map(|place| entitlements(place.get("entitlements")?))
            .or_else(|| claimed(key.as_deref()?)),
        limits: read.limits(),
        instance_origin: read.instance_origin(),
    };
    Some((license, key.map(|text| LicenseKey::new(text.into_owned()))))
}

/// The name of the project of an entry, where the portal tells it.
pub(super) fn project(node: &Node<'_>) -> Option<String> {
    let outer = node.fields()?;
    let fields = outer.get("license").and_then(Node::fields).unwrap_or(outer);
    let project = fields.get("project")?.fields()?;
    ["name", "display", "title"].iter().find_map(|name| project.text(name)).map(Cow::into_owned)
}

/// The license string: beside the license, inside it, or in the place of it.
fn key_text<'n>(fields: &'n Fields<'_>) -> Option<Cow<'n, str>> {
    fields.text("jwt").or_else(|| fields.text("license"))
}

fn inside<'n, 'a>(fields: &'n Fields<'a>, name: &str) -> Option<&'n Fields<'a>> {
    fields.get(name).and_then(Node::fields)
}

/// A license's fields and the two groups in which the portal keeps more of them.
struct Reading<'n, 'a> {
    fields: &'n Fields<'a>,
    info: Option<&'n Fields<'a>>,
    additional: Option<&'n Fields<'a>>,
}

impl<'n, 'a> Reading<'n, 'a> {
    fn groups(&self) -> impl Iterator<Item = &'n Fields<'a>> {
        [Some(self.fields), self.info, self.additional].into_iter().flatten()
    }

    /// The first value of a name that can be read, wherever it stands.
    fn first<T>(&self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.groups().find_map(|group| read(group.text(name)?.trim()))
    }

    fn tier(&self) -> Option<Tier> {
        self.first("type", |word| match word.to_ascii_lowercase().as_str() {
            "development" | "dev" => Some(Tier::Development),
            "production" | "prod" | "standard" => Some(Tier::Production),
            "ci" => Some(Tier::Ci),
            _ => None,
        })
    }

    /// Without a date a development license does not end, and of any other nothing is known.
    fn expiry(&self) -> Option<Expiry> {
        match self.fields.get("expiration") {
            Some(node) => instant(node).map(Expiry::On),
            None => (self.tier() == Some(Tier::Development)).then_some(Expiry::Never),
        }
    }

    fn created(&self) -> Option<Timestamp> {
        let meta = inside(self.fields, "meta");
        [self.fields.get("created"), meta.and_then(|meta| meta.get("createdAt"))]
            .into_iter()
            .flatten()
            .find_map(instant)
    }

    fn instance_origin(&self) -> Option<String> {
        self.groups().find_map(|group| {
            let address = BOX_URL.iter().find_map(|name| group.text(name))?;
            let url = Url::parse(address.trim()).ok()?;
            matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
        })
    }

    /// Whatever else is said in single values that hold no secret, and words that could not be understood.
    fn limits(&self) -> BTreeMap<String, serde_json::Value> {
        let mut limits = BTreeMap::new();
        for (name, node) in self.groups().flat_map(|group| &group.0) {
            if limits.len() == MOST_FACTS {
                break;
            }
            if limits.contains_key(name.as_ref())
                || self.is_told_elsewhere(name)
                || redact::names_a_secret(name)
            {
                continue;
            }
            if let Some(value) = fact(node) {
                limits.insert(name.clone().into_owned(), value);
            }
        }
        limits
    }

    fn is_told_elsewhere(&self, name: &str) -> bool {
        match name {
            "type" => self.tier().is_some(),
            "expiration" => self.expiry().is_some(),
            "hosting" => self.first(name, hosting).is_some(),
            "goal" => self.first(name, |word| Goal::from_word(&word.to_ascii_lowercase())).is_some(),
            _ => HAS_A_PLACE.contains(&name) || BOX_URL.contains(&name) || name.len() > LONGEST_FACT,
        }
    }
}

fn hosting(word: &str) -> Option<Hosting> {
    match word.to_ascii_lowercase().as_str() {
        "self-hosted" | "self_hosted" | "selfhosted" | "on-premise" => Some(Hosting::SelfHosted),
        word => Hosting::from_word(word),
    }
}

/// A single value that can be shown to anyone.
fn fact(node: &Node<'_>) -> Option<serde_json::Value> {
    match node {
        Node::Scalar(Scalar::Bool(truth)) => Some((*truth).into()),
        Node::Scalar(Scalar::Number(number)) => Some(number.clone().into()),
        Node::Scalar(Scalar::Text(text)) => {
            let is_short = text.len() <= LONGEST_FACT && !text.trim().is_empty();
            let is_open_address = Url::parse(text).is_ok_and(|url| {
                url.has_host()
                    && (url.query().is_some() || url.fragment().is_some() || !url.username().is_empty())
            });
            (is_short && !is_open_address && redact::is_plain(text)).then(|| text.as_ref().into())
        }
        Node::Scalar(Scalar::Null) | Node::List(_) | Node::Map(_) => None,
    }
}

/// An instant in any of the spellings that dates are seen in: RFC 3339, without a zone (then UTC), a date alone, or
/// seconds or milliseconds since 1970.
fn instant(node: &Node<'_>) -> Option<Timestamp> {
    let text = node.text()?;
    let text = text.trim();
    if let Ok(count) = text.parse::<i64>() {
        return since_1970(count);
    }
    let civil = || text.parse::<civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
    text.parse().ok().or_else(|| Some(civil()?.timestamp()))
}

/// A bare number as seconds or, beyond what those can mean, milliseconds. A short one is rather a year than an hour of
/// 1970.
fn since_1970(count: i64) -> Option<Timestamp> {
    match count.unsigned_abs() {
        0..100_000_000 => None,
        100_000_000..100_000_000_000 => Timestamp::from_second(count).ok(),
        _ => Timestamp::from_millisecond(count).ok(),
    }
}

fn entitlements(node: &Node<'_>) -> Option<Vec<Entitlement>> {
    let mut read: Vec<Entitlement> = node.entries()?.iter().filter_map(entitlement).collect();
    read.sort();
    read.dedup_by(|one, other| one.code == other.code);
    Some(read)
}

fn entitlement(node: &Node<'_>) -> Option<Entitlement> {
    let (code, name) = match node {
        Node::Map(fields) => (fields.text("code").or_else(|| fields.text("name"))?, fields.text("name")),
        Node::Scalar(_) | Node::List(_) => (node.text().filter(|text| !text.trim().is_empty())?, None),
    };
    Some(Entitlement { name: name.as_ref().unwrap_or(&code).clone().into_owned(), code: code.into_owned() })
}

/// The entitlements that a license string claims; it is decoded for display and not verified here.
fn claimed(jwt: &str) -> Option<Vec<Entitlement>> {
    let payload = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1)?.trim_end_matches('=')).ok()?;
    let claims: Claims<'_> = serde_json::from_slice(&payload).ok()?;
    entitlements(&claims.entitlements?)
}

/// The one claim that is looked at.
#[derive(serde::Deserialize)]
struct Claims<'a> {
    #[serde(borrow, default)]
    entitlements: Option<Node<'a>>,
}
