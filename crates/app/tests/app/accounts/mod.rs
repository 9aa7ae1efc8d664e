//! Connecting accounts, logging in and out.

mod address;
mod connect;
mod new_login;
mod sign_in;
