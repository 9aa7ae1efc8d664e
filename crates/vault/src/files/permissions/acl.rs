//! POSIX access control lists, as Linux keeps them in an extended attribute: a version, then entries of a tag, permissions and
//! an id.

/// The attribute that has a file's list.
pub(in crate::files) const ATTRIBUTE: &str = "system.posix_acl_access";

const VERSION: u32 = 2;
const NO_ID: u32 = u32::MAX;
/// The bit of permissions that lets read.
pub(in crate::files) const READ: u16 = 4;
/// The bit of permissions that lets write.
pub(in crate::files) const WRITE: u16 = 2;

/// Whom an entry is about, in the order in which the kernel expects them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::files) enum Who {
    Owner,
    User(u32),
    OwningGroup,
    Group(u32),
    Mask,
    Others,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::files) struct Acl(Vec<(Who, u16)>);

impl Acl {
    /// What a mode says, as a list.
    pub(in crate::files) fn of_mode(mode: u32) -> Self {
        let bits = |shift: u32| u16::try_from(mode >> shift & 7).unwrap_or_default();
        Self(vec![(Who::Owner, bits(6)), (Who::OwningGroup, bits(3)), (Who::Others, bits(0))])
    }

    /// Reads a list.
    pub(in crate::files) fn parse(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first_chunk::<4>()?;
        let (entries, left) = rest.as_chunks::<8>();
        if u32::from_le_bytes(*version) != VERSION || !left.is_empty() {
            return None;
        }
        entries.iter().map(entry).collect::<Option<_>>().map(Self)
    }

    /// The list as the kernel reads it.
    pub(in crate::files) fn bytes(&self) -> Vec<u8> {
        let mut bytes = VERSION.to_le_bytes().to_vec();
        for (who, permissions) in &self.0 {
            let (tag, id) = tag_of(*who);
            bytes.extend(tag.to_le_bytes());
            bytes.extend(permissions.to_le_bytes());
            bytes.extend(id.to_le_bytes());
        }
        bytes
    }

    /// Whether it says more than a mode can.
    pub(in crate::files) fn is_extended(&self) -> bool {
        self.0.iter().any(|(who, _)| matches!(who, Who::User(_) | Who::Group(_) | Who::Mask))
    }

    /// What the mask leaves of each entry.
    pub(in crate::files) fn effective(&self) -> impl Iterator<Item = (Who, u16)> {
        let mask = self.get(Who::Mask).unwrap_or(7);
        self.0.iter().filter(|(who, _)| *who != Who::Mask).map(move |(who, permissions)| match who {
            Who::User(_) | Who::OwningGroup | Who::Group(_) => (*who, permissions & mask),
            Who::Owner | Who::Mask | Who::Others => (*who, *permissions),
        })
    }

    /// The list with more permissions for one of them. The mask is made as wide as that needs, and every other entry keeps
    /// what the mask left it before.
    pub(in crate::files) fn allowing(&self, who: Who, more: u16) -> Self {
        let had = self.effective().find(|(one, _)| *one == who).map_or(0, |(_, permissions)| permissions);
        self.setting(&[(who, had | more)])
    }

    /// The list with the permissions of a mode for the owner, the owning group and others.
    pub(in crate::files) fn with_mode(&self, mode: u32) -> Self {
        self.setting(&Self::of_mode(mode).0)
    }

    /// The list after a change of the mode: as with `chmod`, users and groups that are named keep at most what the mode gives to the
    /// group.
    pub(in crate::files) fn limited_to(&self, mode: u32) -> Self {
        let mut entries = Self::of_mode(mode).0;
        let most = u16::try_from(mode >> 3 & 7).unwrap_or_default();
        let named = self.effective().filter(|(who, _)| matches!(who, Who::User(_) | Who::Group(_)));
        entries.extend(named.map(|(who, permissions)| (who, permissions & most)));
        self.setting(&entries)
    }

    /// The mode that says the same of the owner, the owning group and others.
    pub(in crate::files) fn mode(&self) -> u32 {
        let bits = |who| u32::from(self.get(who).unwrap_or(0) & 7);
        bits(Who::Owner) << 6 | bits(Who::OwningGroup) << 3 | bits(Who::Others)
    }

