//! Everything that each command prints, as text and as JSON. Set `INSTA_UPDATE=always` to write the snapshots again, and
//! read the difference before you commit it.

use crate::accounts::aica::{add, confirmed};
use crate::instance::token::{instance, root, token};
use crate::keygen::{CODE, PASSWORD};
use crate::licenses::leaked::SUCCESSOR;
use crate::proxy::{Proxy, Rule};
use crate::world::{SYSTEM_KEY, UNKNOWN_KEY, World, write};
use portal::{CoreState, DEMO_PASSWORD};
use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

/// The imported key `robot`.
fn robot() -> World {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world
}

fn add_aidbox<'a>(url: &'a str, token: &'a str) -> [&'a str; 9] {
    ["accounts", "add", "aidbox", "--name", "north", "--url", url, "--token-file", token]
}

#[test]
fn version_and_wrong_usage() {
    let world = World::new();
    world.snapshot("version", &world.licet(["--version"]).ok());
    for (name, args) in [
        ("usage-no-command", &[][..]),
        ("usage-unknown-command", &["frobnicate"]),
        ("usage-unknown-option", &["list", "--frobnicate"]),
        ("usage-missing-argument", &["show"]),
        ("usage-missing-option", &["create", "x", "--account", "north"]),
        ("usage-unknown-format", &["export", "robot", "--format", "pdf", "--stdout"]),
        ("usage-conflict", &["export", "robot", "--format", "jwt", "--stdout", "--keep"]),
        ("usage-json", &["frobnicate", "--json"]),
    ] {
        let ran = world.licet(args);
        assert_eq!(ran.code, 2, "{ran:?}");
        world.snapshot(name, &ran);
    }
}

#[test]
fn missing_home() {
    let world = World::new();
    for (name, args) in [
        ("home-missing-list", &["list"][..]),
        ("home-missing-list-json", &["list", "--json"]),
        ("home-missing-accounts-list", &["accounts", "list"]),
        ("home-missing-show", &["show", "one"]),
    ] {
        world.snapshot(name, &world.licet_locked(args));
    }
}

#[test]
fn unusable_home() {
    let world = World::new();
    write(&world.home(), "a file");
    world.snapshot("home-unusable", &world.licet(["list"]).fails(1));
    world.snapshot("home-unusable-json", &world.licet(["list", "--json"]).fails(1));
    std::fs::remove_file(world.home()).unwrap();
    std::fs::create_dir(world.home()).unwrap();
    write(&world.home().join("library.sqlite3"), &"this is no library ".repeat(100));
    world.snapshot("home-damaged", &world.licet(["list"]).fails(1));

    let world = World::with(&["one"]);
    let library = rusqlite::Connection::open(world.home().join("library.sqlite3")).unwrap();
    library.pragma_update(None, "user_version", 99).unwrap();
    world.snapshot("home-of-newer-version", &world.licet(["list"]).fails(1));
}

#[test]
fn locked_secrets() {
    let world = World::with(&["one"]);
    let stdout = ["export", "one", "--format", "env", "--stdout"];
    world.snapshot("locked", &world.licet_locked(stdout).fails(6));
    world.snapshot("locked-json", &world.licet_locked(["accounts", "test", "north", "--json"]).fails(6));
    world.licet(["show", "one"]).ok();
    world.snapshot("show-locked", &world.licet_locked(["show", "one"]).ok());
    world.snapshot("show-locked-json", &world.licet_locked(["show", "one", "--json"]).ok());
    world.write("passphrase", "another");
    world.snapshot("passphrase-wrong", &world.licet(["list"]).fails(6));
    world.write("passphrase", "\n");
    world.snapshot("passphrase-empty", &world.licet(["list"]).fails(2));
    let new = World::new();
    new.write("passphrase", "abc\n");
    new.snapshot("passphrase-short", &new.licet(["list"]).fails(2));
    let mut command = new.locked_command();
    new.snapshot("keyring-unavailable", &new.run(command.args(["import", "-"]), SYSTEM_KEY).fails(6));
}

