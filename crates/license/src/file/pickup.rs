//! How a container that is already running gets the license from a file that was written again.

use super::Format;

/// What to do with a running container after its license file was written again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pickup {
    /// Restart it: the file is mounted into it.
    Restart,
    /// Create it again: a container keeps the environment that it was created with, also over a restart.
    Recreate,
}

impl Pickup {
    /// The one spelling, for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Recreate => "recreate",
        }
    }
}

impl Format {
    /// What a running container needs once a file of this format was written again; nothing where no container reads the
    /// file itself.
    pub const fn pickup(self) -> Option<Pickup> {
        match self {
            Self::LauncherToml => Some(Pickup::Restart),
            Self::Env(_) | Self::Jwt => Some(Pickup::Recreate),
            Self::K8sSecret | Self::Certificate => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restart_reads_mounted_file_and_not_environment() {
        let pickups = Format::ALL.iter().map(|format| (format.word(), format.pickup().map(Pickup::word)));
        assert_eq!(
            pickups.collect::<Vec<_>>(),
            [
                ("launcher-toml", Some("restart")),
                ("env", Some("recreate")),
                ("jwt", Some("recreate")),
                ("k8s-secret", None),
                ("env-aidbox-license", Some("recreate")),
                ("certificate", None),
            ]
        );
    }
}
