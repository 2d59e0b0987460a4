//! The one screen printed at the start.

use auth_actix::{Auth, Provider, providers};

/// The pages, and who gets in.
const ROUTES: &[(&str, &str)] = &[
    ("/", "for everybody"),
    ("/dashboard", "#[protected]"),
    (
        "/admin",
        "#[protected(role = \"admin\")], here: ada@example.com",
    ),
    ("/api/me", "#[protected], as JSON"),
];

/// The providers that get a line each; the others share a few.
const NAMED: [&str; 4] = ["github", "google", "keycloak", "oidc"];

/// The providers of which a variable is set.
pub(crate) fn configured() -> impl Iterator<Item = &'static Provider> {
    providers::ALL.iter().filter(|provider| {
        provider
            .variables()
            .filter_map(|variable| std::env::var(variable.name).ok())
            .any(|value| !value.trim().is_empty())
    })
}

/// Says where the demo runs, what it serves, and what would turn the other providers on.
pub(crate) fn print(auth: &Auth, port: u16) {
    println!("\n  Open  http://localhost:{port}/\n");
    println!("  Routes");
    for (path, who) in ROUTES {
        println!("    {path:<13} {who}");
    }
    println!("    {:<13} sign-in, sign-out, session", auth.prefix());

    println!("\n  Providers");
    for (id, name) in auth.providers() {
        println!("    on   {id:<13} {name}");
    }
    let is_on = |provider: &&Provider| auth.providers().any(|(id, _)| id == provider.id());
    let (named, others): (Vec<&Provider>, Vec<&Provider>) = providers::ALL
        .iter()
        .filter(|provider| !is_on(provider))
        .partition(|provider| NAMED.contains(&provider.id()));
    for provider in named {
        let required = provider.variables().filter(|it| it.required);
        let names: Vec<String> = required.map(|it| it.name).collect();
        println!("    off  {:<13} set {}", provider.id(), names.join(", "));
    }
    println!("    off  by the same rule:");
    print_wrapped(others.iter().map(|provider| provider.id()));
    println!();

    if configured().next().is_none() {
        println!(
            "  Development identity provider enabled: anybody signs in as anybody. It runs in"
        );
        println!("  debug builds on this machine only, and goes when a provider above is on.\n");
    }
    for warning in auth.warnings() {
        println!("  Note: {warning}");
    }
    println!("  Ctrl+C stops the demo.");
}

/// Words side by side, in lines of at most 80 columns.
fn print_wrapped<'a>(words: impl Iterator<Item = &'a str>) {
    const INDENT: &str = "         ";
    let mut line = INDENT.to_owned();
    for word in words {
        if line.len() + 1 + word.len() > 80 {
            println!("{line}");
            line = INDENT.to_owned();
        }
        if line.len() > INDENT.len() {
            line.push(' ');
        }
        line.push_str(word);
    }
    println!("{line}");
}
