//! What the commands of an instance and its token print.

use crate::instance::token::{instance, root, token};

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
