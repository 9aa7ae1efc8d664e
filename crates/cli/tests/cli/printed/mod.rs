//! Everything that each command prints, as text and as JSON. Set `INSTA_UPDATE=always` to write the snapshots again, and
//! read the difference before you commit it.

mod accounts;
mod files;
mod instance;
mod licenses;
mod offers;
mod usage;

use crate::keygen::PASSWORD;
use crate::licenses::leaked::SUCCESSOR;
use crate::world::{SYSTEM_KEY, World};
use portal::DEMO_PASSWORD;
use std::path::{Path, PathBuf};

/// The imported key `robot`.
fn robot() -> World {
    let world = World::new();
    world.licet_reading(["import", "-", "--name", "robot"], SYSTEM_KEY).ok();
    world
}

/// Every snapshot of this program's outputs and of its help.
fn snapshots() -> Vec<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/cli/snapshots", "src/output/snapshots"].map(|folder| package.join(folder));
    folders.iter().flat_map(|folder| folder.read_dir().unwrap()).map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn snapshots_hold_no_secret() {
    let of_world = [SYSTEM_KEY, SUCCESSOR, PASSWORD, DEMO_PASSWORD, crate::instance::token::PASSWORD];
    // How a JWT, a JWT in base64, a portal's token and a session begin.
    let secrets = of_world.into_iter().chain(["eyJ", "ZXlK", "licet_0", "user-5f0c2a9e"]);
    let all = snapshots();
    assert!(all.len() > 150, "{} snapshots", all.len());
    for path in all {
        let text = std::fs::read_to_string(&path).unwrap();
        for secret in secrets.clone() {
            assert!(!text.contains(secret), "a secret is in {}", path.display());
        }
        assert_eq!(path.extension().unwrap(), "snap", "{} was not reviewed", path.display());
    }
}
