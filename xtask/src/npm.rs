//! JavaScript packages, as lock files pin them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::{self, root};
use crate::gate::Stop;

/// Installs the packages of `folder`, below the root, as its lock file pins them, unless they are
/// there.
pub(crate) fn install(folder: &str) -> Result<(), Stop> {
    let name = folder;
    let folder = &root().join(folder);
    if is_current(folder) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder);
    cargo::run(&mut npm)
        .map_err(|_| Stop::Skipped(format!("npm could not install the packages of {name}")))?;
    fs::copy(lock_file(folder), stamp(folder))
        .map(drop)
        .map_err(|error| Stop::Failed(format!("the lock file cannot be copied: {error}")))
}

/// Whether what is installed is what the lock file says now.
fn is_current(folder: &Path) -> bool {
    match (fs::read(lock_file(folder)), fs::read(stamp(folder))) {
        (Ok(wanted), Ok(installed)) => wanted == installed,
        _ => false,
    }
}

fn lock_file(folder: &Path) -> PathBuf {
    folder.join("package-lock.json")
}

/// The lock file that was installed. npm removes it with the packages.
fn stamp(folder: &Path) -> PathBuf {
    folder.join("node_modules/.installed-lock.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_installed_once_for_each_lock_file() {
        let folder = std::env::temp_dir().join(format!("auth-npm-{}", std::process::id()));
        fs::create_dir_all(folder.join("node_modules")).unwrap();
        fs::write(lock_file(&folder), "1").unwrap();
        assert!(!is_current(&folder));
        fs::copy(lock_file(&folder), stamp(&folder)).unwrap();
        assert!(is_current(&folder));
        fs::write(lock_file(&folder), "2").unwrap();
        assert!(!is_current(&folder));
        fs::remove_dir_all(&folder).unwrap();
    }
}
