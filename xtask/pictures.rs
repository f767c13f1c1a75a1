//! `cargo xtask pictures`: every screen as it is, into `ui/pictures/`.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::metadata::Workspace;
use crate::setup::{self, Job, Packages};
use crate::ui;

/// What makes the pictures small enough for a repository.
const PNGQUANT: Packages = ("pngquant, which makes its pictures small", &["pngquant"]);

/// Builds what the window shows and makes the pictures anew, with their index.
///
/// # Errors
/// When something that is needed is missing and cannot be installed.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    setup::prepare(workspace, Job::Test)?;
    if !setup::on_path("pngquant") {
        setup::install(&[PNGQUANT])?;
    }
    ui::in_view(workspace)?;
    let folder = workspace.root.join("ui/pictures");
    let mut command = workspace.cargo();
    command
        .args(["test", "--package", "ecosante-browser", "--test", "browser", "--"])
        .args(["--ignored", "--exact", "pictures::pictures_of_every_screen"])
        .env("ECOSANTE_PICTURES", folder);
    let status = command.status().context("cannot start cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
