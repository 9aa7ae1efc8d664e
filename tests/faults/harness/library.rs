//! Readings of Licet's library, through its command line.

use std::collections::BTreeSet;

use anyhow::Context;
use serde_json::Value;

use super::world::World;

/// The licenses of the accounts `ab` and `ai` that are listed: the account and the vendor's id of each.
pub(super) fn listed(world: &World) -> anyhow::Result<BTreeSet<(String, String)>> {
    let licenses = world.json("list")?;
    let licenses = licenses.as_array().context("a list of licenses")?.iter();
    let named = licenses.filter_map(|license| {
        let (account, id) = (license["account"].as_str()?, license["vendor_id"].as_str()?);
        ["ab", "ai"].contains(&account).then(|| (account.to_owned(), id.to_owned()))
    });
    Ok(named.collect())
}

/// Whether the library has the portal's licenses and no others, where it is connected to it.
pub(super) fn agrees(world: &World) -> anyhow::Result<bool> {
    let accounts = world.json("accounts list")?;
    if !accounts.as_array().is_some_and(|all| all.iter().any(|account| account["name"] == "ab")) {
        return Ok(true);
    }
    let listed = world.json("list account:ab")?;
    let id = |license: &Value| license["vendor_id"].as_str().map(str::to_owned);
    let listed: Option<BTreeSet<_>> =
        listed.as_array().context("a list of licenses")?.iter().map(id).collect();
    Ok(listed == Some(world.vendor.licenses()?.into_keys().collect()))
}

/// Whether an account is in the library.
pub(super) fn is_connected(world: &World, name: &str) -> anyhow::Result<bool> {
    let accounts = world.json("accounts list")?;
    Ok(accounts.as_array().context("a list of accounts")?.iter().any(|account| account["name"] == name))
}

/// Whether a license of this name is in the library.
pub(super) fn is_listed(world: &World, name: &str) -> anyhow::Result<bool> {
    let licenses = world.json("list")?;
    Ok(licenses.as_array().context("a list of licenses")?.iter().any(|license| license["name"] == name))
}
