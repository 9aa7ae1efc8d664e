//! What is known of a vendor is in its folder. Outside it, no source names it, so that adding one touches nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use license::file::Format;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};
use vendors::{Registration, registry};

/// Where the program's sources are.
const SOURCES: &[&str] = &["crates", "src-tauri/src", "ui/src", "xtask/src"];

/// What may name vendors, with the reason.
const ALLOWED: &[(&str, &str)] = &[
    ("crates/license/", "knows the forms of keys, tokens and license files"),
    ("crates/portal/", "answers as the vendors' own systems do"),
    ("ui/src/lib/ipc/fake/", "is the page's test double"),
    ("xtask/src/bench/stock.rs", "fills an account at a stand-in of one vendor, to measure it"),
];

/// What makes a folder part of the program, and by file: `NAME` is the folder. The local portal speaks as one of them does.
const REGISTERED: &[(&str, &str)] = &[
    ("crates/vendors/src/lib.rs", "mod NAME;"),
    ("crates/vendors/src/registry/mod.rs", "crate::NAME::REGISTRATION"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The words that only a vendor's own folder has: names, hosts, addresses and variables.
fn words(vendor: &Registration) -> BTreeSet<String> {
    let description = vendor.description;
    let page = description.page.url.split("://").nth(1).and_then(|rest| rest.split('/').next());
    let mut words: BTreeSet<String> = [Some(description.provider), page, description.own_domain]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect();
    for product in vendor.products {
        words.extend([product.product, product.title.english].map(str::to_owned));
        words.extend(product.registry.map(|registry| registry.host.to_owned()));
        words.extend(product.steps.iter().map(|step| step.mail.to_owned()));
        words.extend(product.import.iter().flat_map(|import| import.keys).map(|&key| key.to_owned()));
        let variable = |format| if let Format::Env(file) = format { Some(file.variable) } else { None };
        words.extend(product.formats().filter_map(variable).map(str::to_owned));
    }
    words.into_iter().map(|word| word.to_lowercase()).collect()
}

fn is_allowed(file: &str, vendor: &Registration) -> bool {
    let own = format!("crates/vendors/src/{}/", vendor.description.provider);
    let is_of_tests =
        file.split('/').any(|part| part == "tests" || part == "examples" || part.contains("test."));
    let is_tests = file.ends_with("/tests.rs") || is_of_tests;
    is_tests || file.starts_with(&own) || ALLOWED.iter().any(|(allowed, _)| file.starts_with(allowed))
}

/// A line without what registers the vendor.
fn unregistered(file: &str, line: &str, vendor: &Registration) -> String {
    let of_file = REGISTERED.iter().filter(|(registering, _)| *registering == file);
    let patterns = of_file.map(|(_, pattern)| pattern.replace("NAME", vendor.description.provider));
    patterns.fold(line.to_owned(), |line, pattern| line.replace(&pattern, "")).to_lowercase()
}

/// Every source below a folder, by its path in the repository, without the unit tests at its end.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| ["rs", "ts", "svelte"].iter().any(|one| kind == *one)) {
            let text = fs::read_to_string(&path).unwrap();
            let program = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            found.push((path.strip_prefix(root()).unwrap().display().to_string(), program));
        }
    }
}

#[test]
fn no_source_outside_its_folder_names_a_vendor() {
    let mut all = Vec::new();
    SOURCES.iter().for_each(|folder| sources(&root().join(folder), &mut all));
    let mut named = Vec::new();
    for vendor in registry() {
        let words = words(vendor);
        for (file, text) in all.iter().filter(|(file, _)| !is_allowed(file, vendor)) {
            for (number, line) in (1..).zip(text.lines()) {
                let left = unregistered(file, line, vendor);
                if let Some(word) = words.iter().find(|word| left.contains(word.as_str())) {
                    named.push(format!("{file}:{number}: {word:?} in {}", line.trim()));
                }
            }
        }
    }
    assert!(named.is_empty(), "move these to the vendor's folder:\n{}", named.join("\n"));
}

/// Formats of license files that one vendor's products alone are written to. A certificate is what a facet is about, so use cases
/// name its format.
fn formats_of_one_vendor() -> Vec<Format> {
    let products = |of: &Registration| of.products.iter().flat_map(|product| product.formats());
    let is_of_one = |format: &Format| {
        registry().iter().filter(|vendor| products(vendor).any(|other| other == *format)).count() == 1
    };
    let all = registry().iter().flat_map(products).filter(is_of_one);
    all.filter(|format| *format != Format::Certificate).collect()
}

#[test]
fn no_use_case_and_no_program_names_a_format_of_one_vendor() {
    let mut all = Vec::new();
    for folder in ["crates/app/src", "crates/vault/src", "crates/cli/src", "src-tauri/src"] {
        sources(&root().join(folder), &mut all);
    }
    let formats = formats_of_one_vendor();
    assert!(formats.contains(&Format::LauncherToml), "{formats:?}");
    for (file, text) in all.iter().filter(|(file, _)| !file.ends_with("/tests.rs")) {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for format in &formats {
                // A word such as "env" means more than one format.
                let word = Some(format!("\"{}\"", format.word())).filter(|word| word.contains('-'));
                let constant =
                    if let Format::Env(_) = format { "_ENV".to_owned() } else { format!("{format:?}") };
                let mut names = [constant].into_iter().chain(word);
                assert!(
                    !names.any(|name| line.contains("Format::") && line.contains(&name)),
                    "{file}: {}",
                    line.trim()
                );
            }
        }
    }
}

#[test]
fn every_exception_is_still_there() {
    for (path, reason) in ALLOWED {
        assert!(root().join(path).exists(), "{path} {reason}");
    }
}
