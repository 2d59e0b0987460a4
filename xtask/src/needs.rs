//! What a group needs on the machine, and how to get it.

use std::path::PathBuf;
use std::process::Command;

use crate::cargo::{binaries, cargo, is_installed, run, stdout};
use crate::gate::Stop;

/// The version that the gate installs where there is none.
const CARGO_DENY: &str = "0.20.2";

/// A program that a group runs.
#[derive(Clone, Copy)]
pub(crate) enum Need {
    /// `cargo deny`; installed into the target directory where missing.
    CargoDeny,
    /// A headless browser; installed from the distribution where we may.
    Chromium,
    /// `node` and `npm`; installed from the distribution where we may.
    Node,
}

impl Need {
    /// Makes sure it is there.
    pub(crate) fn ensure(self) -> Result<(), Stop> {
        match self {
            Self::CargoDeny => ensure_cargo_deny(),
            // Fonts come with it only where recommended packages do; without any, text has no size.
            Self::Chromium => {
                ensure_packages(chromium().is_some(), &["chromium", "fonts-dejavu-core"])
            }
            Self::Node => {
                let is_there = is_installed("node") && is_installed("npm");
                ensure_packages(is_there, &["nodejs", "npm"])
            }
        }
    }
}

/// The `cargo-deny` to run.
pub(crate) fn cargo_deny() -> Result<PathBuf, Stop> {
    let ours = tools()?.join("bin/cargo-deny");
    Ok(if ours.exists() {
        ours
    } else {
        PathBuf::from("cargo-deny")
    })
}

/// The browser to run, if there is one.
pub(crate) fn chromium() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|program| is_installed(program))
}

fn tools() -> Result<PathBuf, Stop> {
    Ok(binaries()?.with_file_name("tools"))
}

fn ensure_cargo_deny() -> Result<(), Stop> {
    if is_installed(cargo_deny()?) {
        return Ok(());
    }
    println!("installing cargo-deny {CARGO_DENY} into the target directory, which takes minutes");
    // A debug build: it runs for a second and would compile for ten minutes.
    let install = [
        "install",
        "cargo-deny",
        "--locked",
        "--debug",
        "--version",
        CARGO_DENY,
    ];
    let mut install = cargo(&install);
    install.arg("--root").arg(tools()?);
    run(&mut install)
        .map_err(|_| Stop::Skipped(format!("cargo-deny {CARGO_DENY} could not be installed")))
}

/// Installs these packages of the distribution, unless what they bring is there.
fn ensure_packages(is_there: bool, packages: &[&str]) -> Result<(), Stop> {
    if is_there {
        return Ok(());
    }
    let missing = || {
        Stop::Skipped(format!(
            "install the package `{}`",
            packages.join("` and `")
        ))
    };
    let is_root = stdout(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || !is_installed("apt-get") {
        return Err(missing());
    }
    let mut update = Command::new("apt-get");
    let mut install = Command::new("apt-get");
    install
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages);
    run(update.args(["update", "--quiet"]))
        .and_then(|()| run(&mut install))
        .map_err(|_| missing())
}
