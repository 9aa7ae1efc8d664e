//! A YAML text as a tree that knows where each part is written.

use crate::file::FormatError;
use serde_saphyr::granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StructureStyle};
use std::ops::Range;

/// Deeper than any Secret, and far from what a stack can hold.
const MAX_DEPTH: usize = 64;

/// A part of a document. Two are equal where their values are, wherever they are written.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Scalar(Scalar),
    Mapping(Mapping),
    Sequence(Vec<Node>),
    /// A reference to an anchor.
    Alias(usize),
}

#[derive(Debug, Clone)]
pub(super) struct Scalar {
    pub value: String,
    pub style: ScalarStyle,
    /// The bytes of the value. For a block scalar, the place of its end is not reliable.
    pub place: Range<usize>,
    /// Whether it has an anchor, or a tag that gives it another type.
    pub is_special: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Mapping {
    /// Whether it is written in braces.
    pub is_flow: bool,
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The key's text; nothing for a key that is not a scalar.
    pub key: Option<String>,
    pub key_place: Range<usize>,
    /// In how many characters the key's line is indented, for a block mapping.
    pub column: usize,
    pub node: Node,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Scalar(one), Self::Scalar(other)) => {
                one.value == other.value && is_plain(one) == is_plain(other)
            }
            (Self::Mapping(one), Self::Mapping(other)) => one.entries == other.entries,
            (Self::Sequence(one), Self::Sequence(other)) => one == other,
            (Self::Alias(one), Self::Alias(other)) => one == other,
            (Self::Scalar(_) | Self::Mapping(_) | Self::Sequence(_) | Self::Alias(_), _) => false,
        }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.node == other.node
    }
}

/// A plain scalar may be a number; a quoted one is a text.
fn is_plain(scalar: &Scalar) -> bool {
    scalar.style == ScalarStyle::Plain
}

impl Mapping {
    /// What a key has. Fails where the key is there twice, since readers differ in which one counts.
    pub(super) fn get(&self, key: &'static str) -> Result<Option<&Entry>, FormatError> {
        let mut found = self.entries.iter().filter(|entry| entry.key.as_deref() == Some(key));
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => {
                Err(FormatError::NotALicenseFile { what: "a key of the Secret appears twice" })
            }
            (entry, _) => Ok(entry),
        }
    }

    /// The text of a key's value, where it is a scalar.
    pub(super) fn text(&self, key: &'static str) -> Result<Option<&str>, FormatError> {
        Ok(match self.get(key)?.map(|entry| &entry.node) {
            Some(Node::Scalar(scalar)) => Some(&scalar.value),
            Some(Node::Mapping(_) | Node::Sequence(_) | Node::Alias(_)) | None => None,
        })
    }
}

/// The documents of a text.
pub(super) fn documents(text: &str) -> Result<Vec<Node>, FormatError> {
    let mut reader = Reader { parser: Parser::new_from_str(text), last: Marker::default() };
    let mut documents = Vec::new();
    while let Some((event, span)) = reader.next()? {
        if is_node(&event) {
            documents.push(reader.node(event, span, 0)?);
        }
    }
    Ok(documents)
}

fn is_node(event: &Event<'_>) -> bool {
    matches!(event, Event::Scalar(..) | Event::MappingStart(..) | Event::SequenceStart(..) | Event::Alias(_))
}

struct Reader<'a, P: Iterator<Item = Result<(Event<'a>, Span), ScanError>>> {
    parser: P,
    last: Marker,
}

impl<'a, P: Iterator<Item = Result<(Event<'a>, Span), ScanError>>> Reader<'a, P> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, FormatError> {
        match self.parser.next() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                self.last = span.start;
                Ok(Some((event, span)))
            }
            Some(Err(error)) => Err(syntax(error.marker(), "it is not YAML")),
        }
    }

    /// The next event that is a part, or nothing at the end of a collection.
    fn part(&mut self) -> Result<Option<(Event<'a>, Span)>, FormatError> {
        loop {
            match self.next()? {
                Some((event, span)) if is_node(&event) => return Ok(Some((event, span))),
                Some((Event::MappingEnd | Event::SequenceEnd, _)) => return Ok(None),
                Some(_) => {}
                None => return Err(syntax(&self.last, "the YAML ends too early")),
            }
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "more kinds of events may be added to the parser")]
    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, FormatError> {
        if depth > MAX_DEPTH {
            return Err(syntax(&span.start, "it is nested too deeply"));
        }
        Ok(match event {
            Event::Scalar(value, style, anchor, tag) => Node::Scalar(Scalar {
                value: value.into_owned(),
                style,
                place: place(&span)?,
                is_special: anchor != 0 || tag.is_some_and(|tag| !tag.is_yaml_core_schema_tag("str")),
            }),
            Event::MappingStart(style, ..) => Node::Mapping(self.mapping(style, depth)?),
            Event::SequenceStart(..) => {
                let mut parts = Vec::new();
                while let Some((event, span)) = self.part()? {
                    parts.push(self.node(event, span, depth + 1)?);
                }
                Node::Sequence(parts)
            }
            Event::Alias(anchor) => Node::Alias(anchor),
            _ => return Err(syntax(&span.start, "it is not YAML")),
        })
    }

    fn mapping(&mut self, style: StructureStyle, depth: usize) -> Result<Mapping, FormatError> {
        let mut entries = Vec::new();
        while let Some((event, span)) = self.part()? {
            let key = self.node(event, span, depth + 1)?;
            let Some((event, value_span)) = self.part()? else {
                return Err(syntax(&span.start, "it is not YAML"));
            };
            let node = self.node(event, value_span, depth + 1)?;
            let (key, key_place) = match key {
                Node::Scalar(scalar) => (Some(scalar.value), scalar.place),
                Node::Mapping(_) | Node::Sequence(_) | Node::Alias(_) => (None, place(&span)?),
            };
            entries.push(Entry { key, key_place, column: span.start.col(), node });
        }
        Ok(Mapping { is_flow: style == StructureStyle::Flow, entries })
    }
}

fn place(span: &Span) -> Result<Range<usize>, FormatError> {
    span.byte_range().ok_or_else(|| syntax(&span.start, "it is not YAML"))
}

fn syntax(at: &Marker, words: &str) -> FormatError {
    FormatError::Syntax { line: at.line(), words: words.to_owned() }
}
