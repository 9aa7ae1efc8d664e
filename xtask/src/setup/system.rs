//! System packages, from the one list in `xtask/system-packages.txt`.

use std::{
    collections::BTreeSet,
    process::{Command, Stdio},
};

use anyhow::Context;

const LIST: &str = include_str!("../../system-packages.txt");

/// Installs the packages that are missing; on systems without apt says what a user has to install.
pub(super) fn packages() -> anyhow::Result<()> {
    if which::which("apt-get").is_err() {
        println!("{}", advice());
        return Ok(());
    }
    let missing = missing()?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("installing system packages: {}", missing.join(" "));
    let prefix = privilege(&missing)?;
    apt(prefix, &["update"])?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(missing);
    apt(prefix, &arguments)
}

fn wanted() -> impl Iterator<Item = &'static str> {
    LIST.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn missing() -> anyhow::Result<Vec<&'static str>> {
    let answer = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"])
        .args(wanted())
        .stderr(Stdio::null())
        .output()
        .context("could not ask dpkg-query which packages are installed")?;
    let answer = String::from_utf8_lossy(&answer.stdout).into_owned();
    let installed: BTreeSet<&str> =
        answer.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    Ok(wanted().filter(|package| !installed.contains(package)).collect())
}

/// How this user becomes root: not needed, or by sudo.
fn privilege(missing: &[&str]) -> anyhow::Result<Option<&'static str>> {
    if rooted()? {
        return Ok(None);
    }
    anyhow::ensure!(
        which::which("sudo").is_ok(),
        "installing system packages needs root; as root run: apt-get update && apt-get install --yes \
         --no-install-recommends {}",
        missing.join(" ")
    );
    Ok(Some("sudo"))
}

fn apt(prefix: Option<&str>, arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = match prefix {
        Some(prefix) => {
            let mut command = Command::new(prefix);
            command.arg("env");
            command
        }
        None => Command::new("env"),
    };
    super::install(command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]).args(arguments))
}

fn rooted() -> anyhow::Result<bool> {
    let id = Command::new("id").arg("-u").output().context("could not run id")?;
    Ok(id.stdout.trim_ascii() == b"0")
}

fn advice() -> String {
    if cfg!(target_os = "macos") {
        "On macOS install by hand: the Xcode command line tools (xcode-select --install).".into()
    } else if cfg!(windows) {
        "On Windows install by hand: the Visual Studio C++ build tools and the WebView2 runtime.".into()
    } else {
        let packages = wanted().collect::<Vec<_>>().join(" ");
        format!("Without apt-get, install by hand what these Debian packages hold: {packages}")
    }
}
