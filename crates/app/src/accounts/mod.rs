//! Accounts: a login is tested, kept, replaced and removed.

pub(crate) mod address;
pub(crate) mod connect;
pub(crate) mod new_login;
pub(crate) mod sign_in;
pub(crate) mod status;

pub use connect::{
    Login, Tested, connect_local, keep_account, remove_account, rename_account, test_account, test_login,
};
pub use new_login::new_login;
pub use sign_in::{LastSession, leave, sign_out};
pub use status::{AccountStatus, account_status, accounts};
