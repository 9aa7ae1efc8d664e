use crate::{FILES, JWT, pairs, readers};
use license::file::{Format, parse};
use proptest::prelude::*;
use serde_json::{Map, Value};

const NAME: &str = "BOX_LICENSE";

/// Lines that npm's dotenv and python-dotenv read as docker compose does.
fn common_line() -> impl Strategy<Value = String> {
    let comment = prop_oneof![Just(""), Just(" # don't"), Just(" # \"x")];
    let value = prop_oneof![
        "[a-z0-9/:.]{0,6}",
        Just("don't".to_owned()),
        "'[a-z #$=\n]{0,8}'",
        "\"[a-z #=\n]{0,8}\"",
        "\"[a-z]{0,3}\\\\\"[a-z]{0,3}\"",
    ];
    let own = prop_oneof![
        (value.clone(), comment.clone()).prop_map(|(value, comment)| format!("{NAME}={value}{comment}")),
        Just(format!("export {NAME} = old")),
        Just(format!("{NAME}=")),
    ];
    let other = ("(export )?[A-Z][A-Z0-9_]{0,4}", value, comment)
        .prop_map(|(name, value, comment)| format!("{name}={value}{comment}"));
    prop_oneof![1 => own, 4 => other, 1 => Just(String::new()), 1 => Just("# isn't \"it".to_owned())]
}

/// Lines that only docker compose reads so.
fn compose_line() -> impl Strategy<Value = String> {
    let own = prop_oneof![
        Just(format!("{NAME}: old")),
        Just(format!("{NAME}= # put it here")),
        Just(format!("{NAME}=old\t# c")),
        Just(format!("A=\"x\" {NAME}='old'#c")),
        Just(format!("{NAME}=\"o\nl\\\"d\"Z=1")),
        Just(format!("{NAME}=${{A}}")),
        Just(format!("{NAME}\nB=1")),
        Just(format!("export\t{NAME}\t=\told\t")),
    ];
    let other = prop_oneof![
        "[a-z.-]{1,4}: [a-z#]{0,4}",
        "[A-Z]{1,3}='[a-z\\\\]{0,3}x' [A-Z]=1",
        "[A-Z]{1,3}=[a-z]{0,3}\\$[A-Z][a-z#]{0,3}",
        "[A-Z]{1,3}=\"\\\\\\\\\"",
        "[A-Z]{1,3}=\t[a-z]{0,3}\t#[a-z]",
        "É[A-Z]=ü{0,3}",
    ];
    prop_oneof![2 => common_line(), 1 => own, 1 => other]
}

fn file(line: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let ending = prop_oneof![3 => Just("\n"), 1 => Just("\r\n")];
    let lines = prop::collection::vec((line, ending), 0..6);
    (prop::bool::weighted(0.1), lines, any::<bool>()).prop_map(|(has_bom, lines, is_closed)| {
        let mut text = if has_bom { "\u{feff}".to_owned() } else { String::new() };
        for (line, ending) in lines {
            text.extend([line.as_str(), ending]);
        }
        // A name alone at the very end is read as a value by docker compose.
        if is_closed || text.ends_with(&format!("{NAME}\n")) {
            text
        } else {
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
    })
}

fn without_license(read: &Value) -> Map<String, Value> {
    let mut read = read.as_object().cloned().unwrap_or_default();
    read.remove(NAME);
    read
}

#[test]
fn docker_compose_reads_the_key_and_every_other_variable_as_before() {
    let pairs = pairs(file(compose_line()), Format::BOX_ENV, JWT, FILES);
    for (pair, (before, after)) in pairs.iter().zip(readers::both(&pairs, readers::compose)) {
        assert_eq!(after[NAME], JWT, "{:?}", pair.after);
        assert_eq!(without_license(&before), without_license(&after), "{:?}\n{:?}", pair.before, pair.after);
        if let Ok(read) = parse(Format::BOX_ENV, &pair.before) {
            // In its output, docker compose doubles each `$`.
            assert_eq!(before[NAME], read.expose().replace('$', "$$"), "{:?}", pair.before);
        }
    }
}

#[test]
fn other_readers_find_the_key_and_every_other_variable_as_before() {
    let pairs = pairs(file(common_line()), Format::BOX_ENV, JWT, FILES / 2);
    for read in [readers::node_dotenv, readers::python_dotenv] {
        for (pair, (before, after)) in pairs.iter().zip(readers::both(&pairs, read)) {
            assert_eq!(after[NAME], JWT, "{:?}", pair.after);
            assert_eq!(
                without_license(&before),
                without_license(&after),
                "{:?}\n{:?}",
                pair.before,
                pair.after
            );
        }
    }
}
