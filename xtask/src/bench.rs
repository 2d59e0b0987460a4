//! The benchmark: built for release, and run.

use std::process::ExitCode;

use crate::cargo::{binaries, cargo, root, run};
use crate::gate::Stop;

/// `arguments` are those of the benchmark: `--quick`, `--json FILE`, names of cases.
pub(crate) fn bench(arguments: &[String]) -> ExitCode {
    match build_and_run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Failed(reason) | Stop::Skipped(reason)) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn build_and_run(arguments: &[String]) -> Result<(), Stop> {
    run(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "auth-benches",
        "--bins",
    ]))?;
    let program = binaries()?.with_file_name("release").join("auth-benches");
    let mut benchmark = std::process::Command::new(program);
    benchmark.args(arguments);
    benchmark
        .arg("--table")
        .arg(root().join("benches/README.md"));
    run(&mut benchmark)?;
    if arguments.iter().any(|argument| argument == "--quick") {
        return Ok(());
    }
    run(&mut cargo(&["bench", "--package", "auth-benches"]))
}
