//! Who can use a license file that is there, found out to warn of it.

use super::access::Access;
use std::path::Path;

/// Who, beside this user, can read or write a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others {
    /// Whether everybody on this computer can.
    pub everybody: bool,
    /// Whether everybody can also change it.
    pub everybody_can_change: bool,
    /// Whether one of those below can also change it.
    pub can_change: bool,
    /// The owner, if it is another user.
    pub owner: Option<String>,
    /// Users that an access control list names.
    pub users: Vec<String>,
    /// The file's own group, if it has other members.
    pub owning_group: Option<String>,
    /// Groups that an access control list names and that have other members.
    pub groups: Vec<String>,
    /// Those of the users that can also change it.
    changing_users: Vec<String>,
    /// Those of the groups, the file's own among them, that can also change it.
    changing_groups: Vec<String>,
}

impl Others {
    /// Whether it is this user alone.
    pub fn is_nobody(&self) -> bool {
        !self.everybody && self.names_nobody()
    }

    fn names_nobody(&self) -> bool {
        self.owner.is_none() && self.users.is_empty() && self.every_group().next().is_none()
    }

    /// Works out again whether one of those who are named can change the file.
    #[cfg(unix)]
    fn with_changers(mut self) -> Self {
        // A file's owner can always give itself leave to change it.
        self.can_change = self.owner.is_some()
            || self.users.iter().any(|user| self.changing_users.contains(user))
            || self.every_group().any(|group| self.changing_groups.contains(group));
        self
    }

    /// The file's own group and those that an access control list names.
    pub fn every_group(&self) -> impl Iterator<Item = &String> {
        self.owning_group.iter().chain(&self.groups)
    }

    /// The same without those to whom access was asked for on purpose. Everybody remains.
    pub fn without(mut self, access: &Access) -> Self {
        #[cfg(unix)]
        {
            let user = access.readable_by.map(super::names::user_name);
            self.users.retain(|one| Some(one) != user.as_ref());
            let group = access.group.map(super::names::group_name);
            let is_asked_for = |one: &String| Some(one) == group.as_ref();
            self.groups.retain(|one| !is_asked_for(one));
            // A mode gives nothing to the groups that an access control list names.
            let is_by_mode = access.mode.is_some_and(|mode| mode.bits() & 0o040 != 0);
            self.owning_group = self.owning_group.filter(|one| !is_by_mode && !is_asked_for(one));
            self.with_changers()
        }
        #[cfg(not(unix))]
        {
            let _ = access;
            self
        }
    }
}

/// Finds out who can use a file that is there, beside this user. Nobody reads a license from anything but a regular file.
#[cfg(unix)]
pub fn others_of(path: &Path) -> Others {
    use super::acl::{Acl, READ, WRITE, Who};
    use super::attributes::Attributes;
    use super::names::{group_name, user_name};
    use std::os::unix::fs::MetadataExt;
    let Ok(path) = path.canonicalize() else { return Others::default() };
    let Some(metadata) = path.metadata().ok().filter(std::fs::Metadata::is_file) else {
        return Others::default();
    };
    let me = rustix::process::geteuid().as_raw();
    let list = Attributes::of(&path).ok().and_then(|attributes| Acl::parse(&attributes.acl?));
    let list = list.unwrap_or_else(|| Acl::of_mode(metadata.mode()));
    let owner = (metadata.uid() != me).then(|| user_name(metadata.uid()));
    let mut others = Others { owner, ..Others::default() };
    for (who, permissions) in list.effective().filter(|(_, permissions)| permissions & (READ | WRITE) != 0) {
        let can_change = permissions & WRITE != 0;
        match who {
            Who::Others => {
                others.everybody = true;
                others.everybody_can_change = can_change;
            }
            Who::User(user) if user != me => {
                others.users.push(user_name(user));
                others.changing_users.extend(can_change.then(|| user_name(user)));
            }
            Who::OwningGroup if !is_mine_alone(metadata.gid(), me) => {
                let group = group_name(metadata.gid());
                others.changing_groups.extend(can_change.then(|| group.clone()));
                others.owning_group = Some(group);
            }
            Who::Group(group) if !is_mine_alone(group, me) => {
                others.groups.push(group_name(group));
                others.changing_groups.extend(can_change.then(|| group_name(group)));
            }
            Who::Owner | Who::User(_) | Who::OwningGroup | Who::Group(_) | Who::Mask => {}
        }
    }
    others.with_changers()
}

#[cfg(unix)]
fn is_mine_alone(group: u32, me: u32) -> bool {
    group == rustix::process::getegid().as_raw() && !super::names::has_other_members(group, me)
}

/// Elsewhere a file's folder decides.
#[cfg(not(unix))]
pub fn others_of(_path: &Path) -> Others {
    Others::default()
}

/// Whether a user of this number, in this group, can read a file.
#[cfg(unix)]
pub fn can_be_read_by(path: &Path, user: u32, group: u32) -> bool {
    use super::acl::{Acl, READ, Who};
    use super::attributes::Attributes;
    use std::os::unix::fs::MetadataExt;
    let Ok(path) = path.canonicalize() else { return false };
    let Ok(metadata) = path.metadata() else { return false };
    let list = Attributes::of(&path).ok().and_then(|attributes| Acl::parse(&attributes.acl?));
    let list = list.unwrap_or_else(|| Acl::of_mode(metadata.mode()));
    let may = |who: Who| {
        list.effective().find(|(one, _)| *one == who).map(|(_, permissions)| permissions & READ != 0)
    };
    if metadata.uid() == user {
        return may(Who::Owner) == Some(true);
    }
    if let Some(may) = may(Who::User(user)) {
        return may;
    }
    let of_groups = [(metadata.gid() == group).then_some(Who::OwningGroup), Some(Who::Group(group))];
    let of_groups: Vec<bool> = of_groups.into_iter().flatten().filter_map(may).collect();
    if of_groups.is_empty() { may(Who::Others) == Some(true) } else { of_groups.contains(&true) }
}

/// Elsewhere numbers of users say nothing.
#[cfg(not(unix))]
pub fn can_be_read_by(_path: &Path, _user: u32, _group: u32) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_those_that_are_named_count_as_able_to_change() {
        let asked_for = Access { readable_by: Some(65_534), ..Access::default() };
        let user = super::super::names::user_name(65_534);
        let all = Others {
            users: vec![user.clone()],
            groups: vec!["readers".to_owned()],
            changing_users: vec![user],
            ..Others::default()
        }
        .with_changers();
        assert!(all.can_change);
        let rest = all.clone().without(&asked_for);
        assert_eq!((rest.can_change, rest.groups.as_slice()), (false, ["readers".to_owned()].as_slice()));
        assert!(Others { owner: Some("root".to_owned()), ..all }.without(&asked_for).can_change);
    }
}
