//! From the portal's words to a license.

use super::wire::{Fields, Node, Scalar, trimmed};
use crate::{SecretSigns, redact};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use license::{Entitlement, Expiry, Goal, Hosting, License, LicenseKey, Product, Tier, VendorStatus, dates};
use std::{borrow::Cow, collections::BTreeMap};
use url::Url;

/// The longest text that is kept as a further fact.
const LONGEST_FACT: usize = 200;
/// The most further facts that are kept of one license.
const MOST_FACTS: usize = 32;
/// How the portal spells types, "standard" being its old word for production.
const TIERS: [(&str, Tier); 6] = [
    ("development", Tier::Development),
    ("dev", Tier::Development),
    ("production", Tier::Production),
    ("prod", Tier::Production),
    ("standard", Tier::Production),
    ("ci", Tier::Ci),
];

/// A license as read, with its key where the answer has one. Nothing where the answer names no license.
pub(super) fn license(node: &Node<'_>, signs: &SecretSigns) -> Option<(License, Option<LicenseKey>)> {
    let outer = node.fields()?;
    let nested = outer.get("license").and_then(Node::fields);
    let mut read = Reading::default();
    read.take(nested.unwrap_or(outer), Level::License);
    if nested.is_some() {
        read.key = outer.text("jwt").or(read.key);
        read.entitlements = outer.get("entitlements").and_then(entitlements).or(read.entitlements);
    }
    let expiry = read.expiry();
    let entitlements = read.entitlements.take().or_else(|| claimed(read.key.as_deref()?));
    let key = read.key.take().map(|text| LicenseKey::new(text.into_owned()));
    let license = License {
        vendor_id: read.id?.into_owned(),
        name: read.name.map(Cow::into_owned),
        product: read.product.map_or(Product::Aidbox, |word| Product::from_word(&word)),
        tier: read.tier,
        hosting: read.hosting,
        goal: read.goal,
        vendor_status: read.status.map(|word| VendorStatus::from_word(&word)),
        created: read.created,
        expiry,
        entitlements,
        limits: limits(&read.facts, signs),
        instance_origin: read.instance_origin,
    };
    Some((license, key))
}

/// The name of the project of an entry, where the portal tells it.
pub(super) fn project(node: &Node<'_>) -> Option<String> {
    let outer = node.fields()?;
    let fields = outer.get("license").and_then(Node::fields).unwrap_or(outer);
    let project = fields.get("project")?.fields()?;
    ["name", "display", "title"].iter().find_map(|name| project.text(name)).map(Cow::into_owned)
}

/// Which group of fields is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The license itself.
    License,
    /// `info` or `additional`, in which the portal keeps more of it.
    Group,
}

/// What was found of a license in one pass over its fields.
#[derive(Default)]
struct Reading<'n> {
    id: Option<Cow<'n, str>>,
    name: Option<Cow<'n, str>>,
    product: Option<Cow<'n, str>>,
    status: Option<Cow<'n, str>>,
    key: Option<Cow<'n, str>>,
    tier: Option<Tier>,
    hosting: Option<Hosting>,
    goal: Option<Goal>,
    created: Option<Timestamp>,
    ends: Option<Expiry>,
    has_unreadable_end: bool,
    entitlements: Option<Vec<Entitlement>>,
    instance_origin: Option<String>,
    facts: Vec<(&'n str, &'n Node<'n>)>,
}

impl<'n> Reading<'n> {
    /// Takes what a group of fields says; what stands further up comes first.
    fn take(&mut self, fields: &'n Fields<'n>, level: Level) {
        let mut groups = Vec::new();
        for (name, node) in &fields.0 {
            match (node, level) {
                (Node::Scalar(Scalar::Null), _) => {}
                (Node::Map(group), Level::License) => groups.push((name.as_ref(), group)),
                (_, Level::License) if self.take_own(name, node) => {}
                (Node::Scalar(_) | Node::List(_), Level::License) | (_, Level::Group) => {
                    self.take_anywhere(name, node);
                }
            }
        }
        for (name, group) in groups {
            match name {
                "info" | "additional" => self.take(group, Level::Group),
                "meta" => self.created = self.created.or_else(|| group.get("createdAt").and_then(instant)),
                _ => {}
            }
        }
    }

