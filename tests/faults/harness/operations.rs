//! Every operation of the command line that writes or asks a vendor, as data.

use super::{promise::Promise, world::ADD_AICA};

/// One operation, from a start of its own.
#[derive(Debug)]
pub(super) struct Operation {
    pub name: &'static str,
    /// What is done before, on top of what every start has.
    pub prepare: Vec<Step>,
    /// The command line without the program and the options that unlock its home.
    pub command: String,
    /// The command line that resumes an interrupted run, if it is another one.
    pub resume: Option<&'static str>,
    /// What is true once it says that it is done.
    pub promise: Promise,
    /// Whether the vendor lists another key for the account's license than it did before.
    pub has_new_key: bool,
    /// Whether it writes into a file instead of replacing it. A kill or a full disk may then leave a part of each text, as long as a
    /// backup has the whole old one.
    pub is_in_place: bool,
}

/// One step on the way to a start.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// A command line that has to succeed.
    Licet(String),
    /// A file that is there before.
    Write(&'static str, &'static str),
    /// A license that another user created at the vendor.
    Issue(&'static str),
    /// A license that another user deleted at the vendor.
    Remove(&'static str),
    /// Licet was never started here.
    NewHome,
}

impl Operation {
    /// Whether the home has the imported key that must never be lost, and the operation does not forget it on purpose.
    pub(super) fn has_sentinel(&self) -> bool {
        let is_new_home = self.prepare.iter().any(|step| matches!(step, Step::NewHome));
        !is_new_home && self.promise != Promise::Forgotten
    }
}

/// Commands without an operation: they write nothing and ask no vendor.
#[cfg(test)]
const WITHOUT: [&str; 2] = ["core", "list"];

fn operation(name: &'static str, prepare: &[&str], command: &str, promise: Promise) -> Operation {
    Operation {
        name,
        prepare: prepare.iter().map(|line| Step::Licet((*line).to_owned())).collect(),
        command: command.to_owned(),
        resume: None,
        promise,
        has_new_key: false,
        is_in_place: false,
    }
}

/// All of them.
pub(super) fn all() -> Vec<Operation> {
    [licenses(), files(), backups(), imported(), accounts(), instances(), offers(), questions()]
        .into_iter()
        .flatten()
        .collect()
}

fn licenses() -> Vec<Operation> {
    let mut replace = operation(
        "replace",
        &["export clinic-dev --format env --to {files}/.env"],
        "replace clinic-dev --name clinic-next --confirm clinic-dev",
        Promise::Replaced { old: "clinic-dev", new: "clinic-next", file: ".env" },
    );
    replace.resume = Some("replace clinic-dev --resume");
    let mut changed = operation("refresh, licenses changed", &[], "refresh", Promise::Refreshed);
    changed.prepare.extend([Step::Issue("newcomer"), Step::Remove("pipeline")]);
    vec![
        operation("create", &[], "create box-1 --account ab --type dev", Promise::Created("box-1")),
        operation("delete", &[], "delete clinic-dev --confirm clinic-dev", Promise::Deleted("clinic-dev")),
        operation(
            "delete by key",
            &["export clinic-dev --format jwt --to {files}/license.jwt"],
            "delete --key-file {files}/license.jwt --account ab --confirm clinic-dev",
            Promise::Deleted("clinic-dev"),
        ),
        replace,
        changed,
        operation(
            "seats --release",
            &[],
            "seats cell-07 --release 5c:1f:0a:77:21:e0 --confirm 5c:1f:0a:77:21:e0",
            Promise::Released,
        ),
    ]
}

fn files() -> Vec<Operation> {
    let written = Promise::Written(&[".env"]);
    let mut existing = operation(
        "export, existing .env",
        &[],
        "export clinic-dev --format env --to {files}/.env",
        Promise::Written(&[".env", ".env.bak"]),
    );
    existing.prepare.push(Step::Write(".env", "# mine\nPORT=8080\nBOX_LICENSE=old\n"));
    let other_license = "export clinic-dev --format env --to {files}/.env";
    let mut in_place = operation(
        "export --in-place",
        &[other_license],
        "export clinic-prod --format env --to {files}/.env --replace --in-place",
        written,
    );
    in_place.is_in_place = true;
    let mut kept = operation(
        "refresh, kept file",
        &["export cell-07 --format launcher-toml --to {files}/cell.toml --keep"],
        "refresh --account ai",
        Promise::Written(&["cell.toml"]),
    );
    kept.has_new_key = true;
    vec![
        operation("export, new file", &[], "export clinic-dev --format env --to {files}/.env", written),
        existing,
        operation(
            "export --replace",
            &[other_license],
            "export clinic-prod --format env --to {files}/.env --replace",
            written,
        ),
        operation("export --keep", &[], "export clinic-dev --format env --to {files}/.env --keep", written),
        in_place,
        operation(
            "export, Kubernetes secret",
            &[],
            "export clinic-dev --format k8s-secret --to {files}/secret.yaml",
            Promise::Written(&["secret.yaml"]),
        ),
        operation(
            "export, certificate",
            &[],
            "export cell-07 --format certificate --to {files}/license.lic",
            Promise::Certificate("license.lic"),
        ),
        kept,
    ]
}

/// A file that was there before, and was written once.
fn backups() -> Vec<Operation> {
    let over_existing = |name, command, promise| {
        let export = "export clinic-dev --format env --to {files}/.env";
        let mut operation = operation(name, &[export], command, promise);
        operation.prepare.insert(0, Step::Write(".env", "# mine\nPORT=8080\nBOX_LICENSE=old\n"));
        operation
    };
    let restored = Promise::BackupRestored(&[".env", ".env.bak", ".env.bak.1"]);
    let mut in_place = over_existing(
        "restore --in-place",
        "restore {files}/.env --backup 0 --in-place --confirm .env",
        restored,
    );
    in_place.is_in_place = true;
    vec![
        over_existing("backups", "--json backups", Promise::Answered),
        over_existing("restore", "restore {files}/.env --backup 0 --confirm .env", restored),
        in_place,
        over_existing(
            "backups --remove",
            "backups {files}/.env --remove 0 --confirm .env",
            Promise::BackupRemoved(".env.bak"),
        ),
    ]
}

fn imported() -> Vec<Operation> {
    let bring_in = "import {inputs}/other.toml --name other";
    vec![
        operation("import", &[], bring_in, Promise::Listed("other")),
        operation(
            "import, certificate",
            &["export cell-07 --format certificate --to {files}/license.lic"],
            "import {files}/license.lic --name offline --issuer-key {public-key}",
            Promise::Listed("offline"),
        ),
        operation("remove", &[bring_in], "remove other --confirm other", Promise::NotListed("other")),
        operation("secrets forget", &[], "secrets forget --confirm {words}", Promise::Forgotten),
        operation("leaked", &[], "leaked cell-07", Promise::Leaked("cell-07")),
        operation(
            "leaked --take-back",
            &["leaked cell-07"],
            "leaked cell-07 --take-back",
            Promise::NotLeaked("cell-07"),
        ),
        operation(
            "leaked --successor-file",
            &[bring_in, "export other --format launcher-toml --to {files}/other.toml", "leaked other"],
            "leaked other --successor-file {inputs}/successor.toml",
            Promise::Written(&["other.toml"]),
        ),
    ]
}

fn accounts() -> Vec<Operation> {
    let aidbox = "accounts add aidbox --name ab --url {url} --token-file {inputs}/token";
    let dashboard = "accounts add dashboard --name dash --url {url}/instances/demo --user admin --password-file {inputs}/password";
    let remove = |name: &str| format!("accounts remove {name} --confirm {name}");
    let connect = |name, account, command: &str| {
        operation(name, &[&remove(account)], command, Promise::Connected(account))
    };
    let mut first = operation("accounts add, new home", &[], aidbox, Promise::Connected("ab"));
    first.prepare.push(Step::NewHome);
    vec![
        connect("accounts add aidbox", "ab", aidbox),
        connect("accounts add aica", "ai", ADD_AICA),
        connect("accounts add dashboard", "dash", dashboard),
        first,
        operation("accounts add local", &[], "accounts add local --name here", Promise::Connected("here")),
        operation(
            "accounts log-in aidbox",
            &[],
            "accounts log-in ab --token-file {inputs}/token",
            Promise::Connected("ab"),
        ),
        operation(
            "accounts log-in aica",
            &[],
            "accounts log-in ai --password-file {inputs}/password",
            Promise::Connected("ai"),
        ),
        operation(
            "accounts log-in dashboard",
            &[],
            "accounts log-in dash --password-file {inputs}/password",
            Promise::Connected("dash"),
        ),
        operation("accounts log-out", &[], "accounts log-out ai", Promise::LoggedOut("ai")),
        operation("accounts remove aidbox", &[], &remove("ab"), Promise::Disconnected("ab")),
        operation("accounts remove aica", &[], &remove("ai"), Promise::Disconnected("ai")),
    ]
}

fn instances() -> Vec<Operation> {
    let (first, second) = (
        "instance apply {inputs}/first.jwt --account dash",
        "instance apply {inputs}/second.jwt --account dash",
    );
    vec![
        operation("instance apply", &[], first, Promise::Token("first.jwt")),
        operation("instance renew", &[], "instance renew --account dash", Promise::Renewed),
        operation(
            "instance remove",
            &[first],
            "instance remove --account dash --confirm {url}/instances/demo",
            Promise::NoToken,
        ),
        operation(
            "instance restore",
            &[first, second],
            "instance restore --account dash",
            Promise::Restored("first.jwt", "second.jwt"),
        ),
    ]
}

fn offers() -> Vec<Operation> {
    let with_registry = format!("{ADD_AICA} --registry registry.example --confirm-registry registry.example");
    vec![operation(
        "packages --login",
        &["accounts remove ai --confirm ai", &with_registry],
        "packages cell-07 --login",
        Promise::RegistryLogin,
    )]
}

/// What only asks. It may write all the same: what it learned, and that it was asked.
fn questions() -> Vec<Operation> {
    let ask = |name, command| operation(name, &[], command, Promise::Answered);
    vec![
        ask("accounts test aidbox", "--json accounts test ab"),
        ask("accounts test aica", "--json accounts test ai"),
        ask("accounts test dashboard", "--json accounts test dash"),
        ask("show", "--json show cell-07"),
        ask("seats", "--json seats cell-07"),
        ask("packages", "--json packages cell-07 --package core"),
        ask("validate", "--json validate cell-07"),
        ask("instance check", "--json instance check --account dash"),
        ask("instance token", "--json instance token --account dash"),
        ask("instance stats", "--json instance stats --account dash"),
        operation(
            "look-up",
            &["export clinic-dev --format jwt --to {files}/license.jwt"],
            "--json look-up --key-file {files}/license.jwt --account ab",
            Promise::Answered,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, process::Command};

    use super::{WITHOUT, all};

    #[test]
    fn every_command_of_the_program_has_an_operation() {
        let program = journeys::program("LICET_BIN").expect("a built licet");
        let output = Command::new(program).arg("--help").output().expect("the help of licet");
        let help = String::from_utf8_lossy(&output.stdout).into_owned();
        let commands = testkit::help::listed_commands(&help).into_iter();
        let commands: BTreeSet<_> =
            commands.filter(|command| !WITHOUT.contains(command)).map(str::to_owned).collect();
        let tried: BTreeSet<_> = all()
            .iter()
            .filter_map(|operation| {
                let words = operation.command.trim_start_matches("--json ").split(' ').next();
                words.map(str::to_owned)
            })
            .collect();
        assert_eq!(tried, commands);
    }
}
