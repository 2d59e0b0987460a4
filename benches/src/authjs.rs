//! The same `/session`, answered by Auth.js on Node.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failure;
use crate::cases::{self, Case, Headers};
use crate::cookies;
use crate::load::Expected;
use crate::process::{SERVER_CORE, Server, pinned};

/// Its name in the report.
pub(crate) const KEY: &str = "authjs_session_endpoint";

/// The case, or why there is none.
pub(crate) fn case() -> Result<Case, Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("authjs");
    let installed = Command::new("npm")
        .args(["ci", "--silent", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .status()
        .map_err(|_| "there is no `npm`")?;
    if !installed.success() {
        return Err("`npm ci` failed in `benches/authjs`".into());
    }
    let mut command = pinned(Path::new("node"), SERVER_CORE);
    command
        .arg("server.mjs")
        .current_dir(folder)
        .env("AUTH_SECRET", cookies::SECRET)
        .env("NODE_ENV", "production");
    Ok(Case {
        key: KEY,
        about: "`GET /api/auth/session` of Auth.js on Node",
        server: Server::spawn(&mut command)?,
        target: "/api/auth/session",
        headers: Headers::InTurn(cases::with_cookies(cookies::usual(100))),
        expected: Expected {
            status: 200,
            body: "}",
        },
    })
}
