//! The cases of AuthKit: sessions sealed as WorkOS has them, with access tokens that its stand-in
//! signs.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use actix_web::rt::{System, SystemRunner};
use auth_actix::authkit::{Grant, IronPasswords};
use auth_actix::{AuthKit, Clock as _, SystemClock};
use auth_dev::DevWorkOs;
use auth_dev::workos::User;
use serde_json::json;

use crate::Failure;
use crate::cases::{Case, HELLO, Headers, PAGE};
use crate::process::{SERVER_CORE, Server};

/// The names of the cases.
pub(crate) const KEYS: [&str; 3] = ["authkit_warm", "authkit_known_token", "authkit_cold"];

const ABOUT: [&str; 3] = [
    "AuthKit: `#[protected]`, `Session`; cookie seen before",
    "the same; cookie never seen before, its access token seen",
    "the same; both never seen before",
];

/// How many people send their requests in turn.
const PEOPLE: usize = 100;

/// Each request of `authkit_cold` needs a signature of the stand-in.
const COLD_PART: usize = 16;

/// Those that are wanted, each with a server of its own.
pub(crate) fn cases(wants: impl Fn(&str) -> bool) -> Result<Vec<Case>, Failure> {
    if !KEYS.iter().any(|key| wants(key)) {
        return Ok(Vec::new());
    }
    let issuer = Rc::new(Issuer::start()?);
    let tokens = issuer.contents(PEOPLE)?;
    let seal = {
        let (issuer, tokens) = (Rc::clone(&issuer), tokens.clone());
        move |count| {
            tokens
                .iter()
                .cycle()
                .take(count)
                .map(|it| issuer.seal(it))
                .collect()
        }
    };
    let warm: Vec<String> = seal(PEOPLE);
    let behind = Rc::clone(&issuer);
    let headers = [
        // The stand-in has to be there as long as its keys may be asked for.
        Headers::Fresh(Box::new(move |count| {
            let _ = &behind;
            Ok(warm.iter().cycle().take(count).cloned().collect())
        })),
        Headers::Fresh(Box::new(move |count| Ok(seal(count)))),
        Headers::Fresh({
            let issuer = Rc::clone(&issuer);
            Box::new(move |count| {
                let contents = issuer.contents(count)?;
                Ok(contents.iter().map(|it| issuer.seal(it)).collect())
            })
        }),
    ];
    let parts = [1, 1, COLD_PART];
    let all = KEYS.into_iter().zip(ABOUT).zip(headers).zip(parts);
    let wanted = all.filter(|(((key, _), _), _)| wants(key));
    let started = wanted.map(|(((key, about), headers), part)| {
        let variables = issuer.variables();
        Ok(Case {
            key,
            about,
            server: Server::start_with("authkit", 1, SERVER_CORE, variables)?,
            target: PAGE,
            bare_target: PAGE,
            headers,
            expected: HELLO,
            part,
        })
    });
    started.collect()
}

/// The stand-in of WorkOS, and what seals sessions in the place of a sign-in.
struct Issuer {
    workos: DevWorkOs,
    authkit: AuthKit,
    passwords: IronPasswords,
    runtime: RefCell<SystemRunner>,
}

/// Whoever asks in the benchmark: no session of it is worth anything.
const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "a password of the benchmarks";

impl Issuer {
    fn start() -> Result<Self, Failure> {
        let ada = User::new("Ada", "Admin", EMAIL).password(PASSWORD);
        let workos = DevWorkOs::builder()
            .users([ada.member_of("org_01ACME", "admin")])
            // Nothing is refreshed while it runs.
            .access_token_lifetime(Duration::from_secs(24 * 60 * 60))
            .danger_allow_release()
            .start()?;
        let authkit = AuthKit::builder().environment(variables(&workos)).build()?;
        let password = variables(&workos)
            .into_iter()
            .find_map(|(name, value)| (name == "WORKOS_COOKIE_PASSWORD").then_some(value))
            .ok_or("the stand-in has no cookie password")?;
        Ok(Self {
            workos,
            authkit,
            passwords: IronPasswords::new(password)?,
            runtime: RefCell::new(System::new()),
        })
    }

    /// What a server has in its environment.
    fn variables(&self) -> Vec<(&'static str, String)> {
        variables(&self.workos)
    }

    /// What is sealed in the cookies of `count` sessions, each with an access token of its own.
    fn contents(&self, count: usize) -> Result<Vec<Vec<u8>>, Failure> {
        let contents = async {
            let mut contents = Vec::with_capacity(count);
            for _ in 0..count {
                let grant = Grant::Password {
                    email: EMAIL.to_owned(),
                    password: PASSWORD.into(),
                    invitation_token: None,
                };
                let answer = self.authkit.workos().authenticate(grant).await?;
                contents.push(serde_json::to_vec(&json!({
                    "accessToken": answer.access_token.expose(),
                    "refreshToken": answer.refresh_token.expose(),
                    "user": answer.user,
                }))?);
            }
            Ok(contents)
        };
        self.runtime.borrow_mut().block_on(contents)
    }

    /// A `Cookie` header that nobody has seen yet.
    fn seal(&self, content: &[u8]) -> String {
        let sealed = self.passwords.seal(content, None, SystemClock.now());
        format!("wos-session={sealed}")
    }
}

fn variables(workos: &DevWorkOs) -> Vec<(&'static str, String)> {
    let mut variables = Vec::from(workos.environment());
    let redirect_uri = "http://127.0.0.1/callback".to_owned();
    variables.push(("WORKOS_REDIRECT_URI", redirect_uri));
    variables
}
