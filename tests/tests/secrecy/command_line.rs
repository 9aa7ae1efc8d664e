//! An account and an instance from their connection to their end, by the command line.

use std::{os::unix::fs::PermissionsExt, path::Path};

use journeys::{KeyringState, Session, licet};
use xtask::repository::write;

use crate::vendors::{ADMINISTRATOR, EMAIL, PASSWORD, Vendors};

/// A container client that notes how it was started, and what it read.
const DOCKER: &str =
    "#!/bin/sh\necho \"$@\" > \"$0.args\"\nenv > \"$0.env\"\ncat > \"$0.input\"\necho Login Succeeded\n";

/// Runs it in the session; what it printed is kept for the search.
struct Typed<'a> {
    session: &'a Session,
    printed: String,
}

impl Typed<'_> {
    fn run(&mut self, arguments: &[&str]) -> anyhow::Result<()> {
        let path = format!("{}:{}", self.session.home().join("bin").display(), std::env::var("PATH")?);
        let output = licet(self.session)?.args(arguments).env("PATH", path).output()?;
        self.printed.push_str(&String::from_utf8_lossy(&output.stdout));
        self.printed.push_str(&String::from_utf8_lossy(&output.stderr));
        anyhow::ensure!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }
}

/// Puts a secret into a file that a user made; it is taken out of the search.
fn given(session: &Session, name: &str, text: &str) -> anyhow::Result<String> {
    let path = session.home().join("given").join(name);
    std::fs::create_dir_all(session.home().join("given"))?;
    write(&path, text.as_bytes())?;
    Ok(path.display().to_string())
}

fn install_docker(session: &Session) -> anyhow::Result<()> {
    let docker = session.home().join("bin/docker");
    std::fs::create_dir(session.home().join("bin"))?;
    write(&docker, DOCKER.as_bytes())?;
    Ok(std::fs::set_permissions(docker, std::fs::Permissions::from_mode(0o755))?)
}

#[test]
fn no_secret_of_an_account_or_an_instance_is_anywhere_but_where_it_was_asked_for() -> anyhow::Result<()> {
    let session = Session::start(KeyringState::Unlocked)?;
    let mut vendors = Vendors::start()?;
    let mut typed = Typed { session: &session, printed: String::new() };
    install_docker(&session)?;
    account(&session, &mut vendors, &mut typed)?;
    instance(&session, &vendors, &mut typed)?;
    for look in [&["accounts", "list"][..], &["list"], &["show", "cell"], &["refresh"]] {
        typed.run(look)?;
        typed.run(&[look, &["--json"]].concat())?;
    }
    let secrets = vendors.secrets()?;
    assert!(
        !secrets.in_folders(&[session.home().join("given").as_path()])?.is_empty(),
        "the search does find"
    );
    typed.run(&["accounts", "log-out", "plant"])?;

    let asked_for = ["given", "bin/docker.input", "cell.lic", "license.jwt"];
    let secrets = asked_for.iter().fold(secrets, |secrets, name| secrets.allowing(session.home().join(name)));
    assert_eq!(secrets.in_folders(&[session.folder()])?, []);
    assert_eq!(secrets.in_bytes("what was printed", typed.printed.as_bytes()), []);
    vendors.no_code_in("what was printed", &typed.printed);
    for note in ["args", "env"] {
        let path = session.home().join("bin/docker").with_extension(note);
        vendors.no_code_in(note, &std::fs::read_to_string(path)?);
    }
    assert_eq!(vendors.found_at_the_vendor()?, []);
    Ok(())
}

fn account(session: &Session, vendors: &mut Vendors, typed: &mut Typed<'_>) -> anyhow::Result<()> {
    let (url, password) = (vendors.between.url(), given(session, "password", PASSWORD)?);
    let code = given(session, "code", &vendors.code()?)?;
    let key = given(session, "key", &vendors.key)?;
    let login =
        ["--email", EMAIL, "--password-file", &password, "--otp-file", &code, "--confirm-host", "127.0.0.1"];
    let add = ["accounts", "add", "aica", "--name", "plant", "--url", &url, "--vendor-account", "plant"];
    typed.run(
        &[&add[..], &login, &["--registry", "registry.example", "--confirm-registry", "registry.example"]]
            .concat(),
    )?;
    for ask in [
        &["validate", "cell"][..],
        &["seats", "cell"],
        &["packages", "cell"],
        &["packages", "cell", "--login"],
    ] {
        typed.run(ask)?;
    }
    let certificate = session.home().join("cell.lic").display().to_string();
    let to = ["export", "cell", "--format", "certificate", "--to", &certificate];
    typed.run(&to)?;
    typed.run(&[&to[..], &["--encrypt", "--entitlements", "--ttl", "30d"]].concat())?;
    typed.run(&["import", &certificate, "--name", "away", "--license-key-file", &key])?;
    typed.run(&["show", "away", "--json"])
}

fn instance(session: &Session, vendors: &Vendors, typed: &mut Typed<'_>) -> anyhow::Result<()> {
    let (root, password) = (vendors.root(), given(session, "admin", ADMINISTRATOR)?);
    let authority = given(session, "authority.pem", &vendors.careless_pem())?;
    let add =
        ["accounts", "add", "dashboard", "--name", "play", "--url", &root, "--password-file", &password];
    typed.run(&[&add[..], &["--ca-file", &authority]].concat())?;
    let of_play = |typed: &mut Typed<'_>, asked: &[&str]| {
        typed.run(&[&["instance"], asked, &["--account", "play", "--json"]].concat())
    };
    for (name, token) in ["one.jwt", "two.jwt"].iter().zip(&vendors.tokens) {
        let path = given(session, name, token)?;
        of_play(typed, &["apply", &path])?;
    }
    for asked in [&["check"][..], &["token"], &["stats"], &["restore"]] {
        of_play(typed, asked)?;
    }
    let file = session.home().join("license.jwt");
    let list = journeys::licet_json(session, &["list", "account:play"])?;
    let id = list[0]["id"].as_str().unwrap_or_default().to_owned();
    typed.run(&["export", &id, "--format", "jwt", "--to", &path_of(&file)])?;
    of_play(typed, &["renew"])
}

fn path_of(path: &Path) -> String {
    path.display().to_string()
}
