//! Keys and tokens stand nowhere but where a user asked for them.

use std::process::Output;

use anyhow::Context;
use journeys::{KeyringState, Secrets, Session, licet, portal, readers};
use serde_json::json;

/// Runs the command line in the session; what it printed is kept for the search.
fn run(session: &Session, said: &mut Vec<u8>, arguments: &[&str]) -> anyhow::Result<Output> {
    let output = licet(session)?.args(arguments).output()?;
    said.extend_from_slice(&output.stdout);
    said.extend_from_slice(&output.stderr);
    anyhow::ensure!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output)
}

#[test]
fn from_a_token_to_an_env_file_the_key_and_the_token_stand_only_where_they_were_asked_for()
-> anyhow::Result<()> {
    let portal_folder = tempfile::tempdir()?;
    let portal = portal(&portal_folder.path().join("portal"))?;
    let token = portal.token("northwind")?;
    let session = Session::start(KeyringState::Unlocked)?;
    let token_file = session.home().join("token");
    let env_file = session.home().join(".env");
    xtask::repository::write(&token_file, token.as_bytes())?;
    let (token_path, env_path) = (token_file.display().to_string(), env_file.display().to_string());
    let mut said = Vec::new();

    let url = portal.url();
    let connect =
        ["accounts", "add", "aidbox", "--name", "north", "--url", &url, "--token-file", &token_path];
    run(&session, &mut said, &connect)?;
    run(&session, &mut said, &["create", "my box", "--account", "north", "--type", "dev"])?;
    run(&session, &mut said, &["export", "my box", "--format", "env", "--to", &env_path, "--keep"])?;
    for reading in [&["list", "--json"][..], &["show", "my box"], &["show", "my box", "--json"], &["refresh"]]
    {
        run(&session, &mut said, reading)?;
    }

    let written = readers::dotenv(&env_file)?;
    let key = written["BOX_LICENSE"].as_str().context("BOX_LICENSE is in the file")?;
    let claims = readers::jwt(key, &url)?;
    assert!(claims["iat"].is_i64(), "{claims}");
    let secrets =
        Secrets::new(&[("license key", key), ("token", &token)]).allowing(token_file).allowing(env_file);
    assert_eq!(secrets.in_folders(&[session.folder(), portal_folder.path()])?, []);
    assert_eq!(secrets.in_bytes("what was printed", &said), []);
    Ok(())
}

#[test]
fn an_imported_key_stands_only_in_the_file_that_was_asked_for() -> anyhow::Result<()> {
    let key = "0A1B2C-3D4E5F-60718A-9BACBD-CEDFE0-V3";
    let session = Session::start(KeyringState::Unlocked)?;
    let source = session.home().join("pasted.txt");
    let launcher = session.home().join(".aica-license.toml");
    xtask::repository::write(&source, key.as_bytes())?;
    let (source_path, launcher_path) = (source.display().to_string(), launcher.display().to_string());
    let mut said = Vec::new();

    run(&session, &mut said, &["import", &source_path, "--name", "Cell 7"])?;
    run(&session, &mut said, &["export", "Cell 7", "--format", "launcher-toml", "--to", &launcher_path])?;
    run(&session, &mut said, &["list"])?;

    assert_eq!(readers::toml(&launcher)?, json!({ "License": key }));
    let secrets = Secrets::new(&[("license key", key)]).allowing(source).allowing(launcher);
    assert_eq!(secrets.in_folders(&[session.folder()])?, []);
    assert_eq!(secrets.in_bytes("what was printed", &said), []);
    Ok(())
}
