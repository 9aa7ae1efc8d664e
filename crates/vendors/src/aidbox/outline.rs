//! Where in an answer the list of licenses is, found without a tree of the whole answer: a long list would cost several times its
//! size as one.

use super::wire::{Node, Scalar};
use crate::{VendorError, http::bounds, redact::Redactor};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, fmt, marker::PhantomData};

/// What is read where a list was asked for.
pub(super) const LIST: &str = "a list of licenses";
/// Where a list is that does not stand by itself, the first of them first.
const NAMES: [&str; 3] = ["licenses", "items", "data"];

/// What is kept of the entries of a list while it is read.
pub(super) trait Entries<'de>: Default {
    /// Reads the next entry; false after the last one.
    fn read<A: SeqAccess<'de>>(&mut self, entries: &mut A) -> Result<bool, A::Error>;

    /// How many were read.
    fn count(&self) -> u64;
}

/// The entries of a list, and what the answer says of those that are not among them.
pub(super) struct Found<L> {
    /// The entries.
    pub entries: L,
    /// How many licenses there are, where the answer says it.
    pub total: Option<u64>,
    /// How many of them are known to be missing.
    pub missing: u64,
}

/// An answer, or a part of one, as far as it says where the list is.
pub(super) struct Outline<'de, L> {
    /// A single value.
    scalar: Option<Scalar<'de>>,
    itself: Option<L>,
    inside: [Option<L>; NAMES.len()],
    result: Option<Box<Outline<'de, L>>>,
    /// Whether it names an error. Its words are not kept: they may be as long as the answer.
    has_error: bool,
    /// How many licenses it says that there are.
    total: Option<u64>,
    /// Whether it names a next page.
    has_next: bool,
    /// Whether nothing is in it.
    is_empty: bool,
}

impl<L> Default for Outline<'_, L> {
    fn default() -> Self {
        Self {
            scalar: None,
            itself: None,
            inside: [const { None }; NAMES.len()],
            result: None,
            has_error: false,
            total: None,
            has_next: false,
            is_empty: false,
        }
    }
}

impl<'de, L: Entries<'de>> Outline<'de, L> {
    /// Whether it is neither a list nor a map.
    pub(super) fn is_scalar(&self) -> bool {
        self.scalar.is_some()
    }

    /// Whether it names an error, whatever else is in it.
    pub(super) fn has_error(&self) -> bool {
        self.has_error || self.result.as_ref().is_some_and(|result| result.has_error)
    }

    /// The entries, wherever in the answer they are. An empty list is believed only in the form that the other calls have, below
    /// `result`: it marks every license as gone.
    pub(super) fn entries(self, redactor: &Redactor<'_>) -> Result<Found<L>, VendorError> {
        let has_envelope = self.result.is_some();
        let total = self.total.max(self.result.as_ref().and_then(|result| result.total));
        let has_next = self.has_next || self.result.as_ref().is_some_and(|result| result.has_next);
        let list = match self.result {
            Some(result) => result.list(),
            None => self.list(),
        };
        let list = list.filter(|list| has_envelope || list.count() > 0);
        let entries = list.ok_or_else(|| VendorError::Unreadable {
            what: LIST,
            detail: redactor.clean("there is no list in it", false),
        })?;
        let lacking = total.map_or(0, |total| total.saturating_sub(entries.count()));
        Ok(Found { entries, total, missing: lacking.max(u64::from(has_next)) })
    }

    fn list(self) -> Option<L> {
        self.itself.or_else(|| self.inside.into_iter().flatten().next())
    }

    fn is_null(&self) -> bool {
        self.scalar == Some(Scalar::Null)
    }

    fn number(&self) -> Option<u64> {
        self.scalar.as_ref()?.text()?.trim().parse().ok()
    }

    /// Takes a named part; the first of a name counts.
    fn take<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "result" if self.result.is_none() => {
                let result: Self = map.next_value()?;
                self.result = (!result.is_null()).then(|| Box::new(result));
            }
            "error" => self.has_error |= !map.next_value::<Self>()?.is_empty,
            "total" | "count" => self.total = self.total.max(map.next_value::<Self>()?.number()),
            "next" => self.has_next |= !map.next_value::<Self>()?.is_empty,
            _ => match NAMES.iter().position(|known| *known == name) {
                Some(at) if self.inside[at].is_none() => self.inside[at] = map.next_value::<Self>()?.itself,
                Some(_) | None => {
                    map.next_value::<IgnoredAny>()?;
                }
            },
        }
        Ok(())
    }
}

impl<'de, L: Entries<'de>> Deserialize<'de> for Outline<'de, L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OutlineVisitor(PhantomData))
    }
}

struct OutlineVisitor<L>(PhantomData<L>);

/// One line for each kind of number.
macro_rules! numbers {
    ($($method:ident($kind:ty)),+) => {
        $(fn $method<E>(self, value: $kind) -> Result<Self::Value, E> {
            Ok(single(Scalar::Number(value.into())))
        })+
    };
}

/// The outline of a single value.
fn single<L>(scalar: Scalar<'_>) -> Outline<'_, L> {
    let is_empty = scalar.is_empty();
    Outline { scalar: Some(scalar), is_empty, ..Outline::default() }
}

impl<'de, L: Entries<'de>> Visitor<'de> for OutlineVisitor<L> {
    type Value = Outline<'de, L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    numbers!(visit_i64(i64), visit_u64(u64));

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(single(serde_json::Number::from_f64(value).map_or(Scalar::Null, Scalar::Number)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(single(Scalar::Bool(value)))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(single(Scalar::Text(Cow::Borrowed(value))))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(single(Scalar::Text(Cow::Owned(value.to_owned()))))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(single(Scalar::Null))
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(single(Scalar::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Outline::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut list = L::default();
        while list.read(&mut entries)? {
            if list.count() > bounds::LISTING_LICENSES {
                // It is refused. Whether it is well-formed does not matter any more, and none of the rest is kept.
                while entries.next_element::<IgnoredAny>()?.is_some() {}
                break;
            }
        }
        let is_empty = list.count() == 0;
        Ok(Outline { itself: Some(list), is_empty, ..Outline::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut outline = Outline { is_empty: true, ..Outline::default() };
        while let Some(name) = map.next_key::<Node<'de>>()? {
            outline.is_empty = false;
            match name.text() {
                Some(name) => outline.take(&name, &mut map)?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(outline)
    }
}
