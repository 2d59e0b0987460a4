//! Starts the demo, or another example, in an environment of our choosing, and stops it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use url::Url;

use crate::cargo::{binaries, capture, cargo, run};
use crate::gate::Stop;

/// The time it may take from the start to the address on the screen.
const START: Duration = Duration::from_secs(20);

/// The time after which the screen is complete.
const REST: Duration = Duration::from_millis(300);

/// The package of the demo.
pub(crate) const DEMO: &str = "demo";

/// A running demo; stopped when dropped.
pub(crate) struct Demo {
    _process: Process,
    pub(crate) url: Url,
    /// All that it printed.
    pub(crate) banner: String,
}

impl Demo {
    /// Builds the demo as `cargo run -p demo` does.
    pub(crate) fn build() -> Result<(), Stop> {
        Self::build_example(DEMO)
    }

    /// Builds an example as `cargo run -p` does.
    pub(crate) fn build_example(package: &str) -> Result<(), Stop> {
        run(&mut cargo(&["build", "--package", package]))
    }

    /// Builds several examples at once.
    pub(crate) fn build_examples<'p>(packages: impl Iterator<Item = &'p str>) -> Result<(), Stop> {
        let mut build = cargo(&["build"]);
        for package in packages {
            build.args(["--package", package]);
        }
        run(&mut build)
    }

    /// Starts it on a free port, with `variables` and nothing else of our environment.
    pub(crate) fn start(variables: &[(&str, &str)]) -> Result<Self, Stop> {
        Self::start_example(DEMO, variables)
    }

    /// Starts an example as [`start`](Self::start) does the demo.
    pub(crate) fn start_example(package: &str, variables: &[(&str, &str)]) -> Result<Self, Stop> {
        let mut process = command(package, variables)?
            .env("PORT", "0")
            .stdout(Stdio::piped())
            .spawn()
            .map(Process)
            .map_err(|error| Stop::Failed(format!("{package} does not start: {error}")))?;
        let stdout = process.0.stdout.take();
        let (sender, lines) = mpsc::channel();
        // Reads to the end, so that the demo never blocks on a full pipe.
        std::thread::spawn(move || {
            for line in stdout
                .into_iter()
                .flat_map(|out| BufReader::new(out).lines())
            {
                let _ = line.map(|line| sender.send(line));
            }
        });
        let mut banner = String::new();
        let url = loop {
            let Ok(line) = lines.recv_timeout(START) else {
                return Err(Stop::Failed(format!("no address in: {banner}")));
            };
            banner.push_str(&line);
            banner.push('\n');
            if let Some(url) = address_in(&line) {
                break url;
            }
        };
        // The rest of the screen follows the address at once.
        while let Ok(line) = lines.recv_timeout(REST) {
            banner.push_str(&line);
            banner.push('\n');
        }
        Ok(Self {
            _process: process,
            url,
            banner,
        })
    }

    /// Runs it to its end with `variables`: for settings that it must refuse.
    pub(crate) fn refuse(variables: &[(&str, &str)]) -> Result<Output, Stop> {
        capture(&mut command(DEMO, variables)?)
    }

    /// The address of a page.
    pub(crate) fn at(&self, path: &str) -> Result<Url, Stop> {
        crate::http::join(&self.url, path)
    }
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // Already gone is what we want.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(package: &str, variables: &[(&str, &str)]) -> Result<Command, Stop> {
    let mut command = Command::new(binaries()?.join(package));
    command.env_clear().envs(variables.iter().copied());
    Ok(command)
}

fn address_in(line: &str) -> Option<Url> {
    line.split_whitespace()
        .find(|word| word.starts_with("http://localhost:"))
        .and_then(|word| Url::parse(word).ok())
}

#[cfg(test)]
mod tests {
    use super::address_in;

    #[test]
    fn the_address_is_read_off_the_screen() {
        let url = address_in("  Open  http://localhost:3000/  in a browser").unwrap();
        assert_eq!(url.port(), Some(3000));
        assert_eq!(address_in("issuer http://127.0.0.1:4000"), None);
    }
}
