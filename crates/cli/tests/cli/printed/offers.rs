//! What seats, packages, validation and the local Core print.

use crate::world::World;
use portal::CoreState;
use std::os::unix::fs::PermissionsExt as _;
use testkit::put;

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
    put(&settings, &format!("core-address = \"{}/elsewhere\"\n", world.url()));
    world.snapshots("core-other-answer", &["core"]);
    put(&settings, "core-address = \"http://127.0.0.1:1/api\"\n");
    world.snapshots("core-unreachable", &["core"]);
    put(&settings, "core-address = \"localhost\"\n");
    world.snapshot("core-address-invalid", &world.licet(["core"]).fails(2));
    put(&settings, "core-address = \n");
    world.snapshot("settings-not-toml", &world.licet(["list"]).ok());
    put(&settings, "density = \"dense\"\nexpires-soon-days = 7\nno-such-setting = \"dark\"\n");
    world.snapshot("settings-bad-value", &world.licet(["list"]).ok());
    let aidbox = World::with(&["box"]);
    aidbox.snapshot("core-unsupported", &aidbox.licet(["core", "box"]).fails(2));
}
