//! Files that the person asks for: written beside what is there, never over it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// How many files of one name there may be before it is given up.
const SAME_NAME: u32 = 1000;

/// Creates `name` in `folder`, or where that is taken, "name (2)" with the same ending and so on; the
/// folder too where it does not exist yet.
///
/// # Errors
/// What the system says, when it refuses.
pub fn create(folder: &Path, name: &str) -> io::Result<(File, PathBuf)> {
    fs::create_dir_all(folder)?;
    let wanted = Path::new(name);
    for number in 1..=SAME_NAME {
        let mut named = OsString::from(wanted.file_stem().unwrap_or_default());
        if number > 1 {
            named.push(format!(" ({number})"));
        }
        if let Some(ending) = wanted.extension() {
            named.push(".");
            named.push(ending);
        }
        let path = folder.join(named);
        match File::options().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            created => return created.map(|file| (file, path)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_of_the_same_name_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("not there yet");
        let mut names = Vec::new();
        for content in ["first", "second", "third"] {
            let (mut file, path) = create(&inside, "air.csv").expect("there is room");
            file.write_all(content.as_bytes()).expect("it is written");
            assert_eq!(fs::read_to_string(&path).expect("it is there"), content);
            names.push(path.file_name().expect("it has a name").to_owned());
        }
        assert_eq!(names, ["air.csv", "air (2).csv", "air (3).csv"]);
    }
}