#[test]
fn accounts_add() {
    let world = World::new();
    world.issue(&["one", "two"]);
    let (url, file) = (world.url(), world.text_path("token"));
    world.snapshot("accounts-add-aidbox", &world.licet(add_aidbox(&url, &file)).ok());
    let again =
        world.licet(["accounts", "add", "aidbox", "--name", "south", "--url", &url, "--token-file", &file]);
    world.snapshot("accounts-add-twice", &again.ok());
    world.snapshot("accounts-add-name-taken", &world.licet(add_aidbox(&url, &file)).fails(1));
    world.snapshot("accounts-add-local", &world.licet(["accounts", "add", "local", "--name", "here"]).ok());

    let other = World::new();
    let (url, file) = (other.url(), other.text_path("token"));
    let json = other.licet([&add_aidbox(&url, &file)[..], &["--json"]].concat());
    other.snapshot("accounts-add-aidbox-json", &json.ok());
}

#[test]
fn accounts_add_refused() {
    let world = World::new();
    let (url, file) = (world.url(), world.text_path("token"));
    let wrong = world.write("wrong", "licet_0000000000000000000000000000000000000000");
    let wrong = wrong.to_str().unwrap();
    world.snapshot("accounts-add-token-refused", &world.licet(add_aidbox(&url, wrong)).fails(1));
    let json = world.licet([&add_aidbox(&url, wrong)[..], &["--json"]].concat()).fails(1);
    world.snapshot("accounts-add-token-refused-json", &json);
    world.snapshot("accounts-add-no-address", &world.licet(add_aidbox("not an address", &file)).fails(2));
    let missing = world.text_path("missing");
    world.snapshot("accounts-add-no-token-file", &world.licet(add_aidbox(&url, &missing)).fails(1));
    world.snapshot("accounts-add-no-token", &world.licet(&add_aidbox(&url, &file)[..7]).fails(2));
    let proxy = Proxy::before(&url);
    proxy.on("POST", Rule::Answer("200 OK", "text/html", "<!doctype html><title>Welcome</title>"));
    world.snapshot("accounts-add-web-page", &world.licet(add_aidbox(&proxy.url(), &file)).fails(1));
}

#[test]
fn accounts_add_aica() {
    let (world, keygen) = (World::new(), crate::keygen::Keygen::start());
    world.snapshot("accounts-add-aica-host-not-confirmed", &world.licet(add(&keygen, &world)).fails(5));
    let login = confirmed(add(&keygen, &world));
    keygen.want_codes();
    world.snapshot("accounts-add-aica-code-needed", &world.licet(&login).fails(1));
    let code = ["--otp-file".to_owned(), world.write("otp", CODE).to_str().unwrap().to_owned()];
    world.snapshot("accounts-add-aica", &world.licet([&login[..], &code].concat()).ok());
}

#[test]
fn accounts_list_and_test() {
    let world = World::new();
    world.snapshots("accounts-list-empty", &["accounts", "list"]);
    world.issue(&["one"]);
    world.connect("north");
    world.licet(["accounts", "add", "local", "--name", "here"]).ok();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world.snapshots("accounts-list", &["accounts", "list"]);
    world.snapshots("accounts-test", &["accounts", "test", "north"]);
    world.snapshot("accounts-test-no-vendor", &world.licet(["accounts", "test", "files"]).fails(2));
    world.snapshot("accounts-test-unknown", &world.licet(["accounts", "test", "west"]).fails(3));
}

#[test]
fn accounts_log_in_and_out() {
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("accounts-log-out", &world.licet(["accounts", "log-out", "cells"]).ok());
    world.snapshot("refresh-logged-out", &world.licet(["refresh"]));
    let password = world.text_path("password");
    let log_in = ["accounts", "log-in", "cells", "--password-file", &password];
    world.snapshots("accounts-log-in", &log_in);
    world.snapshot("accounts-log-out-json", &world.licet(["accounts", "log-out", "cells", "--json"]).ok());
    let aidbox = World::connected();
    aidbox.snapshot("accounts-log-out-no-session", &aidbox.licet(["accounts", "log-out", "north"]).fails(2));
}

#[test]
fn accounts_remove() {
    let remove = ["accounts", "remove", "cells", "--confirm", "cells"];
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("accounts-remove-not-confirmed", &world.licet(&remove[..3]).fails(5));
    world.snapshot("accounts-remove", &world.licet(remove).ok());
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("accounts-remove-json", &world.licet([&remove[..], &["--json"]].concat()).ok());
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("accounts-remove-session-left", &world.licet_locked(remove).ok());
    let world = robot();
    let files = ["accounts", "remove", "files", "--confirm", "files"];
    world.snapshot("accounts-remove-imported-keys", &world.licet(files).fails(2));
}

