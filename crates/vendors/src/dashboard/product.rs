//! The Metrics Dashboard: what makes an instance read a license file that was written, its variables and its ini file
//! (`docs/protocols.md`, "Where a dashboard reads its token", [D]).

use crate::{ClaimSign, ContainerUser, FileRule, NextCommand, ProductForms, Snippet, Text, WrittenFile};
use license::file::{Format, Pickup};

pub(super) const PRODUCT: ProductForms = ProductForms {
    files: &[FileRule {
        // The user and the group that the vendor's image runs as.
        reader: Some(ContainerUser { user: 472, group: 0 }),
        next: Some(next),
        ..FileRule::named(Format::Jwt, "license.jwt", "{license}.jwt")
    }],
    claims: &[ClaimSign::List("prod"), ClaimSign::Named("lexp")],
    ..ProductForms::titled("dashboard", Text { key: "product.dashboard", english: "Metrics Dashboard" })
};

/// Where an instance looks for its license file.
const PATH_VARIABLE: &str = "GF_ENTERPRISE_LICENSE_PATH";
/// The same for the token itself.
const TEXT_VARIABLE: &str = "GF_ENTERPRISE_LICENSE_TEXT";

/// The file is mounted, or where the container's user cannot read it, its text is in the environment.
fn next(file: &WrittenFile<'_>) -> NextCommand {
    let WrittenFile { word, mount, .. } = file;
    let (command, pickup) = if file.can_be_read == Some(false) {
        let command = format!("{TEXT_VARIABLE}=\"$(cat {word})\" docker run -e {TEXT_VARIABLE} IMAGE");
        (command, Pickup::Recreate)
    } else {
        (format!("docker run {mount} -e {PATH_VARIABLE}=/license IMAGE"), Pickup::Restart)
    };
    let snippet = |purpose, text| Snippet { purpose, text };
    NextCommand {
        command,
        pickup: Some(pickup),
        snippets: vec![
            snippet("instance-path", format!("{PATH_VARIABLE}={word}")),
            snippet("instance-text", format!("{TEXT_VARIABLE}=\"$(cat {word})\"")),
            snippet("instance-ini", format!("[enterprise]\nlicense_path = {}\n", file.path.display())),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn written<'a>(can_be_read: Option<bool>) -> WrittenFile<'a> {
        WrittenFile {
            path: Path::new("/srv/my data/license.jwt"),
            word: "'/srv/my data/license.jwt'",
            mount: "-v '/srv/my data/license.jwt:/license:ro'",
            compose: "",
            text: "the token",
            can_be_read,
        }
    }

    #[test]
    fn each_way_names_the_file_and_none_its_text() {
        let step = next(&written(None));
        assert_eq!(
            step.command,
            "docker run -v '/srv/my data/license.jwt:/license:ro' -e GF_ENTERPRISE_LICENSE_PATH=/license IMAGE"
        );
        let texts: Vec<_> = step.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "GF_ENTERPRISE_LICENSE_PATH='/srv/my data/license.jwt'",
                "GF_ENTERPRISE_LICENSE_TEXT=\"$(cat '/srv/my data/license.jwt')\"",
                "[enterprise]\nlicense_path = /srv/my data/license.jwt\n",
            ]
        );
        assert_eq!(step.pickup, Some(Pickup::Restart));
        let step = next(&written(Some(false)));
        assert_eq!(
            step.command,
            "GF_ENTERPRISE_LICENSE_TEXT=\"$(cat '/srv/my data/license.jwt')\" docker run -e GF_ENTERPRISE_LICENSE_TEXT IMAGE"
        );
        assert_eq!(step.pickup, Some(Pickup::Recreate), "a restart keeps the environment");
    }
}
