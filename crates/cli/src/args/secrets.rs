//! Arguments of `licet secrets`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Secrets {
    /// Forget every license key, login and token that is kept, and every way to unlock them
    ///
    /// Use it if nothing can unlock the secrets again: the keyring has lost Licet's entry, the library has lost the
    /// record of where its key is stored, or you have forgotten the passphrase. Accounts, the list of licenses and
    /// license files stay; log in to the accounts again afterwards. Imported keys are stored nowhere else: import them
    /// again. Nothing changes at any vendor.
    Forget {
        /// The words "forget secrets"
        #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
        confirm: String,
    },
}
