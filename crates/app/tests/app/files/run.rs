//! Running an instance from a compose folder: its license in the `.env`, and what git would make of that.

use crate::common::{PASSPHRASE, World};
use app::context::Programs;
use app::export::{GitStatus, RunPlan};
use license::{LicenseId, Password};
use std::{fs, path::Path, process::Command};
use testkit::put;

fn git(folder: &Path, args: &[&str]) {
    let ran = Command::new("git").arg("-C").arg(folder).args(args).output().unwrap();
    assert!(ran.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// A license, and a folder with a compose file.
async fn project(world: &World) -> (LicenseId, std::path::PathBuf) {
    let account = world.connect("a").await;
    let id = world.created(account, "north").await;
    let folder = world.path("box");
    fs::create_dir(&folder).unwrap();
    put(&folder.join("docker-compose.yml"), "services: {}\n");
    (id, folder)
}

async fn plan(world: &World, id: LicenseId, folder: &Path) -> RunPlan {
    app::export::run_plan(&world.context, id, folder).await.unwrap()
}

#[tokio::test]
async fn the_license_lands_in_the_env_file_and_other_lines_stay() {
    let world = World::start().await;
    let (id, folder) = project(&world).await;
    put(&folder.join(".env"), "# ours\nPGPASSWORD=postgres\n");
    let seen = plan(&world, id, &folder).await;
    assert_eq!((&seen.path, &seen.compose), (&folder.join(".env"), &Some(folder.join("docker-compose.yml"))));
    assert!(seen.preview.exists && seen.preview.backup);
    assert!(seen.preview.text.unwrap().contains("PGPASSWORD=postgres\nBOX_LICENSE="));
    assert_eq!(fs::read_to_string(folder.join(".env")).unwrap(), "# ours\nPGPASSWORD=postgres\n");

    let written = app::export::run_here(&world.context, id, &folder, true).await.unwrap();
    let key = world.key_of(id).await.unwrap();
    let expected = format!("# ours\nPGPASSWORD=postgres\nBOX_LICENSE={}\n", key.expose());
    assert_eq!(fs::read_to_string(folder.join(".env")).unwrap(), expected);
    assert!(written.file.tracked.file.keep);
    assert!(written.next.command.contains("docker compose --project-directory"), "{:?}", written.next);
    assert!(written.next.snippets[0].text.contains("BOX_LICENSE: ${BOX_LICENSE}"));
}

#[tokio::test]
async fn git_tells_what_it_would_make_of_the_file() {
    let world = World::start().await;
    let (id, folder) = project(&world).await;
    assert_eq!(plan(&world, id, &folder).await.git, GitStatus::NotInGit);
    git(&folder, &["init", "--quiet"]);
    assert_eq!(plan(&world, id, &folder).await.git, GitStatus::WouldBeCommitted);
    put(&folder.join(".gitignore"), ".env\n");
    assert_eq!(plan(&world, id, &folder).await.git, GitStatus::Ignored);

    // What is in the repository already is committed whatever is ignored, also in a folder further down.
    let deeper = folder.join("deep");
    fs::create_dir(&deeper).unwrap();
    put(&deeper.join(".env"), "A=1\n");
    git(&folder, &["add", "--force", "deep/.env"]);
    let seen = plan(&world, id, &deeper).await;
    assert_eq!((seen.git, seen.compose), (GitStatus::Tracked, None));
    assert_eq!(seen.git_of_backup, Some(GitStatus::WouldBeCommitted), "only .env is ignored");
}

#[tokio::test]
async fn git_that_cannot_tell_whether_it_ignores_a_file_is_not_taken_at_its_no() {
    let world = World::with_passphrase().await;
    let (id, folder) = project(&world).await;
    git(&folder, &["init", "--quiet"]);
    // Git as it is, but for one question that ends badly.
    let program = world.path("git");
    let said = "#!/bin/sh\ncase \"$*\" in *check-ignore*) exit 128;; esac\nexec git \"$@\"\n";
    put(&program, said);
    fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let context = world.context_with(Programs { git: program, container: Vec::new() });
    app::keys::unlock_with_passphrase(&context, Password::new(PASSPHRASE.to_owned())).await.unwrap();
    assert_eq!(app::export::run_plan(&context, id, &folder).await.unwrap().git, GitStatus::Unknown);
}

#[tokio::test]
async fn a_link_counts_as_what_it_leads_to() {
    let world = World::start().await;
    let (id, folder) = project(&world).await;
    git(&folder, &["init", "--quiet"]);
    put(&world.path("elsewhere.env"), "A=1\n");
    std::os::unix::fs::symlink(world.path("elsewhere.env"), folder.join(".env")).unwrap();
    assert_eq!(plan(&world, id, &folder).await.git, GitStatus::NotInGit);
}

#[tokio::test]
async fn without_git_only_a_repository_is_doubtful() {
    let world = World::with_passphrase().await;
    let (id, folder) = project(&world).await;
    let context = world.context_with(Programs { git: "/nowhere/git".into(), container: Vec::new() });
    app::keys::unlock_with_passphrase(&context, Password::new(PASSPHRASE.to_owned())).await.unwrap();
    assert_eq!(app::export::run_plan(&context, id, &folder).await.unwrap().git, GitStatus::NotInGit);
    git(&folder, &["init", "--quiet"]);
    assert_eq!(app::export::run_plan(&context, id, &folder).await.unwrap().git, GitStatus::Unknown);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_said_before_anything_is_written() {
    let world = World::start().await;
    let (id, folder) = project(&world).await;
    let seen = plan(&world, id, &folder.join("nowhere")).await;
    assert_eq!(seen.preview.text.unwrap_err().report().code, "file-folder-missing");
    assert_eq!(seen.git, GitStatus::Unknown);
}
