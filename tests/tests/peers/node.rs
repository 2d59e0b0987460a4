//! A Node process that answers questions, one JSON value a line.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use auth_dev::DevProvider;
use serde_json::{Value, json};

/// A script of `tests/peers/`. It ends when dropped, and by itself when this process is gone.
pub(crate) struct Peer {
    process: Child,
    conversation: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Peer {
    pub(crate) fn start(script: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
        let mut process = Command::new("node")
            .arg(script)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is installed");
        let stdin = process.stdin.take().expect("stdin is piped");
        let stdout = process.stdout.take().expect("stdout is piped");
        Self {
            process,
            conversation: Mutex::new((stdin, BufReader::new(stdout))),
        }
    }

    /// The answer, or what the script threw.
    pub(crate) fn ask(&self, question: &Value) -> Result<Value, String> {
        let mut conversation = self.conversation.lock().expect("no test panics here");
        let (stdin, stdout) = &mut *conversation;
        writeln!(stdin, "{question}").expect("the peer listens");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the peer writes text");
        let mut answer: Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("the peer says `{line}`; is `npm ci` done in tests/peers?"));
        match answer["error"].take() {
            Value::String(error) => Err(error),
            _ => Ok(answer["ok"].take()),
        }
    }
}

/// A site whose sign-in is Auth.js. It stops when dropped.
pub(crate) struct AuthJsSite {
    pub(crate) origin: String,
    peer: Peer,
    settings: Value,
}

impl AuthJsSite {
    /// With the same provider as ours, and these secrets.
    pub(crate) fn start(provider: &DevProvider, base_path: &str, secrets: &[&str]) -> Self {
        let mut site = Self {
            origin: String::new(),
            peer: Peer::start("site.js"),
            settings: json!({
                "basePath": base_path,
                "issuer": provider.issuer(),
                "client_id": provider.client_id(),
                "client_secret": provider.client_secret(),
            }),
        };
        site.origin = site.rotate(secrets)["origin"]
            .as_str()
            .expect("it listens")
            .to_owned();
        site
    }

    /// From now on it has these secrets.
    pub(crate) fn rotate(&self, secrets: &[&str]) -> Value {
        let mut settings = self.settings.clone();
        settings["secret"] = json!(secrets);
        self.peer.ask(&settings).expect("it takes the settings")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Already gone is what we want.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
