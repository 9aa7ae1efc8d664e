//! A home that can only be read: a command that changes it fails before it asks for a passphrase or a vendor.

use crate::args::{accounts::Accounts, arguments::Command, files::Export, instance::Instance};
use crate::output::fail::Fail;
use crate::process::shell::Shell;

/// Refuses a command that changes a home that can only be read.
pub(crate) fn check(shell: &Shell<'_>, command: &Command) -> Result<(), Fail> {
    match shell.context.why_read_only() {
        Some(why) if changes_the_home(command) => Err(why.into()),
        Some(_) | None => Ok(()),
    }
}

/// Whether a command fails where nothing can be kept. What others only note in the activity is not noted then.
fn changes_the_home(command: &Command) -> bool {
    match command {
        Command::Accounts(
            Accounts::Add(_)
            | Accounts::LogIn { .. }
            | Accounts::Edit { .. }
            | Accounts::LogOut { .. }
            | Accounts::Remove { .. },
        )
        | Command::Import(_)
        | Command::Remove(_)
        | Command::Create(_)
        | Command::Delete(_)
        | Command::Replace(_)
        | Command::Leaked(_)
        | Command::Restore(_)
        | Command::Refresh(_)
        | Command::Secrets(_)
        | Command::Export(Export { stdout: false, .. })
        | Command::Instance(
            Instance::Renew(_) | Instance::Apply { .. } | Instance::Restore { .. } | Instance::Remove { .. },
        ) => true,
        Command::Accounts(Accounts::List | Accounts::Test { .. })
        | Command::List(_)
        | Command::Show(_)
        | Command::LookUp(_)
        | Command::Seats(_)
        | Command::Packages(_)
        | Command::Validate(_)
        | Command::Core(_)
        | Command::Backups(_)
        | Command::Export(Export { stdout: true, .. })
        | Command::Instance(Instance::Check(_) | Instance::Token(_) | Instance::Stats(_)) => false,
    }
}
