//! Running an instance: its license in the `.env` of a compose folder, and whether git would commit that.

use crate::{Desk, DeskError, Preview, Target, Written, programs};
use license::{LicenseId, file::Format};
use std::path::{Path, PathBuf};
use vault::files;

/// The file that docker compose reads by itself.
const ENV: &str = ".env";

/// The names under which docker compose looks for its own file, in its order (Compose specification, "Compose file").
const COMPOSE_FILES: &[&str] = &["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/// What running a license from a folder would do.
#[derive(Debug)]
pub struct RunPlan {
    /// The `.env` that its license is written into.
    pub path: PathBuf,
    /// What writing it would do.
    pub preview: Preview,
    /// What git would make of the file.
    pub git: GitSight,
    /// What git would make of the earlier content, where that will be left beside it.
    pub git_of_backup: Option<GitSight>,
    /// The folder's compose file, where it has one.
    pub compose: Option<PathBuf>,
}

/// What git would make of a file with a key in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitSight {
    /// The folder is in no repository.
    NotInGit,
    /// It is ignored.
    Ignored,
    /// It is not ignored, so that adding everything adds it.
    WouldBeCommitted,
    /// It is in the repository already.
    Tracked,
    /// There is a repository, and git does not tell.
    Unknown,
}

impl GitSight {
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
}

impl Desk {
    /// What running a license from a folder would do; nothing is written.
    pub async fn run_plan(&self, id: LicenseId, folder: &Path) -> Result<RunPlan, DeskError> {
        let target = target(folder, false);
        let preview = self.preview(id, &target).await?;
        let path = files::absolute(&target.path)?;
        let asked = path.clone();
        let (place, compose) =
            self.off_thread(move |_| Ok((Place::of(&asked), compose_file(&asked)))).await?;
        let git = self.git_sight(place.as_ref()).await;
        let git_of_backup = match preview.backup {
            true => Some(self.git_sight(place.map(Place::backup).as_ref()).await),
            false => None,
        };
        Ok(RunPlan { path, preview, git, git_of_backup, compose })
    }

    /// Writes a license into the `.env` of a folder; whatever else stands there stays.
    pub async fn run_here(&self, id: LicenseId, folder: &Path, keep: bool) -> Result<Written, DeskError> {
        self.export(id, target(folder, keep)).await
    }

    /// Asks git about a file that may not be there yet.
    async fn git_sight(&self, place: Option<&Place>) -> GitSight {
        let Some(place) = place else { return GitSight::Unknown };
        if !place.is_in_repository {
            return GitSight::NotInGit;
        }
        match self.git(place, &["rev-parse", "--is-inside-work-tree"]).await {
            Some(said) if said.is_good && said.words == "true" => {}
            // In the repository's own folder nothing is ever committed.
            Some(said) if said.is_good => return GitSight::NotInGit,
            _ => return GitSight::Unknown,
        }
        if self
            .git(place, &["--literal-pathspecs", "ls-files", "--error-unmatch", "--", &place.name])
            .await
            .is_some_and(is_good)
        {
            return GitSight::Tracked;
        }
        // 0 where it is ignored, 1 where it is not, and 128 where git cannot tell (git-check-ignore, "Exit status").
        let ignores = self.git(place, &["check-ignore", "--quiet", "--", &place.name]).await;
        match ignores.and_then(|said| said.code) {
            Some(0) => GitSight::Ignored,
            Some(1) => GitSight::WouldBeCommitted,
            Some(_) | None => GitSight::Unknown,
        }
    }

    /// What git says in a folder; nothing where it is not installed or cannot be run.
    async fn git(&self, place: &Place, args: &[&str]) -> Option<programs::Ran> {
        let mut all = vec!["-C", place.folder.to_str()?];
        all.extend(args);
        programs::run(&self.programs.git, &all, None).await.ok()
    }
}

fn is_good(said: programs::Ran) -> bool {
    said.is_good
}

fn target(folder: &Path, keep: bool) -> Target {
    Target { format: Format::Env, path: folder.join(ENV), in_place: false, keep }
}

/// The compose file beside an env file.
fn compose_file(env: &Path) -> Option<PathBuf> {
    COMPOSE_FILES.iter().map(|name| env.with_file_name(name)).find(|path| path.is_file())
}

/// Where a file really is, with every link followed: a link's target is what is written.
#[derive(Debug)]
struct Place {
    folder: PathBuf,
    name: String,
    is_in_repository: bool,
}

impl Place {
    /// Nothing where the folder cannot be looked into.
    fn of(path: &Path) -> Option<Self> {
        let there = path.canonicalize().ok();
        let real = there.or_else(|| Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?)))?;
        let folder = real.parent()?.to_owned();
        let is_in_repository = folder.ancestors().any(|above| above.join(".git").exists());
        Some(Self { folder, name: real.file_name()?.to_str()?.to_owned(), is_in_repository })
    }

    /// Where its earlier content is kept.
    fn backup(self) -> Self {
        Self { name: format!("{}.bak", self.name), ..self }
    }
}
