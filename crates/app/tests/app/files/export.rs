//! License files: previewed with the key masked, written whole, with what was there before beside them.

use crate::common::{SYSTEM_KEY, World, code};
use app::files::Target;
use license::{
    LicenseId,
    file::{Format, Pickup},
};
use std::{fs, os::unix::fs::PermissionsExt, path::Path};
use testkit::put;
use vault::files::FileState;

fn target(format: Format, path: &Path) -> Target {
    Target { format, path: path.to_owned(), in_place: false, keep: false }
}

async fn aica(world: &World) -> LicenseId {
    app::import::import_text(&world.context, SYSTEM_KEY, Some("cell")).await.unwrap().license
}

#[tokio::test]
async fn a_preview_shows_everything_but_the_key_and_writes_nothing() {
    let world = World::start().await;
    let id = aica(&world).await;
    let path = world.path("aica-license.toml");
    let preview =
        app::export::preview(&world.context, id, &target(Format::LauncherToml, &path)).await.unwrap();
    assert_eq!(preview.text.unwrap(), "License = \"••••••-••••••-••••••-••••••-•••0F2-V3\"\n");
    assert_eq!((preview.exists, preview.backup, path.exists()), (false, false, false));
}

#[tokio::test]
async fn preview_of_a_folder_warns_of_nothing_but_the_folder() {
    let world = World::start().await;
    let id = aica(&world).await;
    let path = world.path("folder");
    fs::create_dir(&path).unwrap();
    fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    let preview =
        app::export::preview(&world.context, id, &target(Format::LauncherToml, &path)).await.unwrap();
    assert_eq!(code(preview.text), "file-is-folder");
    assert_eq!((preview.exists, preview.open_to_others), (false, false));
    assert!(preview.others.is_nobody(), "{:?}", preview.others);
}

#[tokio::test]
async fn a_preview_tells_whether_a_backup_will_be_left() {
    let world = World::start().await;
    let id = aica(&world).await;
    let path = world.path("aica-license.toml");
    let target = target(Format::LauncherToml, &path);
    let seen = async |text: &str| {
        put(&path, text);
        let preview = app::export::preview(&world.context, id, &target).await.unwrap();
        (preview.exists, preview.backup)
    };
    assert_eq!(seen("").await, (true, false), "nothing is lost");
    assert_eq!(seen("# mine\n").await, (true, true));
    assert_eq!(seen(&format!("License = \"{SYSTEM_KEY}\"\n")).await, (true, false), "nothing changes");
    put(&path, "# mine\n");
    let written = app::export::export(&world.context, id, target.clone()).await.unwrap();
    assert_eq!(fs::read_to_string(written.backup.unwrap()).unwrap(), "# mine\n");
    assert!(
        !app::export::preview(&world.context, id, &target).await.unwrap().backup,
        "it is Licet's own now"
    );
}

#[tokio::test]
async fn every_format_of_an_aidbox_license_is_written_for_this_user_alone() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let key = world.key_of(id).await.unwrap();
    let formats = [Format::BOX_ENV, Format::Jwt, Format::K8sSecret, Format::AIDBOX_ENV];
    assert_eq!(world.detail(id).await.formats, formats);
    for format in formats {
        let path = world.path(&format!("{}-{}", format.word(), format.file_name()));
        let written = app::export::export(&world.context, id, target(format, &path)).await.unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(license::file::parse(format, &text).unwrap(), key);
        assert_eq!(text, app::export::export_text(&world.context, id, format).await.unwrap().expose());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(written.file.state, FileState::UpToDate);
        assert_eq!(written.next.running, None, "nothing can have read a file that was not there");
        assert!(written.next.command.contains(world.path("").to_str().unwrap().trim_end_matches('/')));
        let (purpose, told) = match format {
            Format::K8sSecret => ("pod", "name: aidbox-license"),
            Format::AIDBOX_ENV => ("compose", "AIDBOX_LICENSE: ${AIDBOX_LICENSE}"),
            _ => ("compose", "      BOX_LICENSE: ${BOX_LICENSE}"),
        };
        let [snippet] = &written.next.snippets[..] else { panic!("{:?}", written.next) };
        assert_eq!(snippet.purpose, purpose);
        assert!(snippet.text.contains(told) && !snippet.text.contains(key.expose()), "{}", snippet.text);
    }
    assert_eq!(app::files::files_of(&world.context, id).await.unwrap().len(), 4);
    assert_eq!(world.happened().await[0], "exported north done");
}

#[tokio::test]
async fn what_else_stands_in_a_file_stays() {
    let world = World::start().await;
    let id = aica(&world).await;
    let path = world.path("aica-license.toml");
    put(&path, "# cell 7\nport = 8080 # launcher\n");
    let written = app::export::export(&world.context, id, target(Format::LauncherToml, &path)).await.unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# cell 7\nport = 8080 # launcher\n") && text.contains(SYSTEM_KEY), "{text}");
    assert!(written.next.command.contains(":/license:ro"));
    assert_eq!(written.next.running, Some(Pickup::Restart));
}

