//! The site for drivers, in a process of its own, so that its memory can be weighed.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Method;

use crate::{Answer, Browser};

/// A running site. Stops when dropped.
pub struct Target {
    /// The address, without a slash at the end.
    pub base: String,
    process: Child,
}

/// How a sign-in went.
pub struct Attempt {
    /// The last answer.
    pub answer: Answer,
    /// The longest that one request took.
    pub longest: Duration,
}

impl Target {
    /// Starts `program`, with the providers that are listed at `catalogue`.
    pub fn start(program: &str, catalogue: &str, settings: &[(&str, &str)]) -> Self {
        let mut process = Command::new(program)
            .envs([("OP", catalogue), ("PORT", "0")])
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program is built with the tests");
        let output = process.stdout.take().expect("its output is piped");
        let mut line = String::new();
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it prints its address");
        let base = line.trim().to_owned();
        assert!(!base.is_empty(), "the site did not start");
        Self { base, process }
    }

    /// Signs in with the provider called `name`, as far as that gets.
    pub async fn sign_in(&self, browser: &mut Browser, name: &str) -> Attempt {
        let mut longest = Duration::ZERO;
        let mut timed = async |browser: &mut Browser, request| {
            let before = Instant::now();
            let answer = browser.send(request).await;
            longest = longest.max(before.elapsed());
            answer
        };
        let csrf = format!("{}/auth/csrf", self.base);
        let csrf = timed(browser, browser.request(Method::GET, &csrf))
            .await
            .json();
        let fields = format!(
            "csrfToken={}",
            csrf["csrfToken"].as_str().unwrap_or_default()
        );
        let request = browser
            .request(Method::POST, &format!("{}/auth/signin/{name}", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(fields);
        let mut answer = timed(browser, request).await;
        if let (Some(state), Some(nonce)) = (
            answer.location_param("state"),
            answer.location_param("nonce"),
        ) {
            let back = format!(
                "{}/auth/callback/{name}?code={nonce}&state={state}",
                self.base
            );
            answer = timed(browser, browser.request(Method::GET, &back)).await;
        }
        Attempt { answer, longest }
    }

    /// Whether somebody is signed in.
    pub async fn is_signed_in(&self, browser: &mut Browser) -> bool {
        let url = format!("{}/protected", self.base);
        browser.fetch(&url).await.status == 200
    }

    /// Sends `head`, and then `filler` again and again for as long as it is taken. Returns how many
    /// bytes of it were, and what came back until the site hung up.
    pub fn pour(&self, head: &str, filler: &[u8]) -> (usize, String) {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).expect("the site reads");
        let mut poured = 0;
        while !filler.is_empty() && poured < 64 * 1024 * 1024 && stream.write_all(filler).is_ok() {
            poured += filler.len();
        }
        let mut answer = Vec::new();
        // Whoever hangs up on unread bytes resets the connection; what came before that counts.
        let _ = stream.read_to_end(&mut answer);
        (poured, String::from_utf8_lossy(&answer).into_owned())
    }

    fn connect(&self) -> TcpStream {
        let address = self.base.trim_start_matches("http://");
        let stream = TcpStream::connect(address).expect("the site listens");
        for result in [
            stream.set_read_timeout(Some(Duration::from_secs(20))),
            stream.set_write_timeout(Some(Duration::from_secs(20))),
        ] {
            result.expect("a timeout can be set");
        }
        stream
    }

    /// Forgets the peak of its memory so far. Returns what it takes now, in bytes.
    pub fn weigh(&self) -> usize {
        let references = format!("/proc/{}/clear_refs", self.process.id());
        std::fs::write(references, "5").expect("the peak can be reset");
        self.memory("VmRSS:")
    }

    /// The most memory it took since it was weighed, in bytes.
    pub fn peak(&self) -> usize {
        self.memory("VmHWM:")
    }

    fn memory(&self, line: &str) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.expect("the process runs");
        let size = status.lines().find_map(|it| it.strip_prefix(line));
        let size = size.and_then(|size| size.split_whitespace().next()?.parse::<usize>().ok());
        size.expect("its memory is known") * 1024
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
