//! The rule of ARCHITECTURE.md: which member of the workspace may depend on which, and nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use anyhow::Context;
use serde_json::Value;
use xtask::repository;

/// Every arrow there is. Whoever needs another one changes the plan first, in ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("licet-desktop", &["app", "portal", "vault", "vendors", "license", "hardening"]),
    ("cli", &["app", "portal", "vault", "vendors", "license", "hardening", "errors", "errors-derive"]),
    ("app", &["vendors", "vault", "license", "errors", "errors-derive"]),
    ("vendors", &["license", "errors", "errors-derive"]),
    ("vault", &["license", "errors", "errors-derive"]),
    ("portal", &["license", "hardening"]),
    ("license", &["errors", "errors-derive"]),
    ("errors", &[]),
    ("errors-derive", &[]),
    ("hardening", &[]),
    // The repository's own tools; the product depends on none of them.
    ("journeys", &["xtask", "testkit"]),
    ("xtask", &[]),
    ("testkit", &[]),
];

/// Tests talk to the real portal over HTTP, and to the scripted server of `testkit`, which the product itself never has, or read
/// the declarations of errors.
const ARROWS_OF_TESTS: &[(&str, &[&str])] = &[
    ("vendors", &["portal", "testkit"]),
    ("vault", &["testkit"]),
    ("app", &["portal", "testkit"]),
    ("portal", &["testkit"]),
    ("cli", &["portal", "testkit"]),
    ("licet-desktop", &["portal", "errors"]),
    ("errors", &["errors-derive"]),
    ("journeys", &["portal", "testkit"]),
];

/// The folders of the use cases, the lowest first: each uses only those before it.
const LAYERS_OF_USE_CASES: &[&str] = &[
    "context",
    "keys",
    "files",
    "leaked",
    "listing",
    "certificates",
    "backups",
    "export",
    "changes",
    "refresh",
    "accounts",
    "instance",
    "offers",
    "import",
    "list",
    "attention",
    "selections",
    "home",
];

/// The same of the command line.
const LAYERS_OF_COMMANDS: &[&str] = &["args", "output", "process", "commands"];

/// What only the window may know.
const OF_THE_WINDOW: &[&str] = &["tauri", "tauri-build", "ts-rs", "wry", "tao"];

#[test]
fn members_depend_on_each_other_only_along_the_arrows() -> anyhow::Result<()> {
    let workspace = Workspace::read()?;
    let members: BTreeSet<&str> = workspace.members.keys().map(String::as_str).collect();
    let planned: BTreeSet<&str> = ARROWS.iter().map(|(member, _)| *member).collect();
    assert_eq!(members, planned, "every member has its place in the plan");

    let allowed = |table: &[(&str, &[&str])], from: &str, to: &str| {
        table.iter().any(|(member, targets)| *member == from && targets.contains(&to))
    };
    for (from, dependencies) in &workspace.members {
        for Dependency { name: to, kind } in
            dependencies.iter().filter(|one| members.contains(one.name.as_str()))
        {
            let of_tests = kind == "dev" && allowed(ARROWS_OF_TESTS, from, to);
            assert!(allowed(ARROWS, from, to) || of_tests, "{from} may not depend on {to} ({kind})");
        }
    }
    Ok(())
}

#[test]
fn folders_use_only_the_layers_below_them() -> anyhow::Result<()> {
    for (code, layers) in [("crates/app/src", LAYERS_OF_USE_CASES), ("crates/cli/src", LAYERS_OF_COMMANDS)] {
        let code = repository::path(code);
        let folders: BTreeSet<String> = folders_in(&code)?;
        let planned: BTreeSet<String> = layers.iter().map(|layer| (*layer).to_owned()).collect();
        assert_eq!(folders, planned, "every folder of {} is a layer", code.display());
        for (height, layer) in layers.iter().enumerate() {
            for (file, text) in sources(&code.join(layer))? {
                for used in used_folders(&text) {
                    let is_above = layers[height + 1..].contains(&used);
                    assert!(!is_above, "{} uses {used}, which is above {layer}", file.display());
                }
            }
        }
    }
    Ok(())
}

/// How many source files a folder has side by side at most, so that its list can be read at a glance.
const WIDEST_FOLDER: usize = 20;

#[test]
fn no_folder_has_many_source_files_side_by_side() -> anyhow::Result<()> {
    let mut widths = BTreeMap::<std::path::PathBuf, usize>::new();
    for code in ["crates", "src-tauri", "tests/src", "tests/tests", "tests/faults", "ui/src", "xtask/src"] {
        for (file, _) in sources(&repository::path(code))? {
            let is_source = file
                .extension()
                .is_some_and(|kind| ["rs", "ts", "svelte"].iter().any(|known| kind == *known));
            let folder = file.parent().context("a file is in a folder")?.to_path_buf();
            if is_source && !folder.ends_with("ipc/generated") {
                *widths.entry(folder).or_default() += 1;
            }
        }
    }
    let wide: Vec<_> = widths.iter().filter(|(_, width)| **width > WIDEST_FOLDER).collect();
    assert!(wide.is_empty(), "group these by subject: {wide:?}");
    Ok(())
}

