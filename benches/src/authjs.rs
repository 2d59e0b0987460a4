//! Auth.js on Node, with the same configuration.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failure;
use crate::cases::{self, Case, Headers};
use crate::cookies;
use crate::load::Expected;
use crate::process::{SERVER_CORE, Server, pinned};

/// Its `/session` in the report.
pub(crate) const KEY: &str = "authjs_session_endpoint";

/// The case, or why there is none.
pub(crate) fn case() -> Result<Case, Failure> {
    Ok(Case {
        key: KEY,
        about: "`GET /api/auth/session` of Auth.js on Node",
        // Nobody signs in there.
        server: server([])?,
        target: "/api/auth/session",
        bare_target: cases::PAGE,
        headers: Headers::InTurn(cases::with_cookies(cookies::usual(100))),
        expected: Expected {
            status: 200,
            body: "}",
        },
        part: 40,
    })
}

/// Auth.js, with these variables in its environment: those of a registration, for sign-ins.
pub(crate) fn server(
    variables: impl IntoIterator<Item = (&'static str, String)>,
) -> Result<Server, Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("authjs");
    let starts = |program| {
        Command::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !starts("node") || !starts("npm") {
        return Err("there is no `node` with `npm`".into());
    }
    let installed = Command::new("npm")
        .args([
            "ci",
            "--ignore-scripts",
            "--silent",
            "--no-audit",
            "--no-fund",
        ])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .status()?;
    if !installed.success() {
        return Err("`npm ci` failed in `benches/authjs`".into());
    }
    let mut command = pinned(Path::new("node"), SERVER_CORE);
    command
        .arg("server.mjs")
        .current_dir(folder)
        .envs(variables)
        .env("AUTH_SECRET", cookies::SECRET)
        .env("NODE_ENV", "production");
    Server::spawn(&mut command)
}
