//! A site on a loopback port that signs in by AuthKit, and the WorkOS that it knows.

use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, Responder, get, post, web};
use auth_actix::authkit::AuthKitBuilder;
use auth_actix::{AuthKit, Error, MaybeSession, Session, protected};
use auth_dev::DevWorkOs;
use auth_dev::workos::{DevWorkOsBuilder, Organization, User};
use serde_json::json;

use crate::site::serve;
use crate::{Answer, Browser, ManualClock};

/// What its cookies are sealed with.
pub const COOKIE_PASSWORD: &str = "a cookie password of the tests, 32+";

/// A site and its WorkOS, both of which stop when it is dropped. They go by one clock.
pub struct AuthKitSite {
    /// The address, without a slash at the end.
    pub base: String,
    /// Its sign-in.
    pub authkit: AuthKit,
    /// Where its people are.
    pub workos: DevWorkOs,
    /// The time of both.
    pub clock: ManualClock,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Default for AuthKitSite {
    fn default() -> Self {
        Self::start()
    }
}

impl AuthKitSite {
    /// A site with nothing but what it needs.
    pub fn start() -> Self {
        Self::with(|workos| workos, |authkit| authkit)
    }

    /// A site whose WorkOS and whose sign-in are configured further.
    pub fn with(
        workos: impl FnOnce(DevWorkOsBuilder) -> DevWorkOsBuilder,
        authkit: impl FnOnce(AuthKitBuilder<AuthKit>) -> AuthKitBuilder<AuthKit>,
    ) -> Self {
        let clock = ManualClock::now();
        let builder = DevWorkOs::builder()
            .users(users())
            .organizations(organizations())
            .clock(clock.clone());
        let workos = workos(builder).start().expect("WorkOS starts");
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let base = format!("http://{address}");
        let redirect_uri = format!("{base}/callback");
        let builder = AuthKit::builder()
            .environment(workos.environment())
            .redirect_uri(redirect_uri)
            .cookie_password(COOKIE_PASSWORD)
            .clock(clock.clone());
        let authkit = authkit(builder)
            .build()
            .expect("the configuration is right");
        let (handle, thread) = serve(listener, {
            let authkit = authkit.clone();
            move |config| {
                config.app_data(web::Data::new(authkit.clone())).service(
                    web::scope("")
                        .wrap(authkit.middleware())
                        .configure(|config| {
                            config.service(authkit.routes());
                            pages(config);
                        }),
                );
            }
        });
        Self {
            base,
            authkit,
            workos,
            clock,
            handle,
            thread: Some(thread),
        }
    }

    /// An address on this site.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Moves the time of the site and of its WorkOS on.
    pub fn advance(&self, by: Duration) {
        self.clock
            .advance(i64::try_from(by.as_secs()).unwrap_or(i64::MAX));
    }

    /// Goes to `start`, which leads to WorkOS, chooses somebody there, and comes back. The answer
    /// is that of the callback.
    pub async fn sign_in_from(&self, browser: &mut Browser, start: &str, email: &str) -> Answer {
        let begun = browser.visit(&self.url(start)).await;
        let callback = self.workos.approve(begun.location(), email);
        browser.visit(&callback).await
    }

    /// A browser in which somebody is signed in.
    pub async fn browser_of(&self, email: &str) -> Browser {
        let mut browser = Browser::new();
        let back = self.sign_in_from(&mut browser, "/sign-in", email).await;
        assert_eq!(
            (back.status, back.location()),
            (302, &*self.url("/dashboard")),
            "{}",
            back.text
        );
        browser
    }

    /// What `/_authkit/me` says.
    pub async fn me(&self, browser: &mut Browser) -> serde_json::Value {
        browser.fetch(&self.url("/_authkit/me")).await.json()
    }
}

impl Drop for AuthKitSite {
    fn drop(&mut self) {
        // The command is sent at once; the future only waits for the end, as the join does.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            // A panic of the server was reported where it happened.
            let _ = thread.join();
        }
    }
}

fn users() -> Vec<User> {
    vec![
        User::ada().member_of("org_01SSO", "member"),
        User::bob(),
        User::new("Imp", "Ersonated", "imp@example.com")
            .id("user_01IMP")
            .impersonated_by("support@example.com", Some("a ticket")),
        User::new("Big", "Token", "big@example.com")
            .id("user_01BIG")
            .claim("padding", "x".repeat(8000)),
    ]
}

fn organizations() -> Vec<Organization> {
    let single = Organization::new("Single")
        .id("org_01SSO")
        .requires_sso("conn_01SSO");
    vec![Organization::acme(), Organization::beta(), single]
}

fn pages(config: &mut web::ServiceConfig) {
    config
        .route("/favicon.ico", web::get().to(HttpResponse::NoContent))
        .service(home)
        .service(dashboard)
        .service(admin)
        .service(posts)
        .service(recent)
        .service(switch)
        .service(refresh)
        .service(leave);
}

#[get("/")]
async fn home(session: MaybeSession) -> impl Responder {
    match session.get() {
        Some(session) => format!("signed in as {}", session.user().id()),
        None => "a guest".to_owned(),
    }
}

#[get("/dashboard")]
#[protected]
async fn dashboard(session: Session) -> impl Responder {
    let user = session.user();
    web::Json(json!({
        "first_name": user.first_name(),
        "last_name": user.last_name(),
        "organization_id": session.organization_id(),
        "role": session.role(),
        "permissions": session.permissions(),
        "entitlements": session.entitlements(),
        "feature_flags": session.feature_flags(),
        "impersonator": session.impersonator().map(|it| &it.email),
    }))
}

#[get("/admin")]
#[protected(role = "admin")]
async fn admin() -> &'static str {
    "for administrators"
}

#[get("/posts")]
#[protected(permission = "posts:write")]
async fn posts() -> &'static str {
    "a post"
}

#[get("/recent")]
#[protected(max_age = "5m")]
async fn recent() -> &'static str {
    "signed in just now"
}

#[post("/switch/{organization}")]
#[protected]
async fn switch(
    authkit: web::Data<AuthKit>,
    organization: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    authkit
        .switch_organization(&request, &organization, "/dashboard")
        .await
}

#[post("/refresh")]
#[protected]
async fn refresh(authkit: web::Data<AuthKit>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let session = authkit.refresh(&request).await?;
    Ok(HttpResponse::Ok().body(session.user().id().to_owned()))
}

#[post("/leave")]
async fn leave(authkit: web::Data<AuthKit>, request: HttpRequest) -> HttpResponse {
    let response = authkit.sign_out(&request, Some("/bye"));
    debug_assert!(response.headers().contains_key(LOCATION));
    response
}
