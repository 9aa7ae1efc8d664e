//! Packages, the registry's login, and certificates that are brought to a computer without network.

use crate::schema;
use crate::world::World;
use portal::{DEMO_EMAIL, DEMO_PASSWORD};
use std::os::unix::fs::PermissionsExt as _;

/// The account of the portal's samples is connected, with a registry of its own.
pub(crate) fn connected() -> World {
    let world = World::new();
    world.portal.seed_demo().unwrap();
    let password = world.write("password", DEMO_PASSWORD);
    let url = world.url();
    let args = ["accounts", "add", "aica", "--name", "cells", "--url", &url, "--vendor-account", "demo"];
    let login = [
        "--email",
        DEMO_EMAIL,
        "--confirm-host",
        "127.0.0.1",
        "--registry",
        "registry.example",
        "--confirm-registry",
        "registry.example",
    ];
    let password = ["--password-file", password.to_str().unwrap()];
    world.licet(args.into_iter().chain(login).chain(password)).ok();
    world
}

/// The text of the launcher's file, key included.
pub(crate) fn license_file(world: &World) -> String {
    world.licet(["export", "cell-07", "--format", "launcher-toml", "--stdout"]).ok().stdout
}

#[test]
fn packages_are_listed_searched_and_opened() {
    let world = connected();
    let json = world.licet(["packages", "cell-07", "--json"]).ok().json();
    schema::check("packages", &json);
    assert_eq!(json["registry"]["host"], "registry.example");
    let keys: Vec<_> = json["packages"].as_array().unwrap().iter().map(|one| one["key"].clone()).collect();
    assert_eq!(keys, ["core", "motion-control", "vision"]);
    let found = world.licet(["packages", "cell-07", "--search", "MOTION oci"]).ok();
    assert!(!found.stdout.contains("vision"), "{found:?}");
    world.snapshot("packages-search", &found);
    let json = world.licet(["packages", "cell-07", "--package", "core", "--json"]).ok().json();
    schema::check("packages", &json);
    let releases = json["packages"][0]["releases"].as_array().unwrap();
    assert_eq!((releases.len(), releases[0]["artifacts"][0]["platform"].as_str()), (2, Some("linux")));
    world.snapshot("packages-releases", &world.licet(["packages", "cell-07", "--package", "core"]).ok());
    let unknown = world.licet(["packages", "cell-07", "--package", "none"]).fails(3);
    world.snapshot("packages-unknown", &unknown);
}

#[test]
fn registry_is_changed_without_a_login() {
    let world = connected();
    let registry = |world: &World| {
        let json = world.licet(["packages", "cell-07", "--json"]).ok().json();
        json["registry"]["host"].as_str().unwrap().to_owned()
    };
    let edit = ["accounts", "edit", "cells"];
    world.snapshot("accounts-edit-nothing", &world.licet(edit).fails(2));
    let foreign = world.licet(edit.into_iter().chain(["--registry", "mirror.example"])).fails(5);
    world.snapshot("accounts-edit-not-confirmed", &foreign);
    assert_eq!(registry(&world), "registry.example");
    let json = world.licet(edit.into_iter().chain(["--registry", "mirror.aica.tech", "--json"])).ok().json();
    schema::check("account", &json);
    assert_eq!(registry(&world), "mirror.aica.tech");
}

