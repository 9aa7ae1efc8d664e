//! License files, their backups and what reads them.

pub(crate) mod backups;
pub(crate) mod folder;
pub(crate) mod old_name;
pub(crate) mod run;
pub(crate) mod table;
pub(crate) mod written;
