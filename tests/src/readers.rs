//! Other people's parsers, reading what Licet wrote.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::Context;
use serde_json::Value;
use xtask::repository;

/// The file, as Python's tomllib reads it.
pub fn toml(file: &Path) -> anyhow::Result<Value> {
    python(
        "import json, sys, tomllib\nprint(json.dumps(tomllib.load(sys.stdin.buffer)))",
        &std::fs::read(file)?,
    )
}

/// The file's one document, as PyYAML reads it.
pub fn yaml(file: &Path) -> anyhow::Result<Value> {
    python("import json, sys, yaml\nprint(json.dumps(yaml.safe_load(sys.stdin)))", &std::fs::read(file)?)
}

/// The file's rows, each by the titles of its columns, as Python's csv reads them.
pub fn csv(file: &Path) -> anyhow::Result<Value> {
    python(
        "import csv, io, json, sys\n\
         text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')\n\
         print(json.dumps(list(csv.DictReader(text, strict=True))))",
        &std::fs::read(file)?,
    )
}

/// The file's variables, as dotenv reads them.
pub fn dotenv(file: &Path) -> anyhow::Result<Value> {
    let script = "console.log(JSON.stringify(require('dotenv').parse(require('fs').readFileSync(0))))";
    let mut command = Command::new("node");
    command.args(["-e", script]).current_dir(repository::path("tests"));
    answered(command, &std::fs::read(file)?)
}

/// The claims of a JWT, verified by PyJWT against the keys published below `issuer`.
pub fn jwt(token: &str, issuer: &str) -> anyhow::Result<Value> {
    const SCRIPT: &str = r#"
import json, jwt, sys
token = sys.stdin.read()
keys = jwt.PyJWKClient(sys.argv[1] + "/.well-known/jwks.json")
key = keys.get_signing_key_from_jwt(token)
print(json.dumps(jwt.decode(token, key, algorithms=["EdDSA"], options={"verify_aud": False})))
"#;
    let mut command = Command::new(interpreter());
    command.args(["-c", SCRIPT, issuer]);
    answered(command, token.as_bytes())
}

fn python(script: &str, input: &[u8]) -> anyhow::Result<Value> {
    let mut command = Command::new(interpreter());
    command.args(["-c", script]);
    answered(command, input)
}

/// The Python that has the tests' packages.
fn interpreter() -> std::path::PathBuf {
    repository::path("tests/.venv/bin/python")
}

/// Gives a program its input and reads the JSON that it prints.
fn answered(mut command: Command, input: &[u8]) -> anyhow::Result<Value> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context("`cargo xtask setup` installs the readers")?;
    child.stdin.take().context("a reader without input")?.write_all(input)?;
    let output = child.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "refused to read: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}