    /// Takes what stands in the license alone; tells whether the field is done with.
    fn take_own(&mut self, name: &str, node: &'n Node<'n>) -> bool {
        let text = || node.text().and_then(trimmed);
        match name {
            "id" => self.id = text(),
            "name" => self.name = text(),
            "product" => self.product = text(),
            "status" => self.status = text(),
            "jwt" => self.key = text().or(self.key.take()),
            "license" => self.key = self.key.take().or_else(text),
            "created" => self.created = instant(node),
            "entitlements" => self.entitlements = entitlements(node),
            "resourceType" => {}
            "expiration" => {
                self.ends = node.text().and_then(|text| dates::expiry(&text));
                self.has_unreadable_end = self.ends.is_none();
                return !self.has_unreadable_end;
            }
            _ => return false,
        }
        true
    }

    /// Takes what may stand in the license or in a group of it, and keeps words that are not understood as facts.
    fn take_anywhere(&mut self, name: &'n str, node: &'n Node<'n>) {
        let Some(text) = node.text() else { return };
        let is_taken = match name {
            "type" => take_word(&mut self.tier, tier(text.trim())),
            "hosting" => take_word(&mut self.hosting, hosting(text.trim())),
            "goal" => take_word(&mut self.goal, goal(text.trim())),
            // The address of a hosted instance lets in whoever knows it: its origin is all that is kept.
            "box-url" | "box_url" | "boxUrl" => {
                self.instance_origin = self.instance_origin.take().or_else(|| origin(text.trim()));
                true
            }
            _ => false,
        };
        if !is_taken {
            self.facts.push((name, node));
        }
    }

    /// Without a date a development license does not end, and of any other nothing is known.
    fn expiry(&self) -> Option<Expiry> {
        match self.ends {
            Some(end) => Some(end),
            None if self.has_unreadable_end => None,
            None => (self.tier == Some(Tier::Development)).then_some(Expiry::Never),
        }
    }
}

/// Keeps the first word that is understood; tells whether this one is.
fn take_word<T>(place: &mut Option<T>, word: Option<T>) -> bool {
    let is_known = word.is_some();
    if place.is_none() {
        *place = word;
    }
    is_known
}

/// Whatever else is said in single values that hold no secret, and words that could not be understood.
fn limits(facts: &[(&str, &Node<'_>)], signs: &SecretSigns) -> BTreeMap<String, serde_json::Value> {
    let mut limits = BTreeMap::new();
    for (name, node) in facts.iter().take(MOST_FACTS) {
        if name.len() > LONGEST_FACT || redact::names_a_secret(name) || limits.contains_key(*name) {
            continue;
        }
        if let Some(value) = fact(node, signs) {
            limits.insert((*name).to_owned(), value);
        }
    }
    limits
}

fn origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}

fn tier(word: &str) -> Option<Tier> {
    TIERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, tier)| *tier)
}

fn hosting(word: &str) -> Option<Hosting> {
    if ["self_hosted", "selfhosted", "on-premise"].iter().any(|known| known.eq_ignore_ascii_case(word)) {
        return Some(Hosting::SelfHosted);
    }
    Hosting::ALL.iter().copied().find(|known| known.word().eq_ignore_ascii_case(word))
}

fn goal(word: &str) -> Option<Goal> {
    Goal::ALL.iter().copied().find(|known| known.word().eq_ignore_ascii_case(word))
}

/// A single value that can be shown to anyone.
fn fact(node: &Node<'_>, signs: &SecretSigns) -> Option<serde_json::Value> {
    match node {
        Node::Scalar(Scalar::Bool(truth)) => Some((*truth).into()),
        Node::Scalar(Scalar::Number(number)) => Some(number.clone().into()),
        Node::Scalar(Scalar::Text(text)) => {
            let is_short = text.len() <= LONGEST_FACT && !text.trim().is_empty();
            // An address with a query, fragment or login may let in whoever knows it.
            let is_open_address = text.contains("://") && text.contains(['?', '#', '@']);
            (is_short && !is_open_address && signs.is_plain(text)).then(|| text.as_ref().into())
        }
        Node::Scalar(Scalar::Null) | Node::List(_) | Node::Map(_) => None,
    }
}

fn instant(node: &Node<'_>) -> Option<Timestamp> {
    dates::instant(&node.text()?)
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
        Node::Scalar(_) | Node::List(_) => (node.text().and_then(trimmed)?, None),
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
