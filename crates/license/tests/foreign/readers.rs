//! Programs that others wrote, each reading many texts at once.

use crate::Pair;
use serde_json::{Map, Value, json};
use std::{
    fs,
    io::{Seek, Write},
    path::{Path, PathBuf},
    process::Command,
};

/// How many files docker compose is given at once.
const SERVICES: usize = 800;

/// What a reader finds in texts, in their order.
pub(crate) type Found = Vec<Value>;

/// What a reader finds in each pair, before and after.
pub(crate) fn both(pairs: &[Pair], read: impl Fn(&[&str]) -> Found) -> Vec<(Value, Value)> {
    let before: Vec<_> = pairs.iter().map(|pair| pair.before.as_str()).collect();
    let after: Vec<_> = pairs.iter().map(|pair| pair.after.as_str()).collect();
    read(&before).into_iter().zip(read(&after)).collect()
}

/// The variables as docker compose gives them to a container.
pub(crate) fn compose(texts: &[&str]) -> Found {
    texts.chunks(SERVICES).flat_map(compose_at_once).collect()
}

fn compose_at_once(texts: &[&str]) -> Found {
    let folder = written(texts);
    let services: Map<_, _> = (0..texts.len())
        .map(|number| (format!("s{number}"), json!({ "image": "x", "env_file": [number.to_string()] })))
        .collect();
    put(&folder.path().join("compose.yaml"), json!({ "services": services }).to_string().as_bytes());
    let mut command = Command::new(interpreter().with_file_name("docker-compose"));
    command.args(["config", "--format", "json"]).current_dir(folder.path()).env_remove("BOX_LICENSE");
    let mut read = answer(&mut command);
    let of = |number| read["services"][format!("s{number}")]["environment"].take();
    (0..texts.len()).map(of).collect()
}

/// The variables as npm's dotenv reads them.
pub(crate) fn node_dotenv(texts: &[&str]) -> Found {
    const SCRIPT: &str = "const texts = JSON.parse(require('fs').readFileSync(0));
        console.log(JSON.stringify(texts.map((text) => require('dotenv').parse(text))))";
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    listed(Command::new("node").current_dir(tests).args(["-e", SCRIPT]), texts)
}

/// The variables as python-dotenv reads them.
pub(crate) fn python_dotenv(texts: &[&str]) -> Found {
    python(texts, "dotenv", "dotenv.dotenv_values(stream=text, interpolate=False)")
}

/// The keys as Python's own tomllib reads them.
pub(crate) fn tomllib(texts: &[&str]) -> Found {
    python(texts, "tomllib", "tomllib.loads(text.read())")
}

/// The documents as PyYAML reads them.
pub(crate) fn pyyaml(texts: &[&str]) -> Found {
    python(texts, "yaml", "list(yaml.load_all(text, yaml.CSafeLoader))")
}

fn python(texts: &[&str], module: &str, read: &str) -> Found {
    let script = format!(
        "import io, json, sys, {module}
def read(text):
    text = io.StringIO(text.removeprefix('\\ufeff'), newline='')
    return {read}
print(json.dumps([read(text) for text in json.load(sys.stdin)], default=str))"
    );
    listed(Command::new(interpreter()).args(["-c", &script]), texts)
}

/// Gives a program the texts as JSON, and reads one value for each.
fn listed(command: &mut Command, texts: &[&str]) -> Found {
    let mut input = tempfile::tempfile().unwrap();
    serde_json::to_writer(&input, texts).unwrap();
    input.rewind().unwrap();
    let read = answer(command.stdin(input));
    let Value::Array(read) = read else { panic!("not a list") };
    assert_eq!(read.len(), texts.len());
    read
}

fn answer(command: &mut Command) -> Value {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn written(texts: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (number, text) in texts.iter().enumerate() {
        put(&folder.path().join(number.to_string()), text.as_bytes());
    }
    folder
}

fn put(path: &Path, bytes: &[u8]) {
    fs::File::create(path).unwrap().write_all(bytes).unwrap();
}

/// The Python that `cargo xtask setup` installs packages for.
fn interpreter() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/.venv/bin/python")
}
