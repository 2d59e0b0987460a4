//! The providers as data, for `cargo xtask providers` and `cargo xtask profile`.
//!
//! `catalogue definitions` prints them all as JSON. `catalogue profile <id>` reads an answer of that
//! provider from standard input and prints the profile that it becomes.

use std::io::Read as _;
use std::process::ExitCode;

use auth_core::providers;
use serde_json::{Value, json};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["definitions"] => Ok(definitions()),
        ["profile", id] => profile(id),
        _ => Err("usage: catalogue definitions | catalogue profile <id>".to_owned()),
    };
    match outcome {
        Ok(value) => {
            println!("{value:#}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn definitions() -> Value {
    let all = providers::ALL.iter().map(|provider| provider.definition());
    json!({ "providers": all.collect::<Vec<_>>() })
}

fn profile(id: &str) -> Result<Value, String> {
    let provider = providers::ALL
        .iter()
        .find(|provider| provider.id() == id)
        .ok_or_else(|| format!("there is no provider `{id}`"))?;
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| format!("standard input cannot be read: {error}"))?;
    let answer = serde_json::from_str(&text)
        .map_err(|error| format!("standard input is no JSON: {error}"))?;
    let profile = provider
        .map_profile(answer)
        .map_err(|error| format!("{id}: {error}"))?;
    Ok(json!({
        "id": profile.id,
        "name": profile.name,
        "email": profile.email,
        "emailVerified": profile.email_verified,
        "image": profile.image,
        "firstName": profile.first_name,
        "lastName": profile.last_name,
    }))
}
