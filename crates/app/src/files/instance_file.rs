//! What makes an instance of the Metrics Dashboard read a license file that was written: its variables and its ini file
//! (`docs/protocols.md`, "Where a dashboard reads its token", [D]).

use crate::context::shell;
use crate::files::{NextStep, Reader, Snippet, next_step};
use license::file::Pickup;
use std::path::Path;

/// Where an instance looks for its license file.
const PATH_VARIABLE: &str = "GF_ENTERPRISE_LICENSE_PATH";
/// The same for the token itself.
const TEXT_VARIABLE: &str = "GF_ENTERPRISE_LICENSE_TEXT";

/// The user and the group that the vendor's image runs as.
pub(crate) const READER: (u32, u32) = (472, 0);

/// What comes after writing a `license.jwt`: the file is mounted, or where the container's user cannot read it, its text is in
/// the environment.
pub(crate) fn after(path: &Path, reader: Option<Reader>, was_there: bool) -> NextStep {
    let word = shell::word(&path.display().to_string());
    let (command, pickup) = match reader {
        Some(Reader { can_read: false, .. }) => {
            let command = format!("{TEXT_VARIABLE}=\"$(cat {word})\" docker run -e {TEXT_VARIABLE} IMAGE");
            (command, Pickup::Recreate)
        }
        Some(_) | None => {
            let mounted = next_step::mounted(path);
            (format!("docker run {mounted} -e {PATH_VARIABLE}=/license IMAGE"), Pickup::Restart)
        }
    };
    let snippet = |purpose, text| Snippet { purpose, text };
    NextStep {
        command,
        running: was_there.then_some(pickup),
        snippets: vec![
            snippet("instance-path", format!("{PATH_VARIABLE}={word}")),
            snippet("instance-text", format!("{TEXT_VARIABLE}=\"$(cat {word})\"")),
            snippet("instance-ini", format!("[enterprise]\nlicense_path = {}\n", path.display())),
        ],
        reader,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_names_the_file_and_none_its_text() {
        let next = after(Path::new("/srv/my data/license.jwt"), None, true);
        assert_eq!(
            next.command,
            "docker run -v '/srv/my data/license.jwt:/license:ro' -e GF_ENTERPRISE_LICENSE_PATH=/license IMAGE"
        );
        let texts: Vec<_> = next.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "GF_ENTERPRISE_LICENSE_PATH='/srv/my data/license.jwt'",
                "GF_ENTERPRISE_LICENSE_TEXT=\"$(cat '/srv/my data/license.jwt')\"",
                "[enterprise]\nlicense_path = /srv/my data/license.jwt\n",
            ]
        );
        assert_eq!(
            (next.running, after(Path::new("/a"), None, false).running),
            (Some(Pickup::Restart), None)
        );
        let reader = Reader { user: 472, group: 0, can_read: false };
        assert_eq!(
            after(Path::new("/a b"), Some(reader), false).command,
            "GF_ENTERPRISE_LICENSE_TEXT=\"$(cat '/a b')\" docker run -e GF_ENTERPRISE_LICENSE_TEXT IMAGE"
        );
        let in_environment = after(Path::new("/a b"), Some(reader), true).running;
        assert_eq!(in_environment, Some(Pickup::Recreate), "a restart keeps the environment");
    }
}
