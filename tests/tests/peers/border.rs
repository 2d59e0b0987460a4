//! A site and Auth.js that share secrets and cookies.

use auth_actix::{CallbackError, Callbacks, CookieOverride, CookieOverrides, Token, Trigger};
use auth_dev::Person;
use auth_tests::{Browser, ManualClock, Site};
use serde_json::{Value, json};

use crate::node::Peer;

pub(crate) const OLD: &str = "the secret of yesterday, which is long enough";
pub(crate) const NEW: &str = "the secret of today, which is long enough too";
pub(crate) const DAY: i64 = 24 * 60 * 60;

/// Under http and under https; the name is the salt of the key.
pub(crate) const NAMES: [&str; 2] = ["authjs.session-token", "__Secure-authjs.session-token"];

/// What the site calls itself where its cookies are secure.
pub(crate) const SECURE_ORIGIN: &str = "https://localhost";

/// Makes Ada's session larger than a cookie, and takes a new name from a script, as the callback of
/// the site with Auth.js does.
struct Padded;

impl Callbacks for Padded {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        if trigger.verified_email() == Some("ada@example.com") {
            token.set("padding", "x".repeat(9000));
        }
        if let Trigger::Update { data } = trigger
            && let Some(name) = data["name"].as_str()
        {
            token.set("name", name);
        }
        Ok(Some(token))
    }
}

pub(crate) fn is_secure(name: &str) -> bool {
    name.starts_with("__Secure-")
}

/// A site whose session cookie is called `name`, with the clock of the world.
pub(crate) fn site(name: &str, secrets: &[&str]) -> Site {
    site_at(name, secrets, &ManualClock::now())
}

pub(crate) fn site_at(name: &str, secrets: &[&str], clock: &ManualClock) -> Site {
    Site::with(|builder| {
        let builder = builder
            .callbacks(Padded)
            .clock(clock.clone())
            .secrets(secrets.iter().copied());
        if is_secure(name) {
            builder.origins([SECURE_ORIGIN])
        } else {
            builder
        }
    })
}

/// A site with the clock of this machine, which goes on: for tests that compare times.
pub(crate) fn site_in_time(secrets: &[&str]) -> Site {
    Site::with(|builder| builder.callbacks(Padded).secrets(secrets.iter().copied()))
}

/// A site that calls its session cookie `name`, which no prefix of ours has.
pub(crate) fn site_called(name: &str, secrets: &[&str]) -> Site {
    let session = CookieOverride::new().name(name);
    Site::with(|builder| {
        builder
            .callbacks(Padded)
            .secrets(secrets.iter().copied())
            .cookies(CookieOverrides::new().session(session))
    })
}

/// A browser that signed in, at the loopback address whatever the site calls itself.
pub(crate) async fn browser_of(site: &Site, person: Person) -> Browser {
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let callback = site.approve(&begun, person).callback_url();
    browser
        .visit(&callback.replace(SECURE_ORIGIN, &site.base))
        .await;
    browser
}

/// Who these cookies are to the site.
pub(crate) async fn shown(site: &Site, cookies: &Value) -> Value {
    let mut browser = browser_with(cookies);
    browser.fetch(&site.url("/api/auth/session")).await.json()
}

pub(crate) fn session_cookies(browser: &Browser, name: &str) -> usize {
    let names = browser.cookies.keys();
    names.filter(|known| known.starts_with(name)).count()
}

pub(crate) fn cookie_header(browser: &Browser) -> String {
    let pairs = browser.cookies.iter();
    pairs
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The claims that Auth.js's `getToken` finds among the cookies of `browser`.
pub(crate) fn read_by_authjs(
    authjs: &Peer,
    browser: &Browser,
    name: &str,
    secrets: &[&str],
) -> Value {
    let question = json!({
        "command": "getToken",
        "cookie": cookie_header(browser),
        "secureCookie": is_secure(name),
        "secret": secrets,
    });
    authjs.ask(&question).expect("getToken does not throw")
}

/// The cookies with which Auth.js remembers Grace; `more` is for its `encode`.
pub(crate) fn written_by_authjs(
    authjs: &Peer,
    name: &str,
    secrets: &[&str],
    more: &[(&str, Value)],
) -> Value {
    let mut question = json!({
        "command": "cookies",
        "name": name,
        "secret": secrets,
        "token": { "sub": "42", "name": "Grace", "email": "grace@example.com" },
    });
    for (name, value) in more {
        question[*name] = value.clone();
    }
    authjs.ask(&question).expect("the session is encoded")
}

/// A browser with these cookies and no others.
pub(crate) fn browser_with(cookies: &Value) -> Browser {
    let mut browser = Browser::new();
    let cookies = cookies.as_object().into_iter().flatten();
    browser.cookies = cookies
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect();
    browser
}
