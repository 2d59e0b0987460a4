//! Whole sign-ins in a second, at the development provider: ours, and those of Auth.js.
//!
//! A sign-in is what a browser without any cookie sends: for the CSRF token, the form that names the
//! provider, and the callback with the code. The choice at the provider is made without HTTP, and
//! the same for both; its RS256 signature takes the core of the load generator, not the server's.

use std::time::{Duration, Instant};

use auth_dev::{DevProvider, Person};
use serde_json::Value;

use crate::load::{self, Connection};
use crate::options::{Effort, SIGN_IN_ROUNDS};
use crate::process::{SERVER_CORE, Server};
use crate::registration::Registration;
use crate::stats::Summary;
use crate::{Failure, authjs};

/// What was counted.
pub(crate) struct SignIns {
    pub(crate) ours: Rate,
    /// Or why there is none.
    pub(crate) authjs: Result<Rate, Failure>,
}

/// Sign-ins at one server.
#[derive(Clone, Copy)]
pub(crate) struct Rate {
    pub(crate) per_second: Summary,
    /// CPU time of the server for each, in microseconds.
    pub(crate) micros: Summary,
}

/// How many people sign in at the same time.
const BROWSERS: usize = 4;

pub(crate) fn measure(effort: &Effort) -> Result<SignIns, Failure> {
    let provider = DevProvider::builder().danger_allow_release().start()?;
    let registration = Registration::at(&provider);
    let ours = Server::start_with("auth", 1, SERVER_CORE, registration.variables())?;
    let (authjs, missing) = match authjs::server(registration.variables()) {
        Ok(server) => (Some(server), None),
        Err(error) => (None, Some(error)),
    };
    let mut counts: [Vec<Count>; 2] = Default::default();
    for round in 0..=SIGN_IN_ROUNDS {
        for (server, counts) in [Some(&ours), authjs.as_ref()].into_iter().zip(&mut counts) {
            let Some(server) = server else { continue };
            let count = sign_in_for(effort.sign_in_time, server, &provider)?;
            // The first round fetches what a server keeps, and lets Node compile.
            if round > 0 {
                counts.push(count);
            }
        }
    }
    let [ours, theirs] = counts.map(|counts| rate(&counts));
    Ok(SignIns {
        ours: ours.ok_or("nobody signed in")?,
        authjs: theirs.ok_or_else(|| missing.unwrap_or_else(|| "nobody signed in".into())),
    })
}

/// What one round counted.
struct Count {
    sign_ins: usize,
    wall: Duration,
    cpu: Duration,
}

fn rate(counts: &[Count]) -> Option<Rate> {
    let of = |value: fn(&Count) -> f64| Summary::of(counts.iter().map(value));
    Some(Rate {
        per_second: of(|it| it.sign_ins as f64 / it.wall.as_secs_f64())?,
        micros: of(|it| it.cpu.as_secs_f64() * 1e6 / it.sign_ins as f64)?,
    })
}

fn sign_in_for(time: Duration, server: &Server, provider: &DevProvider) -> Result<Count, Failure> {
    let before = server.times()?;
    let start = Instant::now();
    let one = || -> Result<usize, String> {
        let told = |error: Failure| error.to_string();
        let mut connection =
            Connection::open(server.address).map_err(|error| told(error.into()))?;
        let mut sign_ins = 0;
        while start.elapsed() < time {
            sign_in(&mut connection, provider).map_err(told)?;
            sign_ins += 1;
        }
        Ok(sign_ins)
    };
    let counted: Result<usize, String> = std::thread::scope(|scope| {
        let browsers: Vec<_> = (0..BROWSERS).map(|_| scope.spawn(one)).collect();
        let joined = browsers.into_iter().map(|browser| {
            let ended = browser.join();
            ended.unwrap_or_else(|_| Err("a browser panicked".to_owned()))
        });
        joined.sum()
    });
    Ok(Count {
        sign_ins: counted?,
        wall: start.elapsed(),
        cpu: server.times()?.cpu.saturating_sub(before.cpu),
    })
}

fn sign_in(connection: &mut Connection, provider: &DevProvider) -> Result<(), Failure> {
    let mut cookies = Vec::new();
    let answer = connection.ask(&load::request("/api/auth/csrf", &[]))?;
    keep(&answer, &mut cookies);
    let token = text(&answer, "csrfToken")?;

    let form = format!("csrfToken={token}");
    let jar = cookies.join("; ");
    let headers = [
        ("cookie", jar.as_str()),
        ("origin", "http://127.0.0.1"),
        ("x-auth-return-redirect", "1"),
    ];
    let answer = connection.ask(&load::post("/api/auth/signin/dev", &headers, &form))?;
    keep(&answer, &mut cookies);
    let approval = provider.try_approve(&text(&answer, "url")?, Person::ada())?;

    let callback = approval.callback_url();
    let target = callback
        .strip_prefix("http://127.0.0.1")
        .ok_or("the provider sends the browser elsewhere")?;
    let jar = cookies.join("; ");
    let answer = connection.ask(&load::request(target, &[("cookie", &jar)]))?;
    cookies.clear();
    keep(&answer, &mut cookies);
    match cookies.iter().any(|cookie| is_session(cookie)) {
        true => Ok(()),
        false => Err(format!("the sign-in ended without a session: {answer}").into()),
    }
}

/// Keeps the cookies that an answer sets, without their attributes.
fn keep(answer: &str, cookies: &mut Vec<String>) {
    let lines = answer.lines().take_while(|line| !line.is_empty());
    for line in lines {
        let Some((name, value)) = line.split_once(": ") else {
            continue;
        };
        if name.eq_ignore_ascii_case("set-cookie") {
            let pair = value.split(';').next().unwrap_or_default();
            cookies.push(pair.to_owned());
        }
    }
}

fn is_session(cookie: &str) -> bool {
    let (name, value) = cookie.split_once('=').unwrap_or_default();
    name == "authjs.session-token" && !value.is_empty()
}

/// A member of the JSON that an answer holds.
fn text(answer: &str, member: &str) -> Result<String, Failure> {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let text = json[member].as_str();
    Ok(text
        .ok_or_else(|| format!("an answer without `{member}`: {answer}"))?
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\nSet-Cookie: a=1; Path=/\r\n\
                          set-cookie: authjs.session-token=x; HttpOnly\r\n\r\n{\"url\": \"there\"}";

    #[test]
    fn cookies_are_kept_without_their_attributes() {
        let mut cookies = Vec::new();
        keep(ANSWER, &mut cookies);
        assert_eq!(cookies, ["a=1", "authjs.session-token=x"]);
    }

    #[test]
    fn a_removed_session_is_none() {
        for (cookie, expected) in [
            ("authjs.session-token=x", true),
            ("authjs.session-token=", false),
            ("authjs.csrf-token=x", false),
        ] {
            assert_eq!(is_session(cookie), expected, "{cookie}");
        }
    }

    #[test]
    fn what_an_answer_lacks_is_named() {
        assert_eq!(text(ANSWER, "url").unwrap(), "there");
        let error = text(ANSWER, "csrfToken").unwrap_err().to_string();
        assert!(error.contains("`csrfToken`"), "{error}");
    }
}
