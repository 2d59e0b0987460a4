//! What is measured: for each case a server, the requests, and the answer that must come.

use crate::Failure;
use crate::cookies::{self, NAME};
use crate::load::{self, Expected};
use crate::process::{SERVER_CORE, Server};

/// One line of the table.
pub(crate) struct Case {
    /// Its name in the JSON report.
    pub(crate) key: &'static str,
    /// What it is, in the table.
    pub(crate) about: &'static str,
    pub(crate) server: Server,
    pub(crate) target: &'static str,
    pub(crate) headers: Headers,
    pub(crate) expected: Expected,
}

/// The headers of the requests of a case.
pub(crate) enum Headers {
    /// These, for each request in turn.
    InTurn(Vec<Vec<(&'static str, String)>>),
    /// A session that was never seen before, for each request.
    NewCookies,
}

impl Headers {
    /// The headers of the next `count` requests.
    pub(crate) fn next(&self, count: usize) -> Vec<Vec<(&'static str, String)>> {
        match self {
            Self::InTurn(headers) => headers.clone(),
            Self::NewCookies => with_cookies(cookies::usual(load::sent_by(count))),
        }
    }
}

const HELLO: Expected = Expected {
    status: 200,
    body: "Hello Ada Admin!",
};

/// How many people send their requests in turn.
const PEOPLE: usize = 100;

/// All cases that need nothing but this program.
pub(crate) fn cases(wants: impl Fn(&str) -> bool) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    let mut add = |key,
                   about,
                   kind,
                   target,
                   headers: &dyn Fn(&Server) -> Result<Headers, Failure>,
                   expected| {
        if wants(key) {
            let server = Server::start(kind, 1, SERVER_CORE)?;
            cases.push(Case {
                key,
                about,
                headers: headers(&server)?,
                server,
                target,
                expected,
            });
        }
        Ok::<(), Failure>(())
    };
    let usual = |_: &Server| Ok(Headers::InTurn(with_cookies(cookies::usual(PEOPLE))));
    let large = |_: &Server| Ok(Headers::InTurn(with_cookies(cookies::large(PEOPLE))));
    let plain = |_: &Server| Ok(Headers::InTurn(vec![Vec::new()]));
    add(
        "protected_warm",
        "`#[protected]`, `Session`; cookie seen before",
        "auth",
        "/page",
        &usual,
        HELLO,
    )?;
    add(
        "protected_cold",
        "the same; cookie never seen before",
        "auth",
        "/page",
        &|_| Ok(Headers::NewCookies),
        HELLO,
    )?;
    add(
        "protected_large",
        "the same; 3 KB of claims, seen before",
        "auth",
        "/page",
        &large,
        HELLO,
    )?;
    add(
        "maybe_anonymous",
        "`MaybeSession`, no cookie",
        "auth",
        "/maybe",
        &plain,
        Expected {
            status: 200,
            body: "Hello you!",
        },
    )?;
    add(
        "untouched",
        "middleware mounted, nothing asked; cookie sent",
        "auth",
        "/untouched",
        &usual,
        HELLO,
    )?;
    let navigation = |_: &Server| {
        let headers = [("sec-fetch-mode", "navigate"), ("accept", "text/html")];
        Ok(Headers::InTurn(vec![
            headers
                .map(|(name, value)| (name, value.to_owned()))
                .to_vec(),
        ]))
    };
    add(
        "rejected",
        "a guest on a protected page",
        "auth",
        "/page",
        &navigation,
        Expected {
            status: 302,
            body: "",
        },
    )?;
    add(
        "session_endpoint",
        "`GET /api/auth/session`",
        "auth",
        "/api/auth/session",
        &usual,
        Expected {
            status: 200,
            body: "}",
        },
    )?;
    let started = |server: &Server| Ok(Headers::InTurn(with_cookies(start_sessions(server)?)));
    add(
        "actix_session_cookie",
        "actix-session, cookie store",
        "actix-session",
        "/page",
        &started,
        HELLO,
    )?;
    add(
        "actix_identity",
        "actix-identity on the same",
        "actix-identity",
        "/page",
        &started,
        HELLO,
    )?;
    Ok(cases)
}

/// Warm sessions of `people` on a server with `workers`.
pub(crate) fn of_people(people: usize) -> Vec<Vec<u8>> {
    cookies::usual(people)
        .iter()
        .map(|cookie| load::request("/page", &[("cookie", cookie)]))
        .collect()
}

/// What they must get.
pub(crate) const OF_PEOPLE: Expected = HELLO;

/// The bare handler's answer.
pub(crate) const BARE: Expected = Expected {
    status: 200,
    body: HELLO.body,
};

pub(crate) fn with_cookies(cookies: Vec<String>) -> Vec<Vec<(&'static str, String)>> {
    let header = |cookie| vec![("cookie", cookie)];
    cookies.into_iter().map(header).collect()
}

/// The cookies that the servers of others give.
fn start_sessions(server: &Server) -> Result<Vec<String>, Failure> {
    let start = load::request("/start", &[]);
    (0..PEOPLE)
        .map(|_| {
            let answer = load::ask(server.address, &start)?;
            let cookie = answer
                .lines()
                .find_map(|line| line.strip_prefix("set-cookie: "))
                .and_then(|value| value.split(';').next())
                .ok_or_else(|| format!("no cookie for {NAME}: {answer}"))?;
            Ok(cookie.to_owned())
        })
        .collect()
}
