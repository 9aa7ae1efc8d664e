//! What an error declares beside its sentence: a stable code, a kind, arguments, its meaning, and what to do.
//!
//! An error enum derives `errors_derive::Declared` and says these with `#[declared(…)]` at each variant. The sentence
//! is `thiserror`'s, and the meaning is the variant's doc comment:
//!
//! ```
//! use errors_derive::Declared;
//!
//! /// Why a file could not be used.
//! #[derive(Debug, thiserror::Error, Declared)]
//! enum FileError {
//!     /// The file does not exist.
//!     #[error("{path} does not exist")]
//!     #[declared("file-missing", kind = NotFound, args(path), help = "check the path for typing mistakes")]
//!     Missing {
//!         path: String,
//!     },
//! }
//!
//! let error = FileError::Missing { path: "/srv/.env".to_owned() };
//! assert_eq!(error.code(), "file-missing");
//! assert_eq!(&error.args()["path"], "/srv/.env");
//! assert_eq!(FileError::declarations()[0].meaning, "The file does not exist.");
//! ```
//!
//! From the declarations come the page's type of codes and `docs/errors.md`.

mod args;
mod declaration;

pub use args::{Args, Argument};
pub use declaration::{Declaration, Kind};
