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

/// Those that most people try first; the page has the others.
const EXAMPLES: &[Provider] = &[
    providers::GITHUB,
    providers::GOOGLE,
    providers::KEYCLOAK,
    providers::OIDC,
];

/// The providers of which a variable is set.
pub(crate) fn configured() -> impl Iterator<Item = &'static Provider> {
    providers::ALL.iter().filter(|provider| {
        ["ID", "SECRET", "ISSUER"]
            .iter()
            .filter_map(|suffix| std::env::var(variable(provider, suffix)).ok())
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
    for provider in EXAMPLES.iter().filter(|provider| !is_on(provider)) {
        let (id, secret) = (variable(provider, "ID"), variable(provider, "SECRET"));
        println!("    off  {:<13} set {id} and {secret}", provider.id());
    }
    let more = providers::ALL.len() - EXAMPLES.len();
    println!("         and {more} more in docs/providers");
    println!("         with an issuer per tenant: AUTH_<PROVIDER>_ISSUER too\n");

    if configured().next().is_none() {
        println!(
            "  Development identity provider enabled: anybody signs in as anybody. It runs in"
        );
        println!("  debug builds on this machine only, and goes when a provider above is on.\n");
    }
    for warning in auth.warnings() {
        println!("  Note: {warning}");
    }
}

/// `AUTH_GITHUB_ID` for GitHub and `ID`.
fn variable(provider: &Provider, suffix: &str) -> String {
    let id = provider.id().to_ascii_uppercase().replace('-', "_");
    format!("AUTH_{id}_{suffix}")
}
