//! Whose browser sends a request, and how it came to its cookies.

use std::collections::BTreeMap;

use auth_dev::{DevProvider, Person};
use reqwest::Method;
use serde_json::Value;

use super::Parts;
use crate::{Answer, Browser};

/// Somebody with a browser of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// Has no cookie.
    Stranger,
    /// Has seen a form: a CSRF token and a way back.
    Guest,
    /// Is signed in.
    Bob,
    /// Is signed in, with a session larger than a cookie.
    Ada,
    /// Bob as a guest, on his way back from the provider, where he agreed.
    Returning,
    /// The same, but he cancelled.
    Refusing,
    /// Bob, signed in, on his way back from the provider once more.
    Again,
}

/// What only the visitor knows, by the name of its placeholder.
pub type Values = BTreeMap<&'static str, String>;

/// A server of the routes, and the provider that it knows as `dev`.
pub struct Stage<'a> {
    /// Its origin, without a slash at the end.
    pub base: &'a str,
    /// Where its routes are: `/api/auth`.
    pub prefix: &'a str,
    /// The development provider.
    pub provider: &'a DevProvider,
}

impl Stage<'_> {
    /// The browser of `visitor`, and what it knows.
    pub async fn arrive(&self, visitor: Visitor) -> (Browser, Values) {
        let mut browser = Browser::new();
        let mut values = Values::from([("base", self.base.to_owned())]);
        match visitor {
            Visitor::Stranger => {}
            Visitor::Guest => drop(self.csrf(&mut browser).await),
            Visitor::Bob => self.sign_in(&mut browser, Person::bob()).await,
            Visitor::Ada => self.sign_in(&mut browser, Person::ada()).await,
            Visitor::Again => self.sign_in(&mut browser, Person::bob()).await,
            Visitor::Returning | Visitor::Refusing => {}
        }
        if matches!(
            visitor,
            Visitor::Returning | Visitor::Refusing | Visitor::Again
        ) {
            let url = self.begin(&mut browser).await;
            let approval = match visitor {
                Visitor::Refusing => self.provider.cancel(&url),
                _ => self.provider.try_approve(&url, Person::bob()),
            };
            let approval = approval.expect("the provider knows the client");
            for name in ["code", "state", "iss", "error"] {
                let value = approval.param(name).map(str::to_owned);
                values.extend(value.map(|value| (name, value)));
            }
        }
        if visitor != Visitor::Stranger {
            let token = self.csrf(&mut browser).await;
            values.insert("csrf", token);
        }
        (browser, values)
    }

    /// Sends a request of this browser.
    pub async fn send(&self, method: Method, parts: Parts, browser: &mut Browser) -> Answer {
        for (name, value) in parts.cookies {
            browser.cookies.insert(name.to_owned(), value);
        }
        let url = self.url(&parts.target);
        let mut request = browser.request(method, &url);
        for (name, value) in parts.headers {
            request = request.header(name, value);
        }
        if let Some(body) = parts.body {
            request = request.body(body);
        }
        browser.send(request).await
    }

    /// The CSRF token of this browser.
    pub async fn csrf(&self, browser: &mut Browser) -> String {
        let answer = browser.fetch(&self.url("/csrf")).await;
        let token = answer.json()["csrfToken"].take();
        token.as_str().expect("there is a token").to_owned()
    }

    /// Ends the session, by a form with `token`.
    pub async fn sign_out(&self, browser: &mut Browser, token: &str) -> Answer {
        let fields = [("csrfToken", token)];
        browser.post(&self.url("/signout"), &fields).await
    }

    /// Who is signed in, as `GET /session` has it.
    pub async fn session(&self, browser: &mut Browser) -> Value {
        browser.fetch(&self.url("/session")).await.json()
    }

    /// An address below the prefix.
    pub fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.base, self.prefix)
    }

    /// Where the browser is sent at the provider.
    async fn begin(&self, browser: &mut Browser) -> String {
        let csrf = self.csrf(browser).await;
        let fields = [("csrfToken", &*csrf), ("callbackUrl", "/page")];
        browser
            .post(&self.url("/signin/dev"), &fields)
            .await
            .location()
            .to_owned()
    }

    /// A whole sign-in, on the way to `/page`.
    pub async fn sign_in(&self, browser: &mut Browser, person: Person) {
        let url = self.begin(browser).await;
        let approval = self.provider.approve(&url, person);
        let back = browser.visit(&approval.callback_url()).await;
        assert_eq!(back.location(), format!("{}/page", self.base));
    }
}

/// `text` with its placeholders filled; those that this visitor has no value for stay.
pub(super) fn filled(text: &str, values: &Values) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}