fn folders_in(folder: &Path) -> anyhow::Result<BTreeSet<String>> {
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let folders = entries.into_iter().filter(|entry| entry.path().is_dir());
    Ok(folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// The first segment of each path in a source text that begins at the crate. Imports name one folder each.
fn used_folders(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("crate::").skip(1);
    after.map(|path| path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default())
}

#[test]
fn imports_of_layers_name_one_folder_each() -> anyhow::Result<()> {
    for code in ["crates/app/src", "crates/cli/src"] {
        for (file, text) in sources(&repository::path(code))? {
            assert!(!text.contains("crate::{"), "{} hides which folders it uses", file.display());
            assert!(!text.contains("super::super"), "{} hides which folder it uses", file.display());
        }
    }
    Ok(())
}

/// Files of the use cases that name options of other programs, or the command for another computer that a license file is for.
const NAME_OPTIONS_OF_PROGRAMS: &[&str] = &["export/git.rs", "offers/packages.rs", "files/next_step.rs"];

#[test]
fn only_the_command_line_names_its_options_and_commands() -> anyhow::Result<()> {
    for library in ["app", "vault", "vendors", "license"] {
        let code = repository::path(&format!("crates/{library}/src"));
        for (file, text) in sources(&code)? {
            if NAME_OPTIONS_OF_PROGRAMS.iter().any(|known| file.ends_with(known)) {
                continue;
            }
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in lines {
                assert!(
                    !names_option_or_command(line),
                    "{}: hints are in the command line: {line}",
                    file.display()
                );
            }
        }
    }
    Ok(())
}

/// Whether a line of code has a text with an option such as `--home`, or a command such as `licet list`.
fn names_option_or_command(line: &str) -> bool {
    let follows_a_letter = |mark: &str| {
        line.match_indices(mark)
            .any(|(at, _)| line[at + mark.len()..].starts_with(|c: char| c.is_ascii_lowercase()))
    };
    // Bytes are no sentence, and "xn--" begins a host in its encoded form.
    let is_text = line.contains('"') && !line.contains("b\"") && !line.contains("//xn--");
    is_text && (follows_a_letter("--") || follows_a_letter("licet "))
}

#[test]
fn nothing_below_the_window_knows_tauri_or_the_pages_types() -> anyhow::Result<()> {
    let workspace = Workspace::read()?;
    for (member, dependencies) in workspace.members.iter().filter(|(member, _)| *member != "licet-desktop") {
        for dependency in dependencies {
            let of_the_window = OF_THE_WINDOW.contains(&dependency.name.as_str())
                || dependency.name.starts_with("tauri-plugin-");
            assert!(!of_the_window, "{member} may not depend on {}", dependency.name);
        }
    }
    Ok(())
}

#[test]
fn portal_and_vendors_share_nothing_but_the_license() -> anyhow::Result<()> {
    let workspace = Workspace::read()?;
    let (portal, vendors) = (workspace.reach("portal"), workspace.reach("vendors"));
    let below_license = workspace.reach("license");
    let is_below = |member: &str| member == "license" || below_license.contains(member);
    let mut shared = portal.intersection(&vendors).filter(|member| !is_below(member));
    assert_eq!(shared.next(), None, "a mistake on one side must not hide behind the same on the other");
    Ok(())
}

#[test]
fn the_page_knows_tauri_in_one_folder_only() -> anyhow::Result<()> {
    let ipc = repository::path("ui/src/lib/ipc");
    for (file, text) in sources(&repository::path("ui/src"))? {
        assert!(
            file.starts_with(&ipc) || !text.contains("@tauri-apps/"),
            "{} imports Tauri; only ui/src/lib/ipc may",
            file.display()
        );
    }
    Ok(())
}

#[test]
fn the_page_that_is_shipped_holds_no_invented_backend() -> anyhow::Result<()> {
    let shipped =
        sources(&repository::path("ui/dist")).context("build the page first: npm run build in ui/")?;
    let (invented, real): (Vec<_>, Vec<_>) =
        sources(&repository::path("ui/src"))?.into_iter().partition(|(file, _)| {
            file.components().any(|part| part.as_os_str().to_string_lossy().starts_with("fake"))
        });
    // Names are shortened when the page is built, sentences are not: look for those that only fake.ts has.
    let only_invented: Vec<&str> = invented
        .iter()
        .flat_map(|(_, text)| text.split('\'').skip(1).step_by(2))
        .filter(|words| words.len() >= 8 && !words.contains(['\n', '/']))
        .filter(|words| !real.iter().any(|(_, text)| text.contains(words)))
        .collect();
    assert!(only_invented.len() >= 10, "fake.ts has words of its own: {only_invented:?}");
    for words in only_invented {
        let holder = shipped.iter().find(|(_, text)| text.contains(words));
        assert!(holder.is_none(), "{holder:?} holds {words:?} of fake.ts");
    }
    Ok(())
}

struct Dependency {
    name: String,
    kind: String,
}

struct Workspace {
    members: BTreeMap<String, Vec<Dependency>>,
}

impl Workspace {
    fn read() -> anyhow::Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
            .current_dir(repository::root())
            .output()?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let packages = metadata["packages"].as_array().context("cargo metadata lists packages")?;
        Ok(Self {
            members: packages.iter().map(|package| (text(&package["name"]), dependencies(package))).collect(),
        })
    }

    /// The members that `member` needs to be built, itself left out.
    fn reach(&self, member: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![member];
        while let Some(next) = open.pop() {
            for dependency in self.members[next].iter().filter(|dependency| dependency.kind != "dev") {
                if let Some((name, _)) = self.members.get_key_value(&dependency.name)
                    && reached.insert(name.as_str())
                {
                    open.push(name);
                }
            }
        }
        reached
    }
}

fn dependencies(package: &Value) -> Vec<Dependency> {
    let all = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let kind = |one: &Value| one["kind"].as_str().unwrap_or("normal").to_owned();
    all.iter().map(|one| Dependency { name: text(&one["name"]), kind: kind(one) }).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn sources(folder: &Path) -> anyhow::Result<Vec<(std::path::PathBuf, String)>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = std::fs::read(&path)?;
                files.push((path, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    Ok(files)
}
