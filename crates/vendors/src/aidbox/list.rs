//! The list of a project: its form is checked as a whole first, and then it is read license by license.

use super::{
    decode::{self, Form},
    map,
    outline::{Entries, Found, LIST, Outline},
    refusal,
    wire::Node,
};
use crate::{
    Listed, ListingBound, Pages, SecretSigns, Turn, Validator, VendorError,
    http::{Answer, bounds},
    redact::Redactor,
};
use async_trait::async_trait;
use serde::de::{Error, SeqAccess};
use serde_json::value::RawValue;
use std::{fmt, ops::Range, vec};

/// The most licenses of a page. Most projects have fewer, and are taken over at once.
const PAGE: usize = 10_000;

/// The list of a project, well-formed and within its bounds. Each license is read from its part of the text when it is needed.
pub(super) struct List {
    /// JSON: the answer itself, or what was YAML.
    text: Vec<u8>,
    /// Where in it the licenses are that were not read yet.
    parts: vec::IntoIter<Range<usize>>,
    /// How many there are, where the answer says it.
    total: Option<u64>,
    /// How many are known to be missing from the answer.
    missing: u64,
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "List({} licenses)", self.count())
    }
}

impl List {
    /// Reads a good answer, or says what it is instead.
    pub(super) fn of(answer: Answer, redactor: &Redactor<'_>) -> Result<Self, VendorError> {
        let form = decode::form(&answer).map_err(|what| VendorError::NotAPortal { what })?;
        let json = match (decode::json::<Outline<'_, Parts<'_>>>(&answer.body), form) {
            (Ok(outline), Form::Unnamed) if outline.is_scalar() => Err(String::new()),
            (json, Form::Json | Form::Yaml | Form::Unnamed) => json,
        };
        match (json, form) {
            (Ok(outline), _) if outline.has_error() => Err(refusal::of_list(&answer, redactor)),
            (Ok(outline), Form::Json | Form::Yaml | Form::Unnamed) => {
                let Found { entries: Parts(parts), total, missing } =
                    within_bounds(outline.entries(redactor)?)?;
                let parts: Vec<_> = parts.into_iter().map(|part| range_in(&answer.body, part)).collect();
                Ok(Self { parts: parts.into_iter(), text: answer.body, total, missing })
            }
            (Err(detail), Form::Json) => {
                Err(VendorError::Unreadable { what: LIST, detail: redactor.clean(&detail, false) })
            }
            (Err(_), Form::Yaml | Form::Unnamed) => Self::of_yaml(&answer, form, redactor),
        }
    }

    fn of_yaml(answer: &Answer, form: Form, redactor: &Redactor<'_>) -> Result<Self, VendorError> {
        let not_a_portal = || VendorError::NotAPortal { what: decode::other(answer) };
        let found = match (decode::yaml::<Outline<'_, Written>>(&answer.body), form) {
            (Ok(outline), Form::Unnamed) if outline.is_scalar() => return Err(not_a_portal()),
            (Ok(outline), _) if outline.has_error() => return Err(refusal::of_list(answer, redactor)),
            (Ok(outline), Form::Json | Form::Yaml | Form::Unnamed) => outline.entries(redactor)?,
            (Err(_), Form::Unnamed) => return Err(not_a_portal()),
            (Err(detail), Form::Json | Form::Yaml) => {
                return Err(VendorError::Unreadable { what: LIST, detail: redactor.clean(&detail, false) });
            }
        };
        let Found { entries: Written { text, parts }, total, missing } = within_bounds(found)?;
        Ok(Self { text, parts: parts.into_iter(), total, missing })
    }

    /// How many licenses are still to be read, unreadable ones included.
    pub(super) fn count(&self) -> u64 {
        self.parts.len() as u64
    }

    /// How many licenses the project has, where that is known. Call it before any is read.
    pub(super) fn total(&self) -> Option<u64> {
        if self.missing == 0 { Some(self.count()) } else { self.total }
    }

