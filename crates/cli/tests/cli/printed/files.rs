//! What writing license files and certificates prints.

use super::robot;
use crate::licenses::leaked::SUCCESSOR;
use crate::world::World;
use std::os::unix::fs::PermissionsExt as _;

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
