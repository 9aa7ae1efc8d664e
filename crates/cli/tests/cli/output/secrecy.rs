//! Keys and tokens are nowhere but where they were asked for.

use crate::world::{SYSTEM_KEY, World};
use data_encoding::HEXLOWER;
use std::path::{Path, PathBuf};
use testkit::{Answer, FaultServer};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn assert_nowhere(secret: &str, bytes: &[u8], place: &str) {
    let is_there = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(!is_there(secret.as_bytes()), "a secret is in {place}");
    let hex = HEXLOWER.encode(secret.as_bytes());
    assert!(!is_there(hex.as_bytes()), "a secret is in {place}, as hexadecimal");
}

/// What a hosted instance's address holds besides its origin.
fn box_token(world: &World) -> String {
    let licenses = world.at_portal();
    let url = licenses.iter().find_map(|one| one["additional"]["box-url"].as_str()).unwrap();
    url.split("token=").nth(1).unwrap().to_owned()
}

#[test]
fn no_command_shows_a_secret_and_the_home_holds_none_in_the_clear() {
    let world = World::with(&["one"]);
    let key = world.key_of("one");
    let key_file = world.write("key", &key);
    let key_file = key_file.to_str().unwrap();
    let mut secrets = vec![
        world.token.clone(),
        key.clone(),
        SYSTEM_KEY.to_owned(),
        world.read("passphrase").trim_end().to_owned(),
    ];
    world.licet(["create", "play", "--account", "north", "--type", "prod", "--hosting", "sandbox"]).ok();
    secrets.push(box_token(&world));
    let runs: &[&[&str]] = &[
        &["show", "play"],
        &["accounts", "list"],
        &["accounts", "test", "north"],
        &["list"],
        &["show", "one"],
        &["look-up", "--account", "north", "--key-file", key_file],
        &["export", "one", "--format", "env", "--to", &world.text_path("a.env")],
        &["export", "one", "--format", "k8s-secret", "--to", &world.text_path("a.yaml")],
        &["refresh"],
        &["delete", "--account", "north", "--key-file", key_file],
        &["delete", "--account", "north", "--key-file", key_file, "--confirm", "one"],
        &["show", "one"],
        &["import", key_file],
        &["frobnicate"],
    ];
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    for args in runs {
        for form in [&[][..], &["--json"]] {
            let ran = world.licet([args, form].concat());
            for secret in &secrets {
                assert_nowhere(secret, ran.stdout.as_bytes(), &format!("standard output of {args:?}"));
                assert_nowhere(secret, ran.stderr.as_bytes(), &format!("standard error of {args:?}"));
            }
        }
    }
    let kept = files(&world.home());
    assert!(kept.len() >= 3, "{kept:?}");
    for path in kept {
        let bytes = std::fs::read(&path).unwrap();
        for secret in &secrets {
            assert_nowhere(secret, &bytes, &path.display().to_string());
        }
    }
}

#[test]
fn what_was_deleted_leaves_no_key_behind() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world.licet(["remove", "robot", "--confirm", "robot"]).ok();
    for path in files(&world.home()) {
        assert_nowhere(SYSTEM_KEY, &std::fs::read(&path).unwrap(), &path.display().to_string());
    }
}

#[test]
fn a_portals_words_that_repeat_the_token_are_cleaned() {
    let world = World::new();
    let proxy = FaultServer::before(&world.url()).strict();
    let echo: &'static str =
        Box::leak(format!(r#"{{"message": "bad token {}"}}"#, world.token).into_boxed_str());
    proxy.always("POST", Answer::reply(500, "application/json", echo));
    let token = world.text_path("token");
    // Every run looks for the token in what was printed.
    world
        .licet(["accounts", "add", "aidbox", "--name", "n", "--url", &proxy.url(), "--token-file", &token])
        .fails(1);
}
