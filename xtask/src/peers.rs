//! The tests that talk to JavaScript peers, which npm installs as pinned.
//!
//! The tests start their peers themselves, on free ports, and stop them when they end, whatever
//! comes of it; a peer also ends by itself when the test that started it is gone.

use crate::cargo::{self, cargo, is_installed};
use crate::gate::Stop;
use crate::npm::install;

/// The target is left out of a plain `cargo test`. Selected in the whole workspace, so that it is
/// built with the dependencies that the other suites have built.
const SUITE: [&str; 4] = ["--workspace", "--all-features", "--test", "peers"];

pub(crate) fn run() -> Result<(), Stop> {
    for folder in ["tests/peers", "tests/workos-peers"] {
        install(folder)?;
    }
    let runner: &[&str] = if is_installed("cargo-nextest") {
        &["nextest", "run", "--no-fail-fast"]
    } else {
        &["test", "--no-fail-fast"]
    };
    cargo::run(cargo(runner).args(SUITE))
}
