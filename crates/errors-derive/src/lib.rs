//! `#[derive(Declared)]`: an error's code, kind and arguments from `#[declared(…)]` at each variant.
//!
//! A variant with a code of its own:
//!
//! ```text
//! #[declared("name-taken", kind = Usage, args(account, count = names.len()), detail = words.clone(), help = "choose another name")]
//! ```
//!
//! - `kind` is a variant of `errors::Kind`; without it, the kind is `Failed`.
//! - `args` names the arguments: a field, or a name with an expression over the fields. An argument that is `None` is left out.
//! - `detail` is the other side's own words as a `String`; without it, there are none.
//! - `help` is what to do, in lower case and without a full stop, naming no option and no button.
//!
//! A variant that wraps another declared error takes everything from it, and can add arguments or replace the kind:
//!
//! ```text
//! #[declared(transparent)]
//! #[declared(of = source, kind = Locked, args(account))]
//! ```
//!
//! `transparent` is `of = _0`. In expressions, the fields of a tuple variant are called `_0`, `_1`, ….
//!
//! The derive adds the methods `code`, `kind`, `args`, `detail` and `help`, and the function `declarations`, which lists every
//! code with those of wrapped errors. A wrapped error in a `Box` is not listed: it is of an enum that the list has already.

mod attribute;
mod expand;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Declares an error's code, kind and arguments; see the crate's documentation.
#[proc_macro_derive(Declared, attributes(declared))]
pub fn declared(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
