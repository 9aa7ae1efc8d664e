//! Settings in a file that people may edit.

use crate::room::{Room, mode_of};
use crate::stage::write;
use vault::{Appearance, Density, FileError, Settings, SettingsError};

#[test]
fn what_nobody_changed_has_its_default_and_no_file() {
    let room = Room::new();
    let settings = room.vault.settings();
    assert_eq!(settings.read().unwrap(), Settings::default());
    settings.change(|settings| settings.expires_soon_days = 30).unwrap();
    assert!(!settings.path().exists(), "nothing was changed");
}

#[test]
fn only_what_was_changed_stands_in_the_file() {
    let room = Room::new();
    let settings = room.vault.settings();
    settings.change(|settings| settings.appearance = Appearance::Dark).unwrap();
    assert_eq!(std::fs::read_to_string(settings.path()).unwrap(), "appearance = \"dark\"\n");
    assert_eq!(mode_of(settings.path()), 0o600);
    let again = room.reopened().settings().read().unwrap();
    assert_eq!(again, Settings { appearance: Appearance::Dark, ..Settings::default() });
}

#[test]
fn comments_and_keys_of_others_stay() {
    let room = Room::new();
    let settings = room.vault.settings();
    let text =
        "# mine\nexpires-soon-days = 14 # two weeks\nfrom-a-newer-version = [1, 2]\nlauncher-file = \"/a\"\n";
    write(settings.path(), text);
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
    assert_eq!(settings.read().unwrap(), changed);
}

#[test]
fn what_means_nothing_is_named_and_the_file_is_left_as_it_is() {
    let room = Room::new();
    let settings = room.vault.settings();
    for (text, key) in [
        ("appearance = \"pink\"", "appearance"),
        ("appearance = 1", "appearance"),
        ("density = \"\"", "density"),
        ("expires-soon-days = -1", "expires-soon-days"),
        ("expires-soon-days = \"30\"", "expires-soon-days"),
        ("launcher-file = false", "launcher-file"),
        ("core-address = 8080", "core-address"),
        ("issuer-keys = [\"not a key\"]", "issuer-keys"),
    ] {
        write(settings.path(), text);
        let refused = settings.change(|settings| settings.expires_soon_days = 1).unwrap_err();
        assert!(matches!(refused, SettingsError::BadValue { key: named, .. } if named == key), "{text}");
        assert_eq!(std::fs::read_to_string(settings.path()).unwrap(), text);
    }
    write(settings.path(), "appearance = ");
    assert!(matches!(settings.read(), Err(SettingsError::NotToml { .. })));
    std::fs::remove_file(settings.path()).unwrap();
    std::fs::create_dir(settings.path()).unwrap();
    assert!(matches!(settings.read(), Err(SettingsError::File(FileError::IsDirectory { .. }))));
}
