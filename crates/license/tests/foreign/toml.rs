use crate::{FILES, SYSTEM_KEY, pairs, readers};
use license::file::Format;
use proptest::prelude::*;

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,3}".prop_map(|digits| format!("1{digits}")),
        "\"[a-z #=]{0,6}\"",
        "'[a-z\\\\\"]{0,6}'",
        "\"\"\"[a-z\n]{0,6}\"\"\"",
        "'''[a-z\r\n]{0,6}'''".prop_map(|text| text.replace('\r', "")),
        Just("[\n  1, # one\n  2\n]".to_owned()),
        Just("{ License = \"inner\" }".to_owned()),
        Just("2026-11-30T10:00:00Z".to_owned()),
    ]
}

/// A root table, and perhaps tables after it; every name is used once.
fn file() -> impl Strategy<Value = String> {
    let comment = prop_oneof![2 => Just(""), 1 => Just(" # License = \"c\"")];
    let names = prop::sample::subsequence(vec!["License", "a", "b.c", "\"d e\"", "f"], 0..5).prop_shuffle();
    let lines = names.prop_flat_map(move |names| {
        names.into_iter().map(|name| (Just(name), value(), comment.clone())).collect::<Vec<_>>()
    });
    let lead = prop_oneof![Just(""), Just("# cell 7\n"), Just("\n\n"), Just("\u{feff}")];
    let tables = prop_oneof![
        Just(""),
        Just("\n# the launcher\n[launcher]\nLicense = \"other\"\nport = 8080\n"),
        Just("[[cells]]\nname = 'x'\n[[cells]]\n"),
    ];
    (lead, lines, tables, any::<bool>(), any::<bool>()).prop_map(
        |(lead, lines, tables, is_windows, is_closed)| {
            let lines: Vec<_> =
                lines.iter().map(|(name, value, comment)| format!("{name} = {value}{comment}\n")).collect();
            let text = format!("{lead}{}{tables}", lines.concat());
            let text = if is_windows { text.replace('\n', "\r\n") } else { text };
            if is_closed { text } else { text.trim_end_matches(['\r', '\n']).to_owned() }
        },
    )
}

#[test]
fn tomllib_reads_the_key_and_every_other_key_as_before() {
    let pairs = pairs(file(), Format::LauncherToml, SYSTEM_KEY, FILES);
    for (pair, (mut before, mut after)) in pairs.iter().zip(readers::both(&pairs, readers::tomllib)) {
        before.as_object_mut().unwrap().remove("License");
        assert_eq!(after.as_object_mut().unwrap().remove("License"), Some(SYSTEM_KEY.into()));
        assert_eq!(before, after, "{:?}\n{:?}", pair.before, pair.after);
    }
}
