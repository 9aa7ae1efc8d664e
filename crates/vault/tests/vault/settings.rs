//! Settings in a file that people may edit.

use crate::test_home::{TestHome, mode_of};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use testkit::put;
use vault::{Appearance, Density, FileError, Settings, SettingsError};

/// The test vectors of RFC 8032, section 7.1.
const KEY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const OTHER_KEY: &str = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";

#[test]
fn what_nobody_changed_has_its_default_and_no_file() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    assert_eq!(settings.read(), Settings::default());
    settings.change(|settings| settings.expires_soon_days = 30).unwrap();
    assert!(!settings.path().exists(), "nothing was changed");
}

#[test]
fn only_what_was_changed_stands_in_the_file() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    settings.change(|settings| settings.appearance = Appearance::Dark).unwrap();
    assert_eq!(std::fs::read_to_string(settings.path()).unwrap(), "appearance = \"dark\"\n");
    assert_eq!(mode_of(settings.path()), 0o600);
    let again = home.reopened().settings().read();
    assert_eq!(again, Settings { appearance: Appearance::Dark, ..Settings::default() });
}

#[test]
fn comments_and_keys_of_others_stay() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    let text =
        "# mine\nexpires-soon-days = 14 # two weeks\nfrom-a-newer-version = [1, 2]\nlauncher-file = \"/a\"\n";
    put(settings.path(), text);
    let changed = settings
        .change(|settings| {
            settings.expires_soon_days = 7;
            settings.density = Density::Compact;
            settings.launcher_file = None;
        })
        .unwrap();
    assert_eq!((changed.expires_soon_days, changed.density), (7, Density::Compact));
    assert_eq!(
        std::fs::read_to_string(settings.path()).unwrap(),
        "# mine\nexpires-soon-days = 7 # two weeks\nfrom-a-newer-version = [1, 2]\ndensity = \"compact\"\n"
    );
    assert_eq!(settings.read(), changed);
}

/// Values that cannot be used, each with the setting that it is for.
const BAD: &[(&str, &str)] = &[
    ("appearance = \"pink\"", "appearance"),
    ("appearance = 1", "appearance"),
    ("density = \"\"", "density"),
    ("[density]\nlist = \"compact\"", "density"),
    ("expires-soon-days = -1", "expires-soon-days"),
    ("expires-soon-days = \"30\"", "expires-soon-days"),
    ("launcher-file = false", "launcher-file"),
    ("launcher-file = \"\"", "launcher-file"),
    ("core-address = 8080", "core-address"),
    ("columns = [[\"name\"]]", "columns"),
    ("issuer-keys = \"not a list\"", "issuer-keys"),
];

#[test]
fn bad_value_has_its_default_and_the_others_apply() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    for (bad, key) in BAD {
        let good =
            if *key == "expires-soon-days" { "density = \"compact\"" } else { "expires-soon-days = 7" };
        put(settings.path(), &format!("{good}\n{bad}\n"));
        let read = settings.read_closely();
        let expected = match *key {
            "expires-soon-days" => Settings { density: Density::Compact, ..Settings::default() },
            _ => Settings { expires_soon_days: 7, ..Settings::default() },
        };
        assert_eq!(read.settings, expected, "{bad}");
        let [SettingsError::BadValue { key: named, .. }] = &read.problems[..] else {
            panic!("{bad}: {:?}", read.problems)
        };
        assert_eq!(named, key);
    }
}

#[test]
fn bad_values_stay_until_their_setting_is_changed() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    let text = "appearance = \"pink\" # mine\ndensity = 4\n";
    put(settings.path(), text);
    settings.change(|settings| settings.expires_soon_days = 7).unwrap();
    assert_eq!(std::fs::read_to_string(settings.path()).unwrap(), format!("{text}expires-soon-days = 7\n"));
    settings.change(|settings| settings.appearance = Appearance::Dark).unwrap();
    assert_eq!(
        std::fs::read_to_string(settings.path()).unwrap(),
        "appearance = \"dark\" # mine\ndensity = 4\nexpires-soon-days = 7\n"
    );
    assert_eq!(settings.read_closely().problems.len(), 1);
}

#[test]
fn every_problem_of_a_file_is_named() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    put(settings.path(), "densty = \"compact\"\nappearance = 1\nexpires-soon-days = \"x\"\n");
    let read = settings.read_closely();
    assert_eq!(read.settings, Settings::default());
    let named: Vec<_> = read.problems.iter().map(ToString::to_string).collect();
    assert_eq!(named.len(), 3);
    for key in ["densty", "appearance", "expires-soon-days"] {
        assert!(named.iter().any(|words| words.contains(key)), "{named:?}");
    }
}

#[test]
fn issuer_key_that_is_damaged_does_not_take_the_others() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    let keys = [KEY, "damaged"].map(|key| format!("{key:?}")).join(", ");
    put(settings.path(), &format!("issuer-keys = [{keys}]\n"));
    let read = settings.read_closely();
    assert_eq!(read.settings.issuer_keys, [KEY]);
    assert!(matches!(&read.problems[..], [SettingsError::BadEntries { key: "issuer-keys", .. }]));
    settings.change(|settings| settings.issuer_keys.push(OTHER_KEY.to_owned())).unwrap();
    assert_eq!(
        std::fs::read_to_string(settings.path()).unwrap(),
        format!("issuer-keys = [{keys}, {OTHER_KEY:?}]\n")
    );
    settings.change(|settings| settings.issuer_keys.clear()).unwrap();
    assert_eq!(std::fs::read_to_string(settings.path()).unwrap(), "issuer-keys = [ \"damaged\"]\n");
}

#[test]
fn file_that_is_not_toml_is_kept_beside_the_new_one() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    let text = "density = \"compact\"\ndensity = \"compact\"\n";
    put(settings.path(), text);
    let read = settings.read_closely();
    assert_eq!(read.settings, Settings::default());
    let [SettingsError::NotToml { detail, .. }] = &read.problems[..] else { panic!("{:?}", read.problems) };
    assert!(detail.starts_with("line 2: ") && !detail.contains('\n'), "{detail}");
    assert_eq!(std::fs::read_to_string(settings.path()).unwrap(), text, "reading changes nothing");

    settings.change(|settings| settings.expires_soon_days = 7).unwrap();
    assert_eq!(std::fs::read_to_string(settings.path()).unwrap(), "expires-soon-days = 7\n");
    assert_eq!(std::fs::read_to_string(beside(settings.path())).unwrap(), text);
}

#[test]
fn file_that_is_not_text_is_kept_too() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    File::create(settings.path()).unwrap().write_all(b"density = \"\xff\"").unwrap();
    assert!(matches!(settings.read_closely().problems[..], [SettingsError::NotToml { .. }]));
    settings.change(|settings| settings.density = Density::Compact).unwrap();
    assert_eq!(std::fs::read(beside(settings.path())).unwrap(), b"density = \"\xff\"");
}

#[test]
fn folder_in_the_place_of_the_settings_is_named() {
    let home = TestHome::new();
    let settings = home.vault.settings();
    std::fs::create_dir(settings.path()).unwrap();
    let read = settings.read_closely();
    assert_eq!(read.settings, Settings::default());
    assert!(matches!(&read.problems[..], [SettingsError::File(FileError::IsDirectory { .. })]));
    assert!(settings.change(|settings| settings.density = Density::Compact).is_err());
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".bak");
    name.into()
}
