//! License files: what is written, what stays, and what happens where nothing can be written.

use crate::schema;
use crate::world::{Ran, SYSTEM_KEY, World, run, write};
use std::{
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    process::Command,
};

fn export(world: &World, license: &str, format: &str, to: &str) -> Ran {
    world.licet(["export", license, "--format", format, "--to", to])
}

fn robot() -> World {
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
fn other_keys_and_comments_stay_and_what_was_there_is_kept_beside() {
    let world = World::with(&["one"]);
    let before = "# our box\nPORT=8080\nBOX_LICENSE=old\n";
    let path = world.write(".env", before);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let json = world
        .licet(["export", "one", "--format", "env", "--to", path.to_str().unwrap(), "--json"])
        .ok()
        .json();
    assert_eq!(json["backup"], world.text_path(".env.bak"));
    assert_eq!(world.read(".env"), before.replace("old", &world.key_of("one")));
    assert_eq!(world.read(".env.bak"), before);
    assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
    assert_eq!(std::fs::metadata(world.path(".env.bak")).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn a_file_of_another_license_is_replaced_on_ones_word_alone() {
    let world = World::with(&["one", "two"]);
    let path = world.text_path(".env");
    export(&world, "one", "env", &path).ok();
    let before = world.read(".env");
    let refused = export(&world, "two", "env", &path).fails(5);
    refused.saying("is the license file of \"one\"").saying("hint: choose another place, or say --replace");
    assert_eq!(world.read(".env"), before);
    export(&world, "one", "env", &path).ok();
    // A copy that Licet did not write holds the same key.
    write(&world.path("copy.env"), &before);
    export(&world, "two", "env", &world.text_path("copy.env")).fails(5).saying("of \"one\"");
    let words = ["export", "two", "--format", "env", "--to", &path, "--replace"];
    world.licet(words).ok();
    assert_eq!(world.read(".env").trim_end(), format!("BOX_LICENSE={}", world.key_of("two")));
}

#[test]
fn a_file_that_everybody_can_read_is_written_with_a_warning() {
    let world = World::with(&["one"]);
    let path = world.write(".env", "PORT=8080\n");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let to = path.to_str().unwrap();
    let warned = |words: &str| {
        let expected = format!("warning: everybody on this computer can {words} {to}");
        export(&world, "one", "env", to).ok().saying(&expected);
    };
    warned("read");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
    warned("read or change");
    let words = ["export", "one", "--format", "env", "--to", to, "--json"];
    let json = world.licet(words).ok().json();
    schema::check("export", &json);
    assert_eq!(json["open_to_others"], true);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(export(&world, "one", "env", to).ok().stderr, "");
}

#[test]
fn file_gets_the_mode_that_is_asked_for() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    let words = |mode: &'static str| {
        ["export", "one", "--format", "env", "--to", &path, "--mode", mode].map(str::to_owned)
    };
    let mode = || std::fs::metadata(world.path(".env")).unwrap().permissions().mode() & 0o777;
    world.licet(words("0640")).ok();
    assert_eq!(mode(), 0o640);
    export(&world, "one", "env", &path).ok();
    assert_eq!(mode(), 0o640, "without the option it stays");
    world.licet(words("644")).ok().saying("warning: everybody on this computer can read /");
    for refused in ["666", "660", "777", "4644", "rw"] {
        world.licet(words(refused)).fails(2).saying("only the owner can write");
    }
    assert_eq!(mode(), 0o644);
    let unknown = ["export", "one", "--format", "env", "--to", &path, "--group", "no-such-group"];
    world.licet(unknown).fails(2).saying("use its number");
}

#[test]
fn user_of_an_access_control_list_is_warned_about_unless_asked_for() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    let words = ["export", "one", "--format", "env", "--to", &path, "--readable-by", "472", "--json"];
    let asked = world.licet(words).ok();
    assert_eq!(asked.stderr, "");
    let acl = Command::new("getfacl").args(["-cnp", &path]).output().unwrap();
    assert!(String::from_utf8_lossy(&acl.stdout).contains("user:472:r--"), "{acl:?}");
    let set = Command::new("setfacl").args(["-m", "u:473:r", &path]).status().unwrap();
    assert!(set.success());
    let json = world.licet(&words[..6]).ok().saying("warning: these can read /").stderr.clone();
    assert!(json.contains("user 473") && !json.contains("user 472"), "{json}");
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
fn what_licet_wrote_itself_is_not_backed_up() {
    let world = World::with(&["one", "two"]);
    for license in ["one", "two"] {
        let to = world.text_path(".env");
        world.licet(["export", license, "--format", "env", "--to", &to, "--replace"]).ok();
    }
    assert!(!world.path(".env.bak").exists());
    assert_eq!(
        world.list(&["one"])[0]["files"],
        serde_json::json!([]),
        "the file is the other license's now"
    );
}

#[test]
fn in_place_keeps_the_file_that_a_container_has_mounted() {
    let world = World::with(&["one"]);
    let inode = || std::fs::metadata(world.path(".env")).unwrap().ino();
    write(&world.path(".env"), "PORT=1\n");
    let mounted = inode();
    let to = world.text_path(".env");
    let json = world
        .licet(["export", "one", "--format", "env", "--to", &to, "--in-place", "--keep", "--json"])
        .ok()
        .json();
    assert_eq!((inode(), &json["in_place"], &json["keep"]), (mounted, &true.into(), &true.into()));
    assert!(world.read(".env").starts_with("PORT=1\nBOX_LICENSE="));
}

#[test]
fn a_file_that_is_not_toml_stays_as_it_is() {
    let world = robot();
    let path = world.write("aica-license.toml", "this is = not [toml\n");
    export(&world, "robot", "launcher-toml", path.to_str().unwrap())
        .fails(1)
        .saying("hint: nothing was written");
    assert_eq!(world.read("aica-license.toml"), "this is = not [toml\n");
    assert!(!world.path("aica-license.toml.bak").exists());
}

#[test]
fn a_folder_that_is_missing_or_stands_where_the_file_should_is_told() {
    let world = robot();
    let missing = world.text_path("none/aica-license.toml");
    export(&world, "robot", "launcher-toml", &missing)
        .fails(1)
        .saying("is not there")
        .saying("make the folder first");
    let folder = world.folder.path().to_str().unwrap();
    export(&world, "robot", "launcher-toml", folder)
        .fails(1)
        .saying("is a folder")
        .saying("name a file in it");
}

#[test]
fn a_path_that_only_the_shell_would_have_to_quote_is_written_and_quoted() {
    let world = robot();
    std::fs::create_dir(world.path("it's a folder")).unwrap();
    let path = world.text_path("it's a folder/key.toml");
    world.snapshot("export-quoted-path", &export(&world, "robot", "launcher-toml", &path).ok());
}

#[test]
fn a_path_that_is_no_text_is_wrong_usage_and_nothing_is_written() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let world = robot();
    let path = world.folder.path().join(OsStr::from_bytes(b"key-\xff.toml"));
    let mut command = world.command();
    command.args(["export", "robot", "--format", "launcher-toml", "--to"]).arg(&path);
    world.run(&mut command, "").fails(2).saying("hint: possible: a path that is text");
    assert!(!path.exists());
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

#[test]
fn a_folder_that_may_not_be_written_is_told_and_nothing_changes() {
    let world = robot();
    let folder = world.path("closed");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    let target = world.text_path("closed/key.toml");
    as_nobody(&world, &["export", "robot", "--format", "launcher-toml", "--to", &target])
        .fails(1)
        .saying("may not be written")
        .saying("hint: choose another place");
    assert!(!folder.join("key.toml").exists());
}

#[test]
fn a_file_of_another_owner_is_left_to_its_owner_unless_written_in_place() {
    if !rustix::process::getuid().is_root() {
        return among_own_ids("export::a_file_of_another_owner_is_left_to_its_owner_unless_written_in_place");
    }
    let world = robot();
    let folder = world.path("shared");
    std::fs::create_dir(&folder).unwrap();
    let target = world.write("shared/key.toml", "# ours\n");
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o666)).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    let args = ["export", "robot", "--format", "launcher-toml", "--to", target.to_str().unwrap()];
    as_nobody(&world, &args)
        .fails(1)
        .saying("belongs to root")
        .saying("hint: write into the existing file: --in-place");
    assert_eq!(world.read("shared/key.toml"), "# ours\n");
    as_nobody(&world, &[&args[..], &["--in-place"]].concat()).ok();
    assert!(world.read("shared/key.toml").contains(SYSTEM_KEY));
    assert_eq!(std::fs::metadata(&target).unwrap().uid(), 0);
}

