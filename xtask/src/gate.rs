//! Runs groups of checks, all of them even when one fails, and sums up.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::needs::Need;

/// Checks that pass or fail together.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    needs: &'static [Need],
    skips: Skips,
    run: fn() -> Result<(), Stop>,
}

/// Whether a group may be skipped where `CI=true`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Skips {
    /// It may: what it needs is outside of our reach.
    Allowed,
    /// There, a skip is a failure.
    FailInCi,
}

/// Why a group did not pass.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// A check found something.
    Failed(String),
    /// The check could not be made on this machine.
    Skipped(String),
}

impl Stop {
    pub(crate) fn failed(reason: impl Into<String>) -> Self {
        Self::Failed(reason.into())
    }
}

impl Group {
    pub(crate) const fn new(
        name: &'static str,
        about: &'static str,
        run: fn() -> Result<(), Stop>,
    ) -> Self {
        Self {
            name,
            about,
            needs: &[],
            skips: Skips::FailInCi,
            run,
        }
    }

    pub(crate) const fn needs(mut self, needs: &'static [Need]) -> Self {
        self.needs = needs;
        self
    }

    pub(crate) const fn skips(mut self, skips: Skips) -> Self {
        self.skips = skips;
        self
    }

    fn outcome(&self, ci: bool) -> Result<(), Stop> {
        let outcome = self
            .needs
            .iter()
            .try_for_each(|need| need.ensure())
            .and_then(|()| (self.run)());
        match outcome {
            Err(Stop::Skipped(reason)) if ci && self.skips == Skips::FailInCi => {
                Err(Stop::Failed(format!("skipped, and CI=true: {reason}")))
            }
            outcome => outcome,
        }
    }
}

/// Runs the groups called `names`, or all of them. The last line printed is
/// `N passed, N failed, N skipped`.
pub(crate) fn run(groups: &[Group], names: &[String]) -> ExitCode {
    if let Some(unknown) = names
        .iter()
        .find(|name| groups.iter().all(|g| g.name != **name))
    {
        eprintln!("unknown group `{unknown}`; `cargo xtask` lists them");
        return ExitCode::FAILURE;
    }
    let ci = std::env::var("CI").is_ok_and(|value| value == "true");
    let mut rows = Vec::new();
    for group in groups {
        if !names.is_empty() && names.iter().all(|name| name != group.name) {
            continue;
        }
        println!("\n== {}: {}", group.name, group.about);
        let start = Instant::now();
        let outcome = group.outcome(ci);
        if let Err(Stop::Failed(reason)) = &outcome {
            println!("{reason}");
        }
        rows.push((group.name, outcome, start.elapsed()));
    }
    summarise(&rows)
}

fn summarise(rows: &[(&str, Result<(), Stop>, Duration)]) -> ExitCode {
    println!();
    for (name, outcome, took) in rows {
        let (word, reason) = match outcome {
            Ok(()) => ("passed", ""),
            Err(Stop::Failed(reason)) => ("FAILED", first_line(reason)),
            Err(Stop::Skipped(reason)) => ("skipped", first_line(reason)),
        };
        println!(
            "{name:<12} {word:<8} {:>6.1} s  {reason}",
            took.as_secs_f32()
        );
    }
    let count = |wanted: fn(&Result<(), Stop>) -> bool| {
        rows.iter()
            .filter(|(_, outcome, _)| wanted(outcome))
            .count()
    };
    let failed = count(|outcome| matches!(outcome, Err(Stop::Failed(_))));
    println!(
        "\n{} passed, {failed} failed, {} skipped",
        count(Result::is_ok),
        count(|outcome| matches!(outcome, Err(Stop::Skipped(_)))),
    );
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNAVAILABLE: Group = Group::new("x", "", || Err(Stop::Skipped("no network".into())));

    #[test]
    fn a_skip_is_a_failure_in_ci() {
        assert!(matches!(UNAVAILABLE.outcome(true), Err(Stop::Failed(_))));
    }

    #[test]
    fn a_skip_stays_a_skip_elsewhere_or_where_it_is_allowed() {
        assert!(matches!(UNAVAILABLE.outcome(false), Err(Stop::Skipped(_))));
        let allowed = UNAVAILABLE.skips(Skips::Allowed);
        assert!(matches!(allowed.outcome(true), Err(Stop::Skipped(_))));
    }

    #[test]
    fn an_unknown_group_is_refused() {
        let code = run(&[UNAVAILABLE], &["y".to_owned()]);
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::FAILURE));
    }
}
