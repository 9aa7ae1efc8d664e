//! Whether a license token is for an instance: its `sub` against the instance's root URL, which it may name by a glob.

use url::Url;

/// What `*`, `?` and `[…]` do not reach across.
const SEPARATORS: [char; 3] = ['.', '/', ':'];
/// How deep alternatives may stand in alternatives; deeper is no pattern that anyone wrote.
const DEEPEST: usize = 8;

/// Whether a `sub` names the instance at a root URL. Trailing slashes, the case of scheme and host, and a port that is the
/// scheme's own do not matter. It may be a glob with the separators `. / :`: `*`, `?`, `[a-z]` and `[!x]` stay within one
/// part, `**` goes across, `{a,b}` is either, and `\` takes the next character as it is (`docs/protocols.md`,
/// "Token subject").
pub fn is_subject(sub: &str, root: &Url) -> bool {
    let spellings = spellings(root);
    let is_same = Url::parse(sub).is_ok_and(|sub| is_bare(&sub) && self::spellings(&sub) == spellings);
    let pattern: Vec<char> = sub.trim_end_matches('/').chars().collect();
    is_same || parse(&pattern).is_some_and(|glob| spellings.iter().any(|root| root.is_matched_by(&glob)))
}

/// An address written out, and up to where the case of its letters does not matter.
#[derive(Debug, PartialEq, Eq)]
struct Spelling {
    text: Vec<char>,
    origin: usize,
}

/// The ways to write an address: with and without its scheme's own port, each with and without a slash at the end.
fn spellings(url: &Url) -> Vec<Spelling> {
    let host = url.host_str().unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    let ports = match url.port() {
        Some(port) => vec![format!(":{port}")],
        None => vec![
            String::new(),
            url.port_or_known_default().map(|port| format!(":{port}")).unwrap_or_default(),
        ],
    };
    let written = |port: &String| {
        let origin = format!("{}://{host}{port}", url.scheme());
        [format!("{origin}{path}"), format!("{origin}{path}/")]
            .map(|text| Spelling { text: text.chars().collect(), origin: origin.chars().count() })
    };
    ports.iter().flat_map(written).collect()
}

/// Whether an address is all that a root URL can be.
fn is_bare(url: &Url) -> bool {
    url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none()
}

/// One piece of a glob.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// This character.
    Literal(char),
    /// One character of a part: any, or one that is (not) in these ranges.
    One { ranges: Vec<(char, char)>, is_inverse: bool },
    /// Any number of characters of one part.
    Part,
    /// Any number of characters.
    Anything,
    /// Either of these.
    Either(Vec<Vec<Piece>>),
}

/// Reads a glob; nothing where a bracket, a brace or a `\` is left open.
fn parse(pattern: &[char]) -> Option<Vec<Piece>> {
    let mut at = 0;
    let mut branches = alternatives(pattern, &mut at, 0)?;
    (at == pattern.len()).then(|| branches.swap_remove(0))
}

/// Reads up to the brace that closes, or at the top up to the end, where a comma is one like any other.
fn alternatives(pattern: &[char], at: &mut usize, depth: usize) -> Option<Vec<Vec<Piece>>> {
    let mut branches = vec![Vec::new()];
    while let Some(&c) = pattern.get(*at) {
        *at += 1;
        let piece = match c {
            '}' if depth > 0 => return Some(branches),
            ',' if depth > 0 => {
                branches.push(Vec::new());
                continue;
            }
            '{' if depth == DEEPEST => return None,
            '{' => Piece::Either(alternatives(pattern, at, depth + 1)?),
            '*' if pattern.get(*at) == Some(&'*') => {
                *at += 1;
                Piece::Anything
            }
            '*' => Piece::Part,
            '?' => Piece::One { ranges: Vec::new(), is_inverse: true },
            '[' => class(pattern, at)?,
            '\\' => {
                *at += 1;
                Piece::Literal(*pattern.get(*at - 1)?)
            }
            other => Piece::Literal(other),
        };
        branches.last_mut()?.push(piece);
    }
    (depth == 0).then_some(branches)
}

/// Reads what stands between brackets.
fn class(pattern: &[char], at: &mut usize) -> Option<Piece> {
    let length = pattern[*at..].iter().position(|&c| c == ']')?;
    let mut inside = &pattern[*at..*at + length];
    *at += length + 1;
    let is_inverse = inside.first() == Some(&'!');
    if is_inverse {
        inside = &inside[1..];
    }
    let mut ranges = Vec::new();
    while let Some(&first) = inside.first() {
        let is_range = inside.get(1) == Some(&'-') && inside.len() > 2;
        let taken = if is_range { 3 } else { 1 };
        ranges.push((first, inside[taken - 1]));
        inside = &inside[taken..];
    }
    (!ranges.is_empty()).then_some(Piece::One { ranges, is_inverse })
}

impl Spelling {
    fn is_matched_by(&self, glob: &[Piece]) -> bool {
        let mut start = vec![false; self.text.len() + 1];
        start[0] = true;
        self.after(glob, start).last() == Some(&true)
    }

    /// At which places the pieces can end that begin at these. Every piece is gone through once for all places at once, so no
    /// pattern makes this slow.
    fn after(&self, glob: &[Piece], starts: Vec<bool>) -> Vec<bool> {
        glob.iter().fold(starts, |starts, piece| match piece {
            Piece::Literal(_) | Piece::One { .. } => {
                let fits = |at: usize| starts[at] && self.fits(piece, at);
                [false].into_iter().chain((0..self.text.len()).map(fits)).collect()
            }
            Piece::Part => self.reach(&starts, |c| !SEPARATORS.contains(&c)),
            Piece::Anything => self.reach(&starts, |_| true),
            Piece::Either(branches) => {
                let mut ends = vec![false; starts.len()];
                for branch in branches {
                    for (end, is_one) in ends.iter_mut().zip(self.after(branch, starts.clone())) {
                        *end |= is_one;
                    }
                }
                ends
            }
        })
    }

