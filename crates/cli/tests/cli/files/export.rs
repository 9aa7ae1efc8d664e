//! License files: what is written, and which licenses and formats are refused.

use crate::schema;
use crate::world::{Ran, SYSTEM_KEY, World};
use std::os::unix::fs::PermissionsExt as _;

pub(super) fn export(world: &World, license: &str, format: &str, to: &str) -> Ran {
    world.licet(["export", license, "--format", format, "--to", to])
}

pub(super) fn robot() -> World {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world
}

#[test]
fn a_new_env_file_holds_the_license_and_is_for_its_owner_alone() {
    let world = World::with(&["one"]);
    let ran = export(&world, "one", "env", &world.text_path(".env")).ok();
    assert!(!ran.stdout.contains("restart"), "nothing can have read it yet: {ran:?}");
    world.snapshot("export-env", &ran);
    let again = export(&world, "one", "env", &world.text_path(".env")).ok();
    world.snapshot("export-env-again", &again);
    assert_eq!(world.read(".env").trim_end(), format!("BOX_LICENSE={}", world.key_of("one")));
    assert_eq!(std::fs::metadata(world.path(".env")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn every_format_of_a_portals_license_is_written() {
    let world = World::with(&["one"]);
    let key = world.key_of("one");
    for (format, file, next) in
        [("jwt", "license.jwt", "BOX_LICENSE="), ("k8s-secret", "secret.yaml", "kubectl apply -f")]
    {
        let json = world
            .licet(["export", "one", "--format", format, "--to", &world.text_path(file), "--json"])
            .ok()
            .json();
        schema::check("export", &json);
        assert!(json["next"].as_str().unwrap().contains(next), "{json}");
        assert_eq!(json["state"], "up-to-date");
    }
    assert_eq!(world.read("license.jwt").trim_end(), key);
    assert!(world.read("secret.yaml").contains("kind: Secret"));
}

#[test]
fn an_old_instance_gets_its_variable_and_the_lines_for_compose() {
    let world = World::with(&["one"]);
    let old = ["export", "one", "--format", "env", "--variable", "AIDBOX_LICENSE"];
    let json = world.licet([&old[..], &["--to", &world.text_path(".env"), "--json"]].concat()).ok().json();
    schema::check("export", &json);
    assert_eq!(json["format"], "env-aidbox-license");
    assert_eq!(json["snippets"][0]["purpose"], "compose");
    assert!(json["snippets"][0]["text"].as_str().unwrap().contains("AIDBOX_LICENSE: ${AIDBOX_LICENSE}"));
    assert_eq!(world.read(".env").trim_end(), format!("AIDBOX_LICENSE={}", world.key_of("one")));
    world.licet([&old[..], &["--stdout"]].concat()).ok();
    let wrong = ["export", "one", "--format", "jwt", "--variable", "AIDBOX_LICENSE", "--stdout"];
    world.licet(wrong).fails(2).saying("--format env");
}

#[test]
fn both_variables_of_a_file_hold_the_license() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    export(&world, "one", "env", &path).ok();
    world
        .licet(["export", "one", "--format", "env", "--variable", "AIDBOX_LICENSE", "--to", &path, "--keep"])
        .ok();
    let key = world.key_of("one");
    assert_eq!(world.read(".env"), format!("BOX_LICENSE={key}\nAIDBOX_LICENSE={key}\n"));
}

#[test]
fn a_file_that_is_kept_stays_kept_without_a_word() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    let export = ["export", "one", "--format", "env", "--to", &path, "--json"];
    assert_eq!(world.licet(export).ok().json()["keep"], false);
    assert_eq!(world.licet([&export[..], &["--keep"]].concat()).ok().json()["keep"], true);
    assert_eq!(world.licet(export).ok().json()["keep"], true);
    world.snapshot("export-env-kept", &world.licet(&export[..6]).ok());
}

#[test]
fn a_leaked_key_is_warned_of_before_it_is_written_and_marked_in_the_list() {
    let world = robot();
    world.licet(["leaked", "robot"]).ok();
    let ran = export(&world, "robot", "launcher-toml", &world.text_path("aica-license.toml")).ok();
    world.snapshot("export-leaked-new-file", &ran);
    world.snapshot("list-leaked", &world.licet(["list"]).ok());
}

#[test]
fn the_launchers_file_holds_an_imported_key() {
    let world = robot();
    let ran = export(&world, "robot", "launcher-toml", &world.text_path("aica-license.toml")).ok();
    world.snapshot("export-launcher-toml", &ran);
    assert_eq!(world.read("aica-license.toml"), format!("License = \"{SYSTEM_KEY}\"\n"));
}

#[test]
fn a_format_that_the_key_does_not_fit_is_wrong_usage_and_says_which_do() {
    let world = robot();
    export(&world, "robot", "env", &world.text_path("x")).fails(2).saying("possible: launcher-toml");
    export(&world, "robot", "pdf", &world.text_path("x"))
        .fails(2)
        .saying("launcher-toml, env, jwt, k8s-secret");
    assert!(!world.path("x").exists());
}

#[test]
fn a_license_that_is_expired_is_written_with_a_warning() {
    let world = World::new();
    let expired = ["eyJhbGciOiJIUzI1NiJ9", "eyJleHAiOjEwMDAwMDAwMDB9", "c2ln"].join(".");
    world.licet_reading(["import", "-", "--name", "old"], &expired).ok();
    export(&world, "old", "jwt", &world.text_path("old.jwt"))
        .ok()
        .saying("warning: \"old\" is expired: 2001-09-0");
    world.licet(["export", "old", "--format", "jwt", "--stdout"]).ok().saying("is expired");
}

#[test]
fn a_license_that_is_gone_is_not_written_and_deleting_it_names_its_files() {
    let world = World::with(&["one", "two"]);
    let id = world.list(&["one"])[0]["id"].as_str().unwrap().to_owned();
    let path = world.text_path(".env");
    export(&world, "one", "env", &path).ok();
    let deleted = world.licet(["delete", "one", "--confirm", "one", "--json"]).ok().json();
    schema::check("delete", &deleted);
    assert_eq!(deleted["deleted"]["files"], serde_json::json!([path]));
    export(&world, &id, "env", &path)
        .fails(1)
        .saying("is gone at its vendor")
        .saying("hint: `licet refresh`");
    export(&world, "two", "env", &path).ok();
    let text = world.licet(["delete", "two", "--confirm", "two"]).ok().stdout;
    assert!(text.contains(&format!("Its key still stands in {path}")), "{text}");
}

#[test]
fn a_path_that_only_the_shell_would_have_to_quote_is_written_and_quoted() {
    let world = robot();
    std::fs::create_dir(world.path("it's a folder")).unwrap();
    let path = world.text_path("it's a folder/key.toml");
    world.snapshot("export-quoted-path", &export(&world, "robot", "launcher-toml", &path).ok());
}

#[test]
fn on_standard_output_stands_the_files_text_and_nothing_else() {
    let world = World::with(&["one"]);
    let key = world.key_of("one");
    let ran = world.licet(["export", "one", "--format", "env", "--stdout"]).ok();
    assert_eq!((ran.stdout.trim_end(), ran.stderr.as_str()), (format!("BOX_LICENSE={key}").as_str(), ""));
}

#[test]
fn options_that_do_not_go_together_are_wrong_usage() {
    let world = robot();
    for more in [
        &[][..],
        &["--stdout", "--to", "x"],
        &["--stdout", "--json"],
        &["--stdout", "--keep"],
        &["--stdout", "--in-place"],
    ] {
        world.licet([&["export", "robot", "--format", "launcher-toml"][..], more].concat()).fails(2);
    }
}

#[test]
fn a_license_that_is_not_there_or_is_ambiguous_is_told() {
    let world = World::with(&["twin", "twin"]);
    export(&world, "none", "env", "x").fails(3);
    export(&world, "twin", "env", "x").fails(4);
}
