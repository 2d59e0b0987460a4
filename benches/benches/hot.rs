//! The parts, without a server: `cargo bench -p auth-benches`.

mod pages;

use auth_core::{
    Auth, AuthBuilder, BoxFuture, DangerSession, HttpClient, HttpError, Request, Response,
    SessionSource, Spawn, providers,
};
use divan::{AllocProfiler, Bencher};
use futures_util::FutureExt as _;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Claims of about these sizes, in bytes.
const SIZES: [usize; 2] = [240, 3000];

const ORIGIN: &str = "http://127.0.0.1";

fn auth(cache: usize) -> Auth {
    let none: [(&str, &str); 0] = [];
    AuthBuilder::<Auth>::with_adapters(GitHub, AtOnce)
        .environment(none)
        .secret("a secret of the benchmarks, no secret at all")
        .origins([ORIGIN])
        .session_cache(cache)
        .provider(providers::GITHUB.client("bench", "bench"))
        .build()
        .expect("the constants above are a good configuration")
}

fn person(claims: usize) -> DangerSession {
    // What the library adds itself takes some 200 bytes.
    DangerSession::new("dev:ada")
        .name("Ada Admin")
        .claim("padding", "x".repeat(claims.saturating_sub(220)))
}

fn cookies(auth: &Auth, claims: usize) -> String {
    let cookies = auth.danger_issue_session(person(claims));
    let pairs = cookies.iter().map(|cookie| {
        let cookie = cookie.to_str().expect("cookies are text");
        cookie.split(';').next().unwrap_or_default().to_owned()
    });
    pairs.collect::<Vec<_>>().join("; ")
}

fn request(cookies: &str) -> Request {
    http::Request::get("/")
        .header("cookie", cookies)
        .body(Vec::new())
        .expect("a good request")
}

fn read(auth: &Auth, request: &Request) -> auth_core::Session {
    let answer = auth.read(request).now_or_never();
    let session = answer.expect("an encrypted cookie needs no waiting");
    session
        .expect("the origin is fixed")
        .expect("somebody is signed in")
}

/// Sealing a session, with the cookies that carry it.
#[divan::bench(args = SIZES)]
fn seal(bencher: Bencher<'_, '_>, claims: usize) {
    let auth = auth(0);
    bencher
        .with_inputs(|| person(claims))
        .bench_values(|person| auth.danger_issue_session(person));
}

/// Opening a session that is not remembered.
#[divan::bench(args = SIZES)]
fn open(bencher: Bencher<'_, '_>, claims: usize) {
    let auth = auth(0);
    let request = request(&cookies(&auth, claims));
    bencher.bench_local(|| read(&auth, &request));
}

/// The same where it is remembered from then on, and another forgotten for it.
#[divan::bench(sample_count = 1000, sample_size = 20)]
fn open_and_remember(bencher: Bencher<'_, '_>) {
    let auth = auth(16 * 1024 * 1024);
    let new = || request(&cookies(&auth, 240));
    // More than there is room for.
    for _ in 0..20_000 {
        read(&auth, &new());
    }
    bencher
        .with_inputs(new)
        .bench_local_refs(|request| read(&auth, request));
}

/// Finding one that is.
#[divan::bench(args = SIZES)]
fn remembered(bencher: Bencher<'_, '_>, claims: usize) {
    let auth = auth(1024 * 1024);
    let request = request(&cookies(&auth, claims));
    bencher.bench_local(|| read(&auth, &request));
}

/// The same of so many people in turn, and the name in it.
#[divan::bench(args = [1, 100, 10_000])]
fn remembered_of_people(bencher: Bencher<'_, '_>, people: usize) {
    let auth = auth(64 * 1024 * 1024);
    let requests: Vec<Request> = (0..people).map(|_| request(&cookies(&auth, 240))).collect();
    for request in &requests {
        read(&auth, request);
    }
    let mut turns = requests.iter().cycle();
    bencher.bench_local(|| {
        let session = turns.next().map(|request| read(&auth, request));
        session.map(|session| session.user().name().map(str::len))
    });
}

/// The same behind 19 cookies of others.
#[divan::bench]
fn remembered_among_20_cookies(bencher: Bencher<'_, '_>) {
    let auth = auth(1024 * 1024);
    let mut line = String::new();
    for n in 0..19 {
        line += &format!("other-{n}=some-value-of-forty-characters-or-nearly; ");
    }
    let request = request(&(line + &cookies(&auth, 240)));
    bencher.bench_local(|| read(&auth, &request));
}

/// A whole callback of an OAuth 2.0 provider whose answers are there at once.
#[divan::bench]
fn callback(bencher: Bencher<'_, '_>) {
    let auth = auth(0);
    bencher
        .with_inputs(|| begin(&auth))
        .bench_local_values(|request| {
            let response = answer(&auth, request);
            let location = header(&response, "location");
            assert!(!location.contains("error"), "{location}");
            response
        });
}

fn answer(auth: &Auth, request: Request) -> Response {
    auth.handle(request)
        .now_or_never()
        .expect("nothing here waits")
}

fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

fn pairs(response: &Response) -> String {
    let cookies = response.headers().get_all("set-cookie").iter();
    let pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}

/// Presses the button; the request with which the browser comes back.
fn begin(auth: &Auth) -> Request {
    let get = |path: &str| {
        http::Request::get(format!("{ORIGIN}{path}"))
            .body(Vec::new())
            .expect("a good request")
    };
    let csrf = answer(auth, get("/api/auth/csrf"));
    let token: serde_json::Value =
        serde_json::from_slice(csrf.body()).expect("the token comes as JSON");
    let token = token["csrfToken"].as_str().unwrap_or_default();
    let begun = http::Request::post(format!("{ORIGIN}/api/auth/signin/github"))
        .header("cookie", pairs(&csrf))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("csrfToken={token}&callbackUrl=/").into_bytes())
        .expect("a good request");
    let begun = answer(auth, begun);
    let location = header(&begun, "location");
    let state = location
        .split(['?', '&'])
        .find_map(|pair| pair.strip_prefix("state="))
        .expect("the provider is asked with a state");
    let mut back = get(&format!(
        "/api/auth/callback/github?code=bench&state={state}"
    ));
    let cookies = pairs(&begun).parse().expect("cookies are text");
    back.headers_mut().insert("cookie", cookies);
    back
}

/// GitHub, in memory.
struct GitHub;

impl HttpClient for GitHub {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, HttpError>> {
        let body = match request.uri().path() {
            "/login/oauth/access_token" => {
                r#"{"access_token":"bench","token_type":"bearer","scope":"read:user,user:email"}"#
            }
            "/user" => r#"{"id":1,"login":"ada","name":"Ada Admin","email":null}"#,
            _ => r#"[{"email":"ada@example.com","primary":true,"verified":true}]"#,
        };
        let response = http::Response::builder()
            .header("content-type", "application/json")
            .body(body.into())
            .map_err(|_| HttpError::TimedOut);
        Box::pin(std::future::ready(response))
    }
}

/// Runs what is detached at once: nothing of it waits.
struct AtOnce;

impl Spawn for AtOnce {
    fn spawn(&self, future: BoxFuture<'static, ()>) {
        let _ = future.now_or_never();
    }

    fn sleep(&self, _duration: std::time::Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}
