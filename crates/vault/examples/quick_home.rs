//! Makes a home with a passphrase that is cheap to try, for tests that start programs thousands of times.
//!
//! `quick_home FOLDER PASSPHRASE-FILE`

use std::{error::Error, path::Path};

use license::Password;
use vault::{Home, PassphraseCost, Vault};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [home, passphrase] = arguments.as_slice() else {
        return Err("a folder and a file are needed".into());
    };
    let passphrase = std::fs::read_to_string(Path::new(passphrase))?;
    let vault = Vault::open(Home::at(home))?;
    vault.lock().unlock_at_cost(&Password::new(passphrase), PassphraseCost::LOWEST)?;
    Ok(())
}
