//! What the command line asks for.

use std::path::PathBuf;
use std::time::Duration;

use crate::{Failure, authjs, authkit, cases, process};

/// What is measured beside the cases, by the names that select it.
pub(crate) const GROWTH: &str = "growth";
pub(crate) const MEMORY: &str = "memory";
pub(crate) const SIGN_INS: &str = "sign_ins";
pub(crate) const BUILD: &str = "build";

/// The command line, parsed.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) quick: bool,
    pub(crate) json: Option<PathBuf>,
    /// Where the table is written besides the terminal.
    pub(crate) table: Option<PathBuf>,
    rounds: Option<usize>,
    requests: Option<usize>,
    /// Only these, if any is named.
    only: Vec<String>,
}

/// How much is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Rounds over all cases that count.
    pub(crate) rounds: usize,
    /// Requests of a burst.
    pub(crate) requests: usize,
    /// How long people sign in at each of the two servers, in each of [`SIGN_IN_ROUNDS`].
    pub(crate) sign_in_time: Duration,
}

/// Rounds of sign-ins that count.
pub(crate) const SIGN_IN_ROUNDS: usize = 5;

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, Failure> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let value = arguments.next().map(String::as_str);
                value.ok_or_else(|| format!("{argument} needs a value"))
            };
            match argument.as_str() {
                "--quick" => options.quick = true,
                "--json" => options.json = Some(value()?.into()),
                "--table" => options.table = Some(value()?.into()),
                "--rounds" => options.rounds = Some(value()?.parse()?),
                "--requests" => options.requests = Some(value()?.parse()?),
                name if is_known(name) => options.only.push(name.to_owned()),
                unknown => {
                    let names: Vec<_> = names().collect();
                    let names = names.join(", ");
                    return Err(format!("unknown argument `{unknown}`; names: {names}").into());
                }
            }
        }
        Ok(options)
    }

    pub(crate) fn effort(&self) -> Effort {
        // Many short bursts: whatever else the machine does spoils some of them, and the median
        // does not see them.
        let (rounds, requests) = match self.quick {
            true => (15, 2_400),
            false => (31, 4_000),
        };
        Effort {
            rounds: self.rounds.unwrap_or(rounds).max(1),
            requests: self.requests.unwrap_or(requests),
            sign_in_time: Duration::from_secs(1),
        }
    }

    /// Whether everything is run, and as often as it takes: what is written down.
    pub(crate) fn is_whole(&self) -> bool {
        let as_usual = self.rounds.is_none() && self.requests.is_none() && !process::is_profiled();
        self.only.is_empty() && !self.quick && as_usual
    }

    pub(crate) fn wants(&self, key: &str) -> bool {
        self.only.is_empty() || self.names(key)
    }

    /// The same for what takes minutes: with `--quick` only by name.
    pub(crate) fn wants_long(&self, key: &str) -> bool {
        self.names(key) || (self.only.is_empty() && !self.quick)
    }

    fn names(&self, key: &str) -> bool {
        self.only.iter().any(|only| only == key)
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    let sections = [authjs::KEY, SIGN_INS, GROWTH, MEMORY, BUILD];
    cases::keys().chain(authkit::KEYS).chain(sections)
}

fn is_known(name: &str) -> bool {
    names().any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&arguments).map_err(|error| error.to_string())
    }

    #[test]
    fn a_name_selects_itself_alone() {
        let options = parse("growth --json out.json").unwrap();
        assert_eq!(options.json, Some("out.json".into()));
        assert!(options.wants("growth") && !options.wants("protected_warm"));
        assert!(!options.is_whole());
    }

    #[test]
    fn what_takes_minutes_is_no_part_of_a_quick_run() {
        let check = |line: &str, expected: bool| {
            assert_eq!(parse(line).unwrap().wants_long(BUILD), expected, "{line}");
        };
        check("", true);
        check("--quick", false);
        check("--quick build", true);
        check("growth", false);
    }

    #[test]
    fn figures_of_a_shorter_run_are_not_written_down() {
        let check = |line: &str, expected: bool| {
            assert_eq!(parse(line).unwrap().is_whole(), expected, "{line}");
        };
        check("--json out.json --table table.md", true);
        check("--quick", false);
        check("--rounds 1", false);
        check("--requests 64", false);
        check("untouched", false);
    }

    #[test]
    fn a_mistyped_name_is_refused() {
        let error = parse("protected_wram").unwrap_err();
        assert!(error.contains("`protected_wram`"), "{error}");
        assert!(error.contains("protected_warm"), "{error}");
        assert!(parse("--json").unwrap_err().contains("--json"));
    }
}
