//! Bringing in keys, and forgetting them.

use crate::schema;
use crate::world::{SYSTEM_KEY, World};

fn deployment_key() -> String {
    format!("key/{}.{}", "eyJhIjoxfQ".replace("eyJ", "AbC"), "A".repeat(86))
}

#[test]
fn a_license_file_is_called_by_its_stem() {
    let world = World::new();
    let file = world.write("cell-07.toml", &format!("# of cell 7\nLicense = \"{SYSTEM_KEY}\"\n"));
    let json = world.licet(["import", file.to_str().unwrap(), "--json"]).ok().json();
    schema::check("import", &json);
    assert_eq!(json[0]["name"], "cell-07");
    assert_eq!(json[0]["was_known"], false);
    assert_eq!(world.list(&[])[0]["product"], "aica");
}

#[test]
fn a_bare_key_has_neither_name_nor_expiry_and_none_is_invented() {
    let world = World::new();
    let ran = world.licet_reading(["import", "-"], &format!("{SYSTEM_KEY}\n")).ok();
    world.snapshot("import-bare-key-unnamed", &ran);
    let one = &world.list(&[])[0];
    assert_eq!(one["name"], "AICA license …0F2");
    assert_eq!(one["expires"], serde_json::Value::Null);
}

#[test]
fn the_name_given_is_the_one_that_is_kept() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "it's 🤖"], SYSTEM_KEY).ok();
    assert_eq!(world.names(&[]), ["it's 🤖"]);
    world.licet_reading(["import", "-", "--name", "two\nlines"], SYSTEM_KEY).fails(2);
}

#[test]
fn a_deployment_key_and_a_license_string_are_recognised() {
    let world = World::with(&["one"]);
    world.licet_reading(["import", "-", "--name", "plant"], &deployment_key()).ok();
    let key = world.key_of("one");
    let json = world.licet_reading(["import", "-", "--name", "copy", "--json"], &key).ok().json();
    assert_eq!((&json[0]["name"], &json[0]["was_known"]), (&"one".into(), &true.into()), "an account has it");
    world.licet(["remove", "one", "--confirm", "one"]).fails(2);
    world.licet(["accounts", "remove", "north", "--confirm", "north"]).ok();
    assert_eq!(world.names(&["account:files"]), ["one", "plant"], "what was imported stays");
    world.licet(["remove", "one", "--confirm", "one"]).ok();
    world.licet_reading(["import", "-", "--name", "copy"], &key).ok();
    assert_eq!(world.names(&["account:files"]), ["copy", "plant"]);
    let formats = world.licet(["show", "copy", "--json"]).ok().json()["formats"].clone();
    assert!(formats.as_array().unwrap().contains(&"env".into()), "{formats}");
}

#[test]
fn the_same_key_once_more_is_the_same_license() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    let json = world.licet_reading(["import", "-", "--json"], SYSTEM_KEY).ok().json();
    assert_eq!(
        (&json[0]["was_known"], &json[0]["name"], &json[0]["id"]),
        (&true.into(), &"robot".into(), &"L1".into())
    );
    assert_eq!(world.list(&[]).len(), 1);
}

#[test]
fn a_mistyped_key_says_which_part_is_wrong_and_is_not_repeated() {
    let world = World::new();
    let mistyped = SYSTEM_KEY.replace("3E7A6C", "3E7A6G");
    let ran = world.licet_reading(["import", "-"], &mistyped).fails(1);
    assert!(ran.stderr.contains("group 2") || ran.stderr.contains("second"), "{ran:?}");
    assert!(!ran.stderr.contains("3E7A6G"), "{ran:?}");
    world.licet_reading(["import", "-"], "").fails(1).saying("no text");
    world.licet_reading(["import", "-"], "hello").fails(1).saying("no license key");
}

#[test]
fn a_key_given_as_an_argument_is_refused_and_not_repeated() {
    let world = World::new();
    for key in [SYSTEM_KEY.to_owned(), deployment_key()] {
        let ran = world.licet(["import", &key]).fails(2).saying("hint: put it into a file, or pipe it");
        assert!(!ran.stderr.contains(&key), "{ran:?}");
    }
    assert_eq!(world.list(&[]).len(), 0);
}