#[test]
fn list() {
    let world = World::new();
    world.snapshots("list-empty", &["list"]);
    let world = crate::licenses::list::stocked();
    let path = world.text_path(".env");
    world.licet(["export", "dev box", "--format", "env", "--to", &path]).ok();
    world.snapshots("list", &["list"]);
    world.snapshot("list-quiet", &world.licet(["list", "--quiet"]).ok());
    world.snapshot("list-filtered", &world.licet(["list", "type:dev"]).ok());
    world.snapshot("list-nothing-found", &world.licet(["list", "status:expired"]).ok());
}

#[test]
fn filter_errors() {
    let world = World::connected();
    for (name, word) in [
        ("filter-field", "typ:dev"),
        ("filter-type", "type:test"),
        ("filter-hosting", "hosting:cloud"),
        ("filter-expires-in", "expires-in:soon"),
        ("filter-expires-after", "expires-after:soon"),
        ("filter-status", "status:fine"),
        ("filter-account", "account:west"),
    ] {
        world.snapshot(name, &world.licet(["list", word]).fails(2));
    }
    world.snapshot("filter-json", &world.licet(["list", "typ:dev", "--json"]).fails(2));
}

#[test]
fn show() {
    let world = World::with(&["one"]);
    world.licet(["create", "play", "--account", "north", "--type", "prod", "--hosting", "sandbox"]).ok();
    let path = world.text_path(".env");
    world.licet(["export", "one", "--format", "env", "--to", &path]).ok();
    world.snapshots("show-aidbox", &["show", "one"]);
    world.snapshot("show-aidbox-sandbox", &world.licet(["show", "play"]).ok());
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshots("show-aica", &["show", "cell"]);
    let world = robot();
    world.snapshots("show-imported", &["show", "robot"]);
    world.licet(["leaked", "robot"]).ok();
    world.snapshots("show-leaked", &["show", "robot"]);
}

#[test]
fn show_of_no_license_or_several() {
    let world = World::with(&["twin", "twin"]);
    world.snapshot("show-unknown", &world.licet(["show", "none"]).fails(3));
    world.snapshot("show-unknown-json", &world.licet(["show", "none", "--json"]).fails(3));
    world.snapshot("show-ambiguous", &world.licet(["show", "twin"]).fails(4));
    world.snapshot("show-ambiguous-json", &world.licet(["show", "twin", "--json"]).fails(4));
}

#[test]
fn create() {
    let world = World::connected();
    let create = |name: &'static str, more: &[&'static str]| {
        world.licet([&["create", name, "--account", "north", "--type", "dev"], more].concat())
    };
    world.snapshot("create", &create("one", &[]).ok());
    world.snapshot("create-json", &create("two", &["--hosting", "sandbox", "--json"]).ok());
    world.snapshot("create-quiet", &create("three", &["--quiet"]).ok());
    world.snapshot("create-name-taken", &create("one", &[]).fails(1));
    world.snapshot("create-name-empty", &create("", &[]).fails(2));
    world.snapshot("create-hosting-aws", &create("x", &["--hosting", "aws"]).fails(2));
    world.snapshot("create-goal-unknown", &create("x", &["--goal", "fun"]).fails(2));
    world.snapshot("create-pointless-option", &create("x", &["--fhir-version", "5.0.0"]).fails(2));
}

#[test]
fn create_and_delete_of_unknown_outcome() {
    let world = World::new();
    let proxy = Proxy::before(&world.url());
    let token = world.text_path("token");
    world.licet(add_aidbox(&proxy.url(), &token)).ok();
    proxy.on("issue-license", Rule::CommitThenDrop);
    proxy.once_after("issue-license", "get-licenses", Rule::Drop);
    let create = ["create", "one", "--account", "north", "--type", "dev"];
    world.snapshot("create-outcome-unknown", &world.licet(create).fails(7));
    world.snapshot("create-unsettled", &world.licet(create).fails(7));
    world.snapshot("create-unsettled-json", &world.licet([&create[..], &["--json"]].concat()).fails(7));
    world.snapshots("accounts-list-unsettled", &["accounts", "list"]);
}

