//! The window with nothing in it.

#[expect(clippy::disallowed_types, reason = "the macro writes it so")]
fn main() {
    tauri::Builder::default()
        .run(tauri::generate_context!("tests/empty/tauri.conf.json"))
        .expect("the system can show a window");
}