    /// The name of the project, where one of its licenses has it.
    pub(super) fn project(&self) -> Option<String> {
        self.parts.as_slice().iter().find_map(|part| map::project(&self.node(part)?))
    }

    /// Reads some more licenses, and how many could not be read.
    pub(super) fn read(&mut self, signs: &SecretSigns) -> (Vec<Listed>, u64) {
        let (mut licenses, mut unreadable) = (Vec::new(), 0);
        for _ in 0..PAGE {
            let Some(part) = self.parts.next() else { break };
            match self.node(&part).as_ref().and_then(|node| map::license(node, signs)) {
                Some((license, key)) => licenses.push(Listed { license, key }),
                None => unreadable += 1,
            }
        }
        if self.parts.as_slice().is_empty() {
            self.text = Vec::new();
        }
        (licenses, unreadable)
    }

    fn node(&self, part: &Range<usize>) -> Option<Node<'_>> {
        serde_json::from_slice(self.text.get(part.clone())?).ok()
    }
}

fn within_bounds<'de, L: Entries<'de>>(found: Found<L>) -> Result<Found<L>, VendorError> {
    let bound = ListingBound::Licenses(bounds::LISTING_LICENSES);
    if found.entries.count() > bounds::LISTING_LICENSES {
        Err(VendorError::ListingTooLarge { bound })
    } else {
        Ok(found)
    }
}

/// Where in a text a part of it is.
fn range_in(text: &[u8], part: &RawValue) -> Range<usize> {
    let start = part.get().as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.get().len()
}

/// The parts of a JSON list, each well-formed but not read yet.
#[derive(Default)]
struct Parts<'de>(Vec<&'de RawValue>);

impl<'de> Entries<'de> for Parts<'de> {
    fn read<A: SeqAccess<'de>>(&mut self, entries: &mut A) -> Result<bool, A::Error> {
        let part: Option<&RawValue> = entries.next_element()?;
        self.0.extend(part);
        Ok(part.is_some())
    }

    fn count(&self) -> u64 {
        self.0.len() as u64
    }
}

/// The entries of a YAML list, written as JSON: YAML entries cannot be split without parsing them, and as licenses they would take
/// several times their size.
#[derive(Default)]
struct Written {
    text: Vec<u8>,
    parts: Vec<Range<usize>>,
}

impl<'de> Entries<'de> for Written {
    fn read<A: SeqAccess<'de>>(&mut self, entries: &mut A) -> Result<bool, A::Error> {
        let Some(node) = entries.next_element::<Node<'de>>()? else { return Ok(false) };
        let start = self.text.len();
        serde_json::to_writer(&mut self.text, &node).map_err(A::Error::custom)?;
        self.parts.push(start..self.text.len());
        Ok(true)
    }

    fn count(&self) -> u64 {
        self.parts.len() as u64
    }
}

/// The pages of a list that has come whole.
#[derive(Debug)]
pub(super) struct Reading {
    list: List,
    total: Option<u64>,
    unreadable: u64,
    is_begun: bool,
    validator: Option<Validator>,
    signs: SecretSigns,
}

impl Reading {
    /// From the first license on.
    pub(super) fn new(list: List, validator: Validator, signs: SecretSigns) -> Self {
        Self { total: list.total(), list, unreadable: 0, is_begun: false, validator: Some(validator), signs }
    }
}

#[async_trait]
impl Pages for Reading {
    async fn next(&mut self) -> Result<Turn, VendorError> {
        if self.is_begun && self.list.count() == 0 {
            return Ok(Turn::End {
                validator: self.validator.take(),
                unreadable: self.unreadable,
                missing: self.list.missing,
            });
        }
        self.is_begun = true;
        let (licenses, unreadable) = self.list.read(&self.signs);
        self.unreadable += unreadable;
        Ok(Turn::Page { licenses, total: self.total })
    }

    fn is_complete(&self) -> bool {
        true
    }
}
