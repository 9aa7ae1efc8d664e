//! No module of a crate uses another one that, directly or through others, uses it back: the code can be read from the bottom up.
//!
//! Calls of methods name no module, so they are not seen here; the use cases are functions for that reason.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::Context;
use syn::visit::{self, Visit};
use xtask::repository;

/// Every crate of the product, by the folder of its sources.
const CRATES: &[&str] = &[
    "crates/license/src",
    "crates/vault/src",
    "crates/vendors/src",
    "crates/app/src",
    "crates/cli/src",
    "crates/portal/src",
    "crates/testkit/src",
    "crates/hardening/src",
    "crates/errors/src",
    "crates/errors-derive/src",
    "src-tauri/src",
    "xtask/src",
];

#[test]
fn modules_use_each_other_in_one_direction() -> anyhow::Result<()> {
    for sources in CRATES {
        let uses = Crate::read(&repository::path(sources))?.uses();
        let circle =
            circle(&uses).map(|modules| modules.iter().map(|one| one.join("::")).collect::<Vec<_>>());
        assert_eq!(circle, None, "{sources}: each of these uses the next one");
    }
    Ok(())
}

fn circle_of(files: &[(&str, &str)]) -> Option<Vec<String>> {
    let file = |(name, text): &(&str, &str)| {
        let module = name.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
        (module, vec![(*text).to_owned()])
    };
    let found = circle(&Crate { files: files.iter().map(file).collect() }.uses());
    found.map(|modules| modules.iter().map(|one| one.join("::")).collect())
}

#[test]
fn circle_is_found_through_a_re_export() {
    let found = circle_of(&[
        ("", "mod a; mod b;"),
        ("a", "pub use one::One; mod one;"),
        ("a::one", "pub struct One(super::super::b::Two);"),
        ("b", "use crate::a::One; pub struct Two;"),
    ]);
    assert_eq!(found.unwrap(), ["a::one", "b"]);
}

#[test]
fn circle_is_found_through_a_macro_and_a_child() {
    let found = circle_of(&[
        ("", "mod a; mod b;"),
        ("a", "mod child; fn all() { vec![child::one()]; }"),
        ("a::child", "pub fn one() { crate::b::two() }"),
        ("b", "pub fn two() { let all = crate::a::all; }"),
    ]);
    assert_eq!(found.unwrap(), ["a", "a::child", "b"]);
}

#[test]
fn uses_of_unit_tests_are_left_out() {
    for condition in ["test", "all(test, unix)"] {
        let tests = format!("#[cfg({condition})] mod tests {{ use crate::a::One; }} pub struct Two;");
        assert_eq!(circle_of(&[("", ""), ("a", "pub struct One(crate::b::Two);"), ("b", &tests)]), None);
    }
}

/// The names from the crate's root to a module.
type ModulePath = Vec<String>;

/// The source files of a crate, each as the module that it is.
struct Crate {
    /// A root may be two: a library's and a program's.
    files: BTreeMap<ModulePath, Vec<String>>,
}

impl Crate {
    fn read(sources: &Path) -> anyhow::Result<Self> {
        let mut files = BTreeMap::new();
        let mut open = vec![sources.to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|kind| kind == "rs") {
                    let inside = path.strip_prefix(sources)?.with_extension("");
                    let mut module: ModulePath =
                        inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                    module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
                    let text = std::fs::read_to_string(&path).context("a source is text")?;
                    files.entry(module).or_insert_with(Vec::new).push(text);
                }
            }
        }
        Ok(Self { files })
    }

    /// Which modules each module uses, tests left out. A module may use those that it is in: they are one subject.
    fn uses(&self) -> BTreeMap<ModulePath, BTreeSet<ModulePath>> {
        let mut found = Found { modules: self.files.keys().cloned().collect(), ..Found::default() };
        for (module, text) in
            self.files.iter().flat_map(|(module, texts)| texts.iter().map(move |text| (module, text)))
        {
            found.at = module.clone();
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{module:?}: {error}"));
            found.visit_file(&parsed);
        }
        let mut uses: BTreeMap<ModulePath, BTreeSet<ModulePath>> = BTreeMap::new();
        for (user, path) in &found.paths {
            let (from, to) = (self.file_of(user), self.file_of(&found.followed(path)));
            let is_of_tests = |module: &ModulePath| {
                (1..=module.len()).any(|length| found.of_tests.contains(&module[..length]))
            };
            if !from.starts_with(&to) && !is_of_tests(&from) && !is_of_tests(&to) {
                uses.entry(from).or_default().insert(to);
            }
        }
        uses
    }

    /// The module of the file that a path leads to.
    fn file_of(&self, path: &[String]) -> ModulePath {
        let lengths = (0..=path.len()).rev();
        let files = lengths.map(|length| &path[..length]).find(|module| self.files.contains_key(*module));
        files.unwrap_or_default().to_vec()
    }
}

/// What was found in sources.
#[derive(Default)]
struct Found {
    /// Every module that is a file.
    modules: BTreeSet<ModulePath>,
    /// The module that is visited.
    at: ModulePath,
    /// The paths within the crate that a module uses.
    paths: Vec<(ModulePath, Vec<String>)>,
    /// What a module re-exports, by its full name.
    exports: BTreeMap<Vec<String>, Vec<String>>,
    /// Modules that are compiled for tests alone.
    of_tests: BTreeSet<ModulePath>,
}