#[test]
fn a_full_disk_is_told_and_the_file_there_is_as_it_was() {
    let world = robot();
    let mount = world.path("small");
    std::fs::create_dir(&mount).unwrap();
    let script = r#"mount -t tmpfs -o size=16k tmpfs "$1" && printf '# kept\n' > "$1/key.toml" &&
        { head -c 1m /dev/zero > "$1/filler" 2>/dev/null; "$2" --home "$3" --unlock-file "$4" \
          export robot --format launcher-toml --to "$1/key.toml"; code=$?; cat "$1/key.toml"; ls -A "$1"; exit $code; }"#;
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", script, "sh"]).arg(&mount).arg(crate::world::PROGRAM);
    command.arg(world.home()).arg(world.path("passphrase")).env("HOME", world.folder.path());
    let ran = run(&mut command, "");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("is full") && ran.stderr.contains("hint: make room"), "{ran:?}");
    assert_eq!(ran.stdout, "# kept\nfiller\nkey.toml\n");
}

/// Tells a story once more as root among user ids of its own, where files can be given to others.
fn among_own_ids(story: &str) {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--map-auto"]).arg(std::env::current_exe().unwrap());
    let ran = run(command.args(["--exact", story, "--nocapture"]), "");
    assert!(
        ran.code == 0 && ran.stdout.contains("1 passed"),
        "{story} lays out a file of another user: tell it as root, or as a user whom /etc/subuid gives further ids \
         (package uidmap): {ran:?}"
    );
}

/// Runs the program as a user who owns the home and nothing else: root ignores permission bits.
fn as_nobody(world: &World, args: &[&str]) -> Ran {
    let open = |name: &str, mode| {
        std::fs::set_permissions(world.path(name), std::fs::Permissions::from_mode(mode)).unwrap()
    };
    if !rustix::process::getuid().is_root() {
        return world.licet(args);
    }
    std::fs::set_permissions(world.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    open("passphrase", 0o644);
    // The built program may lie where nobody may look.
    std::fs::copy(crate::world::PROGRAM, world.path("licet")).unwrap();
    assert!(Command::new("chown").args(["-R", "65534:65534"]).arg(world.home()).status().unwrap().success());
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(world.path("licet"));
    command.arg("--home").arg(world.home()).arg("--unlock-file").arg(world.path("passphrase")).args(args);
    world.run(command.env("HOME", world.folder.path()), "")
}
