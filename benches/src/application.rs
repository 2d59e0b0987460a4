//! What a clean build of an application costs that depends on us, beside one that does not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Failure;
use crate::process::pinned;

/// One application.
pub(crate) struct Build {
    pub(crate) name: &'static str,
    pub(crate) took: Duration,
    pub(crate) crates: usize,
}

pub(crate) fn measure() -> Result<Vec<Build>, Failure> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = benches.with_file_name("auth-actix");
    let bare = "actix-web = { version = \"4\", default-features = false, features = [\"macros\", \"cookies\"] }\n";
    let with_ours = format!("{bare}auth-actix = {{ path = {:?} }}\n", ours);
    Ok(vec![
        build("bare actix-web", bare)?,
        build("with auth-actix", &with_ours)?,
    ])
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
         [dependencies]\n{dependencies}\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), "fn main() {}\n")?;
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock"))?;
    // All cores: that is how it is built.
    let cargo = |arguments: &[&str]| -> Command {
        let mut command = pinned(Path::new("cargo"), "0-1023");
        command
            .args(arguments)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", folder.join("target"));
        command
    };
    let run = |arguments: &[&str]| -> Result<String, Failure> {
        let output = cargo(arguments).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(String::from_utf8(output.stdout)?)
    };
    run(&["fetch", "--quiet"])?;
    let tree = run(&["tree", "--edges", "normal,build", "--prefix", "none"])?;
    let crates: BTreeSet<_> = tree
        .lines()
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>())
        .collect();
    let start = Instant::now();
    run(&["build", "--quiet"])?;
    Ok(Build {
        name,
        took: start.elapsed(),
        // Without the application itself.
        crates: crates.len().saturating_sub(1),
    })
}
