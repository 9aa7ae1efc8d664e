//! What to try after every error, as a snapshot. Set `INSTA_UPDATE=always` to write it again.

use super::{of, option};
use app::context::AppError;
use std::process::Command;
use vendors::{Instead, VendorError};

#[path = "../../../../app/tests/app/context/examples.rs"]
mod examples;

#[test]
fn every_error_has_its_hint() {
    let shown = |error: AppError| {
        let hint = of(&error).unwrap_or_else(|| "-".to_owned());
        format!("{}: {error}\n    {hint}\n", error.report().code)
    };
    let mut all: Vec<_> = examples::errors().into_iter().map(shown).collect();
    all.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("hints", all.concat()));
}

#[test]
fn the_hint_to_confirm_is_one_word_for_a_shell() {
    for name in ["north", "it's mine", "$HOME `id` \"x\" ; rm", "🚀 שלום"] {
        let hint = of(&AppError::NotConfirmed { expected: name.to_owned() }).unwrap();
        let script = hint.replacen("say --confirm", "printf '%s'", 1);
        let shell = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert_eq!(String::from_utf8(shell.stdout).unwrap(), name);
    }
}

#[test]
fn value_like_an_option_is_joined_to_its_option() {
    assert_eq!(option("--account", "acme"), "--account acme");
    assert_eq!(option("--confirm", "-v"), "--confirm=-v");
}

#[test]
fn hints_speak_of_the_vendor_that_was_asked() {
    let refusals = [
        VendorError::Unauthorized { words: None },
        VendorError::NotFound { words: None },
        VendorError::NotAPortal { what: Instead::HtmlPage },
    ];
    let at = |provider: &str, source| {
        let (account, doing) = ("a".into(), "creating \"x\"".into());
        of(&AppError::Vendor { provider: provider.into(), account, doing, source }).unwrap()
    };
    for refusal in refusals {
        let own = at("aidbox", refusal.clone());
        assert!(own.contains("portal"), "{own}");
        let other = at("licensor-of-next-year", refusal);
        assert!(!["portal", "aidbox", "Token"].iter().any(|word| other.contains(word)), "{other}");
    }
}

/// A hint for a code that no error has would never be printed.
#[test]
fn every_hint_is_for_a_declared_code() {
    let declared = errors::Declaration::by_code(AppError::declarations());
    let sources = [
        include_str!("vendors.rs"),
        include_str!("network.rs"),
        include_str!("secrets.rs"),
        include_str!("files.rs"),
        include_str!("licenses.rs"),
    ];
    let arms = sources.iter().flat_map(|source| source.lines()).filter(|line| line.contains("=>"));
    let patterns = arms.filter_map(|line| line.trim_start().split(" if ").next()?.split("=>").next());
    let words = patterns.filter(|pattern| pattern.starts_with('"'));
    let words = words.flat_map(|pattern| pattern.split('"').skip(1).step_by(2));
    // The values of arguments, by which some hints are chosen.
    let of_arguments = |word: &str| {
        word.starts_with("tls")
            || word.starts_with("proxy-")
            || ["dns", "silent", "refused", "file-system", "permission"].contains(&word)
    };
    let codes: Vec<_> = words.filter(|word| !of_arguments(word)).collect();
    assert!(codes.len() > 40, "{codes:?}");
    let unknown: Vec<_> = codes.into_iter().filter(|code| !declared.contains_key(code)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
