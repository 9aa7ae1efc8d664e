//! The real keyring daemon: used without a prompt, and waited for by nobody while it is locked.

use crate::world::{PROGRAM, Ran, SYSTEM_KEY, World, run};
use testkit::keyring;

/// Runs a script in a session of its own with an unlocked keyring; `licet` is the program on this home.
fn in_session(world: &World, script: &str) -> Ran {
    let start = keyring::START;
    let prelude = r#"licet() { "$PROGRAM" --home "$LICET_TEST_HOME" "$@"; }"#;
    let mut command = keyring::session(world.folder.path());
    command.args(["sh", "-c", &format!("{start}\n{prelude}\n{script}")]);
    command.env("PROGRAM", PROGRAM).env("LICET_TEST_HOME", world.home());
    command.env("KEY", world.write("key", SYSTEM_KEY)).env("TARGET", world.path("out.toml"));
    run(&mut command, "")
}

#[test]
fn secrets_are_kept_and_read_back_without_any_prompt() {
    let world = World::new();
    let ran = in_session(
        &world,
        r#"licet import "$KEY" --name robot && licet export robot --format launcher-toml --to "$TARGET""#,
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(world.read("out.toml").contains(SYSTEM_KEY));
}

#[test]
fn a_locked_keyring_is_told_and_the_list_still_opens() {
    let world = World::new();
    let lock = keyring::LOCK;
    let script = format!(
        r#"licet import "$KEY" --name robot || exit 90
           {lock} || exit 91
           licet list || exit 92
           licet export robot --format launcher-toml --to "$TARGET""#
    );
    let ran = in_session(&world, &script);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(ran.stdout.contains("robot") && ran.stderr.contains("the keyring is locked"), "{ran:?}");
    assert!(!world.path("out.toml").exists());
}

#[test]
fn a_passphrase_does_not_open_what_the_keyring_keeps() {
    let world = World::new();
    let ran =
        in_session(&world, r#"licet import "$KEY" --name robot || exit 90; licet --unlock-file "$KEY" list"#);
    assert_eq!(ran.code, 6, "{ran:?}");
}

#[test]
fn without_the_keyring_that_has_the_key_hint_leads_on() {
    let world = World::new();
    assert_eq!(in_session(&world, r#"licet import "$KEY" --name robot"#).code, 0);
    let licet = |args: &[&str]| world.run(world.locked_command().args(args), "");
    let ran = licet(&["export", "robot", "--format", "launcher-toml", "--stdout"]).fails(6);
    assert!(!ran.stderr.contains("--unlock-file"), "no passphrase unlocks this library: {ran:?}");
    ran.saying("start the keyring").saying("`licet secrets forget`");
    licet(&["secrets", "forget", "--confirm", "forget secrets"]).ok();
    let ran = licet(&["--unlock-file", &world.text_path("passphrase"), "import", &world.text_path("key")]);
    ran.ok();
}

#[test]
fn forgetting_secrets_after_lost_slots_starts_again_in_the_keyring() {
    let world = World::new();
    assert_eq!(in_session(&world, r#"licet import "$KEY" --name robot"#).code, 0);
    let library = rusqlite::Connection::open(world.home().join("library.sqlite3")).unwrap();
    library.execute("DELETE FROM slots", []).unwrap();
    drop(library);
    let lost = in_session(&world, r#"licet export robot --format launcher-toml --to "$TARGET""#);
    assert_eq!(lost.code, 6, "{lost:?}");
    assert!(lost.stderr.contains("licet secrets forget"), "{lost:?}");
    let refused = in_session(&world, "licet secrets forget --confirm forget");
    assert_eq!(refused.code, 5, "{refused:?}");
    let ran = in_session(
        &world,
        r#"licet secrets forget --confirm "forget secrets" || exit 90
           licet import "$KEY" --name robot || exit 91
           licet export robot --format launcher-toml --to "$TARGET""#,
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(world.read("out.toml").contains(SYSTEM_KEY));
}
