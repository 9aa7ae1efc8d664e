//! Has Tauri take in the configuration, the icons and the page.

fn main() {
    tauri_build::build();
}
