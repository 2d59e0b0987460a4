//! What the compiler's companions have to say: rustfmt, clippy, rustdoc, cargo-deny.

use std::process::Command;

use crate::cargo::{capture, cargo, root, run};
use crate::gate::Stop;
use crate::needs::cargo_deny;

pub(crate) fn fmt() -> Result<(), Stop> {
    run(&mut cargo(&["fmt", "--all", "--check"]))
}

pub(crate) fn clippy() -> Result<(), Stop> {
    let clippy = |selected: &[&str]| {
        let mut command = cargo(&["clippy", "--workspace"]);
        run(command.args(selected).args(["--", "-D", "warnings"]))
    };
    clippy(&["--all-targets"])?;
    clippy(&["--all-targets", "--all-features"])?;
    // `--all-targets` leaves out what a plain `cargo test` leaves out.
    clippy(&["--test", "peers", "--all-features"])
}

pub(crate) fn rustdoc() -> Result<(), Stop> {
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--all-features"]);
    run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}

pub(crate) fn deny() -> Result<(), Stop> {
    run(deny_check()?.args(["bans", "licenses", "sources"]))
}

/// The database of advisories is a repository elsewhere, so this is the one group that may be
/// skipped.
pub(crate) fn advisories() -> Result<(), Stop> {
    let output = capture(deny_check()?.arg("advisories"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Ok(());
    }
    if is_unreachable(&text) {
        let skipped = "the database of advisories cannot be reached";
        println!("skipped: {skipped}");
        return Err(Stop::Skipped(skipped.into()));
    }
    Err(Stop::Failed(format!(
        "`cargo deny check advisories` failed\n{text}"
    )))
}

fn deny_check() -> Result<Command, Stop> {
    let mut command = Command::new(cargo_deny()?);
    command
        .args(["--all-features", "check"])
        .current_dir(root());
    Ok(command)
}

/// Whether cargo-deny failed before it looked at a single dependency.
fn is_unreachable(stderr: &str) -> bool {
    stderr.contains("failed to fetch advisory database") && !stderr.contains("error[")
}

#[cfg(test)]
mod tests {
    use super::is_unreachable;

    #[test]
    fn only_a_database_out_of_reach_is_a_skip() {
        assert!(is_unreachable(
            "[ERROR] failed to fetch advisory database https://x"
        ));
        assert!(!is_unreachable("error[vulnerability]: RUSTSEC-2026-0258"));
        assert!(!is_unreachable(
            "failed to fetch advisory database\nerror[vulnerability]: x"
        ));
        assert!(!is_unreachable("failed to parse deny.toml"));
    }
}
