//! Errors and their texts, and what debug output shows.

mod errors;
mod secrecy;
mod words;
