//! Connecting an account: a host that is confirmed once, a password, and a one-time code where it is asked for.

use crate::world::{ACCOUNT, World};

#[test]
fn an_account_is_connected_by_the_command_line_and_its_licenses_are_there() -> anyhow::Result<()> {
    let world = World::connected()?;
    let listed = world.licet_json(&["list"])?;
    assert_eq!((&listed[0]["name"], &listed[0]["account"]), (&"cell".into(), &ACCOUNT.into()), "{listed}");
    assert_eq!(world.licet_json(&["seats", "cell"])?["seats"][0]["host"], "cell-07");
    Ok(())
}
