//! Keys as dots, for the screen.

use super::{deployment, system};
use crate::{LicenseKey, certificate};
use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

/// How every JWT begins: base64url of `{"`.
const JWT_BEGIN: &str = "eyJ";

/// How the session of a user's account begins at a Keygen-compatible service, and how many characters it has at least.
const SESSION_BEGIN: &str = "user-";
const SHORTEST_SESSION: usize = 20;

/// Fewer characters than these are no key, and no base64 of one.
const SHORTEST: usize = 16;

/// The last three characters of what tells one key from another: a System key's end before its version, another
/// key's end, a certificate's before its last line. Enough to tell two keys apart, too little to use one.
pub fn tail(key: &LicenseKey) -> String {
    let text = key.expose();
    let told = system::version_mark(text).map_or(text, |(body, _)| body);
    let told = told.trim().strip_suffix(certificate::END).map_or(told, str::trim_end);
    let skipped = told.chars().count().saturating_sub(3);
    told.chars().skip(skipped).collect()
}

/// The key with all but its [`tail`] and its punctuation as dots, for the screen.
pub fn masked(key: &LicenseKey) -> String {
    match system::version_mark(key.expose()) {
        Some((_, version)) => format!("••••••-••••••-••••••-••••••-•••{}-{version}", tail(key)),
        None => format!("••••••••••••{}", tail(key)),
    }
}

/// A text in which everything that has a key's form is [`masked`]: System keys, Deployment Keys, JWTs, certificates
/// between their first and last line, sessions, and base64 of one. What only resembles a key is masked as well: a user misses little, a key shown is a key lost.
pub fn mask_keys(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some((certificate, length)) = certificate_at(rest) {
            shown.push_str(&certificate);
            (before, rest) = (' ', &rest[length..]);
            continue;
        }
        match key_at(rest, before) {
            Some((length, key)) => {
                shown.push_str(&masked(&key));
                (before, rest) = (next, &rest[length..]);
            }
            None => {
                shown.push(next);
                (before, rest) = (next, &rest[next.len_utf8()..]);
            }
        }
    }
    shown
}

/// The keys that [`mask_keys`] finds in a text, in their order, without certificates and sessions.
pub fn keys_in(text: &str) -> Vec<LicenseKey> {
    let (mut found, mut before, mut rest) = (Vec::new(), ' ', text);
    while let Some(next) = rest.chars().next() {
        if let Some((_, length)) = certificate_at(rest) {
            (before, rest) = (' ', &rest[length..]);
            continue;
        }
        let length = match key_at(rest, before) {
            Some((length, key)) => {
                found.extend((!rest.starts_with(SESSION_BEGIN)).then_some(key));
                length
            }
            None => next.len_utf8(),
        };
        (before, rest) = (next, &rest[length..]);
    }
    found
}

/// The certificate that a text begins with, without its last line: as it is shown, and how many bytes it takes there.
/// One that was cut short is masked too.
fn certificate_at(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix(certificate::BEGIN)?;
    // A line's end stands as two characters where the text is quoted.
    let length = run(rest, |c| of_base64(c) || c.is_ascii_whitespace() || c == '=' || c == '\\');
    let body = rest[..length].trim();
    if body.len() < SHORTEST {
        return None;
    }
    let shown = masked(&LicenseKey::new(body.to_owned()));
    let shown = rest[..length].replacen(body, &shown, 1);
    Some((format!("{}{shown}", certificate::BEGIN), certificate::BEGIN.len() + length))
}

/// The key that a text begins with, and how many bytes it takes there.
fn key_at(text: &str, before: char) -> Option<(usize, LicenseKey)> {
    match plain_at(text, before) {
        Some(length) => Some((length, LicenseKey::new(text[..length].to_owned()))),
        None => encoded_at(text, before),
    }
}

/// How many bytes a key takes at a text's beginning. Each form is looked for only where a run of its own characters
/// begins, so that no character is looked at again and again.
fn plain_at(text: &str, before: char) -> Option<usize> {
    if !before.is_ascii_alphanumeric()
        && [JWT_BEGIN, deployment::PREFIX].iter().any(|form| text.starts_with(form))
    {
        let length = run(text, |c| c.is_ascii_alphanumeric() || "-_./=".contains(c));
        return (length >= SHORTEST).then_some(length);
    }
    if !before.is_ascii_alphanumeric()
        && let Some(secret) = text.strip_prefix(SESSION_BEGIN)
    {
        let length = run(secret, |c| c.is_ascii_alphanumeric());
        return (length >= SHORTEST_SESSION).then_some(SESSION_BEGIN.len() + length);
    }
    if of_system_key(before) {
        return None;
    }
    let length = run(text, of_system_key);
    has_system_form(&text[..length]).then_some(length)
}

fn of_system_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

/// Three groups of six hex digits: a key that was cut short is masked too, a UUID is not.
fn has_system_form(word: &str) -> bool {
    let is_group = |group: &&str| group.len() == 6 && group.chars().all(|c| c.is_ascii_hexdigit());
    word.split('-').filter(is_group).count() >= 3
}

fn of_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '+' || c == '/'
}

/// Base64 of a text with a key in it, as a Kubernetes Secret has it.
fn encoded_at(text: &str, before: char) -> Option<(usize, LicenseKey)> {
    let bare = run(text, of_base64);
    if of_base64(before) || bare < SHORTEST {
        return None;
    }
    let length = bare + run(&text[bare..], |c| c == '=').min(2);
    let decoded = Zeroizing::new(BASE64_STANDARD.decode(&text[..length]).ok()?);
    let decoded = std::str::from_utf8(&decoded).ok()?.trim();
    let before = std::iter::once(' ').chain(decoded.chars());
    let mut places = decoded.char_indices().zip(before);
    let has_key = places.any(|((at, _), before)| plain_at(&decoded[at..], before).is_some());
    (has_key || decoded.contains(certificate::BEGIN)).then(|| (length, LicenseKey::new(decoded.to_owned())))
}