    /// Every place that can be come to from a start over characters that may be passed.
    fn reach(&self, starts: &[bool], may_pass: impl Fn(char) -> bool) -> Vec<bool> {
        let mut is_reached = false;
        let places = starts.iter().enumerate().map(|(at, is_start)| {
            is_reached = *is_start || (is_reached && may_pass(self.text[at - 1]));
            is_reached
        });
        places.collect()
    }

    fn fits(&self, piece: &Piece, at: usize) -> bool {
        let Some(&c) = self.text.get(at) else { return false };
        let is_folded = at < self.origin;
        let upper = c.to_ascii_uppercase();
        match piece {
            Piece::Literal(expected) => c == *expected || (is_folded && upper == *expected),
            Piece::One { ranges, is_inverse } => {
                let has = |c: char| ranges.iter().any(|&(first, last)| (first..=last).contains(&c));
                !SEPARATORS.contains(&c) && (has(c) || (is_folded && has(upper))) != *is_inverse
            }
            Piece::Part | Piece::Anything | Piece::Either(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fits(sub: &str, root: &str) -> bool {
        is_subject(sub, &root.parse().unwrap())
    }

    #[test]
    fn an_address_is_itself_however_it_is_spelled() {
        for sub in [
            "https://play.example/grafana",
            "https://play.example/grafana/",
            "https://play.example/grafana//",
            "HTTPS://Play.Example/grafana",
            "https://play.example:443/grafana/",
        ] {
            assert!(fits(sub, "https://play.example/grafana"), "{sub}");
            assert!(fits(sub, "https://play.example:443/grafana/"), "{sub}");
        }
        assert!(fits("http://[::1]:3000/", "http://[::1]:3000"));
        assert!(fits("https://bücher.example", "https://xn--bcher-kva.example"));
    }

    #[test]
    fn another_address_is_another_instance() {
        let root = "https://play.example/grafana";
        for sub in [
            "http://play.example/grafana",
            "https://play.example",
            "https://play.example/Grafana",
            "https://play.example/grafana2",
            "https://play.example:8443/grafana",
            "https://plays.example/grafana",
            "https://play.example/grafana?x=1",
            "https://me@play.example/grafana",
            "play.example/grafana",
            "",
        ] {
            assert!(!fits(sub, root), "{sub}");
        }
    }

    #[test]
    fn a_glob_stays_within_its_part_unless_it_is_doubled() {
        let root = "https://a.play.example:3000/grafana/";
        for sub in [
            "https://*.play.example:3000/grafana",
            "https://*.PLAY.example:*/*/",
            "http*://a.play.example:3000/grafan?",
            "https://[a-c].play.example:3000/grafana",
            "https://[!b].play.example:3000/**",
            "https://**",
            "**.example:3000/grafana",
            "{http,https}://{a,b}.play.example:3000/{x,grafana}",
            "{https://a.play.example:3000/,https://b.play.example/}**",
            "https://a.play.example:3000/gr\\afana",
        ] {
            assert!(fits(sub, root), "{sub}");
        }
        for sub in [
            "https://*.example:3000/grafana",
            "https://*",
            "https://a?play.example:3000/grafana",
            "https://a[!x]play.example:3000/grafana",
            "https://[b-c].play.example:3000/grafana",
            "https://\\*.play.example:3000/grafana",
            "https://a.play.example:3000/GRAFANA",
            "{http,ftp}://a.play.example:3000/grafana",
        ] {
            assert!(!fits(sub, root), "{sub}");
        }
    }

    #[test]
    fn a_glob_that_is_left_open_fits_nothing() {
        for sub in ["https://[a", "https://{a,b", "https://a\\", "https://[].example", &"{".repeat(100_000)] {
            assert!(!fits(sub, "https://a.example"), "{sub:.30}");
        }
    }

    #[test]
    fn a_glob_that_is_made_to_be_slow_is_not() {
        let sub = format!("https://{}x", "{**,*a*}".repeat(2000));
        assert!(!fits(&sub, &format!("https://a.example/{}", "a".repeat(300))));
    }

    proptest! {
        #[test]
        fn whatever_is_escaped_fits_itself_alone(host in "[a-z]{1,8}\\.[a-z]{2,5}", path in "[a-z0-9]{1,8}", other in "[a-z0-9]{1,8}") {
            let root = format!("https://{host}/{path}");
            let escaped: String = root.chars().flat_map(|c| ['\\', c]).collect();
            prop_assert!(fits(&escaped, &root));
            prop_assert_eq!(fits(&escaped, &format!("https://{host}/{other}")), path == other);
        }

        #[test]
        fn one_star_is_any_part_and_no_two(part in "[a-z0-9-]{1,12}", second in "[a-z0-9]{1,6}") {
            let one = format!("http://h.example/{part}/x");
            let two = format!("http://h.example/{part}/{second}/x");
            let (single, double) = ("http://h.example/*/x", "http://h.example/**/x");
            prop_assert!(fits(single, &one) && fits(double, &one));
            prop_assert!(fits(double, &two) && !fits(single, &two));
        }

        #[test]
        fn no_text_makes_it_fall(sub in "[\\[\\]{}*?!,\\\\a-c:/.-]{0,40}") {
            let _ = fits(&sub, "https://a.example/b");
        }
    }
}
