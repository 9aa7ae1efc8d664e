//! The first paint, and what holds for the whole window.

use super::crossing;

crossing! {
    /// Everything the window needs for its first paint, in one answer.
    pub struct Opening {
        pub version: String,
        /// The wizard's draft while the first run is not finished.
        pub setup: Option<super::SetupDraft>,
        pub accounts: Vec<super::AccountView>,
        pub counts: super::ViewCounts,
        pub vault: VaultView,
        pub settings: SettingsView,
        /// Why nothing can be changed, such as on a read-only file system.
        pub read_only: Option<super::ErrorView>,
        /// What in the settings file cannot be used.
        pub settings_problems: Vec<super::ErrorView>,
        pub vendors: Vec<super::VendorView>,
        pub products: Vec<super::ProductView>,
        pub list: super::ListWindow,
        /// Files given to the program at its start that wait to be imported.
        pub given_paths: Vec<String>,
    }

    /// Whether secrets can be read, and where they are kept.
    pub struct VaultView { pub state: VaultState, pub keyring: KeyringView }

    pub enum VaultState {
        /// Nothing was sealed yet.
        New,
        Unlocked,
        /// Kept by the keyring, which is locked or away.
        LockedByKeyring,
        LockedByPassphrase,
        /// Secrets are in memory until the program ends.
        SessionOnly,
        /// Secrets were kept, and the library no longer records where their key is.
        SlotsLost,
    }

    /// How the system's keyring is; while it is being asked, an event tells later.
    pub enum KeyringView {
        Ready,
        /// It is open and no longer has the entry that opens this home.
        LostEntry,
        Locked,
        Absent,
        Asking,
    }

    /// What a user can set.
    pub struct SettingsView {
        pub appearance: Appearance,
        pub density: Density,
        /// Where the launcher's license file is written by default.
        pub launcher_file: Option<String>,
        /// Up to how many days before its end a license "expires soon".
        pub expires_soon_days: u32,
        /// The list's columns: which, how wide, in which order.
        pub columns: Vec<ColumnView>,
        /// Where a Core on this computer answers, where it is not the usual address.
        pub core_address: Option<String>,
        /// The public keys that imported certificates may be signed with.
        pub issuer_keys: Vec<String>,
    }

    /// The settings after a change, with what in their file still cannot be used.
    pub struct ChangedSettings { pub settings: SettingsView, pub problems: Vec<super::ErrorView> }

    pub enum Appearance { System, Light, Dark }

    pub enum Density { Comfortable, Compact }

    pub struct ColumnView { pub column: String, pub width: u32 }

    /// One secret or file that Licet keeps, for the page "Privacy & storage".
    pub struct StoredThing {
        /// `data-key`, `account-token`, `account-password`, `applied-token`, `previous-token`, `license-key`, `library`,
        /// `settings`, `license-file`, `backup`, `portal`.
        pub what: String,
        /// A name that tells it from others of its kind.
        pub label: String,
        /// `keyring`, `library-sealed`, `passphrase`, `memory`, `file`.
        pub place: String,
        pub path: Option<String>,
        pub count: u32,
        /// Which host it is sent to, or null where it is never sent.
        pub sent_to: Option<String>,
    }
}