    fn setting(&self, entries: &[(Who, u16)]) -> Self {
        let mut all: Vec<_> =
            self.effective().filter(|(who, _)| entries.iter().all(|(one, _)| one != who)).collect();
        all.extend(entries);
        let is_named = |who: Who| matches!(who, Who::User(_) | Who::Group(_));
        if all.iter().any(|(who, _)| is_named(*who)) {
            let of_the_mask = all.iter().filter(|(who, _)| is_named(*who) || *who == Who::OwningGroup);
            all.push((Who::Mask, of_the_mask.fold(0, |mask, (_, permissions)| mask | permissions)));
        }
        all.sort();
        Self(all)
    }

    fn get(&self, who: Who) -> Option<u16> {
        self.0.iter().find(|(one, _)| *one == who).map(|(_, permissions)| *permissions)
    }
}

fn entry(bytes: &[u8; 8]) -> Option<(Who, u16)> {
    let [tag_low, tag_high, low, high, id @ ..] = *bytes;
    let id = u32::from_le_bytes(id);
    let who = match u16::from_le_bytes([tag_low, tag_high]) {
        0x01 => Who::Owner,
        0x02 => Who::User(id),
        0x04 => Who::OwningGroup,
        0x08 => Who::Group(id),
        0x10 => Who::Mask,
        0x20 => Who::Others,
        _ => return None,
    };
    Some((who, u16::from_le_bytes([low, high])))
}

fn tag_of(who: Who) -> (u16, u32) {
    match who {
        Who::Owner => (0x01, NO_ID),
        Who::User(id) => (0x02, id),
        Who::OwningGroup => (0x04, NO_ID),
        Who::Group(id) => (0x08, id),
        Who::Mask => (0x10, NO_ID),
        Who::Others => (0x20, NO_ID),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &Acl, who: Who) -> Option<u16> {
        list.effective().find(|(one, _)| *one == who).map(|(_, permissions)| permissions)
    }

    #[test]
    fn list_reads_back_as_it_is_written() {
        let list = Acl::of_mode(0o640).allowing(Who::User(472), READ).allowing(Who::Group(5), 6);
        assert_eq!(Acl::parse(&list.bytes()), Some(list));
        assert_eq!(Acl::parse(b"no list"), None);
    }

    #[test]
    fn mode_limits_those_who_are_named() {
        let list = Acl::of_mode(0o600).allowing(Who::User(472), 6).allowing(Who::Group(5), READ);
        let private = list.limited_to(0o600);
        assert_eq!((of(&private, Who::User(472)), of(&private, Who::Group(5))), (Some(0), Some(0)));
        let shared = list.limited_to(0o640);
        assert_eq!((of(&shared, Who::User(472)), of(&shared, Who::OwningGroup)), (Some(READ), Some(READ)));
    }

    #[test]
    fn user_who_may_read_gets_no_more_and_the_group_nothing() {
        let list = Acl::of_mode(0o600).allowing(Who::User(472), READ);
        assert!(list.is_extended());
        assert_eq!((of(&list, Who::User(472)), of(&list, Who::OwningGroup)), (Some(READ), Some(0)));
        assert_eq!(list.mode(), 0o600);
    }

    #[test]
    fn wider_mask_does_not_widen_other_entries() {
        let masked = Acl(vec![
            (Who::Owner, 6),
            (Who::User(1), 6),
            (Who::OwningGroup, 4),
            (Who::Mask, 0),
            (Who::Others, 0),
        ]);
        let list = masked.allowing(Who::User(472), READ);
        assert_eq!(
            (of(&list, Who::User(1)), of(&list, Who::OwningGroup), of(&list, Who::User(472))),
            (Some(0), Some(0), Some(READ))
        );
        let list = masked.with_mode(0o640);
        assert_eq!((of(&list, Who::User(1)), of(&list, Who::OwningGroup)), (Some(0), Some(4)));
    }
}
