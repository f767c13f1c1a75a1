//! A real nginx in a folder of its own, with the files that are shipped: only the lines that differ
//! from machine to machine are others.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// A running nginx; dropping it stops it.
pub(crate) struct Nginx {
    folder: TempDir,
    master: Child,
    pub(crate) port: u16,
}

/// What is written in place of a line that is shipped.
type Instead<'a> = (&'static str, &'static str, String);

impl Nginx {
    /// Serves what is published in `out`, by `ecosante.conf`.
    pub(crate) fn serving(out: &Path) -> Self {
        let root = format!("root {}/current;", out.display());
        Self::start("ecosante.conf", |folder, port| {
            vec![
                ("ecosante/site.conf", "listen 80;", format!("listen 127.0.0.1:{port};")),
                ("ecosante/site.conf", "listen [::]:80;", String::new()),
                ("ecosante/site.conf", "root /var/lib/ecosante-publish/current;", root.clone()),
                ("ecosante/site.conf", "/var/log/nginx/error.log", log(folder)),
            ]
        })
    }

    /// The gateway to `producers`, a base address that speaks the contract of gateways, by
    /// `gateway.conf`. Where it ages fast, what it keeps is old after a second.
    pub(crate) fn gateway(producers: &str, ages_fast: bool) -> Self {
        Self::start("gateway.conf", |folder, port| {
            let listen = format!("listen 127.0.0.1:{port};");
            let address = format!("default {producers}/$ecosante_producer;");
            let cache = folder.join("cache").display().to_string();
            let mut instead = vec![
                ("ecosante/gateway-site.conf", "listen 127.0.0.1:8080;", listen),
                ("ecosante/gateway-site.conf", "/var/log/nginx/error.log", log(folder)),
                ("ecosante/gateway-upstream.conf", "/var/lib/nginx/ecosante", cache),
                ("ecosante/gateway-upstream.conf", "default https://$ecosante_producer;", address),
            ];
            if ages_fast {
                let lasts = "proxy_cache_valid 200 1d;";
                instead.push(("gateway.conf", lasts, "proxy_cache_valid 200 1s;".to_owned()));
            }
            instead
        })
    }

    fn start(conf: &str, instead: impl Fn(&Path, u16) -> Vec<Instead<'static>>) -> Self {
        // Another process may take the port before nginx does.
        for _ in 0..5 {
            let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a port");
            let port = free.local_addr().expect("an address").port();
            drop(free);
            let folder = prepared(conf, port, &instead);
            let mut master = nginx(folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("nginx is there: `cargo xtask setup` installs it");
            loop {
                if let Some(status) = master.try_wait().expect("a process of ours") {
                    let log = fs::read_to_string(folder.path().join("error.log"));
                    let said = log.unwrap_or_default();
                    assert!(said.contains("Address already in use"), "{status}: {said}");
                    break;
                }
                if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                    return Self { folder, master, port };
                }
                thread::sleep(Duration::from_millis(5));
            }
        }
        panic!("nginx gets no port");
    }

    /// The base address, without a slash at its end.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let stopped = nginx(self.folder.path()).args(["-s", "stop"]).stderr(Stdio::null()).status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _ = self.master.kill();
        }
        let _ = self.master.wait();
    }
}

/// The folder of what is shipped.
pub(crate) fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("nginx")
}

fn log(folder: &Path) -> String {
    folder.join("error.log").display().to_string()
}

fn nginx(folder: &Path) -> Command {
    // Debian has it where only an administrator looks.
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("nginx");
    command.env("PATH", format!("{path}:/usr/sbin"));
    command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf"));
    command.arg("-e").arg(folder.join("error.log"));
    command
}

/// A folder with a copy of what is shipped, and the file that Debian's own stands for.
fn prepared(
    conf: &str,
    port: u16,
    instead: impl Fn(&Path, u16) -> Vec<Instead<'static>>,
) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    // Its workers are somebody else where an administrator starts it.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("may be read");
    fs::create_dir(folder.path().join("ecosante")).expect("a folder");
    let included = fs::read_dir(shipped().join("ecosante")).expect("what is included");
    let files = included.map(|entry| format!("ecosante/{}", name(&entry.expect("a file").path())));
    for file in files.chain([conf.to_owned()]) {
        let mut text = fs::read_to_string(shipped().join(&file)).expect("a file that is shipped");
        for (of, line, other) in instead(folder.path(), port) {
            if of == file {
                assert!(text.contains(line), "{file} has no longer {line}");
                text = text.replace(line, &other);
            }
        }
        fs::write(folder.path().join(&file), text).expect("a copy");
    }
    // What of Debian's own file matters: it packs answers unless told not to.
    let main = format!(
        "daemon off;\npid nginx.pid;\nworker_processes 2;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n  sendfile on;\n  tcp_nopush on;\n  gzip on;\n\
         client_body_temp_path body;\n  proxy_temp_path proxy;\n  fastcgi_temp_path fastcgi;\n\
         uwsgi_temp_path uwsgi;\n  scgi_temp_path scgi;\n  include {conf};\n}}\n"
    );
    fs::write(folder.path().join("nginx.conf"), main).expect("a file");
    folder
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}
