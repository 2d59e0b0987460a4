//! The site in JavaScript, run by Node for as long as this process lives.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use auth_dev::DevProvider;

/// A running `server.mjs`. It ends when this is dropped: its standard input is closed then.
pub(crate) struct AuthJs {
    _node: Child,
    /// Where browsers find the site.
    pub(crate) origin: String,
}

impl AuthJs {
    /// Starts it, with the packages of `package-lock.json`, on the port in `PORT`.
    pub(crate) fn start(
        rust: SocketAddr,
        provider: &DevProvider,
        secret: &str,
    ) -> Result<Self, Box<dyn Error>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        if !folder.join("node_modules").exists() {
            let mut npm = Command::new("npm");
            let npm = npm.args(["ci", "--ignore-scripts"]).current_dir(folder);
            if !npm.status().map_err(|it| missing("npm", &it))?.success() {
                return Err("`npm ci` did not install the packages of Auth.js".into());
            }
        }
        let mut node = Command::new("node")
            .arg("server.mjs")
            .current_dir(folder)
            .env("RUST", format!("http://{rust}"))
            .env("AUTH_SECRET", secret)
            .env("AUTH_DEV_ID", provider.client_id())
            .env("AUTH_DEV_SECRET", provider.client_secret())
            .env("AUTH_DEV_ISSUER", provider.issuer())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|it| missing("node", &it))?;
        let mut port = String::new();
        if let Some(stdout) = node.stdout.take() {
            BufReader::new(stdout).read_line(&mut port)?;
        }
        let port: u16 = port
            .trim()
            .parse()
            .map_err(|_| "server.mjs did not start")?;
        Ok(Self {
            _node: node,
            origin: format!("http://localhost:{port}"),
        })
    }
}

fn missing(program: &str, error: &std::io::Error) -> String {
    format!("this example needs Node 20 or newer, and `{program}` cannot be run: {error}")
}
