//! The project's own commands: `cargo xtask` lists them.

mod bench;
mod browser;
mod budget;
mod cargo;
mod claims;
mod codes;
mod demo;
mod fuzz;
mod gate;
mod html;
mod http;
mod invariants;
mod links;
mod lint;
mod needs;
mod npm;
mod peers;
mod providers;
mod suites;
mod visitor;
mod walk;
mod walk_examples;

use std::process::ExitCode;

use crate::gate::{Group, Skips};
use crate::needs::Need;

/// The gate, in the order in which it runs: cheap and telling first.
const GROUPS: &[Group] = &[
    Group::new("fmt", "rustfmt changes nothing", lint::fmt),
    Group::new(
        "invariants",
        "what must be absent is absent",
        invariants::run,
    ),
    Group::new(
        "clippy",
        "no warning, with default and with all features",
        lint::clippy,
    ),
    Group::new(
        "rustdoc",
        "the documentation builds without a warning",
        lint::rustdoc,
    ),
    Group::new(
        "deny",
        "licences, bans and sources of dependencies",
        lint::deny,
    )
    .needs(&[Need::CargoDeny]),
    Group::new(
        "advisories",
        "no dependency with a known hole",
        lint::advisories,
    )
    .needs(&[Need::CargoDeny])
    .skips(Skips::Allowed),
    Group::new(
        "providers",
        "the pages about providers say what their files say",
        providers::check_docs,
    ),
    Group::new("budget", "what a user's build pulls in", budget::run),
    Group::new("tests", "unit and integration tests", suites::tests),
    Group::new(
        "doctests",
        "the examples in the documentation and README",
        suites::doctests,
    ),
    Group::new(
        "peers",
        "a certified provider; Auth.js across the cookie border and answer by answer",
        peers::run,
    )
    .needs(&[Need::Node]),
    Group::new(
        "demo",
        "the demo, walked from sign-in to sign-out",
        walk::run,
    ),
    Group::new(
        "examples",
        "the small examples, each started and used",
        walk_examples::run,
    )
    .needs(&[Need::Node]),
    Group::new(
        "browser",
        "the pages and flows in Chromium, with and without scripts; clients of Auth.js",
        browser::run,
    )
    .needs(&[Need::Chromium, Need::Node]),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, names)) if command == "test" => gate::run(GROUPS, names),
        Some((command, arguments)) if command == "fuzz" => fuzz::main(arguments),
        Some((command, _)) if command == "screenshots" => browser::screenshots(),
        Some((command, arguments)) if command == "bench" => bench::bench(arguments),
        Some((command, names)) if providers::COMMANDS.contains(&command.as_str()) => {
            providers::run(command, names)
        }
        Some((command, _)) => {
            eprintln!("unknown command `{command}`\n");
            print_commands();
            ExitCode::FAILURE
        }
        None => {
            print_commands();
            ExitCode::SUCCESS
        }
    }
}

fn print_commands() {
    println!("cargo xtask test            everything that must hold before a change is merged");
    println!("{}", bench::USAGE);
    println!("cargo xtask test <group>…   only these groups:\n");
    for group in GROUPS {
        println!("    {:<12} {}", group.name, group.about);
    }
    println!("\ncargo xtask fuzz [--minutes N]   hostile input for the parsers, 10 minutes of it");
    println!("cargo xtask screenshots   pictures of every page, into docs/images");
    println!("\n{}", providers::USAGE);
}
