//! What a clean build of an application costs that depends on us, beside those that depend on others
//! or on nobody.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::Failure;
use crate::process::pinned;

/// One application, built.
pub(crate) struct Build {
    pub(crate) name: &'static str,
    pub(crate) took: Duration,
    pub(crate) crates: usize,
}

/// What all of them depend on.
const ACTIX_WEB: &str =
    r#"actix-web = { version = "4", default-features = false, features = ["macros", "cookies"] }"#;

/// What the others depend on besides: what it takes to sign in with an OpenID provider.
const OTHERS: [(&str, &str); 2] = [
    (
        "with shield-actix",
        "shield-actix = \"0.4\"\nshield-oidc = \"0.4\"",
    ),
    (
        "with authkestra",
        r#"authkestra = { version = "0.13", features = ["actix", "oidc"] }"#,
    ),
];

/// How long one build may take, in seconds.
const MOST_SECONDS: u32 = 150;

/// All of them, each with its figures or why there are none.
pub(crate) fn measure() -> Vec<(&'static str, Result<Build, Failure>)> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("auth-actix");
    let ours = format!("auth-actix = {{ path = {ours:?} }}");
    let dependencies = [("bare actix-web", ""), ("with auth-actix", ours.as_str())];
    dependencies
        .into_iter()
        .chain(OTHERS)
        .map(|(name, dependencies)| (name, build(name, dependencies)))
        .collect()
}

fn build(name: &'static str, dependencies: &str) -> Result<Build, Failure> {
    let folder = std::env::temp_dir().join(format!("auth-benches-{}", std::process::id()));
    let outcome = build_in(&folder, name, dependencies);
    // Whatever happened: nothing of it is needed any more.
    let _ = fs::remove_dir_all(&folder);
    outcome
}

fn build_in(folder: &Path, name: &'static str, dependencies: &str) -> Result<Build, Failure> {
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"application\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{ACTIX_WEB}\n{dependencies}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), "fn main() {}\n")?;
    // The same versions for all, of what they share.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock"))?;
    let run = |arguments: &[&str]| -> Result<String, Failure> {
        let mut command = timed_cargo(folder);
        stdout(&command.args(arguments).output()?)
    };
    run(&["fetch", "--quiet"])?;
    let tree = run(&["tree", "--edges", "normal,build", "--prefix", "none"])?;
    let start = Instant::now();
    run(&["build", "--quiet"])?;
    Ok(Build {
        name,
        took: start.elapsed(),
        crates: dependencies_in(&tree),
    })
}

/// `cargo` on all cores, which is how applications are built, ended when it takes too long.
fn timed_cargo(folder: &Path) -> Command {
    let mut command = pinned(Path::new("timeout"), "0-1023");
    command
        .args(["--kill-after=5", &MOST_SECONDS.to_string(), "cargo"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"));
    command
}

/// What a program printed, or the line in which it says what is wrong.
fn stdout(output: &Output) -> Result<String, Failure> {
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout.clone())?);
    }
    // As `timeout` tells that it has ended the program.
    if output.status.code() == Some(124) {
        return Err(format!("not done after {MOST_SECONDS} seconds").into());
    }
    Err(reason(&String::from_utf8_lossy(&output.stderr)).into())
}

/// The first line of an error of cargo.
fn reason(stderr: &str) -> String {
    let line = stderr.lines().find(|line| line.starts_with("error"));
    let line = line.or_else(|| stderr.lines().next());
    line.unwrap_or("cargo says nothing").trim().to_owned()
}

/// How many different crates are in a tree, without the application itself.
fn dependencies_in(tree: &str) -> usize {
    let name_and_version = |line: &str| line.split(' ').take(2).map(str::to_owned).collect();
    let crates: BTreeSet<Vec<String>> = tree
        .lines()
        .filter(|line| !line.is_empty())
        .map(name_and_version)
        .collect();
    crates.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_counts_once_for_each_version() {
        let tree = "application v0.0.0 (/x)\na v1.0.0\nb v2.0.0 (proc-macro)\na v1.0.0 (*)\n\
                    a v2.0.0\n";
        assert_eq!(dependencies_in(tree), 3);
        assert_eq!(dependencies_in(""), 0);
    }

    #[test]
    fn the_reason_is_the_error_and_not_the_warnings_before_it() {
        let check = |stderr: &str, expected: &str| assert_eq!(reason(stderr), expected);
        check(
            "warning: unused\nerror[E0432]: unresolved import\nerror: aborting\n",
            "error[E0432]: unresolved import",
        );
        check("timeout: cannot run cargo\n", "timeout: cannot run cargo");
        check("", "cargo says nothing");
    }
}
