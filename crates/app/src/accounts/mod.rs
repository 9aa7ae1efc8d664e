//! Accounts: a login is tested, kept, replaced and removed.

pub(crate) mod address;
pub(crate) mod connect;
pub(crate) mod edit;
pub(crate) mod login;
pub(crate) mod new_login;
pub(crate) mod session_end;
pub(crate) mod sign_in;
pub(crate) mod status;

pub use connect::{
    Tested, connect_local, keep_account, leave, remove_account, rename_account, test_account, test_login,
};
pub use edit::edit_account;
pub use login::Login;
pub use new_login::new_login;
pub use session_end::{LastSession, sign_out};
pub use status::{AccountStatus, account_status, accounts};
