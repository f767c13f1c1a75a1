//! A small publication in the shape of the real ones, written as they are: a folder of its own, to
//! which a symbolic link is moved at once, with a packed file beside each that is worth it.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

/// What must never be served.
pub(crate) const SECRET: &str = "only the publisher knows this";

/// The folder in which is published, with one publication and the publisher's own state.
pub(crate) fn published() -> TempDir {
    let out = tempfile::tempdir().expect("a folder");
    fs::set_permissions(out.path(), fs::Permissions::from_mode(0o755)).expect("may be read");
    let write = |path: &str, text: &str| {
        let path = out.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("state/health.json", SECRET);
    publish(out.path(), 1);
    write("current/.hidden.json", SECRET);
    write("current/v1/.git/config", SECRET);
    out
}

/// Publishes: every file says in its beginning and its end which publication it is of.
pub(crate) fn publish(out: &Path, round: u32) {
    let folder = out.join("publications").join(round.to_string());
    let filling = "x".repeat(20_000);
    for (path, text) in [
        ("index.html", "<!doctype html><title>Écosanté</title>".to_owned()),
        ("stats/index.html", "<!doctype html><title>Stats</title>".to_owned()),
        ("v1/meta.json", format!("{{\"round\":{round},\"end\":{round}}}")),
        ("v1/stats.json", "{}".to_owned()),
        ("v1/openapi.json", "{}".to_owned()),
        ("v1/schema/commune.json", "{}".to_owned()),
        (
            "v1/commune/69123.json",
            format!("{{\"round\":{round},\"name\":\"Lyon\",\"it\":\"{filling}\",\"end\":{round}}}"),
        ),
        ("v1/departement/69.json", "{\"name\":\"Rhône\"}".to_owned()),
        ("v1/france.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}".to_owned()),
        ("v1/france.csv", "code,name\n69123,Lyon\n".to_owned()),
        ("v1/feed/fr/69123.atom", "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>".to_owned()),
        ("v1/widget.js", "export {};".to_owned()),
        ("v1/embed.html", "<!doctype html><script src=\"widget.js\"></script>".to_owned()),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, &text).expect("a file");
        if text.len() >= 1024 {
            let mut beside = path.into_os_string();
            beside.push(".gz");
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(text.as_bytes()).expect("memory");
            fs::write(beside, packed.finish().expect("memory")).expect("a file");
        }
    }
    let (current, next) = (out.join("current"), out.join("current.next"));
    symlink(Path::new("publications").join(round.to_string()), &next).expect("a link");
    fs::rename(next, current).expect("the link is moved");
    // Who began to read the one before may finish.
    let before_last = out.join("publications").join(round.saturating_sub(2).to_string());
    let _ = fs::remove_dir_all(before_last);
}
