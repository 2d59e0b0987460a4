//! The test suites.

use crate::cargo::{cargo, is_installed, run};
use crate::gate::Stop;

/// With all features: features only add, so nothing is tested less.
pub(crate) fn tests() -> Result<(), Stop> {
    let runner: &[&str] = if is_installed("cargo-nextest") {
        &["nextest", "run", "--no-fail-fast"]
    } else {
        &["test", "--all-targets", "--no-fail-fast"]
    };
    run(cargo(runner).args(["--workspace", "--all-features"]))
}

pub(crate) fn doctests() -> Result<(), Stop> {
    run(&mut cargo(&[
        "test",
        "--doc",
        "--workspace",
        "--all-features",
    ]))
}
