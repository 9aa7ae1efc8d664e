//! Every error of a use case as people and programs read it: one snapshot for each code. Set
//! `INSTA_UPDATE=always` to write the snapshots again, and read the difference before you commit it.

use super::examples::errors;
use app::context::{AppError, with_causes};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

#[test]
fn every_error_has_its_words() {
    let mut by_code = BTreeMap::<String, Vec<String>>::new();
    let mut listed = BTreeSet::new();
    for error in errors() {
        assert!(listed.insert(format!("{error:?}")), "this error is listed twice: {error:?}");
        by_code.entry(error.report().code).or_default().push(text_of(&error));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (code, texts) in &by_code {
            insta::assert_snapshot!(code.as_str(), texts.join("\n"));
        }
    });

    let codes: BTreeSet<_> = by_code.into_keys().collect();
    assert_eq!(codes, codes_in_source(), "the errors listed here have other codes than the source");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/context/snapshots");
    let files = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let kept: BTreeSet<_> = files.filter_map(|file| Some(file.strip_suffix(".snap")?.to_owned())).collect();
    assert_eq!(kept, codes, "a code was removed: remove its snapshot too");
}

/// An error as the command line prints it, with what programs read.
fn text_of(error: &AppError) -> String {
    let facts = error.report();
    let mut text = format!("error: {}\n", with_causes(error));
    writeln!(text, "code: {}, kind: {:?}", facts.code, error.kind()).unwrap();
    for (name, value) in &facts.args {
        writeln!(text, "argument {name}: {value}").unwrap();
    }
    if let Some(detail) = &facts.detail {
        writeln!(text, "detail: {detail}").unwrap();
    }
    text
}

/// Every code in the sources that map errors to codes.
fn codes_in_source() -> BTreeSet<String> {
    let context = include_str!("../../../src/context/error_text/report.rs");
    let vendors = include_str!("../../../../vendors/src/error.rs");
    let told = context.split("told(").filter_map(literal).map(|(code, _)| code);
    let with_detail = context.split('(').filter_map(literal).filter_map(|(code, rest)| {
        let is_code = rest.starts_with(", Vec::new") || rest.starts_with(", vec![");
        is_code.then_some(code)
    });
    let of_vendors = vendors.split("=> ").filter_map(literal).map(|(code, _)| code);
    let of_vendors = of_vendors.filter(|code| code.starts_with("vendor-"));
    told.chain(with_detail).chain(of_vendors).map(str::to_owned).collect()
}

/// The text literal at the beginning of a source text, and what follows it.
fn literal(source: &str) -> Option<(&str, &str)> {
    source.trim_start().strip_prefix('"')?.split_once('"')
}
