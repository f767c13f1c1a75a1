//! Compiles the window's sentences into the window.

use std::path::Path;
use std::{env, fs, io};

mod catalogue;

/// In the order of `ecosante_domain::text::Language`.
const LANGUAGES: [&str; 2] = ["fr", "en"];

fn main() -> io::Result<()> {
    let files = LANGUAGES.map(|code| format!("../src-tauri/domain/locales/{code}/window.ftl"));
    let mut read = Vec::new();
    for file in &files {
        println!("cargo:rerun-if-changed={file}");
        let source = fs::read_to_string(file)
            .map_err(|error| io::Error::new(error.kind(), format!("{file}: {error}")))?;
        read.push((file.as_str(), source));
    }
    match catalogue::compiled(&read) {
        Ok(table) => {
            let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
            fs::write(Path::new(&folder).join("sentences.rs"), table)?;
        }
        Err(complaint) => println!("cargo::error={complaint}"),
    }
    Ok(())
}
