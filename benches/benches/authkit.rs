//! What AuthKit does on each request, without a server: `cargo bench -p auth-benches`.

use actix_web::rt::System;
use auth_actix::authkit::{Grant, IronPasswords};
use auth_actix::{AuthKit, Clock as _, SystemClock};
use auth_core::{Request, Session, SessionSource};
use auth_dev::DevWorkOs;
use auth_dev::workos::User;
use divan::{AllocProfiler, Bencher};
use futures_util::FutureExt as _;
use serde_json::json;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Nothing here is worth anything outside of the benchmark.
const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "a password of the benchmarks";

/// A site at a stand-in of WorkOS, and the session of one person, whose access token it has seen.
struct Site {
    _workos: DevWorkOs,
    authkit: AuthKit,
    passwords: IronPasswords,
    content: Vec<u8>,
}

impl Site {
    fn new() -> Self {
        let ada = User::new("Ada", "Admin", EMAIL).password(PASSWORD);
        let workos = DevWorkOs::builder()
            .users([ada.member_of("org_01ACME", "admin")])
            .danger_allow_release()
            .start()
            .expect("the stand-in needs a free port");
        let mut variables = Vec::from(workos.environment());
        variables.push(("WORKOS_REDIRECT_URI", "http://127.0.0.1/callback".into()));
        let password = variables
            .iter()
            .find(|(name, _)| *name == "WORKOS_COOKIE_PASSWORD")
            .map(|(_, value)| value.as_str())
            .expect("the stand-in names a password");
        let passwords = IronPasswords::new(password).expect("it is long enough");
        let authkit: AuthKit = AuthKit::builder()
            .environment(variables)
            .build()
            .expect("the variables above are all there");
        let grant = Grant::Password {
            email: EMAIL.to_owned(),
            password: PASSWORD.into(),
            invitation_token: None,
        };
        System::new().block_on(async {
            let answer = authkit.workos().authenticate(grant).await;
            let answer = answer.expect("the stand-in knows her");
            let content = serde_json::to_vec(&json!({
                "accessToken": answer.access_token.expose(),
                "refreshToken": answer.refresh_token.expose(),
                "user": answer.user,
            }));
            let site = Self {
                _workos: workos,
                authkit,
                passwords,
                content: content.expect("a session is plain data"),
            };
            // Fetches the keys, and remembers the token.
            let first = site.authkit.read(&site.request()).await;
            first.expect("the stand-in answers");
            site
        })
    }

    /// A request with a cookie that nobody has seen.
    fn request(&self) -> Request {
        let sealed = self.passwords.seal(&self.content, None, SystemClock.now());
        http::Request::get("/")
            .header("cookie", format!("wos-session={sealed}"))
            .body(Vec::new())
            .expect("a good request")
    }

    fn read(&self, request: &Request) -> Session {
        let answer = self.authkit.read(request).now_or_never();
        let session = answer.expect("a token that was seen needs no waiting");
        session
            .expect("nothing is asked")
            .expect("somebody is signed in")
    }
}

/// Finding a session whose cookie was seen.
#[divan::bench]
fn remembered(bencher: Bencher<'_, '_>) {
    let site = Site::new();
    let request = site.request();
    bencher.bench_local(|| site.read(&request));
}

/// Opening one whose access token was.
#[divan::bench]
fn known_token(bencher: Bencher<'_, '_>) {
    let site = Site::new();
    bencher
        .with_inputs(|| site.request())
        .bench_local_refs(|request| site.read(request));
}
