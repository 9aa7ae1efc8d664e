//! An instance of the Metrics Dashboard: its token looked at, applied, renewed, restored and removed.

use crate::schema;
use crate::world::{Ran, World};

pub(crate) const PASSWORD: &str = "a good password";

/// The instance `play` at the portal, connected as `play`.
pub(crate) fn connected() -> World {
    let world = World::new();
    world.portal.add_instance("play", "admin", PASSWORD).unwrap();
    world.write("admin", &format!("{PASSWORD}\n"));
    add(&world, "admin").ok();
    world
}

pub(crate) fn root(world: &World) -> String {
    format!("{}/instances/play", world.url())
}

fn add(world: &World, password: &str) -> Ran {
    let (url, file) = (root(world), world.text_path(password));
    world.licet(["accounts", "add", "dashboard", "--name", "play", "--url", &url, "--password-file", &file])
}

/// A token for the instance in a file, and its path.
pub(crate) fn token(world: &World, name: &str, sub: Option<&str>) -> String {
    let jwt = world.portal.instance_token("play", None, sub).unwrap();
    world.write(name, &format!("{}\n", jwt.expose())).to_str().unwrap().to_owned()
}

pub(crate) fn instance(world: &World, args: &[&str]) -> Ran {
    world.licet([&["instance"][..], args, &["--account", "play"][..]].concat())
}

#[test]
fn an_instance_without_a_license_says_so_and_a_clear_no_has_an_exit_code_of_its_own() {
    let world = connected();
    let no = instance(&world, &["check", "--json"]);
    assert_eq!(no.code, 8, "{no:?}");
    schema::check("instance-check", &no.json());
    let told = instance(&world, &["token", "--json"]).ok().json();
    schema::check("instance-token", &told);
    assert!(told["token"].is_null());
    assert_eq!(told["root"], root(&world));
}

#[test]
fn a_token_is_applied_shown_and_listed_as_a_license() {
    let world = connected();
    let applied = instance(&world, &["apply", &token(&world, "one.jwt", None), "--json"]).ok().json();
    schema::check("instance-apply", &applied);
    assert_eq!(applied["previous_kept"], false);
    instance(&world, &["check"]).ok();
    let told = instance(&world, &["token", "--json"]).ok().json();
    assert_eq!(told["token"]["jti"], applied["token"]["jti"]);
    world.snapshot("instance-token", &instance(&world, &["token"]).ok());
    let stats = instance(&world, &["stats", "--json"]).ok().json();
    schema::check("instance-stats", &stats);
    let listed = world.list(&[]);
    assert_eq!((listed.len(), listed[0]["product"].as_str()), (1, Some("dashboard")));
}

#[test]
fn a_token_of_another_instance_is_not_sent_before_somebody_insists() {
    let world = connected();
    let path = token(&world, "other.jwt", Some("https://other.example/metrics"));
    let refused = instance(&world, &["apply", &path]).fails(5).saying("--force");
    for url in ["https://other.example/metrics", &root(&world)] {
        assert!(refused.stderr.contains(url), "{url} is not in {refused:?}");
    }
    assert!(instance(&world, &["token", "--json"]).ok().json()["token"].is_null(), "nothing was sent");
    let sent = instance(&world, &["apply", &path, "--force", "--json"]).ok().json();
    assert_eq!(sent["token"]["status"], "invalid-subject");
    assert_eq!(sent["findings"][0]["word"], "wrong-instance");
}

#[test]
fn a_torn_token_is_not_sent() {
    let world = connected();
    let path = token(&world, "one.jwt", None);
    let whole = world.read("one.jwt");
    world.write("one.jwt", whole.trim().rsplit_once('.').unwrap().0);
    let error = instance(&world, &["apply", &path, "--json"]).fails(5).error();
    assert_eq!(error["code"], "preflight-failed");
}

#[test]
fn the_token_before_is_kept_and_restored() {
    let world = connected();
    instance(&world, &["restore"]).fails(1).saying("no earlier token");
    let first = instance(&world, &["apply", &token(&world, "one.jwt", None), "--json"]).ok().json();
    let second = instance(&world, &["apply", &token(&world, "two.jwt", None), "--json"]).ok().json();
    assert_eq!(second["previous_kept"], true);
    assert_ne!(first["token"]["jti"], second["token"]["jti"]);
    let back = instance(&world, &["restore", "--json"]).ok().json();
    schema::check("instance-apply", &back);
    assert_eq!((&back["token"]["jti"], &back["previous_kept"]), (&first["token"]["jti"], &true.into()));
    let forth = instance(&world, &["restore", "--json"]).ok().json();
    assert_eq!(forth["token"]["jti"], second["token"]["jti"]);
}

