//! Every error of a use case as people and programs read it: one snapshot for each code. Set
//! `INSTA_UPDATE=always` to write the snapshots again, and read the difference before you commit it.

use super::examples::errors;
use app::context::{AppError, with_causes};
use errors::Declaration;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

#[test]
fn every_error_has_its_words() {
    let mut by_code = BTreeMap::<String, Vec<String>>::new();
    let mut listed = BTreeSet::new();
    let declared = Declaration::by_code(AppError::declarations());
    for error in errors() {
        assert!(listed.insert(format!("{error:?}")), "this error is listed twice: {error:?}");
        let one = &declared[error.code()];
        let args = error.report().args;
        assert!(
            args.keys().all(|name| one.args.contains(name.as_str())),
            "an argument is not declared: {error:?}"
        );
        assert!(one.kinds.contains(&error.kind()), "its kind is not declared: {error:?}");
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
    let declared: BTreeSet<_> = declared.into_keys().map(str::to_owned).collect();
    assert_eq!(codes, declared, "the examples have other codes than the declarations");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/context/snapshots");
    assert_eq!(testkit::snapshots_in(&folder), codes, "a code was removed: remove its snapshot too");
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

#[test]
fn errors_of_one_code_have_one_meaning() {
    let mut meanings = BTreeMap::new();
    for one in AppError::declarations() {
        let meaning = *meanings.entry(one.code).or_insert(one.meaning);
        assert_eq!(meaning, one.meaning, "{}", one.code);
    }
}

/// Options and commands of `licet` belong to the command line, and buttons to the page.
#[test]
fn errors_name_no_option_and_no_command() {
    for one in AppError::declarations() {
        for text in [one.meaning, one.help.unwrap_or_default()] {
            let names_option = text.split_whitespace().any(|word| {
                word.strip_prefix("--").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
            });
            assert!(!names_option && !text.contains("`licet "), "{}: {text}", one.code);
        }
    }
    for error in errors() {
        let sentence = with_causes(&error);
        assert!(!sentence.contains(" --") && !sentence.contains("`licet "), "{sentence}");
    }
}
