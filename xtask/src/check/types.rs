//! The types that cross to the page are generated, and checked in as they were generated last.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context;
use xtask::repository;

use super::{count::Tally, watched};
use crate::build::cargo;

/// Generates the types anew, elsewhere, and compares.
pub(super) fn compare() -> anyhow::Result<Tally> {
    let fresh = fresh();
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    let mut command = cargo(&["test", "--package", "licet-desktop", "export_bindings"]);
    let outcome = watched::run(command.env("TS_RS_EXPORT_DIR", &fresh))?;
    anyhow::ensure!(outcome.success, "the types could not be generated");
    let kept = repository::path("ui/src/lib/ipc/generated");
    let different = differences(&types(&fresh)?, &types(&kept)?);
    for name in &different {
        println!("{}/{name} is not what the program's types make of it", kept.display());
    }
    Ok(Tally::of_one(
        "checked-in types: `cargo test --package licet-desktop` renews them",
        different.is_empty(),
    ))
}

/// Where the checks generate them, apart from the tree.
pub(super) fn fresh() -> PathBuf {
    repository::target().join("generated-types")
}

/// Every generated file with its text; the index beside them is written by hand.
fn types(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("no types in {}", folder.display()))?;
    let mut types = BTreeMap::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != "index.ts" {
            types.insert(name, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(types)
}

fn differences(fresh: &BTreeMap<String, String>, kept: &BTreeMap<String, String>) -> Vec<String> {
    let mut names: Vec<&String> = fresh.keys().chain(kept.keys()).collect();
    names.sort();
    names.dedup();
    names.into_iter().filter(|name| fresh.get(*name) != kept.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn a_changed_a_new_and_a_left_over_type_are_different() {
        let types = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let fresh = types(&[("Same.ts", "a"), ("Changed.ts", "b"), ("New.ts", "c")]);
        let kept = types(&[("Same.ts", "a"), ("Changed.ts", "old"), ("LeftOver.ts", "d")]);
        assert_eq!(differences(&fresh, &kept), ["Changed.ts", "LeftOver.ts", "New.ts"]);
    }
}
