//! The names of users and groups, by the tables of this computer. A container may have none; then numbers have no names.

use crate::files::read_bytes;
use std::path::Path;

const USERS: &str = "/etc/passwd";
const GROUPS: &str = "/etc/group";

/// A user's name, or number where it has no name.
pub(in crate::files) fn user_name(number: u32) -> String {
    name_of(USERS, number)
}

/// A group's name, or number where it has no name.
pub(in crate::files) fn group_name(number: u32) -> String {
    name_of(GROUPS, number)
}

/// The number of a group that is named, or given as a number.
pub(in crate::files) fn group_number(group: &str) -> Option<u32> {
    let named = lines(GROUPS).into_iter().find(|fields| fields.first().is_some_and(|name| name == group));
    named.and_then(|fields| fields.get(2)?.parse().ok()).or_else(|| group.parse().ok())
}

/// Whether a group has a user beside this one: a member, or a user whose first group it is.
pub(in crate::files) fn has_other_members(group: u32, me: u32) -> bool {
    let my_name = user_name(me);
    let members = lines(GROUPS).into_iter().filter(|fields| number_in(fields) == Some(group));
    let is_listed = members
        .filter_map(|fields| fields.get(3).cloned())
        .any(|members| members.split(',').any(|member| !member.is_empty() && member != my_name));
    let is_first_group = |fields: &Vec<String>| {
        number_in(fields) != Some(me) && fields.get(3).and_then(|gid| gid.parse().ok()) == Some(group)
    };
    is_listed || lines(USERS).iter().any(is_first_group)
}

fn name_of(table: &str, number: u32) -> String {
    let line = lines(table).into_iter().find(|fields| number_in(fields) == Some(number));
    line.and_then(|fields| fields.into_iter().next()).unwrap_or_else(|| number.to_string())
}

fn number_in(fields: &[String]) -> Option<u32> {
    fields.get(2)?.parse().ok()
}

fn lines(table: &str) -> Vec<Vec<String>> {
    let table = read_bytes(Path::new(table)).unwrap_or_default();
    let text = String::from_utf8_lossy(&table).into_owned();
    text.lines().map(|line| line.split(':').map(str::to_owned).collect()).collect()
}