/// How many bytes of a text's beginning are of a kind.
fn run(text: &str, of_run: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of_run(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SYSTEM: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";
    const JWT: &str = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJub3J0aCJ9.c2lnbmF0dXJl";
    const DEPLOYMENT: &str = "key/eyJsaWNlbnNlIjoiY2VsbC0wNyJ9.BwcHBwcHBwcHBwcHBwcHBwcH";

    #[test]
    fn a_masked_key_shows_three_characters_of_it() {
        let key = LicenseKey::new(SYSTEM.to_owned());
        assert_eq!(masked(&key), "••••••-••••••-••••••-••••••-•••0F2-V3");
        assert_eq!(tail(&key), "0F2");
        assert_eq!(masked(&LicenseKey::new("eyJh.eyJi.c2ln".to_owned())), "••••••••••••2ln");
    }

    #[test]
    fn every_key_in_a_text_is_masked_wherever_it_stands() {
        let encoded = |text: &str| BASE64_STANDARD.encode(text);
        for (text, shown) in [
            (
                format!("# License = \"{SYSTEM}\""),
                "# License = \"••••••-••••••-••••••-••••••-•••0F2-V3\"".to_owned(),
            ),
            (
                format!("AIDBOX_LICENSE={JWT}\nPORT=80\n"),
                "AIDBOX_LICENSE=••••••••••••XJl\nPORT=80\n".to_owned(),
            ),
            (format!("# {DEPLOYMENT} of 2024"), "# ••••••••••••BwcH of 2024".replace("BwcH", "wcH")),
            (format!("  BOX_LICENSE: {}", encoded(JWT)), "  BOX_LICENSE: ••••••••••••XJl".to_owned()),
            (encoded(&format!("{SYSTEM}\n")), "••••••-••••••-••••••-••••••-•••0F2-V3".to_owned()),
            (format!("é{}é", &SYSTEM[..27]), "é••••••••••••189é".to_owned()),
        ] {
            assert_eq!(mask_keys(&text), shown, "{text}");
        }
    }

    #[test]
    fn every_key_in_a_text_is_found() {
        let encoded = BASE64_STANDARD.encode(DEPLOYMENT);
        let text =
            format!("# {SYSTEM}\nBOX_LICENSE={JWT}\nPORT=80\nuser-5f0c2a9e7b1d4c3f8a6e9d2b7c: {encoded}");
        let found: Vec<_> = keys_in(&text).iter().map(|key| key.expose().to_owned()).collect();
        assert_eq!(found, [SYSTEM, JWT, DEPLOYMENT]);
        assert!(keys_in("-----BEGIN LICENSE FILE-----\neyJlbmMiOiJabTl2Wm05diJ9").is_empty());
    }

    #[test]
    fn a_certificate_is_masked_between_its_lines_and_a_session_whole() {
        let body = "eyJlbmMiOiJabTl2Wm05diIsInNpZyI6\nIkJ3Y0hCd2NIIn0=";
        let certificate = format!("-----BEGIN LICENSE FILE-----\n{body}\n-----END LICENSE FILE-----");
        let shown = "-----BEGIN LICENSE FILE-----\n••••••••••••n0=\n-----END LICENSE FILE-----";
        assert_eq!(mask_keys(&certificate), shown);
        assert_eq!(mask_keys(&certificate.replace('\n', "")), shown.replace('\n', ""));
        let cut = mask_keys(&certificate[..50]);
        assert_eq!(cut, "-----BEGIN LICENSE FILE-----\n••••••••••••05d");
        let quoted = mask_keys(&format!("{certificate:?}"));
        assert!(!quoted.contains("eyJlbmMi") && !quoted.contains("IkJ3Y0h"), "{quoted}");
        let encoded = mask_keys(&BASE64_STANDARD.encode(&certificate));
        assert!(encoded.contains("••••") && encoded.chars().count() < 20, "{encoded}");
        assert_eq!(tail(&LicenseKey::new(certificate)), "n0=");
        let session = "user-5f0c2a9e7b1d4c3f8a6e9d2b7c4f1a0e5f0c2a9e7b1d4c3f8a6e9d2b7c4f1a0ev3";
        assert_eq!(mask_keys(&format!("Bearer {session}.")), "Bearer ••••••••••••ev3.");
        assert_eq!(mask_keys("user-5f0c2a9e of cell"), "user-5f0c2a9e of cell");
    }

    #[test]
    fn what_is_no_key_stays_readable() {
        for text in [
            "id: 550e8400-e29b-41d4-a716-446655440000",
            "PGPASSWORD: cG9zdGdyZXM=\nIMAGE=ghcr.io/healthsamurai/aidboxone:edge",
            "key/x eyJ key/ 0A1B2C-3D4E5F",
            "DATA=aGVsbG8gd29ybGQsIHRoaXMgaXMgbG9uZw==",
        ] {
            assert_eq!(mask_keys(text), text);
        }
    }

    proptest! {
        #[test]
        fn no_text_hides_a_key(before in "(?s).{0,40}[ =\"\n]", after in "([ \"\n](?s).{0,40})?") {
            for key in [SYSTEM, JWT, DEPLOYMENT] {
                let shown = mask_keys(&format!("{before}{key}{after}"));
                prop_assert!(!shown.contains(key), "{}", shown);
            }
        }
    }
}