#[test]
fn of_several_files_the_good_ones_are_imported_and_the_bad_one_is_told() {
    let world = World::new();
    let good = world.write("good.toml", &format!("License = \"{SYSTEM_KEY}\"\n"));
    let bad = world.write("bad.toml", "License = \n");
    let ran = world.licet([bad.to_str().unwrap(), good.to_str().unwrap()].iter().fold(
        vec!["import"],
        |mut all, one| {
            all.push(one);
            all
        },
    ));
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("good") && ran.stderr.contains("line 1"), "{ran:?}");
    assert_eq!(world.names(&[]), ["good"]);
}

#[test]
fn every_file_that_could_not_be_imported_is_named() {
    let world = World::new();
    let good = world.write("good.toml", &format!("License = \"{SYSTEM_KEY}\"\n"));
    let (bad, none) = (world.write("bad.txt", "hello"), world.text_path("none.toml"));
    let args = ["import", bad.to_str().unwrap(), good.to_str().unwrap(), none.as_str()];
    let ran = world.licet(args);
    assert_eq!(ran.code, 1, "{ran:?}");
    let ran = ran
        .saying(&format!("error: {}: this is no license key", bad.display()))
        .saying("none.toml is not there");
    assert!(ran.stdout.contains("good"), "{ran:?}");
    let ran = world.licet(args.into_iter().chain(["--json"]));
    let error = ran.error();
    assert_eq!(error["code"], "import-failed");
    assert_eq!(error["failures"][0]["path"], bad.to_str().unwrap());
    assert_eq!(error["failures"][1]["code"], "file-missing");
}

#[test]
fn another_name_for_a_known_key_is_said() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "k2"], SYSTEM_KEY).ok();
    let again = world.licet_reading(["import", "-", "--name", "cell"], SYSTEM_KEY).ok();
    world.snapshot("import-renamed-bare-key", &again);
    let again = world.licet_reading(["import", "-", "--name", "cell"], SYSTEM_KEY).ok().stdout;
    assert!(!again.contains("renamed"), "{again}");
}

#[test]
fn one_name_for_several_files_is_wrong_usage() {
    let world = World::new();
    world.licet(["import", "a", "b", "--name", "x"]).fails(2).saying("one file only");
    world.licet(["import"]).fails(2);
}

#[test]
fn a_file_that_is_not_there_is_too_large_or_is_no_text_is_told() {
    let world = World::new();
    world.licet(["import", &world.text_path("none.toml")]).fails(3).saying("none.toml is not there");
    world.licet(["import", world.folder.path().to_str().unwrap()]).fails(1).saying("is a folder");
    let large = world.write("large", &"x".repeat(2 << 20));
    world.licet(["import", large.to_str().unwrap()]).fails(1).saying("larger than");
}

#[test]
fn forgetting_takes_the_name_typed_and_leaves_files_alone() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world.licet(["export", "robot", "--format", "launcher-toml", "--to", &world.text_path("key.toml")]).ok();
    world.licet(["remove", "robot"]).fails(5).saying("--confirm robot");
    world.licet(["remove", "robot", "--confirm", "cell"]).fails(5);
    let json = world.licet(["remove", "robot", "--confirm", "robot", "--json"]).ok().json();
    schema::check("remove", &json);
    assert_eq!(world.list(&["status:gone"]).len() + world.list(&[]).len(), 0);
    assert!(world.read("key.toml").contains(SYSTEM_KEY));
}

#[test]
fn a_vendors_license_cannot_be_forgotten() {
    let world = World::with(&["one"]);
    world.licet(["remove", "one", "--confirm", "one"]).fails(2).saying("hint: `licet delete one`");
    world.licet(["remove", "none", "--confirm", "none"]).fails(3);
}

#[test]
fn an_imported_key_is_sent_nowhere() {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world.licet(["refresh"]).ok();
    world.licet(["accounts", "test", "files"]).fails(2).saying("no vendor to ask");
}
