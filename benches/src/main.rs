//! What a session costs on each request, as ratios to a bare actix-web handler: `cargo xtask bench`.
//!
//! Server and load generator are two processes on one core each. Every case is measured next to the
//! bare handler, with the very same request, in rounds; what is reported are medians over rounds.

mod application;
mod authjs;
mod cases;
mod cookies;
mod growth;
mod load;
mod machine;
mod measure;
mod memory;
mod process;
mod report;
mod server;
mod stats;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// Anything that ends the benchmark.
type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.first().map(String::as_str) {
        Some("serve") => server::run(&arguments[1..]),
        // For a profiler, which has a server and wants requests.
        Some("cookies") => print_cookies(&arguments[1..]),
        Some("pinned") => Options::parse(&arguments[1..]).and_then(|it| measure::run(&it)),
        _ => process::run_pinned(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `cookies <kind> <count>`: a `Cookie` header in each line.
fn print_cookies(arguments: &[String]) -> Result<(), Failure> {
    let [kind, count] = arguments else {
        return Err("cookies usual|large <count>".into());
    };
    let make = match kind.as_str() {
        "usual" => cookies::usual,
        "large" => cookies::large,
        unknown => return Err(format!("no cookies `{unknown}`").into()),
    };
    for cookie in make(count.parse()?) {
        println!("{cookie}");
    }
    Ok(())
}

/// What the command line asks for.
struct Options {
    quick: bool,
    json: Option<PathBuf>,
    /// Where the table is written besides the terminal.
    table: Option<PathBuf>,
    /// Only these cases, if any is named.
    only: Vec<String>,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self, Failure> {
        let mut options = Self {
            quick: false,
            json: None,
            table: None,
            only: Vec::new(),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut path = || arguments.next().map(PathBuf::from);
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--json" => options.json = Some(path().ok_or("--json needs a file")?),
                "--table" => options.table = Some(path().ok_or("--table needs a file")?),
                name if !name.starts_with('-') => options.only.push(name.to_owned()),
                unknown => return Err(format!("unknown argument `{unknown}`").into()),
            }
        }
        Ok(options)
    }

    /// Whether everything is run, and not some of the cases.
    fn is_whole(&self) -> bool {
        self.only.is_empty()
    }

    fn wants(&self, key: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == key)
    }
}
