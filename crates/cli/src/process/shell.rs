//! What every command works with: the context of a home, and the output.

use crate::args::arguments::Global;
use crate::output::{fail::Fail, lines::Output};
use crate::process::{host::Terminal, portal::OnDemand, secrets};
use app::context::{AppError, Context, Parts, Programs, SystemClock};
use license::{LicenseId, Password};
use std::sync::Arc;
use vault::{Home, KeptBy, LockError, SettingsError, Vault};
use vendors::{Http, Registry};

/// The context of a home, and the output.
#[derive(Debug)]
pub(crate) struct Shell<'a> {
    /// What does the work.
    pub context: Context,
    /// Where what came of it is printed.
    pub out: &'a Output,
    portal: Arc<OnDemand>,
}

impl<'a> Shell<'a> {
    /// Opens the home, making it where it is new. Nothing is unlocked, started or asked.
    pub(crate) fn open(global: &Global, out: &'a Output) -> Result<Self, Fail> {
        let vault = Vault::open(home(global)?)?;
        let portal = Arc::new(OnDemand::new(vault.home().portal_data()));
        let context = Context::new(Parts {
            vault,
            registry: Registry::default(),
            http: Http::default(),
            programs: Programs::default(),
            host: Arc::new(Terminal),
            clock: Arc::new(SystemClock),
            portal: portal.clone(),
        });
        Ok(Self { context, out, portal })
    }

    /// Ends what still runs, before the program ends.
    pub(crate) async fn close(&self) {
        app::accounts::leave(&self.context).await;
        self.portal.stop().await;
    }

    /// Settles what other processes left that ended while they wrote a license file. A failure stops no command: the next
    /// one tries again.
    pub(crate) async fn settle(&self) {
        if let Err(error) = app::files::settle_writes(&self.context).await {
            self.out.remark(&format!("an interrupted write could not be settled: {error}"));
        }
    }

    /// Warns of what in the settings file cannot be used.
    pub(crate) async fn check_settings(&self) -> Result<(), Fail> {
        for problem in app::context::settings_problems(&self.context).await? {
            match &problem {
                // It may be a setting of a newer version.
                SettingsError::Unknown { .. } => self.out.remark(&problem.to_string()),
                SettingsError::File(_) => self.out.warn(&format!("{problem}; the default settings apply")),
                SettingsError::NotToml { .. }
                | SettingsError::BadValue { .. }
                | SettingsError::BadEntries { .. } => self.out.warn(&problem.to_string()),
            }
        }
        Ok(())
    }

    /// Unlocks with the passphrase where one is given.
    pub(crate) async fn unlock(&self, global: &Global) -> Result<(), Fail> {
        let Some(source) = &global.unlock_file else { return Ok(()) };
        let passphrase = Password::from(secrets::read(source)?);
        if passphrase.expose().is_empty() {
            return Err(Fail::usage("the passphrase is empty", format!("it is the text of {source}")));
        }
        Ok(app::keys::unlock_with_passphrase(&self.context, passphrase).await?)
    }

    /// Asks for the passphrase where one is needed and a user sits there; before commands that need secrets.
    pub(crate) async fn ask_to_unlock(&self) -> Result<(), Fail> {
        if !secrets::may_ask() || !app::keys::ways_in(&self.context).await?.contains(&KeptBy::Passphrase) {
            return Ok(());
        }
        match self.context.unlock_without_prompt().await {
            Err(AppError::Lock(LockError::Locked)) => {
                let passphrase = Password::from(secrets::ask("Passphrase")?);
                Ok(app::keys::unlock_with_passphrase(&self.context, passphrase).await?)
            }
            unlocked => Ok(unlocked?),
        }
    }

    /// The one license that was named.
    pub(crate) async fn license(&self, named: &str) -> Result<LicenseId, Fail> {
        Ok(app::list::resolve_license(&self.context, named).await?)
    }
}

/// The home that is meant: by the option, the environment, or the platform.
pub(crate) fn home(global: &Global) -> Result<Home, Fail> {
    let named = global.home.clone().or_else(|| std::env::var_os("LICET_HOME").map(Into::into));
    match named.filter(|dir| !dir.as_os_str().is_empty()) {
        Some(dir) => Ok(Home::at(dir)),
        None => Ok(Home::of_platform()?),
    }
}
