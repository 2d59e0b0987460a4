//! The pages and flows in a real browser: `tests/browser`, with what it needs built and started.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use serde_json::Value;

use crate::cargo::{binaries, cargo, root, run as run_command};
use crate::demo::{DEMO, Demo};
use crate::gate::Stop;
use crate::needs::chromium;
use crate::npm::install;

/// The examples that have pages. What is looked at there: `tests/browser/checks/examples.mjs`.
pub(crate) const EXAMPLES: &[&str] = &[
    DEMO,
    "authkit-example",
    "components",
    "custom-pages",
    "htmx",
    "multi-tenant",
    "next-to-authjs",
    "roles",
    "spa",
    "testing",
];

pub(crate) fn run() -> Result<(), Stop> {
    on_stage(|checks| checks.arg("run.mjs"))
}

/// `cargo xtask screenshots`: pictures of every page, for the book.
pub(crate) fn screenshots() -> ExitCode {
    let pictures = root().join("docs/images");
    let taken = on_stage(|shots| {
        shots
            .arg("screenshots.mjs")
            .env("SHOTS", &pictures)
            .env("WIDTHS", "800")
    });
    match taken {
        Ok(()) => {
            println!("the pictures are in {}", pictures.display());
            ExitCode::SUCCESS
        }
        Err(Stop::Failed(reason) | Stop::Skipped(reason)) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// Builds and starts what the pages belong to, and runs the program that `prepare` names.
fn on_stage(prepare: impl FnOnce(&mut Command) -> &mut Command) -> Result<(), Stop> {
    let chromium = chromium().ok_or_else(|| Stop::failed("no browser"))?;
    install("tests/browser")?;
    install("tests/peers")?;
    Demo::build_examples(EXAMPLES.iter().copied())?;
    let sites = ["build", "--package", "auth-tests", "--bin", "browser_site"];
    run_command(&mut cargo(&sites))?;
    let examples = EXAMPLES
        .iter()
        .map(|package| Ok((*package, start(package)?)))
        .collect::<Result<BTreeMap<_, _>, Stop>>()?;
    let addresses: Value = examples
        .iter()
        .map(|(package, example)| (*package, example.url.as_str()))
        .collect();
    let mut checks = Command::new("node");
    prepare(&mut checks)
        .current_dir(root().join("tests/browser"))
        .env("CHROMIUM", chromium)
        .env("EXAMPLES", addresses.to_string())
        .env("DEMO", binaries()?.join(DEMO))
        .env("SITES", binaries()?.join("browser_site"));
    watch(&mut checks)
}

/// Starts an example; what it needs of npm is installed, and Node is found.
fn start(package: &str) -> Result<Demo, Stop> {
    let folder = format!("examples/{package}");
    if !root().join(&folder).join("package.json").exists() {
        return Demo::start_example(package, &[]);
    }
    install(&folder)?;
    let path = std::env::var("PATH").unwrap_or_default();
    Demo::start_example(package, &[("PATH", &path)])
}

/// Shows what `checks` print as it comes. The failures among it are the reason.
fn watch(checks: &mut Command) -> Result<(), Stop> {
    let cannot = |error: std::io::Error| Stop::Failed(format!("node cannot be run: {error}"));
    let mut child = checks.stdout(Stdio::piped()).spawn().map_err(cannot)?;
    let lines = child.stdout.take().map(BufReader::new);
    let mut failures = Vec::new();
    for line in lines
        .into_iter()
        .flat_map(BufRead::lines)
        .map_while(Result::ok)
    {
        println!("{line}");
        if is_failure(&line) {
            failures.push(line);
        }
    }
    if child.wait().map_err(cannot)?.success() && failures.is_empty() {
        return Ok(());
    }
    if failures.is_empty() {
        failures.push("the checks did not run to their end".into());
    }
    Err(Stop::Failed(failures.join("\n")))
}

fn is_failure(line: &str) -> bool {
    line.starts_with("FAIL ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(script: &str) -> Result<(), Stop> {
        watch(Command::new("sh").args(["-c", script]))
    }

    #[test]
    fn a_failed_check_is_the_reason() {
        let script = "echo ok a; echo FAIL b: why; echo FAIL c: how; exit 1";
        let reason = "FAIL b: why\nFAIL c: how".to_owned();
        assert_eq!(outcome(script), Err(Stop::Failed(reason)));
    }

    #[test]
    fn checks_that_break_off_have_failed() {
        assert!(matches!(outcome("echo ok a; exit 1"), Err(Stop::Failed(_))));
        assert!(matches!(outcome("echo FAIL b: why"), Err(Stop::Failed(_))));
        assert_eq!(outcome("echo ok a"), Ok(()));
    }
}
