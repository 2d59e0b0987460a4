//! A site on a loopback port, with a page for every shape of `#[protected]`.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, Responder, get, post, web};
use auth_actix::{
    Auth, AuthBuilder, CallbackError, Callbacks, Client, Clock, MaybeSession, Session, Timestamp,
    Token, Trigger, protected,
};
use auth_dev::DevProvider;
use serde::Deserialize;

/// A site and its provider. Both stop when it is dropped.
pub struct Site<P = DevProvider> {
    /// The address, without a slash at the end.
    pub base: String,
    /// Its sign-in.
    pub auth: Auth,
    /// The provider that it knows as `dev`.
    pub provider: P,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

/// How often a handler's form was parsed, over all sites of this process.
pub static PARSED_BODIES: AtomicUsize = AtomicUsize::new(0);

/// A clock that stands still until it is told.
#[derive(Clone)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows the current time.
    pub fn now() -> Self {
        Self(Arc::new(AtomicI64::new(
            auth_actix::SystemClock.now().as_unix(),
        )))
    }

    /// Moves it on by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.0.load(Ordering::SeqCst))
    }
}

/// Ada is an administrator who may write posts. Everybody may change the name they go by.
struct Roles;

impl Callbacks for Roles {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        if trigger.verified_email() == Some("ada@example.com") {
            token.set_roles(["admin"]);
            token.set_permissions(["posts:write"]);
        }
        if let Trigger::Update { data } = trigger
            && let Some(name) = data["nickname"].as_str()
        {
            token.set("name", name);
        }
        Ok(Some(token))
    }
}

impl Site {
    /// A site with the development provider and nothing else.
    pub fn start() -> Self {
        Self::with(|builder| builder)
    }

    /// A site whose sign-in is configured by `configure`, after the provider.
    pub fn with(configure: impl FnOnce(AuthBuilder<Auth>) -> AuthBuilder<Auth>) -> Self {
        Self::with_client(|provider| provider.client(), configure)
    }

    /// A site whose registration with the provider is made by `client`.
    pub fn with_client(
        client: impl FnOnce(&DevProvider) -> Client,
        configure: impl FnOnce(AuthBuilder<Auth>) -> AuthBuilder<Auth>,
    ) -> Self {
        let provider = DevProvider::start().expect("the provider starts");
        let client = client(&provider);
        Self::new(provider, client, configure)
    }
}

impl<P> Site<P> {
    /// A site with this provider, known to it by this registration.
    pub fn new(
        provider: P,
        client: Client,
        configure: impl FnOnce(AuthBuilder<Auth>) -> AuthBuilder<Auth>,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        Self::on(listener, provider, client, configure)
    }

    /// A site on this listener, for a provider that must know its address beforehand.
    pub fn on(
        listener: TcpListener,
        provider: P,
        client: Client,
        configure: impl FnOnce(AuthBuilder<Auth>) -> AuthBuilder<Auth>,
    ) -> Self {
        let builder = Auth::builder()
            .environment([(
                "AUTH_SECRET",
                "a secret of the tests, more than 32 bytes long",
            )])
            .provider(client)
            .callbacks(Roles);
        let auth = configure(builder)
            .build()
            .expect("the configuration is right");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let (handle, thread) = serve(listener, {
            let auth = auth.clone();
            move |config| {
                config
                    .service(
                        web::scope("/unwrapped")
                            .service(unwrapped)
                            .service(unwrapped_session),
                    )
                    .service(
                        web::scope("")
                            .wrap(auth.middleware())
                            .service(auth.routes())
                            .configure(pages),
                    );
            }
        });
        Self {
            base: format!("http://{address}"),
            auth,
            provider,
            handle,
            thread: Some(thread),
        }
    }

    /// An address on this site.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

impl<P> Drop for Site<P> {
    fn drop(&mut self) {
        // The command is sent at once; the future only waits for the end, as the join does.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            // A panic of the server was reported where it happened.
            let _ = thread.join();
        }
    }
}

