//! What is printed: text for people, JSON for programs, errors with their hints.

pub(crate) mod colors;
#[cfg(test)]
mod errors_page;
pub(crate) mod fail;
#[cfg(test)]
mod help;
mod hint;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod shape;
pub(crate) mod words;
