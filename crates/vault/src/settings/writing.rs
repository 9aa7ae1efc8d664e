//! Writing changed settings into TOML. The rest of the document, its comments included, stays as it is.

use super::Settings;
use toml_edit::{Array, DocumentMut, Item, Value, value};

fn columns_value(columns: &[(String, u32)]) -> Value {
    let column =
        |(name, width): &(String, u32)| Array::from_iter([Value::from(name), Value::from(i64::from(*width))]);
    Value::Array(columns.iter().map(column).collect())
}

/// Writes what is different from before.
pub(super) fn put(document: &mut DocumentMut, before: &Settings, after: &Settings) {
    if after.appearance != before.appearance {
        put_value(document, "appearance", after.appearance.word().into());
    }
    if after.density != before.density {
        put_value(document, "density", after.density.word().into());
    }
    if after.expires_soon_days != before.expires_soon_days {
        put_value(document, "expires-soon-days", i64::from(after.expires_soon_days).into());
    }
    if after.columns != before.columns {
        put_value(document, "columns", columns_value(&after.columns));
    }
    if after.issuer_keys != before.issuer_keys {
        put_issuer_keys(document, &before.issuer_keys, &after.issuer_keys);
    }
    if after.launcher_file != before.launcher_file {
        let path = after.launcher_file.as_ref().map(|path| path.to_string_lossy().into_owned());
        put_or_remove(document, "launcher-file", path);
    }
    if after.core_address != before.core_address {
        put_or_remove(document, "core-address", after.core_address.clone());
    }
}

/// Adds and removes keys one by one: entries that cannot be read stay.
fn put_issuer_keys(document: &mut DocumentMut, before: &[String], after: &[String]) {
    let Some(list) = document.get_mut("issuer-keys").and_then(Item::as_array_mut) else {
        put_value(document, "issuer-keys", Value::Array(after.iter().collect()));
        return;
    };
    list.retain(|value| {
        value.as_str().is_none_or(|key| {
            !before.iter().any(|known| known == key) || after.iter().any(|kept| kept == key)
        })
    });
    for new in after.iter().filter(|key| !before.contains(key)) {
        list.push(new);
    }
}

fn put_or_remove(document: &mut DocumentMut, key: &str, new: Option<String>) {
    match new {
        Some(new) => put_value(document, key, new.into()),
        None => {
            document.remove(key);
        }
    }
}

/// Sets a value, keeping the comment beside an earlier one.
fn put_value(document: &mut DocumentMut, key: &str, new: Value) {
    match document.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => document[key] = value(new),
    }
}
