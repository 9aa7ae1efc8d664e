//! Builds what people run: the page, the window and the programs beside it.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context;
use xtask::{process::Group, repository};

/// What to build the programs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be opened from the repository and to be tested: quick to build.
    Working,
    /// The same together with every test, so that all of it is compiled side by side.
    Testing,
    /// To be measured: exactly as people get it.
    Measuring,
}

impl Purpose {
    fn what(self) -> &'static [&'static str] {
        match self {
            // Examples have the dependencies of tests: with them the tests find everything compiled.
            Self::Working => &["--bins", "--examples", WHOLE[0], WHOLE[1], WHOLE[2]],
            // Without what only tests need, down to the features of what they share.
            Self::Testing => &["--all-targets", WHOLE[0], WHOLE[1], WHOLE[2]],
            Self::Measuring => &[
                "--bins",
                "--package=licet-desktop",
                "--package=cli",
                "--package=portal",
                "--features=licet-desktop/custom-protocol",
            ],
        }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Working | Self::Testing => PROFILE,
            Self::Measuring => "release",
        }
    }
}

/// The one profile that programs and tests are compiled with.
pub(crate) const PROFILE: &str = "e2e";

/// What every cargo call names: with other packages or features cargo would compile the dependencies once more.
pub(crate) const WHOLE: [&str; 3] = ["--workspace", "--features", "licet-desktop/custom-protocol"];

/// The page as its sources are now, in `ui/dist`: no window is compiled around another one.
#[derive(Debug)]
pub(crate) struct Page(());

/// Builds the page into `ui/dist`, once, and leaves unchanged files untouched, so that no window is recompiled for them.
pub(crate) fn page() -> anyhow::Result<Page> {
    static BUILT: Mutex<bool> = Mutex::new(false);
    let mut is_built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if *is_built {
        return Ok(Page(()));
    }
    let built = repository::target().join("page");
    let mut vite = npm(&["run", "build", "--", "--emptyOutDir", "--outDir"]);
    finished(vite.arg(&built))?;
    mirror(&built, &repository::path("ui/dist"))?;
    *is_built = true;
    Ok(Page(()))
}

/// The programs after a build.
#[derive(Debug)]
pub(crate) struct Programs {
    /// `licet-desktop`.
    pub window: PathBuf,
    /// The window that WebDriver drives; none where the programs are to be measured.
    pub driven_window: Option<PathBuf>,
    /// `licet`.
    pub licet: PathBuf,
    /// `licet-portal`.
    pub portal: PathBuf,
}

/// Builds window, command line and portal, the window around this page.
pub(crate) fn programs(_page: &Page, purpose: Purpose) -> anyhow::Result<Programs> {
    finished(cargo(&["build", "--profile", purpose.profile()]).args(purpose.what()))?;
    let folder = repository::target().join(purpose.profile());
    let built = |program: &str| folder.join(program).with_extension(std::env::consts::EXE_EXTENSION);
    Ok(Programs {
        window: built("licet-desktop"),
        driven_window: match purpose {
            Purpose::Working | Purpose::Testing => {
                Some(beside(&built("examples/driven_window"), &built("licet-desktop-driven"))?)
            }
            Purpose::Measuring => None,
        },
        licet: built("licet"),
        portal: built("licet-portal"),
    })
}

/// Links an example beside the programs, so that all of them are in one folder.
fn beside(example: &Path, name: &Path) -> anyhow::Result<PathBuf> {
    if name.exists() {
        std::fs::remove_file(name)?;
    }
    std::fs::hard_link(example, name).with_context(|| format!("could not link {}", name.display()))?;
    Ok(name.to_owned())
}

/// Builds a Tauri window with nothing in it, to compare the real one with.
#[cfg(target_os = "linux")]
pub(crate) fn empty_window() -> anyhow::Result<PathBuf> {
    let mut command =
        cargo(&["build", "--profile", Purpose::Measuring.profile(), "--package", "licet-desktop"]);
    finished(command.args(["--example", "empty_window", "--features", "licet-desktop/custom-protocol"]))?;
    Ok(repository::target().join(Purpose::Measuring.profile()).join("examples/empty_window"))
}

/// Builds the window for a development server.
pub(crate) fn window_in_development() -> anyhow::Result<PathBuf> {
    // As the other calls, but without the feature that embeds the page. An example, for the dependencies of tests.
    let window = ["--bin", "licet-desktop", "--example", "driven_window"];
    finished(cargo(&["build", "--profile", PROFILE, "--workspace"]).args(window))?;
    Ok(repository::target()
        .join(PROFILE)
        .join("licet-desktop")
        .with_extension(std::env::consts::EXE_EXTENSION))
}

/// `cargo` in the repository, as the one that runs this.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(repository::root()).stdin(Stdio::null());
    command
}

/// `npm` in the page's folder.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(repository::path("ui")).stdin(Stdio::null());
    command
}

fn finished(command: &mut Command) -> anyhow::Result<()> {
    let status = Group::spawn(command)?.wait(Duration::MAX)?;
    anyhow::ensure!(status.success(), "this command failed: {command:?}");
    Ok(())
}

/// Makes `to` the same as `from`, and writes only what differs.
fn mirror(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to).with_context(|| format!("could not make {}", to.display()))?;
    let names = names_in(from)?;
    for name in names_in(to)?.difference(&names) {
        let left = to.join(name);
        match left.is_dir() {
            true => std::fs::remove_dir_all(&left),
            false => std::fs::remove_file(&left),
        }
        .with_context(|| format!("could not remove {}", left.display()))?;
    }
    for name in names {
        let (source, copy) = (from.join(&name), to.join(&name));
        if source.is_dir() {
            mirror(&source, &copy)?;
            continue;
        }
        let content = std::fs::read(&source)?;
        if std::fs::read(&copy).is_ok_and(|present| present == content) {
            continue;
        }
        repository::write(&copy, &content)?;
    }
    Ok(())
}

fn names_in(folder: &Path) -> anyhow::Result<BTreeSet<std::ffi::OsString>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.file_name())).collect()
}

#[cfg(test)]
mod tests {
    use super::{mirror, repository::write};
    use std::{fs, time::SystemTime};

    #[test]
    fn what_is_the_same_is_left_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for (folder, changed) in [(&from, "new"), (&to, "old")] {
            write(&folder.join("assets/same.js"), b"same").unwrap();
            write(&folder.join("changed.html"), changed.as_bytes()).unwrap();
        }
        write(&to.join("assets/left.js"), b"").unwrap();
        let same = to.join("assets/same.js");
        let long_ago = SystemTime::UNIX_EPOCH;
        fs::File::options().write(true).open(&same).unwrap().set_modified(long_ago).unwrap();

        mirror(&from, &to).unwrap();

        assert_eq!(fs::metadata(&same).unwrap().modified().unwrap(), long_ago);
        assert_eq!(fs::read_to_string(to.join("changed.html")).unwrap(), "new");
        assert!(!to.join("assets/left.js").exists());
    }
}
