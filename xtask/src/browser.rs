//! The pages in a real browser: they load under their own policy without a console error.

use std::process::Command;

use url::Url;

use crate::cargo::capture;
use crate::demo::Demo;
use crate::gate::Stop;
use crate::needs::chromium;

/// No window, no sandbox (none inside a container), no traffic of its own.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--dump-dom",
];

/// The pages, and what each must show.
const PAGES: &[(&str, &str)] = &[
    ("/", "Sign in"),
    ("/dashboard", "data-provider="),
    ("/api/auth/signin", "data-provider="),
    ("/api/auth/signout", "Sign out"),
    ("/api/auth/error?error=AccessDenied", "<h1"),
];

pub(crate) fn run() -> Result<(), Stop> {
    let chromium = chromium().ok_or_else(|| Stop::failed("no browser"))?;
    Demo::build()?;
    let demo = Demo::start(&[])?;
    for (path, words) in PAGES {
        let (dom, log) = load(chromium, &demo.at(path)?)?;
        if !dom.contains(words) {
            return Err(Stop::Failed(format!("{path} does not show `{words}`")));
        }
        let complaints: Vec<&str> = console(&log).collect();
        if !complaints.is_empty() {
            return Err(Stop::Failed(format!("{path}: {}", complaints.join("\n"))));
        }
        println!("{path}: shown, nothing on the console");
    }
    Ok(())
}

/// The page as the browser has it after loading, and the browser's log.
fn load(chromium: &str, url: &Url) -> Result<(String, String), Stop> {
    let profile = std::env::temp_dir().join(format!("auth-browser-{}", std::process::id()));
    let mut command = Command::new(chromium);
    command
        .args(FLAGS)
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(url.as_str());
    let output = capture(&mut command);
    let _ = std::fs::remove_dir_all(&profile);
    let output = output?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&output.stdout), text(&output.stderr)))
}

/// What pages wrote to the console, refusals of the policy included.
fn console(log: &str) -> impl Iterator<Item = &str> {
    log.lines().filter(|line| line.contains(":CONSOLE"))
}

#[cfg(test)]
mod tests {
    use super::console;

    #[test]
    fn a_refused_style_is_a_console_line() {
        let log = "[1:2:3/4:ERROR:bus.cc(408)] Failed to connect\n\
                   [1:2:3/4:INFO:CONSOLE:1] \"Refused to apply inline style\"";
        assert_eq!(console(log).count(), 1);
    }
}
