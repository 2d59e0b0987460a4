//! Starts the demo, or another example, in an environment of our choosing, and stops it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use url::Url;

use crate::cargo::{binaries, capture, cargo, run};
use crate::gate::Stop;

/// A program that takes longer to its next line is hung.
const PATIENCE: Duration = Duration::from_secs(60);

/// The package of the demo.
pub(crate) const DEMO: &str = "demo";

/// In the last line of its screen.
const LAST_WORDS: &str = "Ctrl+C stops";

/// A running demo; stopped when dropped.
pub(crate) struct Demo {
    _process: Process,
    lines: mpsc::Receiver<String>,
    pub(crate) url: Url,
    /// What it printed: the demo its whole screen, another example the lines up to its address.
    pub(crate) banner: String,
}

impl Demo {
    /// Builds the demo as `cargo run -p demo` does.
    pub(crate) fn build() -> Result<(), Stop> {
        Self::build_examples([DEMO].into_iter())
    }

    /// Builds examples as `cargo run -p` does.
    pub(crate) fn build_examples<'p>(packages: impl Iterator<Item = &'p str>) -> Result<(), Stop> {
        let mut build = cargo(&["build"]);
        for package in packages {
            build.args(["--package", package]);
        }
        run(&mut build)
    }

    /// Starts it on a free port, with `variables` and nothing else of our environment.
    pub(crate) fn start(variables: &[(&str, &str)]) -> Result<Self, Stop> {
        let mut demo = Self::start_example(DEMO, variables)?;
        read_on(&demo.lines, &mut demo.banner, |line| {
            line.contains(LAST_WORDS).then_some(())
        })?;
        Ok(demo)
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
        let url = read_on(&lines, &mut banner, address_in)?;
        Ok(Self {
            _process: process,
            lines,
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

/// Adds lines to `banner`, up to the first in which `find` finds something.
fn read_on<T>(
    lines: &mpsc::Receiver<String>,
    banner: &mut String,
    find: impl Fn(&str) -> Option<T>,
) -> Result<T, Stop> {
    while let Ok(line) = lines.recv_timeout(PATIENCE) {
        banner.push_str(&line);
        banner.push('\n');
        if let Some(found) = find(&line) {
            return Ok(found);
        }
    }
    Err(Stop::Failed(format!("something is missing in: {banner}")))
}

fn address_in(line: &str) -> Option<Url> {
    line.split_whitespace()
        .find(|word| word.starts_with("http://localhost:"))
        .and_then(|word| Url::parse(word).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(lines: &[&str]) -> mpsc::Receiver<String> {
        let (sender, receiver) = mpsc::channel();
        for line in lines {
            sender.send((*line).to_owned()).unwrap();
        }
        receiver
    }

    #[test]
    fn the_screen_is_read_up_to_what_is_looked_for() {
        let lines = screen(&["a", "http://localhost:1/", "b", "c"]);
        let mut banner = String::new();
        let url = read_on(&lines, &mut banner, address_in).unwrap();
        assert_eq!(url.port(), Some(1));
        assert_eq!(banner, "a\nhttp://localhost:1/\n");
        let is_b = |line: &str| (line == "b").then_some(());
        read_on(&lines, &mut banner, is_b).unwrap();
        assert_eq!(banner, "a\nhttp://localhost:1/\nb\n");
    }

    #[test]
    fn a_program_that_ends_before_its_last_line_has_failed() {
        let lines = screen(&["a"]);
        let outcome = read_on(&lines, &mut String::new(), address_in);
        let reason = "something is missing in: a\n".to_owned();
        assert_eq!(outcome, Err(Stop::Failed(reason)));
    }

    #[test]
    fn the_address_is_read_off_the_screen() {
        let url = address_in("  Open  http://localhost:3000/  in a browser").unwrap();
        assert_eq!(url.port(), Some(3000));
        assert_eq!(address_in("issuer http://127.0.0.1:4000"), None);
    }
}
