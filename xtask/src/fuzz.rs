//! `cargo xtask fuzz`: the property tests with as many cases as there is time for.
//!
//! Rounds, each with a seed of its own that is printed, so that a round can be run again:
//! `PROPTEST_RNG_SEED=… PROPTEST_CASES=… cargo test -p auth-core --lib properties::`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::cargo::{capture, cargo, root, run};
use crate::gate::Stop;

/// Cases of each property in the first round, which tells how many there is time for.
const FIRST_ROUND: u64 = 10_000;

/// A round has about this length: long enough that starting it costs nothing, short enough that
/// one which fails says so soon.
const ROUND: Duration = Duration::from_secs(60);

/// A round that takes longer than it should by more than this hangs.
const GRACE: Duration = Duration::from_secs(120);

const DEFAULT_MINUTES: u64 = 10;

pub(crate) fn main(arguments: &[String]) -> ExitCode {
    let outcome = minutes(arguments).and_then(fuzz);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Failed(reason) | Stop::Skipped(reason)) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn minutes(arguments: &[String]) -> Result<u64, Stop> {
    match arguments {
        [] => Some(DEFAULT_MINUTES),
        [flag, minutes] if flag == "--minutes" => minutes.parse().ok(),
        _ => None,
    }
    .filter(|minutes| (1..=24 * 60).contains(minutes))
    .ok_or_else(|| Stop::failed("usage: cargo xtask fuzz [--minutes N], N from 1 to 1440"))
}

fn fuzz(minutes: u64) -> Result<(), Stop> {
    let program = build()?;
    let end = Instant::now() + Duration::from_secs(minutes * 60);
    let (mut cases, mut total) = (FIRST_ROUND, 0);
    for round in 1.. {
        let seed = seed();
        println!("\nround {round}: {cases} cases of each property, seed {seed}");
        let start = Instant::now();
        let deadline = end.max(start + ROUND) + GRACE;
        run_round(&program, cases, seed, deadline)?;
        total += cases;
        let left = end.saturating_duration_since(Instant::now());
        cases = next_cases(cases, start.elapsed(), left);
        if cases == 0 {
            break;
        }
    }
    println!("\n{total} cases of each property, none failed");
    Ok(())
}

/// Builds the tests; answers with the program. It is run without cargo, to be ended with nothing
/// left behind.
fn build() -> Result<PathBuf, Stop> {
    // The optimised build still checks for overflow: see `[profile.fuzz]`.
    let build = [
        "test",
        "--profile",
        "fuzz",
        "--package",
        "auth-core",
        "--lib",
        "--no-run",
    ];
    run(&mut cargo(&build))?;
    let built = capture(&mut cargo(&build))?;
    executable(&String::from_utf8_lossy(&built.stderr))
        .map(|path| root().join(path))
        .ok_or_else(|| Stop::failed("cargo does not say which program it built"))
}

/// The path in `Executable unittests src/lib.rs (path)`.
fn executable(stderr: &str) -> Option<&str> {
    let line = stderr.lines().find(|line| line.contains("Executable "))?;
    line.split_once('(')?.1.strip_suffix(')')
}

fn run_round(program: &Path, cases: u64, seed: u64, deadline: Instant) -> Result<(), Stop> {
    let child = Command::new(program)
        .arg("properties::")
        .current_dir(root().join("auth-core"))
        .env("PROPTEST_CASES", cases.to_string())
        .env("PROPTEST_RNG_SEED", seed.to_string())
        .spawn()
        .map_err(|error| Stop::Failed(format!("the tests cannot be run: {error}")))?;
    let again = format!("PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases}");
    match wait_until(child, deadline)? {
        Some(true) => Ok(()),
        Some(false) => Err(Stop::Failed(format!(
            "a property does not hold; again: {again}. The case is under \
             `auth-core/proptest-regressions`: commit it with the fix and a test named for the claim"
        ))),
        None => Err(Stop::Failed(format!("a property hangs; again: {again}"))),
    }
}

/// Whether the program succeeded; `None` if it had to be ended.
fn wait_until(mut child: Child, deadline: Instant) -> Result<Option<bool>, Stop> {
    loop {
        let ended = child
            .try_wait()
            .map_err(|error| Stop::failed(error.to_string()))?;
        if let Some(status) = ended {
            return Ok(Some(status.success()));
        }
        if Instant::now() >= deadline {
            // It may have ended by itself in the meantime.
            let _ = child.kill();
            let _ = child.wait();
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// As many cases as fill the next round, at the pace of the last one; none where little is left.
fn next_cases(cases: u64, took: Duration, left: Duration) -> u64 {
    let next = ROUND.min(left).as_millis();
    if next < ROUND.as_millis() / 10 {
        return 0;
    }
    let scaled = u128::from(cases) * next / took.as_millis().max(1);
    // Proptest counts in 32 bits.
    u64::try_from(scaled)
        .unwrap_or(u64::MAX)
        .clamp(1, u64::from(u32::MAX))
}

/// Another one each time; it need not be hard to guess.
fn seed() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| {
            elapsed.as_secs() << 20 | u64::from(elapsed.subsec_micros())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_fill_the_time_that_is_left_and_no_more() {
        let check = |took, left, expected| {
            let (took, left) = (Duration::from_secs(took), Duration::from_secs(left));
            assert_eq!(next_cases(10_000, took, left), expected);
        };
        check(10, 600, 60_000);
        check(10, 30, 30_000);
        check(120, 600, 5_000);
        check(10, 5, 0);
        check(10, 0, 0);
    }

    #[test]
    fn minutes_are_a_number_within_a_day() {
        let check = |arguments: &[&str], expected: Option<u64>| {
            let arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(minutes(&arguments).ok(), expected, "{arguments:?}");
        };
        check(&[], Some(DEFAULT_MINUTES));
        check(&["--minutes", "3"], Some(3));
        for wrong in [
            &["--minutes"][..],
            &["--minutes", "0"],
            &["3"],
            &["--minutes", "9999"],
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn the_program_is_the_one_that_cargo_names() {
        let stderr =
            "    Finished `fuzz`\n  Executable unittests src/lib.rs (target/fuzz/deps/a-1)\n";
        assert_eq!(executable(stderr), Some("target/fuzz/deps/a-1"));
        assert_eq!(executable("error: x"), None);
    }

    #[test]
    fn a_round_that_hangs_is_ended() {
        let child = Command::new("cat")
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        assert_eq!(wait_until(child, Instant::now()), Ok(None));
    }
}
