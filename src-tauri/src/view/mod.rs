//! What the page sees: plain data, made from what the desk answers. The one place with ts-rs derives.
//!
//! Instants are RFC 3339 in UTC; the page writes them in the person's locale. Nothing here can hold a secret but
//! [`Revealed`], which one command answers with.

mod account;
mod certificate;
mod detail;
mod error;
mod event;
mod export;
#[cfg(test)]
mod generated;
mod instance;
mod list;
mod next;
mod opening;
mod packages;
mod replace;
mod run;
mod seats;
mod secret;
mod setup;
mod vendor;

pub use account::*;
pub use certificate::*;
pub use detail::*;
pub use error::*;
pub use event::*;
pub use export::*;
pub use instance::*;
pub use list::*;
pub use next::*;
pub use opening::*;
pub use packages::*;
pub use replace::*;
pub use run::*;
pub use seats::*;
pub use secret::SecretText;
pub use setup::*;
pub use vendor::*;

/// Declares types that cross to the page, and exports them to TypeScript: structs in camel case, enums in kebab case.
macro_rules! crossing {
    (@struct $(#[$meta:meta])* $name:ident $body:tt) => {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        $(#[$meta])*
        pub struct $name $body
    };
    (@enum $(#[$meta:meta])* $name:ident $body:tt) => {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
        $(#[$meta])*
        pub enum $name $body
    };
    ($($(#[$meta:meta])* pub $kind:ident $name:ident $body:tt)+) => {
        $(crate::view::crossing!(@$kind $(#[$meta])* $name $body);)+
    };
}
pub(crate) use crossing;
