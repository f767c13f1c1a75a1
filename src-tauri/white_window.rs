//! A window that stays white: `WebKitGTK`'s way of sharing what it draws (DMA-BUF) fails with many
//! drivers of NVIDIA (tauri#9304). A variable of the environment has it take another way, which is
//! slower, and so only where such a driver is loaded.

use std::env;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

/// The variable; who has set it, to whatever, has decided.
const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Where the kernel shows that a driver of NVIDIA is loaded.
const DRIVERS: [&str; 2] = ["proc/driver/nvidia", "sys/module/nvidia"];

/// Starts this program over with the variable where it is needed. The variable cannot be set from
/// within: that is unsafe once there may be threads. Started over, it is set, so that this happens
/// once.
pub(crate) fn avoid() {
    if !is_needed(env::var_os(VARIABLE).is_some(), Path::new("/")) {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    // Comes back only where it fails; a window that may stay white is better than none.
    let error = Command::new(program).args(env::args_os().skip(1)).env(VARIABLE, "1").exec();
    tracing::warn!(%error, "not started over");
}

/// Whether the variable has to be set, with the file system below `root`.
fn is_needed(is_set: bool, root: &Path) -> bool {
    !is_set && DRIVERS.iter().any(|driver| root.join(driver).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slower_way_is_taken_where_the_driver_is_loaded_unless_somebody_has_decided() {
        let root = tempfile::tempdir().expect("a folder");
        assert!(!is_needed(false, root.path()));
        for driver in DRIVERS {
            let root = tempfile::tempdir().expect("a folder");
            std::fs::create_dir_all(root.path().join(driver)).expect("a folder");
            assert!(is_needed(false, root.path()), "{driver}");
            // By the person, or by this program before it started over.
            assert!(!is_needed(true, root.path()), "{driver}");
        }
    }
}
