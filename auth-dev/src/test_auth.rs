//! [`TestAuth`]: a request signed in without a browser.

use std::ops::Deref;

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use auth_actix::Auth;
use auth_core::DangerSession;

use crate::people::Person;
use crate::provider::DEV;

/// Signs requests in for tests of an application, with no browser, no provider and no network.
///
/// # Examples
/// ```
/// use actix_web::{App, get, test};
/// use auth_actix::{Session, protected};
/// use auth_dev::{Person, TestAuth};
///
/// #[get("/admin")]
/// #[protected(role = "admin")]
/// async fn admin(session: Session) -> String {
///     format!("Hello {}!", session.user().name().unwrap_or("you"))
/// }
///
/// # #[actix_web::main]
/// # async fn main() {
/// let auth = TestAuth::new();
/// let app = test::init_service(App::new().wrap(auth.middleware()).service(admin)).await;
/// let request = test::TestRequest::get().uri("/admin");
/// let request = auth.sign_in(request, Person::ada().role("admin")).to_request();
/// assert_eq!(test::call_and_read_body(&app, request).await, "Hello Ada Admin!");
/// # }
/// ```
///
/// Use `TestAuth::from(auth)` where the application has its own [`Auth`], with its callbacks and
/// its store.
///
/// # Security
/// Whoever holds a `TestAuth` signs in as anybody. Keep `auth-dev` among the dev-dependencies of
/// an application: [`TestAuth::new`] seals with a secret that everybody knows.
#[derive(Clone, Debug)]
#[must_use]
pub struct TestAuth {
    auth: Auth,
}

/// Known to everybody, on purpose.
const SECRET: &str = "a secret for tests, which is no secret at all";

/// What [`TestRequest`] takes for the host.
const ORIGIN: &str = "http://localhost:8080";

impl TestAuth {
    /// An [`Auth`] for tests: a fixed secret, the development provider, and nothing from the
    /// environment. Requests belong to `http://localhost:8080`, as [`TestRequest`]'s do.
    ///
    /// # Panics
    /// Never, in a release that passed its tests: nothing about the configuration varies.
    pub fn new() -> Self {
        let none: [(&str, &str); 0] = [];
        let built = Auth::builder()
            .environment(none)
            .secret(SECRET)
            .origins([ORIGIN])
            // Nobody listens there, and nobody asks.
            .provider(DEV.client("test", "test").issuer("http://127.0.0.1:9"))
            .build();
        // All of it is constant, so that a test of this crate covers every case.
        let auth = built.expect("the constants above are a good configuration");
        Self { auth }
    }

    /// Adds the cookies of a session of `who` to `request`.
    ///
    /// `who` is a [`Person`], whose roles and permissions the session then has, or a
    /// [`DangerSession`] where more has to be said.
    pub fn sign_in(&self, request: TestRequest, who: impl Into<DangerSession>) -> TestRequest {
        let cookies = self.cookies(who.into());
        cookies.into_iter().fold(request, |request, (name, value)| {
            request.cookie(Cookie::new(name, value))
        })
    }

    /// The `Cookie` header of a session of `who`, for other HTTP clients.
    pub fn cookie_header(&self, who: impl Into<DangerSession>) -> String {
        let cookies = self.cookies(who.into()).into_iter();
        let pairs: Vec<String> = cookies.map(|(name, value)| name + "=" + &value).collect();
        pairs.join("; ")
    }

    /// Names and values of the cookies; a large session has several.
    fn cookies(&self, session: DangerSession) -> Vec<(String, String)> {
        let set_cookies = self.auth.danger_issue_session(session);
        let cookies = set_cookies.iter().filter_map(|set_cookie| {
            let pair = set_cookie.to_str().ok()?.split(';').next()?;
            let (name, value) = pair.split_once('=')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        });
        cookies.collect()
    }
}

impl Default for TestAuth {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Auth> for TestAuth {
    fn from(auth: Auth) -> Self {
        Self { auth }
    }
}

impl Deref for TestAuth {
    type Target = Auth;

    fn deref(&self) -> &Auth {
        &self.auth
    }
}

impl From<Person> for DangerSession {
    /// The session that this person gets by signing in at a
    /// [`DevProvider`](crate::DevProvider), if the application maps the roles and permissions.
    fn from(person: Person) -> Self {
        // As a real sign-in without a store names the user.
        let mut session = Self::new(format!("{}:{}", DEV.id(), person.sub))
            .provider(DEV.id())
            .name(person.name)
            .email(person.email);
        if let Some(picture) = person.picture {
            session = session.claim("picture", picture);
        }
        for role in person.roles {
            session = session.role(role);
        }
        for permission in person.permissions {
            session = session.permission(permission);
        }
        for (name, value) in person.claims {
            session = session.claim(name, value);
        }
        session
    }
}
