//! Lets Tauri embed the configuration, the icons and the page.

fn main() {
    tauri_build::build();
}
