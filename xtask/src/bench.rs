//! The benchmark: built for release, and run.

use std::process::ExitCode;

use crate::cargo::{binaries, cargo, root, run};
use crate::gate::Stop;

/// What the command takes.
pub(crate) const USAGE: &str = "\
cargo xtask bench           what a session costs, in some ten minutes once it is built;
                            --quick (a minute), --json FILE, names of cases or tables for those
                            alone, --rounds N, --requests N (of a burst)";

/// `arguments` are those of [`USAGE`].
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
    match is_whole(arguments) {
        true => run(&mut cargo(&["bench", "--package", "auth-benches"])),
        false => Ok(()),
    }
}

/// Whether nothing is left out.
fn is_whole(arguments: &[String]) -> bool {
    match arguments {
        [] => true,
        [option, _, rest @ ..] if option == "--json" => is_whole(rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_benchmark_is_not_the_whole() {
        let check = |line: &str, expected: bool| {
            let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            assert_eq!(is_whole(&arguments), expected, "{line}");
        };
        check("", true);
        check("--json out.json", true);
        check("--json out.json --quick", false);
        check("protected_warm", false);
        check("--rounds 1", false);
    }
}