impl Found {
    /// A path from the root of the crate; nothing where it leads out of the crate.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let ups = path.iter().take_while(|name| *name == "super").count();
        match path.first()?.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([&self.at[..], &path[1..]].concat()),
            "super" => Some([&self.at[..self.at.len().checked_sub(ups)?], &path[ups..]].concat()),
            _ => None,
        }
    }

    /// Where a path leads once re-exports are followed.
    fn followed(&self, path: &[String]) -> Vec<String> {
        let mut path = path.to_vec();
        // A name is re-exported a few times at most.
        for _ in 0..8 {
            let next = (1..=path.len()).find_map(|length| {
                // A function may have the name of a module; what is inside such a name is the module's.
                let is_module = length < path.len() && self.modules.contains(&path[..length]);
                let target = self.exports.get(&path[..length]).filter(|_| !is_module)?;
                Some([target, &path[length..]].concat())
            });
            match next {
                Some(next) if next != path => path = next,
                Some(_) | None => break,
            }
        }
        path
    }

    fn note(&mut self, path: &[String]) {
        let child = path.first().map(|name| [&self.at[..], std::slice::from_ref(name)].concat());
        let path = match child {
            Some(child) if path.len() > 1 && self.modules.contains(&child) => {
                Some([child, path[1..].to_vec()].concat())
            }
            _ => self.absolute(path),
        };
        self.paths.extend(path.map(|path| (self.at.clone(), path)));
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = if let syn::Item::Mod(one) = item {
            &one.attrs
        } else if let syn::Item::Use(one) = item {
            &one.attrs
        } else if let syn::Item::Impl(one) = item {
            &one.attrs
        } else {
            &Vec::new()
        };
        if !attributes.iter().any(is_of_tests) {
            visit::visit_item(self, item);
        } else if let syn::Item::Mod(module) = item {
            self.of_tests.insert([&self.at[..], &[module.ident.to_string()]].concat());
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.at.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.at.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_private = matches!(item.vis, syn::Visibility::Inherited);
        for (path, name) in leaves(&item.tree) {
            let is_of_a_child = !["crate", "self", "super"].contains(&path[0].as_str());
            let path = if is_of_a_child { [vec!["self".to_owned()], path].concat() } else { path };
            if is_private {
                self.note(&path);
            } else if let Some(target) = self.absolute(&path) {
                self.exports.insert([&self.at[..], &[name]].concat(), target);
            }
        }
    }

    /// What is inside a macro is not parsed; its paths are runs of names.
    fn visit_macro(&mut self, one: &'ast syn::Macro) {
        let text: String = one
            .tokens
            .to_string()
            .chars()
            .flat_map(|c| match c.is_alphanumeric() || matches!(c, '_' | ':') {
                true => vec![c],
                false => vec![' ', c, ' '],
            })
            .collect();
        let text = text.replace("::", " :: ");
        let mut path: Vec<String> = Vec::new();
        let mut goes_on = false;
        for word in text.split_whitespace().chain([";"]) {
            let is_name = word.chars().all(|c| c.is_alphanumeric() || c == '_');
            if word == "::" {
                goes_on = true;
                continue;
            }
            if !goes_on || !is_name {
                self.note(&std::mem::take(&mut path));
            }
            if is_name {
                path.push(word.to_owned());
            }
            goes_on = false;
        }
        visit::visit_macro(self, one);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(&names);
        visit::visit_path(self, path);
    }
}

fn is_of_tests(attribute: &syn::Attribute) -> bool {
    let condition = attribute.parse_args::<syn::Meta>().ok().filter(|_| attribute.path().is_ident("cfg"));
    match condition {
        Some(syn::Meta::Path(path)) => path.is_ident("test"),
        Some(syn::Meta::List(list)) if list.path.is_ident("all") => {
            list.tokens.to_string().split(',').any(|one| one.trim() == "test")
        }
        Some(syn::Meta::List(_) | syn::Meta::NameValue(_)) | None => false,
    }
}

/// Each path of an import, with the name that it has there.
fn leaves(tree: &syn::UseTree) -> Vec<(Vec<String>, String)> {
    match tree {
        syn::UseTree::Path(path) => {
            let name = path.ident.to_string();
            let below = leaves(&path.tree).into_iter();
            below.map(|(rest, as_name)| ([vec![name.clone()], rest].concat(), as_name)).collect()
        }
        syn::UseTree::Name(name) => vec![(vec![name.ident.to_string()], name.ident.to_string())],
        syn::UseTree::Rename(name) => vec![(vec![name.ident.to_string()], name.rename.to_string())],
        syn::UseTree::Glob(_) => vec![(vec!["self".to_owned()], "*".to_owned())],
        syn::UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
    }
}

/// Modules of which each uses the next one, and the last the first.
fn circle(uses: &BTreeMap<ModulePath, BTreeSet<ModulePath>>) -> Option<Vec<ModulePath>> {
    let mut done = BTreeSet::new();
    uses.keys().find_map(|module| circle_from(module, uses, &mut Vec::new(), &mut done))
}

fn circle_from(
    module: &ModulePath,
    uses: &BTreeMap<ModulePath, BTreeSet<ModulePath>>,
    way: &mut Vec<ModulePath>,
    done: &mut BTreeSet<ModulePath>,
) -> Option<Vec<ModulePath>> {
    if let Some(start) = way.iter().position(|one| one == module) {
        return Some(way[start..].to_vec());
    }
    if done.contains(module) {
        return None;
    }
    way.push(module.clone());
    let found = uses.get(module).into_iter().flatten().find_map(|next| circle_from(next, uses, way, done));
    way.pop();
    done.insert(module.clone());
    found
}
