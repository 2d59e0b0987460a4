//! What is measured: for each case a server, the requests, and the answer that must come.

use crate::Failure;
use crate::cookies;
use crate::load::{self, Connection, Expected};
use crate::process::{SERVER_CORE, Server};

/// One line of the table.
pub(crate) struct Case {
    /// Its name in the JSON report.
    pub(crate) key: &'static str,
    /// What it is, in the table.
    pub(crate) about: &'static str,
    pub(crate) server: Server,
    pub(crate) target: &'static str,
    /// What the bare handler is asked for.
    pub(crate) bare_target: &'static str,
    pub(crate) headers: Headers,
    pub(crate) expected: Expected,
    /// What takes so many times as long gets one of so many requests.
    pub(crate) part: usize,
}

/// The headers of one request.
pub(crate) type Lines = Vec<(&'static str, String)>;

/// The headers of the requests of a case.
pub(crate) enum Headers {
    /// These, for each request in turn.
    InTurn(Vec<Lines>),
    /// Cookies that were never seen before, for so many requests.
    Fresh(Box<dyn Fn(usize) -> Result<Vec<String>, Failure>>),
}

impl Headers {
    /// The headers of the next `count` requests.
    pub(crate) fn next(&self, count: usize) -> Result<Vec<Lines>, Failure> {
        match self {
            Self::InTurn(headers) => Ok(headers.clone()),
            Self::Fresh(cookies) => Ok(with_cookies(cookies(load::sent_by(count))?)),
        }
    }
}

/// A case that needs nothing but this program.
struct Local {
    key: &'static str,
    about: &'static str,
    server: &'static str,
    target: &'static str,
    visitor: Visitor,
    expected: Expected,
}

/// Who sends the requests.
#[derive(Clone, Copy)]
enum Visitor {
    /// People with a session, in turn.
    Known,
    /// The same with 3 KB of claims.
    KnownLarge,
    /// Somebody else each time.
    New,
    /// A guest.
    Guest,
    /// A guest's browser, following a link.
    Navigation,
    /// Who got a session at `/start` of the server.
    Started,
}

/// How many people send their requests in turn.
const PEOPLE: usize = 100;

/// A page that every server has.
pub(crate) const PAGE: &str = "/page";

pub(crate) const HELLO: Expected = Expected {
    status: 200,
    body: "Hello Ada Admin!",
};

const LOCAL: [Local; 11] = [
    Local {
        key: "protected_warm",
        about: "`#[protected]`, `Session`; cookie seen before",
        server: "auth",
        target: PAGE,
        visitor: Visitor::Known,
        expected: HELLO,
    },
    Local {
        key: "protected_cold",
        about: "the same; cookie never seen before",
        server: "auth",
        target: PAGE,
        visitor: Visitor::New,
        expected: HELLO,
    },
    Local {
        key: "protected_large",
        about: "the same; 3 KB of claims, seen before",
        server: "auth",
        target: PAGE,
        visitor: Visitor::KnownLarge,
        expected: HELLO,
    },
    Local {
        key: "maybe_anonymous",
        about: "`MaybeSession`, no cookie",
        server: "auth",
        target: "/maybe",
        visitor: Visitor::Guest,
        expected: Expected {
            status: 200,
            body: "Hello you!",
        },
    },
    Local {
        key: "untouched",
        about: "middleware mounted, nothing asked; cookie sent",
        server: "auth",
        target: "/untouched",
        visitor: Visitor::Known,
        expected: HELLO,
    },
    Local {
        key: "wrapped",
        about: "no sign-in, but a middleware that does nothing; cookie sent",
        server: "wrapped",
        target: PAGE,
        visitor: Visitor::Known,
        expected: HELLO,
    },
    Local {
        key: "private",
        about: "no sign-in, but the two headers that keep a page from caches; cookie sent",
        server: "private",
        target: PAGE,
        visitor: Visitor::Known,
        expected: HELLO,
    },
    Local {
        key: "rejected",
        about: "a guest on a protected page",
        server: "auth",
        target: PAGE,
        visitor: Visitor::Navigation,
        expected: Expected {
            status: 302,
            body: "",
        },
    },
    Local {
        key: "session_endpoint",
        about: "`GET /api/auth/session`",
        server: "auth",
        target: "/api/auth/session",
        visitor: Visitor::Known,
        expected: Expected {
            status: 200,
            body: "}",
        },
    },
    Local {
        key: "actix_session_cookie",
        about: "actix-session, cookie store",
        server: "actix-session",
        target: PAGE,
        visitor: Visitor::Started,
        expected: HELLO,
    },
    Local {
        key: "actix_identity",
        about: "actix-identity on the same",
        server: "actix-identity",
        target: PAGE,
        visitor: Visitor::Started,
        expected: HELLO,
    },
];

/// The names of these cases.
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    LOCAL.iter().map(|case| case.key)
}

/// Those that are wanted, each with a server of its own.
pub(crate) fn cases(wants: impl Fn(&str) -> bool) -> Result<Vec<Case>, Failure> {
    let wanted = LOCAL.iter().filter(|case| wants(case.key));
    let started = wanted.map(|case| {
        let server = Server::start(case.server, 1, SERVER_CORE)?;
        Ok(Case {
            key: case.key,
            about: case.about,
            headers: case.visitor.headers(&server)?,
            server,
            target: case.target,
            bare_target: match case.target {
                "/api/auth/session" => PAGE,
                page => page,
            },
            expected: case.expected,
            part: 1,
        })
    });
    started.collect()
}

impl Visitor {
    fn headers(self, server: &Server) -> Result<Headers, Failure> {
        Ok(match self {
            Self::Known => Headers::InTurn(with_cookies(cookies::usual(PEOPLE))),
            Self::KnownLarge => Headers::InTurn(with_cookies(cookies::large(PEOPLE))),
            Self::New => Headers::Fresh(Box::new(|count| Ok(cookies::usual(count)))),
            Self::Guest => Headers::InTurn(vec![Vec::new()]),
            Self::Navigation => Headers::InTurn(vec![vec![
                ("sec-fetch-mode", "navigate".to_owned()),
                ("accept", "text/html".to_owned()),
            ]]),
            Self::Started => Headers::InTurn(with_cookies(start_sessions(server)?)),
        })
    }
}

/// Warm sessions of `people`.
pub(crate) fn of_people(people: usize) -> Vec<Vec<u8>> {
    cookies::usual(people)
        .iter()
        .map(|cookie| load::request(PAGE, &[("cookie", cookie)]))
        .collect()
}

pub(crate) fn with_cookies(cookies: Vec<String>) -> Vec<Lines> {
    let header = |cookie| vec![("cookie", cookie)];
    cookies.into_iter().map(header).collect()
}

/// The cookies that the servers of others give.
fn start_sessions(server: &Server) -> Result<Vec<String>, Failure> {
    let start = load::request("/start", &[]);
    let mut connection = Connection::open(server.address)?;
    (0..PEOPLE)
        .map(|_| {
            let answer = connection.ask(&start)?;
            let cookie = answer
                .lines()
                .find_map(|line| line.strip_prefix("set-cookie: "))
                .and_then(|value| value.split(';').next())
                .ok_or_else(|| format!("no cookie: {answer}"))?;
            Ok(cookie.to_owned())
        })
        .collect()
}