#[test]
fn delete() {
    let world = World::with(&["one", "two", "three"]);
    let path = world.text_path(".env");
    world.licet(["export", "one", "--format", "env", "--to", &path]).ok();
    world.snapshot("delete-not-confirmed", &world.licet(["delete", "one"]).fails(5));
    world.snapshot("delete-not-confirmed-json", &world.licet(["delete", "one", "--json"]).fails(5));
    world.snapshot("delete", &world.licet(["delete", "one", "--confirm", "one"]).ok());
    world.snapshot("delete-json", &world.licet(["delete", "two", "--confirm", "two", "--json"]).ok());
    world.snapshot("export-gone", &world.licet(["export", "L1", "--format", "jwt", "--stdout"]).fails(1));
    world.snapshot("list-gone", &world.licet(["list", "status:gone"]).ok());
    let by_key = ["delete", "--account", "north", "--key-file", "-", "--confirm", "three"];
    world.snapshot("delete-by-unknown-key", &world.licet_reading(by_key, UNKNOWN_KEY).fails(3));
    let key = world.key_of("three");
    world.snapshot("delete-by-key", &world.licet_reading(by_key, &key).ok());
}

#[test]
fn import_and_forget() {
    let world = World::new();
    let file = world.write("cell-07.toml", &format!("License = \"{SYSTEM_KEY}\"\n"));
    let file = file.to_str().unwrap();
    world.snapshot("import-file", &world.licet(["import", file]).ok());
    world.snapshot("import-known", &world.licet(["import", file]).ok());
    world.snapshot("import-json", &world.licet(["import", file, "--json"]).ok());
    let renamed = world.licet(["import", file, "--name", "cell"]).ok();
    world.snapshot("import-renamed", &renamed);
    world.snapshot("import-bare-key", &world.licet_reading(["import", "-"], SUCCESSOR).ok());
    let other = SUCCESSOR.replace("V3", "V4");
    world
        .snapshot("import-other-version", &world.licet_reading(["import", "-", "--name", "v4"], &other).ok());

    let (bad, none) = (world.write("bad.txt", "hello"), world.text_path("none.toml"));
    let several = ["import", bad.to_str().unwrap(), file, &none];
    world.snapshot("import-failed", &world.licet(several));
    world.snapshot("import-failed-json", &world.licet([&several[..], &["--json"]].concat()));
    let mistyped = SYSTEM_KEY.replace("3E7A6C", "3E7A6G");
    world.snapshot("import-mistyped", &world.licet_reading(["import", "-"], &mistyped).fails(1));
    world.snapshot("import-key-as-argument", &world.licet(["import", SYSTEM_KEY]).fails(2));

    world.snapshot("remove-not-confirmed", &world.licet(["remove", "cell"]).fails(5));
    world.snapshot("remove", &world.licet(["remove", "cell", "--confirm", "cell"]).ok());
    world.snapshot("remove-json", &world.licet(["remove", "v4", "--confirm", "v4", "--json"]).ok());
    let aidbox = World::with(&["one"]);
    aidbox.snapshot("remove-of-vendor", &aidbox.licet(["remove", "one", "--confirm", "one"]).fails(2));
}

#[test]
fn export_to_file() {
    let world = World::with(&["one"]);
    let export = |format: &str, file: &str, more: &[&str]| {
        let to = world.text_path(file);
        world.licet([&["export", "one", "--format", format, "--to", &to], more].concat()).ok()
    };
    world.snapshot("export-env", &export("env", ".env", &[]));
    world.snapshot("export-env-again", &export("env", ".env", &[]));
    world.snapshot("export-env-keep", &export("env", ".env", &["--keep"]));
    world.snapshot("export-env-json", &export("env", ".env", &["--json"]));
    world.snapshot("export-env-old-variable", &export("env", "old.env", &["--variable", "AIDBOX_LICENSE"]));
    world.snapshot("export-jwt", &export("jwt", "license.jwt", &[]));
    world.snapshot("export-k8s-secret", &export("k8s-secret", "secret.yaml", &[]));
    let shared = world.write("shared.env", "BOX_LICENSE=old\n");
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o644)).unwrap();
    world.snapshot("export-shared-with-backup", &export("env", "shared.env", &[]));
    let missing = world.text_path("none/.env");
    let ran = world.licet(["export", "one", "--format", "env", "--to", &missing]);
    world.snapshot("export-folder-missing", &ran.fails(1));
    let folder = world.folder.path().to_str().unwrap();
    let ran = world.licet(["export", "one", "--format", "env", "--to", folder, "--json"]);
    world.snapshot("export-folder-json", &ran.fails(1));
}

