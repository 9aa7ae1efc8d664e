//! Whether git would commit a license file or one of its backups.

use crate::backups::list;
use crate::context::{AppError, Context, programs};
use std::path::{Path, PathBuf};
use vault::{Vault, files};
use vendors::Registry;

/// What git would do with a file that contains a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitStatus {
    /// The folder is in no repository.
    NotInGit,
    /// It is ignored.
    Ignored,
    /// It is not ignored, so that adding everything adds it.
    WouldBeCommitted,
    /// It is in the repository already.
    Tracked,
    /// There is a repository, and git cannot be asked.
    Unknown,
}

impl GitStatus {
    /// The one spelling.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotInGit => "not-in-git",
            Self::Ignored => "ignored",
            Self::WouldBeCommitted => "would-be-committed",
            Self::Tracked => "tracked",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the file is in the repository, or the next `git add .` adds it.
    pub const fn is_committed(self) -> bool {
        matches!(self, Self::WouldBeCommitted | Self::Tracked)
    }
}

/// What git would do with a license file and its backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitPlan {
    /// With the file.
    pub file: GitStatus,
    /// With each backup that Licet made or that contains a key, and with the one that the write would make.
    pub backups: Vec<(PathBuf, GitStatus)>,
}

impl GitPlan {
    /// What is most worth a warning among the backups; `None` without backups.
    pub fn worst_of_backups(&self) -> Option<GitStatus> {
        let order = [
            GitStatus::Tracked,
            GitStatus::WouldBeCommitted,
            GitStatus::Unknown,
            GitStatus::Ignored,
            GitStatus::NotInGit,
        ];
        order.into_iter().find(|status| self.backups.iter().any(|(_, seen)| seen == status))
    }
}

/// Asks git about a license file, which may not exist yet, and about its backups. `makes_backup` says whether a write is
/// about to make another one.
pub async fn git_plan(context: &Context, path: &Path, makes_backup: bool) -> Result<GitPlan, AppError> {
    let path = files::absolute(path)?;
    let registry = context.registry;
    let looked = context.off_thread(move |vault| {
        Place::of(&path).map(|place| place.with_backups(vault, registry, makes_backup)).transpose()
    });
    let Some((place, names)) = looked.await? else {
        return Ok(GitPlan { file: GitStatus::Unknown, backups: Vec::new() });
    };
    let file = git_status(context, &place).await;
    let mut backups = Vec::new();
    for name in names {
        let place = Place { name, ..place.clone() };
        backups.push((place.folder.join(&place.name), git_status(context, &place).await));
    }
    Ok(GitPlan { file, backups })
}

/// Asks git about a file that may not exist yet.
async fn git_status(context: &Context, place: &Place) -> GitStatus {
    if !place.is_in_repository {
        return GitStatus::NotInGit;
    }
    match git(context, place, &["rev-parse", "--is-inside-work-tree"]).await {
        Some(said) if said.is_good && said.words == "true" => {}
        // In the repository's own folder nothing is ever committed.
        Some(said) if said.is_good => return GitStatus::NotInGit,
        _ => return GitStatus::Unknown,
    }
    let list = ["--literal-pathspecs", "ls-files", "--error-unmatch", "--", &place.name];
    if git(context, place, &list).await.is_some_and(|said| said.is_good) {
        return GitStatus::Tracked;
    }
    // 0 where it is ignored, 1 where it is not, and 128 where git fails (git-check-ignore, "Exit status").
    let ignores = git(context, place, &["check-ignore", "--quiet", "--", &place.name]).await;
    match ignores.and_then(|said| said.code) {
        Some(0) => GitStatus::Ignored,
        Some(1) => GitStatus::WouldBeCommitted,
        Some(_) | None => GitStatus::Unknown,
    }
}

/// What git says in a folder; `None` where it is not installed or cannot be run.
async fn git(context: &Context, place: &Place, args: &[&str]) -> Option<programs::Ran> {
    let mut all = vec!["-C", place.folder.to_str()?];
    all.extend(args);
    programs::run(&context.programs.git, &all, None).await.ok()
}

/// Where a file really is, with every link followed: a link's target is what is written.
#[derive(Debug, Clone)]
struct Place {
    folder: PathBuf,
    name: String,
    is_in_repository: bool,
}

impl Place {
    /// Finds a file's place; `None` where the folder cannot be read.
    fn of(path: &Path) -> Option<Self> {
        let real = path.canonicalize().ok();
        let real = real.or_else(|| Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?)))?;
        let folder = real.parent()?.to_owned();
        let is_in_repository = folder.ancestors().any(|above| above.join(".git").exists());
        Some(Self { folder, name: real.file_name()?.to_str()?.to_owned(), is_in_repository })
    }

    /// The place with the names of the backups that are worth asking about.
    fn with_backups(
        self,
        vault: &Vault,
        registry: Registry,
        makes_backup: bool,
    ) -> Result<(Self, Vec<String>), AppError> {
        let file = self.folder.join(&self.name);
        let there = files::backups_of(&file);
        let name_of = |path: &PathBuf| Some(path.file_name()?.to_str()?.to_owned());
        let mut names: Vec<_> = there
            .iter()
            .filter(|path| list::is_sensitive(vault, registry, path))
            .filter_map(name_of)
            .collect();
        if makes_backup {
            names.extend(vault.library().next_backup(&file)?.as_ref().and_then(name_of));
        }
        Ok((self, names))
    }
}
