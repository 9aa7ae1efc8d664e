//! A Tauri window with nothing in it: what `cargo xtask bench` compares Licet's start and memory with.

fn main() -> tauri::Result<()> {
    let context = tauri::generate_context!("examples/empty_window/tauri.conf.json");
    tauri::Builder::default().run(context)
}