#[test]
fn export_of_imported_key() {
    let world = robot();
    let file = world.text_path("aica-license.toml");
    let export = ["export", "robot", "--format", "launcher-toml", "--to", &file];
    world.snapshot("export-launcher-toml", &world.licet(export).ok());
    world.snapshot("export-launcher-toml-json", &world.licet([&export[..], &["--json"]].concat()).ok());
    world.snapshot(
        "export-format-does-not-fit",
        &world.licet(["export", "robot", "--format", "env", "--stdout"]).fails(2),
    );
    world.licet_reading(["import", "-", "--name", "other"], SUCCESSOR).ok();
    let other = ["export", "other", "--format", "launcher-toml", "--to", &file];
    world.snapshot("export-file-of-another", &world.licet(other).fails(5));
    world.licet(["leaked", "robot"]).ok();
    world.snapshot("export-leaked", &world.licet(export).ok());
    let expired = ["eyJhbGciOiJIUzI1NiJ9", "eyJleHAiOjEwMDAwMDAwMDB9", "c2ln"].join(".");
    world.licet_reading(["import", "-", "--name", "old"], &expired).ok();
    world.snapshot("export-expired", &world.licet(["export", "old", "--format", "jwt", "--stdout"]).ok());
}

#[test]
fn export_to_standard_output() {
    let world = World::with(&["one"]);
    for format in ["env", "jwt", "k8s-secret"] {
        let ran = world.licet(["export", "one", "--format", format, "--stdout"]).ok();
        world.snapshot(&format!("export-{format}-stdout"), &ran);
    }
    let world = robot();
    let ran = world.licet(["export", "robot", "--format", "launcher-toml", "--stdout"]).ok();
    world.snapshot("export-launcher-toml-stdout", &ran);
}

#[test]
fn export_and_import_of_certificate() {
    let world = crate::files::certificate::connected();
    let certificate = ["export", "cell-07", "--format", "certificate"];
    let file = world.text_path("license.lic");
    let to = ["--to", &file, "--ttl", "30d", "--entitlements", "--encrypt"];
    world.snapshot("export-certificate", &world.licet([&certificate[..], &to].concat()).ok());
    world.snapshot(
        "export-certificate-json",
        &world.licet([&certificate[..], &to, &["--json"]].concat()).ok(),
    );
    world
        .snapshot("export-certificate-stdout", &world.licet([&certificate[..], &["--stdout"]].concat()).ok());
    let misplaced = ["export", "cell-07", "--format", "launcher-toml", "--stdout", "--encrypt"];
    world.snapshot("export-misplaced-terms", &world.licet(misplaced).fails(2));

    let offline = World::new();
    let lic = offline.write("license.lic", &world.read("license.lic"));
    let key = offline.write("key.toml", &crate::files::certificate::license_file(&world));
    let lic = lic.to_str().unwrap();
    offline.snapshot("import-certificate-without-key", &offline.licet(["import", lic]).fails(1));
    let with = ["import", lic, "--license-key-file", key.to_str().unwrap()];
    offline.snapshot("import-certificate-unverified", &offline.licet(with).ok());
    let issuer = world.portal.public_key_hex();
    let with = [&with[..], &["--issuer-key", &issuer]].concat();
    // The issuer's key differs between runs, so it is not in the snapshot.
    let verified = offline.licet(with.iter().copied().chain(["--json"])).ok();
    offline.snapshot("import-certificate-json", &verified);
    offline.snapshots("show-certificate", &["show", "cell-07"]);
}

#[test]
fn refresh() {
    let world = World::with(&["one"]);
    world.connect("south");
    world.issue(&["two"]);
    world.snapshot("refresh", &world.licet(["refresh"]).ok());
    world.issue(&["three"]);
    world.snapshot("refresh-json", &world.licet(["refresh", "--json"]).ok());
    world.snapshot("refresh-unknown-account", &world.licet(["refresh", "--account", "west"]).fails(3));
    let empty = World::new();
    empty.snapshots("refresh-no-accounts", &["refresh"]);
}

