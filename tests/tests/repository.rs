//! What stands in the repository is for everybody who reads it.

use std::process::Command;

use anyhow::Context;
use xtask::repository;

#[test]
fn no_tracked_file_names_a_place_on_one_machine() -> anyhow::Result<()> {
    let places = one_of(&["/home/[a-z0-9_-]+/", "/Users/[A-Za-z0-9_-]+/", "/root/", r"[A-Z]:\\Users\\"]);
    // The invented people of documentation and samples.
    let invented = ["/home/you/", "/home/ada/"];
    let mut found = lines_with(&places)?;
    found.retain(|line| !invented.iter().any(|home| line.contains(home)));
    assert!(found.is_empty(), "{found:#?}");
    Ok(())
}

#[test]
fn no_tracked_file_is_left_unfinished() -> anyhow::Result<()> {
    let marks = one_of(&["TODO", "FIXME", r"#\[ignore", r"\b(it|test|describe)\.(skip|only|todo)\("]);
    let found = lines_with(&marks)?;
    assert!(found.is_empty(), "{found:#?}");
    Ok(())
}

#[test]
fn continuous_integration_runs_what_a_person_runs() -> anyhow::Result<()> {
    let script = std::fs::read_to_string(repository::path(".ci/run"))?;
    assert!(script.lines().any(|line| line.trim() == "exec cargo xtask test"), "{script}");
    Ok(())
}

#[test]
fn only_tests_make_passphrases_cheap_to_guess() -> anyhow::Result<()> {
    let mut found = lines_with(&one_of(&["unlock_at_cost", "PassphraseCost::LOWEST"]))?;
    found.retain(|line| line.contains("/src/") && !line.starts_with("crates/vault/src/lock/"));
    assert!(found.is_empty(), "{found:#?}");
    Ok(())
}

fn one_of(parts: &[&str]) -> String {
    format!("({})", parts.join("|"))
}

/// Tracked text that matches, as `file:line:text`; lock files are other programs' words, and this file has
/// to name what it looks for.
fn lines_with(pattern: &str) -> anyhow::Result<Vec<String>> {
    let output = Command::new("git")
        .args(["grep", "--no-color", "-nIE", pattern, "--", "."])
        .args([":!*.lock", ":!*package-lock.json", ":!tests/tests/repository.rs"])
        .current_dir(repository::root())
        .output()
        .context("could not run git")?;
    // It ends with 1 where nothing matches, and with more where it could not look.
    anyhow::ensure!(output.status.code() <= Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}
