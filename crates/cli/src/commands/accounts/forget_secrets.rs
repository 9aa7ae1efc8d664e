//! `licet secrets forget`

use crate::args::secrets::Secrets;
use crate::commands::files::held_backups::{self, Held};
use crate::output::{fail::Fail, lines::Output, words};
use crate::process::shell::Shell;
use app::{context::word as shell_word, home::Stored, keys::FORGET_SECRETS};
use serde::Serialize;

/// What `--json` prints: `secrets-forget.json`.
#[derive(Serialize)]
struct Shape {
    forgotten: Forgotten,
}

/// How many secrets of each kind there were.
#[derive(Debug, Default, Serialize)]
struct Forgotten {
    /// Accounts whose login was kept, by name.
    logins: Vec<String>,
    /// Tokens that were applied to an instance.
    instance_tokens: usize,
    /// License keys that their vendors give out again.
    license_keys: usize,
    /// License keys that were stored nowhere else.
    imported_keys: usize,
    /// Backups of license files that contain a license key.
    backups: Vec<Held>,
}

pub(crate) async fn run(shell: &Shell<'_>, asked: &Secrets) -> Result<(), Fail> {
    let Secrets::Forget { confirm } = asked;
    let mut forgotten = Forgotten::of(app::home::stored(&shell.context).await?);
    forgotten.backups = held_backups::with_keys(shell).await;
    if confirm != FORGET_SECRETS {
        shell.out.remark(&format!("this forgets {}", forgotten.words()));
    }
    app::keys::forget_secrets(&shell.context, confirm).await?;
    held_backups::warn(shell, &forgotten.backups, "a license key");
    forgotten.print(shell.out)
}

/// The answer for a home without a library.
pub(crate) fn nothing(out: &Output) -> Result<(), Fail> {
    Forgotten::default().print(out)
}

impl Forgotten {
    fn of(stored: Vec<Stored>) -> Self {
        let mut all = Self::default();
        for one in stored {
            match one.what {
                "account-token" | "account-password" => all.logins.push(one.label),
                "applied-token" | "previous-token" => all.instance_tokens += one.count,
                "license-keys" if one.sent_to.is_none() => all.imported_keys += one.count,
                "license-keys" => all.license_keys += one.count,
                _ => {}
            }
        }
        all.logins.dedup();
        all
    }

    fn words(&self) -> String {
        let counted = [
            (self.logins.len(), "login", "logins"),
            (self.instance_tokens, "instance token", "instance tokens"),
            (self.license_keys, "license key", "license keys"),
            (self.imported_keys, "imported key", "imported keys"),
        ];
        let some = counted.into_iter().filter(|(number, ..)| *number > 0);
        let all: Vec<_> = some.map(|(number, one, several)| words::count(number, one, several)).collect();
        match all.split_last() {
            None => "no secrets: none were kept".to_owned(),
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} and {last}", before.join(", ")),
        }
    }

    fn print(self, out: &Output) -> Result<(), Fail> {
        let shape = Shape { forgotten: self };
        let forgotten = &shape.forgotten;
        out.print(&shape, |lines| {
            lines.tell(&format!("Forgot {}. Accounts, licenses and files stay.", forgotten.words()))?;
            forgotten
                .logins
                .iter()
                .try_for_each(|name| lines.tell(&format!("Next: licet accounts log-in {}", shell_word(name))))
        })
    }
}
