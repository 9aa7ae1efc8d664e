//! `docs/vendors.md` names the test that shows each call and feature, and comments cite sections of the page about the
//! protocols: every test and section that is named exists.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const PROTOCOLS: &str = "docs/protocols.md";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

/// The functions of a text.
fn functions(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.trim_start().split("fn ").nth(1)?.split('(').next())
}

/// The words in backticks of the last column of each table's rows.
fn named(page: &str) -> Vec<&str> {
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.ends_with('|'));
    let last = rows.filter_map(|row| row.trim_end_matches('|').rsplit_once(" | ").map(|(_, cell)| cell));
    last.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

/// The sections that a text cites, also across the lines of a comment.
fn cited(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.trim_start().trim_start_matches(['/', '!']).trim());
    let prose = lines.collect::<Vec<_>>().join(" ");
    let page = format!("`{PROTOCOLS}`");
    prose.split(page.as_str()).skip(1).flat_map(sections).map(str::to_owned).collect()
}

/// The names at the beginning of what follows the page's name, as in `, "One" and "Another"`.
fn sections(citation: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut next = citation.strip_prefix(", \"");
    while let Some((name, rest)) = next.and_then(|quoted| quoted.split_once('"')) {
        names.push(name);
        next = rest.strip_prefix(" and \"");
    }
    if names.is_empty() { vec!["no section"] } else { names }
}

#[test]
fn every_test_that_the_page_names_exists() {
    let files: Vec<_> =
        ["crates", "tests/tests"].iter().flat_map(|folder| sources(&root().join(folder))).collect();
    let known: BTreeSet<_> = files.iter().flat_map(|(_, text)| functions(text)).collect();
    let page = page("docs/vendors.md");
    let named = named(&page);
    assert!(named.len() > 60, "the page's tables are read: {}", named.len());
    let missing: Vec<_> = named.into_iter().filter(|name| !known.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_cited_section_of_the_protocols_exists() {
    let page = page(PROTOCOLS);
    let headings: BTreeSet<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")))
        .collect();
    let folders = ["crates", "src-tauri/src", "tests/src", "tests/tests", "xtask/src"];
    let files = folders.iter().flat_map(|folder| sources(&root().join(folder)));
    let citations: Vec<_> = files
        .flat_map(|(file, text)| cited(&text).into_iter().map(move |section| (file.clone(), section)))
        .collect();
    assert!(citations.len() > 30, "comments are read: {}", citations.len());
    let missing: Vec<_> =
        citations.iter().filter(|(_, section)| !headings.contains(section.as_str())).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
