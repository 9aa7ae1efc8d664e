//! Secrets come from a file, from standard input, or from a prompt on a terminal; never from an argument or the
//! environment, which other programs can read.

use crate::args::{
    login::{self, Secrets},
    source::Source,
};
use crate::output::fail::Fail;
use license::{Token, pasted};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, IsTerminal, Read},
};
use vendors::Description;
use zeroize::Zeroizing;

/// More than any key, token or license file has.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads a secret, without what editors and copying add at its ends.
pub(crate) fn read(source: &Source) -> Result<Zeroizing<String>, Fail> {
    // Room for any token or key at once: a text that has to grow leaves copies of itself in memory.
    let mut text = Zeroizing::new(String::with_capacity(16 * 1024));
    let read = match source {
        Source::StandardInput => io::stdin().lock().take(MAX_BYTES).read_to_string(&mut text),
        Source::File(path) => {
            File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text))
        }
    };
    read.map_err(|error| Fail::Input { source: source.clone(), error })?;
    Ok(Zeroizing::new(pasted::password(&text).to_owned()))
}

/// Reads a secret, or asks for it on a terminal where no source is given.
pub(crate) fn read_or_ask(
    source: Option<&Source>,
    option: &str,
    question: &str,
) -> Result<Zeroizing<String>, Fail> {
    match source {
        Some(source) => read(source),
        None if may_ask() => ask(question),
        None => Err(Fail::usage(
            format!("{option} is missing"),
            format!("name a file, or `-` for standard input: {option} PATH|-"),
        )),
    }
}

/// Whether a user sits there to be asked.
pub(crate) fn may_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks on the terminal; what is typed does not show.
pub(crate) fn ask(question: &str) -> Result<Zeroizing<String>, Fail> {
    rpassword::prompt_password(format!("{question}: "))
        .map(Zeroizing::new)
        .map_err(|error| Fail::Input { source: Source::StandardInput, error })
}

/// Reads the secret fields of a vendor's login. One that is needed and was not given is asked for on a terminal.
pub(crate) fn read_login(secrets: &Secrets, vendor: &Description) -> Result<BTreeMap<String, Token>, Fail> {
    let mut read = BTreeMap::new();
    for field in vendor.connect.iter().filter(|field| field.kind.is_secret()) {
        let source = secrets.0.get(field.name);
        if source.is_none() && field.optional {
            continue;
        }
        let option = format!("--{}", login::option(field));
        let text = read_or_ask(source, &option, field.label.english)?;
        read.insert(field.name.to_owned(), Token::from(text));
    }
    Ok(read)
}
