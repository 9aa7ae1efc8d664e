//! A home, a portal and a folder of one test's own, and the program in them.

use license::Password;
use portal::{Name, Order, Portal, Serving, Tier};
use serde_json::{Value, json};
use std::{
    ffi::{OsStr, OsString},
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};
use tempfile::TempDir;
use testkit::put;
use tokio::runtime::Runtime;
use vault::{Home, PassphraseCost, Vault};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_licet");
/// What the home is unlocked with.
const PASSPHRASE: &str = "correct horse battery staple";
pub(crate) const PROJECT: &str = "northwind";
/// The System License key of the AICA document's example.
pub(crate) const SYSTEM_KEY: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

/// A license string that no portal issued.
pub(crate) const UNKNOWN_KEY: &str = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub3J0aCJ9.c2lnbmF0dXJl";

/// Replaces what differs between runs, and everything secret. Ports and times are as wide as what they
/// replace, so that tables stay aligned: a port that the system chooses has five digits.
const FILTERS: &[(&str, &str)] = &[
    (r"\beyJ[\w-]+\.[\w-]+\.[\w-]+", "[JWT]"),
    (r"\bZXlK[A-Za-z0-9+/=]+", "[JWT IN BASE64]"),
    (r"\b[0-9A-F]{6}(-[0-9A-F]{6}){4}-V\d\b", "[SYSTEM KEY]"),
    (r"\blicet_[0-9a-f]{40}\b", "[TOKEN]"),
    (r"(?s)(-----BEGIN LICENSE FILE-----\n).*?(\n-----END)", "$1[CERTIFICATE]$2"),
    (r"(•[•-]*•)[\w-]+", "$1[END]"),
    (r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "[UUID]"),
    (r"\b[0-9a-f]{64}\b", "[PUBLIC KEY]"),
    (r"\b[0-9a-f]{32}\b", "[ID]"),
    (r"\b[0-9a-f]{20}\b", "[DIGEST]"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PPPPP"),
    (r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "YYYY-MM-DDThh:mm:ssZ"),
    (r"\b\d{4}-\d\d-\d\d\b", "YYYY-MM-DD"),
    (r"\b[12]\d{9}\b", "[SECONDS]"),
    (r"\((today|tomorrow|yesterday|in \d+ \w+|\d+ \w+ ago)\)", "([WHEN])"),
    (r#""expires_in_days": -?\d+"#, r#""expires_in_days": "[DAYS]""#),
    (r"\blicet \d+\.\d+\.\d+\S*", "licet [VERSION]"),
];

/// A home with a passphrase, and a portal with one project.
pub(crate) struct World {
    pub folder: TempDir,
    pub portal: Portal,
    pub token: String,
    serving: Serving,
    runtime: Runtime,
}

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Ran {
    args: Vec<String>,
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl World {
    /// Nothing is connected yet.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let portal = Portal::open(folder.path().join("portal")).unwrap();
        let serving = runtime.block_on(portal.listen("127.0.0.1:0")).unwrap();
        let token = portal.issue_token(PROJECT).unwrap().expose().to_owned();
        let world = Self { folder, portal, token, serving, runtime };
        world.write("passphrase", &format!("{PASSPHRASE}\n"));
        world.write("token", &world.token);
        world
    }

    /// The account `north` is connected to the portal.
    pub(crate) fn connected() -> Self {
        let world = Self::new();
        world.connect("north");
        world
    }

    /// The account `north` is connected, and the portal has issued these development licenses.
    pub(crate) fn with(names: &[&str]) -> Self {
        let world = Self::new();
        world.issue(names);
        world.connect("north");
        world
    }

    pub(crate) fn connect(&self, name: &str) {
        self.licet(
            ["accounts", "add", "aidbox", "--name", name, "--url", &self.url(), "--token-file"]
                .map(str::to_owned)
                .into_iter()
                .chain([self.text_path("token")]),
        )
        .ok();
    }

    /// Makes the home with its passphrase, as the first command would, so that each command unlocks it in no time.
    fn choose_passphrase(&self) {
        if self.home().exists() {
            return;
        }
        let passphrase = Password::new(PASSPHRASE.to_owned());
        let vault = Vault::open(Home::at(self.home())).unwrap();
        vault.lock().unlock_at_cost(&passphrase, PassphraseCost::LOWEST).unwrap();
    }

    /// Issues development licenses behind the program's back.
    pub(crate) fn issue(&self, names: &[&str]) {
        let order =
            |n: usize| Order::self_hosted(Name::parse("license", names[n]).unwrap(), Tier::Development);
        self.portal.issue_many(PROJECT, names.len(), order).unwrap();
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.serving.address())
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.path("home")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn text_path(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        put(&path, text);
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The library says that a keyring keeps its key as well: one that never had it, as on another computer.
    pub(crate) fn is_kept_by_a_keyring_too(&self) {
        let library = rusqlite::Connection::open(self.home().join("library.sqlite3")).unwrap();
        library.execute("INSERT INTO slots (kind, key_id) SELECT 'keyring', key_id FROM slots", []).unwrap();
    }

    /// The program on this home, with nothing of the developer's surroundings.
    pub(crate) fn locked_command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", self.folder.path());
        command.arg("--home").arg(self.home());
        command
    }

    /// The same with the passphrase.
    pub(crate) fn command(&self) -> Command {
        let mut command = self.locked_command();
        command.arg("--unlock-file").arg(self.path("passphrase"));
        command
    }

    /// Runs the program with the passphrase.
    pub(crate) fn licet<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Ran {
        self.licet_reading(args, "")
    }

    /// Runs it without the passphrase.
    pub(crate) fn licet_locked<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Ran {
        self.run(self.locked_command().args(args), "")
    }

    /// Runs it with something on standard input.
    pub(crate) fn licet_reading<A: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = A>,
        input: &str,
    ) -> Ran {
        let args: Vec<_> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        let words = words(&args);
        let keeps_secrets = matches!(words[..], ["import", ..] | ["accounts", "add", ..]);
        if keeps_secrets && !words.contains(&"--help") {
            self.choose_passphrase();
        }
        self.run(self.command().args(args), input)
    }

    /// Runs a command. Whatever it is, neither the token nor a license string may show, but where the text of a
    /// license file was asked for.
    pub(crate) fn run(&self, command: &mut Command, input: &str) -> Ran {
        let asks_for_the_key = command.get_args().any(|arg| arg == "--stdout");
        let ran = run(command, input);
        for text in [&ran.stdout, &ran.stderr] {
            assert!(!text.contains(&self.token), "the token shows: {text}");
            assert!(asks_for_the_key || !text.contains("eyJ"), "a license string shows: {text}");
        }
        ran
    }

    /// The array that `list --json` prints for a filter.
    pub(crate) fn list(&self, filter: &[&str]) -> Vec<Value> {
        let args = ["list", "--json", "--"].into_iter().chain(filter.iter().copied());
        self.licet_locked(args).ok().json().as_array().unwrap().clone()
    }

    /// The names in the list for a filter.
    pub(crate) fn names(&self, filter: &[&str]) -> Vec<String> {
        self.list(filter).iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    }

    /// The licenses that the portal has.
    pub(crate) fn at_portal(&self) -> Vec<Value> {
        self.ask_portal("get-licenses", json!({})).as_array().unwrap().clone()
    }

    /// The license string of a license that this home may not know.
    pub(crate) fn key_at_portal(&self, vendor_id: &str) -> String {
        self.ask_portal("get-license", json!({"id": vendor_id}))["jwt"].as_str().unwrap().to_owned()
    }

    /// Asks the portal as its own page does.
    pub(crate) fn ask_portal(&self, method: &str, params: Value) -> Value {
        let client = reqwest::Client::new();
        let request = testkit::rpc::request(&client, &self.url(), &self.token, method, params);
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap().text().await.unwrap();
            serde_json::from_str::<Value>(&answer).unwrap()["result"].clone()
        })
    }

    /// The names of the licenses that the portal has.
    pub(crate) fn names_at_portal(&self) -> Vec<String> {
        let mut names: Vec<_> =
            self.at_portal().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    /// Compares everything that a run printed with a snapshot in the folder `snapshots`.
    #[track_caller]
    pub(crate) fn snapshot(&self, name: &str, ran: &Ran) {
        let transcript = ran.transcript().replace(self.folder.path().to_str().unwrap(), "[DIR]");
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_filters(FILTERS.to_vec());
        settings.bind(|| insta::assert_snapshot!(name, transcript));
    }

    /// Runs a command as text and with `--json`, and compares both with snapshots.
    #[track_caller]
    pub(crate) fn snapshots(&self, name: &str, args: &[&str]) {
        self.snapshot(name, &self.licet(args));
        self.snapshot(&format!("{name}-json"), &self.licet([args, &["--json"]].concat()));
    }

    /// The license string of a license, as its owner gets it.
    pub(crate) fn key_of(&self, license: &str) -> String {
        self.licet(["export", license, "--format", "jwt", "--stdout"]).ok().stdout.trim_end().to_owned()
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command, input: &str) -> Ran {
    let args = command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read its input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        args,
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// An argument as a shell takes it.
fn quoted(arg: &str) -> String {
    let is_plain = !arg.is_empty() && !arg.contains([' ', '"', '\'']);
    if is_plain { arg.to_owned() } else { format!("'{}'", arg.replace('\'', r"'\''")) }
}

/// One line of JSON as indented lines; other text as it is.
fn indented(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(mut json) if json.is_object() || json.is_array() => {
            // Another crate in the build can have serde_json keep the order of members.
            json.sort_all_objects();
            format!("{json:#}\n")
        }
        _ => text.to_owned(),
    }
}

impl Ran {
    /// The command line, the exit code and both outputs. JSON is indented, with its members sorted.
    fn transcript(&self) -> String {
        let is_of_world = ["--home", "--unlock-file"];
        let pairs = self.args.chunks(2).take_while(|pair| is_of_world.contains(&pair[0].as_str()));
        let shown = self.args[pairs.count() * 2..].iter().map(|arg| format!(" {}", quoted(arg)));
        let mut text = format!("$ licet{}\n", shown.collect::<String>());
        text.push_str(&indented(&self.stdout));
        if !self.stderr.is_empty() {
            text.push_str("--- standard error\n");
            text.push_str(&indented(&self.stderr));
        }
        text.push_str(&format!("--- exit code {}\n", self.code));
        text
    }

    /// It was done.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// It ended with this code, words on standard error and nothing on standard output.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        assert!(self.stderr.contains("error"), "{self:?}");
        self
    }

    /// Standard error holds this.
    #[track_caller]
    pub(crate) fn saying(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "{words:?} is not in {self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.stderr, "", "{self:?}");
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The error that `--json` tells.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let whole: Value = serde_json::from_str(&self.stderr).unwrap_or_else(|e| panic!("{e}: {self:?}"));
        crate::schema::check("error", &whole);
        whole["error"].clone()
    }
}

fn words(args: &[OsString]) -> Vec<&str> {
    args.iter().filter_map(|arg| arg.to_str()).collect()
}