#[test]
fn refresh_finds_changed_file() {
    let world = World::with(&["one"]);
    let path = world.text_path(".env");
    world.licet(["export", "one", "--format", "env", "--to", &path, "--keep"]).ok();
    write(Path::new(&path), "BOX_LICENSE=mine\n");
    world.snapshots("refresh-file-changed", &["refresh"]);
    std::fs::remove_file(&path).unwrap();
    world.snapshot("refresh-file-missing", &world.licet(["refresh"]).ok());
}

#[test]
fn refresh_refused() {
    let world = World::new();
    world.issue(&["one"]);
    let proxy = Proxy::before(&world.url());
    world.licet(add_aidbox(&proxy.url(), &world.text_path("token"))).ok();
    proxy.on("POST", Rule::Answer("401 Unauthorized", "application/json", r#"{"message": "revoked"}"#));
    world.snapshots("refresh-refused", &["refresh"]);
    world.snapshots("accounts-list-failed", &["accounts", "list"]);
}

#[test]
fn seats() {
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshots("seats", &["seats", "cell"]);
    world.snapshot(
        "seats-release-not-confirmed",
        &world.licet(["seats", "cell", "--release", "cell-07"]).fails(5),
    );
    let unknown = ["seats", "cell", "--release", "cell-9", "--confirm", "cell-9"];
    world.snapshot("seats-release-unknown", &world.licet(unknown).fails(3));
    let release = ["seats", "cell", "--release", "cell-07", "--confirm", "cell-07"];
    world.snapshot("seats-release", &world.licet(release).ok());
    world.snapshot("seats-none", &world.licet(["seats", "cell"]).ok());
    let (world, _keygen) = crate::accounts::aica::connected();
    world.snapshot("seats-release-json", &world.licet([&release[..], &["--json"]].concat()).ok());
    let aidbox = World::with(&["one"]);
    aidbox.snapshot("seats-unsupported", &aidbox.licet(["seats", "one"]).fails(2));
}

#[test]
fn packages() {
    let world = crate::files::certificate::connected();
    world.snapshots("packages", &["packages", "cell-07"]);
    world.snapshot("packages-search", &world.licet(["packages", "cell-07", "--search", "MOTION oci"]).ok());
    world.snapshots("packages-releases", &["packages", "cell-07", "--package", "core"]);
    world.snapshot("packages-unknown", &world.licet(["packages", "cell-07", "--package", "none"]).fails(3));
    let file = world.text_path("aica-license.toml");
    world.licet(["export", "cell-07", "--format", "launcher-toml", "--to", &file]).ok();
    world.snapshot("packages-with-file", &world.licet(["packages", "cell-07"]).ok());

    let folder = world.path("bin");
    std::fs::create_dir(&folder).unwrap();
    let docker = world.write("bin/docker", "#!/bin/sh\ncat > /dev/null\necho Login Succeeded\n");
    std::fs::set_permissions(&docker, std::fs::Permissions::from_mode(0o755)).unwrap();
    for (name, args) in [
        ("packages-login", &["packages", "cell-07", "--login"][..]),
        ("packages-login-json", &["packages", "cell-07", "--login", "--json"]),
    ] {
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        world.snapshot(name, &world.run(world.command().args(args).env("PATH", path), "").ok());
    }
    let ran = world.run(world.command().args(["packages", "cell-07", "--login"]).env("PATH", "/nowhere"), "");
    world.snapshot("packages-login-no-client", &ran.fails(1));
}

#[test]
fn validate() {
    let (world, keygen) = crate::accounts::aica::connected();
    world.snapshots("validate-yes", &["validate", "cell"]);
    keygen.suspend_license();
    world.snapshots("validate-no", &["validate", "cell"]);
    let aidbox = World::with(&["one"]);
    aidbox.snapshot("validate-unsupported", &aidbox.licet(["validate", "one"]).fails(2));
}

#[test]
fn look_up() {
    let world = World::with(&["one"]);
    let key = world.write("key", &world.key_of("one"));
    world.snapshots("look-up", &["look-up", "--account", "north", "--key-file", key.to_str().unwrap()]);
    let by_input = ["look-up", "--account", "north", "--key-file", "-"];
    world.snapshot("look-up-unknown", &world.licet_reading(by_input, UNKNOWN_KEY).fails(3));
    world.snapshot("look-up-no-key", &world.licet(&by_input[..3]).fails(2));
}

#[test]
fn instance_without_token() {
    let world = crate::instance::token::connected();
    for (name, args) in [
        ("instance-check-no", &["check"][..]),
        ("instance-check-no-json", &["check", "--json"]),
        ("instance-token-none", &["token"]),
        ("instance-token-none-json", &["token", "--json"]),
        ("instance-stats-no-token", &["stats"]),
        ("instance-restore-none", &["restore"]),
    ] {
        world.snapshot(name, &instance(&world, args));
    }
}

#[test]
fn instance_with_token() {
    let world = crate::instance::token::connected();
    let one = token(&world, "one.jwt", None);
    world.snapshot("instance-apply", &instance(&world, &["apply", &one]));
    world.snapshot("instance-apply-json", &instance(&world, &["apply", &one, "--json"]));
    world.snapshot("instance-check-yes", &instance(&world, &["check"]).ok());
    world.snapshot("instance-check-yes-json", &instance(&world, &["check", "--json"]).ok());
    world.snapshot("instance-token", &instance(&world, &["token"]).ok());
    world.snapshot("instance-token-json", &instance(&world, &["token", "--json"]).ok());
    world.snapshot("instance-stats", &instance(&world, &["stats"]).ok());
    world.snapshot("instance-stats-json", &instance(&world, &["stats", "--json"]).ok());
    world.snapshot("list-dashboard", &world.licet(["list"]).ok());
    world.snapshots("show-dashboard", &["show", "L1"]);
    let file = world.text_path("license.jwt");
    let export = ["export", "L1", "--format", "jwt", "--to", &file];
    world.snapshot("export-instance-jwt", &world.licet(export).ok());
    world.snapshot("instance-renew", &instance(&world, &["renew"]).ok());
    world.snapshot("instance-renew-json", &instance(&world, &["renew", "--json"]).ok());
    world.snapshot("export-outdated-refused", &world.licet(export).fails(5));
    world.snapshot("export-outdated", &world.licet([&export[..], &["--outdated"]].concat()).ok());
    world.snapshot("instance-remove-not-confirmed", &instance(&world, &["remove"]).fails(5));
    let root = root(&world);
    world.snapshot("instance-remove", &instance(&world, &["remove", "--confirm", &root]).ok());
    world.snapshot("instance-remove-json", &instance(&world, &["remove", "--confirm", &root, "--json"]).ok());
}

#[test]
fn instance_token_with_findings() {
    let world = crate::instance::token::connected();
    let other = token(&world, "other.jwt", Some("https://other.example/metrics"));
    world.snapshot("instance-apply-refused", &instance(&world, &["apply", &other]).fails(5));
    world.snapshot("instance-apply-refused-json", &instance(&world, &["apply", &other, "--json"]).fails(5));
    world.snapshot("instance-apply-forced", &instance(&world, &["apply", &other, "--force"]).ok());
    let two = token(&world, "two.jwt", None);
    instance(&world, &["apply", &two]).ok();
    world.snapshot("instance-restore-refused", &instance(&world, &["restore"]).fails(5));
    world.snapshot("instance-restore", &instance(&world, &["restore", "--force"]).ok());
    world.write("torn.jwt", world.read("two.jwt").trim().rsplit_once('.').unwrap().0);
    let torn = world.text_path("torn.jwt");
    world.snapshot("instance-apply-torn", &instance(&world, &["apply", &torn]).fails(5));
}

#[test]
fn core() {
    let world = crate::instance::local_core::beside_a_core();
    world.snapshots("core-undetermined", &["core", "cell-07"]);
    let packages = [("core".to_owned(), "4.4.2".to_owned())].into();
    let online = CoreState { online: true, packages, entitlements: vec!["vision".to_owned()] };
    world.portal.set_core(Some(&online)).unwrap();
    world.snapshots("core-online", &["core"]);
    world.portal.set_core(Some(&CoreState { online: false, ..online })).unwrap();
    world.snapshots("core-offline", &["core"]);
    let settings = world.home().join("settings.toml");
    write(&settings, &format!("core-address = \"{}/elsewhere\"\n", world.url()));
    world.snapshots("core-other-answer", &["core"]);
    write(&settings, "core-address = \"http://127.0.0.1:1/api\"\n");
    world.snapshots("core-unreachable", &["core"]);
    write(&settings, "core-address = \"localhost\"\n");
    world.snapshot("core-address-invalid", &world.licet(["core"]).fails(2));
    write(&settings, "core-address = \n");
    world.snapshot("settings-not-toml", &world.licet(["list"]).ok());
    write(&settings, "density = \"dense\"\nexpires-soon-days = 7\nno-such-setting = \"dark\"\n");
    world.snapshot("settings-bad-value", &world.licet(["list"]).ok());
    let aidbox = World::with(&["box"]);
    aidbox.snapshot("core-unsupported", &aidbox.licet(["core", "box"]).fails(2));
}

#[test]
fn leaked() {
    let world = robot();
    let file = world.text_path("aica-license.toml");
    world.licet(["export", "robot", "--format", "launcher-toml", "--to", &file]).ok();
    world.snapshots("leaked", &["leaked", "robot"]);
    world.snapshot("list-leaked", &world.licet(["list"]).ok());
    world.snapshots("leaked-take-back", &["leaked", "robot", "--take-back"]);
    let successor = ["leaked", "robot", "--successor-file", "-"];
    world.snapshot("leaked-same-key", &world.licet_reading(successor, SYSTEM_KEY).fails(1));
    world.licet(["leaked", "robot"]).ok();
    world.snapshot("leaked-successor", &world.licet_reading(successor, SUCCESSOR).ok());
    let world = robot();
    world.licet(["leaked", "robot"]).ok();
    let json = [&successor[..], &["--json"]].concat();
    world.snapshot("leaked-successor-json", &world.licet_reading(json, SUCCESSOR).ok());
}

#[test]
fn replace() {
    let world = World::with(&["old"]);
    let path = world.text_path(".env");
    world.licet(["export", "old", "--format", "env", "--to", &path]).ok();
    let replace = |old: &str, new: &str, more: &[&str]| {
        world.licet([&["replace", old, "--name", new, "--confirm", old], more].concat())
    };
    let not_confirmed = ["replace", "old", "--name", "new", "--confirm", "new"];
    world.snapshot("replace-not-confirmed", &world.licet(not_confirmed).fails(5));
    world.snapshot("replace", &replace("old", "new", &[]).ok());
    world.snapshot("replace-json", &replace("new", "newer", &["--json"]).ok());
    std::fs::remove_file(&path).unwrap();
    world.snapshot("replace-interrupted", &replace("newer", "newest", &[]).fails(1));
    world.snapshot("replace-under-way", &replace("newer", "newest", &[]).fails(1));
    world.snapshot("replace-give-up", &world.licet(["replace", "newer", "--give-up"]).ok());
    world.snapshot("replace-nothing-open", &world.licet(["replace", "newer", "--resume"]).fails(3));
    replace("newer", "another", &[]).fails(1);
    world.snapshot("replace-give-up-json", &world.licet(["replace", "newer", "--give-up", "--json"]).ok());
}

#[test]
fn unreadable_input() {
    let world = World::new();
    let mut command = world.locked_command();
    let (url, missing) = (world.url(), world.text_path("missing"));
    command.args(["--unlock-file", "-"]).args(add_aidbox(&url, "-"));
    world.snapshot("input-read-twice", &world.run(&mut command, "x").fails(2));
    let mut command = world.locked_command();
    command.args(["--json", "--unlock-file", &missing, "list"]);
    world.snapshot("input-unreadable-json", &world.run(&mut command, "").fails(1));
}

/// Every snapshot of this program's outputs and of its help.
fn snapshots() -> Vec<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/cli/snapshots", "src/output/snapshots"].map(|folder| package.join(folder));
    folders.iter().flat_map(|folder| folder.read_dir().unwrap()).map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn snapshots_hold_no_secret() {
    let of_world = [SYSTEM_KEY, SUCCESSOR, PASSWORD, DEMO_PASSWORD, crate::instance::token::PASSWORD];
    // How a JWT, a JWT in base64, a portal's token and a session begin.
    let secrets = of_world.into_iter().chain(["eyJ", "ZXlK", "licet_0", "user-5f0c2a9e"]);
    let all = snapshots();
    assert!(all.len() > 150, "{} snapshots", all.len());
    for path in all {
        let text = std::fs::read_to_string(&path).unwrap();
        for secret in secrets.clone() {
            assert!(!text.contains(secret), "a secret is in {}", path.display());
        }
        assert_eq!(path.extension().unwrap(), "snap", "{} was not reviewed", path.display());
    }
}
