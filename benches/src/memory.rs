//! Runs the program that counts allocations.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::Failure;

/// What it printed. `cookies`: how many different ones are shown to a cache of the default size.
pub(crate) fn measure(cookies: Option<usize>) -> Result<Value, Failure> {
    let program: PathBuf = std::env::current_exe()?.with_file_name("memory");
    let output = Command::new(program)
        .args(cookies.map(|count| count.to_string()))
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
