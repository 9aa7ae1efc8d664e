//! What the page sees: plain data, made from what use cases return. The one place with ts-rs derives.
//!
//! Instants are RFC 3339 in UTC; the page writes them in the user's locale. Nothing here can hold a secret but
//! [`Revealed`], which one command answers with.

mod account;
mod attention;
mod backups;
mod detail;
mod error;
mod event;
mod export;
#[cfg(test)]
mod generated;
mod instance;
mod list;
mod next;
mod offers;
mod opening;
mod replace;
mod run;
mod secret;
mod selection;
mod setup;
mod vendor;

pub(crate) use account::*;
pub(crate) use attention::*;
pub(crate) use backups::*;
pub(crate) use detail::*;
pub(crate) use error::*;
pub(crate) use event::*;
pub(crate) use export::*;
pub(crate) use instance::*;
pub(crate) use list::*;
pub(crate) use next::*;
pub(crate) use offers::*;
pub(crate) use opening::*;
pub(crate) use replace::*;
pub(crate) use run::*;
pub(crate) use secret::SecretText;
pub(crate) use selection::*;
pub(crate) use setup::*;
pub(crate) use vendor::*;

/// Declares types that cross to the page, and exports them to TypeScript: structs in camel case, enums in kebab case.
macro_rules! crossing {
    (@struct $(#[$meta:meta])* $name:ident $body:tt) => {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        $(#[$meta])*
        pub(crate) struct $name $body
    };
    (@enum $(#[$meta:meta])* $name:ident $body:tt) => {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
        $(#[$meta])*
        pub(crate) enum $name $body
    };
    ($($(#[$meta:meta])* pub $kind:ident $name:ident $body:tt)+) => {
        $(crate::view::crossing!(@$kind $(#[$meta])* $name $body);)+
    };
}
pub(crate) use crossing;
