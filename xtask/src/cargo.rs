//! Running cargo and other programs, from the root of the workspace.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::gate::Stop;

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    // `xtask/` lies directly below it.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// Where cargo puts the programs it builds, whatever the target directory is: we are one of them.
pub(crate) fn binaries() -> Result<PathBuf, Stop> {
    let this = std::env::current_exe().map_err(|error| Stop::failed(error.to_string()))?;
    // A test program lies one folder deeper than the others.
    this.ancestors()
        .skip(1)
        .find(|folder| !folder.ends_with("deps"))
        .map(Path::to_owned)
        .ok_or_else(|| Stop::failed("the target directory cannot be found"))
}

/// `cargo` with `arguments`, in the root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Runs to the end, with the output on the terminal.
pub(crate) fn run(command: &mut Command) -> Result<(), Stop> {
    let shown = shown(command);
    println!("$ {shown}");
    let status = command
        .status()
        .map_err(|error| Stop::Failed(format!("`{shown}` cannot be run: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Stop::Failed(format!("`{shown}` failed")))
    }
}

/// Runs to the end, with the output kept.
pub(crate) fn capture(command: &mut Command) -> Result<Output, Stop> {
    let shown = shown(command);
    command
        .output()
        .map_err(|error| Stop::Failed(format!("`{shown}` cannot be run: {error}")))
}

/// What a successful program printed.
pub(crate) fn stdout(command: &mut Command) -> Result<String, Stop> {
    let shown = shown(command);
    let output = capture(command)?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(Stop::Failed(format!("`{shown}` failed\n{stderr}")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether `program` starts at all.
pub(crate) fn is_installed(program: impl AsRef<std::ffi::OsStr>) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default();
    std::iter::once(program)
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
