//! Nothing that proves whose account or license it is stands anywhere but where a user asked for it.

mod command_line;
mod keys;
mod vendors;
mod window;
