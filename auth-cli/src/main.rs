//! The command `auth`.

mod env_file;
mod secret;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Sign-in for actix-web: what is done once, beside the application.
#[derive(Parser)]
#[command(name = "auth", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Secret(secret::Arguments),
}

fn main() -> ExitCode {
    let Command::Secret(arguments) = Arguments::parse().command;
    match secret::run(&arguments) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
