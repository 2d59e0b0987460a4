//! The small examples, each started and used as its header says. One file for each.

mod components;
mod custom_pages;

use crate::demo::Demo;
use crate::gate::Stop;

/// The packages, and what a visitor does with each.
const WALKS: &[(&str, Walk)] = &[
    ("components", components::walk),
    ("custom-pages", custom_pages::walk),
];

/// What a visitor does with a running example.
type Walk = fn(&Demo) -> Result<(), Stop>;

pub(crate) fn run() -> Result<(), Stop> {
    Demo::build_examples(WALKS.iter().map(|(package, _)| *package))?;
    for (package, walk) in WALKS {
        walk(&Demo::start_example(package, &[])?)?;
        println!("     {package}: walked through");
    }
    Ok(())
}

/// Fails where `claim` does not hold of `subject`, most often a path.
fn expect(holds: bool, subject: &str, claim: &str) -> Result<(), Stop> {
    match holds {
        true => Ok(()),
        false => Err(Stop::Failed(format!("does not hold: {subject} {claim}"))),
    }
}
