//! `docs/errors.md` is generated from the declarations of the errors and checked in; this fails when it is stale.

use super::fail::{Fail, exit_code};
use errors::Declaration;
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::Write,
    path::Path,
};

/// Set to have the page written again: `LICET_WRITE_TYPES=1 cargo xtask test --package cli -- errors_page`.
const WRITE: &str = "LICET_WRITE_TYPES";

const INTRODUCTION: &str = "\
# Errors

When a command fails, `licet` prints what went wrong and, where it can, a hint with the command or option that helps. With `--json`,
it prints the code of the error, too:

```json
{\"error\": {\"code\": \"license-not-found\", \"message\": \"there is no license \\\"box\\\"\", \"hint\": \"`licet list` shows every license; …\"}}
```

Codes are stable, so branch on them or on the [exit code](cli.md#exit-codes), not on messages. The window reports the same errors in
its own words.

<!-- Generated from the declarations of the errors: LICET_WRITE_TYPES=1 cargo xtask test --package cli -- errors_page -->

| code | exit code | meaning | what to do |
|---|---|---|---|
";

#[test]
fn errors_page_lists_every_error() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
    let rows = Declaration::by_code(Fail::declarations()).into_values().map(row);
    let page = INTRODUCTION.to_owned() + &rows.collect::<String>();
    if std::env::var_os(WRITE).is_some() {
        File::create(&path).unwrap().write_all(page.as_bytes()).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/errors.md is stale; run {WRITE}=1 cargo xtask test --package cli -- errors_page"
    );
}

fn row(one: Declaration) -> String {
    let exits: BTreeSet<_> = one.kinds.into_iter().map(exit_code).collect();
    assert_eq!(exits.len(), 1, "a script that branches on {} meets one exit code: {exits:?}", one.code);
    let exits: Vec<_> = exits.iter().map(u8::to_string).collect();
    let help = one.help.map_or_else(|| "—".to_owned(), sentences);
    let cells = [format!("`{}`", one.code), exits.join(", "), one.meaning.to_owned(), help];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

/// A hint as sentences: its parts begin in lower case.
fn sentences(hint: &str) -> String {
    let sentence = |part: &str| {
        let mut letters = part.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{}.", letters.as_str())
    };
    hint.split("; ").map(sentence).collect::<Vec<_>>().join(" ")
}
