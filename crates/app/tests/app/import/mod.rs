//! Imported keys, and the successors of leaked ones.

mod imported;
mod leaked;
