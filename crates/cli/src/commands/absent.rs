//! A home that is not there, such as a mistyped one: commands that only read say so instead of making it.

use crate::args::{
    accounts::Accounts,
    arguments::{Args, Command},
};
use crate::commands::accounts::forget_secrets;
use crate::output::{fail::Fail, lines::Output};
use crate::process::shell;
use app::context::{AppError, Thing};

/// Answers a command that only reads, where there is nothing to read. Whether it did.
pub(crate) fn answer(args: &Args, out: &Output) -> Result<bool, Fail> {
    // With a passphrase a home is meant to be made: it becomes the way in.
    if args.global.unlock_file.is_some() {
        return Ok(false);
    }
    let nothing = match &args.command {
        Command::List(_) => "no licenses",
        Command::Accounts(Accounts::List) => "no accounts",
        Command::Backups(asked) if asked.remove.is_empty() => "no backups",
        Command::Show(asked) => {
            return match is_there(args)? {
                true => Ok(false),
                false => {
                    Err(AppError::NotFound { what: Thing::License, named: asked.license.clone() }.into())
                }
            };
        }
        Command::Restore(asked) => {
            let home = shell::home(&args.global)?;
            let (file, number) = (asked.path.clone(), asked.backup);
            return match home.dir().exists() {
                true => Ok(false),
                false => Err(AppError::NoBackup { file, number }.into()),
            };
        }
        Command::Secrets(_) => {
            let is_absent = !is_there(args)?;
            if is_absent {
                forget_secrets::nothing(out)?;
            }
            return Ok(is_absent);
        }
        Command::Accounts(
            Accounts::Add(_)
            | Accounts::Test { .. }
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
        | Command::LookUp(_)
        | Command::Seats(_)
        | Command::Packages(_)
        | Command::Validate(_)
        | Command::Leaked(_)
        | Command::Core(_)
        | Command::Instance(_)
        | Command::Export(_)
        | Command::Backups(_)
        | Command::Refresh(_) => return Ok(false),
    };
    if is_there(args)? {
        return Ok(false);
    }
    let home = shell::home(&args.global)?;
    out.remark(&format!("there is no library at {} yet", home.dir().display()));
    out.print(&[(); 0], |lines| lines.tell(nothing))?;
    Ok(true)
}

/// Whether the home's folder is there. A file in its place is an error.
fn is_there(args: &Args) -> Result<bool, Fail> {
    let home = shell::home(&args.global)?;
    home.check_folder()?;
    Ok(home.dir().exists())
}