#[tokio::test]
async fn a_file_of_another_kind_is_not_touched_and_the_line_is_named() {
    let world = World::start().await;
    let id = aica(&world).await;
    let path = world.path("notes.toml");
    put(&path, "dear diary\n");
    let target = target(Format::LauncherToml, &path);
    let preview = app::export::preview(&world.context, id, &target).await.unwrap();
    assert_eq!(code(preview.text), "file-syntax");
    let error = app::export::export(&world.context, id, target).await.unwrap_err().report();
    assert_eq!((error.code.as_str(), error.args["line"].as_str()), ("file-syntax", "1"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "dear diary\n");
    assert!(app::files::files_of(&world.context, id).await.unwrap().is_empty());
    assert_eq!(world.happened().await[0], "exported cell failed");
}

#[tokio::test]
async fn a_place_that_cannot_be_written_says_why_before_and_after() {
    let world = World::start().await;
    let id = aica(&world).await;
    put(&world.path("file"), "x");
    for (path, expected) in [
        (world.path("nowhere/aica-license.toml"), "file-folder-missing"),
        (world.path("file/aica-license.toml"), "file-not-a-folder"),
        (world.path(""), "file-is-folder"),
        ("/proc/version".into(), "file-syntax"),
    ] {
        let target = target(Format::LauncherToml, &path);
        let preview = app::export::preview(&world.context, id, &target).await.unwrap();
        assert_eq!(code(preview.text), expected, "{}", path.display());
        assert_eq!(
            code(app::export::export(&world.context, id, target).await),
            expected,
            "{}",
            path.display()
        );
    }
    assert!(app::files::files_of(&world.context, id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_key_that_does_not_fit_a_format_names_those_that_it_fits() {
    let world = World::start().await;
    let id = aica(&world).await;
    let error = app::export::export_text(&world.context, id, Format::BOX_ENV).await.unwrap_err().report();
    assert_eq!(
        (error.code.as_str(), error.args["possible"].as_str()),
        ("format-does-not-fit", "launcher-toml")
    );
    let path = world.path(".env");
    assert_eq!(
        code(app::export::export(&world.context, id, target(Format::BOX_ENV, &path)).await),
        "format-does-not-fit"
    );
    assert_eq!(
        code(app::export::preview(&world.context, id, &target(Format::Jwt, &path)).await),
        "format-does-not-fit"
    );
    assert!(!path.exists());
}

#[tokio::test]
async fn a_license_is_offered_the_place_where_it_was_written_last() {
    let world = World::start().await;
    let id = aica(&world).await;
    let suggested = app::files::suggested_path(&world.context, id, Format::LauncherToml).await.unwrap();
    assert!(suggested.ends_with(".aica-license.toml"), "{}", suggested.display());
    let launcher =
        vault::Settings { launcher_file: Some("/opt/cell/l.toml".into()), ..vault::Settings::default() };
    app::home::change_settings(&world.context, launcher).await.unwrap();
    let suggested = app::files::suggested_path(&world.context, id, Format::LauncherToml).await.unwrap();
    assert_eq!(suggested, Path::new("/opt/cell/l.toml"));
    for name in ["first.toml", "second.toml"] {
        world.clock.advance(1);
        app::export::export(&world.context, id, target(Format::LauncherToml, &world.path(name)))
            .await
            .unwrap();
    }
    let suggested = app::files::suggested_path(&world.context, id, Format::LauncherToml).await.unwrap();
    assert_eq!(suggested, world.path("second.toml"));
}

#[tokio::test]
async fn one_path_belongs_to_the_license_that_was_written_there_last() {
    let world = World::start().await;
    let account = world.connect("a").await;
    let (north, south) = (world.created(account, "north").await, world.created(account, "south").await);
    let path = world.path("license.jwt");
    app::export::export(&world.context, north, target(Format::Jwt, &path)).await.unwrap();
    let written = app::export::export(&world.context, south, target(Format::Jwt, &path)).await.unwrap();
    assert_eq!(written.backup, None, "Licet wrote it itself");
    assert!(app::files::files_of(&world.context, north).await.unwrap().is_empty());
    assert_eq!(app::files::files_of(&world.context, south).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_path_with_blanks_and_quotes_is_one_word_of_the_next_command() {
    let world = World::start().await;
    let id = aica(&world).await;
    let path = world.path("it's a cell.toml");
    let written = app::export::export(&world.context, id, target(Format::LauncherToml, &path)).await.unwrap();
    let command = written.next.command.replace("docker run", "printf '%s\\n'");
    let shell = std::process::Command::new("sh").args(["-c", &command]).output().unwrap();
    let words = String::from_utf8(shell.stdout).unwrap();
    assert_eq!(words.lines().nth(1).unwrap(), format!("{}:/license:ro", path.display()));
}
