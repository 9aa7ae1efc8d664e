//! Whether a token is for an instance: its `sub` against the instance's root URLs.

/// What `*` and `?` do not cross (`docs/protocols.md`, "Token subject").
const SEPARATORS: &[char] = &['.', '/', ':'];

/// Whether `sub` names one of the roots, as text or as a glob. A trailing slash does not matter.
pub(super) fn fits(sub: &str, roots: &[String]) -> bool {
    let sub = sub.trim_end_matches('/');
    let pattern: Vec<char> = sub.chars().collect();
    roots.iter().any(|root| {
        let root = root.trim_end_matches('/');
        let text: Vec<char> = root.chars().collect();
        same_address(sub, root) || matches(&pattern, &text)
    })
}

/// Scheme and host in any case, the path as it is.
fn same_address(one: &str, other: &str) -> bool {
    let host_end = |text: &str| {
        let start = text.find("://").map_or(0, |at| at + 3);
        text[start..].find('/').map_or(text.len(), |at| start + at)
    };
    let (one_host, one_path) = one.split_at(host_end(one));
    let (other_host, other_path) = other.split_at(host_end(other));
    one_path == other_path && one_host.eq_ignore_ascii_case(other_host)
}

/// `*`, `?` and `[…]` within one part, `**` across parts, `{a,b}` either, `\` takes what follows as it is.
fn matches(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['*', '*', rest @ ..] => (0..=text.len()).any(|at| matches(rest, &text[at..])),
        ['*', rest @ ..] => {
            let part = text.iter().position(|c| SEPARATORS.contains(c)).unwrap_or(text.len());
            (0..=part).any(|at| matches(rest, &text[at..]))
        }
        ['?', rest @ ..] => first(text, |c| !SEPARATORS.contains(&c)).is_some_and(|text| matches(rest, text)),
        ['[', rest @ ..] => match rest.iter().skip(1).position(|c| *c == ']') {
            Some(end) => {
                let (class, rest) = (&rest[..=end], &rest[end + 2..]);
                first(text, |c| in_class(class, c)).is_some_and(|text| matches(rest, text))
            }
            None => false,
        },
        ['{', rest @ ..] => match rest.iter().position(|c| *c == '}') {
            Some(end) => rest[..end].split(|c| *c == ',').any(|choice| {
                let whole: Vec<char> = choice.iter().chain(&rest[end + 1..]).copied().collect();
                matches(&whole, text)
            }),
            None => false,
        },
        ['\\', literal, rest @ ..] | [literal, rest @ ..] => {
            first(text, |c| c == *literal).is_some_and(|text| matches(rest, text))
        }
    }
}

/// The text after its first character, where that is as wanted.
fn first(text: &[char], wanted: impl Fn(char) -> bool) -> Option<&[char]> {
    text.split_first().filter(|(c, _)| wanted(**c)).map(|(_, rest)| rest)
}

fn in_class(class: &[char], c: char) -> bool {
    let (negated, mut class) = match class {
        ['!' | '^', rest @ ..] => (true, rest),
        all => (false, all),
    };
    let mut found = false;
    while let [low, rest @ ..] = class {
        match rest {
            ['-', high, rest @ ..] => {
                found |= (*low..=*high).contains(&c);
                class = rest;
            }
            _ => {
                found |= *low == c;
                class = rest;
            }
        }
    }
    found != negated && !SEPARATORS.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "http://127.0.0.1:4100/instances/demo";

    fn is_for(sub: &str) -> bool {
        fits(sub, &[ROOT.to_owned()])
    }

    #[test]
    fn its_own_address_and_globs_over_it_fit() {
        for sub in [
            ROOT,
            "http://127.0.0.1:4100/instances/demo/",
            "HTTP://127.0.0.1:4100/instances/demo",
            "http://*.0.0.1:4100/instances/demo",
            "http://127.0.0.[0-9]:*/instances/d?mo",
            "http://**/instances/demo",
            "**",
            "http://{localhost,127.0.0.1}:4100/instances/demo",
            r"http://127\.0.0.1:4100/instances/[!x]emo",
        ] {
            assert!(is_for(sub), "{sub}");
        }
    }

    #[test]
    fn another_address_and_globs_that_stop_at_separators_do_not() {
        for sub in [
            "",
            "https://127.0.0.1:4100/instances/demo",
            "http://127.0.0.1:4100/instances/DEMO",
            "http://127.0.0.1:4100",
            "http://*:4100/instances/demo",
            "http://127.0.0.1:4100/*",
            "http://127.0.0.[!1]:4100/instances/demo",
            "http://127.0.0.1:4100/instances/[demo",
            "http://127.0.0.1:4100/instances/{demo",
        ] {
            assert!(!is_for(sub), "{sub}");
        }
    }

    #[test]
    fn an_address_with_brackets_is_its_own() {
        let root = "http://[::1]:4100/instances/demo".to_owned();
        assert!(fits(&root, std::slice::from_ref(&root)));
    }
}