#[test]
fn an_earlier_token_that_is_of_another_instance_is_not_put_back_before_somebody_insists() {
    let world = connected();
    let other = token(&world, "other.jwt", Some("https://other.example/metrics"));
    let first = instance(&world, &["apply", &other, "--force", "--json"]).ok().json();
    let second = instance(&world, &["apply", &token(&world, "two.jwt", None), "--json"]).ok().json();
    instance(&world, &["restore"]).fails(5).saying("--force");
    let now = instance(&world, &["token", "--json"]).ok().json();
    assert_eq!(now["token"]["jti"], second["token"]["jti"], "nothing was sent");
    let back = instance(&world, &["restore", "--force", "--json"]).ok().json();
    assert_eq!(back["token"]["jti"], first["token"]["jti"]);
    assert_eq!(back["findings"][0]["word"], "wrong-instance");
}

#[test]
fn a_token_is_renewed_by_its_issuer_and_removed_when_its_instance_is_typed() {
    let world = connected();
    let first = instance(&world, &["apply", &token(&world, "one.jwt", None), "--json"]).ok().json();
    let renewed = instance(&world, &["renew", "--json"]).ok().json();
    schema::check("instance-apply", &renewed);
    assert_ne!(renewed["token"]["jti"], first["token"]["jti"]);
    instance(&world, &["remove", "--confirm", "https://other.example"]).fails(5).saying("instances/play");
    let slash = format!("{}/", root(&world));
    let json = instance(&world, &["remove", "--confirm", &slash, "--json"]).ok().json();
    schema::check("instance-remove", &json);
    assert_eq!(json["removed"], root(&world));
    assert_eq!(instance(&world, &["check"]).code, 8);
    assert_eq!(world.names(&[]).len(), 0, "it is gone");
}

#[test]
fn a_license_jwt_comes_with_the_lines_that_point_at_it_and_a_warning_once_its_token_is_old() {
    let world = connected();
    instance(&world, &["apply", &token(&world, "one.jwt", None)]).ok();
    let path = world.text_path("license.jwt");
    let export = ["export", "Licet local portal", "--format", "jwt", "--to", &path];
    let written = world.licet(export).ok();
    world.snapshot("export-instance-jwt-by-name", &written);
    let json = world.licet([&export[..], &["--readable-by", "472", "--json"]].concat()).ok().json();
    schema::check("export", &json);
    assert_eq!(json["reader"], serde_json::json!({"user": 472, "group": 0, "can_read": true}));
    assert!(!written.stderr.contains("another token"), "{written:?}");
    assert_eq!(world.read("license.jwt").trim(), world.read("one.jwt").trim());
    instance(&world, &["renew"]).ok();
    for target in [&["--to", &path][..], &["--stdout"]] {
        let asked = ["export", "Licet local portal", "--format", "jwt"];
        world.licet([&asked[..], target].concat()).fails(5).saying("--outdated");
    }
    world.snapshot("export-outdated-by-name", &world.licet([&export[..], &["--outdated"]].concat()).ok());
    let json = world.licet([&["--json"][..], &export, &["--outdated"]].concat()).ok().json();
    schema::check("export", &json);
    assert_eq!(json["outdated"], true);
}

#[test]
fn a_wrong_password_is_refused_with_its_own_words_and_nothing_is_kept() {
    let world = World::new();
    world.portal.add_instance("play", "admin", PASSWORD).unwrap();
    world.write("wrong", "another password");
    add(&world, "wrong").fails(1).saying("wrong name or password");
    assert_eq!(world.licet(["accounts", "list", "--json"]).ok().json(), serde_json::json!([]));
}

#[test]
fn a_file_that_is_no_certificate_is_refused_before_anything_is_sent() {
    let world = World::new();
    let (url, ca) = (root(&world), world.write("ca.pem", "no certificate"));
    world.write("admin", PASSWORD);
    let args = ["accounts", "add", "dashboard", "--name", "play", "--url", &url, "--password-file"];
    let ca = ca.to_str().unwrap().to_owned();
    let more = [world.text_path("admin"), "--ca-file".to_owned(), ca];
    world.licet(args.map(str::to_owned).into_iter().chain(more)).fails(2).saying("PEM");
}