#[test]
fn the_container_client_reads_the_key_and_nobody_else_does() {
    let world = connected();
    let folder = world.path("bin");
    std::fs::create_dir(&folder).unwrap();
    let docker = world.write(
        "bin/docker",
        "#!/bin/sh\necho \"$@\" > \"$0.args\"\ncat > \"$0.input\"\nenv > \"$0.env\"\necho Login Succeeded\n",
    );
    std::fs::set_permissions(&docker, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let ran =
        world.run(world.command().args(["packages", "cell-07", "--login", "--json"]).env("PATH", path), "");
    let json = ran.ok().json();
    schema::check("packages-login", &json);
    assert_eq!(
        (json["registry"].as_str(), json["words"].as_str()),
        (Some("registry.example"), Some("Login Succeeded"))
    );
    assert_eq!(
        world.read("bin/docker.args"),
        format!("login registry.example -u {DEMO_EMAIL} --password-stdin\n")
    );
    let file = license_file(&world);
    assert_eq!(world.read("bin/docker.input"), file);
    let key = file.split('"').nth(1).unwrap();
    assert!(!world.read("bin/docker.env").contains(key));
}

#[test]
fn a_certificate_goes_to_a_computer_without_network_and_shows_what_it_certifies() {
    let world = connected();
    let file = world.text_path("license.lic");
    let args =
        ["export", "cell-07", "--format", "certificate", "--to", &file, "--ttl", "30d", "--entitlements"];
    let json = world.licet(args.into_iter().chain(["--encrypt", "--json"])).ok().json();
    schema::check("export", &json);
    assert_eq!(
        (json["format"].as_str(), json["next"].as_str()),
        (Some("certificate"), Some(format!("licet import {file} --license-key-file KEYFILE").as_str()))
    );
    assert_eq!(json["certificate"]["verified"], "not-verified");

    let offline = World::new();
    let text = world.read("license.lic");
    let lic = offline.write("cell.lic", &text);
    let lic = lic.to_str().unwrap();
    offline.licet(["import", lic]).fails(1).saying("--license-key-file");
    let key = offline.write("key.toml", &license_file(&world));
    let issuer = world.portal.public_key_hex();
    let with = ["--license-key-file", key.to_str().unwrap(), "--issuer-key", &issuer];
    let json = offline.licet(["import", lic, "--json"].into_iter().chain(with)).ok().json();
    schema::check("import", &json);
    assert_eq!(json[0]["certificate"]["verified"], "verified");
    let shown = offline.licet(["show", "cell-07", "--json"]).ok().json();
    schema::check("show", &shown);
    let codes: Vec<_> =
        shown["entitlements"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    assert_eq!(codes, ["motion-control", "vision"]);
    assert_eq!(shown["expires"], shown["certificate"]["expires"]);
    let other = offline.write("other.key", crate::world::SYSTEM_KEY);
    let other = other.to_str().unwrap();
    offline.licet(["import", lic, "--license-key-file", other]).fails(1).saying("for another license");
    let of_another = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    offline.licet(["import", lic, "--issuer-key", of_another]).fails(1).saying("not signed by this issuer");
}

#[test]
fn what_goes_with_a_certificate_goes_with_nothing_else() {
    let world = connected();
    let file = world.text_path("a.toml");
    world.licet(["export", "cell-07", "--format", "launcher-toml", "--to", &file, "--encrypt"]).fails(2);
    world.licet(["export", "cell-07", "--format", "certificate", "--to", &file, "--ttl", "1m"]).fails(2);
    world.licet(["export", "cell-07", "--format", "certificate", "--to", &file, "--keep"]).fails(2);
}

#[test]
fn what_cannot_be_written_is_refused_before_a_certificate_is_checked_out() {
    let world = connected();
    let (nowhere, robot) = (world.text_path("none/a.lic"), world.text_path("robot.toml"));
    let (nowhere, robot) = (nowhere.as_str(), robot.as_str());
    world.licet_reading(["import", "-", "--name", "robot"], crate::world::SYSTEM_KEY).ok();
    world.licet(["export", "robot", "--format", "launcher-toml", "--to", robot]).ok();
    let certificate = ["export", "cell-07", "--format", "certificate", "--to"];
    world.licet([&certificate[..], &[robot]].concat()).fails(5);
    world.licet([&certificate[..], &[nowhere]].concat()).fails(1).saying("create the folder first");
    world.licet([&certificate[..], &[robot, "--keep", "--replace"]].concat()).fails(2);
    let shown = world.licet(["show", "cell-07", "--json"]).ok().json();
    let happened = shown["activity"].as_array().unwrap();
    assert!(happened.iter().all(|one| one["verb"] != "checked-out"), "{happened:?}");
}
