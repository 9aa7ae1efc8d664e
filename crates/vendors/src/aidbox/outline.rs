//! Where in an answer the list of licenses is, found without a tree of the whole answer: a long list would cost several times its
//! size as one.

use super::{
    refusal::{self, About},
    wire::{Node, Scalar},
};
use crate::{VendorError, http::bounds, redact::Redactor};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{fmt, marker::PhantomData};

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

/// An answer, or a part of one, as far as it says where the list is.
pub(super) struct Outline<'de, L> {
    is_null: bool,
    itself: Option<L>,
    inside: [Option<L>; NAMES.len()],
    result: Option<Box<Outline<'de, L>>>,
    error: Option<Node<'de>>,
    is_map: bool,
}

impl<L> Default for Outline<'_, L> {
    fn default() -> Self {
        Self {
            is_null: false,
            itself: None,
            inside: [const { None }; NAMES.len()],
            result: None,
            error: None,
            is_map: false,
        }
    }
}

impl<'de, L: Entries<'de>> Outline<'de, L> {
    /// Whether it is neither a list nor a map.
    pub(super) fn is_scalar(&self) -> bool {
        self.itself.is_none() && !self.is_map
    }

    /// The entries, wherever in the answer they are. That there are none is believed only of the form that the other calls have,
    /// with the list below `result`: a list that is not there would have every license taken for deleted.
    pub(super) fn entries(self, redactor: &Redactor<'_>) -> Result<L, VendorError> {
        let has_envelope = self.result.is_some();
        let error = self.error.as_ref().filter(|_| !has_envelope);
        if let Some(error) = error.and_then(|error| refusal::named(error, About::Project, redactor)) {
            return Err(error);
        }
        let list = match self.result {
            Some(result) => result.list(),
            None => self.list(),
        };
        list.filter(|list| has_envelope || list.count() > 0).ok_or_else(|| VendorError::Unreadable {
            what: LIST,
            detail: redactor.clean("there is no list in it", false),
        })
    }

    fn list(self) -> Option<L> {
        self.itself.or_else(|| self.inside.into_iter().flatten().next())
    }

    /// Takes a named part; the first of a name counts.
    fn take<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "result" if self.result.is_none() => {
                let result: Self = map.next_value()?;
                self.result = (!result.is_null).then(|| Box::new(result));
            }
            "error" if self.error.is_none() => {
                let error: Node<'de> = map.next_value()?;
                self.error = (!matches!(error, Node::Scalar(Scalar::Null))).then_some(error);
            }
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

/// One line for each kind of value that is no list.
macro_rules! values {
    ($($method:ident($kind:ty)),+) => {
        $(fn $method<E>(self, _: $kind) -> Result<Self::Value, E> {
            Ok(Outline::default())
        })+
    };
}

impl<'de, L: Entries<'de>> Visitor<'de> for OutlineVisitor<L> {
    type Value = Outline<'de, L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    values!(visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_f64(f64), visit_str(&str));

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Outline { is_null: true, ..Outline::default() })
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Outline { is_null: true, ..Outline::default() })
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
        Ok(Outline { itself: Some(list), ..Outline::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut outline = Outline { is_map: true, ..Outline::default() };
        while let Some(name) = map.next_key::<Node<'de>>()? {
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
