//! The portal's answers as they come: every field may be missing, of another type, or new.
//!
//! Sources: `docs/protocols.md`, "Get licenses" and "Aidbox license". The shape of a list is not documented, so an entry may be a
//! flat license or `{license, jwt}`, and the list may stand alone or in an envelope. Texts are borrowed from the answer.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, fmt};

/// The method call that is sent; JSON, which is YAML as well.
#[derive(serde::Serialize)]
pub(super) struct Call<'a> {
    /// Such as `portal.portal/get-licenses`.
    pub method: &'static str,
    /// In the order of the portal's own examples.
    #[serde(serialize_with = "as_map")]
    pub params: Vec<(&'static str, &'a str)>,
}

fn as_map<S: serde::Serializer>(params: &[(&'static str, &str)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(params.iter().map(|(name, value)| (name, value)))
}

/// What `GET /rpc/capabilities` answers at a portal that says what it takes.
#[derive(serde::Deserialize)]
pub(super) struct Capabilities {
    /// The further parameters of `issue-license`.
    pub create: Vec<String>,
}

/// Any piece of an answer.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Nothing, a text, a number, a truth.
    Scalar(Scalar<'a>),
    /// Several of them.
    List(Vec<Node<'a>>),
    /// Named ones, in the order of the answer.
    Map(Fields<'a>),
}

/// Named pieces of an answer.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(pub Vec<(Cow<'a, str>, Node<'a>)>);

/// A single value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(serde_json::Number),
    /// A text.
    Text(Cow<'a, str>),
}

impl<'a> Node<'a> {
    /// The named pieces.
    pub(super) fn fields(&self) -> Option<&Fields<'a>> {
        match self {
            Self::Map(fields) => Some(fields),
            Self::Scalar(_) | Self::List(_) => None,
        }
    }

    /// The entries of a list.
    pub(super) fn entries(&self) -> Option<&[Node<'a>]> {
        match self {
            Self::List(entries) => Some(entries),
            Self::Scalar(_) | Self::Map(_) => None,
        }
    }

    /// Whether it says nothing, as an `error` does that some writers send with every answer.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Scalar(scalar) => scalar.is_empty(),
            Self::List(entries) => entries.is_empty(),
            Self::Map(fields) => fields.0.is_empty(),
        }
    }

    /// The value as text: a number or truth in the usual spelling, since YAML makes one of an unquoted `123`.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Scalar(scalar) => scalar.text(),
            Self::List(_) | Self::Map(_) => None,
        }
    }
}

impl<'a> Fields<'a> {
    /// The piece of a name; an empty one counts as missing.
    pub(super) fn get(&self, name: &str) -> Option<&Node<'a>> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, node)| node)
            .filter(|node| !matches!(node, Node::Scalar(Scalar::Null)))
    }

    /// The text of a name, without white space at its ends; an empty one counts as missing.
    pub(super) fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get(name)?.text().and_then(trimmed)
    }
}

/// A text without white space at its ends, such as the line break that ends a YAML block; nothing where no more is left.
pub(super) fn trimmed(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    (!text.is_empty()).then_some(text)
}

impl Scalar<'_> {
    /// Whether it says nothing: null, false, zero or a blank text.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(truth) => !truth,
            Self::Number(number) => number.as_u64() == Some(0),
            Self::Text(text) => text.trim().is_empty(),
        }
    }

    /// The value as text.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Null => None,
            Self::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::Text(text) => Some(Cow::Borrowed(text)),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Node<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

impl serde::Serialize for Node<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Scalar(Scalar::Null) => serializer.serialize_unit(),
            Self::Scalar(Scalar::Bool(truth)) => serializer.serialize_bool(*truth),
            Self::Scalar(Scalar::Number(number)) => number.serialize(serializer),
            Self::Scalar(Scalar::Text(text)) => serializer.serialize_str(text),
            Self::List(entries) => serializer.collect_seq(entries),
            Self::Map(fields) => serializer.collect_map(fields.0.iter().map(|(name, node)| (name, node))),
        }
    }
}

struct NodeVisitor;

/// One line for each kind of number.
macro_rules! numbers {
    ($($method:ident($kind:ty)),+) => {
        $(fn $method<E>(self, value: $kind) -> Result<Self::Value, E> {
            Ok(Node::Scalar(Scalar::Number(value.into())))
        })+
    };
}

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    numbers!(visit_i64(i64), visit_u64(u64));

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Node::Scalar(serde_json::Number::from_f64(value).map_or(Scalar::Null, Scalar::Number)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::Scalar(Scalar::Bool(value)))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Scalar(Scalar::Text(Cow::Borrowed(value))))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Node::Scalar(Scalar::Text(Cow::Owned(value.to_owned()))))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Node::Scalar(Scalar::Text(Cow::Owned(value))))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Scalar(Scalar::Null))
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Scalar(Scalar::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = seq.next_element()? {
            entries.push(entry);
        }
        Ok(Node::List(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(map.size_hint().unwrap_or(4));
        while let Some(key) = map.next_key::<Node<'de>>()? {
            match key {
                Node::Scalar(Scalar::Text(name)) => fields.push((name, map.next_value()?)),
                Node::Scalar(other) => {
                    let name = other.text().map(Cow::into_owned).unwrap_or_default();
                    fields.push((Cow::Owned(name), map.next_value()?));
                }
                Node::List(_) | Node::Map(_) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Node::Map(Fields(fields)))
    }
}