/// Serves what `configure` sets up, in a thread of its own.
pub(crate) fn serve(
    listener: TcpListener,
    configure: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
) -> (ServerHandle, JoinHandle<()>) {
    let (send, receive) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || App::new().configure(configure.clone()))
                .workers(2)
                .disable_signals()
                .listen(listener)
                .expect("the listener is bound")
                .run();
            send.send(server.handle())
                .expect("the site waits for its handle");
            server.await.expect("the server runs");
        });
    });
    (receive.recv().expect("the server starts"), thread)
}

fn pages(config: &mut web::ServiceConfig) {
    config
        // Browsers ask for it on their own.
        .route("/favicon.ico", web::get().to(HttpResponse::NoContent))
        .service(home)
        .service(page)
        .service(form)
        .service(admin)
        .service(staff)
        .service(posts)
        .service(recent)
        .service(checked)
        .service(elsewhere)
        .service(hook)
        .service(typed)
        .service(wrongly_typed)
        .service(failing)
        .service(cached)
        .configure(crate::buttons::pages);
}

#[get("/")]
async fn home(session: MaybeSession) -> impl Responder {
    match session.get() {
        Some(session) => format!("signed in as {}", session.user().id()),
        None => "a guest".to_owned(),
    }
}

#[get("/page")]
#[protected]
async fn page(session: Session) -> impl Responder {
    format!("hello {}", session.user().name().unwrap_or("you"))
}

#[derive(Deserialize)]
struct Note {
    text: String,
}

#[post("/form")]
#[protected]
async fn form(note: web::Form<Note>) -> impl Responder {
    PARSED_BODIES.fetch_add(1, Ordering::SeqCst);
    note.into_inner().text
}

#[protected(role = "admin")]
#[get("/admin")]
async fn admin() -> &'static str {
    "for administrators"
}

#[get("/staff")]
#[protected(roles("admin", "staff"))]
async fn staff() -> &'static str {
    "for staff"
}

#[get("/posts")]
#[protected(permission = "posts:write")]
async fn posts() -> HttpResponse {
    HttpResponse::Ok().body("a post")
}

#[get("/recent")]
#[protected(max_age = "5m")]
async fn recent() -> &'static str {
    "signed in just now"
}

fn is_ada(session: &Session) -> bool {
    session.user().email() == Some("ada@example.com")
}

#[get("/checked")]
#[protected(check = is_ada)]
async fn checked() -> &'static str {
    "for Ada"
}

#[get("/elsewhere")]
#[protected(sign_in = "/enter")]
async fn elsewhere() -> &'static str {
    "hello"
}

#[post("/hook")]
#[protected(cross_site)]
async fn hook() -> &'static str {
    "from anywhere"
}

#[derive(Deserialize)]
struct Claims {
    provider: String,
}

#[get("/typed")]
#[protected]
async fn typed(session: Session<Claims>) -> impl Responder {
    session.claims().provider.clone()
}

#[derive(Deserialize)]
struct OtherClaims {
    #[serde(rename = "plan")]
    _plan: u64,
}

#[get("/wrongly-typed")]
#[protected]
async fn wrongly_typed(_session: Session<OtherClaims>) -> &'static str {
    "never"
}

#[get("/failing")]
#[protected]
async fn failing() -> Result<&'static str, actix_web::Error> {
    Err(actix_web::error::ErrorConflict("no"))
}

#[get("/cached")]
#[protected]
async fn cached() -> impl Responder {
    HttpResponse::Ok()
        .insert_header(("cache-control", "public, max-age=60"))
        .body("x")
}

#[get("/page")]
#[protected]
async fn unwrapped() -> &'static str {
    "never"
}

#[get("/session")]
async fn unwrapped_session(_session: MaybeSession) -> &'static str {
    "never"
}
