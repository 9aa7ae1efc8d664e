//! The arguments of an error, as text.

use std::{
    collections::{BTreeMap, btree_map::IntoIter},
    ops::Index,
    path::{Path, PathBuf},
};

/// The arguments of an error by name. Never a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Args(BTreeMap<&'static str, String>);

impl Args {
    /// Adds an argument, unless it has no value.
    pub fn add(&mut self, name: &'static str, value: &impl Argument) {
        if let Some(text) = value.text() {
            self.0.insert(name, text);
        }
    }

    /// The value of an argument.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl IntoIterator for Args {
    type Item = (&'static str, String);
    type IntoIter = IntoIter<&'static str, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Index<&str> for Args {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        &self.0[name]
    }
}

/// A value that can be an argument of an error.
pub trait Argument {
    /// The value as text; nothing where there is no value.
    fn text(&self) -> Option<String>;
}

impl<T: Argument + ?Sized> Argument for &T {
    fn text(&self) -> Option<String> {
        (**self).text()
    }
}

impl<T: Argument + ?Sized> Argument for Box<T> {
    fn text(&self) -> Option<String> {
        (**self).text()
    }
}

impl<T: Argument> Argument for Option<T> {
    fn text(&self) -> Option<String> {
        self.as_ref()?.text()
    }
}

impl Argument for Path {
    fn text(&self) -> Option<String> {
        Some(self.display().to_string())
    }
}

impl Argument for PathBuf {
    fn text(&self) -> Option<String> {
        self.as_path().text()
    }
}

macro_rules! as_displayed {
    ($($kind:ty)*) => {
        $(impl Argument for $kind {
            fn text(&self) -> Option<String> {
                Some(self.to_string())
            }
        })*
    };
}

as_displayed! { str String char u16 u32 u64 usize }
