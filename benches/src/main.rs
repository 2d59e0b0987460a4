//! What a session costs on each request, as ratios to a bare actix-web handler: `cargo xtask bench`.
//!
//! Server and load generator are two processes on one core each. Every case is measured next to the
//! bare handler, with the very same request, in rounds; what is reported are medians over rounds.

mod application;
mod authjs;
mod authkit;
mod cases;
mod cookies;
mod growth;
mod load;
mod machine;
mod measure;
mod memory;
mod options;
mod process;
mod registration;
mod report;
mod server;
mod sign_ins;
mod stats;
mod table;

use std::error::Error;
use std::process::ExitCode;

use crate::options::Options;

/// Anything that ends the benchmark.
type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.first().map(String::as_str) {
        Some("serve") => server::run(&arguments[1..]),
        Some("pinned") => Options::parse(&arguments[1..]).and_then(|it| measure::run(&it)),
        // What is wrong with the arguments is said before anything starts.
        _ => Options::parse(&arguments).and_then(|_| process::run_pinned(&arguments)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
