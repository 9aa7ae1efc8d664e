//! Keys, tokens and passphrases with what copying and mailing adds to them.

use crate::files::certificate;
use crate::world::{SYSTEM_KEY, World};

#[test]
fn token_file_may_have_a_byte_order_mark_and_quotes() {
    let world = World::new();
    world.write("token", &format!("\u{feff}\"{}\"\r\n", world.token));
    world.connect("north");
    assert_eq!(world.licet(["accounts", "test", "north"]).ok().code, 0);
}

#[test]
fn passphrase_file_may_have_a_byte_order_mark() {
    let world = World::with(&["one"]);
    let passphrase = std::fs::read_to_string(world.text_path("passphrase")).unwrap();
    world.write("passphrase", &format!("\u{feff}{}\u{200b}\r\n", passphrase.trim_end()));
    let jwt = world.licet(["export", "one", "--format", "jwt", "--stdout"]).ok().stdout;
    assert_eq!(jwt.trim_end(), world.key_of("one"));
}

#[test]
fn wrapped_key_with_typographic_dashes_is_imported_whole() {
    let world = World::with(&["one"]);
    let key = world.key_of("one");
    world.licet(["accounts", "remove", "north", "--confirm", "north"]).ok();
    let (start, end) = key.split_at(40);
    world.licet_reading(["import", "-", "--name", "copy"], &format!("> {start}\r\n> {end}\r\n")).ok();
    world.licet_reading(["import", "-", "--name", "robot"], &SYSTEM_KEY.replace('-', "–")).ok();
    for (name, format, expected) in [("copy", "jwt", &*key), ("robot", "launcher-toml", SYSTEM_KEY)] {
        let text = world.licet(["export", name, "--format", format, "--stdout"]).ok().stdout;
        assert!(text.contains(expected), "{name}");
    }
}

#[test]
fn certificate_in_a_mail_is_imported() {
    let world = certificate::connected();
    let file = world.text_path("cell.lic");
    world.licet(["export", "cell-07", "--format", "certificate", "--to", &file]).ok();
    let certificate = std::fs::read_to_string(&file).unwrap();
    let mail = world.write("mail.txt", &format!("Dear customer,\n\n{certificate}\nRegards\n"));
    let json = world.licet(["import", mail.to_str().unwrap(), "--name", "by mail", "--json"]).ok().json();
    assert!(json[0]["certificate"]["license_expires"].is_string(), "{json}");
}

#[test]
fn text_that_is_nearly_a_license_file_is_named() {
    let world = World::new();
    let texts = [
        ("one-dash-lost.lic", "----BEGIN LICENSE FILE-----\nZW5j\n-----END LICENSE FILE-----\n"),
        ("machine.lic", "-----BEGIN MACHINE FILE-----\nZW5j\n-----END MACHINE FILE-----\n"),
        ("secret.yaml", "apiVersion: v1\nkind: Secret\ndata:\n  BOX_LICENSE: '?'\n"),
        ("quote.env", "PGPASSWORD=\"x\nBOX_LICENSE=ey\n"),
        ("other.env", "PORT=8080\nHOST=box\n"),
        ("aica-license.toml", "Licence = \"5614D1\"\n"),
    ];
    let files = texts.map(|(name, text)| world.write(name, text).to_str().unwrap().to_owned());
    let said = world.licet(["import".to_owned()].into_iter().chain(files)).fails(1);
    world.snapshot("import-nearly-a-license-file", &said);
}
