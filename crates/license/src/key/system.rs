//! A System License's key: five groups of six hex digits and a version (`docs/protocols.md`, "AICA keys": [R] shows one
//! example, the pattern is [A]).

use errors_derive::Declared;

/// Which part of a System key is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Declared)]
pub enum SystemProblem {
    /// The System License key does not have five groups before its version.
    #[error("it has {found} groups before the version, a System key has 5")]
    #[declared(
        "key-system-groups",
        args(found),
        help = "the form is XXXXXX-XXXXXX-XXXXXX-XXXXXX-XXXXXX-V3 with 0–9 and A–F"
    )]
    Groups {
        /// How many there are.
        found: usize,
    },
    /// A group of the System License key does not have six characters.
    #[error("group {group} has {found} characters, each group has 6")]
    #[declared(
        "key-system-length",
        args(group, found),
        help = "the form is XXXXXX-XXXXXX-XXXXXX-XXXXXX-XXXXXX-V3 with 0–9 and A–F"
    )]
    GroupLength {
        /// Which group, counted from 1.
        group: usize,
        /// How many characters it has.
        found: usize,
    },
    /// A group of the System License key contains a character other than 0–9 and A–F.
    #[error("group {group} has {found:?} at place {at}, only 0–9 and A–F may stand there")]
    #[declared(
        "key-system-group",
        args(group, at, found),
        help = "the form is XXXXXX-XXXXXX-XXXXXX-XXXXXX-XXXXXX-V3 with 0–9 and A–F"
    )]
    Character {
        /// Which group, counted from 1.
        group: usize,
        /// Which place, counted from 1.
        at: usize,
        /// What stands there.
        found: char,
    },
    /// The System License key does not end in its version, such as V3.
    #[error("the version at the end is missing or is not of the form V3")]
    #[declared(
        "key-system-version",
        help = "the form is XXXXXX-XXXXXX-XXXXXX-XXXXXX-XXXXXX-V3 with 0–9 and A–F"
    )]
    Version,
}

/// The one version that the vendor's document shows.
pub(super) const DOCUMENTED_VERSION: &str = "V3";

/// Splits `…-V3` into what stands before the version and the version.
pub(super) fn version_mark(text: &str) -> Option<(&str, &str)> {
    let (body, version) = text.rsplit_once('-')?;
    is_version(version).then_some((body, version))
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('V')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a text is near enough to a System key that its mistakes are worth naming.
pub(super) fn resembles(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let hexlike = groups.iter().filter(|g| g.len() >= 5 && g.chars().all(|c| c.is_ascii_hexdigit())).count();
    groups.len() >= 3 && hexlike >= 2 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Checks a key against the form; the version that it names comes back.
pub(super) fn check(text: &str) -> Result<&str, SystemProblem> {
    let (body, version) = text.rsplit_once('-').ok_or(SystemProblem::Groups { found: 1 })?;
    if !is_version(version) {
        return Err(problem_so_far(text));
    }
    let groups: Vec<&str> = body.split('-').collect();
    if groups.len() != 5 {
        return Err(SystemProblem::Groups { found: groups.len() });
    }
    for (number, group) in (1..).zip(groups) {
        check_group(number, group)?;
    }
    Ok(version)
}

/// What is wrong with a key that is still being typed: its last group may be short, and its version is to come.
fn problem_so_far(text: &str) -> SystemProblem {
    let groups: Vec<&str> = text.split('-').collect();
    let wrong = (1..).zip(&groups).take(5).find_map(|(number, group)| {
        let problem = check_group(number, group).err()?;
        let is_short = matches!(problem, SystemProblem::GroupLength { found, .. } if found < 6);
        (number < groups.len() || !is_short).then_some(problem)
    });
    wrong.unwrap_or(SystemProblem::Version)
}

fn check_group(group: usize, text: &str) -> Result<(), SystemProblem> {
    let wrong = text.chars().position(|c| !matches!(c, '0'..='9' | 'A'..='F'));
    if let Some((at, found)) = wrong.and_then(|at| text.chars().nth(at).map(|found| (at + 1, found))) {
        return Err(SystemProblem::Character { group, at, found });
    }
    match text.chars().count() {
        6 => Ok(()),
        found => Err(SystemProblem::GroupLength { group, found }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The example of the vendor's licensing page.
    const DOCUMENTED: &str = "5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3";

    #[test]
    fn the_documented_example_is_of_the_form() {
        assert_eq!(check(DOCUMENTED), Ok("V3"));
    }

    #[test]
    fn a_mistyped_key_says_which_part_is_wrong() {
        let table = [
            ("5614D1-3E7A6C-932DEB-8C4189-F6B0F2", SystemProblem::Version),
            // While it is typed, what is wrong already is told before what is still to come.
            ("5614D1-3E7A6C-932D", SystemProblem::Version),
            ("5614D1-3E7A6G-932DEB", SystemProblem::Character { group: 2, at: 6, found: 'G' }),
            ("5614D1-3E7A6-932DEB-8C", SystemProblem::GroupLength { group: 2, found: 5 }),
            ("5614D1-3E7A6C-932DEB-8C4189-F6B0F2A", SystemProblem::GroupLength { group: 5, found: 7 }),
            ("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-X3", SystemProblem::Version),
            ("5614D1-3E7A6C-932DEB-8C4189-V3", SystemProblem::Groups { found: 4 }),
            ("5614D1-3E7A6-932DEB-8C4189-F6B0F2-V3", SystemProblem::GroupLength { group: 2, found: 5 }),
            (
                "5614D1-3E7A6C-932DEO-8C4189-F6B0F2-V3",
                SystemProblem::Character { group: 3, at: 6, found: 'O' },
            ),
            (
                "5614D1-3E7A6C-932DEB-8C4189-f6B0F2-V3",
                SystemProblem::Character { group: 5, at: 1, found: 'f' },
            ),
            ("5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V", SystemProblem::Version),
        ];
        for (text, problem) in table {
            assert_eq!(check(text), Err(problem), "{text}");
            assert!(resembles(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_found(group in 0usize..5, at in 0usize..6, wrong in "[G-Zg-z_ ]") {
            let mut groups: Vec<String> = DOCUMENTED.split('-').map(str::to_owned).collect();
            groups[group].replace_range(at..=at, &wrong);
            let found = wrong.chars().next().unwrap();
            let mistyped = groups.join("-");
            prop_assert_eq!(
                check(&mistyped),
                Err(SystemProblem::Character { group: group + 1, at: at + 1, found })
            );
        }

        #[test]
        fn every_key_of_the_form_is_taken(groups in proptest::collection::vec("[0-9A-F]{6}", 5), version in 1u32..99) {
            let key = format!("{}-V{version}", groups.join("-"));
            let named = format!("V{version}");
            prop_assert_eq!(check(&key), Ok(named.as_str()));
        }
    }
}
