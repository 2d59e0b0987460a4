//! The providers: listed, mapped, documented, begun.
//!
//! What the definitions say comes from a program of `auth-core`'s, so that this one builds without
//! it: the gate must start when core does not compile.

mod differences;
mod docs;
mod new;

use std::process::ExitCode;

use serde_json::Value;

use crate::cargo::{cargo, stdout};
use crate::gate::Stop;

pub(crate) const COMMANDS: [&str; 3] = ["providers", "profile", "new-provider"];

pub(crate) const USAGE: &str = "\
cargo xtask providers --json    every provider as data
cargo xtask providers --docs    writes docs/providers/
cargo xtask profile <id>        the profile that an answer of the provider, on stdin, becomes
cargo xtask new-provider <id>   a file, a fixture and a place in the list to start from";

pub(crate) fn run(command: &str, arguments: &[String]) -> ExitCode {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match (command, &arguments[..]) {
        ("providers", ["--json"]) => pass_on(&["definitions"]),
        ("providers", ["--docs"]) => docs::write(),
        ("profile", [id]) => pass_on(&["profile", id]),
        ("new-provider", [id]) => new::begin(id),
        _ => Err(Stop::failed(USAGE)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Failed(reason) | Stop::Skipped(reason)) => {
            if !reason.is_empty() {
                eprintln!("{reason}");
            }
            ExitCode::FAILURE
        }
    }
}

/// The group of the gate.
pub(crate) fn check_docs() -> Result<(), Stop> {
    docs::check()
}

fn catalogue(arguments: &[&str]) -> std::process::Command {
    let mut command = cargo(&["run", "--quiet", "--package", "auth-core"]);
    command
        .args(["--example", "catalogue", "--"])
        .args(arguments);
    command
}

/// Lets the program write to our output; it says itself what is wrong.
fn pass_on(arguments: &[&str]) -> Result<(), Stop> {
    let status = catalogue(arguments)
        .status()
        .map_err(|error| Stop::Failed(format!("cargo cannot be run: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Stop::failed(""))
    }
}

/// Every provider, in the order of the list.
fn definitions() -> Result<Vec<Value>, Stop> {
    let text = stdout(&mut catalogue(&["definitions"]))?;
    let mut document: Value =
        serde_json::from_str(&text).map_err(|error| Stop::Failed(error.to_string()))?;
    match document["providers"].take() {
        Value::Array(providers) => Ok(providers),
        _ => Err(Stop::failed("the definitions are no list")),
    }
}
